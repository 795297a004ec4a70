/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-breadcrumb.h"

#include "gw-ui.h"
#include <glib/gi18n-lib.h>

struct _GwBreadcrumb
{
  AdwBin parent;
  GwFilterModel *model; /* owned */
  GtkWidget *box;       /* child of the bin */
};

G_DEFINE_FINAL_TYPE (GwBreadcrumb, gw_breadcrumb, ADW_TYPE_BIN)

static void
add_step (GwBreadcrumb *self, const GwArea *area, gboolean last)
{
  GtkWidget *button = gtk_button_new_with_label (area->name);
  g_autofree char *name = g_strdup_printf (_ ("Show %s"), area->name);
  gboolean root = area->parent == GW_AREA_NONE;

  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_add_css_class (button, "step");
  if (last)
    gtk_widget_add_css_class (button, "current");
  gtk_widget_set_tooltip_text (button, name);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.area");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", root ? GW_AREA_NONE : area->id);
  gtk_box_append (GTK_BOX (self->box), button);
}

static void
add_children (GwBreadcrumb *self, GwAreaTree *tree, const GwArea *area)
{
  guint n = 0;
  const GwArea *const *children = gw_area_tree_children (tree, area->id, &n);
  GtkWidget *button = NULL;
  g_autoptr (GMenu) menu = NULL;
  g_autofree char *name = NULL;

  if (n == 0)
    return;
  menu = g_menu_new ();
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (children[i]->name, NULL);

      g_menu_item_set_action_and_target (item, "win.area", "u", children[i]->id);
      g_menu_append_item (menu, item);
    }
  name = g_strdup_printf (_ ("Areas in %s"), area->name);
  button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "go-next-symbolic");
  gtk_menu_button_set_has_frame (GTK_MENU_BUTTON (button), FALSE);
  gw_ui_set_menu (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, name);
  gw_ui_set_name (button, name);
  gtk_widget_add_css_class (button, "step-down");
  gtk_box_append (GTK_BOX (self->box), button);
}

static void
rebuild (GwBreadcrumb *self)
{
  GwAreaTree *tree = gw_session_get_areas (gw_filter_model_get_session (self->model));
  guint32 id = gw_filter_model_get (self->model)->area;
  const GwArea *area = id != GW_AREA_NONE ? gw_area_tree_get (tree, id) : NULL;
  g_autoptr (GPtrArray) way = g_ptr_array_new ();

  gw_ui_remove_children (self->box);
  if (area == NULL)
    area = gw_area_tree_root (tree);
  for (const GwArea *up = area; up != NULL; up = gw_area_tree_get (tree, up->parent))
    g_ptr_array_insert (way, 0, (gpointer)up);
  for (guint i = 0; i < way->len; i++)
    {
      if (i > 0)
        {
          GtkWidget *mark = gtk_label_new ("›");

          gtk_widget_add_css_class (mark, "dim-label");
          gtk_box_append (GTK_BOX (self->box), mark);
        }
      add_step (self, g_ptr_array_index (way, i), i + 1 == way->len);
    }
  if (area != NULL)
    add_children (self, tree, area);
}

static void
data_changed_cb (GwBreadcrumb *self, gboolean reference_data)
{
  if (reference_data)
    rebuild (self);
}

static void
gw_breadcrumb_dispose (GObject *object)
{
  GwBreadcrumb *self = GW_BREADCRUMB (object);

  g_clear_object (&self->model);
  G_OBJECT_CLASS (gw_breadcrumb_parent_class)->dispose (object);
}

static void
gw_breadcrumb_class_init (GwBreadcrumbClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gw_breadcrumb_dispose;
}

static void
gw_breadcrumb_init (GwBreadcrumb *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->box, "breadcrumb");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Area"), -1);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

GtkWidget *
gw_breadcrumb_new (GwFilterModel *model)
{
  GwBreadcrumb *self = NULL;

  g_return_val_if_fail (GW_IS_FILTER_MODEL (model), NULL);
  self = g_object_new (GW_TYPE_BREADCRUMB, NULL);
  self->model = g_object_ref (model);
  rebuild (self);
  g_signal_connect_object (model, "changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gw_filter_model_get_session (model), "changed",
                           G_CALLBACK (data_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
