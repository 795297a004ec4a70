/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-text.h"

#include <string.h>

/* g_utf8_strdown() and friends ask the locale (Turkish dotless i); the functions for single
 * characters do not, so matching gives the same answer on every machine. */

/* Invisible characters that come with text from web pages and chat programs. */
static gboolean
is_invisible (gunichar ch)
{
  return ch == 0x200b || ch == 0x2060 || ch == 0xfeff || ch == 0xad;
}

static gboolean
is_space (gunichar ch)
{
  return g_unichar_isspace (ch) || g_unichar_iscntrl (ch);
}

/* @valid must be UTF-8. */
static char *
collapse (const char *valid, gboolean lower)
{
  GString *out = g_string_sized_new (strlen (valid));
  gboolean gap = FALSE;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);

      if (is_invisible (ch))
        continue;
      if (is_space (ch))
        {
          gap = TRUE;
          continue;
        }
      if (gap && out->len > 0)
        g_string_append_c (out, ' ');
      gap = FALSE;
      g_string_append_unichar (out, lower ? g_unichar_tolower (ch) : ch);
    }
  return g_string_free (out, FALSE);
}

/**
 * gw_text_fold:
 * @text: (nullable): anything; bytes that are no UTF-8 become U+FFFD
 *
 * The form in which two texts are compared: compatibility forms (full-width letters, ligatures)
 * made plain, lower case, white space trimmed and collapsed, invisible characters dropped. Not for
 * showing. Folding twice changes nothing. Any thread, any locale.
 *
 * Returns: (transfer full): "" for %NULL
 */
char *
gw_text_fold (const char *text)
{
  g_autofree char *valid = NULL, *plain = NULL, *lower = NULL;

  if (text == NULL)
    return g_strdup ("");
  if (g_str_is_ascii (text))
    return collapse (text, TRUE);
  valid = g_utf8_make_valid (text, -1);
  plain = g_utf8_normalize (valid, -1, G_NORMALIZE_NFKC);
  lower = collapse (plain, TRUE);
  /* Lower case and dropped characters can bring forms together that compose. */
  return g_utf8_normalize (lower, -1, G_NORMALIZE_NFKC);
}

/**
 * gw_text_tidy:
 * @text: (nullable): anything; bytes that are no UTF-8 become U+FFFD
 *
 * Trims, and makes every run of white space and control characters one space; keeps the characters
 * that people will read. Any thread.
 *
 * Returns: (transfer full): "" for %NULL
 */
char *
gw_text_tidy (const char *text)
{
  g_autofree char *valid = NULL;

  if (text == NULL)
    return g_strdup ("");
  valid = g_utf8_make_valid (text, -1);
  return collapse (valid, FALSE);
}

/**
 * gw_text_length:
 * @text: (nullable): UTF-8
 *
 * Returns: Unicode characters; 0 for %NULL
 */
gsize
gw_text_length (const char *text)
{
  return text != NULL ? (gsize)g_utf8_strlen (text, -1) : 0;
}

/**
 * gw_text_is_blank:
 * @text: (nullable): UTF-8
 *
 * Returns: %TRUE when nothing would be left of @text after tidying
 */
gboolean
gw_text_is_blank (const char *text)
{
  if (text == NULL)
    return TRUE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar ch = g_utf8_get_char (p);

      if (!is_space (ch) && !is_invisible (ch))
        return FALSE;
    }
  return TRUE;
}

/* What may not be parted from the character before. */
static gboolean
clings (gunichar ch)
{
  return g_unichar_ismark (ch) || g_unichar_iszerowidth (ch);
}

/**
 * gw_text_ellipsize:
 * @text: (nullable): UTF-8
 * @n: Unicode characters to keep
 *
 * Cuts after @n characters, but not between a letter and its accents. Any thread.
 *
 * Returns: (transfer full): at most the first @n characters and "…"
 */
char *
gw_text_ellipsize (const char *text, gsize n)
{
  const char *cut = text;

  if (text == NULL)
    return g_strdup ("");
  for (gsize i = 0; i < n && *cut != '\0'; ++i)
    cut = g_utf8_next_char (cut);
  while (n > 0 && *cut != '\0' && clings (g_utf8_get_char (cut)))
    cut = g_utf8_next_char (cut);
  if (*cut == '\0')
    return g_strdup (text);
  return g_strdup_printf ("%.*s…", (int)(cut - text), text);
}
