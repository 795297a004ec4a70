/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The ground: tiles that a worker paints, kept while they are near. */

#include "gw-map-layer.h"
#include "gw-map-paint.h"

G_BEGIN_DECLS

#define GW_TYPE_MAP_AREA_LAYER (gw_map_area_layer_get_type ())
G_DECLARE_FINAL_TYPE (GwMapAreaLayer, gw_map_area_layer, GW, MAP_AREA_LAYER, GwMapLayer)

/* Empty until it gets a paint. */
GwMapAreaLayer *gw_map_area_layer_new (ShumateViewport *viewport);
/* What to show from now on; the old picture stays until the new one is there. */
void gw_map_area_layer_set_paint (GwMapAreaLayer *self, GwMapPaint *paint);
/* An area that the pointer or the keyboard is at; nullable. @colour: 0xAARRGGBB of its outline. */
void gw_map_area_layer_set_hover (GwMapAreaLayer *self, const GwRings *rings, guint32 colour);
/* Whether all that shows is painted as asked: for tests and pictures. */
gboolean gw_map_area_layer_is_complete (GwMapAreaLayer *self);

G_END_DECLS
