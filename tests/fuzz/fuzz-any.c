/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Promise: whatever the bytes, recognising them (gw-sniff, gw-reader) and reading what they seem
 * to be (gw-zip, gw-xml, gw-xlsx-reader) ends in frames that the client accepts. */

#include "fuzz-target.h"
#include "reader-harness.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_assert_true (reader_harness_is_accepted (data, size, NULL, NULL));
  return 0;
}
