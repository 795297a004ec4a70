/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Picking a place for somebody else: the next click, or the middle of the map. */
#include "gw-map-view-private.h"

void
gw_map_view_end_pick (GwMapView *self, gboolean cancelled)
{
  if (!self->is_picking)
    return;
  self->is_picking = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->banner), FALSE);
  gtk_widget_set_cursor (GTK_WIDGET (self->map), NULL);
  gtk_widget_remove_css_class (GTK_WIDGET (self->cursor), "picking");
  if (cancelled)
    g_signal_emit_by_name (self, "pick-cancelled");
}

void
gw_map_view_pick_at (GwMapView *self, double x, double y)
{
  GwMapFrame frame = { 0 };
  GwPoint place;

  if (!gw_map_camera_get_frame (self->camera, &frame))
    return;
  place = gw_mercator_to_lattice (gw_map_frame_from_px (&frame, x, y));
  gw_map_view_end_pick (self, FALSE);
  g_signal_emit_by_name (self, "point-picked", place.x, place.y);
}

void
gw_map_view_begin_pick (GwMapView *self)
{
  g_return_if_fail (GW_IS_MAP_VIEW (self));
  self->is_picking = TRUE;
  gw_map_view_forget_stops (self);
  gtk_widget_set_visible (GTK_WIDGET (self->banner), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->map), "crosshair");
  gtk_widget_add_css_class (GTK_WIDGET (self->cursor), "picking");
  (void)gtk_widget_grab_focus (GTK_WIDGET (self->cursor));
}
