/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-locate-private.h"

#include "gw-column-private.h"
#include "gw-rings-private.h"

#include <math.h>
#include <string.h>

#define MAX_CELLS_BITS 9
#define IS_SPLIT 0x80000000u
/* Edges of a sub-cell that are compared with each other; most have two or four. */
#define MAX_PARTITION 32

/* An edge in a sub-cell, or the longitude where an edge crosses the south side of a row. Sorted by
 * row, then place, then area. */
typedef struct
{
  guint32 place; /* column, or longitude offset from the box */
  guint32 index; /* edge, or area */
} Mark;

/* Marks by row: counted first, filled second. */
typedef struct
{
  guint n_rows;
  gsize *starts; /* owned, n_rows + 1 */
  Mark *marks;   /* owned */
} MarkTable;

typedef struct
{
  GwPoint a, b; /* southern end first */
} Edge;

typedef struct
{
  GwLocate *locate;
  Edge *edges; /* owned */
  gsize n_edges;
  guint n_columns, n_rows; /* of sub-cells */
  guint16 *edge_areas;     /* owned: the area of each edge */
  MarkTable touches;       /* which edges touch which sub-cells; index = edge */
  MarkTable crossings;     /* index = area */
  guint32 *tops;           /* owned: area, or number of the split cell | IS_SPLIT */
  GArray *offsets, *words; /* owned, guint32 */
  GArray *thresholds;      /* owned, gint32: of the area or sub-cell at hand */
} Builder;

/* The areas around the place of a sweep from west to east. */
typedef struct
{
  const Mark *next, *end;
  GArray *inside; /* owned, guint16, unsorted; one or two entries as a rule */
} Sweep;

static void
collect_edges (Builder *self, const GwRings *const *areas, guint n_areas)
{
  GwLocate *locate = self->locate;
  gsize n = 0, at = 0;

  locate->box = GW_BOX_EMPTY;
  for (guint i = 0; i < n_areas; i++)
    {
      if (areas[i] == NULL)
        continue;
      n += gw_rings_get_n_points (areas[i]);
      locate->box = gw_box_union (locate->box, gw_rings_get_box (areas[i]));
    }
  self->edges = g_new (Edge, n + 1);
  self->edge_areas = g_new (guint16, n + 1);
  for (guint area = 0; area < n_areas; area++)
    {
      for (guint k = 0; areas[area] != NULL && k < gw_rings_get_n_rings (areas[area]); k++)
        {
          guint n_points;
          const GwPoint *points = gw_rings_get_ring (areas[area], k, &n_points);

          for (guint i = 0, j = n_points - 1; i < n_points; j = i++)
            {
              gboolean is_up = points[j].y <= points[i].y;

              self->edges[at].a = points[is_up ? j : i];
              self->edges[at].b = points[is_up ? i : j];
              self->edge_areas[at++] = (guint16)area;
            }
        }
    }
  self->n_edges = at;
}

/* The smallest power of two that cuts a side into at most 2^@bits cells of eight sub-cells. */
static guint
choose_shift (guint32 extent, guint bits)
{
  guint shift = 0;

  while ((extent >> shift) >> (bits + GW_LOCATE_SUB_BITS) != 0)
    shift++;
  return shift;
}

static void
lay_grid (Builder *self, guint bits)
{
  GwLocate *locate = self->locate;

  locate->width = (guint32)locate->box.x1 - (guint32)locate->box.x0;
  locate->height = (guint32)locate->box.y1 - (guint32)locate->box.y0;
  locate->shift_x = choose_shift (locate->width, bits);
  locate->shift_y = choose_shift (locate->height, bits);
  locate->n_columns = (locate->width >> (locate->shift_x + GW_LOCATE_SUB_BITS)) + 1;
  locate->n_rows = (locate->height >> (locate->shift_y + GW_LOCATE_SUB_BITS)) + 1;
  self->n_columns = locate->n_columns << GW_LOCATE_SUB_BITS;
  self->n_rows = locate->n_rows << GW_LOCATE_SUB_BITS;
}

/* The least longitude that is not west of an edge with a.y <= y < b.y. Both factors have at most
 * 32 bits, and the height of an edge 31, so 64 bits hold the product. */
static gint64
get_crossing (const Edge *edge, gint64 y)
{
  gint64 height = (gint64)edge->b.y - edge->a.y;
  gint64 product = ((gint64)edge->b.x - edge->a.x) * (y - edge->a.y);
  gint64 quotient = product / height;

  return edge->a.x + quotient + (product % height > 0);
}

