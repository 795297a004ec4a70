/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-simplify.h"

#include "gw-mercator.h"

#include <math.h>
#include <string.h>

/* Metres per lattice unit along a meridian, mean radius of the ellipsoid. */
#define METRES_PER_UNIT (6371008.8 * G_PI / 180.0 / GW_LATTICE_PER_DEGREE)

/* Plane coordinates of one part, in lattice units of latitude. */
typedef struct
{
  const GwPoint *points;
  guint n; /* ring points are counted round: index i means points[i % n] */
  double stretch;
} Course;

typedef struct
{
  guint from, to;
} Span;

double
gw_simplify_tolerance_m (double zoom, double px, gint32 lattice_y)
{
  return px * gw_mercator_metres_per_px (zoom, lattice_y);
}

static double
get_stretch (GwBox box)
{
  return cos (((double)box.y0 + box.y1) / 2 * G_PI / 180.0 / GW_LATTICE_PER_DEGREE);
}

static double
get_squared_distance (const Course *course, GwPoint point, GwPoint a, GwPoint b)
{
  double dx = ((double)b.x - a.x) * course->stretch, dy = (double)b.y - a.y;
  double px = ((double)point.x - a.x) * course->stretch, py = (double)point.y - a.y;
  double length2 = dx * dx + dy * dy;
  double t = length2 > 0 ? (px * dx + py * dy) / length2 : 0;

  t = CLAMP (t, 0.0, 1.0);
  px -= t * dx;
  py -= t * dy;
  return px * px + py * py;
}

/* The point between the ends of @span that is farthest from their chord; span.from if all are
 * within the tolerance. */
static guint
find_farthest (const Course *course, Span span, double tolerance2)
{
  GwPoint a = course->points[span.from % course->n], b = course->points[span.to % course->n];
  guint farthest = span.from;

  for (guint i = span.from + 1; i < span.to; i++)
    {
      double distance2 = get_squared_distance (course, course->points[i % course->n], a, b);

      if (distance2 > tolerance2)
        {
          tolerance2 = distance2;
          farthest = i;
        }
    }
  return farthest;
}

/* Marks in @keep what must stay between the two ends of @span, without recursion: a hostile line
 * would make it as deep as it is long. */
static void
keep_between (const Course *course, Span span, double tolerance2, guint8 *keep)
{
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (Span));

  g_array_append_val (open, span);
  while (open->len > 0)
    {
      Span now = g_array_index (open, Span, open->len - 1);
      guint farthest = find_farthest (course, now, tolerance2);

      g_array_set_size (open, open->len - 1);
      if (farthest != now.from)
        {
          Span first = { now.from, farthest }, second = { farthest, now.to };

          keep[farthest % course->n] = TRUE;
          g_array_append_val (open, first);
          g_array_append_val (open, second);
        }
    }
}

static guint
append_kept (const Course *course, const guint8 *keep, GArray *points)
{
  guint before = points->len;

  for (guint i = 0; i < course->n; i++)
    {
      if (keep[i])
        g_array_append_val (points, course->points[i]);
    }
  return points->len - before;
}

GwLines *
gw_simplify_lines (const GwLines *lines, double tolerance_m)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (GwPoint));
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (guint));
  double tolerance = tolerance_m / METRES_PER_UNIT;

  if (!(tolerance_m > 0))
    return gw_lines_ref (lines);
  for (guint i = 0; i < gw_lines_get_n_lines (lines); i++)
    {
      Course course = { .stretch = get_stretch (gw_lines_get_box (lines)) };
      g_autofree guint8 *keep = NULL;
      guint length;

      course.points = gw_lines_get_line (lines, i, &course.n);
      keep = g_new0 (guint8, course.n + 1);
      if (course.n > 0)
        {
          keep[0] = keep[course.n - 1] = TRUE;
          keep_between (&course, (Span){ 0, course.n - 1 }, tolerance * tolerance, keep);
        }
      length = append_kept (&course, keep, points);
      g_array_append_val (lengths, length);
    }
  return gw_lines_new ((const GwPoint *)(gpointer)points->data,
                       (const guint *)(gpointer)lengths->data, lengths->len);
}

