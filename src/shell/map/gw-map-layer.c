/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-layer.h"

G_DEFINE_ABSTRACT_TYPE (GwMapLayer, gw_map_layer, SHUMATE_TYPE_LAYER)

gboolean
gw_map_frame_of_viewport (ShumateViewport *viewport, GtkWidget *widget, GwMapFrame *frame)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  ShumateLocation *location = SHUMATE_LOCATION (viewport);
  GwPoint centre = gw_point_from_degrees (shumate_location_get_longitude (location),
                                          shumate_location_get_latitude (location));

  if (width <= 0 || height <= 0 || !gw_point_is_valid (centre))
    return FALSE;
  *frame = gw_map_frame_new (gw_mercator_from_lattice (centre),
                             shumate_viewport_get_zoom_level (viewport), width, height,
                             gtk_widget_get_scale_factor (widget));
  return TRUE;
}

gboolean
gw_map_layer_get_frame (GwMapLayer *self, GwMapFrame *frame)
{
  g_return_val_if_fail (GW_IS_MAP_LAYER (self), FALSE);
  return gw_map_frame_of_viewport (shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                                   GTK_WIDGET (self), frame);
}

static void
gw_map_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GwMapLayer *self = GW_MAP_LAYER (widget);
  GwMapFrame frame = { 0 };

  if (gw_map_layer_get_frame (self, &frame))
    GW_MAP_LAYER_GET_CLASS (self)->draw (self, snapshot, &frame);
}

static void
gw_map_layer_constructed (GObject *object)
{
  G_OBJECT_CLASS (gw_map_layer_parent_class)->constructed (object);
  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify",
                           G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
}

static void
gw_map_layer_class_init (GwMapLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = gw_map_layer_constructed;
  GTK_WIDGET_CLASS (klass)->snapshot = gw_map_layer_snapshot;
}

static void
gw_map_layer_init (GwMapLayer *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}
