/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A query under way: either asked at once (gw_search_run), or text by text from the newest down,
 * for whoever needs only the first rows.
 *
 *   begin, then ask_all or ask_more; fits (FALSE) are the candidates, and those that are not in
 *   fits (TRUE) must pass the check. Candidates are complete but for the matters up to "unseen". */

#include "gw-search-index.h"
#include "gw-search-private.h"
#include "gw-search-word.h"

G_BEGIN_DECLS

typedef struct
{
  GwSearch *search; /* borrowed, as the next two: set by the caller */
  const GwSearchQuery *query;
  GCancellable *cancellable; /* nullable */

  GPtrArray *words;     /* owned: GwSearchWord; none: there is nothing to search for */
  GwSearchReader index; /* its snapshot is older than that of @db */
  GwReader store;
  GwDb *db;             /* of @store, in a read transaction */
  gboolean titles_only; /* the actor sees no other text */
  GwSearchSet *changed; /* owned: matters that the index does not answer for */
  GwSearchSet *read;    /* owned: those whose text is read instead */
  gint64 asked_from;    /* texts from here on have been asked for; 1 = all */
  gint64 n_asked;       /* texts that have been asked for piece by piece */
} GwSearchRun;

/* Splits the words; when there are any, opens index and store and finds numbers and places. */
gboolean gw_search_run_begin (GwSearchRun *self, GError **error);
void gw_search_run_clear (GwSearchRun *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GwSearchRun, gw_search_run_clear)

/* Asks for every text that has not been asked for. */
gboolean gw_search_run_ask_all (GwSearchRun *self, GError **error);
/* About @n more texts, the newest of those that have not been asked for. */
gboolean gw_search_run_ask_more (GwSearchRun *self, gint64 n, GError **error);
/* A matter that is at least as high as every one whose text has not been asked for; 0: all have. */
guint32 gw_search_run_unseen (GwSearchRun *self);

/* What fits every word, surely or perhaps. */
GwSearchSet *gw_search_run_fits (const GwSearchRun *self, gboolean surely);

/* Takes those of @unsure out of @result whose text does not fit. gw-search-check.c. */
gboolean gw_search_run_check (GwSearchRun *self,
                              const GwSearchSet *unsure,
                              GwSearchSet *result,
                              GError **error);
/* Whether the text of one matter fits. */
gboolean gw_search_run_check_one (GwSearchRun *self, gint64 id, gboolean *fits, GError **error);

G_END_DECLS
