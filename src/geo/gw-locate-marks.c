/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-locate-build-private.h"

#include <stdlib.h>

void
gw_locate_collect_edges (GwLocateBuilder *self, const GwRings *const *areas, guint n_areas)
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
  self->edges = g_new (GwLocateEdge, n + 1);
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

void
gw_locate_lay_grid (GwLocateBuilder *self, guint bits)
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
get_crossing (const GwLocateEdge *edge, gint64 y)
{
  gint64 height = (gint64)edge->b.y - edge->a.y;
  gint64 product = ((gint64)edge->b.x - edge->a.x) * (y - edge->a.y);
  gint64 quotient = product / height;

  return edge->a.x + quotient + (product % height > 0);
}

static void
add_mark (GwLocateMarks *table, gsize *at, guint row, guint32 place, guint32 index)
{
  if (table->marks != NULL)
    table->marks[at[row]] = (GwLocateMark){ place, index };
  at[row]++;
}

/* Rows whose south side the edge crosses, in the half-open sense. */
static void
mark_crossings (const GwLocateBuilder *self, GwLocateMarks *table, gsize *at, guint32 i)
{
  const GwLocate *locate = self->locate;
  const GwLocateEdge *edge = &self->edges[i];
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
get_columns (const GwLocateBuilder *self,
             const GwLocateEdge *edge,
             double south,
             double north,
             guint *first,
             guint *last)
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
mark_touches (const GwLocateBuilder *self, GwLocateMarks *table, gsize *at, guint32 i)
{
  const GwLocate *locate = self->locate;
  const GwLocateEdge *edge = &self->edges[i];
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

typedef void (*MarkFunc) (const GwLocateBuilder *self,
                          GwLocateMarks *table,
                          gsize *at,
                          guint32 edge);

static int
compare_marks (gconstpointer a, gconstpointer b)
{
  const GwLocateMark *left = a, *right = b;

  if (left->place != right->place)
    return left->place < right->place ? -1 : 1;
  return (left->index > right->index) - (left->index < right->index);
}

static void
fill_table (const GwLocateBuilder *self, GwLocateMarks *table, MarkFunc mark)
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
  table->marks = g_new (GwLocateMark, sum + 1);
  for (guint32 i = 0; i < self->n_edges; i++)
    mark (self, table, at, i);
  for (guint row = 0; row < self->n_rows; row++)
    qsort (table->marks + table->starts[row], table->starts[row + 1] - table->starts[row],
           sizeof (GwLocateMark), compare_marks);
}

void
gw_locate_marks_clear (GwLocateMarks *table)
{
  /* NULL also tells the next filling that it is still counting. */
  g_clear_pointer (&table->starts, g_free);
  g_clear_pointer (&table->marks, g_free);
}

void
gw_locate_mark_touches (GwLocateBuilder *self)
{
  fill_table (self, &self->touches, mark_touches);
}

void
gw_locate_mark_crossings (GwLocateBuilder *self)
{
  fill_table (self, &self->crossings, mark_crossings);
}
