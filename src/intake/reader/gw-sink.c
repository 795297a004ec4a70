/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-sink.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "gw-utf8.h"

#define FLUSH_TEXT (256u << 10)
#define FLUSH_ROWS 2048u
#define FLUSH_CELLS (GW_FRAME_MAX_BATCH_CELLS - GW_FRAME_MAX_COLUMNS)
#define ROW_HEAD_BYTES 16
/* The header is looked for in the first of these rows. */
#define MAX_TITLE_ROWS 10u
/* Repairing text may double it. */
#define TEXT_BYTES (FLUSH_TEXT + 2 * GW_SINK_ROW_BYTES)

typedef struct
{
  guint64 row;
  guint n_cells; /* without empty ones at the end */
  guint width;   /* with them */
  guint32 flags;
  guint n_filled;
  guint first_cell;
  gsize first_byte;
  gboolean has_width;
} SinkRow;

struct _GwSink
{
  GwSinkWrite write;
  gpointer target;
  GwSinkOptions options;

  gboolean has_hello;
  gboolean is_fatal;
  gboolean is_stopped; /* enough rows */
  gboolean is_broken;  /* the pipe is gone */

  SinkRow rows[FLUSH_ROWS];
  guint n_rows;
  guint32 *cells;
  guint n_cells;
  guint8 *text;
  gsize n_text;
  guint8 *row_heads;

  guint64 header_row;
  guint header_width;                    /* cells up to the last name */
  guint header_columns;                  /* cells with empty ones at the end */
  guint8 nameless[GW_FRAME_MAX_COLUMNS]; /* 1: no name, 2: no name and already told */
  gboolean has_nameless;

  guint64 rows_sent;
  guint64 n_problems;
  guint64 progress;
};

G_STATIC_ASSERT (TEXT_BYTES + 4 * GW_FRAME_MAX_BATCH_CELLS + ROW_HEAD_BYTES * FLUSH_ROWS + 12 <=
                 GW_FRAME_MAX_PAYLOAD);
G_STATIC_ASSERT (FLUSH_ROWS <= GW_FRAME_MAX_BATCH_ROWS);

static void
put_number (GByteArray *bytes, guint64 value, gsize width)
{
  guint8 raw[8];

  for (gsize i = 0; i < width; i++)
    raw[i] = (guint8)(value >> (8 * i));
  g_byte_array_append (bytes, raw, (guint)width);
}

/* Names come from the file, so they are shortened and mended rather than believed. */
static void
put_string (GByteArray *bytes, const char *text)
{
  g_autofree char *valid = NULL;
  gsize length = text == NULL ? 0 : strnlen (text, GW_FRAME_MAX_NAME);
  gsize good;

  valid = g_utf8_make_valid (text == NULL ? "" : text, (gssize)length);
  length = MIN (strlen (valid), GW_FRAME_MAX_NAME);
  good = gw_utf8_get_valid_prefix ((const guint8 *)valid, length);
  put_number (bytes, good, 4);
  g_byte_array_append (bytes, (const guint8 *)valid, (guint)good);
  put_number (bytes, 0, 1);
}

static gboolean
send_frame (GwSink *self, GwFrameType type, struct iovec *parts, int n_parts)
{
  guint8 head[GW_FRAME_HEAD_BYTES] = { 0 };
  gsize length = 0;

  if (self->is_broken)
    return FALSE;
  for (int i = 1; i < n_parts; i++)
    length += parts[i].iov_len;
  for (gsize i = 0; i < 4; i++)
    head[i] = (guint8)(length >> (8 * i));
  head[4] = (guint8)type;
  parts[0].iov_base = head;
  parts[0].iov_len = sizeof head;
  self->is_broken = !self->write (self->target, parts, n_parts);
  return !self->is_broken;
}

static gboolean
send_bytes (GwSink *self, GwFrameType type, GByteArray *bytes)
{
  struct iovec parts[2] = { [1] = { bytes->data, bytes->len } };

  return send_frame (self, type, parts, 2);
}

GwSink *
gw_sink_new (GwSinkWrite write, gpointer target, const GwSinkOptions *options)
{
  GwSink *self = g_new0 (GwSink, 1);

  self->write = write;
  self->target = target;
  self->options = *options;
  if (self->options.max_rows == 0 || self->options.max_rows > GW_FRAME_MAX_ROWS)
    self->options.max_rows = GW_FRAME_MAX_ROWS;
  self->cells = g_new (guint32, GW_FRAME_MAX_BATCH_CELLS);
  self->text = g_malloc (TEXT_BYTES);
  self->row_heads = g_malloc (12 + ROW_HEAD_BYTES * FLUSH_ROWS);
  return self;
}

