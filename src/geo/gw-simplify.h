/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Fewer points for drawing outlines and rivers at a zoom. For the eye only: neighbours are
 * simplified each for itself, so never locate or store with the result. */

#include "gw-geometry.h"

G_BEGIN_DECLS

/* Metres on the ground that are @px pixels at @zoom. */
double gw_simplify_tolerance_m (double zoom, double px, gint32 lattice_y);

/* Douglas-Peucker: no point of the original is farther than @tolerance_m from the result. Ends of
 * lines stay; a tolerance of 0 or less returns a reference to the same. */
GwLines *gw_simplify_lines (const GwLines *lines, double tolerance_m) G_GNUC_WARN_UNUSED_RESULT;
/* The same; parts that become smaller than the tolerance fall out, the largest part stays. */
GwRings *gw_simplify_rings (const GwRings *rings, double tolerance_m) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
