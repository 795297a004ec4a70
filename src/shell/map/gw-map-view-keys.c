/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyboard, and the focus cursor: the one real widget that stands for what is drawn. */
#include "gw-map-view-private.h"
#include "gw-ui.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define PAN_PART 0.25
#define CURSOR_PX 34

/* ---- stops ---- */

static double
weigh_cb (gpointer data, guint32 area)
{
  double value = gw_map_view_get_value (data, area);

  return isnan (value) ? 0 : value;
}

GArray *
gw_map_view_collect_stops (GwMapView *self)
{
  GwMapFrame frame = { 0 };

  if (!gw_map_camera_get_frame (self->camera, &frame))
    return g_array_new (FALSE, FALSE, sizeof (GwMapStop));
  return gw_map_stops_collect (&frame, self->areas, gw_session_get_areas (self->session),
                               self->base, self->point_layer, weigh_cb, self);
}

static const GwMapStop *
get_stop (GwMapView *self)
{
  return self->at >= 0 && (guint)self->at < self->stops->len
             ? &g_array_index (self->stops, GwMapStop, self->at)
             : NULL;
}

/* Where the stop at a place went when the map moved under it. */
static gint
find_again (const GArray *stops, const GwMapStop *before)
{
  for (guint i = 0; i < stops->len; i++)
    {
      const GwMapStop *stop = &g_array_index (stops, GwMapStop, i);

      if (stop->area == before->area &&
          (stop->area != GW_AREA_NONE || stop->feature.row == before->feature.row))
        return (gint)i;
    }
  return -1;
}

static void
need_stops (GwMapView *self)
{
  g_autoptr (GArray) before = self->stops;
  gint at = self->at;

  if (!self->has_moved && before->len > 0)
    {
      g_steal_pointer (&before);
      return;
    }
  self->stops = gw_map_view_collect_stops (self);
  self->has_moved = FALSE;
  self->at = at >= 0 ? find_again (self->stops, &g_array_index (before, GwMapStop, (guint)at)) : -1;
}

static char *
describe_stop (GwMapView *self, const GwMapStop *stop)
{
  if (stop == NULL)
    return g_strdup (_ ("Map: Tab goes through what it shows"));
  return stop->area != GW_AREA_NONE ? gw_map_view_describe_area (self, stop->area)
                                    : gw_map_view_describe_feature (self, &stop->feature);
}

