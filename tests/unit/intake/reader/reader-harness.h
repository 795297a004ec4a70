/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Runs the reader on bytes in memory, sends its frames through the suspicious decoder and writes
 * down what a handler saw, one line an event:
 *
 *     hello CSV UTF-8 , sheets:一月*,二月(hidden)
 *     header 1: 编号|名称
 *     row 2: 1|张三            flags follow as {formula} behind a cell, [short] behind the number
 *     shape 2: 93
 *     problem 27 2:2: 2, 3     code, row:column: arguments
 *     end 1
 *     error LIMIT: text        instead of end
 */

#include <glib.h>

#include "gw-reader-client.h"
#include "gw-reader.h"

G_BEGIN_DECLS

/* @bytes, @options: the latter nullable. The program's own door is the same but for the cage. */
char *reader_harness_run (const guint8 *bytes,
                          gsize length,
                          const GwReaderRequest *request,
                          const GwSinkOptions *options);
char *reader_harness_run_text (const char *text);
/* Whether the decoder took all frames for those of an honest reader. */
gboolean reader_harness_is_accepted (const guint8 *bytes,
                                     gsize length,
                                     const GwReaderRequest *request,
                                     const GwSinkOptions *options);
/* The lines of a log, problems first: rows and problems travel separately, so only the order
 * within each kind is promised. */
char *reader_harness_sort (const char *log);
/* A handler that appends the same lines to the GString given as user data. */
extern const GwReaderHandler reader_harness_handler;
/* The line for the end of a run: "end N" or "error CODE: text". */
void reader_harness_append_end (GString *log, const GwReaderSummary *summary, const GError *error);

G_END_DECLS
