/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A word of a query: what to ask the index for it, and which matters fit. */

#include "gw-search-set.h"

G_BEGIN_DECLS

typedef struct
{
  char *text;          /* owned, folded */
  char *expression;    /* owned: FTS5, over the words of texts */
  char *initials;      /* owned, nullable: FTS5, over initials; a phrase, exact */
  gboolean ideographs; /* of nothing else: what stands in the raw text stands in the folded one */
  gboolean exact;      /* the expression is one phrase, and what it finds needs no check */
  GwSearchSet *given;  /* owned: fits by number, case code or place */
  GwSearchSet *sure;   /* owned: the index says that it fits */
  GwSearchSet *maybe;  /* owned: to be checked on the text */
} GwSearchWord;

/* GwSearchWord of @text, sets empty and of @size. Words without any letter or ideograph are left
 * out: punctuation asks for nothing. @titles_only: the expressions look at titles only. */
GPtrArray *gw_search_split_words (const char *text, guint size, gboolean titles_only);

G_END_DECLS
