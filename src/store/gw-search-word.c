/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-search-word.h"

#include <string.h>

#include "gw-zh-tokenizer.h"

#define MAX_WORDS 16
/* Bigrams of a word that are looked up; the check reads the whole word. */
#define MAX_BIGRAMS 32

static void
word_free (gpointer data)
{
  GwSearchWord *self = data;

  g_free (self->text);
  g_free (self->expression);
  g_free (self->pairs);
  gw_search_set_free (self->sure);
  gw_search_set_free (self->maybe);
  g_free (self);
}

static void
append_term (GString *out, const char *from, const char *to, gboolean prefix)
{
  g_string_append (out, out->len > 0 ? " AND \"" : "\"");
  g_string_append_len (out, from, to - from);
  g_string_append (out, prefix ? "\" *" : "\"");
}

/* Terms of one run of word characters. */
static void
append_run (GString *out, const char *run, const char *end, guint *n_terms)
{
  const char *second = g_utf8_next_char (run);

  if (second >= end)
    {
      append_term (out, run, end, TRUE);
      ++*n_terms;
      return;
    }
  for (const char *p = run; second < end && *n_terms < MAX_BIGRAMS; ++*n_terms)
    {
      append_term (out, p, g_utf8_next_char (second), FALSE);
      p = second;
      second = g_utf8_next_char (second);
    }
}

static void
make_expression (GwSearchWord *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  const char *run = NULL, *p;
  guint n_terms = 0;

  for (p = self->text; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (gw_zh_is_word_char (g_utf8_get_char (p)))
        run = run != NULL ? run : p;
      else if (run != NULL)
        {
          append_run (out, run, p, &n_terms);
          run = NULL;
        }
    }
  if (run != NULL)
    append_run (out, run, p, &n_terms);
  if (n_terms == 0)
    return;
  self->exact = n_terms == 1 && run == self->text;
  self->expression = g_string_free (g_steal_pointer (&out), FALSE);
}

/* Two or more letters or digits that begin with a letter may be initials. */
static void
make_pairs (GwSearchWord *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gsize length = strlen (self->text);

  if (length < 2 || !g_ascii_isalpha (*self->text))
    return;
  for (const char *p = self->text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p))
      return;
  for (gsize i = 0; i + 1 < length && i < MAX_BIGRAMS; i++)
    append_term (out, self->text + i, self->text + i + 2, FALSE);
  self->exact_pairs = length == 2;
  self->pairs = g_string_free (g_steal_pointer (&out), FALSE);
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
gw_search_split_words (const char *text, guint size)
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
      make_expression (word);
      make_pairs (word);
      if (word->expression == NULL)
        {
          word_free (word);
          continue;
        }
      word->sure = gw_search_set_new (size);
      word->maybe = gw_search_set_new (size);
      g_ptr_array_add (words, word);
    }
  return g_steal_pointer (&words);
}