static void
name_cursor (GwMapView *self)
{
  const GwMapStop *stop = get_stop (self);
  g_autofree char *text = describe_stop (self, stop);

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

static void
go_to_stop (GwMapView *self, gint at)
{
  self->at = at;
  gw_map_view_hover (self, get_stop (self) != NULL ? get_stop (self)->area : GW_AREA_NONE);
  name_cursor (self);
  gw_map_view_place_cursor (self);
}

static void
get_cursor_place (GwMapView *self, double *x, double *y)
{
  const GwMapStop *stop = get_stop (self);
  GwMapFrame frame = { 0 };

  *x = gtk_widget_get_width (GTK_WIDGET (self->map)) / 2.0;
  *y = gtk_widget_get_height (GTK_WIDGET (self->map)) / 2.0;
  if (stop != NULL && gw_map_camera_get_frame (self->camera, &frame))
    gw_map_frame_to_px (&frame, stop->place, x, y);
}

static gboolean
child_position_cb (GtkOverlay *overlay, GtkWidget *child, GdkRectangle *box, GwMapView *self)
{
  double x = 0, y = 0;

  if (child != GTK_WIDGET (self->cursor))
    return FALSE;
  get_cursor_place (self, &x, &y);
  *box = (GdkRectangle){ (int)x - CURSOR_PX / 2, (int)y - CURSOR_PX / 2, CURSOR_PX, CURSOR_PX };
  return TRUE;
}

void
gw_map_view_forget_stops (GwMapView *self)
{
  g_array_set_size (self->stops, 0);
  if (self->at >= 0)
    go_to_stop (self, -1);
}

/* FALSE at either end: Tab leaves the map there. */
static gboolean
step (GwMapView *self, int by)
{
  gint next;

  need_stops (self);
  next = self->at < 0 ? (by > 0 ? 0 : -1) : self->at + by;
  if (next >= 0 && (guint)next < self->stops->len)
    {
      go_to_stop (self, next);
      return TRUE;
    }
  gw_map_view_forget_stops (self);
  return FALSE;
}

static void
step_towards (GwMapView *self, int dx, int dy)
{
  GwMapFrame frame = { 0 };
  double x = 0, y = 0;
  gint found;

  if (!gw_map_camera_get_frame (self->camera, &frame))
    return;
  need_stops (self);
  get_cursor_place (self, &x, &y);
  found = gw_map_stops_find (self->stops, &frame, x, y, dx, dy);
  if (found >= 0)
    go_to_stop (self, found);
}

/* ---- what the keys do ---- */

/* The circle of a stop as the map draws it now; NULL when it came apart. */
const GwMapFeature *
gw_map_view_find_feature (GwMapView *self, const GwMapStop *stop)
{
  GwMapFrame frame = { 0 };
  double x = 0, y = 0;

  if (!gw_map_camera_get_frame (self->camera, &frame))
    return NULL;
  gw_map_frame_to_px (&frame, stop->place, &x, &y);
  return gw_map_point_layer_find (self->point_layer, x, y);
}

static void
pick_middle (GwMapView *self)
{
  gw_map_view_pick_at (self, gtk_widget_get_width (GTK_WIDGET (self->map)) / 2.0,
                       gtk_widget_get_height (GTK_WIDGET (self->map)) / 2.0);
}

/* Enter goes into an area, the space bar chooses it where it is. */
static void
activate (GwMapView *self, gboolean enters)
{
  const GwMapStop *stop = get_stop (self);
  const GwMapFeature *feature =
      stop != NULL && stop->area == GW_AREA_NONE ? gw_map_view_find_feature (self, stop) : NULL;

  if (self->is_picking)
    pick_middle (self);
  else if (feature != NULL)
    gw_map_view_open_feature (self, feature);
  else if (stop != NULL && stop->area != GW_AREA_NONE && enters)
    gw_map_view_enter_area (self, stop->area);
  else if (stop != NULL && stop->area != GW_AREA_NONE)
    gw_map_view_choose_area (self, stop->area);
}

static void
clicked_cb (GwMapView *self)
{
  activate (self, TRUE);
}

static void
zoom_at_cursor (GwMapView *self, double steps)
{
  double x = 0, y = 0;

  get_cursor_place (self, &x, &y);
  gw_map_camera_zoom_by (self->camera, steps, x, y);
}

static gboolean
cancel (GwMapView *self)
{
  if (self->is_picking)
    {
      gw_map_view_end_pick (self, TRUE);
      return TRUE;
    }
  if (gw_filter_model_get_matter (self->model) != 0)
    {
      gw_filter_model_set_matter (self->model, 0);
      return TRUE;
    }
  return gw_map_view_leave_area (self);
}

typedef struct
{
  guint key;
  int dx, dy;
} Arrow;

static const Arrow *
find_arrow (guint key)
{
  static const Arrow arrows[] = {
    { GDK_KEY_Left, -1, 0 },  { GDK_KEY_Right, 1, 0 },    { GDK_KEY_Up, 0, -1 },
    { GDK_KEY_Down, 0, 1 },   { GDK_KEY_KP_Left, -1, 0 }, { GDK_KEY_KP_Right, 1, 0 },
    { GDK_KEY_KP_Up, 0, -1 }, { GDK_KEY_KP_Down, 0, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (arrows); i++)
    if (arrows[i].key == key)
      return &arrows[i];
  return NULL;
}

static gboolean
arrow_key (GwMapView *self, const Arrow *arrow, GdkModifierType state)
{
  if ((state & GDK_ALT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  if ((state & GDK_CONTROL_MASK) != 0)
    step_towards (self, arrow->dx, arrow->dy);
  else
    gw_map_camera_pan (self->camera, PAN_PART * arrow->dx, PAN_PART * arrow->dy);
  return GDK_EVENT_STOP;
}

static gboolean
plain_key (GwMapView *self, guint key)
{
  switch (key)
    {
    case GDK_KEY_plus:
    case GDK_KEY_equal:
    case GDK_KEY_KP_Add:
      zoom_at_cursor (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_minus:
    case GDK_KEY_KP_Subtract:
      zoom_at_cursor (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_0:
    case GDK_KEY_KP_0:
    case GDK_KEY_Home:
      gw_map_view_go_home (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_BackSpace:
      return gw_map_view_leave_area (self);
    case GDK_KEY_Escape:
      return cancel (self);
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, GwMapView *self)
{
  const Arrow *arrow = find_arrow (key);

  if (arrow != NULL)
    return arrow_key (self, arrow, state);
  return (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0 && plain_key (self, key);
}

static gboolean
is_tab (guint key)
{
  return key == GDK_KEY_Tab || key == GDK_KEY_KP_Tab || key == GDK_KEY_ISO_Left_Tab;
}

/* Before the button itself sees them: it makes no difference between Enter and space. */
static gboolean
cursor_key_cb (
    GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, GwMapView *self)
{
  gboolean back = key == GDK_KEY_ISO_Left_Tab || (state & GDK_SHIFT_MASK) != 0;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_space || key == GDK_KEY_KP_Space)
    {
      activate (self, FALSE);
      return GDK_EVENT_STOP;
    }
  return is_tab (key) && step (self, back ? -1 : 1);
}

static void
unmapped_cb (GwMapView *self)
{
  gw_map_view_end_pick (self, TRUE);
}

void
gw_map_view_connect_keys (GwMapView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *first = gtk_event_controller_key_new ();

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_event_controller_set_propagation_phase (first, GTK_PHASE_CAPTURE);
  g_signal_connect (first, "key-pressed", G_CALLBACK (cursor_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->cursor), first);
  g_signal_connect_object (self->cursor, "clicked", G_CALLBACK (clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->overlay, "get-child-position", G_CALLBACK (child_position_cb),
                           self, 0);
  g_signal_connect (self, "unmap", G_CALLBACK (unmapped_cb), NULL);
  name_cursor (self);
}
