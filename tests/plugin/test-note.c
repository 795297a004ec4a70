/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The note of a module is read from bytes that anybody may have written. */
#include "gw-note.h"

#include "gw-error.h"
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

static char *
real_module (gsize *size)
{
  g_autofree char *path = g_build_filename (g_getenv ("GW_TEST_MODULES"), "risk-dispute.so", NULL);
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;

  g_file_get_contents (path, &bytes, size, &error);
  g_assert_no_error (error);
  return bytes;
}

typedef struct
{
  char *path; /* owned */
  FILE *file; /* owned: one file serves thousands of variants */
} Target;

static void
set_up (Target *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint fd = g_file_open_tmp ("gw-note-XXXXXX.so", &self->path, &error);

  g_assert_no_error (error);
  self->file = fdopen (fd, "w+");
}

static void
tear_down (Target *self, gconstpointer unused)
{
  fclose (self->file);
  (void)g_unlink (self->path);
  g_free (self->path);
}

/* Whether the bytes are taken for a module; if not, the error is one of ours. */
static gboolean
read_bytes (Target *self, const char *bytes, gsize size, GwNote *note)
{
  g_autoptr (GError) error = NULL;

  rewind (self->file);
  g_assert_cmpint (ftruncate (fileno (self->file), 0), ==, 0);
  g_assert_cmpuint (fwrite (bytes, 1, size, self->file), ==, size);
  g_assert_cmpint (fflush (self->file), ==, 0);
  if (gw_note_read (self->path, note, &error))
    return TRUE;
  g_assert_true (error->domain == GW_ERROR);
  g_assert_true (error->code == GW_ERROR_FORMAT || error->code == GW_ERROR_REFUSED);
  return FALSE;
}

static void
test_real (Target *self, gconstpointer unused)
{
  gsize size = 0;
  g_autofree char *bytes = real_module (&size);
  GwNote note;

  g_assert_true (read_bytes (self, bytes, size, &note));
  g_assert_cmpstr (note.id, ==, "risk.dispute");
  g_assert_cmpuint (note.abi_major, ==, GW_ABI_MAJOR);
  g_assert_cmpuint (note.plugin_size, ==, sizeof (GwPlugin));
}

/* Cut anywhere in its headers: never a crash, never somebody else's memory. */
static void
test_cut (Target *self, gconstpointer unused)
{
  gsize size = 0;
  g_autofree char *bytes = real_module (&size);
  GwNote note;

  for (gsize cut = 0; cut < MIN (size, 2048); cut += 3)
    {
      g_autofree char *exact = g_memdup2 (bytes, cut); /* its end is where a sanitizer looks */

      (void)read_bytes (self, exact != NULL ? exact : "", cut, &note);
    }
  g_assert_false (read_bytes (self, bytes, 64, &note));
  g_assert_false (read_bytes (self, "", 0, &note));
}

static void
test_mutated (Target *self, gconstpointer unused)
{
  gsize size = 0;
  g_autofree char *bytes = real_module (&size);
  g_autoptr (GRand) random = g_rand_new_with_seed (47);
  guint refused = 0;
  GwNote note;

  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *copy = g_memdup2 (bytes, size);

      for (guint n = 0; n < 4; n++)
        copy[g_rand_int_range (random, 0, (gint32)MIN (size, 1024))] =
            (char)g_rand_int_range (random, 0, 256);
      refused += !read_bytes (self, copy, size, &note);
    }
  g_assert_cmpuint (refused, >, 25);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Target, NULL, set_up, func, tear_down)
  ADD ("/plugin/note/real", test_real);
  ADD ("/plugin/note/cut", test_cut);
  ADD ("/plugin/note/mutated", test_mutated);
  return g_test_run ();
}
