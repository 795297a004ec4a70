/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A million points as clusters: build, filter and view query of GwClusterIndex against grouping the
 * points by cell in a hash table, which is what a program without an index does at each zoom, and
 * against looking at every point for each view. map.md goals 1 to 5. */

#include "gw-cluster.h"

#include "geo-bench.h"
#include "geo-demo.h"

#include <stdlib.h>

#define N_LEVELS 12

typedef struct
{
  const gint32 *x, *y;
  guint8 *mask;
  gsize n;
  GwClusterIndex *index;
  GwWorldBox view;
  double zoom, radius_px;
} Match;

typedef struct
{
  guint64 n, x, y;
} Sum;

static void
run_build (gpointer data)
{
  Match *match = data;
  g_autoptr (GwClusterIndex) index = gw_cluster_index_new (match->x, match->y, NULL, match->n);

  g_assert_cmpuint (gw_cluster_index_get_n_visible (index), ==, match->n);
}

static void
run_filter (gpointer data)
{
  Match *match = data;
  g_autoptr (GwClusterIndex) index = gw_cluster_index_filter (match->index, match->mask);

  g_assert_cmpuint (gw_cluster_index_get_n_visible (index), <, match->n);
}

/* One level by hash table: cell to sums. */
static GHashTable *
group_by_cell (const Match *match, guint level, GwWorldBox box)
{
  GHashTable *cells = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);

  for (gsize i = 0; i < match->n; i++)
    {
      GwWorldPoint world = gw_mercator_from_lattice ((GwPoint){ match->x[i], match->y[i] });
      gint64 key = (gint64)((guint64)(world.x >> (32 - level)) << 32 | world.y >> (32 - level));
      Sum *sum;

      if (world.x < box.x0 || world.x > box.x1 || world.y < box.y0 || world.y > box.y1)
        continue;
      sum = g_hash_table_lookup (cells, &key);
      if (sum == NULL)
        {
          sum = g_new0 (Sum, 1);
          g_hash_table_insert (cells, g_memdup2 (&key, sizeof key), sum);
        }
      sum->n++;
      sum->x += world.x;
      sum->y += world.y;
    }
  return cells;
}

static void
run_naive_build (gpointer data)
{
  const Match *match = data;
  const GwWorldBox whole = { 0, 0, G_MAXUINT32, G_MAXUINT32 };

  for (guint i = 0; i < N_LEVELS; i++)
    {
      g_autoptr (GHashTable) cells = group_by_cell (match, 8 + i, whole);

      g_assert_cmpuint (g_hash_table_size (cells), >, 0);
    }
}

static void
run_naive_view (gpointer data)
{
  const Match *match = data;
  g_autoptr (GHashTable) cells = group_by_cell (match, (guint)match->zoom + 3, match->view);

  g_assert_cmpuint (g_hash_table_size (cells), >, 0);
}

static void
run_view (gpointer data)
{
  const Match *match = data;

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GwClusterView) view =
          gw_cluster_index_query (match->index, match->view, match->zoom, match->radius_px);
      guint n;

      gw_cluster_view_get_clusters (view, &n);
      g_assert_cmpuint (n, >, 0);
    }
}

static GwWorldBox
make_view (double zoom)
{
  double units = gw_mercator_units_per_px (zoom);
  GwWorldPoint centre = gw_mercator_from_lattice (gw_point_from_degrees (105.575, 30.46));
  double x0 = centre.x - 960 * units, y0 = centre.y - 540 * units;

  return (GwWorldBox){ (guint32)x0, (guint32)y0, (guint32)(x0 + 1920 * units),
                       (guint32)(y0 + 1080 * units) };
}

static gboolean
race_views (Match *match)
{
  gboolean is_good = TRUE;

  for (guint zoom = 9; zoom <= 18; zoom += 3)
    {
      GeoBenchRace races[] = {
        { "100 queries, cells of 32 px", run_view, NULL, 5, 0 },
        { "100 queries, merged within 40 px", run_view, NULL, 5, 0 },
        { "1 view by hash table", run_naive_view, NULL, 1, 0 },
      };
      Match cells = *match, merged = *match;
      guint n_cells, n_merged;
      g_autofree char *what = g_strdup_printf ("merged view at zoom %u against hash table", zoom);

      cells.zoom = merged.zoom = zoom;
      cells.view = merged.view = make_view (zoom);
      merged.radius_px = 40;
      races[0].data = &cells;
      races[1].data = races[2].data = &merged;
      {
        g_autoptr (GwClusterView) a = gw_cluster_index_query (match->index, cells.view, zoom, 0);
        g_autoptr (GwClusterView) b = gw_cluster_index_query (match->index, cells.view, zoom, 40);

        gw_cluster_view_get_clusters (a, &n_cells);
        gw_cluster_view_get_clusters (b, &n_merged);
      }
      g_print ("\nzoom %u: %u cells, %u clusters in 1920 x 1080\n", zoom, n_cells, n_merged);
      geo_bench_race (races, G_N_ELEMENTS (races));
      is_good &= geo_bench_judge (what, races[2].median_ms / (races[1].median_ms / 100), 50);
    }
  return is_good;
}

int
main (int argc, char **argv)
{
  gsize n = geo_bench_get_n (argc, argv);
  g_autofree gint32 *x = NULL, *y = NULL;
  g_autofree guint8 *mask = g_new (guint8, n);
  Match match = { .mask = mask, .n = n };
  GeoBenchRace races[] = {
    { "build, all levels", run_build, &match, 9, 0 },
    { "filter, all levels", run_filter, &match, 15, 0 },
    { "hash tables, all levels", run_naive_build, &match, 1, 0 },
  };
  gboolean is_good;

  geo_bench_make_points (n, &x, &y);
  match.x = x;
  match.y = y;
  for (gsize i = 0; i < n; i++)
    mask[i] = geo_demo_random (31, i) % 3 == 0;
  match.index = gw_cluster_index_new (x, y, NULL, n);
  g_print ("%zu points, index of %.1f MB\n", n,
           (double)gw_cluster_index_get_size (match.index) / 1e6);
  geo_bench_race (races, G_N_ELEMENTS (races));
  is_good =
      geo_bench_judge ("build against hash tables", races[2].median_ms / races[0].median_ms, 12);
  is_good &= geo_bench_judge ("filter against build of our own",
                              races[0].median_ms / races[1].median_ms, 3);
  is_good &= race_views (&match);
  gw_cluster_index_unref (match.index);
  return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}
