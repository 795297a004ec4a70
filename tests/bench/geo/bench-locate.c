/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points into the demo leaves: GwLocate against prepared polygons in an STR tree of GEOS, on the
 * same unordered points and on the same in Z-order. No answer may differ. map.md goal 6. */

#include "gw-locate.h"

#include "geo-bench.h"
#include "geo-demo.h"
#include "gw-mercator.h"

#include <geos_c.h>
#include <stdlib.h>

typedef struct
{
  GEOSContextHandle_t geos;
  GEOSSTRtree *tree;
  GEOSGeometry **polygons;
  const GEOSPreparedGeometry **prepared;
  guint *indices;
  guint n_areas;
  GEOSGeometry *point;
  guint16 hit;
} Peer;

typedef struct
{
  GwLocate *locate;
  Peer *peer;
  const gint32 *x, *y;
  gsize n;
  guint16 *ours, *theirs;
} Match;

static GEOSGeometry *
make_ring (GEOSContextHandle_t geos, const GwRings *rings, guint k)
{
  guint n;
  const GwPoint *points = gw_rings_get_ring (rings, k, &n);
  GEOSCoordSequence *sequence = GEOSCoordSeq_create_r (geos, n + 1, 2);

  for (guint i = 0; i <= n; i++)
    GEOSCoordSeq_setXY_r (geos, sequence, i, points[i % n].x, points[i % n].y);
  return GEOSGeom_createLinearRing_r (geos, sequence);
}

/* Lattice numbers as doubles, so that both see exactly the same places. */
static GEOSGeometry *
make_multi_polygon (GEOSContextHandle_t geos, const GwRings *rings)
{
  g_autoptr (GPtrArray) polygons = g_ptr_array_new ();
  guint n_rings = gw_rings_get_n_rings (rings);

  for (guint k = 0; k < n_rings;)
    {
      g_autoptr (GPtrArray) holes = g_ptr_array_new ();
      GEOSGeometry *outer = make_ring (geos, rings, k);

      for (k++; k < n_rings && gw_rings_is_hole (rings, k); k++)
        g_ptr_array_add (holes, make_ring (geos, rings, k));
      g_ptr_array_add (polygons,
                       GEOSGeom_createPolygon_r (geos, outer, (GEOSGeometry **)holes->pdata,
                                                 holes->len));
    }
  return GEOSGeom_createCollection_r (geos, GEOS_MULTIPOLYGON, (GEOSGeometry **)polygons->pdata,
                                      polygons->len);
}

static void
peer_init (Peer *peer, const GwRings *const *areas, guint n_areas)
{
  peer->geos = GEOS_init_r ();
  peer->tree = GEOSSTRtree_create_r (peer->geos, 10);
  peer->polygons = g_new (GEOSGeometry *, n_areas);
  peer->prepared = g_new (const GEOSPreparedGeometry *, n_areas);
  peer->indices = g_new (guint, n_areas);
  peer->n_areas = n_areas;
  peer->point = GEOSGeom_createPointFromXY_r (peer->geos, 0, 0);
  for (guint i = 0; i < n_areas; i++)
    {
      peer->polygons[i] = make_multi_polygon (peer->geos, areas[i]);
      peer->prepared[i] = GEOSPrepare_r (peer->geos, peer->polygons[i]);
      peer->indices[i] = i;
      GEOSSTRtree_insert_r (peer->geos, peer->tree, peer->polygons[i], &peer->indices[i]);
    }
}

static void
peer_clear (Peer *peer)
{
  GEOSGeom_destroy_r (peer->geos, peer->point);
  GEOSSTRtree_destroy_r (peer->geos, peer->tree);
  for (guint i = 0; i < peer->n_areas; i++)
    {
      GEOSPreparedGeom_destroy_r (peer->geos, peer->prepared[i]);
      GEOSGeom_destroy_r (peer->geos, peer->polygons[i]);
    }
  g_free (peer->polygons);
  g_free (peer->prepared);
  g_free (peer->indices);
  GEOS_finish_r (peer->geos);
}

static void
candidate_cb (void *item, void *data)
{
  Peer *peer = data;
  guint i = *(guint *)item;

  if (i < peer->hit && GEOSPreparedIntersects_r (peer->geos, peer->prepared[i], peer->point) == 1)
    peer->hit = (guint16)i;
}

/* GEOS 3.11 has no test of bare coordinates. */
static void
run_peer (gpointer data)
{
  Match *match = data;
  Peer *peer = match->peer;
  for (gsize i = 0; i < match->n; i++)
    {
      GEOSGeometry *point = GEOSGeom_createPointFromXY_r (peer->geos, match->x[i], match->y[i]);

      peer->hit = GW_LOCATE_NONE;
      GEOSGeom_destroy_r (peer->geos, peer->point);
      peer->point = point;
      GEOSSTRtree_query_r (peer->geos, peer->tree, point, candidate_cb, peer);
      match->theirs[i] = peer->hit;
    }
}

