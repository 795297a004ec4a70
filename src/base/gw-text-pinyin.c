/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-text.h"

#include "gw-pinyin-table.h"
#include <string.h>

/* What a place in a text can be matched by: bits 0-25 letters, 26-35 digits. */
typedef guint64 SymbolSet;

#define DIGITS_SHIFT 26
/* Longest compatibility decomposition that is looked at; only Han, letters and digits matter. */
#define MAX_PARTS 8

/* U+3007 〇 stands outside of the tables and is in every second date. */
#define IDEOGRAPHIC_ZERO 0x3007

static guint32
lookup (gunichar ch)
{
  if (ch >= GW_PINYIN_URO_FIRST && ch < GW_PINYIN_URO_END)
    return gw_pinyin_sets[gw_pinyin_uro[ch - GW_PINYIN_URO_FIRST]];
  if (ch >= GW_PINYIN_EXT_A_FIRST && ch < GW_PINYIN_EXT_A_END)
    return gw_pinyin_sets[gw_pinyin_ext_a[ch - GW_PINYIN_EXT_A_FIRST]];
  if (ch == IDEOGRAPHIC_ZERO)
    return (guint32)('l' - 'a') << GW_PINYIN_PREFERRED_SHIFT | 1u << ('l' - 'a');
  return (guint32)GW_PINYIN_NO_READING << GW_PINYIN_PREFERRED_SHIFT;
}

/* The set of one character and the symbol shown for it; 0 when it takes no part. */
static SymbolSet
symbols_of (gunichar ch, char *shown)
{
  guint32 entry;

  if (ch < 0x80 && g_ascii_isdigit ((char)ch))
    {
      *shown = (char)ch;
      return G_GUINT64_CONSTANT (1) << (DIGITS_SHIFT + (ch - '0'));
    }
  if (ch < 0x80 && g_ascii_isalpha ((char)ch))
    {
      *shown = g_ascii_tolower ((char)ch);
      return G_GUINT64_CONSTANT (1) << (*shown - 'a');
    }
  entry = lookup (ch);
  if (entry >> GW_PINYIN_PREFERRED_SHIFT == GW_PINYIN_NO_READING)
    return 0;
  *shown = (char)('a' + (entry >> GW_PINYIN_PREFERRED_SHIFT));
  return entry & GW_PINYIN_LETTERS_MASK;
}

/* Adds the symbols of @ch; full-width letters and compatibility ideographs count as the plain ones.
 */
static void
append_character (gunichar ch, GArray *sets, GString *shown)
{
  gunichar parts[MAX_PARTS] = { ch };
  gsize n = 1;

  if (ch >= 0x80 && lookup (ch) >> GW_PINYIN_PREFERRED_SHIFT == GW_PINYIN_NO_READING)
    n = MIN (g_unichar_fully_decompose (ch, TRUE, parts, MAX_PARTS), MAX_PARTS);
  for (gsize i = 0; i < n; ++i)
    {
      char symbol;
      SymbolSet set = symbols_of (parts[i], &symbol);

      if (set == 0)
        continue;
      if (sets != NULL)
        g_array_append_val (sets, set);
      if (shown != NULL)
        g_string_append_c (shown, symbol);
    }
}

static void
append_text (const char *text, GArray *sets, GString *shown)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    append_character (g_utf8_get_char (p), sets, shown);
}

/**
 * gw_text_initials:
 * @text: (nullable): UTF-8
 *
 * The letters a person types to find a name: the first letter of each character's most frequent
 * reading, letters in lower case and digits. Everything else is left out. Any thread.
 *
 * Returns: (transfer full): ASCII, "" for %NULL
 */
char *
gw_text_initials (const char *text)
{
  GString *shown = g_string_new (NULL);

  if (text != NULL)
    append_text (text, NULL, shown);
  return g_string_free (shown, FALSE);
}

/* What was typed, as symbols; NULL when it holds what no initials can match. */
static GArray *
wanted_symbols (const char *initials)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (SymbolSet));

  for (const char *p = initials; *p != '\0'; ++p)
    {
      char symbol;

      if (*p == ' ' || *p == '-' || *p == '\'')
        continue;
      if (!g_ascii_isalnum (*p))
        return NULL;
      g_array_append_vals (wanted, &(SymbolSet){ symbols_of ((guchar)*p, &symbol) }, 1);
    }
  return g_steal_pointer (&wanted);
}

static gboolean
matches_at (GArray *sets, guint at, GArray *wanted)
{
  for (guint i = 0; i < wanted->len; ++i)
    if ((g_array_index (sets, SymbolSet, at + i) & g_array_index (wanted, SymbolSet, i)) == 0)
      return FALSE;
  return TRUE;
}

/**
 * gw_text_matches_initials:
 * @text: (nullable): UTF-8
 * @initials: (nullable): letters and digits in either case; spaces, hyphens and apostrophes between
 *   them are skipped
 *
 * Whether @initials occurs in some reading of @text. Every reading of Unihan counts, so this finds
 * "长安" by "ca" and by "za". Nothing typed matches everything; Han characters match nothing, they
 * are for the ordinary search. Any thread.
 *
 * Returns: %TRUE when they occur
 */
gboolean
gw_text_matches_initials (const char *text, const char *initials)
{
  g_autoptr (GArray) sets = g_array_new (FALSE, FALSE, sizeof (SymbolSet));
  g_autoptr (GArray) wanted = wanted_symbols (initials != NULL ? initials : "");

  if (wanted == NULL)
    return FALSE;
  if (text != NULL)
    append_text (text, sets, NULL);
  for (guint at = 0; at + wanted->len <= sets->len; ++at)
    if (matches_at (sets, at, wanted))
      return TRUE;
  return FALSE;
}