void
gw_sink_free (GwSink *self)
{
  if (self == NULL)
    return;
  g_free (self->cells);
  g_free (self->text);
  g_free (self->row_heads);
  g_free (self);
}

gboolean
gw_sink_hello (GwSink *self, const GwSinkHello *hello)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint n_sheets = MIN (hello->n_sheets, GW_FRAME_MAX_SHEETS);

  if (gw_sink_is_stopped (self))
    return FALSE;
  put_number (bytes, GW_FRAME_MAGIC, 4);
  put_number (bytes, GW_FRAME_PROTOCOL, 2);
  put_number (bytes, hello->format, 1);
  put_number (bytes, hello->encoding, 1);
  put_number (bytes, hello->reason, 1);
  put_number (bytes, hello->has_byte_order_mark ? 1 : 0, 1);
  put_number (bytes, (guint8)hello->separator, 1);
  put_number (bytes, hello->geometry, 1);
  put_number (bytes, hello->input_bytes, 8);
  put_string (bytes, hello->crs);
  put_number (bytes, hello->sheet, 4);
  put_number (bytes, n_sheets, 4);
  for (guint i = 0; i < n_sheets; i++)
    {
      put_number (bytes, hello->sheets[i].is_hidden ? 1 : 0, 1);
      put_string (bytes, hello->sheets[i].name);
    }
  self->has_hello = TRUE;
  return send_bytes (self, GW_FRAME_HELLO, bytes);
}

void
gw_sink_limit_rows (GwSink *self, guint64 max_rows)
{
  self->options.max_rows = MIN (self->options.max_rows, max_rows);
}

static gboolean
send_problem (GwSink *self,
              GwReaderSeverity severity,
              GwReaderProblemCode code,
              guint64 row,
              guint column,
              va_list arguments)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const char *argument = NULL;
  guint n_arguments = 0;

  put_number (bytes, severity, 1);
  put_number (bytes, 0, 1);
  put_number (bytes, code, 2);
  put_number (bytes, row, 8);
  put_number (bytes, column, 4);
  while (n_arguments < GW_FRAME_MAX_ARGUMENTS && (argument = va_arg (arguments, const char *)))
    {
      put_string (bytes, argument);
      n_arguments++;
    }
  bytes->data[1] = (guint8)n_arguments;
  return send_bytes (self, GW_FRAME_PROBLEM, bytes);
}

gboolean
gw_sink_problem (GwSink *self,
                 GwReaderSeverity severity,
                 GwReaderProblemCode code,
                 guint64 row,
                 guint column,
                 ...)
{
  va_list arguments;
  gboolean is_sent;

  if (self->is_fatal || self->is_broken)
    return FALSE;
  if (++self->n_problems > GW_FRAME_MAX_PROBLEMS)
    return TRUE;
  va_start (arguments, column);
  is_sent = send_problem (self, severity, code, row, column, arguments);
  va_end (arguments);
  return is_sent;
}

gboolean
gw_sink_fatal (GwSink *self, GwReaderProblemCode code, guint64 row, guint column, ...)
{
  va_list arguments;

  if (gw_sink_is_stopped (self))
    return FALSE;
  self->is_fatal = TRUE;
  va_start (arguments, column);
  (void)send_problem (self, GW_SEVERITY_FATAL, code, row, column, arguments);
  va_end (arguments);
  return FALSE;
}

gboolean
gw_sink_progress (GwSink *self, guint64 bytes_done)
{
  g_autoptr (GByteArray) bytes = NULL;

  if (gw_sink_is_stopped (self) || !self->has_hello || bytes_done <= self->progress)
    return !self->is_broken;
  bytes = g_byte_array_new ();
  self->progress = bytes_done;
  put_number (bytes, bytes_done, 8);
  return send_bytes (self, GW_FRAME_PROGRESS, bytes);
}

