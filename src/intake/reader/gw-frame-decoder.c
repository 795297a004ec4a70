/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-frame-decoder.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gw-error.h"
#include "gw-utf8.h"

/* Room for the largest frame and for one read behind it, so that a frame is always contiguous. */
#define BUFFER_BYTES (GW_FRAME_HEAD_BYTES + GW_FRAME_MAX_PAYLOAD + (256u << 10))
/* A stream of tiny frames must not keep us busy for ever. */
#define MAX_IDLE_FRAMES 100000u

typedef enum
{
  STATE_HELLO,
  STATE_HEADER,
  STATE_ROWS,
  STATE_DONE,
  STATE_FAILED
} DecoderState;

struct _GwFrameDecoder
{
  char *name;
  const GwReaderHandler *handler;
  gpointer user_data;
  guint64 input_bytes;
  guint64 max_rows;

  guint8 *buffer;
  gsize start;
  gsize end;

  DecoderState state;
  GwReaderGeometry geometry;
  guint64 last_row;
  guint64 n_rows;
  guint64 n_problems_shown;
  guint64 progress;
  guint n_idle_frames;
  GwReaderSummary summary;

  /* One batch, reused; sized for the largest the protocol allows. */
  GwReaderRow *rows;
  const char **cells;
  guint32 *lengths;
  guint8 *cell_flags;
};

/* A reading position within one payload that cannot run over its end. */
typedef struct
{
  const guint8 *at;
  gsize left;
  gboolean is_bad;
} Cursor;

static guint64
take_number (Cursor *cursor, gsize bytes)
{
  guint64 value = 0;

  if (cursor->left < bytes)
    {
      cursor->is_bad = TRUE;
      cursor->left = 0;
      return 0;
    }
  for (gsize i = 0; i < bytes; i++)
    value |= (guint64)cursor->at[i] << (8 * i);
  cursor->at += bytes;
  cursor->left -= bytes;
  return value;
}

static guint8
take_u8 (Cursor *cursor)
{
  return (guint8)take_number (cursor, 1);
}

static guint32
take_u32 (Cursor *cursor)
{
  return (guint32)take_number (cursor, 4);
}

static guint64
take_u64 (Cursor *cursor)
{
  return take_number (cursor, 8);
}

/* A string lies in the payload with its own NUL, so it is lent and not copied. */
static const char *
take_string (Cursor *cursor)
{
  guint32 length = take_u32 (cursor);
  const char *text = (const char *)cursor->at;

  if (cursor->is_bad || length > GW_FRAME_MAX_NAME || cursor->left < (gsize)length + 1 ||
      text[length] != '\0' || memchr (text, '\0', length) != NULL ||
      gw_utf8_get_valid_prefix (cursor->at, length) != length)
    {
      cursor->is_bad = TRUE;
      return "";
    }
  cursor->at += length + 1;
  cursor->left -= length + 1;
  return text;
}

static gboolean
refuse (GwFrameDecoder *self, const char *what, GError **error)
{
  self->state = STATE_FAILED;
  if (self->last_row > 0)
    return gw_throw (error, GW_ERROR_FORMAT,
                     _ ("reading “%s”: the reader answered nonsense after row %lu "
                        "(%s), so nothing of the file was used; save it anew as CSV (UTF-8) or "
                        ".xlsx and try again"),
                     self->name, (gulong)self->last_row, what);
  return gw_throw (error, GW_ERROR_FORMAT,
                   _ ("reading “%s”: the reader answered nonsense before the first row (%s), so "
                      "nothing of the file was used; save it anew as CSV (UTF-8) or .xlsx and try "
                      "again"),
                   self->name, what);
}

GwFrameDecoder *
gw_frame_decoder_new (const char *name,
                      guint64 input_bytes,
                      guint64 max_rows,
                      const GwReaderHandler *handler,
                      gpointer user_data)
{
  GwFrameDecoder *self = NULL;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (handler != NULL, NULL);

  self = g_new0 (GwFrameDecoder, 1);
  self->name = g_strdup (name);
  self->handler = handler;
  self->user_data = user_data;
  self->input_bytes = input_bytes;
  self->max_rows = max_rows == 0 ? GW_FRAME_MAX_ROWS : MIN (max_rows, GW_FRAME_MAX_ROWS);
  self->buffer = g_malloc (BUFFER_BYTES);
  self->rows = g_new (GwReaderRow, GW_FRAME_MAX_BATCH_ROWS);
  self->cells = g_new (const char *, GW_FRAME_MAX_BATCH_CELLS);
  self->lengths = g_new (guint32, GW_FRAME_MAX_BATCH_CELLS);
  self->cell_flags = g_new (guint8, GW_FRAME_MAX_BATCH_CELLS);
  return self;
}

