/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-search-word.h"

#include <string.h>

#include "gw-zh-tokenizer.h"

#define MAX_WORDS 16
#define TITLE_COLUMN "title : "

static void
word_free (gpointer data)
{
  GwSearchWord *self = data;

  g_free (self->text);
  g_free (self->expression);
  g_free (self->initials);
  gw_search_set_free (self->given);
  gw_search_set_free (self->sure);
  gw_search_set_free (self->maybe);
  g_free (self);
}

/* One run of word characters: a phrase, which the tokenizer cuts; a single character stands at the
 * start of a token. */
static void
append_run (GString *out, const char *run, const char *end)
{
  g_string_append (out, out->len > 0 ? " AND \"" : "\"");
  g_string_append_len (out, run, end - run);
  g_string_append (out, g_utf8_next_char (run) >= end ? "\" *" : "\"");
}

static char *
in_titles (char *expression)
{
  char *narrowed = g_strdup_printf (TITLE_COLUMN "(%s)", expression);

  g_free (expression);
  return narrowed;
}

static void
make_expression (GwSearchWord *self, gboolean titles_only)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *run = NULL, *p;
  guint n_runs = 0;

  for (p = self->text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (gw_zh_is_word_char (g_utf8_get_char (p)))
        {
          n_runs += run == NULL ? 1 : 0;
          run = run != NULL ? run : p;
        }
      else if (run != NULL)
        {
          append_run (out, run, p);
          run = NULL;
        }
    }
  if (run != NULL)
    append_run (out, run, p);
  if (n_runs == 0)
    return;
  self->exact = n_runs == 1 && run == self->text;
  self->expression = g_string_free (g_steal_pointer (&out), FALSE);
  if (titles_only)
    self->expression = in_titles (self->expression);
}

/* Two or more letters or digits that begin with a letter may be initials. */
static void
make_initials (GwSearchWord *self, gboolean titles_only)
{
  if (strlen (self->text) < 2 || !g_ascii_isalpha (*self->text))
    return;
  for (const char *p = self->text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p))
      return;
  self->initials = g_strdup_printf ("\"%s\"", self->text);
  if (titles_only)
    self->initials = in_titles (self->initials);
}

static gboolean
is_all_ideographs (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) < 0x4e00 || g_utf8_get_char (p) >= 0xa000)
      return FALSE;
  return TRUE;
}

GPtrArray *
gw_search_split_words (const char *text, guint size, gboolean titles_only)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (word_free);
  g_autoptr (GString) folded = g_string_new (NULL);
  g_auto (GStrv) parts = NULL;

  gw_zh_fold (folded, text);
  parts = g_strsplit (folded->str, " ", MAX_WORDS);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      GwSearchWord *word = g_new0 (GwSearchWord, 1);

      word->text = g_strdup (parts[i]);
      word->ideographs = is_all_ideographs (word->text);
      make_expression (word, titles_only);
      make_initials (word, titles_only);
      if (word->expression == NULL)
        {
          word_free (word);
          continue;
        }
      word->given = gw_search_set_new (size);
      word->sure = gw_search_set_new (size);
      word->maybe = gw_search_set_new (size);
      g_ptr_array_add (words, word);
    }
  return g_steal_pointer (&words);
}
