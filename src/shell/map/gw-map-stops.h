/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the map shows as a row of stops, for whoever does not point at it: the areas in view, the
 * heaviest first, then circles and single matters. The focus cursor goes through them, and the list
 * of what is on the map names them. */

#include "gw-map-areas.h"
#include "gw-map-point-layer.h"

G_BEGIN_DECLS

typedef struct
{
  guint32 area; /* GW_AREA_NONE: a circle or symbol */
  double weight;
  GwMapFeature feature; /* of a circle or symbol, good for the frame it was collected from */
  GwWorldPoint place;
} GwMapStop;

/* More are not told one by one. */
#define GW_MAP_MAX_STOPS 200

/* Weight of an area, for the order. */
typedef double (*GwMapWeightFunc) (gpointer data, guint32 area);

/* GwMapStop elements. Areas outside of @base (GW_AREA_NONE: none) are left out. */
GArray *gw_map_stops_collect (const GwMapFrame *frame,
                              const GwMapAreas *areas /* nullable */,
                              const GwAreaTree *tree,
                              guint32 base,
                              GwMapPointLayer *points,
                              GwMapWeightFunc weigh,
                              gpointer data) G_GNUC_WARN_UNUSED_RESULT;
/* The nearest stop in a direction from a place of the screen, within 45 degrees to either side; -1
 * when there is none. @dx, @dy: -1, 0 or 1. */
gint gw_map_stops_find (
    const GArray *stops, const GwMapFrame *frame, double x, double y, int dx, int dy);

G_END_DECLS