void
gw_frame_decoder_free (GwFrameDecoder *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->buffer);
  g_free (self->rows);
  g_free (self->cells);
  g_free (self->lengths);
  g_free (self->cell_flags);
  g_free (self);
}

static gboolean
decode_sheets (GwFrameDecoder *self, Cursor *cursor, GwReaderHello *hello, GError **error)
{
  g_autofree GwReaderSheet *sheets = NULL;

  hello->sheet = take_u32 (cursor);
  hello->n_sheets = take_u32 (cursor);
  if (cursor->is_bad || hello->n_sheets > GW_FRAME_MAX_SHEETS ||
      hello->sheet >= MAX (hello->n_sheets, 1))
    return refuse (self, "sheets", error);
  sheets = g_new0 (GwReaderSheet, MAX (hello->n_sheets, 1));
  for (guint i = 0; i < hello->n_sheets; i++)
    {
      sheets[i].is_hidden = take_u8 (cursor) != 0;
      sheets[i].name = take_string (cursor);
    }
  if (cursor->is_bad || cursor->left != 0)
    return refuse (self, "sheets", error);
  hello->sheets = sheets;
  self->state = STATE_HEADER;
  self->geometry = hello->geometry;
  return self->handler->hello == NULL || self->handler->hello (hello, self->user_data, error);
}

static gboolean
decode_hello (GwFrameDecoder *self, Cursor *cursor, GError **error)
{
  GwReaderHello hello = { 0 };
  guint32 magic = take_u32 (cursor);
  guint16 protocol = (guint16)take_number (cursor, 2);

  if (cursor->is_bad || magic != GW_FRAME_MAGIC || protocol != GW_FRAME_PROTOCOL)
    return refuse (self, "not the protocol of this version", error);
  hello.format = take_u8 (cursor);
  hello.encoding = take_u8 (cursor);
  hello.reason = take_u8 (cursor);
  hello.has_byte_order_mark = take_u8 (cursor) != 0;
  hello.separator = (char)take_u8 (cursor);
  hello.geometry = take_u8 (cursor);
  hello.input_bytes = take_u64 (cursor);
  hello.crs = take_string (cursor);
  if (cursor->is_bad || hello.format == GW_READER_AUTO || hello.format >= GW_READER_N_FORMATS ||
      hello.encoding == GW_ENCODING_AUTO || hello.encoding >= GW_READER_N_ENCODINGS ||
      hello.reason >= GW_READER_N_REASONS || hello.geometry >= GW_READER_N_GEOMETRIES ||
      (guint8)hello.separator >= 0x7f || hello.input_bytes != self->input_bytes)
    return refuse (self, "opening frame", error);
  return decode_sheets (self, cursor, &hello, error);
}

/* Reads the row heads and gives each row its slice of the cell arrays. */
static gboolean
decode_row_heads (GwFrameDecoder *self, Cursor *cursor, guint n_rows, guint n_cells)
{
  guint cell = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      GwReaderRow *row = &self->rows[i];
      guint32 flags;

      row->row = take_u64 (cursor);
      row->n_cells = take_u32 (cursor);
      flags = take_u32 (cursor);
      if (cursor->is_bad || row->row <= self->last_row || row->n_cells > GW_FRAME_MAX_COLUMNS ||
          row->n_cells > n_cells - cell || (flags & ~GW_ROW_ALL_FLAGS) != 0)
        return FALSE;
      row->flags = flags;
      row->cells = self->cells + cell;
      row->lengths = self->lengths + cell;
      row->cell_flags = self->cell_flags + cell;
      cell += row->n_cells;
      self->last_row = row->row;
    }
  return cell == n_cells;
}

/* Points each cell at its text. With as many NUL bytes as cells and one behind each cell there
 * is none within a cell; and well-formed text cut at NUL bytes is well-formed in each part. */
static gboolean
decode_cells (GwFrameDecoder *self, Cursor *cursor, guint n_cells, guint32 text_bytes)
{
  const guint8 *heads = cursor->at;
  const guint8 *text = cursor->at + 4 * (gsize)n_cells;
  gsize n_nul = 0;
  gsize offset = 0;

  if (cursor->left != 4 * (gsize)n_cells + text_bytes ||
      gw_utf8_get_valid_prefix_counting (text, text_bytes, &n_nul) != text_bytes ||
      n_nul != n_cells)
    return FALSE;
  for (guint i = 0; i < n_cells; i++)
    {
      guint32 head;
      guint32 length;

      memcpy (&head, heads + 4 * (gsize)i, sizeof head);
      head = GUINT32_FROM_LE (head);
      length = head & 0xffffffu;
      if (length > GW_FRAME_MAX_CELL || length >= text_bytes - offset || text[offset + length] != 0)
        return FALSE;
      self->cells[i] = (const char *)text + offset;
      self->lengths[i] = length;
      self->cell_flags[i] = (guint8)(head >> 24);
      offset += length + 1;
    }
  return offset == text_bytes;
}

