/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-form-row.h"

#include "gw-ui.h"

struct _GwFormRow
{
  AdwBin parent;
  GtkWidget *focus; /* weak */
  char *note;       /* owned, nullable */
  char *problem;    /* owned, nullable */
  GtkLabel *title;
  GtkBox *place;
  GtkLabel *below;
};

G_DEFINE_FINAL_TYPE (GwFormRow, gw_form_row, ADW_TYPE_BIN)

static void
gw_form_row_dispose (GObject *object)
{
  GwFormRow *self = GW_FORM_ROW (object);

  g_clear_weak_pointer (&self->focus);
  adw_bin_set_child (ADW_BIN (object), NULL); /* else it is unparented twice */
  gtk_widget_dispose_template (GTK_WIDGET (object), GW_TYPE_FORM_ROW);
  G_OBJECT_CLASS (gw_form_row_parent_class)->dispose (object);
}

static void
gw_form_row_finalize (GObject *object)
{
  GwFormRow *self = GW_FORM_ROW (object);

  g_free (self->note);
  g_free (self->problem);
  G_OBJECT_CLASS (gw_form_row_parent_class)->finalize (object);
}

static void
gw_form_row_class_init (GwFormRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_form_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = gw_form_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/form/gw-form-row.ui");
  gtk_widget_class_bind_template_child (widget_class, GwFormRow, title);
  gtk_widget_class_bind_template_child (widget_class, GwFormRow, place);
  gtk_widget_class_bind_template_child (widget_class, GwFormRow, below);
}

static void
gw_form_row_init (GwFormRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gw_form_row_new (const char *title, gboolean required, GtkWidget *control, GtkWidget *focus)
{
  GwFormRow *self = g_object_new (GW_TYPE_FORM_ROW, NULL);
  g_autofree char *shown = required ? g_strdup_printf ("%s *", title) : g_strdup (title);

  gtk_label_set_text (self->title, shown);
  gtk_box_append (self->place, control);
  g_set_weak_pointer (&self->focus, focus);
  gw_ui_set_name (focus, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_REQUIRED,
                                  required, -1);
  return GTK_WIDGET (self);
}

static void
show_below (GwFormRow *self)
{
  const char *text = self->problem != NULL ? self->problem : self->note;

  gtk_label_set_text (self->below, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->below), text != NULL);
  if (self->problem != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->below), "form-problem");
      gtk_widget_remove_css_class (GTK_WIDGET (self->below), "dim-label");
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->below), "dim-label");
      gtk_widget_remove_css_class (GTK_WIDGET (self->below), "form-problem");
    }
}

void
gw_form_row_set_note (GwFormRow *self, const char *note)
{
  g_return_if_fail (GW_IS_FORM_ROW (self));
  if (g_strcmp0 (note, self->note) == 0)
    return;
  g_free (self->note);
  self->note = g_strdup (note);
  show_below (self);
}

void
gw_form_row_set_problem (GwFormRow *self, const char *problem)
{
  g_return_if_fail (GW_IS_FORM_ROW (self));
  if (g_strcmp0 (problem, self->problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  show_below (self);
  if (self->focus == NULL)
    return;
  if (problem != NULL)
    gtk_widget_add_css_class (self->focus, "error");
  else
    gtk_widget_remove_css_class (self->focus, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->focus), GTK_ACCESSIBLE_STATE_INVALID,
                               problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                               : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  gw_ui_set_description (self->focus, problem != NULL ? problem : "");
}

const char *
gw_form_row_get_problem (GwFormRow *self)
{
  g_return_val_if_fail (GW_IS_FORM_ROW (self), NULL);
  return self->problem;
}

gboolean
gw_form_row_focus (GwFormRow *self)
{
  g_return_val_if_fail (GW_IS_FORM_ROW (self), FALSE);
  return self->focus != NULL && gtk_widget_grab_focus (self->focus);
}
