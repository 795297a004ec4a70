/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a file is by its first bytes; its name is not asked. */

#include <glib.h>

G_BEGIN_DECLS

#define GW_SNIFF_BYTES 4096u

typedef enum
{
  GW_SNIFF_EMPTY,
  GW_SNIFF_TEXT, /* taken for CSV */
  GW_SNIFF_ZIP,
  GW_SNIFF_SQLITE, /* taken for GeoPackage */
  GW_SNIFF_GEOJSON,
  GW_SNIFF_OLD_EXCEL,
  GW_SNIFF_ENCRYPTED, /* a workbook with a password lies in the container of the old format */
  GW_SNIFF_HTML,
  GW_SNIFF_SPREADSHEET_XML,
  GW_SNIFF_PDF,
  GW_SNIFF_UNKNOWN,
} GwSniff;

/* What the first bytes of a file say it is, whatever its name; the bytes are untrusted. */
GwSniff gw_sniff (const guint8 *bytes, gsize length);

G_END_DECLS
