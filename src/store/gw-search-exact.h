/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Words that name a matter or a place instead of standing in a text. */

#include "gw-search.h"

G_BEGIN_DECLS

/* Adds the matters whose number, end of number or case code @word (folded) is: "510903-dis-2026-
 * 000123", "2026-123", "123" (the running number itself), "0123" (the number ends so). */
gboolean gw_search_find_number (GwStore *store,
                                GwDb *db,
                                const GwSearchQuery *query,
                                const char *word,
                                GwSearchSet *set,
                                GError **error);
/* Adds the matters in the areas below the district that are called @word, or begin with it, or have
 * it as their whole code; with @initials also those whose name begins with these pinyin initials.
 */
void gw_search_find_place (const GwSearchQuery *query,
                           const char *word,
                           gboolean initials,
                           GwSearchSet *set);

G_END_DECLS
