/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Filter in, selection out: see gw-selection.h in model for what a selection is. */

#include "gw-selection.h"
#include "gw-store.h"

G_BEGIN_DECLS

/* Scope of the actor applied. Text is searched in title, summary, address (INTERNAL and OPEN only),
 * number, case code, place names and pinyin initials; matters behind the search watermark are
 * scanned, so the answer is exact at once. */
GwSelection *gw_store_select (GwStore *self,
                              const GwActor *actor,
                              const GwFilter *filter,
                              GCancellable *cancellable,
                              GError **error);
/* The first @n of what gw_store_select gives, in the same order and with the same values, but
 * without any figure: for whoever shows a page at once. With a text and the newest first it costs
 * about what the page costs, however many matters fit. */
GwSelection *gw_store_select_first (GwStore *self,
                                    const GwActor *actor,
                                    const GwFilter *filter,
                                    guint n,
                                    GCancellable *cancellable,
                                    GError **error);
/* Waits until the search index has caught up (tests, benchmarks). */
gboolean gw_store_wait_search (GwStore *self, GCancellable *cancellable, GError **error);

G_END_DECLS
