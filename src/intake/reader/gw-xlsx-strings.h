/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The texts that the cells of a workbook share (ECMA-376 part 1, 18.4), in one block of memory. */

#include "gw-zip.h"

G_BEGIN_DECLS

/* Half of what the sandbox allows in all. */
#define GW_XLSX_MAX_STRING_BYTES (192u << 20)

typedef struct _GwXlsxStrings GwXlsxStrings;

/* NULL after a fatal problem was told. */
GwXlsxStrings *gw_xlsx_strings_read (GwZip *zip, GwSink *sink, const GwZipPart *part);
void gw_xlsx_strings_free (GwXlsxStrings *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwXlsxStrings, gw_xlsx_strings_free)

/* NULL when there is no such text. @length: (out). */
const char *gw_xlsx_strings_get (const GwXlsxStrings *self, guint64 index, gsize *length);

/* Turns the "_x000D_" escapes of ECMA-376 22.9.2.19 into characters, in place; returns the new
 * length. Carriage returns and NUL vanish. */
gsize gw_xlsx_strings_unescape (char *text, gsize length);

G_END_DECLS
