/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-list.h"
#include "gw-map-view-private.h"
#include "gw-ui.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define CLICK_SLOP_PX 6
#define PAN_PART 0.25
#define CURSOR_PX 34
#define MAX_FEATURES 200
#define MAX_LISTED 100

guint32
gw_map_view_find_area (GwMapView *self, double x, double y)
{
  GwMapFrame frame = { 0 };
  GwPoint place;
  guint32 leaf;

  if (self->areas == NULL || !gw_map_view_get_frame (self, &frame))
    return GW_AREA_NONE;
  place = gw_mercator_to_lattice (gw_map_frame_from_px (&frame, x, y));
  leaf = gw_session_locate (self->session, place.x, place.y);
  return gw_map_areas_find_shown (self->areas, gw_session_get_areas (self->session), leaf);
}

/* Down into an area of the filter's own; beside it, to the neighbour of the filter's level. */
void
gw_map_view_open_area (GwMapView *self, guint32 area)
{
  GwAreaTree *tree = gw_session_get_areas (self->session);
  const GwArea *focus = gw_area_tree_get (tree, self->focus);

  if (area == GW_AREA_NONE)
    return;
  if (focus != NULL && !gw_area_tree_contains (tree, focus->id, area))
    {
      guint32 neighbour = gw_area_tree_ancestor (tree, area, focus->level);

      area = neighbour != GW_AREA_NONE ? neighbour : area;
    }
  gw_filter_model_set_area (self->model, area);
}

static void
chosen_cb (GwMapView *self, gint64 matter)
{
  gw_filter_model_set_matter (self->model, matter);
}

static void
list_feature (GwMapView *self, const GwMapFeature *feature)
{
  g_autoptr (GArray) rows = gw_map_point_layer_dup_rows (self->point_layer, feature, MAX_LISTED);
  GwSelection *selection = gw_map_point_layer_get_selection (self->point_layer);
  g_autofree gint64 *ids = g_new (gint64, MAX (rows->len, 1));
  GtkWidget *list = NULL;

  for (guint i = 0; i < rows->len; i++)
    ids[i] = selection->ids[g_array_index (rows, guint32, i)];
  list = gw_map_list_new (self->session, ids, rows->len, feature->n);
  g_signal_connect_object (list, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  gw_map_list_popup (GW_MAP_LIST (list), GTK_WIDGET (self->map), feature->x, feature->y);
}

/* Nearer while that takes it apart; a list when the matters are at one place. */
static void
open_feature (GwMapView *self, const GwMapFeature *feature)
{
  GwSelection *selection = gw_map_point_layer_get_selection (self->point_layer);
  GwWorldBox box;
  GwWorldPoint centre = { 0 };
  double zoom, now = shumate_viewport_get_zoom_level (self->viewport);

  if (feature->n == 1)
    {
      gw_filter_model_set_matter (self->model, selection->ids[feature->row]);
      return;
    }
  box = gw_map_point_layer_get_extent (self->point_layer, feature);
  zoom = gw_map_fit_box (box, gtk_widget_get_width (GTK_WIDGET (self->map)),
                         gtk_widget_get_height (GTK_WIDGET (self->map)), 60, &centre);
  if (now > GW_MAP_MAX_ZOOM - 0.5 || (box.x0 == box.x1 && box.y0 == box.y1))
    list_feature (self, feature);
  else
    gw_map_view_fly_to (self, centre, MIN (MAX (zoom, now + 1), GW_MAP_MAX_ZOOM), TRUE);
}

/* ---- picking a place ---- */

void
gw_map_view_end_pick (GwMapView *self, gboolean cancelled)
{
  if (!self->is_picking)
    return;
  self->is_picking = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->banner), FALSE);
  gtk_widget_set_cursor (GTK_WIDGET (self->map), NULL);
  if (cancelled)
    g_signal_emit_by_name (self, "pick-cancelled");
}

