/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-window-private.h"

#include "gw-figure-strip.h"
#include "gw-matter-list.h"
#include "gw-sidebar.h"
#include "gw-situation-page.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (GwWindow, gw_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- the search field ---- */

static void
search_changed_cb (GtkSearchEntry *entry, GwWindow *self)
{
  if (self->model == NULL)
    return;
  self->typing = TRUE;
  gw_filter_model_set_text (self->model, gtk_editable_get_text (GTK_EDITABLE (entry)));
  self->typing = FALSE;
}

/* Return goes to what was found; a single matter opens. */
static void
search_activated_cb (GtkSearchEntry *entry, GwWindow *self)
{
  GwSelection *selection = NULL;

  if (self->model == NULL)
    return;
  search_changed_cb (entry, self);
  if (g_strcmp0 (self->page, "situation") != 0 && g_strcmp0 (self->page, "matters") != 0)
    gw_window_set_page (self, "situation");
  selection = gw_filter_model_get_selection (self->model);
  if (selection != NULL && selection->n == 1 && !gw_filter_model_is_loading (self->model))
    gw_filter_model_set_matter (self->model, selection->ids[0]);
  gw_matter_list_focus (
      GW_MATTER_LIST (gw_situation_page_get_list (GW_SITUATION_PAGE (self->situation))));
}

static void
search_stopped_cb (GtkSearchEntry *entry, GwWindow *self)
{
  if (self->model == NULL)
    return;
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  gw_filter_model_set_text (self->model, NULL);
}

/* ---- what the session says ---- */

static void
filter_changed_cb (GwWindow *self)
{
  const GwFilter *filter = gw_filter_model_get (self->model);
  const char *text = filter->text != NULL ? filter->text : "";

  if (!self->typing && g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->search)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->search), text);
  /* A filter set from a page that only tells something is wanted on the situation. */
  if (g_strcmp0 (self->page, "shortcuts") == 0 || g_strcmp0 (self->page, "help") == 0)
    gw_window_set_page (self, self->page_before);
  gw_window_save_soon (self);
  gw_window_tell_soon (self);
}

static void
problem_cb (GwWindow *self)
{
  gw_status_bar_set_problem (GW_STATUS_BAR (self->status),
                             gw_filter_model_get_problem (self->model));
}

static void
show_seat (GwWindow *self)
{
  const GwAccount *account = self->session != NULL ? gw_session_get_account (self->session) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->seat), self->session != NULL);
  if (self->session == NULL)
    return;
  gtk_label_set_label (self->seat_label,
                       account != NULL
                           ? account->label
                           : gw_role_label (gw_session_get_actor (self->session)->role));
  gw_actions_update (G_ACTION_MAP (self), "win", self->session);
  gw_window_save_soon (self);
  gw_window_tell_soon (self);
}

static void
show_banner (GwWindow *self)
{
  const char *holder = gw_session_get_holder (self->session);
  const char *damage = gw_session_get_damage (self->session);
  g_autofree char *text = NULL;

  if (damage != NULL)
    {
      gw_banner_show (GW_BANNER (self->banner), "error", damage, _ ("Open a File…"),
                      "win.open-file", NULL, NULL);
      return;
    }
  if (gw_window_tell_death (self))
    return;
  if (!gw_session_is_read_only (self->session))
    {
      gw_banner_hide (GW_BANNER (self->banner));
      return;
    }
  text = holder != NULL
             ? g_strdup_printf (_ ("Another program (%s) holds this file: it can be read here, not "
                                   "changed"),
                                holder)
             : g_strdup (_ ("This file can be read, not changed"));
  gw_banner_show (GW_BANNER (self->banner), "warning", text, _ ("Try Again"), "win.retry", NULL,
                  NULL);
}

static void
show_title (GwWindow *self)
{
  const char *name = self->session != NULL ? gw_session_get_centre_name (self->session) : NULL;

  if (name == NULL || *name == '\0')
    name = _ ("Gridwork");
  gtk_label_set_label (self->centre, name);
  gtk_window_set_title (GTK_WINDOW (self), name);
}