static void
run_ours (gpointer data)
{
  Match *match = data;

  gw_locate_find_many (match->locate, match->x, match->y, match->n, match->ours);
}

/* Points exactly on a border belong to several areas for GEOS and to one for us: the answers then
 * differ only if GEOS does not count ours. */
static gsize
count_differences (const Match *match, const GwRings *const *areas, gsize *n_on_border)
{
  gsize n = 0;

  *n_on_border = 0;
  for (gsize i = 0; i < match->n; i++)
    {
      GwPoint point = { match->x[i], match->y[i] };

      if (match->ours[i] == match->theirs[i])
        continue;
      if (match->ours[i] != GW_LOCATE_NONE && !gw_rings_contains (areas[match->ours[i]], point))
        n++;
      else if (match->ours[i] == GW_LOCATE_NONE || match->theirs[i] == GW_LOCATE_NONE ||
               gw_rings_contains (areas[match->theirs[i]], point))
        n++;
      else
        (*n_on_border)++;
    }
  return n;
}

static gboolean
play (Match *match, const GwRings *const *areas, const char *what, double must)
{
  GeoBenchRace races[] = {
    { "GwLocate", run_ours, match, 15, 0 },
    { "GEOS prepared + STRtree", run_peer, match, 3, 0 },
  };
  gsize n_differences, n_on_border;

  geo_bench_race (races, G_N_ELEMENTS (races));
  n_differences = count_differences (match, areas, &n_on_border);
  g_print ("%zu differences in %zu points (%zu exactly on a border, which GEOS counts to both)\n",
           n_differences, match->n, n_on_border);
  return geo_bench_judge (what, races[1].median_ms / races[0].median_ms, must) &&
         n_differences == 0;
}

typedef struct
{
  guint64 key;
  gint32 x, y;
} Keyed;

static int
compare_keyed (gconstpointer a, gconstpointer b)
{
  const Keyed *left = a, *right = b;

  return (left->key > right->key) - (left->key < right->key);
}

static void
sort_points (gint32 *x, gint32 *y, gsize n)
{
  g_autofree Keyed *keyed = g_new (Keyed, n);

  for (gsize i = 0; i < n; i++)
    keyed[i] = (Keyed){ gw_morton_encode ((guint32)x[i], (guint32)y[i]), x[i], y[i] };
  qsort (keyed, n, sizeof *keyed, compare_keyed);
  for (gsize i = 0; i < n; i++)
    {
      x[i] = keyed[i].x;
      y[i] = keyed[i].y;
    }
}

static gboolean
run_depth (guint depth, gsize n, double must)
{
  g_autoptr (GArray) demo = geo_demo_load (5);
  g_autofree GwRings **areas = g_new (GwRings *, demo->len);
  g_autofree gint32 *x = NULL, *y = NULL;
  g_autofree guint16 *ours = g_new (guint16, n), *theirs = g_new (guint16, n);
  guint n_vertices = 0;
  Peer peer;
  Match match = { .n = n, .ours = ours, .theirs = theirs, .peer = &peer };
  gboolean is_good;
  double start;

  for (guint i = 0; i < demo->len; i++)
    {
      areas[i] = geo_bench_refine (g_array_index (demo, GeoDemoArea, i).rings, depth);
      n_vertices += gw_rings_get_n_points (areas[i]);
    }
  geo_bench_make_points (n, &x, &y);
  match.x = x;
  match.y = y;
  start = geo_bench_cpu_seconds ();
  match.locate = gw_locate_new ((const GwRings *const *)areas, demo->len);
  g_print ("\n%u areas, %u vertices, %zu points; index built in %.1f ms CPU, %.1f MB\n", demo->len,
           n_vertices, n, (geo_bench_cpu_seconds () - start) * 1000,
           (double)gw_locate_get_size (match.locate) / 1e6);
  peer_init (&peer, (const GwRings *const *)areas, demo->len);
  is_good = play (&match, (const GwRings *const *)areas, "points in areas, unordered", must);
  sort_points (x, y, n);
  is_good &= play (&match, (const GwRings *const *)areas, "points in areas, Z-order", must * 0.35);
  peer_clear (&peer);
  gw_locate_unref (match.locate);
  for (guint i = 0; i < demo->len; i++)
    gw_rings_unref (areas[i]);
  return is_good;
}

int
main (int argc, char **argv)
{
  gsize n = geo_bench_get_n (argc, argv);
  gboolean is_good = run_depth (0, n, 50);

  /* The demo borders are schematic; surveyed ones have some 170 vertices per area. */
  is_good &= run_depth (3, n, 100);
  return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}
