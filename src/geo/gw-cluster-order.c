/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-cluster-private.h"

#include "gw-column-private.h"

#include <stdlib.h>

/* A key: 18 bits of either axis interleaved, above the number of the row. */
#define AXIS_BITS 18
#define ROW_BITS (64 - 2 * AXIS_BITS)
#define DIGIT_BITS 12
#define N_PASSES (2 * AXIS_BITS / DIGIT_BITS)
#define N_DIGITS (1u << DIGIT_BITS)
#define FINEST_SHIFT (32 - GW_CLUSTER_SORT_LEVEL)
/* How far ahead the copying into order asks for memory. */
#define AHEAD 24

G_STATIC_ASSERT ((G_GUINT64_CONSTANT (1) << ROW_BITS) == GW_CLUSTER_MAX_ROWS);

/* The points as they come, with what the sort needs to know. */
typedef struct
{
  guint32 *x, *y; /* owned, by row */
  guint32 n_points;
  guint32 x0, y0; /* corner of the coarsest stored cell in which the least of each lies */
  guint shift;    /* what keys leave out below */
} Input;

static gboolean
has_place (const gint32 *x, const gint32 *y, gsize row)
{
  return x[row] != GW_LATTICE_NONE && y[row] != GW_LATTICE_NONE;
}

static void
read_input (Input *input, const gint32 *x, const gint32 *y, gsize n)
{
  const guint32 cell = G_MAXUINT32 >> GW_CLUSTER_MIN_LEVEL;
  guint32 x0 = G_MAXUINT32, y0 = G_MAXUINT32, x1 = 0, y1 = 0, extent;

  input->x = gw_column_alloc (n, sizeof (guint32));
  input->y = gw_column_alloc (n, sizeof (guint32));
  input->n_points = 0;
  gw_mercator_project_many (x, y, n, input->x, input->y);
  for (gsize row = 0; row < n; row++)
    {
      if (!has_place (x, y, row))
        continue;
      input->n_points++;
      x0 = MIN (x0, input->x[row]);
      y0 = MIN (y0, input->y[row]);
      x1 = MAX (x1, input->x[row]);
      y1 = MAX (y1, input->y[row]);
    }
  input->x0 = x0 & ~cell;
  input->y0 = y0 & ~cell;
  input->shift = FINEST_SHIFT;
  extent = input->n_points == 0 ? 0 : MAX (x1 - input->x0, y1 - input->y0);
  while (extent >> input->shift >> AXIS_BITS != 0)
    input->shift++;
}

/* Counted from the corner of a stored cell, the Z-order is not that of the world, but the points of
 * each stored cell stand together all the same, and a district across a coarse line of the world
 * needs no more bits than any other. */
static void
make_keys (const Input *input, const gint32 *x, const gint32 *y, gsize n, guint64 *keys)
{
  gsize at = 0;

  for (gsize row = 0; row < n; row++)
    {
      guint64 key = gw_morton_encode ((input->x[row] - input->x0) >> input->shift,
                                      (input->y[row] - input->y0) >> input->shift);

      keys[at] = key << ROW_BITS | row;
      at += has_place (x, y, row);
    }
}

/* Least significant digit first, on the upper bits; stable, so equal keys stay in row order.
 * Returns whichever of the two buffers holds the result. */
static guint64 *
sort_keys (guint64 *keys, guint64 *spare, gsize n)
{
  g_autofree guint32 *counts = g_new0 (guint32, N_PASSES * N_DIGITS);

  for (gsize i = 0; i < n; i++)
    {
      for (guint pass = 0; pass < N_PASSES; pass++)
        counts[pass * N_DIGITS + (keys[i] >> (ROW_BITS + pass * DIGIT_BITS) & (N_DIGITS - 1))]++;
    }
  for (guint pass = 0; pass < N_PASSES; pass++)
    {
      guint32 *at = counts + pass * N_DIGITS, sum = 0;
      guint64 *other = keys;

      for (guint digit = 0; digit < N_DIGITS; digit++)
        {
          guint32 count = at[digit];

          at[digit] = sum;
          sum += count;
        }
      for (gsize i = 0; i < n; i++)
        spare[at[keys[i] >> (ROW_BITS + pass * DIGIT_BITS) & (N_DIGITS - 1)]++] = keys[i];
      keys = spare;
      spare = other;
    }
  return keys;
}

typedef struct
{
  guint64 key;
  guint32 row;
} FullKey;

static guint32
get_row (guint64 key)
{
  return (guint32)(key & (GW_CLUSTER_MAX_ROWS - 1));
}

static int
compare_full_keys (gconstpointer a, gconstpointer b)
{
  const FullKey *left = a, *right = b;

  if (left->key != right->key)
    return left->key < right->key ? -1 : 1;
  return (left->row > right->row) - (left->row < right->row);
}

static void
sort_run (const Input *input, guint64 *keys, gsize n)
{
  g_autofree FullKey *full = g_new (FullKey, n);

  for (gsize i = 0; i < n; i++)
    {
      guint32 row = get_row (keys[i]);

      full[i] = (FullKey){
        gw_morton_encode (input->x[row] >> FINEST_SHIFT, input->y[row] >> FINEST_SHIFT), row
      };
    }
  qsort (full, n, sizeof *full, compare_full_keys);
  for (gsize i = 0; i < n; i++)
    keys[i] = full[i].row;
}

