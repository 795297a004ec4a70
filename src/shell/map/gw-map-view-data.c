/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-legend.h"
#include "gw-map-view-private.h"
#include "gw-ui.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define LAYER_PREFIX "layer:"
/* How far areas outside of the filter's step back towards the ground. */
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
static const guint32 grounds[2] = { 0xfff6f5f4, 0xff222226 };

const GwMapInk *
gw_map_view_get_ink (gboolean is_dark)
{
  return &inks[is_dark ? 1 : 0];
}

static const GwRings *
get_rings_cb (gpointer data, guint32 area)
{
  return gw_session_get_rings (data, area);
}

static GwMapAreas *
get_level (GwMapView *self, GwAreaLevel level)
{
  if (self->levels[level] == NULL)
    self->levels[level] =
        gw_map_areas_new (gw_session_get_areas (self->session), level, get_rings_cb, self->session);
  return self->levels[level];
}

static const char *
layer_of (GwMapView *self)
{
  return g_str_has_prefix (self->figure, LAYER_PREFIX) ? self->figure + strlen (LAYER_PREFIX)
                                                       : NULL;
}

static const GwLayerSpec *
find_layer (GwMapView *self, const char *id)
{
  GPtrArray *modules = gw_session_get_modules (self->session);

  for (guint i = 0; i < modules->len; i++)
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

static double
get_value (GwMapView *self, const GwSelection *selection, guint32 area)
{
  const GwAreaCount *count = NULL;

  if (layer_of (self) != NULL)
    return self->layer_values != NULL && area < self->layer_values->len
               ? g_array_index (self->layer_values, double, area)
               : NAN;
  if (selection == NULL || area > selection->n_areas)
    return NAN;
  count = &selection->by_area[area];
  if (strcmp (self->figure, "overdue") == 0)
    return count->overdue;
  return strcmp (self->figure, "total") == 0 ? count->total : count->open;
}

static char *
dup_figure_label (GwMapView *self)
{
  const GwLayerSpec *layer = layer_of (self) != NULL ? find_layer (self, layer_of (self)) : NULL;

  if (layer != NULL)
    return g_strdup (layer->label);
  if (strcmp (self->figure, "overdue") == 0)
    return g_strdup (_ ("Overdue matters"));
  return g_strdup (strcmp (self->figure, "total") == 0 ? _ ("All matters") : _ ("Open matters"));
}

static void
update_legend (GwMapView *self, gboolean has_empty)
{
  g_autofree char *label = dup_figure_label (self);
  /* Translators: figure, level of areas: "Open matters by township". */
  g_autofree char *title =
      g_strdup_printf (_ ("%1$s by %2$s"), label,
                       gw_area_level_label (gw_map_areas_get_level (self->areas)));

  gw_map_legend_set (GW_MAP_LEGEND (self->legend), title, &self->classes, has_empty,
                     gw_map_view_is_dark (self));
  gtk_menu_button_set_label (self->layers, label);
}

static void
paint (GwMapView *self, const double *values)
{
  GwAreaTree *tree = gw_session_get_areas (self->session);
  gboolean is_dark = gw_map_view_is_dark (self), has_empty = FALSE;
  guint n = gw_map_areas_get_n (self->areas);
  g_autofree guint32 *colours = g_new0 (guint32, MAX (n, 1));
  g_autoptr (GwMapPaint) picture = NULL;

  for (guint i = 0; i < n; i++)
    {
      int found = gw_map_classes_find (&self->classes, values[i]);

      has_empty |= found < 0;
      colours[i] = gw_map_classes_get_colour (&self->classes, found, is_dark);
      if (self->focus != GW_AREA_NONE &&
          !gw_area_tree_contains (tree, self->focus, gw_map_areas_get_id (self->areas, i)))
        colours[i] = gw_map_colour_mix (colours[i], grounds[is_dark ? 1 : 0], FADE);
    }
  picture = gw_map_paint_new (self->areas, colours, gw_map_view_get_ink (is_dark),
                              gw_session_get_river (self->session),
                              self->focus != GW_AREA_NONE
                                  ? gw_session_get_rings (self->session, self->focus)
                                  : NULL,
                              gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  gw_map_area_layer_set_paint (self->area_layer, picture);
  update_legend (self, has_empty);
}

void
gw_map_view_update_ground (GwMapView *self)
{
  GwSelection *selection = gw_filter_model_get_selection (self->model);
  const GwLayerSpec *layer = layer_of (self) != NULL ? find_layer (self, layer_of (self)) : NULL;
  guint n = 0;
  g_autofree double *values = NULL;

  if (self->areas == NULL)
    return;
  n = gw_map_areas_get_n (self->areas);
  values = g_new0 (double, MAX (n, 1));
  for (guint i = 0; i < n; i++)
    values[i] = get_value (self, selection, gw_map_areas_get_id (self->areas, i));
  self->classes =
      gw_map_classes_new (layer != NULL ? GW_MAP_FIGURE_VALUE : GW_MAP_FIGURE_COUNT, values, n,
                          layer != NULL && layer->classes > 0 ? layer->classes
                                                              : GW_MAP_MAX_CLASSES);
  gw_map_point_layer_set_dark (self->point_layer, gw_map_view_is_dark (self));
  gw_map_label_layer_set_dark (self->label_layer, gw_map_view_is_dark (self));
  paint (self, values);
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

static void
cancel (GCancellable **task)
{
  if (*task != NULL)
    g_cancellable_cancel (*task);
  g_clear_object (task);
}

/* The figures of neighbours stay when the filter goes into one area. */
static void
ask_layer (GwMapView *self)
{
  g_autoptr (GwFilter) filter = NULL;

  cancel (&self->layer_task);
  if (layer_of (self) == NULL || self->areas == NULL)
    return;
  filter = gw_filter_copy (gw_filter_model_get (self->model));
  filter->area = GW_AREA_NONE;
  filter->has_box = FALSE;
  self->layer_task = g_cancellable_new ();
  gw_session_layer_async (self->session, layer_of (self), filter,
                          gw_map_areas_get_level (self->areas), self->layer_task, layer_cb,
                          g_object_ref (self));
}

static void
use_area (GwMapView *self, guint32 area)
{
  GwAreaTree *tree = gw_session_get_areas (self->session);
  const GwArea *root = gw_area_tree_root (tree);

  self->focus = root != NULL && area == root->id ? GW_AREA_NONE : area;
  self->areas = get_level (self, gw_map_areas_level_below (tree, area));
  gw_map_label_layer_set_areas (self->label_layer, self->areas, tree, self->focus);
  gw_map_view_forget_features (self);
  ask_layer (self);
  gw_map_view_update_ground (self);
}

static void
filter_changed_cb (GwMapView *self)
{
  guint32 area = gw_filter_model_get (self->model)->area;
  guint32 before = self->focus;

  use_area (self, area);
  if (self->focus != before)
    gw_map_view_show_area (self, area);
}

/* ---- points ---- */

typedef struct
{
  GwSelection *selection; /* owned */
  gboolean open_only;
} IndexWork;

static void
index_work_free (gpointer data)
{
  IndexWork *index_work = data;

  gw_selection_unref (index_work->selection);
  g_free (index_work);
}

static void
index_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const IndexWork *index_work = data;
  const GwSelection *selection = index_work->selection;
  g_autofree guint8 *mask = NULL;

  if (index_work->open_only)
    {
      mask = g_malloc (MAX (selection->n, 1));
      for (guint i = 0; i < selection->n; i++)
        mask[i] = (guint8)gw_state_is_open (selection->states[i]);
    }
  g_task_return_pointer (task,
                         gw_cluster_index_new (selection->x, selection->y, mask, selection->n),
                         (GDestroyNotify)gw_cluster_index_unref);
}

static void
indexed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GwMapView *self = GW_MAP_VIEW (source);
  const IndexWork *index_work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GwClusterIndex) index = g_task_propagate_pointer (G_TASK (result), NULL);

  if (index == NULL || g_task_get_cancellable (G_TASK (result)) != self->index_task)
    return;
  g_clear_object (&self->index_task);
  gw_map_point_layer_set_points (self->point_layer, index, index_work->selection);
  gtk_widget_queue_draw (GTK_WIDGET (self->label_layer));
  gw_map_view_forget_features (self);
}

