/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "gw-search-query.h"
#include "gw-search-text.h"
#include "gw-text.h"

/* The texts of some matters, read and compared. A word that is sure of a matter is not looked at
 * again: only the other words of the query are. */
typedef struct
{
  GwSearchRun *run;    /* borrowed */
  GwSearchSet *result; /* borrowed, nullable: what does not fit is taken out */
  gboolean fits;       /* the matter that was read last */
} Check;

/* What the index says of a matter that has changed is of another time. */
static gboolean
is_sure (const GwSearchRun *run, const GwSearchWord *word, gint64 matter)
{
  return gw_search_set_has (word->given, matter) ||
         (gw_search_set_has (word->sure, matter) && !gw_search_set_has (run->changed, matter));
}

static gboolean
raw_fits_word (const GwSearchRun *run,
               const GwSearchWord *word,
               const char *title,
               const char *summary,
               const char *address)
{
  if (!word->ideographs)
    return FALSE;
  return strstr (title, word->text) != NULL ||
         (!run->titles_only && (strstr (summary, word->text) != NULL ||
                                (address != NULL && strstr (address, word->text) != NULL)));
}

/* Most candidates fit, and show it as they stand. */
static gboolean
check_raw (
    gint64 matter, const char *title, const char *summary, const char *address, gpointer data)
{
  Check *self = data;

  self->fits = TRUE;
  for (guint i = 0; self->fits && i < self->run->words->len; i++)
    {
      GwSearchWord *word = g_ptr_array_index (self->run->words, i);

      self->fits = is_sure (self->run, word, matter) ||
                   raw_fits_word (self->run, word, title, summary, address);
    }
  return self->fits;
}

static gboolean
text_fits_word (const GwSearchRun *run, const GwSearchText *text, const GwSearchWord *word)
{
  const char *found = strstr (text->all->str, word->text);

  if (found != NULL &&
      (!run->titles_only ||
       (gsize)(found - text->all->str) + strlen (word->text) <= text->title_length))
    return TRUE;
  return word->initials != NULL &&
         (gw_text_matches_initials (text->title, word->text) ||
          (!run->titles_only && gw_text_matches_initials (text->address, word->text)));
}

static gboolean
check_text (const GwSearchText *text, gpointer data)
{
  Check *self = data;

  self->fits = TRUE;
  for (guint i = 0; self->fits && i < self->run->words->len; i++)
    {
      GwSearchWord *word = g_ptr_array_index (self->run->words, i);

      self->fits =
          is_sure (self->run, word, text->matter) || text_fits_word (self->run, text, word);
    }
  if (!self->fits && self->result != NULL)
    gw_search_set_remove (self->result, text->matter);
  return !g_cancellable_is_cancelled (self->run->cancellable);
}

static gboolean
read_texts (Check *self, const gint64 *ids, guint n, GError **error)
{
  GwSearchRun *run = self->run;

  return gw_search_text_read (run->db, run->query->types, ids, n, check_raw, check_text, self,
                              error) &&
         !g_cancellable_set_error_if_cancelled (run->cancellable, error);
}

gboolean
gw_search_run_check (GwSearchRun *self,
                     const GwSearchSet *unsure,
                     GwSearchSet *result,
                     GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Check check = { self, result, FALSE };

  for (gint64 id = gw_search_set_next (unsure, 1); id >= 0;
       id = gw_search_set_next (unsure, id + 1))
    g_array_append_val (ids, id);
  return read_texts (&check, (const gint64 *)(gconstpointer)ids->data, ids->len, error);
}

gboolean
gw_search_run_check_one (GwSearchRun *self, gint64 id, gboolean *fits, GError **error)
{
  Check check = { self, NULL, FALSE };

  if (!read_texts (&check, &id, 1, error))
    return FALSE;
  *fits = check.fits;
  return TRUE;
}
