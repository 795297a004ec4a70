/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How Chinese text is cut for search: the FTS5 tokenizer "gw_zh".
 *
 * Text is folded as gw_text_fold folds it, then read as runs of word characters (letters, marks,
 * numbers and ideographs of any plane); everything else ends a run. A run c1 c2 … cn gives the
 * bigrams c1c2, c2c3, … and the tail cn by itself. So
 *  - two characters that stand together are one look-up, exact;
 *  - longer runs are the phrase of their bigrams, exact as well: within a run each token stands one
 *    position behind the one before, and the tail keeps runs apart;
 *  - one character is a look-up of tokens that begin with it (the tail makes it complete).
 * Letters and digits are cut the same way, so that part of a number or of a word is found as LIKE
 * would find it. In a query the tail is left out unless the run is one character. */

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

#define GW_ZH_TOKENIZER "gw_zh"

/* Makes "gw_zh" known to FTS5 on this connection; SQLITE_OK or why not. */
int gw_zh_tokenizer_register (sqlite3 *db);

/* @out becomes gw_text_fold (@text); much faster for ordinary Chinese text, and without a new
 * buffer for each. NULL text gives "". */
void gw_zh_fold (GString *out, const char *text);
/* Whether @ch can be part of a token; @ch is folded. */
gboolean gw_zh_is_word_char (gunichar ch);

G_END_DECLS
