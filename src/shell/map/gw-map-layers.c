/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-layers.h"

#include "gw-map-count.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

static void
add_heading (GtkBox *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  if (gtk_widget_get_first_child (GTK_WIDGET (box)) != NULL)
    gtk_widget_set_margin_top (label, 6);
  gtk_box_append (box, label);
}

static GtkWidget *
add_check (GtkBox *box, const char *text, const char *action)
{
  GtkWidget *check = gtk_check_button_new_with_label (text);

  gw_ui_set_name (check, text);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (check), action);
  gtk_box_append (box, check);
  return check;
}

/* With a target, a check button of a text action is a radio button. */
static void
add_radio (GtkBox *box, const char *text, const char *action, const char *target)
{
  gtk_actionable_set_action_target (GTK_ACTIONABLE (add_check (box, text, action)), "s", target);
}

static void
add_counts (GtkBox *box)
{
  add_heading (box, _ ("Areas and circles count"));
  for (guint i = 0; i < GW_MAP_N_COUNTS; i++)
    add_radio (box, gw_map_count_label ((GwMapCount)i), "map.count",
               gw_map_count_id ((GwMapCount)i));
}

static void
add_levels (GtkBox *box)
{
  add_heading (box, _ ("Level of areas"));
  add_radio (box, _ ("By zoom"), "map.level", "zoom");
  for (GwAreaLevel level = GW_LEVEL_TOWNSHIP; level <= GW_LEVEL_MICRO; level++)
    add_radio (box, gw_area_level_label (level), "map.level", gw_area_level_id (level));
}

static void
add_module_layers (GtkBox *box, GPtrArray *modules)
{
  for (guint i = 0; i < modules->len; i++)
    {
      GwModuleSpec *module = g_ptr_array_index (modules, i);

      for (guint j = 0; j < module->layers->len; j++)
        {
          const GwLayerSpec *layer = g_ptr_array_index (module->layers, j);
          g_autofree char *action = g_strconcat ("map.layer-", layer->id, NULL);

          add_check (box, layer->label, action);
        }
    }
}

GtkWidget *
gw_map_layers_new (GwSession *session)
{
  GtkWidget *popover = gtk_popover_new (), *scroller = gtk_scrolled_window_new ();
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));

  add_counts (box);
  add_levels (box);
  add_heading (box, _ ("Layers"));
  add_check (box, _ ("Matters"), "map.points");
  add_check (box, _ ("Names of areas"), "map.names");
  add_check (box, _ ("River"), "map.river");
  add_module_layers (box, gw_session_get_modules (session));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), 560);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (box));
  gtk_popover_set_child (GTK_POPOVER (popover), scroller);
  gtk_widget_add_css_class (popover, "map-layers-popover");
  return popover;
}