/* Sends the first @n rows of the batch as one frame; they must lie together in the buffers. */
static gboolean
send_rows (GwSink *self, GwFrameType type, guint first, guint n)
{
  const SinkRow *from = &self->rows[first];
  const SinkRow *last = &self->rows[first + n - 1];
  guint first_cell = from->first_cell;
  guint end_cell = last->first_cell + last->n_cells;
  gsize first_byte = from->first_byte;
  gsize end_byte = first + n < self->n_rows ? self->rows[first + n].first_byte : self->n_text;
  guint32 head[3] = { GUINT32_TO_LE (n), GUINT32_TO_LE (end_cell - first_cell),
                      GUINT32_TO_LE ((guint32)(end_byte - first_byte)) };
  struct iovec parts[4];

  memcpy (self->row_heads, head, sizeof head);
  for (guint i = 0; i < n; i++)
    {
      const SinkRow *row = &self->rows[first + i];
      guint8 *out = self->row_heads + sizeof head + (gsize)i * ROW_HEAD_BYTES;
      guint64 number = GUINT64_TO_LE (row->row);
      guint32 n_cells = GUINT32_TO_LE (row->n_cells);
      guint32 flags = GUINT32_TO_LE (row->flags);

      memcpy (out, &number, 8);
      memcpy (out + 8, &n_cells, 4);
      memcpy (out + 12, &flags, 4);
    }
  parts[1] = (struct iovec){ self->row_heads, sizeof head + (gsize)n * ROW_HEAD_BYTES };
  parts[2] = (struct iovec){ self->cells + first_cell, 4 * (gsize)(end_cell - first_cell) };
  parts[3] = (struct iovec){ self->text + first_byte, end_byte - first_byte };
  return send_frame (self, type, parts, 4);
}

static gboolean
flush (GwSink *self)
{
  gboolean is_sent = TRUE;

  if (self->n_rows > 0)
    {
      self->rows_sent += self->n_rows;
      is_sent = send_rows (self, GW_FRAME_ROWS, 0, self->n_rows);
    }
  self->n_rows = 0;
  self->n_cells = 0;
  self->n_text = 0;
  return is_sent;
}

static guint
cell_length (const GwSink *self, guint cell)
{
  return GUINT32_FROM_LE (self->cells[cell]) & 0xffffffu;
}

/* Column names are compared as a person would read them. */
static char *
dup_name (const char *cell, gsize length)
{
  return g_strstrip (g_strndup (cell, length));
}

static void
tell_double_names (GwSink *self, const SinkRow *header, char **names)
{
  for (guint i = 1; i < header->n_cells; i++)
    for (guint k = 0; k < i; k++)
      {
        g_autofree char *other = NULL;

        if (names[i][0] == '\0' || strcmp (names[i], names[k]) != 0)
          continue;
        other = g_strdup_printf ("%u", k + 1);
        (void)gw_sink_problem (self, GW_SEVERITY_WARNING, GW_PROBLEM_DOUBLE_NAME, header->row,
                               i + 1, names[i], other, NULL);
        break;
      }
}

static void
note_names (GwSink *self, const SinkRow *header)
{
  g_auto (GStrv) names = g_new0 (char *, header->n_cells + 1);
  const char *text = (const char *)self->text + header->first_byte;

  for (guint i = 0; i < header->n_cells; i++)
    {
      guint length = cell_length (self, header->first_cell + i);

      names[i] = dup_name (text, length);
      text += length + 1;
      self->nameless[i] = names[i][0] == '\0';
      self->has_nameless = self->has_nameless || self->nameless[i];
    }
  tell_double_names (self, header, names);
}

/* Rows above the header hold titles; each is told, none is lost silently. */
static void
tell_titles (GwSink *self, guint header)
{
  for (guint i = 0; i < header; i++)
    {
      const SinkRow *row = &self->rows[i];
      const char *text = (const char *)self->text + row->first_byte;
      guint column = 0;

      while (column + 1 < row->n_cells && *text == '\0')
        {
          text++;
          column++;
        }
      (void)gw_sink_problem (self, GW_SEVERITY_NOTE, GW_PROBLEM_TITLE_ROW, row->row, column + 1,
                             text, NULL);
    }
}