/* The rest of the window, once the map is painted. */
static void
ready_cb (GwWindow *self)
{
  self->sidebar = gw_sidebar_new (self->model);
  gw_sidebar_set_page (GW_SIDEBAR (self->sidebar), self->page);
  adw_bin_set_child (self->sidebar_bin, self->sidebar);
  self->figures = gw_figure_strip_new (self->model);
  adw_bin_set_child (self->figure_bin, self->figures);
  gtk_search_entry_set_key_capture_widget (
      self->search, gw_matter_list_get_table (GW_MATTER_LIST (
                        gw_situation_page_get_list (GW_SITUATION_PAGE (self->situation)))));
}

static void
build_situation (GwWindow *self)
{
  adw_bin_set_child (self->figure_bin, gw_figure_strip_new (NULL)); /* holds the place */
  self->situation = gw_situation_page_new (self->model);
  gtk_stack_add_named (self->pages, self->situation, "situation");
  g_signal_connect_object (self->situation, "number-changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->situation, "ready", G_CALLBACK (ready_cb), self,
                           G_CONNECT_SWAPPED);
}

void
gw_window_take_session (GwWindow *self, GwSession *session)
{
  g_return_if_fail (GW_IS_WINDOW (self) && GW_IS_SESSION (session));
  gw_window_leave_session (self);
  self->session = g_object_ref (session);
  self->leaving = g_cancellable_new ();
  self->model = gw_filter_model_new (session);
  gw_window_restore_session (self);
  build_situation (self);
  gw_situation_page_restore (GW_SITUATION_PAGE (self->situation), self->settings);
  gw_status_bar_set_session (GW_STATUS_BAR (self->status), session);
  gtk_widget_set_visible (GTK_WIDGET (self->sidebar_bin),
                          g_settings_get_boolean (self->settings, "sidebar-visible"));
  show_title (self);
  show_seat (self);
  show_banner (self);

  g_signal_connect_object (session, "seat-changed", G_CALLBACK (show_seat), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "damaged", G_CALLBACK (show_banner), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "selection-changed", G_CALLBACK (gw_window_tell_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::problem", G_CALLBACK (problem_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "matter-changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->restored = TRUE;
  filter_changed_cb (self);
  gw_window_set_page (self, "situation");
  {
    g_autofree char *page = g_settings_get_string (self->settings, "page");

    if (g_str_equal (page, "matters"))
      gw_window_set_page (self, page);
  }
  gw_window_ask_drafts (self);
  g_debug ("start: situation is built");
}

void
gw_window_leave_session (GwWindow *self)
{
  g_return_if_fail (GW_IS_WINDOW (self));
  if (self->session == NULL)
    return;
  gw_window_save_state (self);
  self->restored = FALSE;
  g_cancellable_cancel (self->leaving);
  g_clear_object (&self->leaving);
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_handlers_disconnect_by_data (self->model, self);
  gtk_search_entry_set_key_capture_widget (self->search, NULL);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gw_window_leave_pages (self);
  adw_bin_set_child (self->sidebar_bin, NULL);
  adw_bin_set_child (self->figure_bin, NULL);
  self->sidebar = self->figures = NULL;
  gtk_widget_set_visible (GTK_WIDGET (self->sidebar_bin), FALSE);
  gw_status_bar_set_session (GW_STATUS_BAR (self->status), NULL);
  gw_banner_hide (GW_BANNER (self->banner));
  /* An answer on its way would keep it, and it would ask a closed file. */
  g_object_run_dispose (G_OBJECT (self->model));
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  self->n_drafts = 0;
  show_title (self);
  gtk_widget_set_visible (GTK_WIDGET (self->seat), FALSE);
  gw_actions_update (G_ACTION_MAP (self), "win", NULL);
  gw_window_set_page (self, "start");
}

GwSession *
gw_window_get_session (GwWindow *self)
{
  g_return_val_if_fail (GW_IS_WINDOW (self), NULL);
  return self->session;
}

/* ---- while there is no session ---- */

void
gw_window_show_first_run (GwWindow *self)
{
  gw_start_page_show_first_run (GW_START_PAGE (self->start));
  gw_window_set_page (self, "start");
}

void
gw_window_show_opening (GwWindow *self)
{
  gw_start_page_show_opening (GW_START_PAGE (self->start));
}

void
gw_window_show_making (GwWindow *self, GCancellable *cancellable)
{
  gw_start_page_show_making (GW_START_PAGE (self->start), cancellable);
  gw_window_set_page (self, "start");
}

void
gw_window_set_making_fraction (GwWindow *self, double fraction)
{
  gw_start_page_set_fraction (GW_START_PAGE (self->start), fraction);
}

void
gw_window_show_problem (GwWindow *self, const char *path, const GError *error)
{
  gw_start_page_show_problem (GW_START_PAGE (self->start), path, error);
  gw_window_set_page (self, "start");
}

void
gw_window_refuse_file (GwWindow *self, const char *path, const GError *error)
{
  g_autofree char *name = NULL, *heading = NULL, *open = NULL, *body = NULL;
  GtkWidget *dialog = NULL;

  g_return_if_fail (GW_IS_WINDOW (self) && path != NULL && error != NULL);
  name = g_path_get_basename (path);
  heading = g_strdup_printf (_ ("%s cannot be opened"), name);
  open = self->session != NULL ? g_path_get_basename (gw_session_get_path (self->session)) : NULL;
  body = open != NULL ? g_strdup_printf (_ ("%s\n\n%s stays open."), error->message, open)
                      : g_strdup (error->message);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- messages ---- */

void
gw_window_toast (GwWindow *self, const char *message)
{
  AdwToast *toast = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (GW_IS_WINDOW (self) && message != NULL);
  text = g_markup_escape_text (message, -1);
  toast = adw_toast_new (text);
  adw_toast_overlay_add_toast (self->toasts, toast);
  g_free (self->last_toast);
  self->last_toast = g_strdup (message);
  gw_window_tell_soon (self);
}

static void
number_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwWindow) self = data;
  g_autoptr (GError) error = NULL;
  gint64 id = gw_session_find_finish (GW_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;
  if (id == 0)
    gw_window_toast (self, error->message);
  else
    gw_window_show_matter (self, id);
}

void
gw_window_show_number (GwWindow *self, const char *number)
{
  g_return_if_fail (GW_IS_WINDOW (self) && number != NULL);
  if (self->session != NULL)
    gw_session_find_async (self->session, number, self->leaving, number_found_cb,
                           g_object_ref (self));
}

void
gw_window_show_matter (GwWindow *self, gint64 id)
{
  g_return_if_fail (GW_IS_WINDOW (self));
  if (self->model == NULL)
    return;
  if (g_strcmp0 (self->page, "situation") != 0 && g_strcmp0 (self->page, "matters") != 0)
    gw_window_set_page (self, "situation");
  gw_filter_model_set_matter (self->model, id);
}

void
gw_window_import (GwWindow *self, const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  gw_window_start_import (self, file, NULL);
}

/* ---- the life of the window ---- */

static void
close_answered_cb (GwWindow *self, const char *answer)
{
  if (!g_str_equal (answer, "close"))
    return;
  self->may_close = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

/* Whatever was acknowledged is in the file; only work that goes on is worth a question. */
static gboolean
gw_window_close_request (GtkWindow *window)
{
  GwWindow *self = GW_WINDOW (window);
  g_autofree char *running = gw_tasks_dup_summary (self->tasks);

  if (running == NULL || self->may_close)
    {
      gw_window_save_state (self);
      return GTK_WINDOW_CLASS (gw_window_parent_class)->close_request (window);
    }
  {
    GtkWidget *dialog = adw_message_dialog_new (window, _ ("Work is going on"), running);

    adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "wait", _ ("_Wait"), "close",
                                      _ ("_Break Off and Close"), NULL);
    adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "close",
                                                ADW_RESPONSE_DESTRUCTIVE);
    adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "wait");
    adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "wait");
    g_signal_connect_object (dialog, "response", G_CALLBACK (close_answered_cb), self,
                             G_CONNECT_SWAPPED);
    gtk_window_present (GTK_WINDOW (dialog));
  }
  return TRUE;
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, GwWindow *self)
{
  g_autoptr (GFile) file = g_value_dup_object (value);

  if (self->session == NULL || file == NULL)
    return FALSE;
  gw_window_start_import (self, file, NULL);
  return TRUE;
}