void
gw_map_view_update_points (GwMapView *self)
{
  GwSelection *selection = gw_filter_model_get_selection (self->model);
  IndexWork *index_work = NULL;
  g_autoptr (GTask) task = NULL;

  cancel (&self->index_task);
  if (selection == NULL || self->points == GW_MAP_POINTS_NONE)
    {
      gw_map_point_layer_set_points (self->point_layer, NULL, NULL);
      gtk_widget_queue_draw (GTK_WIDGET (self->label_layer));
      return;
    }
  index_work = g_new0 (IndexWork, 1);
  index_work->selection = gw_selection_ref (selection);
  index_work->open_only = self->points == GW_MAP_POINTS_OPEN;
  self->index_task = g_cancellable_new ();
  task = g_task_new (self, self->index_task, indexed_cb, NULL);
  g_task_set_task_data (task, index_work, index_work_free);
  g_task_run_in_thread (task, index_thread);
}

static void
selection_changed_cb (GwMapView *self)
{
  gw_map_view_update_ground (self);
  gw_map_view_update_points (self);
}

/* ---- the selected matter ---- */

static void
row_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwMapView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gw_session_fetch_rows_finish (GW_SESSION (source), result, &error);
  const GwMatter *matter = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->pin_task);
  matter = rows != NULL && rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  if (matter != NULL && matter->has_point)
    gw_map_view_set_pin (self, matter->id, (GwPoint){ matter->x, matter->y });
}

