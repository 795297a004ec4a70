/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-batches-dialog.h"

#include "gw-long-work.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

typedef struct
{
  GwSession *session; /* owned */
  GtkWindow *window, *parent;
  GtkStack *stack;
  GtkListBox *list;
  GCancellable *loading; /* owned */
  gulong changed;
} Dialog;

static void
dialog_free (Dialog *self)
{
  g_cancellable_cancel (self->loading);
  g_object_unref (self->loading);
  g_signal_handler_disconnect (self->session, self->changed);
  g_object_unref (self->session);
  g_free (self);
}

static void
undo_clicked_cb (GtkButton *button, Dialog *self)
{
  gint64 *batch = g_object_get_data (G_OBJECT (button), "batch");

  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  gw_long_work_undo_batch (GW_WINDOW (self->parent), *batch);
}

static GtkWidget *
undo_button (Dialog *self, const GwBatch *batch)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Undo"));
  g_autofree char *name = g_strdup_printf (_ ("Undo the import of %s"), batch->file_name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gw_ui_set_name (button, name);
  g_object_set_data_full (G_OBJECT (button), "batch", g_memdup2 (&batch->id, sizeof batch->id),
                          g_free);
  gtk_widget_set_sensitive (button, gw_session_may (self->session, GW_MAY_IMPORT) &&
                                        !gw_session_is_read_only (self->session));
  g_signal_connect (button, "clicked", G_CALLBACK (undo_clicked_cb), self);
  return button;
}

static void
add_row (Dialog *self, const GwBatch *batch)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *at = gw_time_format (batch->at);
  g_autofree char *subtitle =
      g_strdup_printf (_ ("%s · %u taken in, %u refused"), at, batch->n_rows, batch->n_refused);
  g_autofree char *title = g_markup_escape_text (batch->file_name, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (batch->undone_at != 0)
    {
      GtkWidget *label = gtk_label_new (_ ("Undone"));

      gtk_widget_add_css_class (label, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
    }
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), undo_button (self, batch));
  gtk_list_box_append (self->list, row);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Dialog *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) batches =
      gw_session_list_batches_finish (GW_SESSION (source), result, &error);
  GtkListBoxRow *row = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the dialog is gone */
  if (batches == NULL)
    {
      gw_ui_toast_error (GTK_WIDGET (self->parent), error);
      return;
    }
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < batches->len; i++)
    add_row (self, g_ptr_array_index (batches, i));
  gtk_stack_set_visible_child_name (self->stack, batches->len > 0 ? "list" : "empty");
}

static void
load (Dialog *self)
{
  gw_session_list_batches_async (self->session, self->loading, loaded_cb, self);
}

static void
changed_cb (GwSession *session, gboolean reference, Dialog *self)
{
  load (self);
}

static GtkWidget *
build_content (Dialog *self)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *empty = adw_status_page_new ();

  self->stack = GTK_STACK (stack);
  self->list = GTK_LIST_BOX (list);
  gw_ui_set_name (list, _ ("Imported batches"));
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_widget_set_margin_top (list, 12);
  gtk_widget_set_margin_bottom (list, 12);
  gtk_widget_set_margin_start (list, 12);
  gtk_widget_set_margin_end (list, 12);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("Nothing Imported Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty),
                                   _ ("Drop a table on the window, or press Ctrl+I."));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "document-open-symbolic");
  gtk_stack_add_named (self->stack, scroller, "list");
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_widget_set_vexpand (stack, TRUE);
  return stack;
}

/**
 * gw_batches_dialog_present:
 * @parent: the program's window (a GwWindow)
 * @session: whose batches
 *
 * Shows what was imported, newest first, each with a way to take it back. Main thread.
 */
void
gw_batches_dialog_present (GtkWindow *parent, GwSession *session)
{
  Dialog *self = g_new0 (Dialog, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->session = g_object_ref (session);
  self->parent = parent;
  self->loading = g_cancellable_new ();
  self->window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_title (self->window, _ ("Imported Batches"));
  gtk_window_set_default_size (self->window, 560, 480);
  gtk_window_set_modal (self->window, TRUE);
  gtk_window_set_transient_for (self->window, parent);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), build_content (self));
  adw_window_set_content (ADW_WINDOW (self->window), box);
  gw_ui_close_on_escape (self->window);
  self->changed = g_signal_connect (session, "changed", G_CALLBACK (changed_cb), self);
  g_object_set_data_full (G_OBJECT (self->window), "gw-dialog", self, (GDestroyNotify)dialog_free);
  load (self);
  gtk_window_present (self->window);
}
