/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-locate-build-private.h"

#include "gw-column-private.h"

#include <stdlib.h>

#define MAX_CELLS_BITS 9
#define IS_SPLIT 0x80000000u

/* The last lattice column of a sub-cell, from the box. The grid may reach beyond the box. */
static guint32
get_east (const GwLocateBuilder *self, guint column)
{
  guint64 east = ((guint64)(column + 1) << self->locate->shift_x) - 1;

  return (guint32)MIN (east, (guint64)self->locate->width);
}

/* Numbers the top cells that any edge touches: those are split. Returns how many. */
static guint32
split_tops (GwLocateBuilder *self)
{
  gsize n_tops = (gsize)self->locate->n_columns * self->locate->n_rows;
  guint32 n_splits = 0;

  self->tops = g_new0 (guint32, n_tops);
  for (guint row = 0; row < self->n_rows; row++)
    {
      guint32 *tops = self->tops + (gsize)(row >> GW_LOCATE_SUB_BITS) * self->locate->n_columns;

      for (gsize i = self->touches.starts[row]; i < self->touches.starts[row + 1]; i++)
        tops[self->touches.marks[i].place >> GW_LOCATE_SUB_BITS] = IS_SPLIT;
    }
  for (gsize i = 0; i < n_tops; i++)
    {
      if (self->tops[i] == IS_SPLIT)
        self->tops[i] |= n_splits++;
    }
  return n_splits;
}

/* Plain top cells take their area from the sweep along their southern row. */
static void
label_plain_tops (GwLocateBuilder *self, GwLocateSweep *sweep, guint top_row)
{
  GwLocate *locate = self->locate;
  guint32 *tops = self->tops + (gsize)top_row * locate->n_columns;

  gw_locate_sweep_start (sweep, &self->crossings, top_row << GW_LOCATE_SUB_BITS);
  for (guint column = 0; column < locate->n_columns; column++)
    {
      if ((tops[column] & IS_SPLIT) != 0)
        continue;
      gw_locate_sweep_to (sweep, get_east (self, ((column + 1) << GW_LOCATE_SUB_BITS) - 1));
      tops[column] = gw_locate_sweep_get_lowest (sweep);
    }
}

/* One row of sub-cells through the split cells of its top row. @mixed takes the places of mixed
 * ones; as those of one top cell do not follow each other, they get their numbers later. */
static void
label_sub_row (GwLocateBuilder *self, GwLocateSweep *sweep, guint row, GArray *mixed)
{
  GwLocate *locate = self->locate;
  const guint32 *tops = self->tops + (gsize)(row >> GW_LOCATE_SUB_BITS) * locate->n_columns;
  const GwLocateMark *mark = self->touches.marks + self->touches.starts[row];
  const GwLocateMark *end = self->touches.marks + self->touches.starts[row + 1];
  guint sub_row = (row & ((1u << GW_LOCATE_SUB_BITS) - 1)) << GW_LOCATE_SUB_BITS;

  gw_locate_sweep_start (sweep, &self->crossings, row);
  for (guint column = 0; column < self->n_columns; column++)
    {
      guint32 top = tops[column >> GW_LOCATE_SUB_BITS];
      guint32 east, at;
      const GwLocateMark *first = mark;

      if ((top & IS_SPLIT) == 0)
        {
          column |= (1u << GW_LOCATE_SUB_BITS) - 1;
          continue;
        }
      east = get_east (self, column);
      gw_locate_sweep_to (sweep, east);
      while (mark < end && mark->place == column)
        mark++;
      at = (top & ~IS_SPLIT) * GW_LOCATE_SUBS + sub_row +
           (column & ((1u << GW_LOCATE_SUB_BITS) - 1));
      if (mark == first)
        {
          locate->subs[at] = gw_locate_sweep_get_lowest (sweep);
        }
      else
        {
          g_array_append_val (mixed, at);
          gw_locate_add_mixed (self, sweep, first, (gsize)(mark - first),
                               (GwPoint){
                                   (gint32)(locate->box.x0 + (gint64)east),
                                   (gint32)(((gint64)row << locate->shift_y) + locate->box.y0) });
        }
    }
}

typedef struct
{
  guint32 at;     /* place in subs */
  guint32 offset; /* of its words */
} Mixed;

static int
compare_mixed (gconstpointer a, gconstpointer b)
{
  const Mixed *left = a, *right = b;

  return (left->at > right->at) - (left->at < right->at);
}

