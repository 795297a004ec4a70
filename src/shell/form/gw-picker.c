/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-picker.h"

#include "gw-text.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

struct _GwPicker
{
  AdwBin parent;
  GwPickerSearchFunc search;
  gpointer search_data;
  GDestroyNotify free_data;
  guint32 chosen;   /* 0 = none */
  gboolean setting; /* the text changes with the choice, not by a key */

  GtkEntry *entry;
  GtkPopover *popover;
  GtkScrolledWindow *scroller;
  GtkListBox *rows;
};

G_DEFINE_FINAL_TYPE (GwPicker, gw_picker, ADW_TYPE_BIN)

static guint32
row_id (GtkListBoxRow *row)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "gw-id"));
}

static void
clear_rows (GwPicker *self)
{
  GtkListBoxRow *row = NULL;

  while ((row = gtk_list_box_get_row_at_index (self->rows, 0)) != NULL)
    gtk_list_box_remove (self->rows, GTK_WIDGET (row));
}

static void
choose (GwPicker *self, guint32 id)
{
  if (self->chosen == id)
    return;
  self->chosen = id;
  g_signal_emit_by_name (self, "changed");
}

static void
take (GwPicker *self, GtkListBoxRow *row)
{
  const char *title = g_object_get_data (G_OBJECT (row), "gw-title");
  guint32 id = row_id (row);

  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), title);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  self->setting = FALSE;
  gtk_popover_popdown (self->popover);
  choose (self, id);
}

static void
show_found (GwPicker *self)
{
  clear_rows (self);
  self->search (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)), self->search_data);
  gtk_list_box_select_row (self->rows, gtk_list_box_get_row_at_index (self->rows, 0));
  gtk_widget_set_size_request (GTK_WIDGET (self->scroller),
                               MAX (gtk_widget_get_width (GTK_WIDGET (self)), 280), -1);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_popover_popup (self->popover);
}

static void
text_cb (GtkEditable *editable, GwPicker *self)
{
  if (self->setting)
    return;
  choose (self, 0);
  if (gw_text_is_blank (gtk_editable_get_text (editable)))
    gtk_popover_popdown (self->popover);
  else
    show_found (self);
}

static void
row_activated_cb (GtkListBox *box, GtkListBoxRow *row, GwPicker *self)
{
  take (self, row);
}

static void
move (GwPicker *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->rows);
  int index = row != NULL ? gtk_list_box_row_get_index (row) + step : 0;
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (self->rows, index);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  graphene_rect_t place;

  if (next == NULL)
    return;
  gtk_list_box_select_row (self->rows, next);
  /* The focus stays in the entry, so the list does not scroll by itself. */
  if (gtk_widget_compute_bounds (GTK_WIDGET (next), GTK_WIDGET (self->rows), &place))
    gtk_adjustment_clamp_page (adjustment, place.origin.y, place.origin.y + place.size.height);
}

static gboolean
take_selected (GwPicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->rows);

  if (row == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    return GDK_EVENT_PROPAGATE;
  take (self, row);
  return GDK_EVENT_STOP;
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, GwPicker *self)
{
  gboolean is_open = gtk_widget_get_visible (GTK_WIDGET (self->popover));

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      if (is_open)
        move (self, 1);
      else
        show_found (self);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      if (is_open)
        move (self, -1);
      return is_open;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      return take_selected (self);
    case GDK_KEY_Escape:
      if (is_open)
        gtk_popover_popdown (self->popover);
      return is_open;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* Who leaves with Tab takes what the list offers first, as a browser does with an address. */
static void
leave_cb (GwPicker *self)
{
  if (self->chosen == 0)
    (void)take_selected (self);
  gtk_popover_popdown (self->popover);
}

static gboolean
gw_picker_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GW_PICKER (widget)->entry));
}

static void
gw_picker_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GTK_WIDGET_CLASS (gw_picker_parent_class)->size_allocate (widget, width, height, baseline);
  gtk_popover_present (GW_PICKER (widget)->popover);
}

static void
gw_picker_dispose (GObject *object)
{
  GwPicker *self = GW_PICKER (object);

  if (self->popover != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
  adw_bin_set_child (ADW_BIN (object), NULL); /* else it is unparented twice */
  gtk_widget_dispose_template (GTK_WIDGET (object), GW_TYPE_PICKER);
  if (self->free_data != NULL)
    self->free_data (g_steal_pointer (&self->search_data));
  self->free_data = NULL;
  G_OBJECT_CLASS (gw_picker_parent_class)->dispose (object);
}

static void
gw_picker_class_init (GwPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_picker_dispose;
  widget_class->grab_focus = gw_picker_grab_focus;
  widget_class->size_allocate = gw_picker_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/form/gw-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, GwPicker, entry);
  gtk_widget_class_bind_template_child (widget_class, GwPicker, popover);
  gtk_widget_class_bind_template_child (widget_class, GwPicker, scroller);
  gtk_widget_class_bind_template_child (widget_class, GwPicker, rows);
  gtk_widget_class_bind_template_callback (widget_class, text_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
gw_picker_init (GwPicker *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  g_signal_connect_object (focus, "leave", G_CALLBACK (leave_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), focus);
}

GtkWidget *
gw_picker_new (GwPickerSearchFunc search, gpointer data, GDestroyNotify free_data)
{
  GwPicker *self = g_object_new (GW_TYPE_PICKER, NULL);

  self->search = search;
  self->search_data = data;
  self->free_data = free_data;
  return GTK_WIDGET (self);
}

void
gw_picker_set_placeholder (GwPicker *self, const char *text)
{
  g_return_if_fail (GW_IS_PICKER (self));
  gtk_entry_set_placeholder_text (self->entry, text);
}

void
gw_picker_add (GwPicker *self, guint32 id, const char *title, const char *note)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title), *more = gtk_label_new (note);
  g_autofree char *name = g_strdup_printf ("%s %s", title, note != NULL ? note : "");

  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (more), PANGO_ELLIPSIZE_START);
  gtk_label_set_max_width_chars (GTK_LABEL (more), 26);
  gtk_widget_add_css_class (more, "dim-label");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), more);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "gw-id", GUINT_TO_POINTER (id));
  g_object_set_data_full (G_OBJECT (row), "gw-title", g_strdup (title), g_free);
  gw_ui_set_name (row, name);
  gtk_list_box_append (self->rows, row);
}

void
gw_picker_set (GwPicker *self, guint32 id, const char *title)
{
  g_return_if_fail (GW_IS_PICKER (self));
  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), id != 0 && title != NULL ? title : "");
  self->setting = FALSE;
  choose (self, id);
}

guint32
gw_picker_get (GwPicker *self)
{
  g_return_val_if_fail (GW_IS_PICKER (self), 0);
  return self->chosen;
}

gboolean
gw_picker_is_open_ended (GwPicker *self)
{
  g_return_val_if_fail (GW_IS_PICKER (self), FALSE);
  return self->chosen == 0 &&
         !gw_text_is_blank (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
}

GtkWidget *
gw_picker_get_focus (GwPicker *self)
{
  g_return_val_if_fail (GW_IS_PICKER (self), NULL);
  return GTK_WIDGET (self->entry);
}
