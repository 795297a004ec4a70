/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of what is on the map, kept in step with it while it is open. */
#include "gw-map-contents.h"
#include "gw-map-view-private.h"

#include <glib/gi18n-lib.h>

static void
add_stop (GwMapView *self, GwMapContents *contents, guint i, const GwMapStop *stop)
{
  const GwSelection *selection = gw_map_point_layer_get_selection (self->point_layer);
  g_autofree char *text = stop->area != GW_AREA_NONE
                              ? gw_map_view_describe_area (self, stop->area)
                              : gw_map_view_describe_feature (self, &stop->feature);

  if (text == NULL)
    return;
  if (stop->area != GW_AREA_NONE)
    gw_map_contents_add_area (contents, stop->area, text);
  else if (stop->feature.n > 1)
    gw_map_contents_add_feature (contents, i, text);
  else
    gw_map_contents_add_matter (contents, selection->ids[stop->feature.row], text);
}

static void
add_way_up (GwMapView *self, GwMapContents *contents)
{
  GwAreaTree *tree = gw_session_get_areas (self->session);
  const GwArea *area =
      gw_area_tree_get (tree, self->area != GW_AREA_NONE ? self->area : self->base);
  const GwArea *above = area != NULL ? gw_area_tree_get (tree, area->parent) : NULL;

  if (above != NULL)
    gw_map_contents_add_up (contents, above->id, above->name);
}

static char *
dup_title (GwMapView *self)
{
  GwAreaTree *tree = gw_session_get_areas (self->session);
  const GwArea *area =
      self->base != GW_AREA_NONE ? gw_area_tree_get (tree, self->base) : gw_area_tree_root (tree);

  if (area == NULL || self->areas == NULL)
    return g_strdup (_ ("What is on the map"));
  /* Translators: an area and the level of its parts that the map shows. */
  return g_strdup_printf (_ ("%1$s by %2$s"), area->name,
                          gw_area_level_label (gw_map_areas_get_level (self->areas)));
}

void
gw_map_view_fill_contents (GwMapView *self)
{
  GtkPopover *popover = gtk_menu_button_get_popover (self->contents);
  GwMapContents *contents = NULL;
  g_autofree char *title = NULL;

  if (popover == NULL || !gtk_widget_get_mapped (GTK_WIDGET (popover)))
    return;
  contents = GW_MAP_CONTENTS (gtk_popover_get_child (popover));
  title = dup_title (self);
  g_array_unref (self->stops);
  self->stops = gw_map_view_collect_stops (self);
  self->at = -1;
  gw_map_contents_begin (contents, title);
  add_way_up (self, contents);
  for (guint i = 0; i < self->stops->len; i++)
    add_stop (self, contents, i, &g_array_index (self->stops, GwMapStop, i));
  gw_map_contents_end (contents);
}

static gboolean
fill_cb (gpointer data)
{
  GwMapView *self = data;

  self->fill = 0;
  gw_map_view_fill_contents (self);
  return G_SOURCE_REMOVE;
}

void
gw_map_view_fill_contents_soon (GwMapView *self)
{
  GtkPopover *popover = gtk_menu_button_get_popover (self->contents);

  if (self->fill == 0 && popover != NULL && gtk_widget_get_mapped (GTK_WIDGET (popover)))
    self->fill = g_idle_add (fill_cb, self);
}

static void
area_cb (GwMapView *self, guint area)
{
  gw_map_view_enter_area (self, area);
  gw_map_view_fill_contents_soon (self);
}

static void
feature_cb (GwMapView *self, guint index)
{
  const GwMapFeature *feature = NULL;

  if (index >= self->stops->len)
    return;
  feature = gw_map_view_find_feature (self, &g_array_index (self->stops, GwMapStop, index));
  gtk_menu_button_popdown (self->contents);
  if (feature != NULL)
    gw_map_view_open_feature (self, feature);
}

static void
matter_cb (GwMapView *self, gint64 matter)
{
  gtk_menu_button_popdown (self->contents);
  gw_filter_model_set_matter (self->model, matter);
}

static void
open_contents_cb (GtkMenuButton *button, gpointer data)
{
  GwMapView *self = data;
  GtkWidget *popover = NULL, *contents = NULL;

  if (gtk_menu_button_get_popover (button) != NULL)
    return;
  popover = gtk_popover_new ();
  contents = gw_map_contents_new (self->session);
  gtk_popover_set_child (GTK_POPOVER (popover), contents);
  gtk_menu_button_set_popover (self->contents, popover);
  g_signal_connect_object (contents, "area", G_CALLBACK (area_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (contents, "feature", G_CALLBACK (feature_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (contents, "matter", G_CALLBACK (matter_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (popover, "map", G_CALLBACK (gw_map_view_fill_contents), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

void
gw_map_view_add_contents (GwMapView *self)
{
  gtk_menu_button_set_create_popup_func (self->contents, open_contents_cb, self, NULL);
}
