/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-view.h"

#include "gw-map-legend.h"
#include "gw-map-null-source.h"
#include "gw-map-view-private.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>
#include <math.h>

#define FLIGHT_MS 260
#define FIT_PADDING_PX 36
/* One matter is looked at from here or nearer. */
#define MATTER_ZOOM 15.0
#define SCALE_BAR_PX 96

G_DEFINE_FINAL_TYPE (GwMapView, gw_map_view, ADW_TYPE_BIN)

gboolean
gw_map_view_is_dark (GwMapView *self)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

gboolean
gw_map_view_get_frame (GwMapView *self, GwMapFrame *frame)
{
  return gw_map_frame_of_viewport (self->viewport, GTK_WIDGET (self->map), frame);
}

static void
set_viewport (GwMapView *self, GwWorldPoint centre, double zoom)
{
  GwPoint place = gw_mercator_to_lattice (centre);

  shumate_viewport_set_zoom_level (self->viewport, zoom);
  shumate_location_set_location (SHUMATE_LOCATION (self->viewport), gw_lattice_to_degrees (place.y),
                                 gw_lattice_to_degrees (place.x));
}

static GwWorldPoint
get_centre (GwMapView *self)
{
  ShumateLocation *location = SHUMATE_LOCATION (self->viewport);

  return gw_mercator_from_lattice (
      gw_point_from_degrees (shumate_location_get_longitude (location),
                             shumate_location_get_latitude (location)));
}

/* ---- flights ---- */

static void
flight_cb (double part, gpointer data)
{
  GwMapView *self = data;
  double zoom = self->from_zoom + (self->to_zoom - self->from_zoom) * part;
  double whole = exp2 (self->from_zoom - self->to_zoom), way = part;

  /* At an even zoom speed the place that is flown to moves evenly over the screen. */
  if (fabs (self->from_zoom - self->to_zoom) > 0.01)
    way = (1 - exp2 (self->from_zoom - zoom)) / (1 - whole);
  set_viewport (self,
                (GwWorldPoint){ (guint32)CLAMP (self->from_x + (self->to_x - self->from_x) * way, 0,
                                                G_MAXUINT32),
                                (guint32)CLAMP (self->from_y + (self->to_y - self->from_y) * way, 0,
                                                G_MAXUINT32) },
                gw_map_zoom_from_plain (zoom));
}

void
gw_map_view_fly_to (GwMapView *self, GwWorldPoint centre, double zoom, gboolean animate)
{
  GwWorldPoint from = get_centre (self);

  if (self->flight != NULL)
    adw_animation_reset (self->flight);
  shumate_map_stop_go_to (self->map);
  if (!animate || !self->is_placed || !gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      !adw_get_enable_animations (GTK_WIDGET (self)))
    {
      self->is_placed = TRUE;
      set_viewport (self, centre, zoom);
      return;
    }
  self->from_x = from.x;
  self->from_y = from.y;
  self->from_zoom = gw_map_zoom_to_plain (shumate_viewport_get_zoom_level (self->viewport));
  self->to_x = centre.x;
  self->to_y = centre.y;
  self->to_zoom = gw_map_zoom_to_plain (zoom);
  if (self->flight == NULL)
    self->flight =
        adw_timed_animation_new (GTK_WIDGET (self), 0, 1, FLIGHT_MS,
                                 adw_callback_animation_target_new (flight_cb, self, NULL));
  adw_animation_play (self->flight);
}

void
gw_map_view_fit (GwMapView *self, GwWorldBox box, gboolean animate)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->map));
  int height = gtk_widget_get_height (GTK_WIDGET (self->map));
  GwWorldPoint centre = { 0 };
  double zoom = gw_map_fit_box (box, width, height, FIT_PADDING_PX, &centre);

  gw_map_view_fly_to (self, centre, zoom, animate);
}

void
gw_map_view_zoom_by (GwMapView *self, double steps, double x, double y)
{
  GwMapFrame frame = { 0 }, next;
  double plain = 0, zoom = 0;
  GwWorldPoint place, middle;
  double px = 0, py = 0;

  if (!gw_map_view_get_frame (self, &frame))
    return;
  plain = gw_map_frame_get_plain_zoom (&frame) + steps;
  zoom = CLAMP (gw_map_zoom_from_plain (plain), GW_MAP_MIN_ZOOM, GW_MAP_MAX_ZOOM);
  place = gw_map_frame_from_px (&frame, x, y);
  middle = get_centre (self);
  /* The place stays where it is on the screen. */
  next = gw_map_frame_new (middle, zoom, frame.width, frame.height, frame.scale);
  gw_map_frame_to_px (&next, place, &px, &py);
  gw_map_view_fly_to (self,
                      gw_map_frame_from_px (&next, frame.width / 2.0 + px - x,
                                            frame.height / 2.0 + py - y),
                      zoom, TRUE);
}