static void
add_mark (MarkTable *table, gsize *at, guint row, guint32 place, guint32 index)
{
  if (table->marks != NULL)
    table->marks[at[row]] = (Mark){ place, index };
  at[row]++;
}

/* Rows whose south side the edge crosses, in the half-open sense. */
static void
mark_crossings (const Builder *self, MarkTable *table, gsize *at, guint32 i)
{
  const GwLocate *locate = self->locate;
  const Edge *edge = &self->edges[i];
  guint32 low = (guint32)edge->a.y - (guint32)locate->box.y0;
  guint32 high = (guint32)edge->b.y - (guint32)locate->box.y0;
  guint64 size = (guint64)1 << locate->shift_y;

  for (guint64 row = (low + size - 1) >> locate->shift_y; row << locate->shift_y < high; row++)
    {
      gint64 y = (gint64)(row << locate->shift_y) + locate->box.y0;

      add_mark (table, at, (guint)row, (guint32)(get_crossing (edge, y) - locate->box.x0),
                self->edge_areas[i]);
    }
}

/* The columns an edge may touch between two latitudes; one lattice unit of slack on either side
 * makes up for rounding. An edge too many in a sub-cell costs time only, one too few the answer. */
static void
get_columns (
    const Builder *self, const Edge *edge, double south, double north, guint *first, guint *last)
{
  const GwLocate *locate = self->locate;
  double height = (double)edge->b.y - edge->a.y, width = (double)edge->b.x - edge->a.x;
  double from = 0, to = 1, west, east;

  if (height > 0)
    {
      from = CLAMP ((south - edge->a.y) / height, 0.0, 1.0);
      to = CLAMP ((north - edge->a.y) / height, 0.0, 1.0);
    }
  west = (double)edge->a.x - locate->box.x0 + width * (width < 0 ? to : from) - 2;
  east = (double)edge->a.x - locate->box.x0 + width * (width < 0 ? from : to) + 2;
  *first = (guint32)CLAMP (west, 0.0, (double)locate->width) >> locate->shift_x;
  *last = (guint32)CLAMP (east, 0.0, (double)locate->width) >> locate->shift_x;
}

static void
mark_touches (const Builder *self, MarkTable *table, gsize *at, guint32 i)
{
  const GwLocate *locate = self->locate;
  const Edge *edge = &self->edges[i];
  guint first_row = ((guint32)edge->a.y - (guint32)locate->box.y0) >> locate->shift_y;
  guint last_row = ((guint32)edge->b.y - (guint32)locate->box.y0) >> locate->shift_y;

  for (guint row = first_row; row <= last_row; row++)
    {
      double south = (double)((guint64)row << locate->shift_y) + locate->box.y0;
      double north = (double)((guint64)(row + 1) << locate->shift_y) + locate->box.y0;
      guint first, last;

      get_columns (self, edge, south - 1, north, &first, &last);
      for (guint column = first; column <= last; column++)
        add_mark (table, at, row, column, i);
    }
}

typedef void (*MarkFunc) (const Builder *self, MarkTable *table, gsize *at, guint32 edge);

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const Mark *left = a, *right = b;

  if (left->place != right->place)
    return left->place < right->place ? -1 : 1;
  return (left->index > right->index) - (left->index < right->index);
}

static void
fill_table (const Builder *self, MarkTable *table, MarkFunc mark)
{
  g_autofree gsize *at = g_new0 (gsize, self->n_rows + 1);
  gsize sum = 0;

  table->n_rows = self->n_rows;
  table->starts = g_new (gsize, self->n_rows + 1);
  for (guint32 i = 0; i < self->n_edges; i++)
    mark (self, table, at, i);
  for (guint row = 0; row <= self->n_rows; row++)
    {
      table->starts[row] = sum;
      sum += at[row];
      at[row] = table->starts[row];
    }
  table->marks = g_new (Mark, sum + 1);
  for (guint32 i = 0; i < self->n_edges; i++)
    mark (self, table, at, i);
  for (guint row = 0; row < self->n_rows; row++)
    qsort (table->marks + table->starts[row], table->starts[row + 1] - table->starts[row],
           sizeof (Mark), compare_marks);
}

static void
clear_table (MarkTable *table)
{
  g_free (table->starts);
  g_free (table->marks);
}

