/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-cluster.h"

#include "geo-demo.h"

#include <string.h>

#define N_POINTS 20000

typedef struct
{
  gint32 x[N_POINTS], y[N_POINTS];
  guint8 mask[N_POINTS];
} Columns;

typedef enum
{
  SPREAD_DISTRICT,
  SPREAD_WORLD,
} Spread;

/* Most points heap up around some sites, some lie on one spot, some have no place. */
static Columns *
make_columns (Spread spread)
{
  Columns *columns = g_new (Columns, 1);
  GwBox box = spread == SPREAD_WORLD ? (GwBox){ -1790000000, -840000000, 1790000000, 840000000 }
                                     : (GwBox){ 1053500000, 303000000, 1057500000, 306500000 };

  for (guint i = 0; i < N_POINTS; i++)
    {
      guint64 site = i % 7 == 0 ? i : geo_demo_random (11, i) % 300;

      columns->x[i] = geo_demo_random_int (12, site, box.x0, box.x1);
      columns->y[i] = geo_demo_random_int (13, site, box.y0, box.y1);
      if (i % 5 != 0)
        {
          columns->x[i] += geo_demo_random_int (14, i, -20000, 20000);
          columns->y[i] += geo_demo_random_int (15, i, -20000, 20000);
        }
      if (i % 997 == 0)
        columns->x[i] = GW_LATTICE_NONE;
      columns->mask[i] = geo_demo_random (16, i) % 3 == 0;
    }
  return columns;
}

static gboolean
is_visible (const Columns *columns, const guint8 *mask, guint i)
{
  return columns->x[i] != GW_LATTICE_NONE && (mask == NULL || mask[i] != 0);
}

static guint
count_visible (const Columns *columns, const guint8 *mask)
{
  guint n = 0;

  for (guint i = 0; i < N_POINTS; i++)
    n += is_visible (columns, mask, i);
  return n;
}

static const GwWorldBox whole_world = { 0, 0, G_MAXUINT32, G_MAXUINT32 };

/* Every visible point is in exactly one cluster, every cluster says how many it has, and its centre
 * is theirs. */
static void
check_whole_view (const GwClusterIndex *index,
                  const Columns *columns,
                  const guint8 *mask,
                  double zoom,
                  double radius_px)
{
  g_autoptr (GwClusterView) view = gw_cluster_index_query (index, whole_world, zoom, radius_px);
  g_autofree guint8 *seen = g_new0 (guint8, N_POINTS);
  guint n_clusters, n_seen = 0;
  const GwCluster *clusters = gw_cluster_view_get_clusters (view, &n_clusters);

  for (guint i = 0; i < n_clusters; i++)
    {
      g_autoptr (GArray) members = gw_cluster_view_dup_members (view, i, 0);
      GwWorldBox extent = gw_cluster_view_get_extent (view, i);
      double x = 0, y = 0;
      gboolean has_first = FALSE;

      g_assert_cmpuint (members->len, ==, clusters[i].n_points);
      for (guint k = 0; k < members->len; k++)
        {
          guint32 row = g_array_index (members, guint32, k);
          GwWorldPoint world =
              gw_mercator_from_lattice ((GwPoint){ columns->x[row], columns->y[row] });

          g_assert_cmpuint (seen[row]++, ==, 0);
          g_assert_true (is_visible (columns, mask, row));
          g_assert_cmpuint (world.x, >=, extent.x0);
          g_assert_cmpuint (world.x, <=, extent.x1);
          has_first |= row == clusters[i].first;
          x += world.x;
          y += world.y;
        }
      g_assert_true (has_first);
      g_assert_cmpfloat_with_epsilon (x / members->len, clusters[i].x, 16);
      g_assert_cmpfloat_with_epsilon (y / members->len, clusters[i].y, 16);
      n_seen += members->len;
    }
  g_assert_cmpuint (n_seen, ==, count_visible (columns, mask));
  g_assert_cmpuint (gw_cluster_index_get_n_visible (index), ==, n_seen);
}

