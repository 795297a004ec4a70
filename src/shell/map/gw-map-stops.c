/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-stops.h"

#include <math.h>

/* Areas come before circles. */
#define AREA_WEIGHT 1e9
/* The stop that the cursor is at is no neighbour of itself. */
#define SELF_PX 3.0

static int
compare_stops (gconstpointer a, gconstpointer b)
{
  const GwMapStop *x = a, *y = b;

  return (x->weight < y->weight) - (x->weight > y->weight);
}

static gboolean
is_in_view (const GwMapFrame *frame, GwWorldPoint place)
{
  double x = 0, y = 0;

  gw_map_frame_to_px (frame, place, &x, &y);
  return x >= 0 && y >= 0 && x <= frame->width && y <= frame->height;
}

static void
add_features (GArray *stops, const GwMapFrame *frame, GwMapPointLayer *points)
{
  guint n = 0;
  const GwMapFeature *features = gw_map_point_layer_get_features (points, frame, &n);

  for (guint i = 0; i < n; i++)
    {
      GwMapStop stop = { .weight = features[i].n,
                         .feature = features[i],
                         .place = gw_map_frame_from_px (frame, features[i].x, features[i].y) };

      g_array_append_val (stops, stop);
    }
}

GArray *
gw_map_stops_collect (const GwMapFrame *frame,
                      const GwMapAreas *areas,
                      const GwAreaTree *tree,
                      guint32 base,
                      GwMapPointLayer *points,
                      GwMapWeightFunc weigh,
                      gpointer data)
{
  GArray *stops = g_array_new (FALSE, FALSE, sizeof (GwMapStop));

  for (guint i = 0; areas != NULL && i < gw_map_areas_get_n (areas); i++)
    {
      GwMapStop stop = { .area = gw_map_areas_get_id (areas, i),
                         .place = gw_map_areas_get_label_place (areas, i) };

      if (gw_map_areas_get_rings (areas, i) == NULL || !is_in_view (frame, stop.place) ||
          (base != GW_AREA_NONE && !gw_area_tree_contains (tree, base, stop.area)))
        continue;
      stop.weight = AREA_WEIGHT + weigh (data, stop.area);
      g_array_append_val (stops, stop);
    }
  add_features (stops, frame, points);
  g_array_sort (stops, compare_stops);
  if (stops->len > GW_MAP_MAX_STOPS)
    g_array_set_size (stops, GW_MAP_MAX_STOPS);
  return stops;
}

gint
gw_map_stops_find (const GArray *stops, const GwMapFrame *frame, double x, double y, int dx, int dy)
{
  double best = INFINITY;
  gint found = -1;

  for (guint i = 0; i < stops->len; i++)
    {
      double px = 0, py = 0, along, across;

      gw_map_frame_to_px (frame, g_array_index (stops, GwMapStop, i).place, &px, &py);
      along = (px - x) * dx + (py - y) * dy;
      across = fabs ((px - x) * dy) + fabs ((py - y) * dx);
      if (along < SELF_PX || across > along)
        continue;
      /* What lies straight ahead is nearer than what is to the side. */
      if (along + 2 * across < best)
        {
          best = along + 2 * across;
          found = (gint)i;
        }
    }
  return found;
}
