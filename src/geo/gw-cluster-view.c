/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-cluster-private.h"

#include <math.h>
#include <string.h>

/* Cells per axis of the grid that finds neighbours; a window needs some fifty. */
#define MAX_BUCKETS 512
#define DIGIT_BITS 11
#define N_DIGITS (1u << DIGIT_BITS)

/* A cell that the view shows, before merging: a run of points in Z-order. */
typedef struct
{
  guint32 start, end; /* positions */
  guint32 n_points;   /* visible */
  guint32 x, y;
} Item;

struct _GwClusterView
{
  GwClusterIndex *index; /* owned reference */
  GArray *items;         /* owned, Item: cluster by cluster */
  GArray *starts;        /* owned, guint: the first item of each cluster, one more at the end */
  GArray *clusters;      /* owned, GwCluster */
};

typedef struct
{
  const GwClusterIndex *index;
  GwWorldBox box;
  guint level;
  GArray *items;
} Collector;

static gboolean
is_reaching (GwWorldBox box, guint32 x, guint32 y, guint level)
{
  guint32 mask = level == 0 ? G_MAXUINT32 : (guint32)(((guint64)1 << (32 - level)) - 1);

  return (x | mask) >= box.x0 && (x & ~mask) <= box.x1 && (y | mask) >= box.y0 &&
         (y & ~mask) <= box.y1;
}

static gboolean
is_within (GwWorldBox box, guint32 x, guint32 y, guint level)
{
  guint32 mask = (guint32)(((guint64)1 << (32 - level)) - 1);

  return (x & ~mask) >= box.x0 && (x | mask) <= box.x1 && (y & ~mask) >= box.y0 &&
         (y | mask) <= box.y1;
}

static void
add_cells (Collector *collector, guint k, guint32 from, guint32 to)
{
  const GwClusterLevel *level = &collector->index->order->levels[k];
  const GwClusterCell *cells = collector->index->cells[k];

  for (guint32 i = from; i < to; i++)
    {
      Item item = { level->first_points[i], level->first_points[i + 1], cells[i].n_points,
                    cells[i].x, cells[i].y };

      if (item.n_points > 0)
        g_array_append_val (collector->items, item);
    }
}

static void
add_item_of_sums (Collector *collector, Item *item, guint64 x, guint64 y)
{
  if (item->n_points == 0)
    return;
  item->x = (guint32)(x / item->n_points);
  item->y = (guint32)(y / item->n_points);
  if (is_reaching (collector->box, item->x, item->y, collector->level))
    g_array_append_vals (collector->items, item, 1);
}

/* Deeper than the stored levels: the points of a stored cell fall into runs of equal cells. */
static void
add_points (Collector *collector, guint32 start, guint32 end)
{
  const GwClusterOrder *order = collector->index->order;
  const guint shift = 32 - collector->level;
  Item item = { start, start, 0, 0, 0 };
  guint64 x = 0, y = 0;

  for (guint32 i = start; i < end; i++)
    {
      if (((order->x[i] ^ order->x[item.start]) | (order->y[i] ^ order->y[item.start])) >> shift !=
          0)
        {
          add_item_of_sums (collector, &item, x, y);
          item = (Item){ i, i, 0, 0, 0 };
          x = y = 0;
        }
      item.end = i + 1;
      if (gw_cluster_index_is_shown (collector->index, i))
        {
          item.n_points++;
          x += order->x[i];
          y += order->y[i];
        }
    }
  add_item_of_sums (collector, &item, x, y);
}

/* All cells of the wanted level below the cells @from to @to of level @k, which lie in the view. */
static void
add_below (Collector *collector, guint k, guint32 from, guint32 to)
{
  const GwClusterLevel *levels = collector->index->order->levels;

  for (; k < collector->level - GW_CLUSTER_MIN_LEVEL && k + 1 < GW_CLUSTER_N_LEVELS; k++)
    {
      from = levels[k].first_children[from];
      to = levels[k].first_children[to];
    }
  if (k == collector->level - GW_CLUSTER_MIN_LEVEL)
    add_cells (collector, k, from, to);
  else
    add_points (collector, levels[k].first_points[from], levels[k].first_points[to]);
}