static void
matter_changed_cb (GwMapView *self)
{
  gint64 id = gw_filter_model_get_matter (self->model);
  GwSelection *selection = gw_filter_model_get_selection (self->model);
  gint row = id != 0 && selection != NULL ? gw_selection_find (selection, id) : -1;

  cancel (&self->pin_task);
  if (id != 0 && id == self->pinned)
    return;
  gw_map_view_set_pin (self, id,
                       row >= 0 ? (GwPoint){ selection->x[row], selection->y[row] }
                                : (GwPoint){ GW_LATTICE_NONE, GW_LATTICE_NONE });
  if (id == 0 || row >= 0)
    return;
  /* The filter leaves it out, or its answer is not there yet. */
  self->pin_task = g_cancellable_new ();
  gw_session_fetch_rows_async (self->session, &id, 1, self->pin_task, row_cb, g_object_ref (self));
}

/* ---- menu ---- */

static void
append_radio (GMenu *menu, const char *label, const char *action, const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static void
append_layers (GMenu *menu, GPtrArray *modules)
{
  for (guint i = 0; i < modules->len; i++)
    {
      GwModuleSpec *module = g_ptr_array_index (modules, i);

      for (guint j = 0; j < module->layers->len; j++)
        {
          const GwLayerSpec *layer = g_ptr_array_index (module->layers, j);
          g_autofree char *target = g_strconcat (LAYER_PREFIX, layer->id, NULL);

          append_radio (menu, layer->label, "map.figure", target);
        }
    }
}

void
gw_map_view_fill_menu (GwMapView *self)
{
  g_autoptr (GMenu) menu = g_menu_new (), figures = g_menu_new (), points = g_menu_new ();

  append_radio (figures, _ ("Open matters"), "map.figure", "open");
  append_radio (figures, _ ("Overdue matters"), "map.figure", "overdue");
  append_radio (figures, _ ("All matters"), "map.figure", "total");
  append_layers (figures, gw_session_get_modules (self->session));
  g_menu_append_section (menu, _ ("Areas coloured by"), G_MENU_MODEL (figures));
  append_radio (points, _ ("All of the filter"), "map.points", "all");
  append_radio (points, _ ("Open ones only"), "map.points", "open");
  append_radio (points, _ ("None"), "map.points", "none");
  g_menu_append_section (menu, _ ("Matters shown"), G_MENU_MODEL (points));
  gtk_menu_button_set_menu_model (self->layers, G_MENU_MODEL (menu));
}

static void
figure_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  GwMapView *self = data;

  g_simple_action_set_state (action, state);
  g_free (self->figure);
  self->figure = g_variant_dup_string (state, NULL);
  g_clear_pointer (&self->layer_values, g_array_unref);
  ask_layer (self);
  gw_map_view_update_ground (self);
}