static void
gw_window_dispose (GObject *object)
{
  GwWindow *self = GW_WINDOW (object);

  g_clear_handle_id (&self->save_later, g_source_remove);
  g_clear_handle_id (&self->tell_later, g_source_remove);
  if (self->leaving != NULL)
    g_cancellable_cancel (self->leaving);
  g_clear_object (&self->leaving);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->model);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (gw_window_parent_class)->dispose (object);
}

static void
gw_window_finalize (GObject *object)
{
  GwWindow *self = GW_WINDOW (object);

  g_free (self->page);
  g_free (self->page_before);
  g_free (self->last_toast);
  G_OBJECT_CLASS (gw_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, GwWindow, rows);
  gtk_widget_class_bind_template_child (widget_class, GwWindow, banner_bin);
  gtk_widget_class_bind_template_child (widget_class, GwWindow, figure_bin);
  gtk_widget_class_bind_template_child (widget_class, GwWindow, status_bin);
  gtk_widget_class_bind_template_child (widget_class, GwWindow, sidebar_bin);
  gtk_widget_class_bind_template_child (widget_class, GwWindow, task_bin);
  gtk_widget_class_bind_template_child (widget_class, GwWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, GwWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, GwWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, GwWindow, search);
  gtk_widget_class_bind_template_child (widget_class, GwWindow, centre);
  gtk_widget_class_bind_template_child (widget_class, GwWindow, menu);
  gtk_widget_class_bind_template_child (widget_class, GwWindow, seat);
  gtk_widget_class_bind_template_child (widget_class, GwWindow, seat_label);
  gtk_widget_class_bind_template_child (widget_class, GwWindow, sidebar_toggle);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped_cb);
}

