/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The suspicious half of the protocol of gw-frames.h: turns bytes of the reader into events.
 *
 * Nothing the reader says is believed: lengths, counts, order, text, numbers and totals are
 * checked before the handler is called. The decoder does no input or output, so a fuzzer drives
 * it directly. One thread, no re-entry. */

#include "gw-reader-client.h"

G_BEGIN_DECLS

typedef struct _GwFrameDecoder GwFrameDecoder;

/* @name: for messages, copied. @handler: borrowed for the decoder's life. @input_bytes: the true
 * size of the input, against which progress is checked. @max_rows: 0 for GW_FRAME_MAX_ROWS. */
GwFrameDecoder *gw_frame_decoder_new (const char *name,
                                      guint64 input_bytes,
                                      guint64 max_rows,
                                      const GwReaderHandler *handler,
                                      gpointer user_data);
void gw_frame_decoder_free (GwFrameDecoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwFrameDecoder, gw_frame_decoder_free)

/* Where the next bytes go: at least one byte of room. @room: (out). */
guint8 *gw_frame_decoder_get_space (GwFrameDecoder *self, gsize *room);
/* Takes @length bytes written there and raises the events that are complete. FALSE with @error
 * when the stream is bad, holds a FATAL problem, or the handler failed; then only free it. */
gboolean gw_frame_decoder_take (GwFrameDecoder *self, gsize length, GError **error);
/* After the end of the stream: FALSE with GW_ERROR_FORMAT when END has not come. */
gboolean gw_frame_decoder_finish (GwFrameDecoder *self, GwReaderSummary *summary, GError **error);
/* Whether END has been seen; later bytes are an error. */
gboolean gw_frame_decoder_is_done (const GwFrameDecoder *self);
/* The last row that arrived, for "after row N" in messages; 0 before the first. */
guint64 gw_frame_decoder_get_last_row (const GwFrameDecoder *self);

G_END_DECLS
