/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-simplify.h"

#include "geo-demo.h"

#include <math.h>

/* Distance from a point to a chain in metres, near enough for the tolerance test. */
static double
get_distance_m (GwPoint point, const GwPoint *points, guint n, gboolean is_ring)
{
  double best = G_MAXDOUBLE;

  for (guint i = is_ring ? 0 : 1; i < n; i++)
    {
      GwPoint a = points[i == 0 ? n - 1 : i - 1], b = points[i];
      double stretch = cos (a.y * G_PI / 180 / GW_LATTICE_PER_DEGREE);
      double dx = ((double)b.x - a.x) * stretch, dy = (double)b.y - a.y;
      double px = ((double)point.x - a.x) * stretch, py = (double)point.y - a.y;
      double t = CLAMP ((px * dx + py * dy) / MAX (dx * dx + dy * dy, 1), 0, 1);

      best = MIN (best, hypot (px - t * dx, py - t * dy));
    }
  return best * 0.011119;
}

static void
test_river (void)
{
  g_autoptr (GwLines) river = geo_demo_load_river ();
  guint n_before = gw_lines_get_n_points (river);

  for (double tolerance = 50; tolerance < 5000; tolerance *= 4)
    {
      g_autoptr (GwLines) less = gw_simplify_lines (river, tolerance);

      g_assert_cmpuint (gw_lines_get_n_lines (less), ==, gw_lines_get_n_lines (river));
      g_assert_cmpuint (gw_lines_get_n_points (less), <=, n_before);
      n_before = gw_lines_get_n_points (less);
      for (guint i = 0; i < gw_lines_get_n_lines (river); i++)
        {
          guint n, n_less;
          const GwPoint *points = gw_lines_get_line (river, i, &n);
          const GwPoint *few = gw_lines_get_line (less, i, &n_less);

          g_assert_cmpint (points[0].x, ==, few[0].x);
          g_assert_cmpint (points[n - 1].y, ==, few[n_less - 1].y);
          for (guint k = 0; k < n; k++)
            g_assert_cmpfloat (get_distance_m (points[k], few, n_less, FALSE), <=,
                               tolerance * 1.05);
        }
    }
  g_assert_cmpuint (n_before, <, gw_lines_get_n_points (river) / 4);
}

static void
test_areas (void)
{
  g_autoptr (GArray) demo = geo_demo_load (0);

  for (guint i = 0; i < demo->len; i++)
    {
      const GwRings *rings = g_array_index (demo, GeoDemoArea, i).rings;
      g_autoptr (GwRings) less = gw_simplify_rings (rings, 60);
      guint n, n_less;
      const GwPoint *few = gw_rings_get_ring (less, 0, &n_less);
      const GwPoint *points = gw_rings_get_ring (rings, 0, &n);

      g_assert_cmpuint (gw_rings_get_n_rings (less), >=, 1);
      g_assert_cmpuint (n_less, >=, 3);
      g_assert_cmpuint (n_less, <=, n);
      for (guint k = 0; gw_rings_get_n_rings (rings) == 1 && k < n; k++)
        g_assert_cmpfloat (get_distance_m (points[k], few, n_less, TRUE), <=, 63);
    }
}

static void
test_edges (void)
{
  const GwPoint corners[] = { { 0, 0 }, { 100, 0 }, { 50, 80 } };
  g_autoptr (GwRings) triangle = gw_rings_new_polygon (corners, 3);
  g_autoptr (GwRings) same = gw_simplify_rings (triangle, 0);
  g_autoptr (GwRings) still = gw_simplify_rings (triangle, 1e6);
  g_autoptr (GwLines) nothing = gw_lines_new (NULL, NULL, 0);
  g_autoptr (GwLines) still_nothing = gw_simplify_lines (nothing, 10);

  g_assert_true (same == triangle);
  g_assert_true (gw_rings_is_equal (still, triangle));
  g_assert_cmpuint (gw_lines_get_n_lines (still_nothing), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/simplify/river", test_river);
  g_test_add_func ("/simplify/areas", test_areas);
  g_test_add_func ("/simplify/edges", test_edges);
  return g_test_run ();
}
