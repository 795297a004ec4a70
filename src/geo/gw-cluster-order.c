/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-cluster-private.h"

#include "gw-column-private.h"

#include <stdlib.h>

#define DIGIT_BITS 11
#define N_DIGITS (1u << DIGIT_BITS)
/* Bits per axis that the first sort looks at, below those that all points have in common. */
#define KEY_BITS 16

/* The points as they come, with what the sort needs to know. */
typedef struct
{
  guint32 *x, *y; /* owned, by row */
  guint32 n_points;
  guint common_bits; /* leading bits that all points share on both axes */
} Input;

static gboolean
has_place (const gint32 *x, const gint32 *y, gsize row)
{
  return x[row] != GW_LATTICE_NONE && y[row] != GW_LATTICE_NONE;
}

static void
read_input (Input *input, const gint32 *x, const gint32 *y, gsize n)
{
  guint32 differing = 0, first_x = 0, first_y = 0;

  input->x = gw_column_alloc (n, sizeof (guint32));
  input->y = gw_column_alloc (n, sizeof (guint32));
  input->n_points = 0;
  gw_mercator_project_many (x, y, n, input->x, input->y);
  for (gsize row = 0; row < n; row++)
    {
      if (!has_place (x, y, row))
        continue;
      if (input->n_points++ == 0)
        {
          first_x = input->x[row];
          first_y = input->y[row];
        }
      differing |= (input->x[row] ^ first_x) | (input->y[row] ^ first_y);
    }
  input->common_bits = differing == 0 ? 31 : (guint)__builtin_clz (differing);
}

static guint32
spread16 (guint32 v)
{
  v = (v | v << 8) & 0x00ff00ff;
  v = (v | v << 4) & 0x0f0f0f0f;
  v = (v | v << 2) & 0x33333333;
  return (v | v << 1) & 0x55555555;
}

/* Upper half: the 32 bits of the Z-order below the common ones; lower half: the row. */
static void
make_keys (const Input *input, const gint32 *x, const gint32 *y, gsize n, guint64 *keys)
{
  guint shift = input->common_bits;
  gsize at = 0;

  for (gsize row = 0; row < n; row++)
    {
      guint32 column_bits = (input->x[row] << shift) >> (32 - KEY_BITS);
      guint32 row_bits = (input->y[row] << shift) >> (32 - KEY_BITS);

      keys[at] = (guint64)(spread16 (column_bits) | spread16 (row_bits) << 1) << 32 | row;
      at += has_place (x, y, row);
    }
}

/* Least significant digit first, on the upper halves; stable, so equal keys stay in row order.
 * Returns whichever of the two buffers holds the result. */
static guint64 *
sort_keys (guint64 *keys, guint64 *spare, gsize n)
{
  g_autofree guint32 *counts = g_new0 (guint32, 3 * N_DIGITS);

  for (gsize i = 0; i < n; i++)
    {
      for (guint pass = 0; pass < 3; pass++)
        counts[pass * N_DIGITS + (keys[i] >> (32 + pass * DIGIT_BITS) & (N_DIGITS - 1))]++;
    }
  for (guint pass = 0; pass < 3; pass++)
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
        spare[at[keys[i] >> (32 + pass * DIGIT_BITS) & (N_DIGITS - 1)]++] = keys[i];
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
  const guint shift = 32 - GW_CLUSTER_SORT_LEVEL;
  g_autofree FullKey *full = g_new (FullKey, n);

  for (gsize i = 0; i < n; i++)
    {
      guint32 row = (guint32)keys[i];

      full[i] = (FullKey){ gw_morton_encode (input->x[row] >> shift, input->y[row] >> shift), row };
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
  if (input->common_bits + KEY_BITS >= GW_CLUSTER_SORT_LEVEL)
    return;
  for (gsize start = 0, end; start < n; start = end)
    {
      for (end = start + 1; end < n && keys[end] >> 32 == keys[start] >> 32; end++)
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
      guint32 row = (guint32)sorted[i];

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
