/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-sniff.h"

#include <string.h>

static gboolean
begins (const guint8 *bytes, gsize length, const char *magic, gsize n)
{
  return length >= n && memcmp (bytes, magic, n) == 0;
}

/* The first bytes as ASCII without zero bytes, marks and blanks in front, so that UTF-16 and
 * UTF-8 look alike. */
static char *
dup_plain (const guint8 *bytes, gsize length)
{
  g_autofree char *plain = g_malloc (length + 1);
  gsize put = 0;

  for (gsize i = 0; i < length; i++)
    if (bytes[i] != 0 && (put > 0 || (bytes[i] > ' ' && bytes[i] < 0x80)))
      plain[put++] = bytes[i] < 0x80 ? (char)g_ascii_tolower ((char)bytes[i]) : '?';
  plain[put] = '\0';
  return g_steal_pointer (&plain);
}

static gboolean
contains_any (const char *text, const char *const *needles)
{
  for (gsize i = 0; needles[i] != NULL; i++)
    if (strstr (text, needles[i]) != NULL)
      return TRUE;
  return FALSE;
}

static GwSniff
sniff_markup (const char *plain)
{
  static const char *const html[] = { "<html", "<!doctype html", "<table", "<head",
                                      "<meta", "<body",          NULL };
  static const char *const sheet[] = { "office:spreadsheet", "<workbook", NULL };

  if (contains_any (plain, sheet) && strstr (plain, "<html") == NULL)
    return GW_SNIFF_SPREADSHEET_XML;
  return contains_any (plain, html) ? GW_SNIFF_HTML : GW_SNIFF_UNKNOWN;
}

/* "{" alone begins many a text; the words of RFC 7946 have to follow. */
static GwSniff
sniff_json (const char *plain)
{
  static const char *const words[] = { "featurecollection", "\"feature\"", "\"geometry\"", NULL };

  return contains_any (plain, words) ? GW_SNIFF_GEOJSON : GW_SNIFF_TEXT;
}

static gboolean
has_wide (const guint8 *bytes, gsize length, const char *word)
{
  gsize n = strlen (word);

  for (gsize i = 0; i + 2 * n <= length; i++)
    {
      gsize k = 0;

      while (k < n && bytes[i + 2 * k] == (guint8)word[k] && bytes[i + 2 * k + 1] == 0)
        k++;
      if (k == n)
        return TRUE;
    }
  return FALSE;
}

/* Control characters other than those of text. A stray one is a damaged table; many are no table.
 */
static gboolean
is_binary (const guint8 *bytes, gsize length)
{
  gsize control = 0;
  gsize nul = 0;

  for (gsize i = 0; i < length; i++)
    {
      nul += bytes[i] == 0;
      control += bytes[i] < 0x20 && bytes[i] != 0 && strchr ("\t\n\r\f\x1a", bytes[i]) == NULL;
    }
  /* Zero bytes up to a half and few controls: UTF-16. */
  return control * 20 > length || nul * 100 > length * 55;
}

GwSniff
gw_sniff (const guint8 *bytes, gsize length)
{
  g_autofree char *plain = NULL;

  if (length == 0)
    return GW_SNIFF_EMPTY;
  if (begins (bytes, length, "PK\x03\x04", 4) || begins (bytes, length, "PK\x05\x06", 4))
    return GW_SNIFF_ZIP;
  if (begins (bytes, length, "SQLite format 3", 16))
    return GW_SNIFF_SQLITE;
  if (begins (bytes, length, "%PDF", 4))
    return GW_SNIFF_PDF;
  if (begins (bytes, length, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
    return has_wide (bytes, length, "EncryptedPackage") ? GW_SNIFF_ENCRYPTED : GW_SNIFF_OLD_EXCEL;
  /* BIFF 2 to 5 without a container. */
  if (length >= 4 && bytes[0] == 0x09 && (bytes[1] & 0xf1) == 0 && bytes[2] <= 0x10 &&
      bytes[3] == 0)
    return GW_SNIFF_OLD_EXCEL;
  plain = dup_plain (bytes, length);
  if (plain[0] == '<')
    return sniff_markup (plain);
  if (is_binary (bytes, length))
    return GW_SNIFF_UNKNOWN;
  return plain[0] == '{' ? sniff_json (plain) : GW_SNIFF_TEXT;
}
