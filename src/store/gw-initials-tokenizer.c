/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-initials-tokenizer.h"

#include "gw-fts5.h"
#include "gw-pinyin-table.h"

#define MAX_PARTS 8

typedef int (*TokenFunc) (void *, int, const char *, int, int, int);

/* Letters (bits 0-25) and digits (26-35) that stand for one character. */
static guint64
symbols_of (gunichar ch)
{
  guint32 entry = (guint32)GW_PINYIN_NO_READING << GW_PINYIN_PREFERRED_SHIFT;

  if (ch < 0x80 && g_ascii_isdigit ((char)ch))
    return G_GUINT64_CONSTANT (1) << (26 + (ch - '0'));
  if (ch < 0x80 && g_ascii_isalpha ((char)ch))
    return G_GUINT64_CONSTANT (1) << (g_ascii_tolower ((char)ch) - 'a');
  if (ch >= GW_PINYIN_URO_FIRST && ch < GW_PINYIN_URO_END)
    entry = gw_pinyin_sets[gw_pinyin_uro[ch - GW_PINYIN_URO_FIRST]];
  else if (ch >= GW_PINYIN_EXT_A_FIRST && ch < GW_PINYIN_EXT_A_END)
    entry = gw_pinyin_sets[gw_pinyin_ext_a[ch - GW_PINYIN_EXT_A_FIRST]];
  else if (ch == 0x3007)
    return G_GUINT64_CONSTANT (1) << ('l' - 'a');
  return entry >> GW_PINYIN_PREFERRED_SHIFT == GW_PINYIN_NO_READING
             ? 0
             : entry & GW_PINYIN_LETTERS_MASK;
}

static char
symbol_char (guint64 symbols)
{
  guint bit = (guint)__builtin_ctzll (symbols);

  return (char)(bit < 26 ? 'a' + bit : '0' + (bit - 26));
}

/* The pairs of two neighbours: the first moves on by a position, the others stand there too. */
static int
emit_pairs (guint64 left, guint64 right, void *context, TokenFunc token)
{
  int rc = SQLITE_OK, flags = 0;

  for (guint64 a = left; a != 0; a &= a - 1)
    for (guint64 b = right; rc == SQLITE_OK && b != 0; b &= b - 1)
      {
        char pair[2] = { symbol_char (a), symbol_char (b) };

        rc = token (context, flags, pair, sizeof pair, 0, 0);
        flags = FTS5_TOKEN_COLOCATED;
      }
  return rc;
}

/* @ch as the characters that are read: itself, or what it is made of (a circled or wide one). */
static gsize
take_apart (gunichar ch, gunichar parts[MAX_PARTS])
{
  parts[0] = ch;
  if (ch < 0x80 || symbols_of (ch) != 0)
    return 1;
  return MIN (g_unichar_fully_decompose (ch, TRUE, parts, MAX_PARTS), MAX_PARTS);
}

static int
initials_tokenize (Fts5Tokenizer *tokenizer,
                   void *context,
                   int flags,
                   const char *text,
                   int length,
                   TokenFunc token)
{
  const char *p = text, *end = text + length;
  guint64 before = 0;
  int rc = SQLITE_OK;

  while (rc == SQLITE_OK && p < end)
    {
      gunichar ch = g_utf8_get_char_validated (p, end - p), parts[MAX_PARTS];
      gsize n;

      if (ch >= (gunichar)-2)
        break; /* no UTF-8: what stands before it is found */
      n = take_apart (ch, parts);
      for (gsize i = 0; rc == SQLITE_OK && i < n; i++)
        {
          guint64 symbols = symbols_of (parts[i]);

          if (symbols == 0)
            continue;
          rc = emit_pairs (before, symbols, context, token);
          before = symbols;
        }
      p = g_utf8_next_char (p);
    }
  return rc;
}

/* There is nothing to remember: any address does. */
static int
initials_create (void *context, const char **args, int n_args, Fts5Tokenizer **tokenizer)
{
  static const char nothing;

  *tokenizer = (Fts5Tokenizer *)(gconstpointer)&nothing;
  return n_args > 0 ? SQLITE_ERROR : SQLITE_OK;
}

static void
initials_delete (Fts5Tokenizer *tokenizer)
{
}

int
gw_initials_tokenizer_register (sqlite3 *db)
{
  fts5_tokenizer functions = { initials_create, initials_delete, initials_tokenize };

  return gw_fts5_add_tokenizer (db, GW_INITIALS_TOKENIZER, &functions);
}
