/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One sheet of a workbook as rows (ECMA-376 part 1, 18.3). */

#include "gw-xlsx-strings.h"
#include "gw-zip.h"

G_BEGIN_DECLS

typedef struct
{
  GwZip *zip;
  GwSink *sink;
  const GwZipPart *part;
  const GwXlsxStrings *strings;
  GArray *kinds;  /* of GwXlsxKind, by cell style */
  GArray *merges; /* of GwXlsxRange, by first row */
  gboolean starts_1904;
} GwXlsxSheet;

/* Sends all rows. FALSE when the sink stopped it. */
gboolean gw_xlsx_sheet_read (const GwXlsxSheet *sheet);

G_END_DECLS
