/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Promise: whatever the reader says, gw-frame-decoder hands on only well-formed rows within the
 * limits (the handler looks at every byte of them) or one error. */

#include <string.h>

#include "fuzz-target.h"
#include "gw-frame-decoder.h"
#include "reader-harness.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GwFrameDecoder) decoder =
      gw_frame_decoder_new ("x", 100, 0, &reader_harness_handler, log);
  g_autoptr (GError) error = NULL;

  while (size > 0 && error == NULL)
    {
      gsize room = 0;
      guint8 *space = gw_frame_decoder_get_space (decoder, &room);
      gsize n = MIN (room, size);

      memcpy (space, data, n);
      g_assert_cmpint (gw_frame_decoder_take (decoder, n, &error), ==, error == NULL);
      data += n;
      size -= n;
    }
  if (error == NULL)
    (void)gw_frame_decoder_finish (decoder, NULL, &error);
  return 0;
}
