/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The first letters of the Mandarin readings of Han characters: U+3400-4DBF (Extension A) and
 * U+4E00-9FFF. Each character holds the place of its set in gw_pinyin_sets. */

#include <glib.h>

#define GW_PINYIN_EXT_A_FIRST 0x3400
#define GW_PINYIN_EXT_A_END 0x4dc0
#define GW_PINYIN_URO_FIRST 0x4e00
#define GW_PINYIN_URO_END 0xa000

#define GW_PINYIN_LETTERS_MASK ((1u << 26) - 1)
#define GW_PINYIN_PREFERRED_SHIFT 26
#define GW_PINYIN_NO_READING 31

extern const guint32 gw_pinyin_sets[];
extern const guint16 gw_pinyin_ext_a[GW_PINYIN_EXT_A_END - GW_PINYIN_EXT_A_FIRST];
extern const guint16 gw_pinyin_uro[GW_PINYIN_URO_END - GW_PINYIN_URO_FIRST];
