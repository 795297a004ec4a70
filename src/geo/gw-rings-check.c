/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-geometry.h"

#include "gw-error.h"
#include "gw-rings-private.h"

#include <glib/gi18n-lib.h>

/* Pairs of edges compared at most: about a second. Real outlines of 100,000 points need some ten
 * million; only a file made to hurt needs more. */
#define MAX_PAIRS 400000000u

typedef struct
{
  GwPoint a, b;
  gint32 x0, x1, y0, y1;
} Edge;

static gboolean
throw_at (GError **error, const char *text, guint ring, GwPoint place)
{
  return gw_throw (error, GW_ERROR_INVALID, _ ("Outline, ring %u near %.6f, %.6f: %s"), ring + 1,
                   gw_lattice_to_degrees (place.x), gw_lattice_to_degrees (place.y), text);
}

static gboolean
check_ring (const GwRings *rings, guint i, GError **error)
{
  guint n_points;
  const GwPoint *points = gw_rings_get_ring (rings, i, &n_points);
  __int128 area = 0;

  if (n_points < 3)
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("Outline, ring %u: it has only %u different points, three are needed"),
                     i + 1, n_points);
  for (guint k = 0; k < n_points; k++)
    {
      if (!gw_point_is_valid (points[k]))
        return throw_at (error, _ ("this is no place on Earth"), i, points[k]);
      area += gw_point_turn (points[0], points[k], points[(k + 1) % n_points]);
    }
  return area != 0 || throw_at (error, _ ("the ring encloses nothing"), i, points[0]);
}

static int
compare_edges (gconstpointer a, gconstpointer b)
{
  const Edge *left = a, *right = b;

  return (left->x0 > right->x0) - (left->x0 < right->x0);
}

static GArray *
collect_edges (const GwRings *rings)
{
  GArray *edges = g_array_sized_new (FALSE, FALSE, sizeof (Edge), gw_rings_get_n_points (rings));

  for (guint k = 0; k < gw_rings_get_n_rings (rings); k++)
    {
      guint n_points;
      const GwPoint *points = gw_rings_get_ring (rings, k, &n_points);

      for (guint i = 0, j = n_points - 1; i < n_points; j = i++)
        {
          GwPoint a = points[j], b = points[i];
          Edge edge = { a, b, MIN (a.x, b.x), MAX (a.x, b.x), MIN (a.y, b.y), MAX (a.y, b.y) };

          g_array_append_val (edges, edge);
        }
    }
  g_array_sort (edges, compare_edges);
  return edges;
}

static int
sign (__int128 value)
{
  return (value > 0) - (value < 0);
}

/* Crossing in the inside of both, or lying on each other for more than a point. */
static gboolean
is_crossing (const Edge *a, const Edge *b)
{
  int a1 = sign (gw_point_turn (a->a, a->b, b->a)), a2 = sign (gw_point_turn (a->a, a->b, b->b));
  int b1 = sign (gw_point_turn (b->a, b->b, a->a)), b2 = sign (gw_point_turn (b->a, b->b, a->b));

  if (a1 == 0 && a2 == 0)
    return MIN (a->x1, b->x1) > MAX (a->x0, b->x0) || MIN (a->y1, b->y1) > MAX (a->y0, b->y0);
  return a1 * a2 < 0 && b1 * b2 < 0;
}

static gboolean
check_crossings (const GwRings *rings, GError **error)
{
  g_autoptr (GArray) edges = collect_edges (rings);
  guint n_pairs = 0;

  for (guint i = 0; i < edges->len; i++)
    {
      const Edge *a = &g_array_index (edges, Edge, i);

      for (guint j = i + 1; j < edges->len; j++)
        {
          const Edge *b = &g_array_index (edges, Edge, j);

          if (b->x0 > a->x1)
            break;
          if (++n_pairs > MAX_PAIRS)
            return gw_throw (
                error, GW_ERROR_LIMIT,
                _ ("Outline of %u points: too tangled to check, simplify it and try again"),
                gw_rings_get_n_points (rings));
          if (a->y1 >= b->y0 && b->y1 >= a->y0 && is_crossing (a, b))
            return gw_throw (
                error, GW_ERROR_INVALID,
                _ ("Outline near %.6f, %.6f: its border crosses or covers itself; repair "
                   "it in the program it comes from"),
                gw_lattice_to_degrees (b->a.x), gw_lattice_to_degrees (b->a.y));
        }
    }
  return TRUE;
}

gboolean
gw_rings_check (const GwRings *rings, GError **error)
{
  if (gw_rings_get_n_rings (rings) == 0)
    return gw_throw (error, GW_ERROR_INVALID, _ ("Outline: it has no rings"));
  for (guint i = 0; i < gw_rings_get_n_rings (rings); i++)
    {
      if (!check_ring (rings, i, error))
        return FALSE;
    }
  return check_crossings (rings, error);
}
