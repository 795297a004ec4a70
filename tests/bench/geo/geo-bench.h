/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Contestants in turn, time of this thread's processor, medians, ratios within one run. */

#include "gw-geometry.h"

G_BEGIN_DECLS

typedef void (*GeoBenchFunc) (gpointer data);

typedef struct
{
  const char *name;
  GeoBenchFunc run;
  gpointer data;
  guint n_rounds;
  double median_ms; /* result */
} GeoBenchRace;

/* Seconds of processor time of this thread. */
double geo_bench_cpu_seconds (void);
/* Runs each once to warm up, then in alternating order as often as each wants. */
void geo_bench_race (GeoBenchRace *races, guint n_races);
/* Prints a line and returns whether @ratio is at least @must. */
gboolean geo_bench_judge (const char *what, double ratio, double must);

/* 1,000,000 points by default; the first argument of the program says otherwise. 85 in 100 lie
 * around 20,000 sites of very different weight, the others anywhere in the box of the demo
 * district. */
void geo_bench_make_points (gsize n, gint32 **x, gint32 **y);
gsize geo_bench_get_n (int argc, char **argv);

/* The same area with each edge bent 2^@depth - 1 times, neighbours alike: the demo borders are
 * schematic, surveyed ones have ten times the vertices. */
GwRings *geo_bench_refine (const GwRings *rings, guint depth) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
