/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-filter-bar.h"

#include "gw-breadcrumb.h"
#include "gw-filter-clause.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

struct _GwFilterBar
{
  AdwBin parent;
  GwFilterModel *model;      /* owned */
  GSimpleActionGroup *group; /* owned: "filter" */
  GtkBox *start;
  GtkBox *chips;
  GtkMenuButton *add;
  GtkMenuButton *view;
  GtkLabel *count;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (GwFilterBar, gw_filter_bar, ADW_TYPE_BIN)

static void
remove_cb (GtkWidget *chip, GwFilterBar *self)
{
  const GwFilterClause *clause = g_object_get_data (G_OBJECT (chip), "gw-clause");
  g_autoptr (GwFilter) filter = gw_filter_copy (gw_filter_model_get (self->model));

  gw_filter_clause_remove (clause, filter);
  gw_filter_model_set (self->model, filter);
  gw_filter_bar_focus (self);
}

static GtkWidget *
chip_new (GwFilterBar *self, GwFilterClause *clause)
{
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *label = gtk_label_new (clause->label);
  g_autofree char *name = g_strdup_printf (_ ("Take away: %s"), clause->label);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 24);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_tooltip_text (chip, name);
  gw_ui_set_name (chip, name);
  g_object_set_data_full (G_OBJECT (chip), "gw-clause", clause,
                          (GDestroyNotify)gw_filter_clause_free);
  g_signal_connect (chip, "clicked", G_CALLBACK (remove_cb), self);
  return chip;
}

static void
show_switch (GwFilterBar *self, const char *name, GVariant *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

static void
show_filter (GwFilterBar *self)
{
  const GwFilter *filter = gw_filter_model_get (self->model);
  GwSession *session = gw_filter_model_get_session (self->model);
  g_autoptr (GPtrArray) clauses = gw_filter_clause_list (filter, session);

  gw_ui_remove_children (GTK_WIDGET (self->chips));
  g_ptr_array_set_free_func (clauses, NULL); /* each chip takes its clause */
  for (guint i = 0; i < clauses->len; i++)
    gtk_box_append (self->chips, chip_new (self, g_ptr_array_index (clauses, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->chips), clauses->len > 0);

  show_switch (self, "open", g_variant_new_boolean (filter->open_only));
  show_switch (self, "overdue", g_variant_new_boolean (filter->overdue_only));
  show_switch (self, "period",
               g_variant_new_string (
                   gw_filter_clause_get_period (filter, gw_session_now (session))));
  show_switch (self, "org", g_variant_new_uint32 (filter->org));
  for (GwMatterState state = GW_STATE_REPORTED; state < GW_N_STATES; state++)
    show_switch (self, gw_state_id (state),
                 g_variant_new_boolean ((filter->states & (1u << state)) != 0));
}

static void
show_count (GwFilterBar *self)
{
  GwSelection *selection = gw_filter_model_get_selection (self->model);
  const char *problem = gw_filter_model_get_problem (self->model);
  g_autofree char *number = NULL, *text = NULL;

  gtk_spinner_set_spinning (self->spinner,
                            selection == NULL && gw_filter_model_is_loading (self->model));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->count), problem);
  if (problem != NULL)
    {
      gtk_label_set_label (self->count, _ ("No answer"));
      return;
    }
  if (selection == NULL)
    return;
  number = gw_ui_format_count (selection->n);
  text = g_strdup_printf (ngettext ("%s matter", "%s matters", selection->n), number);
  gtk_label_set_label (self->count, text);
}

static void
switch_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwFilterBar *self = data;
  const char *name = g_action_get_name (G_ACTION (action));
  g_autoptr (GwFilter) filter = gw_filter_copy (gw_filter_model_get (self->model));
  GwMatterState state = 0;

  if (g_str_equal (name, "open"))
    filter->open_only = g_variant_get_boolean (value);
  else if (g_str_equal (name, "overdue"))
    filter->overdue_only = g_variant_get_boolean (value);
  else if (g_str_equal (name, "org"))
    filter->org = g_variant_get_uint32 (value);
  else if (g_str_equal (name, "period"))
    (void)gw_filter_clause_set_period (filter, g_variant_get_string (value, NULL),
                                       gw_session_now (gw_filter_model_get_session (self->model)));
  else if (gw_state_from_id (name, &state))
    filter->states = g_variant_get_boolean (value) ? filter->states | (1u << state)
                                                   : filter->states & ~(1u << state);
  gw_filter_model_set (self->model, filter);
}

static void
add_switch (GwFilterBar *self, const char *name, const GVariantType *type, GVariant *state)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (name, type, state);

  g_signal_connect_object (action, "change-state", G_CALLBACK (switch_cb), self, 0);
  g_action_map_add_action (G_ACTION_MAP (self->group), G_ACTION (action));
}

