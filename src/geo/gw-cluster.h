/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A million points as clusters at any zoom: points in Z-order with counts and centres per quadtree
 * cell, merged greedily (heaviest first, ties by place) when a view asks.
 *
 * An index does not change and may be read by any thread. Another filter over the same points makes
 * a new index that shares the order and costs some milliseconds per million. */

#include "gw-mercator.h"

G_BEGIN_DECLS

typedef struct _GwClusterIndex GwClusterIndex;
typedef struct _GwClusterView GwClusterView;

typedef struct
{
  guint32 x, y; /* world units: the centre of its points */
  guint32 n_points;
  guint32 first; /* index (into the caller's columns) of the first point in Z-order; for a
                  * cluster of one, the point itself */
} GwCluster;

#define GW_CLUSTER_MAX_ROWS (1u << 28)

/* @x, @y: lattice columns, GW_LATTICE_NONE for no place; @mask: nullable, zero hides a point.
 * Nothing is kept but what is copied. @n at most GW_CLUSTER_MAX_ROWS. */
GwClusterIndex *gw_cluster_index_new (const gint32 *x, const gint32 *y, const guint8 *mask, gsize n)
    G_GNUC_WARN_UNUSED_RESULT;
/* The same points under another @mask (n entries as before; NULL shows all). */
GwClusterIndex *gw_cluster_index_filter (const GwClusterIndex *index,
                                         const guint8 *mask) G_GNUC_WARN_UNUSED_RESULT;
GwClusterIndex *gw_cluster_index_ref (const GwClusterIndex *index);
void gw_cluster_index_unref (GwClusterIndex *index);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwClusterIndex, gw_cluster_index_unref)

/* Points that have a place and pass the filter. */
guint gw_cluster_index_get_n_visible (const GwClusterIndex *index);
gsize gw_cluster_index_get_size (const GwClusterIndex *index);

/* What a window shows: around the heaviest cell of 32 px everything within @radius_px (40 to 48
 * looks well; 0 gives the bare cells) becomes one cluster, then around the heaviest that is left,
 * and so on. Looks one radius beyond @view on each side, so that clusters at its rim do not change
 * while panning; the caller leaves out what its window does not reach. Some 0.1 ms. */
GwClusterView *gw_cluster_index_query (const GwClusterIndex *index,
                                       GwWorldBox view,
                                       double zoom,
                                       double radius_px) G_GNUC_WARN_UNUSED_RESULT;
GwClusterView *gw_cluster_view_ref (GwClusterView *view);
void gw_cluster_view_unref (GwClusterView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwClusterView, gw_cluster_view_unref)

/* In the order in which they were made; lent as long as the view lives. */
const GwCluster *gw_cluster_view_get_clusters (const GwClusterView *view, guint *n_clusters);
/* The cluster whose centre is nearest to a place, within @reach world units, or -1. */
gint gw_cluster_view_find (const GwClusterView *view, GwWorldPoint place, double reach);
/* Indices into the caller's columns of the points in cluster @i, ascending, at most @limit
 * (0 = all); guint32 elements. */
GArray *gw_cluster_view_dup_members (const GwClusterView *view,
                                     guint i,
                                     guint limit) G_GNUC_WARN_UNUSED_RESULT;
/* The box of those points, for "zoom to this cluster". */
GwWorldBox gw_cluster_view_get_extent (const GwClusterView *view, guint i);

G_END_DECLS
