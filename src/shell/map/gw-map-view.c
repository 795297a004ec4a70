/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-view.h"

#include "gw-map-legend.h"
#include "gw-map-null-source.h"
#include "gw-map-view-private.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>
#include <math.h>

/* One matter is looked at from here or nearer. */
#define MATTER_ZOOM 15.0
#define SCALE_BAR_PX 96
/* Less room than this is left to the map alone. */
#define LEGEND_MIN_WIDTH 420
#define LEGEND_MIN_HEIGHT 180

G_DEFINE_FINAL_TYPE (GwMapView, gw_map_view, ADW_TYPE_BIN)

/* ---- where to look ---- */

static void
show_wanted_area (GwMapView *self)
{
  GwAreaTree *tree = gw_session_get_areas (self->session);
  const GwArea *area = gw_area_tree_get (tree, self->wanted_area);
  GwWorldBox box;

  if (gtk_widget_get_width (GTK_WIDGET (self->map)) <= 0)
    return; /* when it has a size */
  if (area == NULL)
    area = gw_area_tree_root (tree);
  self->wanted_area = G_MAXUINT32;
  if (area != NULL)
    {
      box = gw_map_view_get_area_box (self, area->id);
      if (box.x0 <= box.x1)
        gw_map_camera_fit (self->camera, box);
    }
  gw_map_camera_stay (self->camera);
  gw_map_view_update_level (self);
}

void
gw_map_view_show_area (GwMapView *self, guint32 area)
{
  g_return_if_fail (GW_IS_MAP_VIEW (self));
  gw_map_view_be_about (self, area);
  self->wanted_area = area;
  show_wanted_area (self);
}

void
gw_map_view_go_home (GwMapView *self)
{
  gw_map_view_show_area (self, GW_AREA_NONE);
}

void
gw_map_view_show_matter (GwMapView *self, gint64 id, gint32 x, gint32 y)
{
  GwPoint place = { x, y };

  g_return_if_fail (GW_IS_MAP_VIEW (self));
  self->pinned = id;
  gw_map_point_layer_set_pin (self->point_layer, place);
  if (gw_point_is_valid (place))
    gw_map_camera_fly_to (self->camera, gw_mercator_from_lattice (place),
                          MAX (gw_map_camera_get_zoom (self->camera), MATTER_ZOOM));
}

char *
gw_map_view_dup_state (GwMapView *self)
{
  g_return_val_if_fail (GW_IS_MAP_VIEW (self), NULL);
  /* A place that waits for the first size is none yet. */
  return self->wanted_area == G_MAXUINT32 ? gw_map_camera_dup_state (self->camera) : NULL;
}

/* Within the box of the district, or as far beside it as it is large. */
static gboolean
is_near_district (GwMapView *self)
{
  const GwArea *root = gw_area_tree_root (gw_session_get_areas (self->session));
  GwWorldBox box = { 0 };
  GwWorldPoint centre = gw_map_camera_get_centre (self->camera);
  double width = 0, height = 0;

  if (root == NULL)
    return TRUE;
  box = gw_map_view_get_area_box (self, root->id);
  if (box.x0 > box.x1)
    return TRUE;
  width = (double)box.x1 - box.x0;
  height = (double)box.y1 - box.y0;
  return centre.x >= box.x0 - width && centre.x <= box.x1 + width && centre.y >= box.y0 - height &&
         centre.y <= box.y1 + height;
}

void
gw_map_view_restore_state (GwMapView *self, const char *state)
{
  g_return_if_fail (GW_IS_MAP_VIEW (self) && state != NULL);
  if (gw_map_camera_restore_state (self->camera, state) && is_near_district (self))
    self->wanted_area = G_MAXUINT32;
}

guint
gw_map_view_n_matters (GwMapView *self)
{
  GwSelection *shown = NULL;

  g_return_val_if_fail (GW_IS_MAP_VIEW (self), 0);
  shown = gw_map_point_layer_get_selection (self->point_layer);
  return shown != NULL ? shown->n : 0;
}

gboolean
gw_map_view_is_complete (GwMapView *self)
{
  g_return_val_if_fail (GW_IS_MAP_VIEW (self), FALSE);
  return gw_map_camera_is_placed (self->camera) && self->index_task == NULL &&
         self->layer_task == NULL && gw_map_area_layer_is_complete (self->area_layer);
}

/* ---- what changes it ---- */

static void
filter_changed_cb (GwMapView *self)
{
  guint32 before = self->area;

  gw_map_view_use_area (self, gw_filter_model_get (self->model)->area);
  if (self->area != before && !self->is_choosing)
    gw_map_view_show_area (self, self->area);
}

static void
selection_changed_cb (GwMapView *self)
{
  gw_map_view_update_ground (self);
  gw_map_view_update_points (self);
  gw_map_view_fill_contents_soon (self);
}

static void
session_changed_cb (GwMapView *self, gboolean reference_data)
{
  if (!reference_data)
    {
      gw_map_view_ask_layer (self);
      return;
    }
  gw_map_view_fill_layers (self);
  gw_map_view_reload_areas (self);
}

/* ---- the widget ---- */