/* Points of one district are in order already; points that are spread over the world are not down
 * to the last level, so runs of equal keys are sorted by the whole key. */
static void
sort_finer (const Input *input, guint64 *keys, gsize n)
{
  if (input->shift == FINEST_SHIFT)
    return;
  for (gsize start = 0, end; start < n; start = end)
    {
      for (end = start + 1; end < n && keys[end] >> ROW_BITS == keys[start] >> ROW_BITS; end++)
        ;
      if (end > start + 1)
        sort_run (input, keys + start, end - start);
    }
}

static void
sort_points (GwClusterOrder *self, const gint32 *x, const gint32 *y, gsize n)
{
  Input input;
  guint64 *keys = gw_column_alloc (n + 1, sizeof *keys);
  guint64 *spare = gw_column_alloc (n + 1, sizeof *keys);
  guint64 *sorted;

  read_input (&input, x, y, n);
  make_keys (&input, x, y, n, keys);
  sorted = sort_keys (keys, spare, input.n_points);
  sort_finer (&input, sorted, input.n_points);
  self->n_points = input.n_points;
  self->rows = gw_column_alloc (input.n_points, sizeof *self->rows);
  self->x = gw_column_alloc (input.n_points, sizeof *self->x);
  self->y = gw_column_alloc (input.n_points, sizeof *self->y);
  for (guint32 i = 0; i < input.n_points; i++)
    {
      guint32 row = get_row (sorted[i]);
      guint32 next = get_row (sorted[MIN (i + AHEAD, input.n_points - 1)]);

      __builtin_prefetch (&input.x[next]);
      __builtin_prefetch (&input.y[next]);
      self->rows[i] = row;
      self->x[i] = input.x[row];
      self->y[i] = input.y[row];
    }
  g_free (keys);
  g_free (spare);
  g_free (input.x);
  g_free (input.y);
}

/* The level of the smallest cell that holds both points: a new cell begins on all deeper ones. */
static guint
get_common_level (const GwClusterOrder *self, guint32 position)
{
  guint32 differing;

  if (position == 0)
    return 0;
  differing =
      (self->x[position] ^ self->x[position - 1]) | (self->y[position] ^ self->y[position - 1]);
  return differing == 0 ? 32 : (guint)__builtin_clz (differing);
}

static void
count_cells (GwClusterOrder *self)
{
  guint32 begins[33] = { 0 };
  guint32 sum = 0;

  for (guint32 i = 0; i < self->n_points; i++)
    begins[get_common_level (self, i)]++;
  for (guint level = 0; level <= GW_CLUSTER_MAX_LEVEL; level++)
    {
      if (level >= GW_CLUSTER_MIN_LEVEL)
        self->levels[level - GW_CLUSTER_MIN_LEVEL].n_cells = sum;
      sum += begins[level];
    }
}

static void
build_levels (GwClusterOrder *self)
{
  guint32 at[GW_CLUSTER_N_LEVELS] = { 0 };

  count_cells (self);
  for (guint k = 0; k < GW_CLUSTER_N_LEVELS; k++)
    {
      GwClusterLevel *level = &self->levels[k];

      level->first_points = gw_column_alloc (level->n_cells + 1, sizeof (guint32));
      if (k + 1 < GW_CLUSTER_N_LEVELS)
        level->first_children = gw_column_alloc (level->n_cells + 1, sizeof (guint32));
    }
  for (guint32 i = 0; i <= self->n_points; i++)
    {
      guint common = i < self->n_points ? get_common_level (self, i) : 0;
      guint first = common < GW_CLUSTER_MIN_LEVEL ? 0 : common - GW_CLUSTER_MIN_LEVEL + 1;

      for (guint k = first; k < GW_CLUSTER_N_LEVELS; k++)
        {
          self->levels[k].first_points[at[k]] = i;
          if (k + 1 < GW_CLUSTER_N_LEVELS)
            self->levels[k].first_children[at[k]] = at[k + 1];
          at[k]++;
        }
    }
}

GwClusterOrder *
gw_cluster_order_new (const gint32 *x, const gint32 *y, gsize n)
{
  GwClusterOrder *self = g_atomic_rc_box_new0 (GwClusterOrder);

  self->n_rows = n;
  sort_points (self, x, y, n);
  build_levels (self);
  return self;
}

GwClusterOrder *
gw_cluster_order_ref (GwClusterOrder *order)
{
  return g_atomic_rc_box_acquire (order);
}

static void
order_clear (gpointer data)
{
  GwClusterOrder *self = data;

  g_free (self->rows);
  g_free (self->x);
  g_free (self->y);
  for (guint k = 0; k < GW_CLUSTER_N_LEVELS; k++)
    {
      g_free (self->levels[k].first_points);
      g_free (self->levels[k].first_children);
    }
}

void
gw_cluster_order_unref (GwClusterOrder *order)
{
  g_atomic_rc_box_release_full (order, order_clear);
}
