/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-locate.h"

#include "geo-demo.h"

/* The rule that GwLocate must repeat: the lowest area that contains the point. */
static guint16
find_by_asking_each (const GwRings *const *areas, guint n_areas, GwPoint point)
{
  for (guint i = 0; i < n_areas; i++)
    {
      if (areas[i] != NULL && gw_rings_contains (areas[i], point))
        return (guint16)i;
    }
  return GW_LOCATE_NONE;
}

static void
assert_same (const GwLocate *locate, const GwRings *const *areas, guint n_areas, GwPoint point)
{
  guint16 found = gw_locate_find (locate, point.x, point.y);
  guint16 expected = find_by_asking_each (areas, n_areas, point);

  if (found != expected)
    g_error ("point %d, %d: found in %u, is in %u", point.x, point.y, found, expected);
}

/* A point near a border: a vertex, a place on an edge, or beside one. */
static GwPoint
choose_near_border (const GwRings *rings, guint64 i)
{
  guint ring = (guint)geo_demo_random_int (1, i, 0, (gint32)gw_rings_get_n_rings (rings) - 1);
  guint n_points, k;
  const GwPoint *points = gw_rings_get_ring (rings, ring, &n_points);
  GwPoint a, b, point;
  gint64 t = geo_demo_random_int (3, i, 0, 1000);

  k = (guint)geo_demo_random_int (2, i, 0, (gint32)n_points - 1);
  a = points[k];
  b = points[(k + 1) % n_points];
  if (i % 3 == 0)
    t = 0;
  point.x = (gint32)(a.x + (b.x - (gint64)a.x) * t / 1000);
  point.y = (gint32)(a.y + (b.y - (gint64)a.y) * t / 1000);
  if (i % 3 == 2)
    {
      point.x += geo_demo_random_int (4, i, -2, 2);
      point.y += geo_demo_random_int (5, i, -2, 2);
    }
  return point;
}

static GwPoint
choose_in_box (GwBox box, guint64 i)
{
  gint32 margin = 200000;

  return (GwPoint){ geo_demo_random_int (6, i, box.x0 - margin, box.x1 + margin),
                    geo_demo_random_int (7, i, box.y0 - margin, box.y1 + margin) };
}

static void
test_demo_level (gconstpointer data)
{
  g_autoptr (GArray) demo = geo_demo_load (GPOINTER_TO_UINT (data));
  g_autofree const GwRings **areas = geo_demo_collect_rings (demo);
  g_autoptr (GwLocate) locate = gw_locate_new (areas, demo->len);

  g_assert_cmpuint (gw_locate_get_n_areas (locate), ==, demo->len);
  for (guint i = 0; i < 20000; i++)
    {
      assert_same (locate, areas, demo->len, choose_in_box (gw_locate_get_box (locate), i));
      assert_same (locate, areas, demo->len, choose_near_border (areas[i % demo->len], i));
    }
}

/* Every vertex of every leaf lies in exactly one leaf if it is inside the district at all, and in
 * none if not: the partition has neither gaps nor overlaps, on its borders either. */
static void
test_partition (void)
{
  g_autoptr (GArray) demo = geo_demo_load (5);
  g_autoptr (GArray) whole = geo_demo_load (1);
  g_autofree const GwRings **leaves = geo_demo_collect_rings (demo);
  const GwRings *district = g_array_index (whole, GeoDemoArea, 0).rings;
  guint n_outside = 0, n_inside = 0;

  for (guint64 i = 0; i < 6000; i++)
    {
      GwPoint point = i % 4 == 0   ? choose_in_box (gw_rings_get_box (district), i)
                      : i % 4 == 1 ? choose_near_border (district, i)
                                   : choose_near_border (leaves[i % demo->len], i);
      gboolean is_inside = gw_rings_contains (district, point);
      guint n = 0;

      for (guint k = 0; k < demo->len; k++)
        n += gw_rings_contains (leaves[k], point);
      g_assert_cmpuint (n, ==, is_inside ? 1 : 0);
      n_inside += is_inside;
      n_outside += !is_inside;
    }
  g_assert_cmpuint (n_inside, >, 2000);
  g_assert_cmpuint (n_outside, >, 200);
}

/* A random polygon on a small lattice: crossings, spikes, horizontal and vertical edges, edges
 * over edges, points on everything. */
static GwRings *
make_scribble (guint64 seed, gint32 size)
{
  GwRingsBuilder *builder = gw_rings_builder_new ();
  guint n_rings = (guint)geo_demo_random_int (seed, 0, 1, 3);

  for (guint k = 0; k < n_rings; k++)
    {
      GwPoint points[12];
      guint n = (guint)geo_demo_random_int (seed, 1 + k, 3, 12);

      for (guint i = 0; i < n; i++)
        {
          points[i].x = geo_demo_random_int (seed, 100 * k + 10 + i, -size, size);
          points[i].y = geo_demo_random_int (seed, 100 * k + 50 + i, -size, size);
        }
      if (k == 2)
        gw_rings_builder_start_polygon (builder);
      gw_rings_builder_add_ring (builder, points, n);
    }
  return gw_rings_builder_end (builder);
}

