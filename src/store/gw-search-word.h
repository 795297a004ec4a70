/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A word of a query: what to ask the index for it, and which matters fit. */

#include "gw-search-set.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;           /* owned, folded */
  char *expression;     /* owned, nullable: FTS5, over the words of texts */
  char *pairs;          /* owned, nullable: FTS5, over initials */
  gboolean ideographs;  /* of nothing else: what stands in the raw text stands in the folded one */
  gboolean exact;       /* what the expression finds needs no check */
  gboolean exact_pairs; /* likewise */
  GwSearchSet *sure;    /* owned: fits */
  GwSearchSet *maybe;   /* owned: to be checked on the text */
} GwSearchWord;

/* GwSearchWord of @text, sets empty and of @size. Words without any letter or ideograph are left
 * out: punctuation asks for nothing.
 */
GPtrArray *gw_search_split_words (const char *text, guint size);

G_END_DECLS
