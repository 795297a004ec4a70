/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Reads a file from outside through gridwork-reader, the sandboxed helper program.
 *
 * The only door through which foreign bytes come in. The file is opened here and handed over as a
 * descriptor; what comes back is checked against every limit of gw-frames.h before the handler
 * sees it. Whatever goes wrong in the helper - crash, endless loop, bomb, garbage - ends as one
 * #GError in the domain GW_ERROR that names place, reason and mend.
 *
 * Everything blocks: call it on a worker thread. The handler runs on that same thread, and what
 * it is shown lives only until it returns. */

#include <gio/gio.h>

#include "gw-frames.h"

G_BEGIN_DECLS

/* What to read and how. All zero is a good start. Strings are borrowed. */
typedef struct
{
  GwReaderFormat format;     /* AUTO: by name and content */
  GwReaderEncoding encoding; /* AUTO: found from the bytes */
  char separator;            /* 0: found from the first rows */
  const char *sheet;         /* nullable: first visible sheet or layer */
  guint64 header_row;        /* 0: the first row half as full as its fullest neighbours */
  guint64 stop_after_rows;   /* 0: all; else a preview, END says it was stopped */
  guint64 max_rows;          /* 0: the limit of the format */
  guint stall_seconds;       /* 0: 30; the helper is killed when it says nothing for so long */
} GwReaderOptions;

typedef struct
{
  const char *name;
  gboolean is_hidden;
} GwReaderSheet;

/* What the reader found out before the first row. */
typedef struct
{
  GwReaderFormat format;
  GwReaderEncoding encoding;
  GwReaderReason reason; /* of the encoding */
  gboolean has_byte_order_mark;
  char separator; /* 0 when the format has none */
  GwReaderGeometry geometry;
  guint64 input_bytes;
  const char *crs; /* "" when unknown, else as "EPSG:4490" or the name in the file */
  guint sheet;     /* index of the one being read; meaningless without sheets */
  guint n_sheets;
  const GwReaderSheet *sheets;
} GwReaderHello;

/* One row. Beyond @n_cells a row has no text; gw_reader_row_get_cell() answers "" there. */
typedef struct
{
  guint64 row; /* as a spreadsheet program counts it, from 1 */
  guint n_cells;
  GwRowFlags flags;
  const char *const *cells; /* UTF-8, ended by NUL, without other NULs; valid in the callback */
  const guint32 *lengths;   /* bytes of each cell */
  const guint8 *cell_flags; /* GwCellFlags of each cell */
} GwReaderRow;

typedef struct
{
  GwReaderSeverity severity;
  GwReaderProblemCode code;
  guint64 row;  /* 0: the whole file */
  guint column; /* from 1; 0: the whole row */
  guint n_arguments;
  const char *arguments[GW_FRAME_MAX_ARGUMENTS];
} GwReaderProblem;

typedef struct
{
  guint64 n_rows;
  guint64 n_problems;        /* found; at most GW_FRAME_MAX_PROBLEMS of them were shown */
  gboolean is_stopped_early; /* by stop_after_rows */
} GwReaderSummary;

/* The handler: each member may be NULL. Those with @error stop the reading by returning FALSE
 * with @error set, which is then the error of gw_reader_client_read(). */
typedef struct
{
  gboolean (*hello) (const GwReaderHello *hello, gpointer user_data, GError **error);
  gboolean (*header) (const GwReaderRow *row, gpointer user_data, GError **error);
  gboolean (*rows) (const GwReaderRow *rows, guint n_rows, gpointer user_data, GError **error);
  gboolean (*shape) (
      guint64 row, const guint8 *wkb, gsize length, gpointer user_data, GError **error);
  /* Never called for a FATAL problem: that one is the error. */
  gboolean (*problem) (const GwReaderProblem *problem, gpointer user_data, GError **error);
  void (*progress) (guint64 bytes_done, guint64 bytes_all, gpointer user_data);
} GwReaderHandler;

/* Opens @path and reads it. The name's ending is a hint for the format. Refuses directories,
 * pipes, devices and sockets without opening them for good.
 * @options: nullable. @summary: (out) (optional).
 * Errors: GW_ERROR_NOT_FOUND, GW_ERROR_FORMAT, GW_ERROR_LIMIT, GW_ERROR_UNSUPPORTED (no helper,
 * no sandbox, not built), GW_ERROR_FAILED, G_IO_ERROR_CANCELLED, or what the handler set. */
gboolean gw_reader_client_read (const char *path,
                                const GwReaderOptions *options,
                                const GwReaderHandler *handler,
                                gpointer user_data,
                                GwReaderSummary *summary,
                                GCancellable *cancellable,
                                GError **error);

/* The same for a file that is already open: @input_fd stays the caller's, is read from its start,
 * and is not moved. @name: shown in messages, its ending is the hint for the format. */
gboolean gw_reader_client_read_fd (int input_fd,
                                   const char *name,
                                   const GwReaderOptions *options,
                                   const GwReaderHandler *handler,
                                   gpointer user_data,
                                   GwReaderSummary *summary,
                                   GCancellable *cancellable,
                                   GError **error);

/* Where the helper program is: the variable GW_READER, the folder GW_LIBEXEC_DIR, the build
 * folder of an uninstalled program, the installed folder. NULL with GW_ERROR_UNSUPPORTED. */
char *gw_reader_client_dup_program (GError **error);

/* Text of cell @column (from 0), "" when the row is shorter. */
static inline const char *
gw_reader_row_get_cell (const GwReaderRow *row, guint column)
{
  return column < row->n_cells ? row->cells[column] : "";
}

/* Flags of cell @column (from 0), 0 when the row is shorter. */
static inline guint
gw_reader_row_get_cell_flags (const GwReaderRow *row, guint column)
{
  return column < row->n_cells ? row->cell_flags[column] : 0;
}

/* The sentence for the user, translated: place, reason, mend. Owned by the caller. */
char *gw_reader_problem_dup_text (const GwReaderProblem *problem);
/* "UTF-8", "GB18030", ...; not translated. */
const char *gw_reader_encoding_get_name (GwReaderEncoding encoding);
/* The same for command lines and settings: "utf-8", "gb18030", "utf-16le", "utf-16be"; NULL for
 * AUTO. From such a word; "utf-16" is the little-endian one. FALSE when it is none. */
const char *gw_reader_encoding_to_id (GwReaderEncoding encoding);
gboolean gw_reader_encoding_from_id (const char *id, GwReaderEncoding *encoding);
/* Why this encoding, translated. */
const char *gw_reader_reason_get_text (GwReaderReason reason);
/* "CSV", "XLSX", ...; not translated. */
const char *gw_reader_format_get_name (GwReaderFormat format);

G_END_DECLS
