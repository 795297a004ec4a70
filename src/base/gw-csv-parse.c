/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-csv.h"

#include "gw-error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* The reading half of gw-csv.h: RFC 4180 without mercy, because the files are our own. */

typedef struct
{
  const char *cursor;
  const char *end;
  guint line;
  GString *cell;   /* of the row being read */
  GPtrArray *row;  /* of char *, given away at the end of the row */
  GPtrArray *rows; /* of GStrv */
  GArray *lines;   /* of guint: where each row begins */
} Reader;

static gboolean
at_end_of_line (const Reader *reader)
{
  const char *p = reader->cursor;

  return p == reader->end || *p == '\n' || (*p == '\r' && p + 1 < reader->end && p[1] == '\n');
}

static gboolean
read_quoted (Reader *reader, GError **error)
{
  guint first_line = reader->line;

  for (++reader->cursor; reader->cursor < reader->end; ++reader->cursor)
    {
      if (*reader->cursor == '\n')
        ++reader->line;
      if (*reader->cursor == '"')
        {
          ++reader->cursor;
          if (reader->cursor == reader->end || *reader->cursor != '"')
            return TRUE;
        }
      g_string_append_c (reader->cell, *reader->cursor);
    }
  return gw_throw (error, GW_ERROR_FORMAT,
                   _ ("line %u: a quoted cell begins here and never ends; close it with \""),
                   first_line);
}

static gboolean
read_bare (Reader *reader, GError **error)
{
  while (!at_end_of_line (reader) && *reader->cursor != ',')
    {
      if (*reader->cursor == '"')
        return gw_throw (error, GW_ERROR_FORMAT,
                         _ ("line %u: a quotation mark inside of a cell without quotes; quote the "
                            "whole cell and double the mark"),
                         reader->line);
      if (*reader->cursor == '\r')
        return gw_throw (error, GW_ERROR_FORMAT,
                         _ ("line %u: a carriage return without line feed; save the file with LF "
                            "or CRLF line ends"),
                         reader->line);
      g_string_append_c (reader->cell, *reader->cursor++);
    }
  return TRUE;
}

static gboolean
read_cell (Reader *reader, GError **error)
{
  gboolean quoted = reader->cursor < reader->end && *reader->cursor == '"';

  g_string_truncate (reader->cell, 0);
  if (quoted ? !read_quoted (reader, error) : !read_bare (reader, error))
    return FALSE;
  if (!at_end_of_line (reader) && *reader->cursor != ',')
    return gw_throw (
        error, GW_ERROR_FORMAT,
        _ ("line %u: text after the closing quotation mark; put a comma between cells"),
        reader->line);
  g_ptr_array_add (reader->row, g_strndup (reader->cell->str, reader->cell->len));
  return TRUE;
}

static void
end_row (Reader *reader, guint line)
{
  g_ptr_array_add (reader->row, NULL);
  g_ptr_array_add (reader->rows, g_ptr_array_steal (reader->row, NULL));
  g_array_append_val (reader->lines, line);
  if (reader->cursor < reader->end && *reader->cursor == '\r')
    ++reader->cursor;
  if (reader->cursor < reader->end)
    ++reader->cursor;
  ++reader->line;
}

static gboolean
read_row (Reader *reader, GError **error)
{
  guint line = reader->line;

  if (!read_cell (reader, error))
    return FALSE;
  while (!at_end_of_line (reader))
    {
      ++reader->cursor; /* the comma */
      if (!read_cell (reader, error))
        return FALSE;
    }
  end_row (reader, line);
  return TRUE;
}

static guint
line_of (const char *text, const char *place)
{
  guint line = 1;

  for (const char *p = text; p < place; ++p)
    line += *p == '\n';
  return line;
}

static gboolean
read_all (Reader *reader, GError **error)
{
  const char *text = reader->cursor, *bad;

  /* Also refuses NUL, which would cut cells short. */
  if (!g_utf8_validate_len (text, (gsize)(reader->end - text), &bad))
    return gw_throw (error, GW_ERROR_FORMAT, _ ("line %u: not UTF-8 text; save the file as UTF-8"),
                     line_of (text, bad));
  if (reader->end - text >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    reader->cursor += 3;
  while (reader->cursor < reader->end)
    if (!read_row (reader, error))
      return FALSE;
  return TRUE;
}

/**
 * gw_csv_parse_lines:
 * @text: UTF-8, with or without BOM
 * @length: its bytes
 * @lines: (out) (optional) (transfer full) (element-type guint): the line on which each row begins,
 *   counted from 1; differs from the row number after cells with line breaks
 * @error: %GW_ERROR_FORMAT, names the line
 *
 * Reads one of our own data files. An empty line is a row with one empty cell; rows may differ in
 * length: what that means is the caller's business. Any thread.
 *
 * Returns: (transfer full) (element-type GStrv): the rows, or %NULL
 */
GPtrArray *
gw_csv_parse_lines (const char *text, gsize length, GArray **lines, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  g_autoptr (GPtrArray) row = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) cell = g_string_new (NULL);
  Reader reader = { .line = 1, .cell = cell, .row = row, .rows = rows, .lines = starts };

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  reader.cursor = text != NULL ? text : "";
  reader.end = reader.cursor + length;
  if (!read_all (&reader, error))
    return NULL;
  if (lines != NULL)
    *lines = g_steal_pointer (&starts);
  return g_steal_pointer (&rows);
}

/**
 * gw_csv_parse:
 *
 * As gw_csv_parse_lines(), without the lines.
 *
 * Returns: (transfer full) (element-type GStrv): the rows, or %NULL
 */
GPtrArray *
gw_csv_parse (const char *text, gsize length, GError **error)
{
  return gw_csv_parse_lines (text, length, NULL, error);
}
