/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-xlsx-merges.h"

#include <string.h>

#define CHUNK (128u << 10)
#define KEPT 256u /* longest tag that may be cut by the end of a chunk */

gboolean
gw_xlsx_parse_reference (const char *text, guint64 *row, guint *column)
{
  guint letters = 0;
  guint64 digits = 0;

  if (*text == '$')
    text++;
  for (; g_ascii_isalpha (*text); text++)
    {
      letters = letters * 26 + (guint)(g_ascii_toupper (*text) - 'A') + 1;
      if (letters > 16384)
        return FALSE;
    }
  if (*text == '$')
    text++;
  for (; g_ascii_isdigit (*text); text++)
    {
      digits = digits * 10 + (guint)(*text - '0');
      if (digits > G_MAXUINT32)
        return FALSE;
    }
  if (*text != '\0' || letters == 0 || digits == 0)
    return FALSE;
  *row = digits;
  *column = letters;
  return TRUE;
}

gboolean
gw_xlsx_parse_range (const char *text, GwXlsxRange *range)
{
  g_auto (GStrv) corners = g_strsplit (text, ":", 3);
  guint n = g_strv_length (corners);

  if (n < 1 || n > 2 ||
      !gw_xlsx_parse_reference (corners[0], &range->first_row, &range->first_column) ||
      !gw_xlsx_parse_reference (corners[n - 1], &range->last_row, &range->last_column))
    return FALSE;
  return range->first_row <= range->last_row && range->first_column <= range->last_column;
}

static void
append_reference (GString *text, guint64 row, guint column)
{
  char letters[8];
  gsize at = sizeof letters;

  for (; column > 0 && at > 0; column = (column - 1) / 26)
    letters[--at] = (char)('A' + (column - 1) % 26);
  g_string_append_len (text, letters + at, (gssize)(sizeof letters - at));
  g_string_append_printf (text, "%lu", (gulong)row);
}

char *
gw_xlsx_range_dup_text (const GwXlsxRange *range)
{
  GString *text = g_string_new (NULL);

  append_reference (text, range->first_row, range->first_column);
  g_string_append_c (text, ':');
  append_reference (text, range->last_row, range->last_column);
  return g_string_free (text, FALSE);
}

/* @tag: from "<" to before ">". */
static void
take_tag (GArray *ranges, const char *tag, gsize length)
{
  g_autofree char *copy = g_strndup (tag, length);
  char *name = copy + 1;
  char *reference = NULL;
  char *end = NULL;
  GwXlsxRange range;

  if (strchr (copy, ':') != NULL && strcspn (copy, ":") < strcspn (copy, " \t\r\n"))
    name = strchr (copy, ':') + 1;
  if (strncmp (name, "mergeCell", 9) != 0 || !g_ascii_isspace (name[9]))
    return;
  reference = strstr (name, "ref=");
  if (reference == NULL || (reference[4] != '"' && reference[4] != '\''))
    return;
  end = strchr (reference + 5, reference[4]);
  if (end == NULL)
    return;
  *end = '\0';
  if (gw_xlsx_parse_range (reference + 5, &range))
    g_array_append_val (ranges, range);
}

/* Looks for whole tags; returns how much of @text is dealt with. */
static gsize
scan (GArray *ranges, const char *text, gsize length)
{
  gsize at = 0;

  while (at < length)
    {
      const char *found = memmem (text + at, length - at, "mergeCell", 9);
      const char *open = NULL;
      const char *close = NULL;

      if (found == NULL)
        return length < KEPT ? 0 : MAX (at, length - KEPT);
      open = memrchr (text + at, '<', (gsize)(found - text) - at);
      close = memchr (found, '>', length - (gsize)(found - text));
      if (close == NULL)
        return open == NULL || length - (gsize)(open - text) > KEPT ? length : (gsize)(open - text);
      if (open != NULL)
        take_tag (ranges, open, (gsize)(close - open));
      at = (gsize)(close - text);
      if (ranges->len > GW_XLSX_MAX_MERGES)
        return length;
    }
  return length;
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const GwXlsxRange *first = a;
  const GwXlsxRange *second = b;

  return first->first_row < second->first_row ? -1 : first->first_row > second->first_row;
}

static gboolean
scan_stream (GwZipStream *stream, GwSink *sink, GArray *ranges)
{
  g_autofree char *buffer = g_malloc (CHUNK + KEPT);
  gsize kept = 0;
  gssize n;

  while ((n = gw_zip_stream_read (stream, (guint8 *)buffer + kept, CHUNK)) > 0)
    {
      gsize length = kept + (gsize)n;
      gsize done = scan (ranges, buffer, length);

      if (ranges->len > GW_XLSX_MAX_MERGES)
        return gw_sink_fatal (sink, GW_PROBLEM_MANY_MERGES, 0, 0, G_STRINGIFY (10000), NULL);
      kept = MIN (length - done, KEPT);
      memmove (buffer, buffer + length - kept, kept);
    }
  return n == 0;
}

GArray *
gw_xlsx_merges_read (GwZip *zip, GwSink *sink, const GwZipPart *part)
{
  g_autoptr (GwZipStream) stream = gw_zip_stream_open (zip, part);
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (GwXlsxRange));

  if (stream == NULL || !scan_stream (stream, sink, ranges))
    return NULL;
  g_array_sort (ranges, compare_ranges);
  return g_steal_pointer (&ranges);
}