static void
test_each_point_once (gconstpointer data)
{
  g_autofree Columns *columns = make_columns ((Spread)GPOINTER_TO_UINT (data));
  g_autoptr (GwClusterIndex) all = gw_cluster_index_new (columns->x, columns->y, NULL, N_POINTS);
  g_autoptr (GwClusterIndex) some =
      gw_cluster_index_new (columns->x, columns->y, columns->mask, N_POINTS);

  for (double zoom = 0; zoom <= 22.5; zoom += 2.5)
    {
      check_whole_view (all, columns, NULL, zoom, 40);
      check_whole_view (some, columns, columns->mask, zoom, 40);
    }
  check_whole_view (all, columns, NULL, 12, 0);
  check_whole_view (some, columns, columns->mask, 19, 0);
}

static void
assert_same_views (const GwClusterView *a, const GwClusterView *b)
{
  guint n_a, n_b;
  const GwCluster *clusters_a = gw_cluster_view_get_clusters (a, &n_a);
  const GwCluster *clusters_b = gw_cluster_view_get_clusters (b, &n_b);

  g_assert_cmpuint (n_a, ==, n_b);
  g_assert_cmpmem (clusters_a, n_a * sizeof *clusters_a, clusters_b, n_b * sizeof *clusters_b);
}

/* A filtered index is the index that the mask would have made. */
static void
test_filter (void)
{
  g_autofree Columns *columns = make_columns (SPREAD_DISTRICT);
  g_autoptr (GwClusterIndex) all = gw_cluster_index_new (columns->x, columns->y, NULL, N_POINTS);
  g_autoptr (GwClusterIndex) fresh =
      gw_cluster_index_new (columns->x, columns->y, columns->mask, N_POINTS);
  g_autoptr (GwClusterIndex) filtered = gw_cluster_index_filter (all, columns->mask);
  g_autoptr (GwClusterIndex) unfiltered = gw_cluster_index_filter (filtered, NULL);

  for (double zoom = 4; zoom <= 20; zoom++)
    {
      g_autoptr (GwClusterView) a = gw_cluster_index_query (fresh, whole_world, zoom, 44);
      g_autoptr (GwClusterView) b = gw_cluster_index_query (filtered, whole_world, zoom, 44);
      g_autoptr (GwClusterView) c = gw_cluster_index_query (all, whole_world, zoom, 44);
      g_autoptr (GwClusterView) d = gw_cluster_index_query (unfiltered, whole_world, zoom, 44);

      assert_same_views (a, b);
      assert_same_views (c, d);
    }
}

/* Seeds of clusters keep their distance, and a part of the world shows the clusters of the whole:
 * all but those at the rim. */
static void
test_window (void)
{
  g_autofree Columns *columns = make_columns (SPREAD_DISTRICT);
  g_autoptr (GwClusterIndex) index = gw_cluster_index_new (columns->x, columns->y, NULL, N_POINTS);
  GwWorldBox window =
      gw_mercator_box_from_lattice ((GwBox){ 1054500000, 304000000, 1056500000, 305500000 });
  guint n_points = 0, n_inside = 0, n_clusters;
  g_autoptr (GwClusterView) view = gw_cluster_index_query (index, window, 13, 0);
  const GwCluster *clusters = gw_cluster_view_get_clusters (view, &n_clusters);
  guint32 cell = 1u << 16;

  for (guint i = 0; i < n_clusters; i++)
    {
      n_points += clusters[i].n_points;
      g_assert_cmpuint (clusters[i].x, >=, window.x0 - cell);
      g_assert_cmpuint (clusters[i].x, <=, window.x1 + cell);
      g_assert_cmpuint (clusters[i].y, >=, window.y0 - cell);
      g_assert_cmpuint (clusters[i].y, <=, window.y1 + cell);
    }
  for (guint i = 0; i < N_POINTS; i++)
    {
      GwWorldPoint world = gw_mercator_from_lattice ((GwPoint){ columns->x[i], columns->y[i] });

      n_inside += columns->x[i] != GW_LATTICE_NONE && world.x >= window.x0 &&
                  world.x <= window.x1 && world.y >= window.y0 && world.y <= window.y1;
    }
  g_assert_cmpuint (n_inside, >, 2000);
  g_assert_cmpuint (n_points, >=, n_inside);
  g_assert_cmpuint (n_points, <, n_inside + n_inside / 4);
}