void
gw_map_view_pan (GwMapView *self, double part_x, double part_y)
{
  GwMapFrame frame = { 0 };

  if (gw_map_view_get_frame (self, &frame))
    gw_map_view_fly_to (self,
                        gw_map_frame_from_px (&frame, frame.width * (0.5 + part_x),
                                              frame.height * (0.5 + part_y)),
                        shumate_viewport_get_zoom_level (self->viewport), TRUE);
}

/* ---- where things are ---- */

static GwWorldBox
union_of (GwWorldBox a, GwWorldBox b)
{
  return (GwWorldBox){ MIN (a.x0, b.x0), MIN (a.y0, b.y0), MAX (a.x1, b.x1), MAX (a.y1, b.y1) };
}

/* An area without borders of its own reaches as far as its parts. */
GwWorldBox
gw_map_view_get_area_box (GwMapView *self, guint32 area)
{
  GwAreaTree *tree = gw_session_get_areas (self->session);
  const GwRings *rings = gw_session_get_rings (self->session, area);
  GwWorldBox box = { G_MAXUINT32, G_MAXUINT32, 0, 0 };
  guint n = 0;
  const GwArea *const *children = NULL;

  if (rings != NULL)
    return gw_mercator_box_from_lattice (gw_rings_get_box (rings));
  children = gw_area_tree_children (tree, area, &n);
  for (guint i = 0; i < n; i++)
    box = union_of (box, gw_map_view_get_area_box (self, children[i]->id));
  return box;
}

static void
show_wanted_area (GwMapView *self, gboolean animate)
{
  GwAreaTree *tree = gw_session_get_areas (self->session);
  const GwArea *area = gw_area_tree_get (tree, self->wanted_area);
  gboolean was_placed = self->is_placed;
  GwWorldBox box;

  if (gtk_widget_get_width (GTK_WIDGET (self->map)) <= 0)
    return; /* when it has a size */
  if (area == NULL)
    area = gw_area_tree_root (tree);
  self->wanted_area = G_MAXUINT32;
  self->is_placed = TRUE;
  if (area == NULL)
    return;
  box = gw_map_view_get_area_box (self, area->id);
  if (box.x0 <= box.x1)
    gw_map_view_fit (self, box, animate && was_placed);
}

void
gw_map_view_show_area (GwMapView *self, guint32 area)
{
  g_return_if_fail (GW_IS_MAP_VIEW (self));
  self->wanted_area = area;
  show_wanted_area (self, TRUE);
}

void
gw_map_view_go_home (GwMapView *self)
{
  gw_map_view_show_area (self, GW_AREA_NONE);
}

static void
bring_into_view (GwMapView *self, GwPoint place)
{
  GwMapFrame frame = { 0 };
  GwWorldPoint world = gw_mercator_from_lattice (place);
  double x = 0, y = 0;

  if (!gw_map_view_get_frame (self, &frame))
    return;
  gw_map_frame_to_px (&frame, world, &x, &y);
  if (x < 20 || y < 44 || x > frame.width - 20 || y > frame.height - 20)
    gw_map_view_fly_to (self, world, shumate_viewport_get_zoom_level (self->viewport), TRUE);
}

void
gw_map_view_set_pin (GwMapView *self, gint64 matter, GwPoint place)
{
  self->pinned = matter;
  gw_map_point_layer_set_pin (self->point_layer, place);
  if (gw_point_is_valid (place))
    bring_into_view (self, place);
}

void
gw_map_view_show_matter (GwMapView *self, gint64 id, gint32 x, gint32 y)
{
  GwPoint place = { x, y };

  g_return_if_fail (GW_IS_MAP_VIEW (self));
  self->pinned = id;
  gw_map_point_layer_set_pin (self->point_layer, place);
  if (gw_point_is_valid (place))
    gw_map_view_fly_to (self, gw_mercator_from_lattice (place),
                        MAX (shumate_viewport_get_zoom_level (self->viewport), MATTER_ZOOM), TRUE);
}

/* ---- state ---- */

