/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-geometry.h"

#include <math.h>

/* The pole of inaccessibility by branch and bound over square cells (the method of Mapbox's
 * polylabel, 2016): the cell that may still hold the best place is split first. */

/* The largest part and its holes, in lattice units of latitude: longitudes are shrunk by the cosine
 * so that a distance means the same in every direction. */
typedef struct
{
  const GwRings *rings;
  guint first, n;
  double stretch;
} Part;

typedef struct
{
  double x, y, half;
  double distance; /* from the centre to the border, negative outside */
  double best;     /* no point of the cell is farther from the border */
} Cell;

static Part
find_largest_part (const GwRings *rings)
{
  Part part = { rings, 0, 0, 1 };
  double best = -1, area = 0;
  guint first = 0, n_rings = gw_rings_get_n_rings (rings);

  for (guint i = 0; i <= n_rings; i++)
    {
      gboolean is_start = i == n_rings || !gw_rings_is_hole (rings, i);

      if (is_start && i > first && area > best)
        {
          best = area;
          part.first = first;
          part.n = i - first;
        }
      if (i < n_rings && is_start)
        {
          GwBox box = GW_BOX_EMPTY;
          guint n_points;
          const GwPoint *points = gw_rings_get_ring (rings, i, &n_points);

          for (guint k = 0; k < n_points; k++)
            box = gw_box_add_point (box, points[k]);
          /* By the box: cheap, and what a label needs is room. */
          area = ((double)box.x1 - box.x0) * ((double)box.y1 - box.y0);
          first = i;
        }
    }
  return part;
}

static double
get_squared_distance (double px, double py, double ax, double ay, double bx, double by)
{
  double dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
  double t = length2 > 0 ? ((px - ax) * dx + (py - ay) * dy) / length2 : 0;

  t = CLAMP (t, 0.0, 1.0);
  dx = px - ax - t * dx;
  dy = py - ay - t * dy;
  return dx * dx + dy * dy;
}

static double
get_distance (const Part *part, double x, double y)
{
  double nearest = G_MAXDOUBLE;
  gboolean is_inside = FALSE;

  for (guint k = part->first; k < part->first + part->n; k++)
    {
      guint n_points;
      const GwPoint *points = gw_rings_get_ring (part->rings, k, &n_points);

      for (guint i = 0, j = n_points - 1; i < n_points; j = i++)
        {
          double ax = points[j].x * part->stretch, ay = points[j].y;
          double bx = points[i].x * part->stretch, by = points[i].y;

          if ((ay > y) != (by > y) && x < ax + (bx - ax) * (y - ay) / (by - ay))
            is_inside = !is_inside;
          nearest = MIN (nearest, get_squared_distance (x, y, ax, ay, bx, by));
        }
    }
  return is_inside ? sqrt (nearest) : -sqrt (nearest);
}

static Cell
make_cell (const Part *part, double x, double y, double half)
{
  Cell cell = { x, y, half, get_distance (part, x, y), 0 };

  cell.best = cell.distance + half * G_SQRT2;
  return cell;
}

/* The list is short (some dozens), so the best is looked for instead of kept in a heap. */
static Cell
take_most_promising (GArray *cells)
{
  guint best = 0;
  Cell cell;

  for (guint i = 1; i < cells->len; i++)
    {
      if (g_array_index (cells, Cell, i).best > g_array_index (cells, Cell, best).best)
        best = i;
    }
  cell = g_array_index (cells, Cell, best);
  g_array_remove_index_fast (cells, best);
  return cell;
}

static void
cover_box (const Part *part, GArray *cells, double x0, double y0, double x1, double y1)
{
  double size = MIN (x1 - x0, y1 - y0);

  /* A sliver is covered by at most 64 squares. */
  size = MAX (size, MAX (x1 - x0, y1 - y0) / 64);
  if (size < 1)
    return;
  for (double y = y0; y < y1; y += size)
    {
      for (double x = x0; x < x1; x += size)
        {
          Cell cell = make_cell (part, x + size / 2, y + size / 2, size / 2);

          g_array_append_val (cells, cell);
        }
    }
}

static Cell
find_pole (const Part *part, Cell best, GArray *cells, double precision)
{
  while (cells->len > 0)
    {
      Cell cell = take_most_promising (cells);

      if (cell.best - best.distance <= precision)
        return best;
      for (guint i = 0; i < 4; i++)
        {
          double half = cell.half / 2;
          Cell child = make_cell (part, cell.x + (i & 1 ? half : -half),
                                  cell.y + (i & 2 ? half : -half), half);

          if (child.distance > best.distance)
            best = child;
          if (child.best - best.distance > precision)
            g_array_append_val (cells, child);
        }
    }
  return best;
}

GwPoint
gw_rings_get_label_point (const GwRings *rings)
{
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  Part part = find_largest_part (rings);
  GwBox box = GW_BOX_EMPTY;
  const GwPoint *points;
  guint n_points;
  double x0, x1, precision;
  Cell best;

  if (part.n == 0)
    return (GwPoint){ GW_LATTICE_NONE, GW_LATTICE_NONE };
  points = gw_rings_get_ring (rings, part.first, &n_points);
  if (n_points == 0)
    return (GwPoint){ GW_LATTICE_NONE, GW_LATTICE_NONE };
  for (guint i = 0; i < n_points; i++)
    box = gw_box_add_point (box, points[i]);
  part.stretch = cos (((double)box.y0 + box.y1) / 2 * G_PI / 180.0 / GW_LATTICE_PER_DEGREE);
  part.stretch = MAX (part.stretch, 1e-3);
  x0 = box.x0 * part.stretch;
  x1 = box.x1 * part.stretch;
  precision = MAX (1.0, 0.01 * MAX (x1 - x0, (double)box.y1 - box.y0));
  best = make_cell (&part, (x0 + x1) / 2, ((double)box.y0 + box.y1) / 2, 0);
  cover_box (&part, cells, x0, box.y0, x1, box.y1);
  for (guint i = 0; i < cells->len; i++)
    {
      Cell cell = g_array_index (cells, Cell, i);

      if (cell.distance > best.distance)
        best = cell;
    }
  best = find_pole (&part, best, cells, precision);
  return (GwPoint){ (gint32)lround (best.x / part.stretch), (gint32)lround (best.y) };
}
