/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How names are cut for search by pinyin initials: the FTS5 tokenizer "gw_initials".
 *
 * Each character stands for the first letters of all its readings, letters and digits for
 * themselves, everything else for nothing, as gw_text_matches_initials reads it. Two neighbours
 * give the pairs of their symbols, all at one position: 长安 is "ca" and "za" at the first. So the
 * phrase of the pairs of what was typed ("jfl": "jf" "fl") is found exactly where the initials
 * occur. Typed initials are cut by the same rule. */

#include <sqlite3.h>

#define GW_INITIALS_TOKENIZER "gw_initials"

/* Makes "gw_initials" known to FTS5 on this connection; SQLITE_OK or why not. */
int gw_initials_tokenizer_register (sqlite3 *db);