static void
toggle (GArray *inside, guint16 area)
{
  for (guint i = 0; i < inside->len; i++)
    {
      if (g_array_index (inside, guint16, i) == area)
        {
          g_array_remove_index_fast (inside, i);
          return;
        }
    }
  g_array_append_val (inside, area);
}

static void
sweep_to (Sweep *sweep, guint32 place)
{
  for (; sweep->next < sweep->end && sweep->next->place <= place; sweep->next++)
    toggle (sweep->inside, (guint16)sweep->next->index);
}

static void
sweep_start (Sweep *sweep, const MarkTable *crossings, guint row)
{
  sweep->next = crossings->marks + crossings->starts[row];
  sweep->end = crossings->marks + crossings->starts[row + 1];
  g_array_set_size (sweep->inside, 0);
}

static gboolean
sweep_is_inside (const Sweep *sweep, guint16 area)
{
  for (guint i = 0; i < sweep->inside->len; i++)
    {
      if (g_array_index (sweep->inside, guint16, i) == area)
        return TRUE;
    }
  return FALSE;
}

static guint16
sweep_get_lowest (const Sweep *sweep)
{
  guint16 lowest = GW_LOCATE_NONE;

  for (guint i = 0; i < sweep->inside->len; i++)
    lowest = MIN (lowest, g_array_index (sweep->inside, guint16, i));
  return lowest;
}

/* The last lattice column of a sub-cell, from the box. The grid may reach beyond the box. */
static guint32
get_east (const Builder *self, guint column)
{
  guint64 east = ((guint64)(column + 1) << self->locate->shift_x) - 1;

  return (guint32)MIN (east, (guint64)self->locate->width);
}

static void
add_word (Builder *self, guint32 word)
{
  g_array_append_val (self->words, word);
}

static gsize
count_same_area (const Builder *self, const Mark *marks, gsize n)
{
  gsize same = 1;

  while (same < n && self->edge_areas[marks[same].index] == self->edge_areas[marks[0].index])
    same++;
  return same;
}

static void
toggle_latitude (GArray *list, gint32 y)
{
  for (guint i = 0; i < list->len; i++)
    {
      if (g_array_index (list, gint32, i) == y)
        {
          g_array_remove_index_fast (list, i);
          return;
        }
    }
  g_array_append_val (list, y);
}

/* Ends of listed edges that lie east of the sub-cell and within its rows. Two that meet out of
 * sight undo each other, so a latitude that stands there already goes again. */
static void
collect_thresholds (const Builder *self, const Mark *marks, gsize n, GwPoint corner, GArray *list)
{
  gint64 north = (gint64)corner.y + ((gint64)1 << self->locate->shift_y);

  for (gsize i = 0; i < n; i++)
    {
      const Edge *edge = &self->edges[marks[i].index];
      const GwPoint ends[2] = { edge->a, edge->b };

      for (guint k = 0; k < 2; k++)
        {
          if (ends[k].x > corner.x && ends[k].y > corner.y && ends[k].y < north)
            toggle_latitude (list, ends[k].y);
        }
    }
}

static void
add_edges (Builder *self, const Mark *marks, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      const Edge *edge = &self->edges[marks[i].index];

      /* A level edge has made its sub-cells mixed and meets no ray. */
      if (edge->a.y != edge->b.y)
        g_array_append_vals (self->words, edge, 4);
    }
}

static guint
count_slanted (const Builder *self, const Mark *marks, gsize n)
{
  guint count = 0;

  for (gsize i = 0; i < n; i++)
    count += self->edges[marks[i].index].a.y != self->edges[marks[i].index].b.y;
  return count;
}

static gboolean
get_parity (const Builder *self, const Mark *marks, gsize n, gboolean is_inside, GwPoint corner)
{
  for (gsize i = 0; i < n; i++)
    {
      const Edge *edge = &self->edges[marks[i].index];

      is_inside ^= gw_edge_is_east (edge->a, edge->b, corner);
    }
  return is_inside;
}

/* One area of a mixed sub-cell whose south-east lattice point is @corner. */
static void
add_area (Builder *self, const Mark *marks, gsize n, gboolean is_inside, GwPoint corner)
{
  guint n_edges = count_slanted (self, marks, n);
  gboolean parity = get_parity (self, marks, n, is_inside, corner);

  add_word (self, self->edge_areas[marks->index] | (parity ? GW_LOCATE_MIXED : 0) |
                      MIN (n_edges, G_MAXUINT16) << 16);
  if (n_edges >= G_MAXUINT16)
    add_word (self, n_edges);
  g_array_set_size (self->thresholds, 0);
  collect_thresholds (self, marks, n, corner, self->thresholds);
  add_word (self, self->thresholds->len);
  add_edges (self, marks, n);
  if (self->thresholds->len > 0)
    g_array_append_vals (self->words, self->thresholds->data, self->thresholds->len);
}

