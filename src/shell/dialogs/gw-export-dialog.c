/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-export-dialog.h"

#include "gw-tasks.h"
#include "gw-text.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

static const struct
{
  const char *suffix, *label;
} formats[] = {
  { ".xlsx", N_ ("Spreadsheet (XLSX)") },
  { ".csv", N_ ("Table of text (CSV)") },
  { ".geojson", N_ ("Points for maps (GeoJSON)") },
  { ".gpkg", N_ ("Points for GIS programs (GeoPackage)") },
};

typedef struct
{
  GwSession *session; /* owned */
  GwFilter *filter;   /* owned */
  GtkWindow *window, *parent;
  AdwComboRow *format;
  GtkEditable *purpose;
  GtkWidget *save;
  GtkFileChooserNative *chooser; /* owned, nullable */
} Dialog;

static void
dialog_free (Dialog *self)
{
  g_clear_object (&self->chooser);
  g_object_unref (self->session);
  gw_filter_free (self->filter);
  g_free (self);
}

/* ---- the work itself outlives the dialog ---- */

typedef struct
{
  GWeakRef window;
  guint task;
  char *name; /* owned */
} Work;

static void
work_free (Work *work)
{
  g_weak_ref_clear (&work->window);
  g_free (work->name);
  g_free (work);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
progress_cb (double fraction, gpointer data)
{
  Work *work = data;
  g_autoptr (GtkWidget) window = g_weak_ref_get (&work->window);
  GwTasks *tasks = window != NULL ? gw_tasks_of (window) : NULL;

  if (tasks != NULL)
    gw_tasks_set_fraction (tasks, work->task, fraction);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GtkWidget) window = g_weak_ref_get (&work->window);
  g_autoptr (GError) error = NULL;
  gint64 rows = gw_session_export_finish (GW_SESSION (source), result, &error);
  g_autofree char *message = NULL;

  if (window == NULL)
    return;
  if (gw_tasks_of (window) != NULL)
    gw_tasks_end (gw_tasks_of (window), work->task);
  if (rows < 0)
    {
      gw_ui_toast_error (window, error);
      return;
    }
  message = g_strdup_printf (_ ("%ld matters written to %s"), (long)rows, work->name);
  gw_ui_toast (window, message);
}

static void
start_export (Dialog *self, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GwTasks *tasks = gw_tasks_of (GTK_WIDGET (self->parent));
  Work *work = g_new0 (Work, 1);

  g_weak_ref_init (&work->window, self->parent);
  work->name = g_file_get_basename (file);
  work->task = tasks != NULL ? gw_tasks_begin (tasks, _ ("Export"), cancellable) : 0;
  gw_session_export_async (self->session, self->filter, path, gtk_editable_get_text (self->purpose),
                           progress_cb, work, cancellable, exported_cb, work);
}

/* ---- the dialog ---- */

static void
chosen_cb (GtkNativeDialog *chooser, int response, Dialog *self)
{
  g_autoptr (GFile) file = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  start_export (self, file);
  gtk_window_close (self->window);
}

static char *
proposed_name (Dialog *self)
{
  g_autofree char *day = gw_day_format (gw_day_of_time (gw_session_now (self->session)));
  const char *suffix = formats[adw_combo_row_get_selected (self->format)].suffix;

  return g_strdup_printf ("%s-%s%s", _ ("matters"), day, suffix);
}

static void
save_clicked_cb (GtkButton *button, Dialog *self)
{
  g_autofree char *name = proposed_name (self);

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Export"), self->window,
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  g_signal_connect (self->chooser, "response", G_CALLBACK (chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
purpose_changed_cb (GtkEditable *purpose, Dialog *self)
{
  gtk_widget_set_sensitive (self->save, gw_text_length (gtk_editable_get_text (purpose)) >= 2);
}

static AdwComboRow *
format_row (void)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    gtk_string_list_append (names, _ (formats[i].label));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Format"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  return ADW_COMBO_ROW (row);
}

static GtkWidget *
build_content (Dialog *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *purpose = adw_entry_row_new ();

  self->format = format_row ();
  self->purpose = GTK_EDITABLE (purpose);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (purpose),
                                 _ ("Purpose (kept in the journal)"));
  g_signal_connect (purpose, "changed", G_CALLBACK (purpose_changed_cb), self);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _ ("What the filter lists is written: open columns only, "
                                            "no restricted field and no contact."));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->format));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), purpose);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  gtk_widget_set_vexpand (page, TRUE);
  return page;
}

static GtkWidget *
build_header (Dialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));

  self->save = gtk_button_new_with_mnemonic (_ ("_Save…"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  gtk_widget_set_sensitive (self->save, FALSE);
  g_signal_connect (self->save, "clicked", G_CALLBACK (save_clicked_cb), self);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (gtk_window_close), self->window);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  return header;
}

/**
 * gw_export_dialog_present:
 * @parent: the window it belongs to
 * @session: whose matters
 * @filter: which of them; copied
 *
 * Asks for format, purpose and place, then exports as a task of @parent. Main thread.
 */
void
gw_export_dialog_present (GtkWindow *parent, GwSession *session, const GwFilter *filter)
{
  Dialog *self = g_new0 (Dialog, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->session = g_object_ref (session);
  self->filter = gw_filter_copy (filter);
  self->parent = parent;
  self->window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_title (self->window, _ ("Export What Is Listed"));
  gtk_window_set_default_size (self->window, 520, 270);
  gtk_window_set_modal (self->window, TRUE);
  gtk_window_set_transient_for (self->window, parent);
  gtk_box_append (GTK_BOX (box), build_header (self));
  gtk_box_append (GTK_BOX (box), build_content (self));
  adw_window_set_content (ADW_WINDOW (self->window), box);
  gw_ui_close_on_escape (self->window);
  g_object_set_data_full (G_OBJECT (self->window), "gw-dialog", self, (GDestroyNotify)dialog_free);
  gtk_window_present (self->window);
  gtk_widget_grab_focus (GTK_WIDGET (self->purpose));
}