static void
gw_window_class_init (GwWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = gw_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = gw_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, GW_RESOURCE_PREFIX "/gw-window.ui");
  bind_children (widget_class);
}

static void
gw_window_init (GwWindow *self)
{
  GtkDropTarget *drop = NULL;
  g_autoptr (GMenuModel) menu = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->page = g_strdup ("start");
  self->page_before = g_strdup ("situation");
  self->start = gw_start_page_new ();
  gtk_stack_add_named (self->pages, self->start, "start");
  self->banner = gw_banner_new ();
  adw_bin_set_child (self->banner_bin, self->banner);
  self->status = gw_status_bar_new ();
  adw_bin_set_child (self->status_bin, self->status);
  self->tasks = GW_TASKS (gw_tasks_new ());
  adw_bin_set_child (self->task_bin, GTK_WIDGET (self->tasks));
  g_object_set_data (G_OBJECT (self), "gw-tasks", self->tasks);
  menu = gw_actions_menu ();
  gw_ui_set_menu (self->menu, menu);

  drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

GwWindow *
gw_window_new (GtkApplication *app, GSettings *settings)
{
  GwWindow *self = g_object_new (GW_TYPE_WINDOW, "application", app, NULL);

  self->settings = g_object_ref (settings);
  gw_window_add_actions (self);
  gw_actions_update (G_ACTION_MAP (self), "win", NULL);
  gw_window_restore_size (self);
  return self;
}