static GMenuModel *
states_menu (void)
{
  GMenu *menu = g_menu_new ();

  for (GwMatterState state = GW_STATE_REPORTED; state < GW_N_STATES; state++)
    {
      g_autofree char *action = g_strdup_printf ("filter.%s", gw_state_id (state));

      g_menu_append (menu, gw_state_label (state), action);
    }
  return G_MENU_MODEL (menu);
}

static GMenuModel *
orgs_menu (GwSession *session)
{
  GPtrArray *orgs = gw_session_get_orgs (session);
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < orgs->len; i++)
    {
      const GwOrg *org = g_ptr_array_index (orgs, i);
      g_autoptr (GMenuItem) item = NULL;

      item = g_menu_item_new (org != NULL ? org->name : _ ("Any unit"), NULL);
      if (org == NULL && i > 0)
        continue;
      g_menu_item_set_action_and_target (item, "filter.org", "u", org != NULL ? org->id : 0);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
build_menu (GwFilterBar *self)
{
  GwSession *session = gw_filter_model_get_session (self->model);
  g_autoptr (GMenu) menu = g_menu_new (), quick = g_menu_new (), time = g_menu_new (),
                    more = g_menu_new (), last = g_menu_new ();
  g_autoptr (GMenuModel) states = states_menu (), orgs = orgs_menu (session);

  g_menu_append (quick, _ ("Open"), "filter.open");
  g_menu_append (quick, _ ("Overdue"), "filter.overdue");
  g_menu_append (time, _ ("Any time"), "filter.period::");
  g_menu_append (time, _ ("Reported today"), "filter.period::today");
  g_menu_append (time, _ ("Reported in 7 days"), "filter.period::week");
  g_menu_append (time, _ ("Reported in 30 days"), "filter.period::month");
  g_menu_append (time, _ ("Reported this year"), "filter.period::year");
  g_menu_append_submenu (more, _ ("State"), states);
  g_menu_append_submenu (more, _ ("Lead unit"), orgs);
  g_menu_append (last, _ ("Clear the Filter"), "win.clear-filter");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (quick));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (time));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
  gw_ui_set_menu (self->add, G_MENU_MODEL (menu));
}

static void
data_changed_cb (GwFilterBar *self, gboolean reference_data)
{
  if (!reference_data)
    return;
  build_menu (self);
  show_filter (self);
}

static void
gw_filter_bar_dispose (GObject *object)
{
  GwFilterBar *self = GW_FILTER_BAR (object);

  g_clear_object (&self->model);
  g_clear_object (&self->group);
  G_OBJECT_CLASS (gw_filter_bar_parent_class)->dispose (object);
}

static void
gw_filter_bar_class_init (GwFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_filter_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/gw-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, GwFilterBar, start);
  gtk_widget_class_bind_template_child (widget_class, GwFilterBar, chips);
  gtk_widget_class_bind_template_child (widget_class, GwFilterBar, add);
  gtk_widget_class_bind_template_child (widget_class, GwFilterBar, view);
  gtk_widget_class_bind_template_child (widget_class, GwFilterBar, count);
  gtk_widget_class_bind_template_child (widget_class, GwFilterBar, spinner);
}

static void
gw_filter_bar_init (GwFilterBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->group = g_simple_action_group_new ();
  add_switch (self, "open", NULL, g_variant_new_boolean (FALSE));
  add_switch (self, "overdue", NULL, g_variant_new_boolean (FALSE));
  add_switch (self, "period", G_VARIANT_TYPE_STRING, g_variant_new_string (""));
  add_switch (self, "org", G_VARIANT_TYPE_UINT32, g_variant_new_uint32 (0));
  for (GwMatterState state = GW_STATE_REPORTED; state < GW_N_STATES; state++)
    add_switch (self, gw_state_id (state), NULL, g_variant_new_boolean (FALSE));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "filter", G_ACTION_GROUP (self->group));
}

GtkWidget *
gw_filter_bar_new (GwFilterModel *model)
{
  GwFilterBar *self = NULL;

  g_return_val_if_fail (GW_IS_FILTER_MODEL (model), NULL);
  self = g_object_new (GW_TYPE_FILTER_BAR, NULL);
  self->model = g_object_ref (model);
  gtk_box_prepend (self->start, gw_breadcrumb_new (model));
  build_menu (self);
  show_filter (self);
  show_count (self);
  g_signal_connect_object (model, "changed", G_CALLBACK (show_filter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::loading", G_CALLBACK (show_count), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gw_filter_model_get_session (model), "changed",
                           G_CALLBACK (data_changed_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
gw_filter_bar_focus (GwFilterBar *self)
{
  g_return_if_fail (GW_IS_FILTER_BAR (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->add));
}

void
gw_filter_bar_set_view_menu (GwFilterBar *self, GMenuModel *menu)
{
  g_return_if_fail (GW_IS_FILTER_BAR (self));
  gw_ui_set_menu (self->view, menu);
}
