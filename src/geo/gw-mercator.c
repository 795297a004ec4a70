/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-mercator.h"

#include <math.h>

#define WORLD 4294967296.0
#define RADIAN (G_PI / 180.0 / GW_LATTICE_PER_DEGREE)
#define X_SCALE (WORLD / (2.0 * GW_LATTICE_MAX_X))
/* Half the circumference of the equator, WGS 84. */
#define HALF_EQUATOR_M 20037508.342789244

/* Chords of the projection: 2^14 lattice units are short enough for an error below one unit
 * between the polar regions. */
#define CHORD_BITS 14
#define CHORD_MAX_SPAN (20 * GW_LATTICE_PER_DEGREE)
#define CHORD_MAX_Y (65 * GW_LATTICE_PER_DEGREE)

static guint32
to_unit (double value)
{
  return value <= 0 ? 0 : value >= WORLD - 1 ? G_MAXUINT32 : (guint32)(value + 0.5);
}

static double
project_x (gint32 x)
{
  return ((double)x + GW_LATTICE_MAX_X) * X_SCALE;
}

static double
project_y (gint32 y)
{
  return (0.5 - asinh (tan (y * RADIAN)) / (2 * G_PI)) * WORLD;
}

GwWorldPoint
gw_mercator_from_lattice (GwPoint point)
{
  return (GwWorldPoint){ to_unit (project_x (point.x)), to_unit (project_y (point.y)) };
}

GwPoint
gw_mercator_to_lattice (GwWorldPoint point)
{
  double lat = atan (sinh ((0.5 - point.y / WORLD) * 2 * G_PI)) / RADIAN;

  return (GwPoint){ (gint32)lround (point.x / X_SCALE - GW_LATTICE_MAX_X), (gint32)lround (lat) };
}

GwWorldBox
gw_mercator_box_from_lattice (GwBox box)
{
  GwWorldPoint south_west = gw_mercator_from_lattice ((GwPoint){ box.x0, box.y0 });
  GwWorldPoint north_east = gw_mercator_from_lattice ((GwPoint){ box.x1, box.y1 });

  return (GwWorldBox){ south_west.x, north_east.y, north_east.x, south_west.y };
}

static gboolean
get_range (const gint32 *y, gsize n, gint32 *low, gint32 *high)
{
  gint32 min = G_MAXINT32, max = G_MININT32;

  for (gsize i = 0; i < n; i++)
    {
      min = y[i] != GW_LATTICE_NONE && y[i] < min ? y[i] : min;
      max = y[i] > max ? y[i] : max;
    }
  *low = min;
  *high = max;
  return min <= max;
}

/* Nullable: NULL when the points reach too far for chords. */
static double *
make_chords (gint32 low, gint32 high)
{
  double *chords;
  guint n;

  if (high - (gint64)low > CHORD_MAX_SPAN || low < -CHORD_MAX_Y || high > CHORD_MAX_Y)
    return NULL;
  n = ((guint)(high - low) >> CHORD_BITS) + 2;
  chords = g_new (double, n);
  for (guint i = 0; i < n; i++)
    chords[i] = project_y (low + (gint32)(i << CHORD_BITS));
  return chords;
}

void
gw_mercator_project_many (
    const gint32 *x, const gint32 *y, gsize n, guint32 *world_x, guint32 *world_y)
{
  g_autofree double *chords = NULL;
  gint32 low, high;

  if (get_range (y, n, &low, &high))
    chords = make_chords (low, high);
  for (gsize i = 0; i < n; i++)
    {
      double projected;

      if (x[i] == GW_LATTICE_NONE || y[i] == GW_LATTICE_NONE)
        {
          world_x[i] = world_y[i] = 0;
          continue;
        }
      if (chords != NULL)
        {
          guint32 offset = (guint32)(y[i] - low);
          const double *chord = chords + (offset >> CHORD_BITS);
          double part = (double)(offset & ((1u << CHORD_BITS) - 1)) * (1.0 / (1u << CHORD_BITS));

          projected = chord[0] + part * (chord[1] - chord[0]);
        }
      else
        {
          projected = project_y (y[i]);
        }
      world_x[i] = to_unit (project_x (x[i]));
      world_y[i] = to_unit (projected);
    }
}

double
gw_mercator_units_per_px (double zoom)
{
  return exp2 (24 - zoom);
}

double
gw_mercator_metres_per_px (double zoom, gint32 lattice_y)
{
  return 2 * HALF_EQUATOR_M / exp2 (8 + zoom) * cos (lattice_y * RADIAN);
}

static guint64
spread (guint32 value)
{
  guint64 v = value;

  v = (v | v << 16) & 0x0000ffff0000ffff;
  v = (v | v << 8) & 0x00ff00ff00ff00ff;
  v = (v | v << 4) & 0x0f0f0f0f0f0f0f0f;
  v = (v | v << 2) & 0x3333333333333333;
  v = (v | v << 1) & 0x5555555555555555;
  return v;
}

static guint32
gather (guint64 v)
{
  v &= 0x5555555555555555;
  v = (v | v >> 1) & 0x3333333333333333;
  v = (v | v >> 2) & 0x0f0f0f0f0f0f0f0f;
  v = (v | v >> 4) & 0x00ff00ff00ff00ff;
  v = (v | v >> 8) & 0x0000ffff0000ffff;
  v = (v | v >> 16) & 0x00000000ffffffff;
  return (guint32)v;
}

guint64
gw_morton_encode (guint32 x, guint32 y)
{
  return spread (x) | spread (y) << 1;
}

void
gw_morton_decode (guint64 key, guint32 *x, guint32 *y)
{
  *x = gather (key);
  *y = gather (key >> 1);
}
