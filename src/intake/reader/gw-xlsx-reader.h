/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Workbooks in Office Open XML (.xlsx), streamed: memory grows with the shared texts only. */

#include "gw-input.h"
#include "gw-sink.h"
#include "gw-zip.h"

G_BEGIN_DECLS

#define GW_XLSX_MAX_BYTES (32u << 20)
#define GW_XLSX_MAX_ROWS 200000u

/* Reads the sheet named @sheet, or the first visible one when that is NULL, into @sink, from HELLO
 * to the last row; gw_sink_finish() is the caller's. FALSE when the sink stopped it. */
gboolean gw_xlsx_reader_read (const GwInput *input, GwZip *zip, const char *sheet, GwSink *sink);

G_END_DECLS
