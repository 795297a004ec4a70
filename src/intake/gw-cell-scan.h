/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One look over the bytes of a cell that says which of the slow checks it needs: of a million cells
 * nearly all need none. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GW_SCAN_EMPTY = 1 << 0,       /* nothing but white space */
  GW_SCAN_UNTIDY = 1 << 1,      /* white space at an end, doubled, or of an unusual kind */
  GW_SCAN_CONTROL = 1 << 2,     /* control characters beside tab and line ends */
  GW_SCAN_DIGITS = 1 << 3,      /* enough digits for a number of a person */
  GW_SCAN_REPLACEMENT = 1 << 4, /* U+FFFD: bytes that could not be read */
  GW_SCAN_GARBLED = 1 << 5,     /* looks like text read in a wrong encoding and saved so */
} GwScan;

/* @text: UTF-8 of @length bytes. @n_characters: (out). */
guint gw_cell_scan (const char *text, gsize length, gsize *n_characters);

G_END_DECLS