static void
pick (GwMapView *self, double x, double y)
{
  GwMapFrame frame = { 0 };
  GwPoint place;

  if (!gw_map_view_get_frame (self, &frame))
    return;
  place = gw_mercator_to_lattice (gw_map_frame_from_px (&frame, x, y));
  gw_map_view_end_pick (self, FALSE);
  g_signal_emit_by_name (self, "point-picked", place.x, place.y);
}

static void
pick_middle (GwMapView *self)
{
  pick (self, gtk_widget_get_width (GTK_WIDGET (self->map)) / 2.0,
        gtk_widget_get_height (GTK_WIDGET (self->map)) / 2.0);
}

void
gw_map_view_begin_pick (GwMapView *self)
{
  g_return_if_fail (GW_IS_MAP_VIEW (self));
  self->is_picking = TRUE;
  gtk_widget_set_visible (GTK_WIDGET (self->banner), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->map), "crosshair");
  (void)gtk_widget_grab_focus (GTK_WIDGET (self->cursor));
}

static void
unmapped_cb (GwMapView *self)
{
  gw_map_view_end_pick (self, TRUE);
}

/* ---- pointer ---- */

static void
pressed_cb (GtkGestureClick *click, int n_press, double x, double y, GwMapView *self)
{
  self->press_x = x;
  self->press_y = y;
  (void)gtk_widget_grab_focus (GTK_WIDGET (self->cursor));
}

static void
released_cb (GtkGestureClick *click, int n_press, double x, double y, GwMapView *self)
{
  const GwMapFeature *feature = NULL;

  /* The map was dragged, or it is the second half of a double click. */
  if (hypot (x - self->press_x, y - self->press_y) > CLICK_SLOP_PX || n_press != 1)
    return;
  if (self->is_picking)
    {
      pick (self, x, y);
      return;
    }
  feature = gw_map_point_layer_find (self->point_layer, x, y);
  if (feature != NULL)
    open_feature (self, feature);
  else
    gw_map_view_open_area (self, gw_map_view_find_area (self, x, y));
}

static void
hover (GwMapView *self, guint32 area)
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

  hover (self, on_feature ? GW_AREA_NONE : gw_map_view_find_area (self, x, y));
  if (!self->is_picking)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self->map),
                                     on_feature || self->hovered != GW_AREA_NONE ? "pointer"
                                                                                 : NULL);
}

static void
leave_cb (GtkEventControllerMotion *motion, GwMapView *self)
{
  hover (self, GW_AREA_NONE);
}

static char *
describe_feature (const GwMapFeature *feature)
{
  g_autofree char *count = gw_ui_format_count (feature->n);

  if (feature->n == 1)
    return g_strdup (_ ("1 matter: click to open it"));
  return g_strdup_printf (ngettext ("%s matter", "%s matters", feature->n), count);
}

static gboolean
tooltip_cb (GtkWidget *map, int x, int y, gboolean keyboard, GtkTooltip *tooltip, GwMapView *self)
{
  const GwMapFeature *feature = NULL;
  g_autofree char *text = NULL;

  if (keyboard)
    return FALSE;
  feature = gw_map_point_layer_find (self->point_layer, x, y);
  text = feature != NULL ? describe_feature (feature)
                         : gw_map_view_describe_area (self, gw_map_view_find_area (self, x, y));
  if (text == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, text);
  return TRUE;
}

/* ---- the focus cursor: the one real widget that stands for what is drawn ---- */

typedef struct
{
  guint32 area; /* GW_AREA_NONE: a circle or symbol */
  double weight;
  GwMapFeature feature;
  GwWorldPoint place;
} Stop;

void
gw_map_view_forget_features (GwMapView *self)
{
  g_array_set_size (self->features, 0);
  self->at = -1;
}

static int
compare_stops (gconstpointer a, gconstpointer b)
{
  const Stop *x = a, *y = b;

  return (x->weight < y->weight) - (x->weight > y->weight);
}

