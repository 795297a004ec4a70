/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "geo-bench.h"

#include "geo-demo.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#define MAX_ROUNDS 31
#define N_SITES 20000

double
geo_bench_cpu_seconds (void)
{
  struct timespec now;

  (void)clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double *left = a, *right = b;

  return (*left > *right) - (*left < *right);
}

void
geo_bench_race (GeoBenchRace *races, guint n_races)
{
  g_autofree double *times = g_new0 (double, n_races *MAX_ROUNDS);

  for (guint i = 0; i < n_races; i++)
    races[i].run (races[i].data);
  for (guint round = 0; round < MAX_ROUNDS; round++)
    {
      for (guint i = 0; i < n_races; i++)
        {
          /* Every other round the other way round. */
          guint k = round % 2 == 0 ? i : n_races - 1 - i;
          double start = geo_bench_cpu_seconds ();

          if (round >= races[k].n_rounds)
            continue;
          races[k].run (races[k].data);
          times[k * MAX_ROUNDS + round] = geo_bench_cpu_seconds () - start;
        }
    }
  for (guint i = 0; i < n_races; i++)
    {
      double *own = times + i * MAX_ROUNDS;

      qsort (own, races[i].n_rounds, sizeof *own, compare_doubles);
      races[i].median_ms = own[races[i].n_rounds / 2] * 1000;
      g_print ("%-44s %10.3f ms CPU (best %.3f)\n", races[i].name, races[i].median_ms,
               own[0] * 1000);
    }
}

gboolean
geo_bench_judge (const char *what, double ratio, double must)
{
  gboolean is_good = ratio >= must;

  g_print ("%-4s %s: %.1fx, must be %.1fx\n", is_good ? "PASS" : "FAIL", what, ratio, must);
  return is_good;
}

gsize
geo_bench_get_n (int argc, char **argv)
{
  return argc > 1 ? (gsize)g_ascii_strtoull (argv[1], NULL, 10) : 1000000;
}

void
geo_bench_make_points (gsize n, gint32 **x, gint32 **y)
{
  g_autoptr (GArray) demo = geo_demo_load (1);
  GwBox box = gw_rings_get_box (g_array_index (demo, GeoDemoArea, 0).rings);

  *x = g_new (gint32, n);
  *y = g_new (gint32, n);
  for (gsize i = 0; i < n; i++)
    {
      guint64 site = i;
      gint32 reach = 0;

      if (geo_demo_random (21, i) % 100 < 85)
        {
          double u = (double)(geo_demo_random (22, i) >> 11) / 9007199254740992.0;

          /* The cube makes the first sites heavy. */
          site = (guint64)(u * u * u * N_SITES) + n;
          reach = 4000;
        }
      (*x)[i] = geo_demo_random_int (23, site, box.x0, box.x1) +
                geo_demo_random_int (25, i, -reach, reach);
      (*y)[i] = geo_demo_random_int (24, site, box.y0, box.y1) +
                geo_demo_random_int (26, i, -reach, reach);
    }
}

/* Both ends of an edge give the same middle, whichever area looks: neighbours keep their border. */
static GwPoint
get_wiggle (GwPoint a, GwPoint b)
{
  gboolean is_first = a.x < b.x || (a.x == b.x && a.y < b.y);
  GwPoint p = is_first ? a : b, q = is_first ? b : a;
  guint64 hash = geo_demo_random ((guint64)(guint32)p.x << 32 | (guint32)p.y,
                                  (guint64)(guint32)q.x << 32 | (guint32)q.y);
  double side = ((double)(hash >> 11) / 9007199254740992.0 - 0.5) * 0.16;

  return (GwPoint){ (gint32)lround ((p.x + (double)q.x) / 2 - side * ((double)q.y - p.y)),
                    (gint32)lround ((p.y + (double)q.y) / 2 + side * ((double)q.x - p.x)) };
}

static void
append_refined (GArray *points, GwPoint a, GwPoint b, guint depth)
{
  GwPoint middle;

  if (depth == 0)
    {
      g_array_append_val (points, a);
      return;
    }
  middle = get_wiggle (a, b);
  append_refined (points, a, middle, depth - 1);
  append_refined (points, middle, b, depth - 1);
}

GwRings *
geo_bench_refine (const GwRings *rings, guint depth)
{
  GwRingsBuilder *builder = gw_rings_builder_new ();

  for (guint k = 0; k < gw_rings_get_n_rings (rings); k++)
    {
      guint n;
      const GwPoint *points = gw_rings_get_ring (rings, k, &n);
      g_autoptr (GArray) more = g_array_new (FALSE, FALSE, sizeof (GwPoint));

      for (guint i = 0; i < n; i++)
        append_refined (more, points[i], points[(i + 1) % n], depth);
      if (!gw_rings_is_hole (rings, k))
        gw_rings_builder_start_polygon (builder);
      gw_rings_builder_add_ring (builder, (const GwPoint *)(gpointer)more->data, more->len);
    }
  return gw_rings_builder_end (builder);
}