/* Compares a row with the header; only for formats where a row has a width of its own. */
static void
check_width (GwSink *self, SinkRow *row)
{
  GwReaderProblemCode code = GW_PROBLEM_NONE;
  g_autofree char *found = NULL;
  g_autofree char *wanted = NULL;

  if (!row->has_width)
    return;
  if (row->width < self->header_width)
    {
      row->flags |= GW_ROW_SHORT;
      code = (row->flags & GW_ROW_CUT) != 0 ? GW_PROBLEM_CUT_ROW : GW_PROBLEM_SHORT_ROW;
    }
  else
    {
      /* A last row without a line end is complete when its cells are. */
      row->flags &= ~(guint32)GW_ROW_CUT;
      if (row->n_cells > self->header_columns)
        {
          row->flags |= GW_ROW_LONG;
          code = GW_PROBLEM_LONG_ROW;
        }
    }
  if (code == GW_PROBLEM_NONE)
    return;
  found = g_strdup_printf ("%u", row->width);
  wanted = g_strdup_printf ("%u", self->header_width);
  (void)gw_sink_problem (self, GW_SEVERITY_ROW, code, row->row, row->width, found, wanted, NULL);
}

static void
check_nameless (GwSink *self, const SinkRow *row)
{
  guint n = MIN (row->n_cells, self->header_width);

  if (!self->has_nameless)
    return;
  for (guint i = 0; i < n; i++)
    if (self->nameless[i] == 1 && cell_length (self, row->first_cell + i) > 0)
      {
        self->nameless[i] = 2;
        (void)gw_sink_problem (self, GW_SEVERITY_WARNING, GW_PROBLEM_EMPTY_NAME, self->header_row,
                               i + 1, NULL);
      }
}

static gboolean
tell_many_rows (GwSink *self, guint64 row)
{
  g_autofree char *limit = g_strdup_printf ("%lu", (gulong)self->options.max_rows);

  return gw_sink_fatal (self, GW_PROBLEM_MANY_ROWS, row, 0, limit, NULL);
}

/* Takes row @index of the batch for the header, sends it and keeps the rows behind it. */
static gboolean
choose_header (GwSink *self, guint index)
{
  SinkRow header = self->rows[index];

  tell_titles (self, index);
  self->header_row = header.row;
  self->header_width = header.n_cells;
  self->header_columns = header.width;
  header.flags = 0;
  self->rows[index].flags = 0;
  note_names (self, &header);
  if (!send_rows (self, GW_FRAME_HEADER, index, 1))
    return FALSE;
  self->n_rows -= index + 1;
  memmove (self->rows, self->rows + index + 1, self->n_rows * sizeof *self->rows);
  for (guint i = 0; i < self->n_rows; i++)
    {
      check_width (self, &self->rows[i]);
      check_nameless (self, &self->rows[i]);
    }
  if (self->n_rows > self->options.max_rows)
    return tell_many_rows (self, self->rows[self->options.max_rows].row);
  if (self->options.stop_after != 0 && self->n_rows > self->options.stop_after)
    {
      self->n_rows = (guint)self->options.stop_after;
      self->n_text = self->rows[self->n_rows].first_byte;
      self->is_stopped = flush (self);
    }
  else if (self->n_rows == 0)
    {
      self->n_cells = 0;
      self->n_text = 0;
    }
  return !self->is_broken;
}

/* The first of the first rows that fills at least half as many cells as the fullest of them. Above
 * it stand titles, "unit: ... date: ..." and headings that span several columns. */
static guint
guess_header (const GwSink *self)
{
  guint most = 0;
  guint index = 0;

  for (guint i = 0; i < self->n_rows; i++)
    most = MAX (most, self->rows[i].n_filled);
  /* A single value is a title unless the table has a single column. */
  most = most < 2 ? most : MAX (2, (most + 1) / 2);
  while (self->rows[index].n_filled < most)
    index++;
  return index;
}

/* Whether the batch shows which row is the header. @is_last: nothing more will come. */
static gboolean
find_header (GwSink *self, gboolean is_last, guint *index)
{
  if (self->n_rows == 0)
    return FALSE;
  if (self->options.header_row != 0)
    {
      *index = self->n_rows - 1;
      return TRUE;
    }
  if (!is_last && self->n_rows <= MAX_TITLE_ROWS && self->n_text < FLUSH_TEXT)
    return FALSE;
  *index = guess_header (self);
  return TRUE;
}

GwSinkRow
gw_sink_begin_row (GwSink *self)
{
  return (GwSinkRow){ self->text + self->n_text, self->cells + self->n_cells };
}

/* Drops cells that are empty at the end; returns how many cells hold something. */
static guint
trim_row (GwSink *self, SinkRow *row)
{
  guint n_filled = 0;

  for (guint i = 0; i < row->n_cells; i++)
    n_filled += cell_length (self, row->first_cell + i) > 0;
  while (row->n_cells > 0 && self->cells[row->first_cell + row->n_cells - 1] == 0)
    {
      row->n_cells--;
      self->n_text--;
    }
  return n_filled;
}

