/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-geometry.h"

#include <math.h>

/* WGS 84; CGCS2000 differs in the flattening from the tenth digit on. */
#define SEMI_MAJOR_M 6378137.0
#define FLATTENING (1.0 / 298.257223563)
#define E2 (FLATTENING * (2 - FLATTENING))

GwPoint
gw_point_from_degrees (double lon, double lat)
{
  /* Written so that a NaN fails, too. */
  if (!(fabs (lon) <= 180.0 && fabs (lat) <= 90.0))
    return (GwPoint){ GW_LATTICE_NONE, GW_LATTICE_NONE };
  return (GwPoint){ (gint32)lround (lon * GW_LATTICE_PER_DEGREE),
                    (gint32)lround (lat * GW_LATTICE_PER_DEGREE) };
}

double
gw_lattice_to_degrees (gint32 value)
{
  return value / (double)GW_LATTICE_PER_DEGREE;
}

gboolean
gw_point_is_valid (GwPoint point)
{
  return point.x >= -GW_LATTICE_MAX_X && point.x <= GW_LATTICE_MAX_X &&
         point.y >= -GW_LATTICE_MAX_Y && point.y <= GW_LATTICE_MAX_Y;
}

double
gw_point_distance_m (GwPoint a, GwPoint b)
{
  const double radian = G_PI / 180.0 / GW_LATTICE_PER_DEGREE;
  double lat = ((double)a.y + b.y) / 2 * radian;
  double w2 = 1 - E2 * sin (lat) * sin (lat);
  double north = SEMI_MAJOR_M * (1 - E2) / (w2 * sqrt (w2)) * ((double)b.y - a.y) * radian;
  double east = SEMI_MAJOR_M / sqrt (w2) * cos (lat) * ((double)b.x - a.x) * radian;

  return hypot (east, north);
}

gboolean
gw_box_is_empty (GwBox box)
{
  return box.x0 > box.x1 || box.y0 > box.y1;
}

gboolean
gw_box_contains (GwBox box, GwPoint point)
{
  return point.x >= box.x0 && point.x <= box.x1 && point.y >= box.y0 && point.y <= box.y1;
}

gboolean
gw_box_intersects (GwBox a, GwBox b)
{
  return MAX (a.x0, b.x0) <= MIN (a.x1, b.x1) && MAX (a.y0, b.y0) <= MIN (a.y1, b.y1);
}

GwBox
gw_box_union (GwBox a, GwBox b)
{
  return (GwBox){ MIN (a.x0, b.x0), MIN (a.y0, b.y0), MAX (a.x1, b.x1), MAX (a.y1, b.y1) };
}

GwBox
gw_box_add_point (GwBox box, GwPoint point)
{
  return gw_box_union (box, (GwBox){ point.x, point.y, point.x, point.y });
}
