/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is remembered of a module, how often, and until when. */
#include "gw-verdict-book.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#define DIGEST "aa11"
#define OTHER "bb22"

typedef struct
{
  char *folder, *path, *examiner; /* owned */
} Fixture;

static void
write_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  self->folder = g_dir_make_tmp ("gw-book-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "book.ini", NULL);
  self->examiner = g_build_filename (self->folder, "examiner", NULL);
  write_file (self->examiner, "one build");
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  (void)g_unlink (self->path);
  (void)g_unlink (self->examiner);
  (void)g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  g_free (self->examiner);
}

static GwVerdictBook *
open_book (Fixture *self)
{
  return gw_verdict_book_open (self->path, self->examiner);
}

/* One run: open, note what the examination said, close. */
static void
note (Fixture *self, GwVerdictKind kind, int signal)
{
  g_autoptr (GwVerdictBook) book = open_book (self);
  g_autoptr (GwVerdict) verdict = gw_verdict_new (kind, signal, "because");

  gw_verdict_book_note (book, DIGEST, verdict);
}

static gboolean
knows (Fixture *self, const char *digest)
{
  g_autoptr (GwVerdictBook) book = open_book (self);
  g_autoptr (GwVerdict) verdict = gw_verdict_book_find (book, digest);

  return verdict != NULL;
}

static void
test_strong (Fixture *self, gconstpointer unused)
{
  g_autoptr (GwVerdictBook) book = NULL;
  g_autoptr (GwVerdict) verdict = NULL;

  g_assert_false (knows (self, DIGEST));
  note (self, GW_VERDICT_KILLED, SIGSEGV);
  g_assert_false (knows (self, OTHER));
  book = open_book (self);
  verdict = gw_verdict_book_find (book, DIGEST);
  g_assert_cmpint (verdict->kind, ==, GW_VERDICT_KILLED);
  g_assert_cmpint (verdict->signal, ==, SIGSEGV);
}

/* A busy machine is asked again, and believed the second time in a row. */
static void
test_weak (Fixture *self, gconstpointer unused)
{
  note (self, GW_VERDICT_SLOW, 0);
  g_assert_false (knows (self, DIGEST));
  note (self, GW_VERDICT_FINE, 0);
  g_assert_true (knows (self, DIGEST));
  note (self, GW_VERDICT_SLOW, 0);
  g_assert_false (knows (self, DIGEST));
  note (self, GW_VERDICT_KILLED, SIGKILL); /* out of memory is weak, too */
  g_assert_true (knows (self, DIGEST));
}

static void
test_other_examiner (Fixture *self, gconstpointer unused)
{
  note (self, GW_VERDICT_FINE, 0);
  g_assert_true (knows (self, DIGEST));
  write_file (self->examiner, "another build with other rules");
  g_assert_false (knows (self, DIGEST));
}

static void
test_damage (Fixture *self, gconstpointer unused)
{
  static const char *const texts[] = { "", "\xff\xfe\xfd", "[" DIGEST "]\nverdict=fine 0 \n[[[\n",
                                       "[" DIGEST "]\nverdict=nonsense\ndeaths=many\n",
                                       "[" DIGEST "]\nslow=-5\ndeaths=-3\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GwVerdictBook) book = NULL;

      write_file (self->path, texts[i]);
      g_assert_false (knows (self, DIGEST));
      book = open_book (self);
      g_assert_null (gw_verdict_book_dup_quarantine (book, DIGEST));
    }
  note (self, GW_VERDICT_FINE, 0);
  g_assert_true (knows (self, DIGEST));
}

static gboolean
is_quarantined (Fixture *self)
{
  g_autoptr (GwVerdictBook) book = open_book (self);
  g_autofree char *why = gw_verdict_book_dup_quarantine (book, DIGEST);

  return why != NULL;
}

static void
accuse (Fixture *self, gboolean strong)
{
  GwCrumbFinding finding = { (char *)DIGEST, (char *)"test.x", GW_CRUMB_ACTIVATE,
                             strong ? SIGSEGV : 0, strong };
  g_autoptr (GwVerdictBook) book = open_book (self);

  gw_verdict_book_accuse (book, &finding);
}

static void
test_quarantine (Fixture *self, gconstpointer unused)
{
  GwVerdictBook *book;

  accuse (self, FALSE);
  g_assert_false (is_quarantined (self));
  book = open_book (self);
  gw_verdict_book_acquit (book, DIGEST);
  gw_verdict_book_close (book);
  accuse (self, FALSE); /* not in a row */
  g_assert_false (is_quarantined (self));
  accuse (self, FALSE);
  g_assert_true (is_quarantined (self));

  book = open_book (self);
  gw_verdict_book_pardon (book, DIGEST);
  gw_verdict_book_close (book);
  g_assert_false (is_quarantined (self));
  accuse (self, TRUE);
  g_assert_true (is_quarantined (self));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/plugin/book/strong", test_strong);
  ADD ("/plugin/book/weak", test_weak);
  ADD ("/plugin/book/other-examiner", test_other_examiner);
  ADD ("/plugin/book/damage", test_damage);
  ADD ("/plugin/book/quarantine", test_quarantine);
  return g_test_run ();
}
