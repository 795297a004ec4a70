/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-choice.h"

#include "gw-state.h"

/* From so many entries on the list can be searched. */
#define SEARCH_FROM 9

struct _GwChoice
{
  AdwBin parent;
  GtkStringList *labels; /* owned */
  GPtrArray *ids;        /* owned, char *; NULL stands for none */
  GtkDropDown *drop;     /* the child */
};

G_DEFINE_FINAL_TYPE (GwChoice, gw_choice, ADW_TYPE_BIN)

static void
selected_cb (GwChoice *self)
{
  g_signal_emit_by_name (self, "changed");
}

static void
gw_choice_finalize (GObject *object)
{
  GwChoice *self = GW_CHOICE (object);

  g_ptr_array_unref (self->ids);
  g_object_unref (self->labels);
  G_OBJECT_CLASS (gw_choice_parent_class)->finalize (object);
}

static gboolean
gw_choice_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GW_CHOICE (widget)->drop));
}

static void
gw_choice_class_init (GwChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gw_choice_finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = gw_choice_grab_focus;
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
gw_choice_init (GwChoice *self)
{
  self->labels = gtk_string_list_new (NULL);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->drop = GTK_DROP_DOWN (
      gtk_drop_down_new (G_LIST_MODEL (g_object_ref (self->labels)),
                         gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string")));
  g_signal_connect_object (self->drop, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->drop));
}

GtkWidget *
gw_choice_new (const char *none)
{
  GwChoice *self = g_object_new (GW_TYPE_CHOICE, NULL);

  if (none != NULL)
    gw_choice_add (self, NULL, none);
  return GTK_WIDGET (self);
}

void
gw_choice_add (GwChoice *self, const char *id, const char *label)
{
  g_return_if_fail (GW_IS_CHOICE (self));
  g_ptr_array_add (self->ids, g_strdup (id));
  gtk_string_list_append (self->labels, label);
  gtk_drop_down_set_enable_search (self->drop, self->ids->len >= SEARCH_FROM);
}

void
gw_choice_add_terms (GwChoice *self, const char *const *ids)
{
  for (gsize i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      const char *label = gw_term_label (ids[i]);

      gw_choice_add (self, ids[i], label != NULL ? label : ids[i]);
    }
}

static guint
first_id (GwChoice *self)
{
  return self->ids->len > 0 && g_ptr_array_index (self->ids, 0) == NULL ? 1 : 0;
}

void
gw_choice_clear (GwChoice *self)
{
  guint keep = 0;

  g_return_if_fail (GW_IS_CHOICE (self));
  keep = first_id (self);
  gtk_string_list_splice (self->labels, keep, self->ids->len - keep, NULL);
  g_ptr_array_set_size (self->ids, (int)keep);
}

const char *
gw_choice_get (GwChoice *self)
{
  guint selected = 0;

  g_return_val_if_fail (GW_IS_CHOICE (self), NULL);
  selected = gtk_drop_down_get_selected (self->drop);
  return selected < self->ids->len ? g_ptr_array_index (self->ids, selected) : NULL;
}

void
gw_choice_set (GwChoice *self, const char *id)
{
  g_return_if_fail (GW_IS_CHOICE (self));
  for (guint i = 0; i < self->ids->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->ids, i), id) == 0)
      {
        gtk_drop_down_set_selected (self->drop, i);
        return;
      }
  gtk_drop_down_set_selected (self->drop, first_id (self) > 0 ? 0 : GTK_INVALID_LIST_POSITION);
}

guint
gw_choice_get_size (GwChoice *self)
{
  g_return_val_if_fail (GW_IS_CHOICE (self), 0);
  return self->ids->len - first_id (self);
}

GtkWidget *
gw_choice_get_focus (GwChoice *self)
{
  g_return_val_if_fail (GW_IS_CHOICE (self), NULL);
  return GTK_WIDGET (self->drop);
}