static void
add_areas (GwMapView *self, const GwMapFrame *frame)
{
  GwAreaTree *tree = gw_session_get_areas (self->session);
  const GwSelection *selection = gw_filter_model_get_selection (self->model);

  for (guint i = 0; self->areas != NULL && i < gw_map_areas_get_n (self->areas); i++)
    {
      Stop stop = { .area = gw_map_areas_get_id (self->areas, i),
                    .place = gw_map_areas_get_label_place (self->areas, i) };
      double x = 0, y = 0;

      gw_map_frame_to_px (frame, stop.place, &x, &y);
      if (x < 0 || y < 0 || x > frame->width || y > frame->height ||
          gw_map_areas_get_rings (self->areas, i) == NULL ||
          (self->focus != GW_AREA_NONE && !gw_area_tree_contains (tree, self->focus, stop.area)))
        continue;
      /* Areas come before circles. */
      stop.weight = 1e9 + (selection != NULL && stop.area <= selection->n_areas
                               ? selection->by_area[stop.area].open
                               : 0);
      g_array_append_val (self->features, stop);
    }
}

static void
add_features (GwMapView *self, const GwMapFrame *frame)
{
  guint n = 0;
  const GwMapFeature *features = gw_map_point_layer_get_features (self->point_layer, frame, &n);

  for (guint i = 0; i < n; i++)
    {
      Stop stop = { .weight = features[i].n,
                    .feature = features[i],
                    .place = gw_map_frame_from_px (frame, features[i].x, features[i].y) };

      g_array_append_val (self->features, stop);
    }
}

static void
collect_stops (GwMapView *self)
{
  GwMapFrame frame = { 0 };

  gw_map_view_forget_features (self);
  if (!gw_map_view_get_frame (self, &frame))
    return;
  add_areas (self, &frame);
  add_features (self, &frame);
  g_array_sort (self->features, compare_stops);
  if (self->features->len > MAX_FEATURES)
    g_array_set_size (self->features, MAX_FEATURES);
}

static const Stop *
get_stop (GwMapView *self)
{
  return self->at >= 0 && (guint)self->at < self->features->len
             ? &g_array_index (self->features, Stop, self->at)
             : NULL;
}

static void
name_cursor (GwMapView *self)
{
  const Stop *stop = get_stop (self);
  g_autofree char *text = stop == NULL ? g_strdup (_ ("Map: Tab goes through what it shows"))
                          : stop->area != GW_AREA_NONE
                              ? gw_map_view_describe_area (self, stop->area)
                              : describe_feature (&stop->feature);

  gw_ui_set_name (GTK_WIDGET (self->cursor), text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->cursor), stop != NULL ? text : NULL);
  if (stop != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->cursor), "on-feature");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->cursor), "on-feature");
}

void
gw_map_view_place_cursor (GwMapView *self)
{
  gtk_widget_queue_allocate (GTK_WIDGET (self->overlay));
}

static gboolean
child_position_cb (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *box, GwMapView *self)
{
  const Stop *stop = get_stop (self);
  GwMapFrame frame = { 0 };
  double x = 0, y = 0;

  if (child != GTK_WIDGET (self->cursor))
    return FALSE;
  x = gtk_widget_get_width (GTK_WIDGET (overlay)) / 2.0;
  y = gtk_widget_get_height (GTK_WIDGET (overlay)) / 2.0;
  if (stop != NULL && gw_map_view_get_frame (self, &frame))
    gw_map_frame_to_px (&frame, stop->place, &x, &y);
  *box = (GdkRectangle){ (int)x - CURSOR_PX / 2, (int)y - CURSOR_PX / 2, CURSOR_PX, CURSOR_PX };
  return TRUE;
}

