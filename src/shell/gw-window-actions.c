/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-window-private.h"

#include "gw-application.h"
#include "gw-batches-dialog.h"
#include "gw-export-dialog.h"
#include "gw-import-plan.h"
#include "gw-long-work.h"
#include "gw-map-view.h"
#include "gw-palette.h"
#include "gw-preferences.h"
#include "gw-seat-dialog.h"
#include "gw-sidebar.h"
#include "gw-situation-page.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

/* D-Bus reaches every action: each handler asks again, whatever a menu showed. */
static gboolean
may (GwWindow *self, GSimpleAction *action)
{
  g_autofree char *name = g_strconcat ("win.", g_action_get_name (G_ACTION (action)), NULL);
  const GwCommand *command = gw_actions_find (name);
  g_autofree char *why = NULL;

  if (command == NULL || gw_actions_is_allowed (command, self->session, &why))
    return TRUE;
  gw_window_toast (self, why);
  return FALSE;
}

static GtkApplication *
app_of (GwWindow *self)
{
  return gtk_window_get_application (GTK_WINDOW (self));
}

/* ---- messages ---- */

static void
toast_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  gw_window_toast (data, g_variant_get_string (value, NULL));
}

static void
toast_undo_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;
  const char *message = NULL, *undo = NULL;
  g_autofree char *text = NULL;
  AdwToast *toast = NULL;

  g_variant_get (value, "(&s&s)", &message, &undo);
  text = g_markup_escape_text (message, -1);
  toast = adw_toast_new (text);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_detailed_action_name (toast, undo);
  adw_toast_set_timeout (toast, 10);
  adw_toast_overlay_add_toast (self->toasts, toast);
  g_free (self->last_toast);
  self->last_toast = g_strdup (message);
  gw_window_tell_soon (self);
}

/* ---- matters ---- */

static void
show_matter_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  gw_window_show_matter (data, g_variant_get_int64 (value));
}

static void
new_matter_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  const char *type = g_variant_get_string (value, NULL);

  if (may (data, action))
    gw_window_start_intake (data, *type != '\0' ? type : NULL, NULL);
}

static void
import_chosen_cb (GtkNativeDialog *dialog, int response, GwWindow *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_object_unref (dialog);
  if (file != NULL)
    gw_window_start_import (self, file, NULL);
}

static void
import_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;
  const char *path = g_variant_get_string (value, NULL);
  GtkFileChooserNative *dialog = NULL;
  g_autoptr (GtkFileFilter) tables = NULL;

  if (!may (self, action))
    return;
  if (*path != '\0')
    {
      gw_window_import (self, path);
      return;
    }
  dialog = gtk_file_chooser_native_new (_ ("Import a Table"), GTK_WINDOW (self),
                                        GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  tables = gtk_file_filter_new ();
  gtk_file_filter_set_name (tables, _ ("Tables (CSV, XLSX)"));
  gtk_file_filter_add_suffix (tables, "csv");
  gtk_file_filter_add_suffix (tables, "xlsx");
  gtk_file_filter_add_suffix (tables, "txt");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), tables);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (import_chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
export_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;

  if (may (self, action))
    gw_export_dialog_present (GTK_WINDOW (self), self->session, gw_filter_model_get (self->model));
}

static void
batches_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;

  if (may (self, action))
    gw_batches_dialog_present (GTK_WINDOW (self), self->session);
}

static void
undo_batch_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;

  if (self->session != NULL)
    gw_long_work_undo_batch (self, g_variant_get_int64 (value));
}

/* ---- looking ---- */

static void
page_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;
  const char *page = g_variant_get_string (value, NULL);

  if (self->session == NULL)
    return;
  if (g_str_equal (page, "intake"))
    gw_window_start_intake (self, NULL, NULL);
  else
    gw_window_set_page (self, page);
}

static void
search_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
palette_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;

  gw_palette_present (GTK_WINDOW (self), self->session, self->model);
}

static void
area_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;
  guint32 area = g_variant_get_uint32 (value);

  if (self->model == NULL)
    return;
  gw_filter_model_set_area (self->model, area);
  gw_map_view_show_area (GW_MAP_VIEW (
                             gw_situation_page_get_map (GW_SITUATION_PAGE (self->situation))),
                         area);
}

static void
area_up_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;
  const GwArea *area = NULL;

  if (self->model == NULL)
    return;
  area = gw_area_tree_get (gw_session_get_areas (self->session),
                           gw_filter_model_get (self->model)->area);
  if (area != NULL)
    {
      const GwArea *up = gw_area_tree_get (gw_session_get_areas (self->session), area->parent);
      gboolean root = up == NULL || up->parent == GW_AREA_NONE;

      gtk_widget_activate_action (GTK_WIDGET (self), "win.area", "u", root ? GW_AREA_NONE : up->id);
    }
}

static void
home_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;

  if (self->model == NULL)
    return;
  gw_window_set_page (self, "situation");
  gw_filter_model_set_area (self->model, GW_AREA_NONE);
  gw_map_view_go_home (
      GW_MAP_VIEW (gw_situation_page_get_map (GW_SITUATION_PAGE (self->situation))));
}

