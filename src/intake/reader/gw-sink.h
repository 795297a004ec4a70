/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where all formats put their rows: fills the frames of gw-frames.h and sends them.
 *
 * The sink alone chooses the header, compares widths, checks text, counts and stops; a format only
 * cuts its file into cells. Cells are written in place, so a row costs no allocation and one copy.
 * After a fatal problem or a stop every call does nothing and returns FALSE. */

#include <glib.h>
#include <sys/uio.h>

#include "gw-frames.h"

G_BEGIN_DECLS

typedef struct _GwSink GwSink;

/* Sends all of @parts or returns FALSE. */
typedef gboolean (*GwSinkWrite) (gpointer target, const struct iovec *parts, int n_parts);

typedef struct
{
  guint64 header_row; /* 0: the first row that looks like names */
  guint64 stop_after; /* rows; 0: all */
  guint64 max_rows;   /* 0: the limit of the protocol */
} GwSinkOptions;

typedef struct
{
  const char *name;
  gboolean is_hidden;
} GwSinkSheet;

typedef struct
{
  GwReaderFormat format;
  GwReaderEncoding encoding;
  GwReaderReason reason;
  gboolean has_byte_order_mark;
  char separator;
  GwReaderGeometry geometry;
  guint64 input_bytes;
  const char *crs; /* nullable */
  guint sheet;
  guint n_sheets;
  const GwSinkSheet *sheets;
} GwSinkHello;

/* Room for one row: at least GW_SINK_ROW_BYTES of @text and GW_FRAME_MAX_COLUMNS of @cells.
 * Each cell is its bytes and one NUL in @text and gw_sink_cell() in @cells. */
typedef struct
{
  guint8 *text;
  guint32 *cells;
} GwSinkRow;

/* The slack lets a parser copy in strides of 16 bytes. */
#define GW_SINK_ROW_BYTES (GW_FRAME_MAX_ROW + GW_FRAME_MAX_CELL + GW_FRAME_MAX_COLUMNS + 64)

static inline guint32
gw_sink_cell (gsize length, guint flags)
{
  return GUINT32_TO_LE ((guint32)length | flags << 24);
}

/* @write gets whole frames; limits of @options that are 0 are those of the protocol. */
GwSink *gw_sink_new (GwSinkWrite write, gpointer target, const GwSinkOptions *options);
void gw_sink_free (GwSink *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwSink, gw_sink_free)

/* What the file is; the first frame. FALSE when nobody reads on. */
gboolean gw_sink_hello (GwSink *self, const GwSinkHello *hello);
/* Lowers the limit of rows to that of the format. */
void gw_sink_limit_rows (GwSink *self, guint64 max_rows);

/* Room for the text and the cells of one row; lent until the row is ended. */
GwSinkRow gw_sink_begin_row (GwSink *self);
/* Takes the row written into the room of the last gw_sink_begin_row(). Empty rows are dropped.
 * @has_width: the number of cells means something, as in CSV. */
gboolean gw_sink_end_row (GwSink *self,
                          guint64 row,
                          guint n_cells,
                          gsize text_bytes,
                          guint row_flags,
                          gboolean has_width);
/* Chooses the header from the rows there are, for a format that knows that no more will come. */
gboolean gw_sink_settle_header (GwSink *self);
/* @wkb belongs to @row, which was the last to be ended. */
gboolean gw_sink_shape (GwSink *self, guint64 row, const guint8 *wkb, gsize length);

/* Tells a problem; the arguments are strings ended by NULL. Over GW_FRAME_MAX_PROBLEMS it is only
 * counted. Returns TRUE unless the pipe is gone. */
gboolean gw_sink_problem (GwSink *self,
                          GwReaderSeverity severity,
                          GwReaderProblemCode code,
                          guint64 row,
                          guint column,
                          ...) G_GNUC_NULL_TERMINATED;
/* Tells the problem that ends everything. Always FALSE, to be returned. */
gboolean gw_sink_fatal (GwSink *self, GwReaderProblemCode code, guint64 row, guint column, ...)
    G_GNUC_NULL_TERMINATED;
gboolean gw_sink_progress (GwSink *self, guint64 bytes_done);
/* Sends what is left and END. TRUE also after a fatal problem, which is an end too; FALSE only
 * when the pipe is gone. */
gboolean gw_sink_finish (GwSink *self);

/* Whether a parser should return: fatal problem told, stop reached or pipe gone. */
gboolean gw_sink_is_stopped (const GwSink *self);
gboolean gw_sink_has_hello (const GwSink *self);
/* 0 until the header is known. */
guint64 gw_sink_get_header_row (const GwSink *self);
/* Cells of the header, 0 until it is known. */
guint gw_sink_get_header_width (const GwSink *self);

G_END_DECLS
