/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-geo-shape.h"

#include <math.h>

typedef struct
{
  guint n_vertices;
  guint n_rings;
  GwGeoVerdict verdict;
} Census;

static void
count_vertices (OGRGeometryH shape, Census *census)
{
  guint n = (guint)MAX (OGR_G_GetPointCount (shape), 0);

  census->n_vertices += MIN (n, G_MAXUINT / 2 - census->n_vertices);
  census->n_rings++;
  if (census->n_vertices > GW_GEO_MAX_VERTICES || census->n_rings > GW_GEO_MAX_RINGS)
    {
      census->verdict = GW_GEO_LARGE;
      return;
    }
  for (guint i = 0; i < n; i++)
    if (!isfinite (OGR_G_GetX (shape, (int)i)) || !isfinite (OGR_G_GetY (shape, (int)i)))
      {
        census->verdict = GW_GEO_NOT_FINITE;
        return;
      }
}

static void
visit (OGRGeometryH shape, guint depth, Census *census)
{
  int n_parts = OGR_G_GetGeometryCount (shape);

  if (depth > GW_GEO_MAX_DEPTH)
    {
      census->verdict = GW_GEO_DEEP;
      return;
    }
  if (n_parts == 0)
    count_vertices (shape, census);
  for (int i = 0; i < n_parts && census->verdict == GW_GEO_FINE; i++)
    visit (OGR_G_GetGeometryRef (shape, i), depth + 1, census);
}

GwGeoVerdict
gw_geo_shape_check (OGRGeometryH shape, guint *n_vertices)
{
  Census census = { 0, 0, GW_GEO_FINE };

  *n_vertices = 0;
  if (shape == NULL || OGR_G_IsEmpty (shape))
    return GW_GEO_EMPTY;
  visit (shape, 1, &census);
  *n_vertices = census.n_vertices;
  return census.verdict;
}

static gboolean
get_middle (OGRGeometryH shape, double *lon, double *lat)
{
  OGREnvelope box = { 0 };

  OGR_G_GetEnvelope (shape, &box);
  *lon = box.MinX + (box.MaxX - box.MinX) / 2;
  *lat = box.MinY + (box.MaxY - box.MinY) / 2;
  return isfinite (*lon) && isfinite (*lat);
}

gboolean
gw_geo_shape_get_point (OGRGeometryH shape, double *lon, double *lat)
{
  OGRwkbGeometryType type = wkbFlatten (OGR_G_GetGeometryType (shape));
  OGRGeometryH inner = NULL;

  if (type == wkbPolygon || type == wkbMultiPolygon)
    inner = OGR_G_PointOnSurface (shape);
  if (inner == NULL || OGR_G_IsEmpty (inner))
    {
      OGR_G_DestroyGeometry (inner);
      return get_middle (shape, lon, lat);
    }
  *lon = OGR_G_GetX (inner, 0);
  *lat = OGR_G_GetY (inner, 0);
  OGR_G_DestroyGeometry (inner);
  return isfinite (*lon) && isfinite (*lat);
}
