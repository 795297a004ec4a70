/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The shipped demo areas, read without a JSON library: the file is our own and its form is known.
 */

#include "gw-geometry.h"

G_BEGIN_DECLS

typedef struct
{
  guint level;
  char *code, *parent; /* owned */
  double area_m2;      /* as the file states it */
  GwRings *rings;      /* owned */
} GeoDemoArea;

/* All areas of data/geo/demo_areas.geojson (level 0) or those of one level; aborts when the file
 * cannot be read. GeoDemoArea elements. */
GArray *geo_demo_load (guint level);
/* The rings of all, lent; owned array. */
const GwRings **geo_demo_collect_rings (const GArray *areas);
/* The lines of data/geo/rivers_gshhg.geojson. */
GwLines *geo_demo_load_river (void);

/* Counter-based random numbers (splitmix64): value @i of stream @stream. */
guint64 geo_demo_random (guint64 stream, guint64 i);
/* Uniform on @low ... @high, both included. */
gint32 geo_demo_random_int (guint64 stream, guint64 i, gint32 low, gint32 high);

G_END_DECLS
