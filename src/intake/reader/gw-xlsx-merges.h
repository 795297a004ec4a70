/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The merged ranges of a sheet. They stand behind the rows (ECMA-376 part 1, 18.3.1.99) but are
 * needed before them, so the part is unpacked once more just for them. */

#include "gw-zip.h"

G_BEGIN_DECLS

#define GW_XLSX_MAX_MERGES 10000u

typedef struct
{
  guint64 first_row; /* from 1, as all here */
  guint64 last_row;
  guint first_column;
  guint last_column;
} GwXlsxRange;

/* Reads "B12" or "$B$12". FALSE when @text is none. */
gboolean gw_xlsx_parse_reference (const char *text, guint64 *row, guint *column);
/* Reads "B2:D9" or "B2". */
gboolean gw_xlsx_parse_range (const char *text, GwXlsxRange *range);
char *gw_xlsx_range_dup_text (const GwXlsxRange *range);

/* All ranges of the sheet by first row, a #GArray of GwXlsxRange; NULL after a problem was told. */
GArray *gw_xlsx_merges_read (GwZip *zip, GwSink *sink, const GwZipPart *part);

G_END_DECLS