static void
visit (Collector *collector, guint k, guint32 from, guint32 to)
{
  const GwClusterLevel *levels = collector->index->order->levels;
  guint level = k + GW_CLUSTER_MIN_LEVEL;

  for (guint32 i = from; i < to; i++)
    {
      const GwClusterCell *cell = &collector->index->cells[k][i];

      if (cell->n_points == 0 || !is_reaching (collector->box, cell->x, cell->y, level))
        continue;
      if (level == collector->level || k + 1 == GW_CLUSTER_N_LEVELS ||
          is_within (collector->box, cell->x, cell->y, level))
        add_below (collector, k, i, i + 1);
      else
        visit (collector, k + 1, levels[k].first_children[i], levels[k].first_children[i + 1]);
    }
}

static guint32
clamp_world (double value)
{
  return value <= 0 ? 0 : value >= G_MAXUINT32 ? G_MAXUINT32 : (guint32)value;
}

static GwWorldBox
grow (GwWorldBox box, double margin)
{
  return (GwWorldBox){ clamp_world (box.x0 - margin), clamp_world (box.y0 - margin),
                       clamp_world (box.x1 + margin), clamp_world (box.y1 + margin) };
}

/* Heaviest first; equal ones stay in Z-order. */
static void
sort_items (GArray *items)
{
  g_autofree Item *spare = g_new (Item, items->len + 1);
  g_autofree guint32 *counts = g_new (guint32, N_DIGITS);
  Item *from = (Item *)(gpointer)items->data, *to = spare;
  guint32 heaviest = 0;

  for (guint i = 0; i < items->len; i++)
    heaviest = MAX (heaviest, from[i].n_points);
  for (guint shift = 0; shift < 32 && (heaviest >> shift) != 0; shift += DIGIT_BITS)
    {
      Item *other = from;
      guint32 sum = 0;

      memset (counts, 0, sizeof *counts * N_DIGITS);
      for (guint i = 0; i < items->len; i++)
        counts[from[i].n_points >> shift & (N_DIGITS - 1)]++;
      for (guint digit = N_DIGITS; digit-- > 0;)
        {
          guint32 count = counts[digit];

          counts[digit] = sum;
          sum += count;
        }
      for (guint i = 0; i < items->len; i++)
        to[counts[from[i].n_points >> shift & (N_DIGITS - 1)]++] = from[i];
      from = to;
      to = other;
    }
  if ((gpointer)from != (gpointer)items->data)
    memcpy (items->data, from, sizeof *from * items->len);
}

/* Items in square buckets no smaller than the radius: neighbours are in the eight around. */
typedef struct
{
  GwWorldBox box;
  double size;
  guint n_columns, n_rows;
  gint *heads; /* owned: item or -1 */
  gint *nexts; /* owned: the next item of the same bucket; -2 for one that is taken */
} Buckets;

#define TAKEN -2

static guint
get_bucket (double offset, double size, guint n)
{
  return offset <= 0 ? 0 : (guint)MIN (offset / size, (double)(n - 1));
}

static void
buckets_init (Buckets *buckets, GwWorldBox box, double radius, const GArray *items)
{
  double width = (double)box.x1 - box.x0, height = (double)box.y1 - box.y0;

  buckets->box = box;
  buckets->size = MAX (radius, MAX (width, height) / MAX_BUCKETS);
  buckets->n_columns = (guint)(width / buckets->size) + 1;
  buckets->n_rows = (guint)(height / buckets->size) + 1;
  buckets->heads = g_new (gint, buckets->n_columns * buckets->n_rows);
  buckets->nexts = g_new (gint, items->len + 1);
  memset (buckets->heads, 0xff, sizeof (gint) * buckets->n_columns * buckets->n_rows);
  /* From the last: the heaviest of a bucket comes first. */
  for (guint i = items->len; i-- > 0;)
    {
      const Item *item = &g_array_index (items, Item, i);
      guint column = get_bucket ((double)item->x - box.x0, buckets->size, buckets->n_columns);
      guint row = get_bucket ((double)item->y - box.y0, buckets->size, buckets->n_rows);
      gint *head = &buckets->heads[row * buckets->n_columns + column];

      buckets->nexts[i] = *head;
      *head = (gint)i;
    }
}

