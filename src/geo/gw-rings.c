/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-geometry.h"

#include "gw-error.h"
#include "gw-parts-private.h"
#include "gw-rings-private.h"

#include <math.h>

#define SEMI_MAJOR_M 6378137.0
#define FLATTENING (1.0 / 298.257223563)
#define E2 (FLATTENING * (2 - FLATTENING))

struct _GwRings
{
  GwParts parts;
};

struct _GwRingsBuilder
{
  GArray *points;      /* owned, GwPoint */
  GArray *lengths;     /* owned, guint */
  gboolean wants_hole; /* the polygon has its outer ring already */
};

/* Twice the signed area; the sum is exact in 128 bits and saturates on the way out only for more
 * than two thirds of the globe. */
static gint64
get_signed_double_area (const GwPoint *points, guint n_points)
{
  __int128 sum = 0;

  for (guint i = 0, j = n_points - 1; i < n_points; j = i++)
    sum += (__int128)points[j].x * points[i].y - (__int128)points[i].x * points[j].y;
  return (gint64)CLAMP (sum, (__int128)G_MININT64, (__int128)G_MAXINT64);
}

GwRingsBuilder *
gw_rings_builder_new (void)
{
  GwRingsBuilder *self = g_new0 (GwRingsBuilder, 1);

  self->points = g_array_new (FALSE, FALSE, sizeof (GwPoint));
  self->lengths = g_array_new (FALSE, FALSE, sizeof (guint));
  return self;
}

void
gw_rings_builder_free (GwRingsBuilder *builder)
{
  g_array_unref (builder->points);
  g_array_unref (builder->lengths);
  g_free (builder);
}

void
gw_rings_builder_start_polygon (GwRingsBuilder *builder)
{
  builder->wants_hole = FALSE;
}

static gboolean
is_same (GwPoint a, GwPoint b)
{
  return a.x == b.x && a.y == b.y;
}

static void
reverse (GwPoint *points, guint n_points)
{
  for (guint i = 0; i < n_points / 2; i++)
    {
      GwPoint other = points[n_points - 1 - i];

      points[n_points - 1 - i] = points[i];
      points[i] = other;
    }
}

void
gw_rings_builder_add_ring (GwRingsBuilder *builder, const GwPoint *points, guint n_points)
{
  guint start = builder->points->len;
  GwPoint *ring;
  guint length;

  for (guint i = 0; i < n_points; i++)
    {
      if (i == 0 || !is_same (points[i], points[i - 1]))
        g_array_append_val (builder->points, points[i]);
    }
  ring = (GwPoint *)(gpointer)builder->points->data + start;
  length = builder->points->len - start;
  while (length > 1 && is_same (ring[length - 1], ring[0]))
    length--;
  g_array_set_size (builder->points, start + length);
  if (length > 0 && (get_signed_double_area (ring, length) < 0) != builder->wants_hole)
    reverse (ring, length);
  g_array_append_val (builder->lengths, length);
  builder->wants_hole = TRUE;
}

static GwRings *
rings_new (const GwPoint *points, const guint *lengths, guint n_rings)
{
  GwRings *self = g_atomic_rc_box_new0 (GwRings);

  gw_parts_init (&self->parts, points, lengths, n_rings);
  return self;
}

GwRings *
gw_rings_builder_end (GwRingsBuilder *builder)
{
  GwRings *rings =
      rings_new ((const GwPoint *)(gpointer)builder->points->data,
                 (const guint *)(gpointer)builder->lengths->data, builder->lengths->len);

  gw_rings_builder_free (builder);
  return rings;
}

GwRings *
gw_rings_new_polygon (const GwPoint *points, guint n_points)
{
  GwRingsBuilder *builder = gw_rings_builder_new ();

  gw_rings_builder_add_ring (builder, points, n_points);
  return gw_rings_builder_end (builder);
}

GwRings *
gw_rings_ref (const GwRings *rings)
{
  return g_atomic_rc_box_acquire ((GwRings *)rings);
}

