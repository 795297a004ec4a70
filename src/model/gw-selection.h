/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a filter selects: the answer that list, map, figures and export share. Immutable,
 * refcounted, any thread. Computed from the columnar snapshot (no table is scanned), exact for the
 * journal position @seq. */

#include "gw-filter.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 total, open, overdue, closed;
} GwAreaCount;
#define GW_TREND_DAYS 30

typedef struct
{
  gint64 seq;
  gint64 now; /* the reading of the clock that "overdue" and lamps were judged by */
  guint n;
  const gint64 *ids;    /* in the filter's order */
  const gint32 *x, *y;  /* 1e-7 degree, same order; G_MININT32 = no point */
  const guint8 *states; /* GwMatterState */
  const guint8 *lamps; /* GwLamp by due date (red when due passed; green otherwise; exact lamp comes
                          with the row) */
  const guint32 *areas; /* leaf area ids */
  const guint32 *types; /* local type numbers */
  /* Indexed by area id (0 = whole district), own and all descendants; under the filter WITHOUT its
   * area clause and box, so that the neighbours of a clicked area keep their colours. */
  const GwAreaCount *by_area;
  guint n_areas;
  /* Under the whole filter. */
  GwAreaCount sum;
  guint32 reported_today, closed_today;
  guint32 trend_reported[GW_TREND_DAYS], trend_closed[GW_TREND_DAYS]; /* the last day is today */
  const GwAreaCount *by_type; /* indexed by type number, filter without type and module clause:
                                 counts of the sidebar */
  guint n_types;
} GwSelection;

GwSelection *gw_selection_ref (GwSelection *self);
void gw_selection_unref (GwSelection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwSelection, gw_selection_unref)

/* Position of a matter in the selection, -1 when it is not in it. O(log n) or hashed. */
gint gw_selection_find (const GwSelection *self, gint64 id);
/* For the store, which builds them: an empty selection whose arrays the builder allocates with
 * g_malloc and the selection frees. by_area has n_areas + 1 entries, by_type n_types + 1. Not
 * shared before it is filled. */
GwSelection *gw_selection_new (guint n, guint n_areas, guint n_types);

G_END_DECLS