char *
gw_map_view_dup_state (GwMapView *self)
{
  ShumateLocation *location = NULL;
  char lon[G_ASCII_DTOSTR_BUF_SIZE], lat[G_ASCII_DTOSTR_BUF_SIZE], zoom[G_ASCII_DTOSTR_BUF_SIZE];

  g_return_val_if_fail (GW_IS_MAP_VIEW (self), NULL);
  location = SHUMATE_LOCATION (self->viewport);
  g_ascii_formatd (lon, sizeof lon, "%.6f", shumate_location_get_longitude (location));
  g_ascii_formatd (lat, sizeof lat, "%.6f", shumate_location_get_latitude (location));
  g_ascii_formatd (zoom, sizeof zoom, "%.3f", shumate_viewport_get_zoom_level (self->viewport));
  return g_strdup_printf ("%s,%s,%s", lon, lat, zoom);
}

void
gw_map_view_restore_state (GwMapView *self, const char *state)
{
  g_auto (GStrv) parts = NULL;
  double lon, lat, zoom;
  GwPoint place;

  g_return_if_fail (GW_IS_MAP_VIEW (self) && state != NULL);
  parts = g_strsplit (state, ",", 4);
  if (g_strv_length (parts) != 3)
    return;
  lon = g_ascii_strtod (parts[0], NULL);
  lat = g_ascii_strtod (parts[1], NULL);
  zoom = g_ascii_strtod (parts[2], NULL);
  place = gw_point_from_degrees (lon, lat);
  if (!gw_point_is_valid (place) || !(zoom >= GW_MAP_MIN_ZOOM && zoom <= GW_MAP_MAX_ZOOM))
    return;
  self->wanted_area = G_MAXUINT32;
  gw_map_view_fly_to (self, gw_mercator_from_lattice (place), zoom, FALSE);
}

gboolean
gw_map_view_is_complete (GwMapView *self)
{
  g_return_val_if_fail (GW_IS_MAP_VIEW (self), FALSE);
  return self->is_placed && self->index_task == NULL && self->layer_task == NULL &&
         gw_map_area_layer_is_complete (self->area_layer);
}

/* ---- the widget ---- */

static void
update_scale (GwMapView *self)
{
  GwMapFrame frame = { 0 };
  g_autofree char *text = NULL;
  double metres = 0, width = 0;

  if (!gw_map_view_get_frame (self, &frame))
    return;
  metres = gw_map_frame_scale_bar (&frame, SCALE_BAR_PX, &width);
  text = metres >= 1000 ? g_strdup_printf (_ ("%.0f km"), metres / 1000)
                        : g_strdup_printf (_ ("%.0f m"), metres);
  gtk_label_set_text (self->scale, text);
  gtk_widget_set_size_request (GTK_WIDGET (self->scale), (int)lround (width), -1);
}

static void
moved_cb (GwMapView *self)
{
  update_scale (self);
  gw_map_view_place_cursor (self);
}

static void
gw_map_view_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

/* Not while the parts get their places: it changes what they show. */
static gboolean
first_size_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  show_wanted_area (GW_MAP_VIEW (widget), FALSE);
  return G_SOURCE_REMOVE;
}

static void
gw_map_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GwMapView *self = GW_MAP_VIEW (widget);

  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (self)), width, height, baseline, NULL);
  gtk_widget_set_child_visible (self->legend, height >= 180 && width >= 420);
  if (self->wanted_area != G_MAXUINT32)
    (void)gtk_widget_add_tick_callback (widget, first_size_cb, NULL, NULL);
}

static void
zoom_in_cb (GwMapView *self)
{
  gw_map_view_zoom_by (self, 1, gtk_widget_get_width (GTK_WIDGET (self->map)) / 2.0,
                       gtk_widget_get_height (GTK_WIDGET (self->map)) / 2.0);
}

static void
zoom_out_cb (GwMapView *self)
{
  gw_map_view_zoom_by (self, -1, gtk_widget_get_width (GTK_WIDGET (self->map)) / 2.0,
                       gtk_widget_get_height (GTK_WIDGET (self->map)) / 2.0);
}

static void
add_tool (GwMapView *self, const char *icon, const char *name, GCallback clicked)
{
  GtkWidget *button = gw_ui_icon_button (icon, name, NULL);

  g_signal_connect_object (button, "clicked", clicked, self, G_CONNECT_SWAPPED);
  gtk_box_append (self->tools, button);
}

/* The district stands upright: names would not turn with it. Double clicks belong to us. */
static void
tame_map (GwMapView *self)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->map));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_ROTATE (controller) || GTK_IS_GESTURE_CLICK (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
    }
}

