/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-project.h"

#include "geo-demo.h"

#include <math.h>

/* Figures of gcoord 1.0 (MIT), an implementation that is not ours. */
static void
test_known_answers (void)
{
  const struct
  {
    double lon, lat, gcj_lon, gcj_lat, bd_lon, bd_lat;
  } cases[] = {
    { 105.5733199, 30.5080201, 105.5767307506, 30.5052307107, 105.5832177800, 30.5113454163 },
    { 116.3912757, 39.906217, 116.3975167053, 39.9076182085, 116.4038906446, 39.9139619339 },
    { 121.4737, 31.2304, 121.4782230593, 31.2284577376, 121.4847814685, 31.2343105937 },
    { 87.6168, 43.8256, 87.6196499495, 43.8268053931, 87.6260997708, 43.8329497948 },
    { 110.35, 20.02, 110.3544110188, 20.0179973690, 110.3609367937, 20.0237529038 },
    /* London: no shift, in either. */
    { -0.1276, 51.5072, -0.1276, 51.5072, -0.1276, 51.5072 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      double lon = cases[i].lon, lat = cases[i].lat;

      gw_project (GW_CRS_WGS84, GW_CRS_GCJ02, &lon, &lat);
      g_assert_cmpfloat_with_epsilon (lon, cases[i].gcj_lon, 2e-10);
      g_assert_cmpfloat_with_epsilon (lat, cases[i].gcj_lat, 2e-10);
      gw_project (GW_CRS_GCJ02, GW_CRS_BD09, &lon, &lat);
      g_assert_cmpfloat_with_epsilon (lon, cases[i].bd_lon, 2e-10);
      g_assert_cmpfloat_with_epsilon (lat, cases[i].bd_lat, 2e-10);
      gw_project (GW_CRS_BD09, GW_CRS_CGCS2000, &lon, &lat);
      g_assert_cmpfloat_with_epsilon (lon, cases[i].lon, 1e-9);
      g_assert_cmpfloat_with_epsilon (lat, cases[i].lat, 1e-9);
    }
}

static void
test_there_and_back (void)
{
  for (guint64 i = 0; i < 20000; i++)
    {
      double lon = 73 + geo_demo_random_int (1, i, 0, 630000000) / 1e7;
      double lat = 2 + geo_demo_random_int (2, i, 0, 530000000) / 1e7;
      GwCrs from = (GwCrs)(i % GW_N_CRS), to = (GwCrs)(i / GW_N_CRS % GW_N_CRS);
      double x = lon, y = lat;

      gw_project (from, to, &x, &y);
      gw_project (to, from, &x, &y);
      /* A centimetre is 9e-8 degree. */
      g_assert_cmpfloat_with_epsilon (x, lon, 1e-8);
      g_assert_cmpfloat_with_epsilon (y, lat, 1e-8);
    }
}

static void
test_points_and_rings (void)
{
  g_autoptr (GArray) demo = geo_demo_load (2);
  const GwRings *rings = g_array_index (demo, GeoDemoArea, 0).rings;
  g_autoptr (GwRings) moved = gw_project_rings (GW_CRS_CGCS2000, GW_CRS_GCJ02, rings);
  g_autoptr (GwRings) same = gw_project_rings (GW_CRS_WGS84, GW_CRS_CGCS2000, rings);
  guint n, n_moved;
  const GwPoint *points = gw_rings_get_ring (rings, 0, &n);
  const GwPoint *moved_points = gw_rings_get_ring (moved, 0, &n_moved);
  GwPoint none = { GW_LATTICE_NONE, GW_LATTICE_NONE };

  g_assert_true (gw_rings_is_equal (rings, same));
  g_assert_cmpuint (n, ==, n_moved);
  for (guint i = 0; i < n; i++)
    {
      GwPoint back = gw_project_point (GW_CRS_GCJ02, GW_CRS_CGCS2000, moved_points[i]);

      g_assert_cmpfloat_with_epsilon (gw_point_distance_m (points[i], moved_points[i]), 450, 40);
      g_assert_cmpint (ABS (back.x - points[i].x), <=, 1);
      g_assert_cmpint (ABS (back.y - points[i].y), <=, 1);
    }
  gw_project_points (GW_CRS_BD09, GW_CRS_WGS84, &none, 1);
  g_assert_cmpint (none.x, ==, GW_LATTICE_NONE);
}

static void
test_ids (void)
{
  GwCrs crs = GW_CRS_BD09;

  for (guint i = 0; i < GW_N_CRS; i++)
    {
      g_assert_true (gw_crs_from_id (gw_crs_to_id ((GwCrs)i), &crs));
      g_assert_cmpuint (crs, ==, i);
      g_assert_nonnull (gw_crs_get_name ((GwCrs)i));
    }
  g_assert_true (gw_crs_from_id ("GCJ-02", &crs));
  g_assert_cmpuint (crs, ==, GW_CRS_GCJ02);
  g_assert_false (gw_crs_from_id ("epsg:4490", &crs));
  g_assert_cmpuint (crs, ==, GW_CRS_GCJ02);
}

typedef struct
{
  GwLocate *locate; /* owned */
  GwPoint *points;  /* owned; in the district, true coordinates */
  guint16 *claimed; /* owned; where they are */
  guint n;
} Sample;

static void
sample_init (Sample *sample, guint n)
{
  g_autoptr (GArray) demo = geo_demo_load (5);
  g_autofree const GwRings **areas = geo_demo_collect_rings (demo);
  guint64 i = 0;
  GwBox box;

  sample->locate = gw_locate_new (areas, demo->len);
  sample->points = g_new (GwPoint, n);
  sample->claimed = g_new (guint16, n);
  box = gw_locate_get_box (sample->locate);
  for (sample->n = 0; sample->n < n; i++)
    {
      GwPoint point = { geo_demo_random_int (1, i, box.x0, box.x1),
                        geo_demo_random_int (2, i, box.y0, box.y1) };
      guint16 found = gw_locate_find (sample->locate, point.x, point.y);

      if (found == GW_LOCATE_NONE)
        continue;
      sample->points[sample->n] = point;
      sample->claimed[sample->n++] = found;
    }
}

static void
sample_clear (Sample *sample)
{
  gw_locate_unref (sample->locate);
  g_free (sample->points);
  g_free (sample->claimed);
}

static void
swap_axes (GwPoint *points, guint n)
{
  for (guint i = 0; i < n; i++)
    points[i] = (GwPoint){ points[i].y, points[i].x };
}

static void
test_guess (void)
{
  const struct
  {
    const char *text;
    guint n;
    GwCrs crs;
    gboolean is_swapped, has_claims;
    double least_confidence;
  } cases[] = {
    { "true coordinates, areas named", 300, GW_CRS_CGCS2000, FALSE, TRUE, 0.99 },
    { "offset, areas named", 300, GW_CRS_GCJ02, FALSE, TRUE, 0.99 },
    { "offset twice, areas named", 300, GW_CRS_BD09, FALSE, TRUE, 0.99 },
    { "few rows are enough when they name areas", 12, GW_CRS_GCJ02, FALSE, TRUE, 0.95 },
    { "swapped", 300, GW_CRS_CGCS2000, TRUE, TRUE, 0.99 },
    { "swapped and offset", 300, GW_CRS_GCJ02, TRUE, TRUE, 0.99 },
    { "without names more rows are needed", 2000, GW_CRS_GCJ02, FALSE, FALSE, 0.9 },
    { "without names, twice", 2000, GW_CRS_BD09, FALSE, FALSE, 0.9 },
    { "without names, true", 2000, GW_CRS_CGCS2000, FALSE, FALSE, 0.9 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Sample sample;
      GwCrsGuess guess;
      g_autofree char *reason = NULL;

      sample_init (&sample, cases[i].n);
      gw_project_points (GW_CRS_CGCS2000, cases[i].crs, sample.points, sample.n);
      if (cases[i].is_swapped)
        swap_axes (sample.points, sample.n);
      guess = gw_crs_guess (sample.points, cases[i].has_claims ? sample.claimed : NULL, sample.n,
                            sample.locate);
      reason = gw_crs_guess_dup_reason (&guess);
      g_test_message ("%s: %.4f, %s", cases[i].text, guess.confidence, reason);
      g_assert_cmpuint (guess.crs, ==, cases[i].crs);
      g_assert_cmpint (guess.is_swapped, ==, cases[i].is_swapped);
      g_assert_cmpfloat (guess.confidence, >=, cases[i].least_confidence);
      g_assert_cmpuint (guess.n_points, ==, sample.n);
      g_assert_cmpuint (guess.n_claimed, ==, cases[i].has_claims ? sample.n : 0);
      /* The lattice rounds by a centimetre, which may take a point over a border. */
      g_assert_cmpuint (guess.scores[guess.crs][guess.is_swapped].n_inside, >=,
                        sample.n - sample.n / 500);
      sample_clear (&sample);
    }
}

/* One point well inside, without a claim, fits every system: the guess must say it knows nothing.
 * Neither does a file from elsewhere. */
static void
test_guess_without_evidence (void)
{
  Sample sample;
  GwCrsGuess guess;
  GwPoint elsewhere[] = { { 1163912757, 399062170 }, { 1163912000, 399062000 } };
  GwPoint nowhere[] = { { GW_LATTICE_NONE, GW_LATTICE_NONE } };
  GwPoint middle = { 1055733199, 304100000 };
  g_autofree char *reason = NULL;

  sample_init (&sample, 1);
  guess = gw_crs_guess (&middle, NULL, 1, sample.locate);
  g_assert_cmpuint (guess.scores[GW_CRS_CGCS2000][0].n_inside, ==, 1);
  g_assert_cmpfloat (guess.confidence, <, 0.3);
  guess = gw_crs_guess (elsewhere, NULL, 2, sample.locate);
  g_assert_cmpfloat (guess.confidence, <=, 0.0);
  guess = gw_crs_guess (nowhere, NULL, 1, sample.locate);
  g_assert_cmpuint (guess.n_points, ==, 0);
  g_assert_cmpfloat (guess.confidence, <=, 0.0);
  reason = gw_crs_guess_dup_reason (&guess);
  g_assert_nonnull (reason);
  sample_clear (&sample);
}

/* One row in ten names the wrong area: that blurs the figures, not the guess. */
static void
test_guess_with_wrong_claims (void)
{
  Sample sample;
  GwCrsGuess guess;

  sample_init (&sample, 500);
  for (guint i = 0; i < sample.n; i += 10)
    sample.claimed[i] = (guint16)(i % 700);
  gw_project_points (GW_CRS_CGCS2000, GW_CRS_GCJ02, sample.points, sample.n);
  guess = gw_crs_guess (sample.points, sample.claimed, sample.n, sample.locate);
  g_assert_cmpuint (guess.crs, ==, GW_CRS_GCJ02);
  g_assert_cmpfloat (guess.confidence, >, 0.99);
  sample_clear (&sample);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/project/known-answers", test_known_answers);
  g_test_add_func ("/project/there-and-back", test_there_and_back);
  g_test_add_func ("/project/points-and-rings", test_points_and_rings);
  g_test_add_func ("/project/ids", test_ids);
  g_test_add_func ("/project/guess", test_guess);
  g_test_add_func ("/project/guess-without-evidence", test_guess_without_evidence);
  g_test_add_func ("/project/guess-with-wrong-claims", test_guess_with_wrong_claims);
  return g_test_run ();
}
