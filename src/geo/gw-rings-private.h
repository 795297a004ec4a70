/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one place that says on which side of an edge a point lies. Everything that must agree on
 * shared borders (contains, locate) calls it. */

#include "gw-geometry.h"

G_BEGIN_DECLS

/* Twice the signed area of the triangle: > 0 when a, b, c turn left. Differences of two lattice
 * values need 33 bits, so the product does not always fit into 64. */
static inline __int128
gw_point_turn (GwPoint a, GwPoint b, GwPoint c)
{
  return (__int128)((gint64)b.x - a.x) * ((gint64)c.y - a.y) -
         (__int128)((gint64)b.y - a.y) * ((gint64)c.x - a.x);
}

/* Whether the ray from @point to the east meets the edge. Half-open in y (the upper end does not
 * belong to an edge) and strict in x, which amounts to asking about a place a hair east and still
 * less north of the point: never on an edge, hence in exactly one area of a partition. Edges are
 * looked at from the lower end so that both neighbours calculate the same. */
static inline gboolean
gw_edge_is_east (GwPoint a, GwPoint b, GwPoint point)
{
  if ((a.y > point.y) == (b.y > point.y))
    return FALSE;
  return a.y < b.y ? gw_point_turn (a, b, point) > 0 : gw_point_turn (b, a, point) > 0;
}

G_END_DECLS