static guint
find_farthest_from (const Course *course, guint from)
{
  double best = -1;
  guint farthest = from;

  for (guint i = 0; i < course->n; i++)
    {
      GwPoint a = course->points[from];
      double distance2 = get_squared_distance (course, course->points[i], a, a);

      if (distance2 > best)
        {
          best = distance2;
          farthest = i;
        }
    }
  return farthest;
}

/* A ring is two lines between points far apart from each other, and needs a third point. */
static void
keep_of_ring (const Course *course, double tolerance2, guint8 *keep)
{
  guint a = find_farthest_from (course, 0), b = find_farthest_from (course, a);
  Span there = { MIN (a, b), MAX (a, b) }, back = { MAX (a, b), MIN (a, b) + course->n };
  guint n_kept = 0;

  keep[a] = keep[b] = TRUE;
  keep_between (course, there, tolerance2, keep);
  keep_between (course, back, tolerance2, keep);
  for (guint i = 0; i < course->n; i++)
    n_kept += keep[i];
  if (n_kept < 3)
    {
      guint one = find_farthest (course, there, -1), other = find_farthest (course, back, -1);

      keep[one % course->n] = keep[other % course->n] = TRUE;
    }
}

static double
get_extent (const GwPoint *points, guint n_points, double stretch)
{
  GwBox box = GW_BOX_EMPTY;

  for (guint i = 0; i < n_points; i++)
    box = gw_box_add_point (box, points[i]);
  return n_points == 0 ? 0 : MAX (((double)box.x1 - box.x0) * stretch, (double)box.y1 - box.y0);
}

static guint
find_largest_ring (const GwRings *rings, double stretch)
{
  guint largest = 0;
  double best = -1;

  for (guint i = 0; i < gw_rings_get_n_rings (rings); i++)
    {
      guint n_points;
      const GwPoint *points = gw_rings_get_ring (rings, i, &n_points);
      double extent = get_extent (points, n_points, stretch);

      if (extent > best)
        {
          best = extent;
          largest = i;
        }
    }
  return largest;
}

static void
add_simplified_ring (GwRingsBuilder *builder, const Course *course, double tolerance)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (GwPoint));
  g_autofree guint8 *keep = g_new0 (guint8, course->n + 1);

  if (course->n > 3)
    keep_of_ring (course, tolerance * tolerance, keep);
  else
    memset (keep, TRUE, course->n);
  append_kept (course, keep, points);
  gw_rings_builder_add_ring (builder, (const GwPoint *)(gpointer)points->data, points->len);
}

GwRings *
gw_simplify_rings (const GwRings *rings, double tolerance_m)
{
  GwRingsBuilder *builder;
  double tolerance = tolerance_m / METRES_PER_UNIT;
  double stretch = get_stretch (gw_rings_get_box (rings));
  guint largest = find_largest_ring (rings, stretch);
  gboolean is_outer_kept = FALSE;

  if (!(tolerance_m > 0))
    return gw_rings_ref (rings);
  builder = gw_rings_builder_new ();
  for (guint i = 0; i < gw_rings_get_n_rings (rings); i++)
    {
      Course course = { .stretch = stretch };
      gboolean is_hole = gw_rings_is_hole (rings, i);

      course.points = gw_rings_get_ring (rings, i, &course.n);
      if (!is_hole)
        {
          gw_rings_builder_start_polygon (builder);
          is_outer_kept =
              i == largest || get_extent (course.points, course.n, stretch) >= tolerance;
        }
      if (is_outer_kept && (!is_hole || get_extent (course.points, course.n, stretch) >= tolerance))
        add_simplified_ring (builder, &course, tolerance);
    }
  return gw_rings_builder_end (builder);
}
