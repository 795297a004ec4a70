/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-geometry.h"

#include "geo-demo.h"
#include "gw-error.h"

#include <math.h>
#include <string.h>

static void
test_degrees (void)
{
  const struct
  {
    const char *text;
    double lon, lat;
    GwPoint expected;
  } cases[] = {
    { "the seventh digit is the last", 105.5733199, 30.5080201, { 1055733199, 305080201 } },
    { "the eighth is rounded", 105.57331996, 30.50802004, { 1055733200, 305080200 } },
    { "the ends of the Earth", -180, 90, { -1800000000, 900000000 } },
    { "beyond it", 180.0000001, 0, { GW_LATTICE_NONE, GW_LATTICE_NONE } },
    { "no number", NAN, 0, { GW_LATTICE_NONE, GW_LATTICE_NONE } },
    { "infinite", 0, INFINITY, { GW_LATTICE_NONE, GW_LATTICE_NONE } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GwPoint point = gw_point_from_degrees (cases[i].lon, cases[i].lat);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (point.x, ==, cases[i].expected.x);
      g_assert_cmpint (point.y, ==, cases[i].expected.y);
    }
}

/* Length of a degree at 30 N on WGS 84: 110,852.4 m north, 96,486.3 m east (geodetic tables). */
static void
test_distance (void)
{
  GwPoint a = { 1050000000, 295000000 }, b = { 1050000000, 305000000 };
  GwPoint c = { 1050000000, 300000000 }, d = { 1060000000, 300000000 };

  g_assert_cmpfloat_with_epsilon (gw_point_distance_m (a, b), 110852.4, 5);
  g_assert_cmpfloat_with_epsilon (gw_point_distance_m (c, d), 96486.3, 5);
}

static GwRings *
make_square_with_hole (void)
{
  /* Given the wrong way round, closed, with a point twice. */
  const GwPoint outer[] = { { 0, 0 }, { 0, 100 }, { 0, 100 }, { 100, 100 }, { 100, 0 }, { 0, 0 } };
  const GwPoint hole[] = { { 40, 40 }, { 60, 40 }, { 60, 60 }, { 40, 60 }, { 40, 40 } };
  GwRingsBuilder *builder = gw_rings_builder_new ();

  gw_rings_builder_start_polygon (builder);
  gw_rings_builder_add_ring (builder, outer, G_N_ELEMENTS (outer));
  gw_rings_builder_add_ring (builder, hole, G_N_ELEMENTS (hole));
  return gw_rings_builder_end (builder);
}

static void
test_builder (void)
{
  g_autoptr (GwRings) rings = make_square_with_hole ();
  guint n_points;

  g_assert_cmpuint (gw_rings_get_n_rings (rings), ==, 2);
  g_assert_cmpuint (gw_rings_get_n_points (rings), ==, 8);
  g_assert_false (gw_rings_is_hole (rings, 0));
  g_assert_true (gw_rings_is_hole (rings, 1));
  g_assert_nonnull (gw_rings_get_ring (rings, 0, &n_points));
  g_assert_cmpuint (n_points, ==, 4);
  g_assert_cmpint (gw_rings_get_double_area (rings), ==, 2 * (100 * 100 - 20 * 20));
}

static void
test_contains (void)
{
  g_autoptr (GwRings) rings = make_square_with_hole ();
  const struct
  {
    const char *text;
    GwPoint point;
    gboolean is_inside;
  } cases[] = {
    { "well inside", { 20, 20 }, TRUE },
    { "in the hole", { 50, 50 }, FALSE },
    { "outside", { 101, 50 }, FALSE },
    { "west side belongs to it", { 0, 50 }, TRUE },
    { "east side to the neighbour", { 100, 50 }, FALSE },
    { "south side belongs to it", { 50, 0 }, TRUE },
    { "north side to the neighbour", { 50, 100 }, FALSE },
    { "south-west corner belongs to it", { 0, 0 }, TRUE },
    { "north-east corner does not", { 100, 100 }, FALSE },
    { "the hole's west side belongs to the hole", { 40, 50 }, FALSE },
    { "the hole's east side does not", { 60, 50 }, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (gw_rings_contains (rings, cases[i].point), ==, cases[i].is_inside);
    }
}

static const GeoDemoArea *
find_area (const GArray *areas, const char *code)
{
  for (guint i = 0; i < areas->len; i++)
    {
      if (strcmp (g_array_index (areas, GeoDemoArea, i).code, code) == 0)
        return &g_array_index (areas, GeoDemoArea, i);
    }
  return NULL;
}

/* The children of an area fill it exactly, in integers; and the file's square metres are ours. */
static void
test_demo_areas (void)
{
  g_autoptr (GArray) areas = geo_demo_load (0);
  g_autoptr (GHashTable) sums = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  GHashTableIter iter;
  gpointer code, sum;

  for (guint i = 0; i < areas->len; i++)
    {
      const GeoDemoArea *area = &g_array_index (areas, GeoDemoArea, i);
      g_autoptr (GError) error = NULL;
      GwPoint label = gw_rings_get_label_point (area->rings);
      gint64 *children = g_hash_table_lookup (sums, area->parent);

      gw_rings_check (area->rings, &error);
      g_assert_no_error (error);
      g_assert_true (gw_rings_contains (area->rings, label));
      g_assert_cmpfloat_with_epsilon (gw_rings_get_area_m2 (area->rings) / area->area_m2, 1.0,
                                      0.003);
      if (children == NULL)
        {
          children = g_new0 (gint64, 1);
          g_hash_table_insert (sums, area->parent, children);
        }
      *children += gw_rings_get_double_area (area->rings);
    }
  g_hash_table_iter_init (&iter, sums);
  while (g_hash_table_iter_next (&iter, &code, &sum))
    {
      const GeoDemoArea *parent = find_area (areas, code);

      if (parent != NULL)
        g_assert_cmpint (*(gint64 *)sum, ==, gw_rings_get_double_area (parent->rings));
    }
  g_assert_cmpuint (g_hash_table_size (sums), ==, 1 + 1 + 24 + 247 + 375);
}

static void
test_area_of_known_size (void)
{
  /* A hemisphere's worth: WGS 84 has 510,065,621.7 km2 in all. */
  const GwPoint north[] = {
    { -1800000000, 0 },         { 0, 0 }, { 1800000000, 0 }, { 1800000000, 900000000 },
    { -1800000000, 900000000 },
  };
  g_autoptr (GwRings) rings = gw_rings_new_polygon (north, G_N_ELEMENTS (north));

  /* The meridians are two long edges that cancel, whatever the rule makes of them. */
  g_assert_cmpfloat_with_epsilon (gw_rings_get_area_m2 (rings) / 255032810.85e6, 1.0, 1e-9);
}

static void
test_check (void)
{
  const struct
  {
    const char *text;
    guint n;
    GwPoint points[6];
    gboolean is_valid;
  } cases[] = {
    { "a square", 4, { { 0, 0 }, { 9, 0 }, { 9, 9 }, { 0, 9 } }, TRUE },
    { "a bow tie", 4, { { 0, 0 }, { 9, 9 }, { 9, 0 }, { 0, 9 } }, FALSE },
    { "two points", 2, { { 0, 0 }, { 9, 0 } }, FALSE },
    { "on one line", 3, { { 0, 0 }, { 4, 0 }, { 9, 0 } }, FALSE },
    { "a spike", 5, { { 0, 0 }, { 9, 0 }, { 9, 9 }, { 9, 20 }, { 9, 9 } }, FALSE },
    { "an hour-glass that touches itself in a point",
      6,
      { { 0, 0 }, { 8, 0 }, { 4, 4 }, { 8, 8 }, { 0, 8 }, { 4, 4 } },
      TRUE },
    { "off the Earth", 3, { { 0, 0 }, { 9, 0 }, { 0, 900000001 } }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GwRings) rings = gw_rings_new_polygon (cases[i].points, cases[i].n);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (gw_rings_check (rings, &error), ==, cases[i].is_valid);
      if (cases[i].is_valid)
        g_assert_no_error (error);
      else
        g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
    }
}

static void
test_label_point_of_bent_area (void)
{
  /* A U whose centre of gravity lies outside of it. */
  const GwPoint points[] = { { 0, 0 },           { 900000, 0 },      { 900000, 900000 },
                             { 800000, 900000 }, { 800000, 100000 }, { 100000, 100000 },
                             { 100000, 900000 }, { 0, 900000 } };
  g_autoptr (GwRings) rings = gw_rings_new_polygon (points, G_N_ELEMENTS (points));

  g_assert_true (gw_rings_contains (rings, gw_rings_get_label_point (rings)));
}

static void
test_bytes (void)
{
  g_autoptr (GArray) areas = geo_demo_load (0);
  gsize n_bytes = 0, n_points = 0;

  for (guint i = 0; i < areas->len; i++)
    {
      const GwRings *rings = g_array_index (areas, GeoDemoArea, i).rings;
      g_autoptr (GBytes) bytes = gw_rings_to_bytes (rings);
      g_autoptr (GError) error = NULL;
      g_autoptr (GwRings) again = gw_rings_from_bytes (bytes, &error);

      g_assert_no_error (error);
      g_assert_true (gw_rings_is_equal (rings, again));
      n_bytes += g_bytes_get_size (bytes);
      n_points += gw_rings_get_n_points (rings);
    }
  g_assert_cmpuint (n_bytes, <, 6 * n_points);
}

static void
test_bytes_of_lines (void)
{
  g_autoptr (GwLines) river = geo_demo_load_river ();
  g_autoptr (GBytes) bytes = gw_lines_to_bytes (river);
  g_autoptr (GError) error = NULL;
  g_autoptr (GwLines) again = gw_lines_from_bytes (bytes, &error);
  g_autoptr (GwRings) rings = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (gw_lines_get_n_lines (river), ==, 7);
  g_assert_true (gw_lines_is_equal (river, again));
  rings = gw_rings_from_bytes (bytes, &error);
  g_assert_null (rings);
  g_assert_error (error, GW_ERROR, GW_ERROR_CORRUPT);
}

static void
assert_corrupt (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GwRings) rings = gw_rings_from_bytes (bytes, &error);

  g_assert_null (rings);
  g_assert_error (error, GW_ERROR, GW_ERROR_CORRUPT);
}

static void
test_hostile_bytes (void)
{
  const guint8 huge_count[] = { 1, 1, 0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0, 0, 0, 0, 0, 0 };
  const guint8 huge_ring[] = { 1, 1, 1, 0xff, 0xff, 0xff, 0x01, 0, 0, 0, 0, 0, 0 };
  const guint8 two_points[] = { 1, 1, 1, 2, 0, 0, 2, 2 };
  const guint8 padded[] = { 1, 1, 1, 3, 0x80, 0x00, 0, 2, 2, 4, 4 };
  const guint8 endless[] = { 1, 1, 1, 3, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
  g_autoptr (GwRings) square = make_square_with_hole ();
  g_autoptr (GBytes) bytes = gw_rings_to_bytes (square);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *longer = g_malloc0 (size + 1);

  assert_corrupt (huge_count, sizeof huge_count);
  assert_corrupt (huge_ring, sizeof huge_ring);
  assert_corrupt (two_points, sizeof two_points);
  assert_corrupt (padded, sizeof padded);
  assert_corrupt (endless, sizeof endless);
  for (gsize i = 0; i < size; i++)
    assert_corrupt (data, i);
  memcpy (longer, data, size);
  assert_corrupt (longer, size + 1);
}

/* Whatever one changed byte makes of a good geometry: an error or rings that are in range. */
static void
test_changed_bytes (void)
{
  g_autoptr (GArray) areas = geo_demo_load (2);
  g_autoptr (GBytes) bytes = gw_rings_to_bytes (g_array_index (areas, GeoDemoArea, 0).rings);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree guint8 *changed = g_memdup2 (data, size);
      g_autoptr (GBytes) wrong = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GwRings) rings = NULL;

      changed[geo_demo_random_int (1, i, 0, (gint32)size - 1)] = (guint8)geo_demo_random (2, i);
      wrong = g_bytes_new_take (g_steal_pointer (&changed), size);
      rings = gw_rings_from_bytes (wrong, &error);
      if (rings == NULL)
        {
          g_assert_error (error, GW_ERROR, GW_ERROR_CORRUPT);
        }
      else
        {
          GwBox box = gw_rings_get_box (rings);

          g_assert_true (gw_point_is_valid ((GwPoint){ box.x0, box.y0 }));
          g_assert_true (gw_point_is_valid ((GwPoint){ box.x1, box.y1 }));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geometry/degrees", test_degrees);
  g_test_add_func ("/geometry/distance", test_distance);
  g_test_add_func ("/geometry/builder", test_builder);
  g_test_add_func ("/geometry/contains", test_contains);
  g_test_add_func ("/geometry/demo-areas", test_demo_areas);
  g_test_add_func ("/geometry/known-size", test_area_of_known_size);
  g_test_add_func ("/geometry/check", test_check);
  g_test_add_func ("/geometry/label-point-of-bent-area", test_label_point_of_bent_area);
  g_test_add_func ("/geometry/bytes", test_bytes);
  g_test_add_func ("/geometry/bytes-of-lines", test_bytes_of_lines);
  g_test_add_func ("/geometry/hostile-bytes", test_hostile_bytes);
  g_test_add_func ("/geometry/changed-bytes", test_changed_bytes);
  return g_test_run ();
}
