/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Opened and closed matters by (month, type, leaf area): differences in memory, the table, and the
 * recount that proves both.
 *
 * The rule: a matter that is neither withdrawn nor a draft counts as opened in the civil month of
 * "reported"; when its state is not open it also counts as closed, in the month of "closed" (or of
 * "reported" when no closing time is known: rejected, merged). */

#include "gw-db-private.h"
#include "gw-store.h"

G_BEGIN_DECLS

typedef struct _GwCounters GwCounters;

GwCounters *gw_counters_new (void);
void gw_counters_free (GwCounters *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwCounters, gw_counters_free)

void gw_counters_add (GwCounters *self, const GwCounterCell *cell);
/* @sign 1 or -1. */
void gw_counters_add_matter (GwCounters *self,
                             guint32 type,
                             GwMatterState state,
                             guint32 area,
                             gint64 reported,
                             gint64 closed,
                             int sign);
void gw_counters_merge (GwCounters *self, const GwCounters *other);
void gw_counters_clear (GwCounters *self);
guint gw_counters_size (const GwCounters *self);
/* GwCounterCell in key order, cells of nothing left out. Transfer full. */
GArray *gw_counters_list (const GwCounters *self);
/* Cells in which the two differ. */
guint gw_counters_differ (const GwCounters *a, const GwCounters *b);

/* Adds the differences to the table, in key order. */
gboolean gw_counters_write (const GwCounters *self, GwDb *db, GError **error);
/* The table as it is. */
GwCounters *gw_counters_read (GwDb *db, GError **error);
/* Counted from the matters. */
GwCounters *gw_counters_recount (GwDb *db, GError **error);
/* Replaces the table by a recount; inside a transaction. */
gboolean gw_counters_rebuild (GwDb *db, GError **error);

G_END_DECLS
