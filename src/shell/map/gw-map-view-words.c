/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-view-private.h"
#include "gw-state.h"
#include "gw-ui.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static char *
describe_value (GwMapView *self, const char *name, guint32 area)
{
  const char *label = gw_map_view_get_figure_label (self);
  double value = gw_map_view_get_value (self, area);

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
  if (self->layer != NULL)
    return describe_value (self, at->name, area);
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

char *
gw_map_view_describe_feature (GwMapView *self, const GwMapFeature *feature)
{
  const GwSelection *selection = gw_map_point_layer_get_selection (self->point_layer);
  const GwArea *area = NULL;
  g_autofree char *count = gw_ui_format_count (feature->n);

  if (selection == NULL || feature->row >= selection->n)
    return NULL;
  if (feature->n > 1)
    return g_strdup_printf (ngettext ("%s matter close together", "%s matters close together",
                                      feature->n),
                            count);
  area = gw_area_tree_get (gw_session_get_areas (self->session), selection->areas[feature->row]);
  /* Translators: one matter on the map: its state, its area. */
  return g_strdup_printf (_ ("1 matter: %1$s, %2$s"),
                          gw_state_label (selection->states[feature->row]),
                          area != NULL ? area->name : "");
}

/* Below the legend: what the circles count. */
char *
gw_map_view_describe_counts (GwMapView *self)
{
  g_autofree char *placed = gw_ui_format_count (self->n_placed);
  g_autofree char *placeless = gw_ui_format_count (self->n_placeless);
  const char *label = gw_map_count_label (gw_map_view_get_count (self));

  if (!self->shows_points)
    return NULL;
  if (self->n_placeless == 0)
    /* Translators: what circles count ("Open matters"), how many in all. */
    return g_strdup_printf (_ ("Circles: %1$s, %2$s"), label, placed);
  return g_strdup_printf (_ ("Circles: %1$s, %2$s; %3$s more have no point"), label, placed,
                          placeless);
}

/* ---- what tests see ---- */

static void
append_values (GwMapView *self, GString *text)
{
  GwAreaTree *tree = gw_session_get_areas (self->session);

  g_string_append (text, "map-values:");
  for (guint i = 0; self->areas != NULL && i < gw_map_areas_get_n (self->areas); i++)
    {
      guint32 area = gw_map_areas_get_id (self->areas, i);
      char value[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (value, sizeof value, "%.6g", gw_map_view_get_value (self, area));
      g_string_append_printf (text, " %s=%s", gw_area_tree_get (tree, area)->code, value);
    }
  g_string_append_c (text, '\n');
}

static void
append_features (GwMapView *self, GString *text)
{
  GwMapFrame frame = { 0 };
  guint n = 0;
  const GwMapFeature *features = NULL;

  g_string_append (text, "map-features:");
  if (gw_map_camera_get_frame (self->camera, &frame))
    features = gw_map_point_layer_get_features (self->point_layer, &frame, &n);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, " %d,%d,%u", (int)lround (features[i].x),
                            (int)lround (features[i].y), features[i].n);
  g_string_append_c (text, '\n');
}

char *
gw_map_view_dup_debug_state (GwMapView *self)
{
  GString *text = g_string_new (NULL);
  const GwArea *base = NULL;

  g_return_val_if_fail (GW_IS_MAP_VIEW (self), NULL);
  base = gw_area_tree_get (gw_session_get_areas (self->session), self->base);
  g_string_append_printf (text, "map-ready: %d\n", gw_map_view_is_complete (self) ? 1 : 0);
  g_string_append_printf (text, "map-size: %d,%d\n", gtk_widget_get_width (GTK_WIDGET (self->map)),
                          gtk_widget_get_height (GTK_WIDGET (self->map)));
  g_string_append_printf (text, "map-level: %s\n",
                          self->areas != NULL
                              ? gw_area_level_id (gw_map_areas_get_level (self->areas))
                              : "");
  g_string_append_printf (text, "map-base: %s\n", base != NULL ? base->code : "");
  g_string_append_printf (text, "map-count: %s\n", gw_map_count_id (gw_map_view_get_count (self)));
  g_string_append_printf (text, "map-placed: %u\n", self->n_placed);
  g_string_append_printf (text, "map-placeless: %u\n", self->n_placeless);
  g_string_append_printf (text, "map-pin: %" G_GINT64_FORMAT "\n", self->pinned);
  append_values (self, text);
  append_features (self, text);
  return g_string_free (text, FALSE);
}