/* Numbers the mixed sub-cells within their cells and writes the numbers into subs. */
static void
number_mixed (GwLocateBuilder *self, const GArray *places)
{
  GwLocate *locate = self->locate;
  guint n = places->len, next = 0;
  g_autofree Mixed *mixed = g_new (Mixed, n + 1);

  for (guint i = 0; i < n; i++)
    mixed[i] =
        (Mixed){ g_array_index (places, guint32, i), g_array_index (self->offsets, guint32, i) };
  qsort (mixed, n, sizeof *mixed, compare_mixed);
  locate->mixed_bases = g_new (guint32, locate->n_splits + 1);
  locate->mixed_offsets = g_new (guint32, n + 1);
  locate->n_mixed = n;
  for (gsize split = 0; split < locate->n_splits; split++)
    {
      guint32 base = next;

      locate->mixed_bases[split] = base;
      for (; next < n && mixed[next].at < (split + 1) * GW_LOCATE_SUBS; next++)
        {
          locate->subs[mixed[next].at] = (guint16)(GW_LOCATE_MIXED | (next - base));
          locate->mixed_offsets[next] = mixed[next].offset;
        }
    }
}

static void
label_cells (GwLocateBuilder *self)
{
  GwLocate *locate = self->locate;
  g_autoptr (GArray) mixed = g_array_sized_new (FALSE, FALSE, sizeof (guint32),
                                                (guint)self->touches.starts[self->n_rows] / 2);
  g_autoptr (GArray) inside = g_array_new (FALSE, FALSE, sizeof (guint16));
  GwLocateSweep sweep = { .inside = inside };

  locate->subs = gw_column_alloc (locate->n_splits * GW_LOCATE_SUBS + 1, sizeof (guint16));
  for (guint top_row = 0; top_row < locate->n_rows; top_row++)
    {
      label_plain_tops (self, &sweep, top_row);
      for (guint i = 0; i < 1u << GW_LOCATE_SUB_BITS; i++)
        label_sub_row (self, &sweep, (top_row << GW_LOCATE_SUB_BITS) + i, mixed);
    }
  number_mixed (self, mixed);
}

static void
pack_tops (GwLocateBuilder *self)
{
  GwLocate *locate = self->locate;
  gsize n_tops = (gsize)locate->n_columns * locate->n_rows;

  /* One more: reading 32 bits at the last must stay within. */
  locate->tops = g_new0 (guint16, n_tops + 1);
  for (gsize i = 0; i < n_tops; i++)
    {
      guint32 top = self->tops[i];

      locate->tops[i] =
          (guint16)((top & IS_SPLIT) != 0 ? locate->n_areas + (top & ~IS_SPLIT) : top);
    }
}

static void
make_tables (GwLocateBuilder *self)
{
  GwLocate *locate = self->locate;

  guint n_touches = (guint)self->touches.starts[self->n_rows];

  /* Growing by copying would be a third of the work: a mixed sub-cell between two areas has two
   * touches and seven words. */
  self->offsets = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n_touches / 2);
  self->words = g_array_sized_new (FALSE, FALSE, sizeof (guint32), 4 * n_touches);
  self->thresholds = g_array_new (FALSE, FALSE, sizeof (gint32));
  gw_locate_mark_crossings (self);
  label_cells (self);
  pack_tops (self);
  locate->n_words = self->words->len;
  locate->words = g_memdup2 (self->words->data, sizeof (guint32) * self->words->len);
  g_array_unref (self->offsets);
  g_array_unref (self->words);
  g_array_unref (self->thresholds);
  gw_locate_marks_clear (&self->crossings);
}

void
gw_locate_build (GwLocate *locate, const GwRings *const *areas, guint n_areas)
{
  GwLocateBuilder self = { .locate = locate };
  guint bits = MAX_CELLS_BITS;

  locate->n_areas = n_areas;
  gw_locate_collect_edges (&self, areas, n_areas);
  /* Without any edge there is nothing to be in: a box of one point whose only cell says so. */
  if (self.n_edges == 0)
    locate->box = (GwBox){ 0, 0, 0, 0 };
  gw_locate_lay_grid (&self, bits);
  gw_locate_mark_touches (&self);
  locate->n_splits = split_tops (&self);
  /* Areas and split cells share 16 bits. A tangle that splits too many takes a coarser grid. */
  while (locate->n_splits + n_areas >= GW_LOCATE_NONE)
    {
      gw_locate_marks_clear (&self.touches);
      g_clear_pointer (&self.tops, g_free);
      gw_locate_lay_grid (&self, --bits);
      gw_locate_mark_touches (&self);
      locate->n_splits = split_tops (&self);
    }
  make_tables (&self);
  gw_locate_marks_clear (&self.touches);
  g_free (self.tops);
  g_free (self.edge_areas);
  g_free (self.edges);
}
