/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Names of areas, with a halo, where they fit: not onto each other and not under a circle. */

#include "gw-map-areas.h"
#include "gw-map-point-layer.h"

G_BEGIN_DECLS

#define GW_TYPE_MAP_LABEL_LAYER (gw_map_label_layer_get_type ())
G_DECLARE_FINAL_TYPE (GwMapLabelLayer, gw_map_label_layer, GW, MAP_LABEL_LAYER, GwMapLayer)

/* @points: whose circles are left free; it outlives the layer's use of it. */
GwMapLabelLayer *gw_map_label_layer_new (ShumateViewport *viewport, GwMapPointLayer *points);
/* Names of @areas; those inside of @focus (GW_AREA_NONE: all) come first and stand out. */
void gw_map_label_layer_set_areas (GwMapLabelLayer *self,
                                   GwMapAreas *areas,
                                   const GwAreaTree *tree,
                                   guint32 focus);
void gw_map_label_layer_set_dark (GwMapLabelLayer *self, gboolean is_dark);

/* "京宁社区居委会" -> "京宁社区", and without what the area above says already; transfer full. */
char *gw_map_label_shorten (const GwAreaTree *tree, const GwArea *area);

G_END_DECLS
