/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Full-text search: the words a person types -> a set of matters.
 *
 * The index is a file of its own beside the store ("<file>.search"), filled by a thread that
 * follows the journal up to a watermark. Matters that changed behind the watermark are read and
 * compared themselves, so an answer is exact at once, however far the index has come; without an
 * index (read-only medium, damage being repaired) all are. Deleting the file costs time only. */

#include "gw-search-set.h"
#include "gw-snapshot.h"

G_BEGIN_DECLS

typedef struct _GwSearch GwSearch;

/* Starts the follower; cannot fail: without a usable file everything is compared by reading. */
GwSearch *gw_search_new (GwStore *store);
/* Stops the follower quickly; what it had not committed is done again next time. Queries still
 * work. Once. */
void gw_search_stop (GwSearch *self);
/* Stopped, and no query is under way. */
void gw_search_free (GwSearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwSearch, gw_search_free)
/* The journal has come to @seq. @more: slices of a long import follow at once, and the index need
 * not compete with them; it follows when they end, or when somebody searches. Any thread, quick. */
void gw_search_wake (GwSearch *self, gint64 seq, gboolean more);
/* Until the index holds everything up to the journal's end as it was at the call. */
gboolean gw_search_wait (GwSearch *self, GCancellable *cancellable, GError **error);

typedef struct
{
  const GwActor *actor;
  const char *text;
  const GwSnapshot *snapshot;
  GwAreaTree *tree;
  GwRecordTables *types;
} GwSearchQuery;

/* Matters that fit every word: a word fits by standing in the text (title, summary, address,
 * searchable fields), by number or its end, by case code, by place, or by the pinyin initials of
 * title, address or place. The text of RESTRICTED matters fits only for the units that handle them.
 * Blocking; for worker threads. A query of which only the first rows are wanted:
 * gw-search-query.h. */
GwSearchSet *gw_search_run (GwSearch *self,
                            const GwSearchQuery *query,
                            GCancellable *cancellable,
                            GError **error);

G_END_DECLS
