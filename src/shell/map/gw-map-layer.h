/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A layer that draws from one frame. Events fall through to the map. */

#include "gw-map-frame.h"
#include <shumate/shumate.h>

G_BEGIN_DECLS

#define GW_TYPE_MAP_LAYER (gw_map_layer_get_type ())
G_DECLARE_DERIVABLE_TYPE (GwMapLayer, gw_map_layer, GW, MAP_LAYER, ShumateLayer)

struct _GwMapLayerClass
{
  ShumateLayerClass parent_class;
  void (*draw) (GwMapLayer *self, GtkSnapshot *snapshot, const GwMapFrame *frame);
};

/* What the layer shows now; FALSE while it has no size. */
gboolean gw_map_layer_get_frame (GwMapLayer *self, GwMapFrame *frame);
/* The same for any widget that fills the map. */
gboolean gw_map_frame_of_viewport (ShumateViewport *viewport, GtkWidget *widget, GwMapFrame *frame);

G_END_DECLS