/* One mark a run, so that mending at most doubles a text. */
static gsize
get_bad_run (const guint8 *bytes, gsize length)
{
  gsize run = 1;

  while (run < length && (bytes[run] == 0 || gw_utf8_get_sequence (bytes + run, length - run) <= 0))
    run++;
  return run;
}

/* The decoder of other encodings writes a byte it cannot read as 0xff and two half bytes. */
static char *
dup_hex (const guint8 *bytes, gsize length)
{
  GString *hex = g_string_new (NULL);

  for (gsize i = 0; i < length && hex->len < 24; i++)
    {
      guint8 byte = bytes[i];

      if (byte == 0xff && i + 2 < length && bytes[i + 1] >> 4 == 8 && bytes[i + 2] >> 4 == 8)
        {
          byte = (guint8)(bytes[i + 1] << 4 | (bytes[i + 2] & 0x0f));
          i += 2;
        }
      g_string_append_printf (hex, hex->len == 0 ? "%02X" : " %02X", byte);
    }
  return g_string_free (hex, FALSE);
}

/* Copies one cell, U+FFFD standing for each run of bytes that are no text. */
static void
mend_cell (
    GwSink *self, GByteArray *out, const guint8 *cell, gsize length, guint64 row, guint column)
{
  static const guint8 replacement[3] = { 0xef, 0xbf, 0xbd };
  gboolean is_told = FALSE;
  gsize at = 0;

  while (at < length)
    {
      gsize n_nul = 0;
      gsize good = gw_utf8_get_valid_prefix_counting (cell + at, length - at, &n_nul);
      gsize bad;

      if (n_nul > 0)
        good = (gsize)((const guint8 *)memchr (cell + at, 0, good) - (cell + at));
      g_byte_array_append (out, cell + at, (guint)good);
      at += good;
      if (at == length)
        break;
      bad = get_bad_run (cell + at, length - at);
      if (!is_told && cell[at] == 0)
        (void)gw_sink_problem (self, GW_SEVERITY_ROW, GW_PROBLEM_NUL, row, column, NULL);
      else if (!is_told)
        {
          g_autofree char *hex = dup_hex (cell + at, bad);

          (void)gw_sink_problem (self, GW_SEVERITY_ROW, GW_PROBLEM_BAD_BYTES, row, column, hex,
                                 NULL);
        }
      is_told = TRUE;
      g_byte_array_append (out, replacement, sizeof replacement);
      at += bad;
    }
}

static gboolean
is_clean (const guint8 *text, gsize length)
{
  gsize n_nul = 0;

  return gw_utf8_get_valid_prefix_counting (text, length, &n_nul) == length && n_nul == 0;
}

/* The slow way for the rare row whose text is not text. */
static gboolean
mend_row (GwSink *self, const SinkRow *row)
{
  g_autoptr (GByteArray) mended = g_byte_array_new ();
  const guint8 *cell = self->text + row->first_byte;

  for (guint i = 0; i < row->n_cells; i++)
    {
      guint32 head = GUINT32_FROM_LE (self->cells[row->first_cell + i]);
      gsize length = head & 0xffffffu;
      guint start = mended->len;

      if (is_clean (cell, length))
        g_byte_array_append (mended, cell, (guint)length);
      else
        {
          mend_cell (self, mended, cell, length, row->row, i + 1);
          head |= (guint32)GW_CELL_BAD_TEXT << 24;
        }
      cell += length + 1;
      length = mended->len - start;
      if (length > GW_FRAME_MAX_CELL)
        return gw_sink_fatal (self, GW_PROBLEM_LONG_CELL, row->row, i + 1, G_STRINGIFY (65536),
                              NULL);
      self->cells[row->first_cell + i] = gw_sink_cell (length, head >> 24);
      put_number (mended, 0, 1);
    }
  g_assert (mended->len <= TEXT_BYTES - row->first_byte);
  memcpy (self->text + row->first_byte, mended->data, mended->len);
  self->n_text = row->first_byte + mended->len;
  return TRUE;
}

static gboolean
check_text (GwSink *self, const SinkRow *row)
{
  gsize n_nul = 0;
  gsize length = self->n_text - row->first_byte;
  const guint8 *text = self->text + row->first_byte;

  if (gw_utf8_get_valid_prefix_counting (text, length, &n_nul) == length && n_nul == row->n_cells)
    return TRUE;
  return mend_row (self, row);
}

