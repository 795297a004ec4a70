/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Strict UTF-8 at the speed of a disk, for both sides of the pipe.
 * Refused besides what RFC 3629 refuses: the non-characters U+FDD0-FDEF and U+xFFFE/F. NUL is
 * an ordinary byte here; who does not want it counts it. */

#include <glib.h>

G_BEGIN_DECLS

/* Length in bytes of the longest well-formed beginning of @bytes; @length when all is well. */
gsize gw_utf8_get_valid_prefix (const guint8 *bytes, gsize length);
/* The same, and counts the NUL bytes within that beginning. @n_nul: (out). */
gsize gw_utf8_get_valid_prefix_counting (const guint8 *bytes, gsize length, gsize *n_nul);
/* Index of the first byte above 0x7f, @length when there is none. */
gsize gw_utf8_find_non_ascii (const guint8 *bytes, gsize length);
/* Bytes of the sequence that @bytes starts with: 1 to 4, 0 when it is not well-formed, -1 when it
 * is well-formed so far but longer than @length. */
int gw_utf8_get_sequence (const guint8 *bytes, gsize length);
/* Writes @scalar, which must be a Unicode scalar value, and returns its length. */
gsize gw_utf8_put (guint8 *out, guint32 scalar);

G_END_DECLS
