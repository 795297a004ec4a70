/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A foreign text file as UTF-8 bytes, whatever its encoding.
 *
 * Decoding is strict but does not stop: a byte that is no text comes out as three bytes, 0xff and
 * its two halves as 0x80 | half, which no encoding produces and the sink finds again, so that the
 * message can name row, column and the true byte. */

#include "gw-frames.h"
#include "gw-input.h"

G_BEGIN_DECLS

typedef struct _GwTextSource GwTextSource;

typedef struct
{
  GwReaderEncoding encoding; /* AUTO when none fits */
  GwReaderReason reason;
  gboolean has_byte_order_mark;
  gboolean is_doubtful; /* well-formed, but hardly any usual character */
  guint64 bad_offset;   /* when none fits: the first byte that is no UTF-8 */
} GwTextGuess;

/* Loads what decoding needs from the system. Call it before the files are out of reach. */
void gw_text_source_prepare (void);
/* Finds the encoding of @input from its bytes. @asked: AUTO, or what the user chose. */
gboolean gw_text_source_guess (const GwInput *input, GwReaderEncoding asked, GwTextGuess *guess);

/* @input is borrowed. */
GwTextSource *gw_text_source_new (const GwInput *input, const GwTextGuess *guess);
void gw_text_source_free (GwTextSource *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwTextSource, gw_text_source_free)

/* Writes UTF-8 into @out, which has @room of at least 1 KiB. 0 at the end, -1 with errno. */
gssize gw_text_source_read (GwTextSource *self, guint8 *out, gsize room);
/* Bytes of the file consumed so far. */
guint64 gw_text_source_get_offset (const GwTextSource *self);

G_END_DECLS