static gboolean
check_count (GwSink *self, guint64 row)
{
  guint64 n = self->rows_sent + self->n_rows;

  if (self->options.stop_after != 0 && n >= self->options.stop_after)
    {
      self->is_stopped = flush (self);
      return FALSE;
    }
  return n < self->options.max_rows || tell_many_rows (self, row);
}

static gboolean
settle_header (GwSink *self, gboolean is_last)
{
  guint index = 0;

  if (!find_header (self, is_last, &index))
    return TRUE;
  return choose_header (self, index);
}

gboolean
gw_sink_settle_header (GwSink *self)
{
  if (gw_sink_is_stopped (self))
    return FALSE;
  return self->header_row != 0 || settle_header (self, TRUE);
}

gboolean
gw_sink_end_row (
    GwSink *self, guint64 row, guint n_cells, gsize text_bytes, guint row_flags, gboolean has_width)
{
  SinkRow *kept = NULL;

  if (gw_sink_is_stopped (self))
    return FALSE;
  /* One row more than allowed must exist before the limit is called broken. */
  if (self->header_row != 0 && n_cells > 0 && !check_count (self, row))
    return FALSE;
  kept = &self->rows[self->n_rows];
  *kept = (SinkRow){ row, n_cells, n_cells, row_flags, 0, self->n_cells, self->n_text, has_width };
  self->n_text += text_bytes;
  kept->n_filled = trim_row (self, kept);
  if (kept->n_filled == 0 || (self->header_row == 0 && row < self->options.header_row))
    {
      self->n_text = kept->first_byte;
      return TRUE;
    }
  if (!check_text (self, kept))
    return FALSE;
  self->n_cells += kept->n_cells;
  self->n_rows++;
  if (self->header_row == 0)
    return settle_header (self, FALSE);
  check_width (self, kept);
  check_nameless (self, kept);
  if (self->n_text >= FLUSH_TEXT || self->n_rows >= FLUSH_ROWS || self->n_cells >= FLUSH_CELLS)
    return flush (self);
  return TRUE;
}

gboolean
gw_sink_shape (GwSink *self, guint64 row, const guint8 *wkb, gsize length)
{
  guint8 head[12];
  guint64 number = GUINT64_TO_LE (row);
  guint32 bytes = GUINT32_TO_LE ((guint32)length);
  struct iovec parts[3] = { [1] = { head, sizeof head }, [2] = { (gpointer)wkb, length } };

  g_return_val_if_fail (length <= GW_FRAME_MAX_SHAPE, FALSE);

  if (gw_sink_is_stopped (self) || !flush (self))
    return FALSE;
  memcpy (head, &number, 8);
  memcpy (head + 8, &bytes, 4);
  return send_frame (self, GW_FRAME_SHAPE, parts, 3);
}

gboolean
gw_sink_finish (GwSink *self)
{
  g_autoptr (GByteArray) bytes = NULL;

  if (self->is_fatal || self->is_broken)
    return !self->is_broken;
  if (self->header_row == 0 && !self->is_stopped && !settle_header (self, TRUE))
    return !self->is_broken;
  if (self->header_row == 0)
    (void)gw_sink_fatal (self, GW_PROBLEM_EMPTY_FILE, 0, 0, NULL);
  else if (self->rows_sent + self->n_rows == 0 && !self->is_stopped)
    (void)gw_sink_fatal (self, GW_PROBLEM_NO_ROWS, self->header_row, 0, NULL);
  if (self->is_fatal || !flush (self))
    return !self->is_broken;
  bytes = g_byte_array_new ();
  put_number (bytes, self->rows_sent, 8);
  put_number (bytes, self->n_problems, 8);
  put_number (bytes, self->is_stopped ? 1 : 0, 1);
  return send_bytes (self, GW_FRAME_END, bytes);
}

gboolean
gw_sink_is_stopped (const GwSink *self)
{
  return self->is_fatal || self->is_stopped || self->is_broken;
}

gboolean
gw_sink_has_hello (const GwSink *self)
{
  return self->has_hello;
}

guint64
gw_sink_get_header_row (const GwSink *self)
{
  return self->header_row;
}

guint
gw_sink_get_header_width (const GwSink *self)
{
  return self->header_width;
}
