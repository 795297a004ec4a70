/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Promise: whatever the text, encoding and options, the reader (gw-csv-reader, gw-text-source,
 * gw-sink) sends frames that the suspicious client accepts. */

#include "fuzz-target.h"
#include "reader-harness.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  GwReaderRequest request = { .format = GW_READER_CSV };
  GwSinkOptions options = { 0 };

  if (size < 1)
    return 0;
  /* The first byte chooses; the corpus uses the digits. */
  request.encoding = data[0] % GW_READER_N_ENCODINGS;
  options.header_row = data[0] / GW_READER_N_ENCODINGS % 3;
  options.stop_after = data[0] / (3 * GW_READER_N_ENCODINGS) % 3;
  g_assert_true (reader_harness_is_accepted (data + 1, size - 1, &request, &options));
  return 0;
}