static void
buckets_clear (Buckets *buckets)
{
  g_free (buckets->heads);
  g_free (buckets->nexts);
}

/* Takes out of one bucket what lies within the radius of item @seed, and appends it to @taken,
 * where the seed itself is already. */
static void
take_near (
    Buckets *buckets, guint bucket, guint seed, double radius, const GArray *items, GArray *taken)
{
  const Item *centre = &g_array_index (items, Item, seed);
  gint *link = &buckets->heads[bucket];

  while (*link >= 0)
    {
      gint i = *link;
      const Item *item = &g_array_index (items, Item, i);
      double dx = (double)item->x - centre->x, dy = (double)item->y - centre->y;

      if (dx * dx + dy * dy <= radius * radius)
        {
          *link = buckets->nexts[i];
          buckets->nexts[i] = TAKEN;
          if ((guint)i != seed)
            g_array_append_vals (taken, item, 1);
        }
      else
        {
          link = &buckets->nexts[i];
        }
    }
}

static void
take_around (Buckets *buckets, guint seed, double radius, const GArray *items, GArray *taken)
{
  const Item *centre = &g_array_index (items, Item, seed);
  guint column =
      get_bucket ((double)centre->x - buckets->box.x0, buckets->size, buckets->n_columns);
  guint row = get_bucket ((double)centre->y - buckets->box.y0, buckets->size, buckets->n_rows);

  g_array_append_vals (taken, centre, 1);
  for (guint y = row > 0 ? row - 1 : 0; y <= MIN (row + 1, buckets->n_rows - 1); y++)
    {
      for (guint x = column > 0 ? column - 1 : 0; x <= MIN (column + 1, buckets->n_columns - 1);
           x++)
        take_near (buckets, y * buckets->n_columns + x, seed, radius, items, taken);
    }
}

static guint32
find_first_row (const GwClusterIndex *index, const Item *item)
{
  guint32 position = item->start;

  while (position + 1 < item->end && !gw_cluster_index_is_shown (index, position))
    position++;
  return index->order->rows[position];
}

/* Closes the cluster that the items from @start on make. */
static void
add_cluster (GwClusterView *view, guint start)
{
  const Item *items = (const Item *)(gpointer)view->items->data;
  GwCluster cluster = { 0 };
  guint64 x = 0, y = 0;

  for (guint i = start; i < view->items->len; i++)
    {
      cluster.n_points += items[i].n_points;
      x += (guint64)items[i].x * items[i].n_points;
      y += (guint64)items[i].y * items[i].n_points;
    }
  cluster.x = (guint32)(x / cluster.n_points);
  cluster.y = (guint32)(y / cluster.n_points);
  cluster.first = find_first_row (view->index, &items[start]);
  g_array_append_val (view->clusters, cluster);
  g_array_append_val (view->starts, start);
}

static void
merge (GwClusterView *view, const GArray *items, GwWorldBox box, double radius)
{
  Buckets buckets;

  buckets_init (&buckets, box, radius, items);
  for (guint i = 0; i < items->len; i++)
    {
      guint start = view->items->len;

      if (buckets.nexts[i] == TAKEN)
        continue;
      take_around (&buckets, i, radius, items, view->items);
      add_cluster (view, start);
    }
  buckets_clear (&buckets);
}

static void
keep_apart (GwClusterView *view, const GArray *items)
{
  for (guint i = 0; i < items->len; i++)
    {
      g_array_append_val (view->items, g_array_index (items, Item, i));
      add_cluster (view, i);
    }
}

