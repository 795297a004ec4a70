/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Comma-separated values as people really send them: RFC 4180 with any of , ; tab | as separator,
 * a "sep=" line, any line end, any encoding. Streams: memory does not grow with the file. */

#include "gw-input.h"
#include "gw-sink.h"
#include "gw-text-source.h"

G_BEGIN_DECLS

typedef struct
{
  GwReaderEncoding encoding; /* AUTO: found */
  char separator;            /* 0: found */
} GwCsvOptions;

/* Reads all of @input into @sink, from HELLO to the last row; gw_sink_finish() is the caller's.
 * FALSE when the sink stopped it. */
gboolean gw_csv_reader_read (const GwInput *input, const GwCsvOptions *options, GwSink *sink);

G_END_DECLS
