/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is derived from the tables and follows the journal: the snapshot of columns and the search
 * index. Either can be deleted at any time; nothing is lost but time. */

#include "gw-search-query.h"
#include "gw-snapshot.h"

G_BEGIN_DECLS

/* The snapshot as of the last commit; waits while the first one is being built. Transfer full.
 * NULL with @error when it could not be built, was cancelled, or the store is closing. */
GwSnapshot *gw_derived_wait_snapshot (GwStore *store, GCancellable *cancellable, GError **error);
/* See gw_search_run. */
GwSearchSet *gw_derived_search (GwStore *store,
                                const GwSearchQuery *query,
                                GCancellable *cancellable,
                                GError **error);

/* See gw_search_run_begin: @run has query and cancellable. The search lives as long as the store is
 * open, which whoever reads keeps by a hold on it: *hold, given back with gw_derived_release. */
gboolean gw_derived_begin_search (GwStore *store, GwSearchRun *run, gpointer *hold, GError **error);
void gw_derived_release (gpointer hold);
/* See gw_search_find_readable. */
GwSearchSet *gw_derived_readable (GwStore *store,
                                  const GwActor *actor,
                                  const GwSnapshot *snapshot,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
