/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-legend.h"
#include "gw-map-view-private.h"
#include "gw-ui.h"

#include <math.h>
#include <string.h>

/* How far areas outside of what the map is about step back towards the ground. */
#define FADE 0.62

static const GwMapInk inks[2] = {
  { .borders = { .area_border = 0x60806a55,
                 .group_border = 0xb08a6f55,
                 .outer_border = 0xff7d6a58 },
    .water = 0xff8fc1e3,
    .water_edge = 0xd0ffffff,
    .outline = 0xff1a5fb4,
    .outline_edge = 0xc0ffffff },
  { .borders = { .area_border = 0x70c8b49a,
                 .group_border = 0xc0b09a80,
                 .outer_border = 0xffb9a58e },
    .water = 0xff4f8fbd,
    .water_edge = 0xc0121416,
    .outline = 0xff78aeed,
    .outline_edge = 0xb0101214 },
};

const GwMapInk *
gw_map_view_get_ink (gboolean is_dark)
{
  return &inks[is_dark ? 1 : 0];
}

gboolean
gw_map_view_is_dark (GwMapView *self)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

const GwLayerSpec *
gw_map_view_find_layer (GwMapView *self, const char *id)
{
  GPtrArray *modules = gw_session_get_modules (self->session);

  for (guint i = 0; id != NULL && i < modules->len; i++)
    {
      GwModuleSpec *module = g_ptr_array_index (modules, i);

      for (guint j = 0; j < module->layers->len; j++)
        {
          const GwLayerSpec *layer = g_ptr_array_index (module->layers, j);

          if (strcmp (layer->id, id) == 0)
            return layer;
        }
    }
  return NULL;
}

GwMapCount
gw_map_view_get_count (GwMapView *self)
{
  return gw_map_count_under (self->count, gw_filter_model_get (self->model));
}

double
gw_map_view_get_value (GwMapView *self, guint32 area)
{
  const GwSelection *selection = gw_filter_model_get_selection (self->model);

  if (self->layer != NULL)
    return self->layer_values != NULL && area < self->layer_values->len
               ? g_array_index (self->layer_values, double, area)
               : NAN;
  return selection != NULL && area <= selection->n_areas
             ? gw_map_count_of (gw_map_view_get_count (self), &selection->by_area[area])
             : NAN;
}

const char *
gw_map_view_get_figure_label (GwMapView *self)
{
  const GwLayerSpec *layer = gw_map_view_find_layer (self, self->layer);

  return layer != NULL ? layer->label : gw_map_count_label (gw_map_view_get_count (self));
}

void
gw_map_view_update_legend (GwMapView *self)
{
  g_autofree char *counts = gw_map_view_describe_counts (self);

  gw_map_legend_set (GW_MAP_LEGEND (self->legend), gw_map_view_get_figure_label (self),
                     gw_area_level_label (gw_map_areas_get_level (self->areas)), &self->classes,
                     self->has_empty, gw_map_view_is_dark (self));
  gw_map_legend_set_note (GW_MAP_LEGEND (self->legend), counts);
}

static gboolean
is_beside (GwMapView *self, guint32 area)
{
  return self->base != GW_AREA_NONE &&
         !gw_area_tree_contains (gw_session_get_areas (self->session), self->base, area);
}

static void
paint (GwMapView *self, const double *values)
{
  gboolean is_dark = gw_map_view_is_dark (self);
  guint n = gw_map_areas_get_n (self->areas);
  g_autofree guint32 *colours = g_new0 (guint32, MAX (n, 1));
  g_autoptr (GwMapPaint) picture = NULL;

  self->has_empty = FALSE;
  for (guint i = 0; i < n; i++)
    {
      int found = gw_map_classes_find (&self->classes, values[i]);

      self->has_empty |= found < 0;
      colours[i] = gw_map_classes_get_colour (&self->classes, found, is_dark);
      if (is_beside (self, gw_map_areas_get_id (self->areas, i)))
        colours[i] = gw_map_colour_mix (colours[i], gw_map_ground_colour (is_dark), FADE);
    }
  picture = gw_map_paint_new (self->areas, colours, gw_map_view_get_ink (is_dark),
                              self->shows_river ? gw_session_get_river (self->session) : NULL,
                              self->area != GW_AREA_NONE
                                  ? gw_session_get_rings (self->session, self->area)
                                  : NULL,
                              gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  gw_map_area_layer_set_paint (self->area_layer, picture);
}

void
gw_map_view_update_ground (GwMapView *self)
{
  const GwLayerSpec *layer = gw_map_view_find_layer (self, self->layer);
  guint n = 0;
  g_autofree double *values = NULL;

  if (self->areas == NULL)
    return;
  n = gw_map_areas_get_n (self->areas);
  values = g_new0 (double, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    values[i] = gw_map_view_get_value (self, gw_map_areas_get_id (self->areas, i));
  self->classes =
      gw_map_classes_new (layer != NULL ? GW_MAP_FIGURE_VALUE : GW_MAP_FIGURE_COUNT, values, n,
                          layer != NULL && layer->classes > 0 ? layer->classes
                                                              : GW_MAP_MAX_CLASSES);
  gw_map_point_layer_set_dark (self->point_layer, gw_map_view_is_dark (self));
  gw_map_label_layer_set_dark (self->label_layer, gw_map_view_is_dark (self));
  paint (self, values);
  gw_map_view_update_legend (self);
}

static void
layer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwMapView) self = data;
  g_autoptr (GError) error = NULL;
  GArray *values = gw_session_layer_finish (GW_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->layer_task);
  gw_ui_toast_error (GTK_WIDGET (self), error);
  g_clear_pointer (&self->layer_values, g_array_unref);
  self->layer_values = values;
  gw_map_view_update_ground (self);
}

/* The figures of neighbours stay when the filter goes into one area. */
void
gw_map_view_ask_layer (GwMapView *self)
{
  g_autoptr (GwFilter) filter = NULL;

  if (self->layer_task != NULL)
    g_cancellable_cancel (self->layer_task);
  g_clear_object (&self->layer_task);
  if (self->layer == NULL || self->areas == NULL)
    return;
  filter = gw_filter_copy (gw_filter_model_get (self->model));
  filter->area = GW_AREA_NONE;
  filter->has_box = FALSE;
  self->layer_task = g_cancellable_new ();
  gw_session_layer_async (self->session, self->layer, filter, gw_map_areas_get_level (self->areas),
                          self->layer_task, layer_cb, g_object_ref (self));
}