static void
clear_filter_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;

  if (self->model != NULL)
    gw_filter_model_clear (self->model);
}

static void
copy_filter_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;
  g_autofree char *text = NULL;

  if (self->model == NULL)
    return;
  text =
      gw_filter_to_text (gw_filter_model_get (self->model), gw_session_get_areas (self->session));
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  gw_window_toast (self, _ ("The filter is in the clipboard"));
}

static void
pasted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, &error);
  g_autoptr (GwFilter) filter = NULL;

  if (self->model == NULL)
    return;
  if (text != NULL)
    filter = gw_filter_from_text (text, gw_session_get_areas (self->session), &error);
  if (filter != NULL)
    gw_filter_model_set (self->model, filter);
  else
    gw_window_toast (self, error != NULL ? error->message : _ ("The clipboard holds no filter"));
}

static void
paste_filter_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (data)), NULL, pasted_cb,
                                 g_object_ref (data));
}

/* By text, for D-Bus and saved links. */
static void
filter_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwFilter) filter = NULL;

  if (self->model == NULL)
    return;
  filter = gw_filter_from_text (g_variant_get_string (value, NULL),
                                gw_session_get_areas (self->session), &error);
  if (filter != NULL)
    gw_filter_model_set (self->model, filter);
  else
    gw_window_toast (self, error->message);
}

static void
back_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  gw_window_go_back (data);
}

static void
close_detail_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;

  if (self->model != NULL)
    gw_filter_model_set_matter (self->model, 0);
}

static void
module_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;
  int n = g_variant_get_int32 (value);

  if (self->sidebar != NULL && n > 0)
    (void)gw_sidebar_activate_module (GW_SIDEBAR (self->sidebar), (guint)n);
}

static void
sidebar_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;
  gboolean shown = g_variant_get_boolean (value);

  g_simple_action_set_state (action, value);
  g_settings_set_boolean (self->settings, "sidebar-visible", shown);
  gtk_widget_set_visible (GTK_WIDGET (self->sidebar_bin), shown && self->session != NULL);
}

static void
fullscreen_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (data)))
    gtk_window_unfullscreen (GTK_WINDOW (data));
  else
    gtk_window_fullscreen (GTK_WINDOW (data));
}

static void
pane_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  gw_window_move_pane (data,
                       g_str_equal (g_action_get_name (G_ACTION (action)), "next-pane") ? 1 : -1);
}

/* The panes in the order of F6: sidebar, filter, map, list, detail. */
void
gw_window_move_pane (GwWindow *self, int step)
{
  g_autoptr (GPtrArray) panes = NULL;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  int at = -1;

  if (self->situation == NULL)
    return;
  panes = gw_situation_page_list_panes (GW_SITUATION_PAGE (self->situation));
  if (self->sidebar != NULL && gtk_widget_get_mapped (self->sidebar))
    g_ptr_array_insert (panes, 0, self->sidebar);
  for (guint i = 0; i < panes->len; i++)
    if (focus != NULL && (focus == g_ptr_array_index (panes, i) ||
                          gtk_widget_is_ancestor (focus, g_ptr_array_index (panes, i))))
      at = (int)i;
  for (guint tries = 0; tries < panes->len; tries++)
    {
      at = (at < 0 ? (step > 0 ? 0 : (int)panes->len - 1)
                   : (at + step + (int)panes->len) % (int)panes->len);
      if (gtk_widget_child_focus (g_ptr_array_index (panes, (guint)at), GTK_DIR_TAB_FORWARD))
        return;
    }
}

/* ---- file and seat ---- */

static void
seat_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;

  if (may (self, action))
    gw_seat_dialog_present (GTK_WINDOW (self), self->session);
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, GwWindow *self)
{
  g_autoptr (GFile) file = NULL;
  gboolean create =
      gtk_file_chooser_get_action (GTK_FILE_CHOOSER (dialog)) == GTK_FILE_CHOOSER_ACTION_SAVE;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_object_unref (dialog);
  if (file != NULL && g_file_peek_path (file) != NULL)
    gw_application_open (GW_APPLICATION (app_of (self)), g_file_peek_path (file),
                         create ? GW_SESSION_CREATE : 0);
}

static void
choose_file (GwWindow *self, GtkFileChooserAction action, const char *title, const char *accept)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, accept, NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Gridwork files"));
  gtk_file_filter_add_suffix (filter, "gridwork");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  if (action == GTK_FILE_CHOOSER_ACTION_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), "centre.gridwork");
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect (dialog, "response", G_CALLBACK (file_chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
open_file_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  choose_file (data, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Open a File"), _ ("_Open"));
}

static void
create_file_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  choose_file (data, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Create a File"), _ ("_Create"));
}

static void
open_demo_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  gw_application_open_demo (GW_APPLICATION (app_of (data)));
}

static void
retry_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  gw_application_reopen (GW_APPLICATION (app_of (data)),
                         g_str_equal (g_action_get_name (G_ACTION (action)), "open-read-only")
                             ? GW_SESSION_READ_ONLY
                             : 0);
}

