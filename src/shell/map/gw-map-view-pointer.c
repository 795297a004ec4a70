/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-list.h"
#include "gw-map-view-private.h"

#include <math.h>

#define CLICK_SLOP_PX 6
#define FEATURE_PADDING_PX 60

static void
chosen_cb (GwMapView *self, gint64 matter)
{
  gtk_popover_popdown (self->list);
  (void)gtk_widget_grab_focus (GTK_WIDGET (self->cursor));
  gw_filter_model_set_matter (self->model, matter);
}

static void
list_feature (GwMapView *self, const GwMapFeature *feature)
{
  g_autoptr (GArray) rows = gw_map_point_layer_dup_rows (self->point_layer, feature, 0);
  GwSelection *all = gw_map_point_layer_get_selection (self->point_layer);
  g_autofree gint64 *ids = g_new (gint64, MAX (rows->len, 1));
  GtkWidget *list = NULL;

  for (guint i = 0; i < rows->len; i++)
    ids[i] = all->ids[g_array_index (rows, guint32, i)];
  list = gw_map_list_new (self->session, ids, rows->len, all->seq);
  g_signal_connect_object (list, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_popover_set_child (self->list, list);
  gtk_popover_set_pointing_to (self->list,
                               &(GdkRectangle){ (int)feature->x - 8, (int)feature->y - 8, 16, 16 });
  gtk_popover_popup (self->list);
  gw_map_list_focus (GW_MAP_LIST (list));
}

/* One for all circles: a popover that is made and dropped with each list may be kept by GTK. */
static void
add_list (GwMapView *self)
{
  self->list = GTK_POPOVER (gtk_popover_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
}

void
gw_map_view_drop_list (GwMapView *self)
{
  if (self->list == NULL)
    return;
  gtk_popover_set_child (self->list, NULL);
  gtk_widget_unparent (GTK_WIDGET (self->list));
  self->list = NULL;
}

void
gw_map_view_open_feature (GwMapView *self, const GwMapFeature *feature)
{
  GwSelection *selection = gw_map_point_layer_get_selection (self->point_layer);

  if (feature->n > 1)
    list_feature (self, feature);
  else
    gw_filter_model_set_matter (self->model, selection->ids[feature->row]);
}

void
gw_map_view_zoom_to_feature (GwMapView *self, const GwMapFeature *feature)
{
  GwWorldBox box = gw_map_point_layer_get_extent (self->point_layer, feature);
  GwWorldPoint centre = { 0 };
  double zoom =
      gw_map_fit_box (box, gtk_widget_get_width (GTK_WIDGET (self->map)),
                      gtk_widget_get_height (GTK_WIDGET (self->map)), FEATURE_PADDING_PX, &centre);

  gw_map_camera_fly_to (self->camera, centre,
                        MIN (MAX (zoom, gw_map_camera_get_zoom (self->camera) + 1),
                             GW_MAP_MAX_ZOOM));
}

static void
pressed_cb (GtkGestureClick *click, int n_press, double x, double y, GwMapView *self)
{
  self->press_x = x;
  self->press_y = y;
  (void)gtk_widget_grab_focus (GTK_WIDGET (self->cursor));
}

static void
click (GwMapView *self, double x, double y)
{
  const GwMapFeature *feature = gw_map_point_layer_find (self->point_layer, x, y);

  self->clicked = feature != NULL ? GW_AREA_NONE : gw_map_view_find_area (self, x, y);
  if (feature != NULL)
    gw_map_view_open_feature (self, feature);
  else
    gw_map_view_choose_area (self, self->clicked);
}

static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, GwMapView *self)
{
  if (hypot (x - self->press_x, y - self->press_y) > CLICK_SLOP_PX)
    return; /* the map was dragged */
  if (self->is_picking)
    gw_map_view_pick_at (self, x, y);
  else if (n_press == 1)
    click (self, x, y);
  else if (n_press == 2 && self->clicked != GW_AREA_NONE)
    gw_map_view_enter_area (self, self->clicked); /* though a circle may lie there by now */
}

void
gw_map_view_hover (GwMapView *self, guint32 area)
{
  if (self->hovered == area)
    return;
  self->hovered = area;
  gw_map_area_layer_set_hover (self->area_layer,
                               area != GW_AREA_NONE ? gw_session_get_rings (self->session, area)
                                                    : NULL,
                               gw_map_view_is_dark (self) ? 0xe0ffffff : 0xd0242424);
}

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, GwMapView *self)
{
  gboolean on_feature = gw_map_point_layer_find (self->point_layer, x, y) != NULL;

  gw_map_view_hover (self, on_feature ? GW_AREA_NONE : gw_map_view_find_pointed_area (self, x, y));
  if (!self->is_picking)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self->map),
                                     on_feature || self->hovered != GW_AREA_NONE ? "pointer"
                                                                                 : NULL);
}

static void
leave_cb (GtkEventControllerMotion *motion, GwMapView *self)
{
  gw_map_view_hover (self, GW_AREA_NONE);
}

static gboolean
tooltip_cb (GtkWidget *map, int x, int y, gboolean keyboard, GtkTooltip *tooltip, GwMapView *self)
{
  const GwMapFeature *feature = NULL;
  g_autofree char *text = NULL;

  if (keyboard)
    return FALSE;
  feature = gw_map_point_layer_find (self->point_layer, x, y);
  text = feature != NULL
             ? gw_map_view_describe_feature (self, feature)
             : gw_map_view_describe_area (self, gw_map_view_find_pointed_area (self, x, y));
  if (text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

void
gw_map_view_connect_pointer (GwMapView *self)
{
  GtkWidget *map = GTK_WIDGET (self->map);
  GtkGesture *gesture = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  add_list (self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), GDK_BUTTON_PRIMARY);
  g_signal_connect (gesture, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (gesture, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (map, GTK_EVENT_CONTROLLER (gesture));
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (map, motion);
  gtk_widget_set_has_tooltip (map, TRUE);
  g_signal_connect_object (map, "query-tooltip", G_CALLBACK (tooltip_cb), self, 0);
}