static gboolean
decode_batch (GwFrameDecoder *self, Cursor *cursor, guint *n_rows)
{
  guint rows = take_u32 (cursor);
  guint cells = take_u32 (cursor);
  guint32 text_bytes = take_u32 (cursor);

  if (cursor->is_bad || rows == 0 || rows > GW_FRAME_MAX_BATCH_ROWS ||
      cells > GW_FRAME_MAX_BATCH_CELLS || !decode_row_heads (self, cursor, rows, cells) ||
      !decode_cells (self, cursor, cells, text_bytes))
    return FALSE;
  *n_rows = rows;
  return TRUE;
}

static gboolean
decode_header (GwFrameDecoder *self, Cursor *cursor, GError **error)
{
  guint n_rows = 0;

  if (!decode_batch (self, cursor, &n_rows) || n_rows != 1)
    return refuse (self, "header", error);
  self->state = STATE_ROWS;
  return self->handler->header == NULL ||
         self->handler->header (self->rows, self->user_data, error);
}

static gboolean
decode_rows (GwFrameDecoder *self, Cursor *cursor, GError **error)
{
  guint n_rows = 0;

  if (!decode_batch (self, cursor, &n_rows))
    return refuse (self, "rows", error);
  self->n_rows += n_rows;
  if (self->n_rows > self->max_rows)
    {
      self->state = STATE_FAILED;
      return gw_throw (error, GW_ERROR_LIMIT,
                       _ ("reading “%s”: more than %lu "
                          "rows; split the file and import the parts one after the other"),
                       self->name, (gulong)self->max_rows);
    }
  return self->handler->rows == NULL ||
         self->handler->rows (self->rows, n_rows, self->user_data, error);
}

static gboolean
decode_shape (GwFrameDecoder *self, Cursor *cursor, GError **error)
{
  guint64 row = take_u64 (cursor);
  guint32 length = take_u32 (cursor);

  if (cursor->is_bad || self->geometry != GW_GEOMETRY_SHAPE || row == 0 || row > self->last_row ||
      length > GW_FRAME_MAX_SHAPE || cursor->left != length)
    return refuse (self, "shape", error);
  return self->handler->shape == NULL ||
         self->handler->shape (row, cursor->at, length, self->user_data, error);
}

/* Limits are told from bad files because the mend differs: split it, or save it anew. */
static GwError
get_error_code (GwReaderProblemCode code)
{
  switch ((guint)code)
    {
    case GW_PROBLEM_TOO_LARGE:
    case GW_PROBLEM_OUT_OF_MEMORY:
    case GW_PROBLEM_MANY_COLUMNS:
    case GW_PROBLEM_MANY_ROWS:
    case GW_PROBLEM_LONG_CELL:
    case GW_PROBLEM_LONG_ROW_TEXT:
    case GW_PROBLEM_ZIP_PARTS:
    case GW_PROBLEM_ZIP_BOMB:
    case GW_PROBLEM_ZIP_INFLATED:
    case GW_PROBLEM_XML_DEPTH:
    case GW_PROBLEM_MANY_LAYERS:
    case GW_PROBLEM_GEOMETRY_LARGE:
      return GW_ERROR_LIMIT;
    case GW_PROBLEM_NO_SANDBOX:
    case GW_PROBLEM_NOT_BUILT:
      return GW_ERROR_UNSUPPORTED;
    default:
      return GW_ERROR_FORMAT;
    }
}

static gboolean
raise_problem (GwFrameDecoder *self, const GwReaderProblem *problem, GError **error)
{
  if (problem->severity == GW_SEVERITY_FATAL)
    {
      g_autofree char *text = gw_reader_problem_dup_text (problem);

      self->state = STATE_FAILED;
      return gw_throw (error, get_error_code (problem->code), _ ("reading “%s”: %s"), self->name,
                       text);
    }
  if (++self->n_problems_shown > GW_FRAME_MAX_PROBLEMS)
    return refuse (self, "too many problems", error);
  return self->handler->problem == NULL || self->handler->problem (problem, self->user_data, error);
}

static gboolean
decode_problem (GwFrameDecoder *self, Cursor *cursor, GError **error)
{
  GwReaderProblem problem = { 0 };

  problem.severity = take_u8 (cursor);
  problem.n_arguments = take_u8 (cursor);
  problem.code = (GwReaderProblemCode)take_number (cursor, 2);
  problem.row = take_u64 (cursor);
  problem.column = take_u32 (cursor);
  if (cursor->is_bad || problem.severity >= GW_READER_N_SEVERITIES ||
      problem.n_arguments > GW_FRAME_MAX_ARGUMENTS)
    return refuse (self, "problem", error);
  for (guint i = 0; i < GW_FRAME_MAX_ARGUMENTS; i++)
    problem.arguments[i] = i < problem.n_arguments ? take_string (cursor) : "";
  if (cursor->is_bad || cursor->left != 0)
    return refuse (self, "problem", error);
  return raise_problem (self, &problem, error);
}