static void
update_scale (GwMapView *self)
{
  GwMapFrame frame = { 0 };
  g_autofree char *text = NULL;
  double metres = 0, width = 0;

  if (!gw_map_camera_get_frame (self->camera, &frame))
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
  if (self->camera == NULL)
    return; /* it is leaving */
  update_scale (self);
  self->has_moved = TRUE;
  gw_map_view_update_level (self);
  gw_map_view_place_cursor (self);
  gw_map_view_fill_contents_soon (self);
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
  if (GW_MAP_VIEW (widget)->wanted_area != G_MAXUINT32)
    show_wanted_area (GW_MAP_VIEW (widget));
  return G_SOURCE_REMOVE;
}

static void
gw_map_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GwMapView *self = GW_MAP_VIEW (widget);

  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (self)), width, height, baseline, NULL);
  if (self->list != NULL)
    gtk_popover_present (self->list);
  gtk_widget_set_child_visible (self->legend,
                                height >= LEGEND_MIN_HEIGHT && width >= LEGEND_MIN_WIDTH);
  if (self->wanted_area != G_MAXUINT32)
    (void)gtk_widget_add_tick_callback (widget, first_size_cb, NULL, NULL);
}

static void
zoom_middle (GwMapView *self, double steps)
{
  gw_map_camera_zoom_by (self->camera, steps, gtk_widget_get_width (GTK_WIDGET (self->map)) / 2.0,
                         gtk_widget_get_height (GTK_WIDGET (self->map)) / 2.0);
}

static void
zoom_in_cb (GwMapView *self)
{
  zoom_middle (self, 1);
}

static void
zoom_out_cb (GwMapView *self)
{
  zoom_middle (self, -1);
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
drawn_cb (GwMapView *self)
{
  g_signal_emit_by_name (self, "drawn");
}

static void
add_layers (GwMapView *self)
{
  g_autoptr (ShumateMapSource) source = gw_map_null_source_new ();
  ShumateViewport *viewport = shumate_map_get_viewport (self->map);

  shumate_viewport_set_reference_map_source (viewport, source);
  shumate_viewport_set_min_zoom_level (viewport, GW_MAP_MIN_ZOOM);
  shumate_viewport_set_max_zoom_level (viewport, GW_MAP_MAX_ZOOM);
  self->area_layer = gw_map_area_layer_new (viewport);
  g_signal_connect_object (self->area_layer, "drawn", G_CALLBACK (drawn_cb), self,
                           G_CONNECT_SWAPPED);
  self->point_layer = gw_map_point_layer_new (viewport);
  self->label_layer = gw_map_label_layer_new (viewport, self->point_layer);
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->area_layer));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->label_layer));
  shumate_map_add_layer (self->map, SHUMATE_LAYER (self->point_layer));
  g_signal_connect_object (viewport, "notify", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
}

static void
cancel (GCancellable **task)
{
  if (*task != NULL)
    g_cancellable_cancel (*task);
  g_clear_object (task);
}

static void
gw_map_view_dispose (GObject *object)
{
  GwMapView *self = GW_MAP_VIEW (object);

  g_clear_handle_id (&self->fill, g_source_remove);
  gw_map_view_drop_list (self);
  g_clear_pointer (&self->camera, gw_map_camera_free);
  cancel (&self->layer_task);
  cancel (&self->index_task);
  cancel (&self->pin_task);
  self->areas = NULL;
  g_clear_pointer (&self->levels, gw_map_levels_free);
  g_clear_pointer (&self->layer_values, g_array_unref);
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

  g_free (self->layer);
  g_array_unref (self->stops);
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
  gtk_widget_class_bind_template_child (widget_class, GwMapView, contents);
  gtk_widget_class_bind_template_child (widget_class, GwMapView, tools);
  gtk_widget_class_bind_template_child (widget_class, GwMapView, scale);
  gtk_widget_class_bind_template_child (widget_class, GwMapView, note);
  gtk_widget_class_bind_template_child (widget_class, GwMapView, banner);
  gtk_widget_class_bind_template_child (widget_class, GwMapView, cursor);
  gtk_widget_class_set_css_name (widget_class, "map-view");
  g_signal_new ("point-picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                G_TYPE_INT, G_TYPE_INT);
  g_signal_new ("drawn", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("pick-cancelled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gw_map_view_init (GwMapView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* A bin's layout manager would take the allocation, and the first size would pass unseen. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  self->stops = g_array_new (FALSE, FALSE, sizeof (GwMapStop));
  self->at = -1;
  self->level = GW_MAP_LEVEL_BY_ZOOM;
  self->shows_points = self->shows_river = TRUE;
  self->wanted_area = GW_AREA_NONE;
  self->camera = gw_map_camera_new (self->map);
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
  g_signal_connect_object (model, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "matter-changed", G_CALLBACK (gw_map_view_update_pin), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gw_map_view_add_actions (self);
  gw_map_view_fill_layers (self);
  gw_map_view_add_contents (self);
  gw_map_view_connect_pointer (self);
  gw_map_view_connect_keys (self);
  gw_map_view_reload_areas (self);
  if (gw_filter_model_get_selection (model) != NULL)
    gw_map_view_update_points (self);
  if (gw_filter_model_get_matter (model) != 0)
    gw_map_view_update_pin (self);
  return GTK_WIDGET (self);
}