static gboolean
is_same_edge (const Edge *a, const Edge *b)
{
  return memcmp (a, b, sizeof *a) == 0;
}

/* Whether every slanted edge stands there an even number of times. */
static gboolean
is_paired (const Builder *self, const Mark *marks, gsize n)
{
  guint8 is_used[MAX_PARTITION] = { 0 };

  for (gsize i = 0; i < n; i++)
    {
      const Edge *edge = &self->edges[marks[i].index];
      gsize twin = i + 1;

      if (is_used[i] || edge->a.y == edge->b.y)
        continue;
      while (twin < n && (is_used[twin] || !is_same_edge (edge, &self->edges[marks[twin].index])))
        twin++;
      if (twin == n)
        return FALSE;
      is_used[twin] = TRUE;
    }
  return TRUE;
}

/* Whether the areas that have edges here hold every point an odd number of times: then a point
 * that is in none but the last must be in the last, which need not be asked. That is so when all
 * edges and thresholds meet their like and the parities sum to odd; in a sub-cell between two
 * neighbours of a partition it always is. */
static gboolean
is_partition (Builder *self, const Sweep *sweep, const Mark *marks, gsize n, GwPoint corner)
{
  gboolean parity = FALSE;

  if (n > MAX_PARTITION || !is_paired (self, marks, n))
    return FALSE;
  g_array_set_size (self->thresholds, 0);
  collect_thresholds (self, marks, n, corner, self->thresholds);
  if (self->thresholds->len > 0)
    return FALSE;
  for (gsize i = 0; i < n;)
    {
      gsize same = count_same_area (self, marks + i, n - i);
      guint16 area = self->edge_areas[marks[i].index];

      parity ^= get_parity (self, marks + i, same, sweep_is_inside (sweep, area), corner);
      i += same;
    }
  return parity;
}

/* The lowest area that covers the sub-cell without an edge in it. */
static guint16
find_terminal (const Builder *self, const Sweep *sweep, const Mark *marks, gsize n)
{
  guint16 lowest = GW_LOCATE_NONE;

  for (guint i = 0; i < sweep->inside->len; i++)
    {
      guint16 area = g_array_index (sweep->inside, guint16, i);
      gboolean has_edge = FALSE;

      for (gsize k = 0; k < n && !has_edge; k++)
        has_edge = self->edge_areas[marks[k].index] == area;
      if (!has_edge)
        lowest = MIN (lowest, area);
    }
  return lowest;
}

/* Writes the words of a mixed sub-cell; @marks are its edges, grouped by area because edges are
 * numbered by area. */
static void
add_mixed (Builder *self, const Sweep *sweep, const Mark *marks, gsize n, GwPoint corner)
{
  guint16 terminal = find_terminal (self, sweep, marks, n);
  guint32 start = self->words->len;
  gsize n_asked = n;
  guint n_areas = 0;

  if (terminal == GW_LOCATE_NONE && is_partition (self, sweep, marks, n, corner))
    {
      terminal = self->edge_areas[marks[n - 1].index];
      while (n_asked > 0 && self->edge_areas[marks[n_asked - 1].index] == terminal)
        n_asked--;
    }

  g_array_append_val (self->offsets, start);
  add_word (self, 0);
  for (gsize i = 0; i < n;)
    {
      gsize same = count_same_area (self, marks + i, n - i);
      guint16 area = self->edge_areas[marks[i].index];

      if (area < terminal)
        {
          add_area (self, marks + i, same, sweep_is_inside (sweep, area), corner);
          n_areas++;
        }
      i += same;
    }
  g_array_index (self->words, guint32, start) = terminal | n_areas << 16;
}

/* Numbers the top cells that any edge touches: those are split. Returns how many. */
static guint32
split_tops (Builder *self)
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
label_plain_tops (Builder *self, Sweep *sweep, guint top_row)
{
  GwLocate *locate = self->locate;
  guint32 *tops = self->tops + (gsize)top_row * locate->n_columns;

  sweep_start (sweep, &self->crossings, top_row << GW_LOCATE_SUB_BITS);
  for (guint column = 0; column < locate->n_columns; column++)
    {
      if ((tops[column] & IS_SPLIT) != 0)
        continue;
      sweep_to (sweep, get_east (self, ((column + 1) << GW_LOCATE_SUB_BITS) - 1));
      tops[column] = sweep_get_lowest (sweep);
    }
}