static void
backup_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  if (may (data, action))
    gw_long_work_backup (data);
}

static void
verify_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  if (may (data, action))
    gw_long_work_verify (data);
}

static void
drafts_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  if (g_str_equal (g_action_get_name (G_ACTION (action)), "resume-draft"))
    gw_window_resume_draft (data);
  else
    gw_window_drop_drafts (data);
}

/* ---- program ---- */

static void
named_page_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  gw_window_set_page (data, g_action_get_name (G_ACTION (action)));
}

static void
modules_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;

  if (may (self, action))
    gw_preferences_present (GTK_WINDOW (self), self->settings, self->session, TRUE);
}

static void
preferences_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;

  gw_preferences_present (GTK_WINDOW (self), self->settings, self->session, FALSE);
}

static void
about_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  gw_application_show_about (GW_APPLICATION (app_of (data)));
}

static void
menu_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  gtk_menu_button_popup (GW_WINDOW (data)->menu);
}

static void
close_window_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  gtk_window_close (GTK_WINDOW (data));
}

void
gw_window_add_actions (GwWindow *self)
{
  static const GActionEntry entries[] = {
    { "toast", toast_cb, "s", NULL, NULL, { 0 } },
    { "toast-undo", toast_undo_cb, "(ss)", NULL, NULL, { 0 } },
    { "show-matter", show_matter_cb, "x", NULL, NULL, { 0 } },
    { "new-matter", new_matter_cb, "s", NULL, NULL, { 0 } },
    { "import", import_cb, "s", NULL, NULL, { 0 } },
    { "export", export_cb, NULL, NULL, NULL, { 0 } },
    { "batches", batches_cb, NULL, NULL, NULL, { 0 } },
    { "undo-batch", undo_batch_cb, "x", NULL, NULL, { 0 } },
    { "page", page_cb, "s", "'start'", NULL, { 0 } },
    { "search", search_cb, NULL, NULL, NULL, { 0 } },
    { "palette", palette_cb, NULL, NULL, NULL, { 0 } },
    { "area", area_cb, "u", NULL, NULL, { 0 } },
    { "area-up", area_up_cb, NULL, NULL, NULL, { 0 } },
    { "home", home_cb, NULL, NULL, NULL, { 0 } },
    { "filter", filter_cb, "s", NULL, NULL, { 0 } },
    { "clear-filter", clear_filter_cb, NULL, NULL, NULL, { 0 } },
    { "copy-filter", copy_filter_cb, NULL, NULL, NULL, { 0 } },
    { "paste-filter", paste_filter_cb, NULL, NULL, NULL, { 0 } },
    { "back", back_cb, NULL, NULL, NULL, { 0 } },
    { "close-detail", close_detail_cb, NULL, NULL, NULL, { 0 } },
    { "module", module_cb, "i", NULL, NULL, { 0 } },
    { "sidebar", NULL, NULL, "true", sidebar_cb, { 0 } },
    { "fullscreen", fullscreen_cb, NULL, NULL, NULL, { 0 } },
    { "next-pane", pane_cb, NULL, NULL, NULL, { 0 } },
    { "previous-pane", pane_cb, NULL, NULL, NULL, { 0 } },
    { "seat", seat_cb, NULL, NULL, NULL, { 0 } },
    { "open-file", open_file_cb, NULL, NULL, NULL, { 0 } },
    { "create-file", create_file_cb, NULL, NULL, NULL, { 0 } },
    { "open-demo", open_demo_cb, NULL, NULL, NULL, { 0 } },
    { "retry", retry_cb, NULL, NULL, NULL, { 0 } },
    { "open-read-only", retry_cb, NULL, NULL, NULL, { 0 } },
    { "backup", backup_cb, NULL, NULL, NULL, { 0 } },
    { "verify", verify_cb, NULL, NULL, NULL, { 0 } },
    { "resume-draft", drafts_cb, NULL, NULL, NULL, { 0 } },
    { "drop-drafts", drafts_cb, NULL, NULL, NULL, { 0 } },
    { "shortcuts", named_page_cb, NULL, NULL, NULL, { 0 } },
    { "help", named_page_cb, NULL, NULL, NULL, { 0 } },
    { "modules", modules_cb, NULL, NULL, NULL, { 0 } },
    { "preferences", preferences_cb, NULL, NULL, NULL, { 0 } },
    { "about", about_cb, NULL, NULL, NULL, { 0 } },
    { "menu", menu_cb, NULL, NULL, NULL, { 0 } },
    { "close", close_window_cb, NULL, NULL, NULL, { 0 } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gw_window_add_module_actions (self);
  {
    GAction *sidebar = g_action_map_lookup_action (G_ACTION_MAP (self), "sidebar");
    gboolean shown = g_settings_get_boolean (self->settings, "sidebar-visible");

    g_simple_action_set_state (G_SIMPLE_ACTION (sidebar), g_variant_new_boolean (shown));
  }
}