static void
add_layers (GwMapView *self)
{
  g_autoptr (ShumateMapSource) source = gw_map_null_source_new ();

  self->viewport = shumate_map_get_viewport (self->map);
  shumate_viewport_set_reference_map_source (self->viewport, source);
  shumate_viewport_set_min_zoom_level (self->viewport, GW_MAP_MIN_ZOOM);
  shumate_viewport_set_max_zoom_level (self->viewport, GW_MAP_MAX_ZOOM);
  self->area_layer = gw_map_area_layer_new (self->viewport);
  self->point_layer = gw_map_point_layer_new (self->viewport);
  self->label_layer = gw_map_label_layer_new (self->viewport, self->point_layer);
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->area_layer));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->label_layer));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->point_layer));
  g_signal_connect_object (self->viewport, "notify", G_CALLBACK (moved_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
gw_map_view_dispose (GObject *object)
{
  GwMapView *self = GW_MAP_VIEW (object);

  g_clear_object (&self->flight);
  gw_map_view_drop_data (self);
  adw_bin_set_child (ADW_BIN (self), NULL); /* else it is unparented twice */
  gtk_widget_dispose_template (GTK_WIDGET (self), GW_TYPE_MAP_VIEW);
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gw_map_view_parent_class)->dispose (object);
}

static void
gw_map_view_finalize (GObject *object)
{
  GwMapView *self = GW_MAP_VIEW (object);

  g_free (self->figure);
  g_clear_pointer (&self->features, g_array_unref);
  G_OBJECT_CLASS (gw_map_view_parent_class)->finalize (object);
}

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, GW_RESOURCE_PREFIX "/map/gw-map-view.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
gw_map_view_class_init (GwMapViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_map_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = gw_map_view_finalize;
  widget_class->measure = gw_map_view_measure;
  widget_class->size_allocate = gw_map_view_size_allocate;
  g_type_ensure (SHUMATE_TYPE_MAP);
  load_style ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/map/gw-map-view.ui");
  gtk_widget_class_bind_template_child (widget_class, GwMapView, map);
  gtk_widget_class_bind_template_child (widget_class, GwMapView, overlay);
  gtk_widget_class_bind_template_child (widget_class, GwMapView, layers);
  gtk_widget_class_bind_template_child (widget_class, GwMapView, tools);
  gtk_widget_class_bind_template_child (widget_class, GwMapView, scale);
  gtk_widget_class_bind_template_child (widget_class, GwMapView, note);
  gtk_widget_class_bind_template_child (widget_class, GwMapView, banner);
  gtk_widget_class_bind_template_child (widget_class, GwMapView, cursor);
  gtk_widget_class_set_css_name (widget_class, "map-view");
  g_signal_new ("point-picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                G_TYPE_INT, G_TYPE_INT);
  g_signal_new ("pick-cancelled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gw_map_view_init (GwMapView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* A bin's layout manager would take the allocation, and the first size would pass unseen. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  self->figure = g_strdup ("open");
  self->at = -1;
  self->wanted_area = GW_AREA_NONE;
  add_layers (self);
  tame_map (self);
  add_tool (self, "zoom-in-symbolic", _ ("Zoom in"), G_CALLBACK (zoom_in_cb));
  add_tool (self, "zoom-out-symbolic", _ ("Zoom out"), G_CALLBACK (zoom_out_cb));
  add_tool (self, "go-home-symbolic", _ ("Show the whole district"),
            G_CALLBACK (gw_map_view_go_home));
  self->legend = gw_map_legend_new ();
  gtk_widget_set_halign (self->legend, GTK_ALIGN_START);
  gtk_widget_set_valign (self->legend, GTK_ALIGN_END);
  gtk_overlay_add_overlay (self->overlay, self->legend);
}

GtkWidget *
gw_map_view_new (GwSession *session, GwFilterModel *model)
{
  GwMapView *self = NULL;

  g_return_val_if_fail (GW_IS_SESSION (session) && GW_IS_FILTER_MODEL (model), NULL);
  self = g_object_new (GW_TYPE_MAP_VIEW, NULL);
  self->session = g_object_ref (session);
  self->model = g_object_ref (model);
  self->wanted_area = gw_filter_model_get (model)->area;
  gtk_widget_set_visible (GTK_WIDGET (self->note), gw_session_is_demo (session));
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gw_map_view_update_ground), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::scale-factor", G_CALLBACK (gw_map_view_update_ground),
                           self, G_CONNECT_SWAPPED);
  gw_map_view_connect_input (self);
  gw_map_view_connect_data (self);
  return GTK_WIDGET (self);
}