GwClusterView *
gw_cluster_index_query (const GwClusterIndex *index, GwWorldBox view, double zoom, double radius_px)
{
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (Item));
  GwClusterView *self = g_atomic_rc_box_new0 (GwClusterView);
  double radius = MAX (radius_px, 0) * gw_mercator_units_per_px (zoom);
  Collector collector = { .index = index, .items = items };
  guint n_items;

  self->index = gw_cluster_index_ref (index);
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint));
  self->clusters = g_array_new (FALSE, FALSE, sizeof (GwCluster));
  collector.box = grow (view, radius);
  collector.level = (guint)CLAMP (floor (zoom) + 3, GW_CLUSTER_MIN_LEVEL, GW_CLUSTER_SORT_LEVEL);
  visit (&collector, 0, 0, index->order->levels[0].n_cells);
  sort_items (items);
  if (radius > 0)
    merge (self, items, collector.box, radius);
  else
    keep_apart (self, items);
  n_items = self->items->len;
  g_array_append_val (self->starts, n_items);
  return self;
}

GwClusterView *
gw_cluster_view_ref (GwClusterView *view)
{
  return g_atomic_rc_box_acquire (view);
}

static void
view_clear (gpointer data)
{
  GwClusterView *self = data;

  gw_cluster_index_unref (self->index);
  g_array_unref (self->items);
  g_array_unref (self->starts);
  g_array_unref (self->clusters);
}

void
gw_cluster_view_unref (GwClusterView *view)
{
  g_atomic_rc_box_release_full (view, view_clear);
}

const GwCluster *
gw_cluster_view_get_clusters (const GwClusterView *view, guint *n_clusters)
{
  *n_clusters = view->clusters->len;
  return (const GwCluster *)(gpointer)view->clusters->data;
}

gint
gw_cluster_view_find (const GwClusterView *view, GwWorldPoint place, double reach)
{
  double best = reach * reach;
  gint found = -1;

  for (guint i = 0; i < view->clusters->len; i++)
    {
      const GwCluster *cluster = &g_array_index (view->clusters, GwCluster, i);
      double dx = (double)cluster->x - place.x, dy = (double)cluster->y - place.y;

      if (dx * dx + dy * dy <= best)
        {
          best = dx * dx + dy * dy;
          found = (gint)i;
        }
    }
  return found;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const guint32 *left = a, *right = b;

  return (*left > *right) - (*left < *right);
}

GArray *
gw_cluster_view_dup_members (const GwClusterView *view, guint i, guint limit)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint32));

  g_return_val_if_fail (i < view->clusters->len, rows);

  for (guint k = g_array_index (view->starts, guint, i);
       k < g_array_index (view->starts, guint, i + 1); k++)
    {
      const Item *item = &g_array_index (view->items, Item, k);

      for (guint32 at = item->start; at < item->end && (limit == 0 || rows->len < limit); at++)
        {
          if (gw_cluster_index_is_shown (view->index, at))
            g_array_append_val (rows, view->index->order->rows[at]);
        }
    }
  g_array_sort (rows, compare_rows);
  return rows;
}

GwWorldBox
gw_cluster_view_get_extent (const GwClusterView *view, guint i)
{
  const GwClusterOrder *order = view->index->order;
  GwWorldBox box = { G_MAXUINT32, G_MAXUINT32, 0, 0 };

  g_return_val_if_fail (i < view->clusters->len, box);

  for (guint k = g_array_index (view->starts, guint, i);
       k < g_array_index (view->starts, guint, i + 1); k++)
    {
      const Item *item = &g_array_index (view->items, Item, k);

      for (guint32 at = item->start; at < item->end; at++)
        {
          if (!gw_cluster_index_is_shown (view->index, at))
            continue;
          box.x0 = MIN (box.x0, order->x[at]);
          box.y0 = MIN (box.y0, order->y[at]);
          box.x1 = MAX (box.x1, order->x[at]);
          box.y1 = MAX (box.y1, order->y[at]);
        }
    }
  return box;
}
