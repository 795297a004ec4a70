/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-project.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* GCJ-02 as found by reverse engineering and published many times (first as "wgtochina_lb",
 * emq/eviltransform and wandergis/coordtransform, MIT): the Krasovsky 1940 ellipsoid and a sum of
 * sines around 105 E, 35 N. BD-09 after wandergis/coordtransform: polar coordinates with a ripple,
 * plus a constant. */
#define GCJ_SEMI_MAJOR_M 6378245.0
#define GCJ_E2 0.00669342162296594323
#define BD_FACTOR (G_PI * 3000.0 / 180.0)
#define BD_LON 0.0065
#define BD_LAT 0.006

/* 1e-10 degree is 0.01 mm. */
#define ENOUGH_DEGREES 1e-10
#define MAX_STEPS 30

static const struct
{
  const char *id;
  const char *name;
} systems[GW_N_CRS] = {
  [GW_CRS_WGS84] = { "wgs84", N_ ("WGS 84") },
  [GW_CRS_CGCS2000] = { "cgcs2000", N_ ("CGCS2000") },
  [GW_CRS_GCJ02] = { "gcj02", N_ ("GCJ-02 (offset, map providers)") },
  [GW_CRS_BD09] = { "bd09", N_ ("BD-09 (offset twice, Baidu)") },
};

const char *
gw_crs_to_id (GwCrs crs)
{
  g_return_val_if_fail ((guint)crs < GW_N_CRS, NULL);

  return systems[crs].id;
}

gboolean
gw_crs_from_id (const char *id, GwCrs *crs)
{
  g_autoptr (GString) plain = g_string_new (NULL);

  for (const char *at = id; *at != '\0'; at++)
    {
      if (*at != '-' && *at != '_' && *at != ' ')
        g_string_append_c (plain, g_ascii_tolower (*at));
    }
  for (guint i = 0; i < GW_N_CRS; i++)
    {
      if (g_str_equal (plain->str, systems[i].id))
        {
          *crs = (GwCrs)i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
gw_crs_get_name (GwCrs crs)
{
  g_return_val_if_fail ((guint)crs < GW_N_CRS, NULL);

  return _ (systems[crs].name);
}

/* The rectangle in which the published formula shifts at all. */
static gboolean
is_in_china (double lon, double lat)
{
  return lon >= 72.004 && lon <= 137.8347 && lat >= 0.8293 && lat <= 55.8271;
}

static double
ripple (double t)
{
  return (20.0 * sin (6.0 * t * G_PI) + 20.0 * sin (2.0 * t * G_PI)) * 2.0 / 3.0;
}

static double
wave (double t, double a, double b, double c, double slow, double slower)
{
  return (a * sin (t * G_PI) + b * sin (t / 3.0 * G_PI)) * 2.0 / 3.0 +
         (c * sin (t / 12.0 * G_PI) + slow * sin (t * G_PI / slower)) * 2.0 / 3.0;
}

static double
get_offset_north (double x, double y)
{
  return -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt (fabs (x)) +
         ripple (x) + wave (y, 20.0, 40.0, 160.0, 320.0, 30.0);
}

static double
get_offset_east (double x, double y)
{
  return 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt (fabs (x)) + ripple (x) +
         wave (x, 20.0, 40.0, 150.0, 300.0, 30.0);
}

static void
wgs_to_gcj (double *lon, double *lat)
{
  double x = *lon - 105.0, y = *lat - 35.0;
  double phi = *lat / 180.0 * G_PI;
  double w2 = 1 - GCJ_E2 * sin (phi) * sin (phi), w = sqrt (w2);
  double north = get_offset_north (x, y), east = get_offset_east (x, y);

  if (!is_in_china (*lon, *lat))
    return;
  *lat += north * 180.0 / (GCJ_SEMI_MAJOR_M * (1 - GCJ_E2) / (w2 * w) * G_PI);
  *lon += east * 180.0 / (GCJ_SEMI_MAJOR_M / w * cos (phi) * G_PI);
}

static void
gcj_to_bd (double *lon, double *lat)
{
  double x = *lon, y = *lat;
  double radius = hypot (x, y) + 0.00002 * sin (y * BD_FACTOR);
  double angle = atan2 (y, x) + 0.000003 * cos (x * BD_FACTOR);

  if (!is_in_china (x, y))
    return;
  *lon = radius * cos (angle) + BD_LON;
  *lat = radius * sin (angle) + BD_LAT;
}

typedef void (*Shift) (double *lon, double *lat);

/* The shifts change by less than a thousandth of the way moved, so that stepping back by the error
 * gains at least two digits each time. At the rim of the rectangle, where the shift jumps, there is
 * a strip that nothing maps to; it ends after MAX_STEPS, and the nearest try is as good as any. */
static void
undo (Shift shift, double *lon, double *lat)
{
  double x = *lon, y = *lat;

  for (guint i = 0; i < MAX_STEPS; i++)
    {
      double there_x = x, there_y = y;

      shift (&there_x, &there_y);
      x += *lon - there_x;
      y += *lat - there_y;
      if (fabs (*lon - there_x) < ENOUGH_DEGREES && fabs (*lat - there_y) < ENOUGH_DEGREES)
        break;
    }
  *lon = x;
  *lat = y;
}

/* How many offsets lie on top of the true system. */
static guint
get_depth (GwCrs crs)
{
  return crs == GW_CRS_BD09 ? 2 : crs == GW_CRS_GCJ02 ? 1 : 0;
}

void
gw_project (GwCrs from, GwCrs to, double *lon, double *lat)
{
  const Shift shifts[] = { wgs_to_gcj, gcj_to_bd };
  guint depth = get_depth (from), wanted = get_depth (to);

  while (depth > wanted)
    undo (shifts[--depth], lon, lat);
  while (depth < wanted)
    shifts[depth++](lon, lat);
}

GwPoint
gw_project_point (GwCrs from, GwCrs to, GwPoint point)
{
  double lon = gw_lattice_to_degrees (point.x), lat = gw_lattice_to_degrees (point.y);

  if (get_depth (from) == get_depth (to) || !gw_point_is_valid (point))
    return point;
  gw_project (from, to, &lon, &lat);
  return gw_point_from_degrees (lon, lat);
}

void
gw_project_points (GwCrs from, GwCrs to, GwPoint *points, gsize n_points)
{
  for (gsize i = 0; i < n_points; i++)
    points[i] = gw_project_point (from, to, points[i]);
}

GwRings *
gw_project_rings (GwCrs from, GwCrs to, const GwRings *rings)
{
  GwRingsBuilder *builder;

  if (get_depth (from) == get_depth (to))
    return gw_rings_ref (rings);
  builder = gw_rings_builder_new ();
  for (guint i = 0; i < gw_rings_get_n_rings (rings); i++)
    {
      guint n_points;
      const GwPoint *points = gw_rings_get_ring (rings, i, &n_points);
      g_autofree GwPoint *moved = g_memdup2 (points, sizeof *points * n_points);

      gw_project_points (from, to, moved, n_points);
      if (!gw_rings_is_hole (rings, i))
        gw_rings_builder_start_polygon (builder);
      gw_rings_builder_add_ring (builder, moved, n_points);
    }
  return gw_rings_builder_end (builder);
}
