/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-zh-tokenizer.h"

#include <string.h>

#include "gw-fts5.h"
#include "gw-text.h"

typedef int (*TokenFunc) (void *, int, const char *, int, int, int);

typedef struct
{
  GString *input;  /* owned: what FTS5 gave, with a NUL behind it */
  GString *folded; /* owned */
} Tokenizer;

/* ---- folding ---- */

/* Twice in a row in ordinary Chinese text; its fold is three full stops. */
#define HORIZONTAL_ELLIPSIS 0x2026

/* Characters whose fold is themselves and that take no part in composition: the bulk of Chinese
 * text. Marks U+3099-309A and Hangul compose, compatibility ideographs decompose: not here. */
static gboolean
is_plain (gunichar ch)
{
  return (ch >= 0x4e00 && ch < 0xa000) || (ch >= 0x3400 && ch < 0x4dc0) ||
         (ch >= 0x20000 && ch < 0x2a6e0) || (ch >= 0x3001 && ch <= 0x3011) ||
         (ch >= 0x2018 && ch <= 0x2019) || (ch >= 0x201c && ch <= 0x201d) || ch == 0x2014;
}

/* One character that needs no normalisation, folded; FALSE for others. White space gives ' '. */
static gboolean
fold_simple (gunichar ch, gunichar *folded)
{
  if (ch >= 0xff01 && ch <= 0xff5e)
    ch -= 0xfee0;
  else if (ch == 0x3000)
    ch = ' ';
  if (ch < 0x80)
    {
      *folded = (ch <= ' ' || ch == 0x7f) ? ' ' : (gunichar)g_ascii_tolower ((char)ch);
      return TRUE;
    }
  *folded = ch;
  return is_plain (ch) || ch == HORIZONTAL_ELLIPSIS;
}

/* FALSE when some character needs the slow way or the bytes are no UTF-8; @out is then unusable. */
static gboolean
fold_fast (GString *out, const char *text)
{
  gboolean gap = FALSE;

  while (*text != '\0')
    {
      gunichar ch = (guchar)*text, folded;
      gsize length = 1;

      if (ch >= 0x80)
        {
          ch = g_utf8_get_char_validated (text, -1);
          length = ch < 0x10000 ? 3 : 4;
        }
      if (!fold_simple (ch, &folded))
        return FALSE;
      if (folded == ' ')
        gap = TRUE;
      else
        {
          if (gap && out->len > 0)
            g_string_append_c (out, ' ');
          gap = FALSE;
          if (folded < 0x80)
            g_string_append_c (out, (char)folded);
          else if (folded == HORIZONTAL_ELLIPSIS)
            g_string_append (out, "...");
          else
            g_string_append_len (out, text, (gssize)length);
        }
      text += length;
    }
  return TRUE;
}

void
gw_zh_fold (GString *out, const char *text)
{
  g_autofree char *slow = NULL;

  g_string_truncate (out, 0);
  if (text == NULL || fold_fast (out, text))
    return;
  slow = gw_text_fold (text);
  g_string_assign (out, slow);
}

gboolean
gw_zh_is_word_char (gunichar ch)
{
  if (ch < 0x80)
    return g_ascii_isalnum ((char)ch);
  if ((ch >= 0x4e00 && ch < 0xa000) || (ch >= 0x3400 && ch < 0x4dc0) || ch == 0x3007)
    return TRUE;
  if (ch >= 0x20000 && ch < 0x40000)
    return TRUE; /* the planes of ideographs, whatever this GLib's Unicode version knows of them */
  return g_unichar_isalnum (ch) || g_unichar_ismark (ch);
}

/* ---- FTS5 ---- */

static void
tokenizer_delete (Fts5Tokenizer *tokenizer)
{
  Tokenizer *self = (Tokenizer *)tokenizer;

  g_string_free (self->input, TRUE);
  g_string_free (self->folded, TRUE);
  g_free (self);
}

static int
tokenizer_create (void *context, const char **args, int n_args, Fts5Tokenizer **tokenizer)
{
  Tokenizer *self;

  if (n_args > 0)
    return SQLITE_ERROR;
  self = g_new0 (Tokenizer, 1);
  self->input = g_string_new (NULL);
  self->folded = g_string_new (NULL);
  *tokenizer = (Fts5Tokenizer *)self;
  return SQLITE_OK;
}

/* The tokens of the run [run, end), which is not empty. Offsets are those of the folded text: the
 * table is contentless, nothing is ever highlighted from them. */
static int
emit_run (const char *text,
          const char *run,
          const char *end,
          gboolean query,
          void *context,
          TokenFunc token)
{
  const char *first = run;
  int rc = SQLITE_OK;

  while (rc == SQLITE_OK && first < end)
    {
      const char *second = g_utf8_next_char (first);
      const char *stop = second < end ? g_utf8_next_char (second) : end;

      if (second == end && query && first != run)
        break;
      rc = token (context, 0, first, (int)(stop - first), (int)(first - text), (int)(stop - text));
      first = second;
    }
  return rc;
}

static int
tokenizer_tokenize (Fts5Tokenizer *tokenizer,
                    void *context,
                    int flags,
                    const char *text,
                    int length,
                    TokenFunc token)
{
  Tokenizer *self = (Tokenizer *)tokenizer;
  gboolean query = (flags & FTS5_TOKENIZE_QUERY) != 0;
  const char *start, *end, *run = NULL;
  int rc = SQLITE_OK;

  g_string_truncate (self->input, 0);
  if (length > 0)
    g_string_append_len (self->input, text, length);
  gw_zh_fold (self->folded, self->input->str);
  start = self->folded->str;
  end = start + self->folded->len;
  for (const char *p = start; rc == SQLITE_OK && p < end; p = g_utf8_next_char (p))
    {
      if (gw_zh_is_word_char (g_utf8_get_char (p)))
        run = run != NULL ? run : p;
      else if (run != NULL)
        {
          rc = emit_run (start, run, p, query, context, token);
          run = NULL;
        }
    }
  if (rc == SQLITE_OK && run != NULL)
    rc = emit_run (start, run, end, query, context, token);
  return rc;
}

int
gw_zh_tokenizer_register (sqlite3 *db)
{
  fts5_tokenizer functions = { tokenizer_create, tokenizer_delete, tokenizer_tokenize };

  return gw_fts5_add_tokenizer (db, GW_ZH_TOKENIZER, &functions);
}
