/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which numbers of a workbook are dates (ECMA-376 part 1, 18.8.30), and how numbers and dates
 * are written as text. */

#include "gw-zip.h"

G_BEGIN_DECLS

typedef enum
{
  GW_XLSX_NUMBER,
  GW_XLSX_DATE,
  GW_XLSX_DATE_TIME,
  GW_XLSX_TIME
} GwXlsxKind;

/* What a number format such as 'yyyy"年"m"月"' shows. */
GwXlsxKind gw_xlsx_kind_of_code (const char *code);

/* Kinds of the cell styles in order, a #GArray of GwXlsxKind; NULL after a problem was told.
 * @part: nullable, then empty. */
GArray *gw_xlsx_styles_read (GwZip *zip, GwSink *sink, const GwZipPart *part);

#define GW_XLSX_TEXT_BYTES 48

/* "2024-05-01", "2024-05-01 08:30:00" or "08:30:00". @starts_1904: the other calendar. FALSE when
 * @serial is no date. */
gboolean gw_xlsx_format_date (char text[GW_XLSX_TEXT_BYTES],
                              double serial,
                              GwXlsxKind kind,
                              gboolean starts_1904);
/* The number as a spreadsheet shows it: 15 digits, and no exponent where it can be helped. FALSE
 * when @raw is no number. */
gboolean gw_xlsx_format_number (char text[GW_XLSX_TEXT_BYTES], const char *raw, gsize length);

G_END_DECLS
