/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-mercator.h"

#include "geo-demo.h"

/* Tile numbers by the formula of the slippy map scheme, worked out apart from this code. */
static void
test_known_tiles (void)
{
  const struct
  {
    double lon, lat;
    guint zoom, column, row;
  } cases[] = {
    { 0.0001, -0.0001, 1, 1, 1 },
    { 9.2944336, 47.6, 6, 33, 22 },
    { 105.5733199, 30.5080201, 12, 3249, 1683 },
    { -122.4194, 37.7749, 15, 5241, 12665 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GwWorldPoint world =
          gw_mercator_from_lattice (gw_point_from_degrees (cases[i].lon, cases[i].lat));

      g_assert_cmpuint (world.x >> (32 - cases[i].zoom), ==, cases[i].column);
      g_assert_cmpuint (world.y >> (32 - cases[i].zoom), ==, cases[i].row);
    }
}

static void
test_there_and_back (void)
{
  for (guint64 i = 0; i < 20000; i++)
    {
      GwPoint point = { geo_demo_random_int (1, i, -1799999999, 1799999998),
                        geo_demo_random_int (2, i, -850000000, 850000000) };
      GwPoint again = gw_mercator_to_lattice (gw_mercator_from_lattice (point));

      g_assert_cmpint (again.x, ==, point.x);
      g_assert_cmpint (again.y, ==, point.y);
    }
}

static void
test_poles_are_clamped (void)
{
  g_assert_cmpuint (gw_mercator_from_lattice ((GwPoint){ 0, 900000000 }).y, ==, 0);
  g_assert_cmpuint (gw_mercator_from_lattice ((GwPoint){ 0, -900000000 }).y, ==, G_MAXUINT32);
  g_assert_cmpuint (gw_mercator_from_lattice ((GwPoint){ 1800000000, 0 }).x, ==, G_MAXUINT32);
}

static void
assert_columns (gint32 low, gint32 high)
{
  enum
  {
    N = 5000
  };
  g_autofree gint32 *x = g_new (gint32, N), *y = g_new (gint32, N);
  g_autofree guint32 *world_x = g_new (guint32, N), *world_y = g_new (guint32, N);

  for (guint i = 0; i < N; i++)
    {
      x[i] = i == 7 ? GW_LATTICE_NONE : geo_demo_random_int (3, i, -1800000000, 1800000000);
      y[i] = i == 8 ? GW_LATTICE_NONE : geo_demo_random_int (4, i, low, high);
    }
  gw_mercator_project_many (x, y, N, world_x, world_y);
  for (guint i = 0; i < N; i++)
    {
      GwWorldPoint exact = gw_mercator_from_lattice ((GwPoint){ x[i], y[i] });

      if (i == 7 || i == 8)
        {
          g_assert_cmpuint (world_x[i] | world_y[i], ==, 0);
          continue;
        }
      g_assert_cmpuint (world_x[i], ==, exact.x);
      g_assert_cmpint (ABS ((gint64)world_y[i] - exact.y), <=, 1);
    }
}

static void
test_columns (void)
{
  assert_columns (301000000, 306000000);
  assert_columns (-649999999, -500000000);
  assert_columns (550000000, 649999999);
  assert_columns (-900000000, 900000000);
  assert_columns (305080201, 305080201);
}

static void
test_box (void)
{
  GwWorldBox box =
      gw_mercator_box_from_lattice ((GwBox){ 1050000000, 300000000, 1060000000, 310000000 });

  g_assert_cmpuint (box.x0, <, box.x1);
  g_assert_cmpuint (box.y0, <, box.y1);
}

static void
test_scale (void)
{
  /* 156,543.03 m per pixel at the equator, zoom 0. */
  g_assert_cmpfloat_with_epsilon (gw_mercator_metres_per_px (0, 0), 156543.034, 0.001);
  g_assert_cmpfloat_with_epsilon (gw_mercator_metres_per_px (16, 600000000), 1.194329, 1e-6);
  g_assert_cmpfloat_with_epsilon (gw_mercator_units_per_px (24), 1, 1e-12);
}

static void
test_morton (void)
{
  g_assert_cmpuint (gw_morton_encode (1, 0), ==, 1);
  g_assert_cmpuint (gw_morton_encode (0, 1), ==, 2);
  g_assert_cmpuint (gw_morton_encode (G_MAXUINT32, G_MAXUINT32), ==, G_MAXUINT64);
  for (guint64 i = 0; i < 10000; i++)
    {
      guint64 key = geo_demo_random (5, i);
      guint32 x, y;

      gw_morton_decode (key, &x, &y);
      g_assert_cmpuint (gw_morton_encode (x, y), ==, key);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mercator/known-tiles", test_known_tiles);
  g_test_add_func ("/mercator/there-and-back", test_there_and_back);
  g_test_add_func ("/mercator/poles-are-clamped", test_poles_are_clamped);
  g_test_add_func ("/mercator/columns", test_columns);
  g_test_add_func ("/mercator/box", test_box);
  g_test_add_func ("/mercator/scale", test_scale);
  g_test_add_func ("/mercator/morton", test_morton);
  return g_test_run ();
}
