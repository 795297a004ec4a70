/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-csv.h"

#include <math.h>
#include <string.h>

#define BUFFER_SIZE 32768

/* Longest "%.17f" of a double: 309 digits, sign, point, 17 decimals. */
#define NUMBER_SIZE 352

struct _GwCsvWriter
{
  GOutputStream *out; /* owned */
  GString *buffer;    /* owned */
  gboolean in_row;
};

/**
 * gw_csv_writer_new:
 * @out: where the bytes go; the writer holds a reference and does not close it
 * @bom: whether to begin with U+FEFF, without which Excel reads UTF-8 as the local code page
 *
 * Returns: (transfer full): a writer
 */
GwCsvWriter *
gw_csv_writer_new (GOutputStream *out, gboolean bom)
{
  GwCsvWriter *self;

  g_return_val_if_fail (G_IS_OUTPUT_STREAM (out), NULL);

  self = g_new0 (GwCsvWriter, 1);
  self->out = g_object_ref (out);
  self->buffer = g_string_sized_new (BUFFER_SIZE + 4096);
  if (bom)
    g_string_append (self->buffer, "\xef\xbb\xbf");
  return self;
}

/**
 * gw_csv_writer_free:
 * @self: (transfer full) (nullable): a writer
 *
 * Drops what was not flushed.
 */
void
gw_csv_writer_free (GwCsvWriter *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->out);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

static void
begin_cell (GwCsvWriter *self)
{
  if (self->in_row)
    g_string_append_c (self->buffer, ',');
  self->in_row = TRUE;
}

/* Spreadsheets run a cell that begins so; the wide forms are what input methods type and what the
 * East Asian editions take for the same signs. */
static gboolean
would_be_formula (const char *text)
{
  static const char *const wide[] = { "＝", "＋", "－", "＠" };

  if (*text != '\0' && strchr ("=+-@\t\r\n", *text) != NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (wide); ++i)
    if (g_str_has_prefix (text, wide[i]))
      return TRUE;
  return FALSE;
}

static gboolean
needs_quotes (const char *text)
{
  gsize length = strlen (text);

  return text[strcspn (text, ",\"\r\n")] != '\0' ||
         (length > 0 && (text[0] == ' ' || text[length - 1] == ' '));
}

static void
append_quoted (GString *buffer, const char *text)
{
  for (const char *p = text; *p != '\0'; ++p)
    {
      if (*p == '"')
        g_string_append_c (buffer, '"');
      g_string_append_c (buffer, *p);
    }
}

/**
 * gw_csv_writer_cell:
 * @text: (nullable): what the cell shows; %NULL and "" are an empty cell
 *
 * Text that a spreadsheet would run as a formula gets an apostrophe in front. Numbers that shall
 * stay numbers go through gw_csv_writer_int() and gw_csv_writer_number(). Errors show at the end
 * of the row.
 */
void
gw_csv_writer_cell (GwCsvWriter *self, const char *text)
{
  gboolean formula, quotes;

  g_return_if_fail (self != NULL);

  begin_cell (self);
  if (text == NULL)
    return;
  formula = would_be_formula (text);
  quotes = needs_quotes (text);
  if (quotes)
    g_string_append_c (self->buffer, '"');
  if (formula)
    g_string_append_c (self->buffer, '\'');
  if (quotes)
    append_quoted (self->buffer, text);
  else
    g_string_append (self->buffer, text);
  if (quotes)
    g_string_append_c (self->buffer, '"');
}

/**
 * gw_csv_writer_int:
 * @value: a whole number, written without grouping
 */
void
gw_csv_writer_int (GwCsvWriter *self, gint64 value)
{
  g_return_if_fail (self != NULL);

  begin_cell (self);
  g_string_append_printf (self->buffer, "%" G_GINT64_FORMAT, value);
}

/**
 * gw_csv_writer_number:
 * @value: NaN and infinities are "no data" and leave the cell empty
 * @decimals: at most 17
 *
 * With a point in every locale.
 */
void
gw_csv_writer_number (GwCsvWriter *self, double value, guint decimals)
{
  char format[8], number[NUMBER_SIZE];
  const char *digits = number;

  g_return_if_fail (self != NULL);

  begin_cell (self);
  if (!isfinite (value))
    return;
  g_snprintf (format, sizeof format, "%%.%uf", MIN (decimals, 17u));
  g_ascii_formatd (number, sizeof number, format, value);
  if (number[0] == '-' && strspn (number + 1, "0.") == strlen (number + 1))
    digits = number + 1; /* "-0.00" is no figure */
  g_string_append (self->buffer, digits);
}

/**
 * gw_csv_writer_end_row:
 *
 * Ends the row; writes when enough has gathered. Blocking: for workers.
 *
 * Returns: %FALSE when the stream failed
 */
gboolean
gw_csv_writer_end_row (GwCsvWriter *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  g_string_append (self->buffer, "\r\n");
  self->in_row = FALSE;
  return self->buffer->len < BUFFER_SIZE || gw_csv_writer_flush (self, error);
}

/**
 * gw_csv_writer_flush:
 *
 * Writes what has gathered; must be called after the last row. After an error the state of the file
 * is unknown and the writer only good for freeing. Blocking: for workers.
 *
 * Returns: %FALSE when the stream failed
 */
gboolean
gw_csv_writer_flush (GwCsvWriter *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!g_output_stream_write_all (self->out, self->buffer->str, self->buffer->len, NULL, NULL,
                                  error))
    return FALSE;
  g_string_truncate (self->buffer, 0);
  return g_output_stream_flush (self->out, NULL, error);
}
