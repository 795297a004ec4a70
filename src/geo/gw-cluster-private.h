/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The index in two halves: the order of the points and the tree of cells over it, which filters
 * share, and the figures of the cells, which belong to one filter. */

#include "gw-cluster.h"

G_BEGIN_DECLS

/* Stored levels of the world quadtree. At zoom z a cell of 32 px is level z + 3: 8 serves zoom 5
 * and below, 19 serves zoom 16, and beyond that the points are few enough to be looked at. */
#define GW_CLUSTER_MIN_LEVEL 8
#define GW_CLUSTER_MAX_LEVEL 19
#define GW_CLUSTER_N_LEVELS (GW_CLUSTER_MAX_LEVEL - GW_CLUSTER_MIN_LEVEL + 1)
/* Points are in Z-order down to cells of this level (1.2 m); within one by index. */
#define GW_CLUSTER_SORT_LEVEL 25

/* The cells of one level in Z-order, each with one entry more at the end. */
typedef struct
{
  guint32 n_cells;
  guint32 *first_points;   /* owned: position of the first point */
  guint32 *first_children; /* owned: first cell of the next level; NULL on the last */
} GwClusterLevel;

typedef struct
{
  gsize n_rows;     /* of the caller's columns */
  guint32 n_points; /* those with a place */
  guint32 *rows;    /* owned: position in Z-order to row */
  guint32 *x, *y;   /* owned: world units, by position */
  GwClusterLevel levels[GW_CLUSTER_N_LEVELS];
} GwClusterOrder;

typedef struct
{
  guint32 n_points; /* visible */
  guint32 x, y;     /* their centre; some place in the cell when there are none */
} GwClusterCell;

struct _GwClusterIndex
{
  GwClusterOrder *order; /* owned reference */
  guint8 *shown;         /* owned, nullable: a bit per position; NULL when all are visible */
  guint32 n_visible;
  GwClusterCell *cells[GW_CLUSTER_N_LEVELS]; /* owned */
};

GwClusterOrder *gw_cluster_order_new (const gint32 *x, const gint32 *y, gsize n);
GwClusterOrder *gw_cluster_order_ref (GwClusterOrder *order);
void gw_cluster_order_unref (GwClusterOrder *order);

static inline gboolean
gw_cluster_index_is_shown (const GwClusterIndex *index, guint32 position)
{
  return index->shown == NULL || (index->shown[position / 8] >> position % 8 & 1) != 0;
}

G_END_DECLS
