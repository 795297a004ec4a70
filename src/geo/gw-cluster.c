/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-cluster-private.h"

#include "gw-column-private.h"

/* Which positions the mask of rows leaves visible. */
static void
apply_mask (GwClusterIndex *self, const guint8 *mask)
{
  const GwClusterOrder *order = self->order;

  self->n_visible = order->n_points;
  if (mask == NULL)
    return;
  self->shown = gw_column_alloc (order->n_points / 8 + 1, 1);
  self->n_visible = 0;
  for (guint32 start = 0; start < order->n_points; start += 8)
    {
      guint32 n = MIN (8, order->n_points - start);
      guint bits = 0;

      for (guint32 i = 0; i < n; i++)
        bits |= (guint)(mask[order->rows[start + i]] != 0) << i;
      self->shown[start / 8] = (guint8)bits;
      self->n_visible += (guint32)__builtin_popcount (bits);
    }
}

static GwClusterCell
make_cell (guint32 n_points, guint64 x, guint64 y, guint32 any_x, guint32 any_y)
{
  if (n_points == 0)
    return (GwClusterCell){ 0, any_x, any_y };
  return (GwClusterCell){ n_points, (guint32)(x / n_points), (guint32)(y / n_points) };
}

static void
sum_points (GwClusterIndex *self)
{
  const GwClusterOrder *order = self->order;
  const GwClusterLevel *level = &order->levels[GW_CLUSTER_N_LEVELS - 1];
  GwClusterCell *cells = self->cells[GW_CLUSTER_N_LEVELS - 1];

  for (guint32 cell = 0; cell < level->n_cells; cell++)
    {
      guint32 start = level->first_points[cell], end = level->first_points[cell + 1], n = 0;
      guint64 x = 0, y = 0;

      for (guint32 i = start; i < end; i++)
        {
          if (!gw_cluster_index_is_shown (self, i))
            continue;
          n++;
          x += order->x[i];
          y += order->y[i];
        }
      cells[cell] = make_cell (n, x, y, order->x[start], order->y[start]);
    }
}

static void
sum_children (GwClusterIndex *self, guint k)
{
  const GwClusterLevel *level = &self->order->levels[k];
  const GwClusterCell *children = self->cells[k + 1];

  for (guint32 cell = 0; cell < level->n_cells; cell++)
    {
      guint32 start = level->first_children[cell], end = level->first_children[cell + 1], n = 0;
      guint64 x = 0, y = 0;

      for (guint32 i = start; i < end; i++)
        {
          n += children[i].n_points;
          x += (guint64)children[i].x * children[i].n_points;
          y += (guint64)children[i].y * children[i].n_points;
        }
      self->cells[k][cell] = make_cell (n, x, y, children[start].x, children[start].y);
    }
}

static GwClusterIndex *
index_new (GwClusterOrder *order, const guint8 *mask)
{
  GwClusterIndex *self = g_atomic_rc_box_new0 (GwClusterIndex);

  self->order = order;
  apply_mask (self, mask);
  for (guint k = 0; k < GW_CLUSTER_N_LEVELS; k++)
    self->cells[k] = gw_column_alloc (order->levels[k].n_cells, sizeof (GwClusterCell));
  sum_points (self);
  for (guint k = GW_CLUSTER_N_LEVELS - 1; k-- > 0;)
    sum_children (self, k);
  return self;
}

GwClusterIndex *
gw_cluster_index_new (const gint32 *x, const gint32 *y, const guint8 *mask, gsize n)
{
  g_return_val_if_fail (n <= GW_CLUSTER_MAX_ROWS, NULL);

  return index_new (gw_cluster_order_new (x, y, n), mask);
}

GwClusterIndex *
gw_cluster_index_filter (const GwClusterIndex *index, const guint8 *mask)
{
  return index_new (gw_cluster_order_ref (index->order), mask);
}

GwClusterIndex *
gw_cluster_index_ref (const GwClusterIndex *index)
{
  return g_atomic_rc_box_acquire ((GwClusterIndex *)index);
}

static void
index_clear (gpointer data)
{
  GwClusterIndex *self = data;

  g_free (self->shown);
  for (guint k = 0; k < GW_CLUSTER_N_LEVELS; k++)
    g_free (self->cells[k]);
  gw_cluster_order_unref (self->order);
}

void
gw_cluster_index_unref (GwClusterIndex *index)
{
  g_atomic_rc_box_release_full (index, index_clear);
}

guint
gw_cluster_index_get_n_visible (const GwClusterIndex *index)
{
  return index->n_visible;
}

gsize
gw_cluster_index_get_size (const GwClusterIndex *index)
{
  gsize n_bytes =
      sizeof *index + sizeof *index->order + 3 * sizeof (guint32) * index->order->n_points;

  for (guint k = 0; k < GW_CLUSTER_N_LEVELS; k++)
    {
      const GwClusterLevel *level = &index->order->levels[k];

      n_bytes += level->n_cells * (sizeof (GwClusterCell) + sizeof (guint32));
      n_bytes += level->first_children != NULL ? level->n_cells * sizeof (guint32) : 0;
    }
  return n_bytes + (index->shown != NULL ? index->order->n_points / 8 + 1 : 0);
}