static void
test_merge (void)
{
  /* At zoom 12 a pixel is 4096 units or about 3434 lattice units of longitude. */
  const gint32 px = 3434;
  const struct
  {
    const char *text;
    gint32 at[4]; /* px east */
    guint expected;
  } cases[] = {
    { "all near", { 0, 10, 20, 30 }, 1 },
    { "all apart", { 0, 100, 200, 300 }, 4 },
    { "two pairs", { 0, 20, 500, 520 }, 2 },
    { "one spot", { 7, 7, 7, 7 }, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint32 x[4], y[4];
      guint n;
      g_autoptr (GwClusterIndex) index = NULL;
      g_autoptr (GwClusterView) view = NULL;
      const GwCluster *clusters;

      for (guint k = 0; k < 4; k++)
        {
          x[k] = 1055000000 + cases[i].at[k] * px;
          y[k] = 305000000;
        }
      index = gw_cluster_index_new (x, y, NULL, 4);
      view = gw_cluster_index_query (index, whole_world, 12, 44);
      clusters = gw_cluster_view_get_clusters (view, &n);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpuint (n, ==, cases[i].expected);
      g_assert_cmpint (gw_cluster_view_find (view,
                                             (GwWorldPoint){ clusters[0].x + 9, clusters[0].y },
                                             10),
                       ==, 0);
      g_assert_cmpint (gw_cluster_view_find (view,
                                             (GwWorldPoint){ clusters[0].x + 11, clusters[0].y },
                                             10),
                       ==, -1);
    }
}

static void
test_members_limit (void)
{
  g_autofree Columns *columns = make_columns (SPREAD_DISTRICT);
  g_autoptr (GwClusterIndex) index = gw_cluster_index_new (columns->x, columns->y, NULL, N_POINTS);
  g_autoptr (GwClusterView) view = gw_cluster_index_query (index, whole_world, 3, 48);
  g_autoptr (GArray) few = gw_cluster_view_dup_members (view, 0, 25);
  g_autoptr (GArray) all = gw_cluster_view_dup_members (view, 0, 0);

  g_assert_cmpuint (few->len, ==, 25);
  g_assert_cmpuint (all->len, ==, count_visible (columns, NULL));
  for (guint i = 1; i < few->len; i++)
    g_assert_cmpuint (g_array_index (few, guint32, i - 1), <, g_array_index (few, guint32, i));
}

static void
test_nothing (void)
{
  const gint32 none[] = { GW_LATTICE_NONE, GW_LATTICE_NONE };
  const guint8 hidden[] = { 0, 0 };
  const gint32 place[] = { 5, 6 };
  g_autoptr (GwClusterIndex) empty = gw_cluster_index_new (NULL, NULL, NULL, 0);
  g_autoptr (GwClusterIndex) homeless = gw_cluster_index_new (none, none, NULL, 2);
  g_autoptr (GwClusterIndex) filtered = gw_cluster_index_new (place, place, hidden, 2);
  const GwClusterIndex *all[] = { empty, homeless, filtered };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      for (double zoom = 0; zoom < 22; zoom += 7)
        {
          g_autoptr (GwClusterView) view = gw_cluster_index_query (all[i], whole_world, zoom, 40);
          guint n;

          gw_cluster_view_get_clusters (view, &n);
          g_assert_cmpuint (n, ==, 0);
          g_assert_cmpint (gw_cluster_view_find (view, (GwWorldPoint){ 0, 0 }, 1e12), ==, -1);
        }
      g_assert_cmpuint (gw_cluster_index_get_n_visible (all[i]), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/cluster/each-point-once/district", GUINT_TO_POINTER (SPREAD_DISTRICT),
                        test_each_point_once);
  g_test_add_data_func ("/cluster/each-point-once/world", GUINT_TO_POINTER (SPREAD_WORLD),
                        test_each_point_once);
  g_test_add_func ("/cluster/filter", test_filter);
  g_test_add_func ("/cluster/window", test_window);
  g_test_add_func ("/cluster/merge", test_merge);
  g_test_add_func ("/cluster/members-limit", test_members_limit);
  g_test_add_func ("/cluster/nothing", test_nothing);
  return g_test_run ();
}