static gboolean
decode_progress (GwFrameDecoder *self, Cursor *cursor, GError **error)
{
  guint64 done = take_u64 (cursor);

  if (cursor->is_bad || cursor->left != 0 || done < self->progress || done > self->input_bytes)
    return refuse (self, "progress", error);
  self->progress = done;
  if (self->handler->progress != NULL)
    self->handler->progress (done, self->input_bytes, self->user_data);
  return TRUE;
}

static gboolean
decode_end (GwFrameDecoder *self, Cursor *cursor, GError **error)
{
  guint64 n_rows = take_u64 (cursor);
  guint64 n_problems = take_u64 (cursor);
  gboolean is_early = take_u8 (cursor) != 0;

  if (cursor->is_bad || cursor->left != 0 || n_rows != self->n_rows ||
      n_problems < self->n_problems_shown)
    return refuse (self, "totals", error);
  self->summary.n_rows = n_rows;
  self->summary.n_problems = n_problems;
  self->summary.is_stopped_early = is_early;
  self->state = STATE_DONE;
  return TRUE;
}

static gboolean
decode_frame (GwFrameDecoder *self, guint8 type, Cursor *cursor, GError **error)
{
  gboolean carries_rows = type == GW_FRAME_ROWS || type == GW_FRAME_SHAPE;

  self->n_idle_frames = carries_rows ? 0 : self->n_idle_frames + 1;
  if (self->n_idle_frames > MAX_IDLE_FRAMES)
    return refuse (self, "only idle talk", error);
  if (type == GW_FRAME_PROBLEM && self->state < STATE_DONE)
    return decode_problem (self, cursor, error);
  if (type == GW_FRAME_HELLO && self->state == STATE_HELLO)
    return decode_hello (self, cursor, error);
  if (type == GW_FRAME_HEADER && self->state == STATE_HEADER)
    return decode_header (self, cursor, error);
  if (type == GW_FRAME_ROWS && self->state == STATE_ROWS)
    return decode_rows (self, cursor, error);
  if (type == GW_FRAME_SHAPE && self->state == STATE_ROWS)
    return decode_shape (self, cursor, error);
  if (type == GW_FRAME_PROGRESS && (self->state == STATE_HEADER || self->state == STATE_ROWS))
    return decode_progress (self, cursor, error);
  if (type == GW_FRAME_END && (self->state == STATE_HEADER || self->state == STATE_ROWS))
    return decode_end (self, cursor, error);
  return refuse (self, "frame out of order", error);
}

guint8 *
gw_frame_decoder_get_space (GwFrameDecoder *self, gsize *room)
{
  if (self->start == self->end)
    {
      self->start = self->end = 0;
    }
  else if (BUFFER_BYTES - self->end < (128u << 10))
    {
      memmove (self->buffer, self->buffer + self->start, self->end - self->start);
      self->end -= self->start;
      self->start = 0;
    }
  *room = BUFFER_BYTES - self->end;
  return self->buffer + self->end;
}

gboolean
gw_frame_decoder_take (GwFrameDecoder *self, gsize length, GError **error)
{
  g_return_val_if_fail (length <= BUFFER_BYTES - self->end, FALSE);
  g_return_val_if_fail (self->state != STATE_FAILED, FALSE);

  self->end += length;
  while (self->end - self->start >= GW_FRAME_HEAD_BYTES)
    {
      Cursor cursor = { self->buffer + self->start, GW_FRAME_HEAD_BYTES, FALSE };
      guint32 payload = take_u32 (&cursor);
      guint8 type = take_u8 (&cursor);

      if (payload > GW_FRAME_MAX_PAYLOAD || take_number (&cursor, 3) != 0)
        return refuse (self, "frame head", error);
      if (self->end - self->start - GW_FRAME_HEAD_BYTES < payload)
        return TRUE;
      cursor.left = payload;
      self->start += GW_FRAME_HEAD_BYTES + payload;
      if (!decode_frame (self, type, &cursor, error))
        {
          self->state = STATE_FAILED;
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
gw_frame_decoder_finish (GwFrameDecoder *self, GwReaderSummary *summary, GError **error)
{
  if (self->state != STATE_DONE || self->start != self->end)
    return refuse (self, self->state == STATE_DONE ? "more after the end" : "no end", error);
  if (summary != NULL)
    *summary = self->summary;
  return TRUE;
}

gboolean
gw_frame_decoder_is_done (const GwFrameDecoder *self)
{
  return self->state == STATE_DONE;
}

guint64
gw_frame_decoder_get_last_row (const GwFrameDecoder *self)
{
  return self->last_row;
}
