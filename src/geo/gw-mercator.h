/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The world as a square of 2^32 x 2^32 units (Web Mercator, x to the east from 180 W, y to the
 * south from 85.05 N; about 9 mm at the equator) and its Z-order. At integer zoom z a pixel of a
 * 256-px tile is 2^(24 - z) units wide. */

#include "gw-geometry.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 x, y;
} GwWorldPoint;

/* Closed; never wraps around the date line. */
typedef struct
{
  guint32 x0, y0, x1, y1;
} GwWorldBox;

/* To the nearest unit; what lies beyond 85.05 degrees comes to the edge. */
GwWorldPoint gw_mercator_from_lattice (GwPoint point);
GwPoint gw_mercator_to_lattice (GwWorldPoint point);
/* y turns over: the box's north is its y0. */
GwWorldBox gw_mercator_box_from_lattice (GwBox box);
/* Columns to columns; within one unit of gw_mercator_from_lattice but some ten times faster for
 * points of one region. Points without a place give (0, 0). */
void gw_mercator_project_many (
    const gint32 *x, const gint32 *y, gsize n, guint32 *world_x, guint32 *world_y);

/* World units per pixel at a zoom (not only whole ones). */
double gw_mercator_units_per_px (double zoom);
/* Metres on the ground per pixel at a latitude. */
double gw_mercator_metres_per_px (double zoom, gint32 lattice_y);

/* Bits interleaved, y above x. */
guint64 gw_morton_encode (guint32 x, guint32 y);
void gw_morton_decode (guint64 key, guint32 *x, guint32 *y);

G_END_DECLS