/* FALSE at either end: Tab leaves the map there. */
static gboolean
step (GwMapView *self, int by)
{
  gint next;

  if (self->features->len == 0)
    collect_stops (self);
  next = self->at < 0 ? (by > 0 ? 0 : -1) : self->at + by;
  if (next < 0 || (guint)next >= self->features->len)
    {
      gw_map_view_forget_features (self);
      name_cursor (self);
      gw_map_view_place_cursor (self);
      return FALSE;
    }
  self->at = next;
  hover (self, get_stop (self)->area);
  name_cursor (self);
  gw_map_view_place_cursor (self);
  return TRUE;
}

static void
cursor_clicked_cb (GwMapView *self)
{
  const Stop *stop = get_stop (self);

  if (self->is_picking)
    pick_middle (self);
  else if (stop != NULL && stop->area != GW_AREA_NONE)
    gw_map_view_open_area (self, stop->area);
  else if (stop != NULL)
    {
      GwMapFrame frame = { 0 };
      double x = 0, y = 0;
      const GwMapFeature *feature = NULL;

      if (!gw_map_view_get_frame (self, &frame))
        return;
      gw_map_frame_to_px (&frame, stop->place, &x, &y);
      feature = gw_map_point_layer_find (self->point_layer, x, y);
      if (feature != NULL)
        open_feature (self, feature);
    }
}

static gboolean
cursor_key_cb (
    GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, GwMapView *self)
{
  gboolean back = key == GDK_KEY_ISO_Left_Tab || (state & GDK_SHIFT_MASK) != 0;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 ||
      (key != GDK_KEY_Tab && key != GDK_KEY_KP_Tab && key != GDK_KEY_ISO_Left_Tab))
    return GDK_EVENT_PROPAGATE;
  return step (self, back ? -1 : 1) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

/* Zooms around what has the focus. */
static void
zoom_at_cursor (GwMapView *self, double steps)
{
  const Stop *stop = get_stop (self);
  double x = gtk_widget_get_width (GTK_WIDGET (self->map)) / 2.0;
  double y = gtk_widget_get_height (GTK_WIDGET (self->map)) / 2.0;
  GwMapFrame frame = { 0 };

  if (stop != NULL && gw_map_view_get_frame (self, &frame))
    gw_map_frame_to_px (&frame, stop->place, &x, &y);
  gw_map_view_zoom_by (self, steps, x, y);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, GwMapView *self)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Left:
      gw_map_view_pan (self, -PAN_PART, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
      gw_map_view_pan (self, PAN_PART, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
      gw_map_view_pan (self, 0, -PAN_PART);
      return GDK_EVENT_STOP;
    case GDK_KEY_Down:
      gw_map_view_pan (self, 0, PAN_PART);
      return GDK_EVENT_STOP;
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      zoom_at_cursor (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      zoom_at_cursor (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
      gw_map_view_go_home (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (!self->is_picking)
        return GDK_EVENT_PROPAGATE;
      gw_map_view_end_pick (self, TRUE);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
connect_pointer (GwMapView *self)
{
  GtkWidget *map = GTK_WIDGET (self->map);
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (map, GTK_EVENT_CONTROLLER (click));
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (map, motion);
  gtk_widget_set_has_tooltip (map, TRUE);
  g_signal_connect_object (map, "query-tooltip", G_CALLBACK (tooltip_cb), self, 0);
}

void
gw_map_view_connect_input (GwMapView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *tabs = gtk_event_controller_key_new ();

  self->features = g_array_new (FALSE, FALSE, sizeof (Stop));
  connect_pointer (self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (tabs, "key-pressed", G_CALLBACK (cursor_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->cursor), tabs);
  g_signal_connect_object (self->cursor, "clicked", G_CALLBACK (cursor_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->overlay, "get-child-position", G_CALLBACK (child_position_cb),
                           self, 0);
  g_signal_connect (self, "unmap", G_CALLBACK (unmapped_cb), NULL);
  name_cursor (self);
}
