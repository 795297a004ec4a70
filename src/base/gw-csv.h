/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Writing CSV that spreadsheets open right: UTF-8 with BOM, CRLF, RFC 4180 quotes, and cells that
 * would be run as a formula (= + - @ tab) neutralised with a leading apostrophe.
 * And a small strict reader for our own data files (not for files of users: see intake). */

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _GwCsvWriter GwCsvWriter;
GwCsvWriter *gw_csv_writer_new (GOutputStream *out, gboolean bom);
void gw_csv_writer_free (GwCsvWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwCsvWriter, gw_csv_writer_free)
void gw_csv_writer_cell (GwCsvWriter *self, const char *text); /* NULL is an empty cell */
void gw_csv_writer_int (GwCsvWriter *self, gint64 value);
void gw_csv_writer_number (GwCsvWriter *self, double value, guint decimals);
gboolean gw_csv_writer_end_row (GwCsvWriter *self, GError **error);
gboolean gw_csv_writer_flush (GwCsvWriter *self, GError **error);

/* Rows of cells: GPtrArray of GStrv. Errors name the line. */
GPtrArray *gw_csv_parse (const char *text, gsize length, GError **error);
/* And the line on which each row begins (guint), for errors about its content. */
GPtrArray *gw_csv_parse_lines (const char *text, gsize length, GArray **lines, GError **error);

G_END_DECLS
