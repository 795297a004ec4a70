/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Geometries of a foreign layer: bounded before they are used, and as a point. */

#include <glib.h>
#include <ogr_api.h>

G_BEGIN_DECLS

/* Limits of security.md, T19. */
#define GW_GEO_MAX_VERTICES 100000u
#define GW_GEO_MAX_RINGS 10000u
#define GW_GEO_MAX_DEPTH 4u

typedef enum
{
  GW_GEO_FINE,
  GW_GEO_EMPTY,
  GW_GEO_LARGE,
  GW_GEO_DEEP,
  GW_GEO_NOT_FINITE,
} GwGeoVerdict;

/* @n_vertices: (out). */
GwGeoVerdict gw_geo_shape_check (OGRGeometryH shape, guint *n_vertices);
/* The point itself, or a point within: of a surface its point on surface, else the middle of the
 * box. FALSE when there is none. */
gboolean gw_geo_shape_get_point (OGRGeometryH shape, double *lon, double *lat);

G_END_DECLS