static void
test_scribbles (void)
{
  const gint32 sizes[] = { 3, 17, 300, 60000, 4000000, 900000000 };

  for (guint64 seed = 0; seed < 120; seed++)
    {
      gint32 size = sizes[seed % G_N_ELEMENTS (sizes)];
      GwRings *areas[4];
      g_autoptr (GwLocate) locate = NULL;

      for (guint k = 0; k < 4; k++)
        areas[k] = make_scribble (1000 + seed * 4 + k, size);
      locate = gw_locate_new ((const GwRings *const *)areas, 4);
      for (guint64 i = 0; i < 2000; i++)
        {
          gint32 reach = size < 500 ? size + 2 : size;
          GwPoint point = { geo_demo_random_int (8, i + seed * 2000, -reach, reach),
                            geo_demo_random_int (9, i + seed * 2000, -reach, reach) };

          assert_same (locate, (const GwRings *const *)areas, 4, point);
          assert_same (locate, (const GwRings *const *)areas, 4,
                       choose_near_border (areas[i % 4], i + seed * 2000));
        }
      for (guint k = 0; k < 4; k++)
        gw_rings_unref (areas[k]);
    }
}

/* A comb whose teeth reach into every cell: more split cells than have numbers, so that the grid
 * must become coarser. */
static void
test_dense (void)
{
  enum
  {
    N_TEETH = 600,
    SIZE = 4000000
  };
  g_autofree GwPoint *points = g_new (GwPoint, 2 * N_TEETH + 1);
  g_autoptr (GwRings) comb = NULL;
  g_autoptr (GwLocate) locate = NULL;
  const GwRings *areas[1];

  for (gint i = 0; i < 2 * N_TEETH; i++)
    points[i] = (GwPoint){ i * (SIZE / (2 * N_TEETH)), i % 2 == 0 ? 10 : SIZE };
  points[2 * N_TEETH] = (GwPoint){ SIZE / 2, 0 };
  areas[0] = comb = gw_rings_new_polygon (points, 2 * N_TEETH + 1);
  locate = gw_locate_new (areas, 1);
  for (guint64 i = 0; i < 3000; i++)
    {
      GwPoint point = { geo_demo_random_int (10, i, -9, SIZE),
                        geo_demo_random_int (11, i, -9, SIZE + 9) };

      assert_same (locate, areas, 1, point);
      assert_same (locate, areas, 1, choose_near_border (comb, i));
    }
}

static void
test_overlap (void)
{
  const GwPoint small[] = { { 10, 10 }, { 20, 10 }, { 20, 20 }, { 10, 20 } };
  const GwPoint large[] = { { 0, 0 }, { 40, 0 }, { 40, 40 }, { 0, 40 } };
  g_autoptr (GwRings) inner = gw_rings_new_polygon (small, 4);
  g_autoptr (GwRings) outer = gw_rings_new_polygon (large, 4);
  const GwRings *first[] = { inner, NULL, outer }, *last[] = { outer, inner };
  g_autoptr (GwLocate) small_first = gw_locate_new (first, 3);
  g_autoptr (GwLocate) small_last = gw_locate_new (last, 2);

  g_assert_cmpuint (gw_locate_find (small_first, 15, 15), ==, 0);
  g_assert_cmpuint (gw_locate_find (small_first, 30, 15), ==, 2);
  g_assert_cmpuint (gw_locate_find (small_last, 15, 15), ==, 0);
}

static void
test_nothing (void)
{
  const GwRings *missing[] = { NULL, NULL };
  g_autoptr (GwLocate) none = gw_locate_new (NULL, 0);
  g_autoptr (GwLocate) empty = gw_locate_new (missing, 2);

  g_assert_cmpuint (gw_locate_find (none, 0, 0), ==, GW_LOCATE_NONE);
  g_assert_cmpuint (gw_locate_find (empty, 0, 0), ==, GW_LOCATE_NONE);
  g_assert_cmpuint (gw_locate_find (empty, GW_LATTICE_NONE, GW_LATTICE_NONE), ==, GW_LOCATE_NONE);
}

static void
test_many (void)
{
  g_autoptr (GArray) demo = geo_demo_load (4);
  g_autofree const GwRings **areas = geo_demo_collect_rings (demo);
  g_autoptr (GwLocate) locate = gw_locate_new (areas, demo->len);
  gint32 x[1003], y[1003];
  guint16 found[1003];

  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    {
      GwPoint point = i % 2 == 0 ? choose_in_box (gw_locate_get_box (locate), i)
                                 : choose_near_border (areas[i % demo->len], i);

      x[i] = i % 101 == 0 ? GW_LATTICE_NONE : point.x;
      y[i] = point.y;
    }
  gw_locate_find_many (locate, x, y, G_N_ELEMENTS (x), found);
  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    g_assert_cmpuint (found[i], ==,
                      find_by_asking_each (areas, demo->len, (GwPoint){ x[i], y[i] }));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/locate/demo-grids", GUINT_TO_POINTER (4), test_demo_level);
  g_test_add_data_func ("/locate/demo-leaves", GUINT_TO_POINTER (5), test_demo_level);
  g_test_add_data_func ("/locate/demo-streets", GUINT_TO_POINTER (2), test_demo_level);
  g_test_add_func ("/locate/partition", test_partition);
  g_test_add_func ("/locate/scribbles", test_scribbles);
  g_test_add_func ("/locate/dense", test_dense);
  g_test_add_func ("/locate/overlap", test_overlap);
  g_test_add_func ("/locate/nothing", test_nothing);
  g_test_add_func ("/locate/many", test_many);
  return g_test_run ();
}