static void
points_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  GwMapView *self = data;
  const char *name = g_variant_get_string (state, NULL);

  g_simple_action_set_state (action, state);
  self->points = strcmp (name, "none") == 0   ? GW_MAP_POINTS_NONE
                 : strcmp (name, "open") == 0 ? GW_MAP_POINTS_OPEN
                                              : GW_MAP_POINTS_ALL;
  gw_map_view_update_points (self);
}

static void
add_actions (GwMapView *self)
{
  static const GActionEntry entries[] = {
    { .name = "figure", .parameter_type = "s", .state = "'open'", .change_state = figure_cb },
    { .name = "points", .parameter_type = "s", .state = "'all'", .change_state = points_cb },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "map", G_ACTION_GROUP (group));
}

static void
session_changed_cb (GwMapView *self, gboolean reference_data)
{
  if (!reference_data)
    {
      ask_layer (self);
      return;
    }
  self->areas = NULL;
  for (guint i = 0; i < GW_N_LEVELS; i++)
    g_clear_pointer (&self->levels[i], gw_map_areas_unref);
  gw_map_view_fill_menu (self);
  use_area (self, gw_filter_model_get (self->model)->area);
}

void
gw_map_view_connect_data (GwMapView *self)
{
  add_actions (self);
  gw_map_view_fill_menu (self);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "matter-changed", G_CALLBACK (matter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  use_area (self, gw_filter_model_get (self->model)->area);
  if (gw_filter_model_get_selection (self->model) != NULL)
    gw_map_view_update_points (self);
  if (gw_filter_model_get_matter (self->model) != 0)
    matter_changed_cb (self);
}

void
gw_map_view_drop_data (GwMapView *self)
{
  cancel (&self->layer_task);
  cancel (&self->index_task);
  cancel (&self->pin_task);
  self->areas = NULL;
  for (guint i = 0; i < GW_N_LEVELS; i++)
    g_clear_pointer (&self->levels[i], gw_map_areas_unref);
  g_clear_pointer (&self->layer_values, g_array_unref);
}

static char *
describe_layer (GwMapView *self, const char *name, double value)
{
  g_autofree char *label = dup_figure_label (self);

  if (isnan (value))
    return g_strdup_printf (_ ("%1$s\n%2$s: no data"), name, label);
  return g_strdup_printf ("%s\n%s: %.1f", name, label, value);
}

char *
gw_map_view_describe_area (GwMapView *self, guint32 area)
{
  const GwArea *at = gw_area_tree_get (gw_session_get_areas (self->session), area);
  const GwSelection *selection = gw_filter_model_get_selection (self->model);
  const GwAreaCount *count = NULL;
  g_autofree char *open = NULL, *overdue = NULL, *total = NULL;

  if (at == NULL)
    return NULL;
  if (layer_of (self) != NULL)
    return describe_layer (self, at->name, get_value (self, selection, area));
  if (selection == NULL || area > selection->n_areas)
    return g_strdup (at->name);
  count = &selection->by_area[area];
  open = gw_ui_format_count (count->open);
  overdue = gw_ui_format_count (count->overdue);
  total = gw_ui_format_count (count->total);
  /* Translators: name of an area, then three counts. */
  return g_strdup_printf (_ ("%1$s\nopen %2$s, overdue %3$s, all %4$s"), at->name, open, overdue,
                          total);
}
