/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Promise: whatever stands in one XML part of a sound workbook (gw-xlsx-sheet, gw-xlsx-strings,
 * gw-xlsx-styles, gw-xlsx-merges), the frames are such that the client accepts them. Mutating the
 * packed file instead would nearly always end at its check sums. */

#include "book-builder.h"
#include "fuzz-target.h"
#include "reader-harness.h"

static const char rows[] = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"str\">"
                           "<v>b</v></c></row><row r=\"2\"><c r=\"A2\" s=\"1\"><v>45000</v></c>"
                           "<c r=\"B2\"><f>A1</f><v>2</v></c></row>";

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  BookParts parts = { .rows = rows,
                      .strings = "<si><t>a</t></si>",
                      .formats = "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>" };
  g_autofree char *text = NULL;
  g_autoptr (GBytes) book = NULL;
  const guint8 *bytes = NULL;
  gsize length = 0;

  if (size < 1)
    return 0;
  text = g_strndup ((const char *)data + 1, size - 1);
  if (data[0] % 4 == 0)
    parts.rows = text;
  else if (data[0] % 4 == 1)
    parts.strings = text;
  else if (data[0] % 4 == 2)
    parts.formats = text;
  else
    parts.behind = text;
  book = book_build (&parts);
  bytes = g_bytes_get_data (book, &length);
  g_assert_true (reader_harness_is_accepted (bytes, length, NULL, NULL));
  return 0;
}