/* One row of sub-cells through the split cells of its top row. @mixed takes the places of mixed
 * ones; as those of one top cell do not follow each other, they get their numbers later. */
static void
label_sub_row (Builder *self, Sweep *sweep, guint row, GArray *mixed)
{
  GwLocate *locate = self->locate;
  const guint32 *tops = self->tops + (gsize)(row >> GW_LOCATE_SUB_BITS) * locate->n_columns;
  const Mark *mark = self->touches.marks + self->touches.starts[row];
  const Mark *end = self->touches.marks + self->touches.starts[row + 1];
  guint sub_row = (row & ((1u << GW_LOCATE_SUB_BITS) - 1)) << GW_LOCATE_SUB_BITS;

  sweep_start (sweep, &self->crossings, row);
  for (guint column = 0; column < self->n_columns; column++)
    {
      guint32 top = tops[column >> GW_LOCATE_SUB_BITS];
      guint32 east, at;
      const Mark *first = mark;

      if ((top & IS_SPLIT) == 0)
        {
          column |= (1u << GW_LOCATE_SUB_BITS) - 1;
          continue;
        }
      east = get_east (self, column);
      sweep_to (sweep, east);
      while (mark < end && mark->place == column)
        mark++;
      at = (top & ~IS_SPLIT) * GW_LOCATE_SUBS + sub_row +
           (column & ((1u << GW_LOCATE_SUB_BITS) - 1));
      if (mark == first)
        {
          locate->subs[at] = sweep_get_lowest (sweep);
        }
      else
        {
          g_array_append_val (mixed, at);
          add_mixed (self, sweep, first, (gsize)(mark - first),
                     (GwPoint){ (gint32)(locate->box.x0 + (gint64)east),
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
number_mixed (Builder *self, const GArray *places)
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
label_cells (Builder *self)
{
  GwLocate *locate = self->locate;
  g_autoptr (GArray) mixed = g_array_sized_new (FALSE, FALSE, sizeof (guint32),
                                                (guint)self->touches.starts[self->n_rows] / 2);
  g_autoptr (GArray) inside = g_array_new (FALSE, FALSE, sizeof (guint16));
  Sweep sweep = { .inside = inside };

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
pack_tops (Builder *self)
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
make_tables (Builder *self)
{
  GwLocate *locate = self->locate;

  guint n_touches = (guint)self->touches.starts[self->n_rows];

  /* Growing by copying would be a third of the work: a mixed sub-cell between two areas has two
   * touches and seven words. */
  self->offsets = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n_touches / 2);
  self->words = g_array_sized_new (FALSE, FALSE, sizeof (guint32), 4 * n_touches);
  self->thresholds = g_array_new (FALSE, FALSE, sizeof (gint32));
  fill_table (self, &self->crossings, mark_crossings);
  label_cells (self);
  pack_tops (self);
  locate->n_words = self->words->len;
  locate->words = g_memdup2 (self->words->data, sizeof (guint32) * self->words->len);
  g_array_unref (self->offsets);
  g_array_unref (self->words);
  g_array_unref (self->thresholds);
  clear_table (&self->crossings);
}

void
gw_locate_build (GwLocate *locate, const GwRings *const *areas, guint n_areas)
{
  Builder self = { .locate = locate };
  guint bits = MAX_CELLS_BITS;

  locate->n_areas = n_areas;
  collect_edges (&self, areas, n_areas);
  /* Without any edge there is nothing to be in: a box of one point whose only cell says so. */
  if (self.n_edges == 0)
    locate->box = (GwBox){ 0, 0, 0, 0 };
  lay_grid (&self, bits);
  fill_table (&self, &self.touches, mark_touches);
  locate->n_splits = split_tops (&self);
  /* Areas and split cells share 16 bits. A tangle that splits too many takes a coarser grid. */
  while (locate->n_splits + n_areas >= GW_LOCATE_NONE)
    {
      clear_table (&self.touches);
      g_free (self.tops);
      lay_grid (&self, --bits);
      fill_table (&self, &self.touches, mark_touches);
      locate->n_splits = split_tops (&self);
    }
  make_tables (&self);
  clear_table (&self.touches);
  g_free (self.tops);
  g_free (self.edge_areas);
  g_free (self.edges);
}
