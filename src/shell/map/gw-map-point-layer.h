/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The matters of the selection: circles with counts where they are many, a symbol by lamp (shape
 * and colour) where one stands alone, a pin at the selected one. */

#include "gw-cluster.h"
#include "gw-map-layer.h"
#include "gw-selection.h"

G_BEGIN_DECLS

#define GW_TYPE_MAP_POINT_LAYER (gw_map_point_layer_get_type ())
G_DECLARE_FINAL_TYPE (GwMapPointLayer, gw_map_point_layer, GW, MAP_POINT_LAYER, GwMapLayer)

/* One thing on the screen. */
typedef struct
{
  double x, y;   /* centre, widget pixels */
  double radius; /* of what is drawn */
  guint n;       /* matters */
  guint row;     /* of the selection; the matter itself when n == 1 */
  guint cluster; /* index for the functions below */
} GwMapFeature;

/* Empty until it gets points. */
GwMapPointLayer *gw_map_point_layer_new (ShumateViewport *viewport);
/* @index was built over the columns of @selection; both nullable: no points. */
void gw_map_point_layer_set_points (GwMapPointLayer *self,
                                    const GwClusterIndex *index,
                                    GwSelection *selection);
void gw_map_point_layer_set_dark (GwMapPointLayer *self, gboolean is_dark);
/* The selected matter; GW_LATTICE_NONE for none. */
void gw_map_point_layer_set_pin (GwMapPointLayer *self, GwPoint place);

/* What @frame shows, heaviest first; lent until the next call. */
const GwMapFeature *gw_map_point_layer_get_features (GwMapPointLayer *self,
                                                     const GwMapFrame *frame,
                                                     guint *n);
/* The feature under a place of the widget; NULL when there is none. Lent likewise. */
const GwMapFeature *gw_map_point_layer_find (GwMapPointLayer *self, double x, double y);
/* Rows of the selection in a feature, at most @limit (0 = all); guint32 elements. */
GArray *gw_map_point_layer_dup_rows (GwMapPointLayer *self,
                                     const GwMapFeature *feature,
                                     guint limit);
GwWorldBox gw_map_point_layer_get_extent (GwMapPointLayer *self, const GwMapFeature *feature);
/* The selection that is drawn; nullable, lent. */
GwSelection *gw_map_point_layer_get_selection (GwMapPointLayer *self);

G_END_DECLS