static void
rings_clear (gpointer data)
{
  GwRings *self = data;

  gw_parts_clear (&self->parts);
}

void
gw_rings_unref (GwRings *rings)
{
  g_atomic_rc_box_release_full (rings, rings_clear);
}

guint
gw_rings_get_n_rings (const GwRings *rings)
{
  return rings->parts.n_parts;
}

guint
gw_rings_get_n_points (const GwRings *rings)
{
  return rings->parts.starts[rings->parts.n_parts];
}

const GwPoint *
gw_rings_get_ring (const GwRings *rings, guint i, guint *n_points)
{
  return gw_parts_get_part (&rings->parts, i, n_points);
}

gboolean
gw_rings_is_hole (const GwRings *rings, guint i)
{
  guint n_points;
  const GwPoint *points = gw_rings_get_ring (rings, i, &n_points);

  return get_signed_double_area (points, n_points) < 0;
}

GwBox
gw_rings_get_box (const GwRings *rings)
{
  return rings->parts.box;
}

gboolean
gw_rings_is_equal (const GwRings *a, const GwRings *b)
{
  return gw_parts_is_equal (&a->parts, &b->parts);
}

gint64
gw_rings_get_double_area (const GwRings *rings)
{
  __int128 sum = 0;

  for (guint i = 0; i < rings->parts.n_parts; i++)
    {
      guint n_points;
      const GwPoint *points = gw_rings_get_ring (rings, i, &n_points);

      sum += get_signed_double_area (points, n_points);
    }
  return (gint64)CLAMP (sum, (__int128)G_MININT64, (__int128)G_MAXINT64);
}

/* The authalic function of latitude (Snyder, Map Projections: A Working Manual, 3-12): the area
 * between the equator and a parallel is proportional to it. */
static double
get_authalic_q (double latitude)
{
  const double e = sqrt (E2);
  double s = e * sin (latitude);

  return (1 - E2) / e * (s / (1 - s * s) + atanh (s));
}

double
gw_rings_get_area_m2 (const GwRings *rings)
{
  const double radian = G_PI / 180.0 / GW_LATTICE_PER_DEGREE;
  double sum = 0;

  for (guint k = 0; k < rings->parts.n_parts; k++)
    {
      guint n_points;
      const GwPoint *points = gw_rings_get_ring (rings, k, &n_points);

      for (guint i = 0, j = n_points - 1; i < n_points; j = i++)
        {
          double from = points[j].y * radian, to = points[i].y * radian;
          /* Simpson's rule: an edge is straight in longitude and latitude, q is not. */
          double q =
              (get_authalic_q (from) + 4 * get_authalic_q ((from + to) / 2) + get_authalic_q (to)) /
              6;

          sum -= ((double)points[i].x - points[j].x) * radian * q;
        }
    }
  return sum * SEMI_MAJOR_M * SEMI_MAJOR_M / 2;
}

gboolean
gw_rings_contains (const GwRings *rings, GwPoint point)
{
  gboolean is_inside = FALSE;

  if (!gw_box_contains (rings->parts.box, point))
    return FALSE;
  for (guint k = 0; k < rings->parts.n_parts; k++)
    {
      guint n_points;
      const GwPoint *points = gw_rings_get_ring (rings, k, &n_points);

      for (guint i = 0, j = n_points - 1; i < n_points; j = i++)
        is_inside ^= gw_edge_is_east (points[j], points[i], point);
    }
  return is_inside;
}

GBytes *
gw_rings_to_bytes (const GwRings *rings)
{
  return gw_parts_to_bytes (&rings->parts, GW_PARTS_RINGS);
}

GwRings *
gw_rings_from_bytes (GBytes *bytes, GError **error)
{
  GwParts parts = { 0 };
  GwRings *self;

  if (!gw_parts_from_bytes (&parts, GW_PARTS_RINGS, 3, bytes, error))
    return NULL;
  self = g_atomic_rc_box_new0 (GwRings);
  self->parts = parts;
  return self;
}
