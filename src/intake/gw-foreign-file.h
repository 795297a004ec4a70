/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A foreign file as it was read: its rows on a stage, its header, what the reader said about it.
 * Does not change once made; any thread. */

#include "gw-matcher.h"
#include "gw-reader-client.h"
#include "gw-records.h"
#include "gw-row-problem.h"
#include "gw-stage.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _GwForeignFile GwForeignFile;

/* Reads @path through the helper process; blocking. @matcher tells which row is the header when the
 * first ones are titles. @progress: nullable, 0 … 1, on the calling thread. @folder: for the stage,
 * nullable. @choice: nullable; encoding and sheet that a person insists on. Errors: those of
 * gw_reader_client_read() and of the stage. */
GwForeignFile *gw_foreign_file_read (const char *path,
                                     const GwMatcher *matcher,
                                     const GwReaderOptions *choice,
                                     const char *folder,
                                     GwProgressFunc progress,
                                     gpointer progress_data,
                                     GCancellable *cancellable,
                                     GError **error);
GwForeignFile *gw_foreign_file_ref (GwForeignFile *self);
void gw_foreign_file_unref (GwForeignFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwForeignFile, gw_foreign_file_unref)

const char *gw_foreign_file_get_name (const GwForeignFile *self); /* without folders */
const GwStage *gw_foreign_file_get_stage (const GwForeignFile *self);
/* Texts over the columns; ended by NULL. */
const char *const *gw_foreign_file_get_headers (const GwForeignFile *self, guint *n);
guint64 gw_foreign_file_get_header_row (const GwForeignFile *self);
/* "CSV, GB18030 (the text is not UTF-8 but well-formed GB18030)", translated. */
const char *gw_foreign_file_get_format (const GwForeignFile *self);
/* AUTO unless the format has one. */
GwReaderEncoding gw_foreign_file_get_encoding (const GwForeignFile *self);
/* Names of the sheets of a workbook, ended by NULL, and the index of the one that was read. Without
 * sheets the list is empty. */
const char *const *gw_foreign_file_get_sheets (const GwForeignFile *self, guint *sheet);
/* What concerns no single row of data: GwRowProblem. */
GPtrArray *gw_foreign_file_get_problems (const GwForeignFile *self);
/* What the reader found in a row: GwRowProblem, NULL when nothing. */
GPtrArray *gw_foreign_file_get_row_problems (const GwForeignFile *self, guint64 row);
/* Calls @func with the problems (GPtrArray) of each row that has some. */
void gw_foreign_file_foreach_row_problems (const GwForeignFile *self, GFunc func, gpointer data);

/* SHA-256 of the file in hexadecimal, borrowed; waits until it is known. NULL with @error when the
 * file was changed while it was read. */
const char *gw_foreign_file_wait_digest (GwForeignFile *self, GError **error);

G_END_DECLS
