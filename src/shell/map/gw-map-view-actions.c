/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-layers.h"
#include "gw-map-view-private.h"

#include <string.h>

#define LAYER_PREFIX "layer-"

static void
count_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  GwMapView *self = data;

  self->count = gw_map_count_from_id (g_variant_get_string (state, NULL));
  g_simple_action_set_state (action, g_variant_new_string (gw_map_count_id (self->count)));
  gw_map_view_update_ground (self);
  gw_map_view_update_points (self);
}

static void
level_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  GwMapView *self = data;
  GwAreaLevel level = GW_LEVEL_TOWNSHIP;

  self->level = gw_area_level_from_id (g_variant_get_string (state, NULL), &level)
                    ? (gint)level
                    : GW_MAP_LEVEL_BY_ZOOM;
  g_simple_action_set_state (action, state);
  gw_map_view_update_level (self);
}

static void
points_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  GwMapView *self = data;

  self->shows_points = g_variant_get_boolean (state);
  g_simple_action_set_state (action, state);
  gw_map_view_update_points (self);
}

static void
names_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  GwMapView *self = data;

  gtk_widget_set_visible (GTK_WIDGET (self->label_layer), g_variant_get_boolean (state));
  g_simple_action_set_state (action, state);
}

static void
river_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  GwMapView *self = data;

  self->shows_river = g_variant_get_boolean (state);
  g_simple_action_set_state (action, state);
  gw_map_view_update_ground (self);
}

static GActionMap *
get_group (GwMapView *self)
{
  return G_ACTION_MAP (g_object_get_data (G_OBJECT (self), "actions"));
}

/* Only one layer at a time can colour the areas: another one that is switched on takes its place.
 */
static void
layer_cb (GSimpleAction *action, GVariant *state, gpointer data)
{
  GwMapView *self = data;
  const char *id = g_action_get_name (G_ACTION (action)) + strlen (LAYER_PREFIX);
  gboolean is_on = g_variant_get_boolean (state);

  if (is_on && self->layer != NULL && strcmp (self->layer, id) != 0)
    {
      g_autofree char *other = g_strconcat (LAYER_PREFIX, self->layer, NULL);
      GAction *before = g_action_map_lookup_action (get_group (self), other);

      g_simple_action_set_state (G_SIMPLE_ACTION (before), g_variant_new_boolean (FALSE));
    }
  g_simple_action_set_state (action, state);
  g_free (self->layer);
  self->layer = is_on ? g_strdup (id) : NULL;
  g_clear_pointer (&self->layer_values, g_array_unref);
  gw_map_view_ask_layer (self);
  gw_map_view_update_ground (self);
}

static void
add_layer_action (GwMapView *self, const GwLayerSpec *layer)
{
  g_autofree char *name = g_strconcat (LAYER_PREFIX, layer->id, NULL);
  gboolean is_on = self->layer != NULL && strcmp (self->layer, layer->id) == 0;
  g_autoptr (GSimpleAction) action =
      g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (is_on));

  g_signal_connect (action, "change-state", G_CALLBACK (layer_cb), self);
  g_action_map_add_action (get_group (self), G_ACTION (action));
}

static void
open_layers_cb (GtkMenuButton *button, gpointer data)
{
  GwMapView *self = data;

  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, gw_map_layers_new (self->session));
}

void
gw_map_view_fill_layers (GwMapView *self)
{
  GPtrArray *modules = gw_session_get_modules (self->session);

  for (guint i = 0; i < modules->len; i++)
    {
      GwModuleSpec *module = g_ptr_array_index (modules, i);

      for (guint j = 0; j < module->layers->len; j++)
        add_layer_action (self, g_ptr_array_index (module->layers, j));
    }
  gtk_menu_button_set_popover (self->layers, NULL);
  gtk_menu_button_set_create_popup_func (self->layers, open_layers_cb, self, NULL);
}

void
gw_map_view_add_actions (GwMapView *self)
{
  static const GActionEntry entries[] = {
    { .name = "count", .parameter_type = "s", .state = "'open'", .change_state = count_cb },
    { .name = "level", .parameter_type = "s", .state = "'zoom'", .change_state = level_cb },
    { .name = "points", .state = "true", .change_state = points_cb },
    { .name = "names", .state = "true", .change_state = names_cb },
    { .name = "river", .state = "true", .change_state = river_cb },
  };
  GSimpleActionGroup *group = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "map", G_ACTION_GROUP (group));
  g_object_set_data_full (G_OBJECT (self), "actions", group, g_object_unref);
}
