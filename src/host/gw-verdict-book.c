/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-verdict-book.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* Times that weak evidence must come in a row. */
#define STRIKES 2

struct _GwVerdictBook
{
  GKeyFile *keys; /* owned; a group for each digest */
  char *path;     /* owned */
  char *examiner; /* owned: which build of it */
  gboolean changed;
};

/* Size and time of the helper: the rules it knows are compiled into it. */
static char *
name_build (const char *program)
{
  GStatBuf info;

  if (g_stat (program, &info) != 0)
    return g_strdup ("?");
  return g_strdup_printf ("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%ld", (gint64)info.st_size,
                          (gint64)info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
}

GwVerdictBook *
gw_verdict_book_open (const char *path, const char *examiner)
{
  GwVerdictBook *self = g_new0 (GwVerdictBook, 1);

  self->keys = g_key_file_new ();
  self->path = g_strdup (path);
  self->examiner = name_build (examiner);
  if (!g_key_file_load_from_file (self->keys, path, G_KEY_FILE_NONE, NULL))
    {
      /* What was read before the damage was met must not count for the whole. */
      g_key_file_unref (self->keys);
      self->keys = g_key_file_new ();
    }
  return self;
}

void
gw_verdict_book_close (GwVerdictBook *self)
{
  g_autofree char *folder = NULL;

  if (self == NULL)
    return;
  folder = g_path_get_dirname (self->path);
  if (self->changed && g_mkdir_with_parents (folder, 0700) == 0)
    (void)g_key_file_save_to_file (self->keys, self->path, NULL);
  g_key_file_unref (self->keys);
  g_free (self->path);
  g_free (self->examiner);
  g_free (self);
}

static gboolean
has (GwVerdictBook *self, const char *digest, const char *key, const char *value)
{
  g_autofree char *found = g_key_file_get_string (self->keys, digest, key, NULL);

  return g_strcmp0 (found, value) == 0;
}

static int
count (GwVerdictBook *self, const char *digest, const char *key)
{
  return MAX (g_key_file_get_integer (self->keys, digest, key, NULL), 0);
}

GwVerdict *
gw_verdict_book_find (GwVerdictBook *self, const char *digest)
{
  g_autofree char *text = g_key_file_get_string (self->keys, digest, "verdict", NULL);
  g_autoptr (GwVerdict) verdict = text != NULL ? gw_verdict_from_text (text) : NULL;

  if (verdict == NULL || !has (self, digest, "examiner", self->examiner) ||
      !has (self, digest, "language", g_get_language_names ()[0]))
    return NULL;
  if (!gw_verdict_is_strong (verdict) && count (self, digest, "slow") < STRIKES)
    return NULL;
  return g_steal_pointer (&verdict);
}

void
gw_verdict_book_note (GwVerdictBook *self, const char *digest, const GwVerdict *verdict)
{
  g_autofree char *text = gw_verdict_to_text (verdict);
  int slow = gw_verdict_is_strong (verdict) ? 0 : MIN (count (self, digest, "slow") + 1, STRIKES);

  g_key_file_set_string (self->keys, digest, "verdict", text);
  g_key_file_set_string (self->keys, digest, "examiner", self->examiner);
  g_key_file_set_string (self->keys, digest, "language", g_get_language_names ()[0]);
  g_key_file_set_integer (self->keys, digest, "slow", slow);
  self->changed = TRUE;
}

void
gw_verdict_book_accuse (GwVerdictBook *self, const GwCrumbFinding *finding)
{
  const char *digest = finding->digest;
  int deaths = finding->strong ? STRIKES : MIN (count (self, digest, "deaths") + 1, STRIKES);

  g_key_file_set_integer (self->keys, digest, "deaths", deaths);
  g_key_file_set_string (self->keys, digest, "place", gw_crumb_place_get_name (finding->place));
  g_key_file_set_integer (self->keys, digest, "signal", finding->signal);
  self->changed = TRUE;
}

void
gw_verdict_book_acquit (GwVerdictBook *self, const char *digest)
{
  if (count (self, digest, "deaths") == 0)
    return;
  self->changed |= g_key_file_remove_key (self->keys, digest, "deaths", NULL);
}

char *
gw_verdict_book_dup_quarantine (GwVerdictBook *self, const char *digest)
{
  g_autofree char *place = g_key_file_get_string (self->keys, digest, "place", NULL);

  if (count (self, digest, "deaths") < STRIKES)
    return NULL;
  return g_strdup_printf (_ ("last run died inside it (%s, signal %d): quarantined; try it again, "
                             "or get another build of it"),
                          place != NULL ? place : "?", count (self, digest, "signal"));
}

void
gw_verdict_book_pardon (GwVerdictBook *self, const char *digest)
{
  self->changed |= g_key_file_remove_group (self->keys, digest, NULL);
}
