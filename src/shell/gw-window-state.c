/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-window-private.h"

#include "gw-map-view.h"
#include "gw-situation-page.h"

#define SAVE_DELAY_MS 400

void
gw_window_restore_size (GwWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  gtk_paned_set_position (self->paned, g_settings_get_int (self->settings, "sidebar-position"));
}

/* "intake/intake": login of the account and role. The session keeps its own choice when the account
 * is gone. */
static void
restore_seat (GwWindow *self)
{
  g_autofree char *seat = g_settings_get_string (self->settings, "seat");
  g_auto (GStrv) parts = g_strsplit (seat, "/", 2);
  GPtrArray *accounts = gw_session_get_accounts (self->session);
  GwRole role = 0;

  if (g_strv_length (parts) != 2 || !gw_role_from_id (parts[1], &role))
    return;
  for (guint i = 1; i < accounts->len; i++)
    {
      const GwAccount *account = g_ptr_array_index (accounts, i);

      if (account != NULL && account->active && g_str_equal (account->login, parts[0]))
        (void)gw_session_take_seat (self->session, account->id, role, NULL);
    }
}

static void
matter_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwWindow) self = data;
  gint64 id = gw_session_find_finish (GW_SESSION (source), result, NULL);

  if (id != 0 && self->model != NULL && gw_filter_model_get_matter (self->model) == 0)
    gw_filter_model_set_matter (self->model, id);
}

/* Filter and matter speak of one file: another file starts fresh. */
void
gw_window_restore_session (GwWindow *self)
{
  g_autofree char *file = g_settings_get_string (self->settings, "last-file");
  g_autofree char *text = g_settings_get_string (self->settings, "filter");
  g_autofree char *matter = g_settings_get_string (self->settings, "selected-matter");
  g_autoptr (GwFilter) filter = NULL;

  if (!g_str_equal (file, gw_session_get_path (self->session)))
    {
      g_settings_set_string (self->settings, "last-file", gw_session_get_path (self->session));
      g_settings_reset (self->settings, "filter");
      g_settings_reset (self->settings, "selected-matter");
      g_settings_reset (self->settings, "map-state");
      return;
    }
  restore_seat (self);
  filter = gw_filter_from_text (text, gw_session_get_areas (self->session), NULL);
  if (filter != NULL)
    gw_filter_model_set (self->model, filter);
  if (*matter != '\0')
    gw_session_find_async (self->session, matter, self->leaving, matter_found_cb,
                           g_object_ref (self));
}

static void
save_session (GwWindow *self)
{
  const GwAccount *account = gw_session_get_account (self->session);
  g_autofree char *filter =
      gw_filter_to_text (gw_filter_model_get (self->model), gw_session_get_areas (self->session));
  g_autofree char *number = gw_situation_page_dup_number (GW_SITUATION_PAGE (self->situation));

  g_settings_set_string (self->settings, "filter", filter);
  g_settings_set_string (self->settings, "selected-matter", number != NULL ? number : "");
  if (g_str_equal (self->page, "situation") || g_str_equal (self->page, "matters"))
    g_settings_set_string (self->settings, "page", self->page);
  if (account != NULL)
    {
      g_autofree char *seat =
          g_strdup_printf ("%s/%s", account->login,
                           gw_role_id (gw_session_get_actor (self->session)->role));

      g_settings_set_string (self->settings, "seat", seat);
    }
  gw_situation_page_save (GW_SITUATION_PAGE (self->situation), self->settings);
}

void
gw_window_save_state (GwWindow *self)
{
  int width = 0, height = 0;
  gboolean maximized = FALSE;

  g_return_if_fail (GW_IS_WINDOW (self));
  g_clear_handle_id (&self->save_later, g_source_remove);
  maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_delay (self->settings);
  if (!maximized && width > 0 && height > 0)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
  g_settings_set_boolean (self->settings, "window-maximized", maximized);
  if (self->session != NULL && self->restored)
    {
      g_settings_set_int (self->settings, "sidebar-position", gtk_paned_get_position (self->paned));
      save_session (self);
    }
  g_settings_apply (self->settings);
}

static gboolean
save_cb (gpointer data)
{
  GwWindow *self = data;

  self->save_later = 0;
  gw_window_save_state (self);
  return G_SOURCE_REMOVE;
}

/* A program that is killed comes back nearly as it was. */
void
gw_window_save_soon (GwWindow *self)
{
  if (self->save_later == 0 && self->restored)
    self->save_later = g_timeout_add (SAVE_DELAY_MS, save_cb, self);
}

/* ---- what tests see ---- */

/* "GwMatterList GtkColumnView": the part of the window that has the keyboard, and its widget. */
static char *
dup_focus (GwWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self)), *part = focus;

  while (part != NULL && !ADW_IS_HEADER_BAR (part) &&
         !g_str_has_prefix (G_OBJECT_TYPE_NAME (part), "Gw"))
    part = gtk_widget_get_parent (part);
  return part != NULL
             ? g_strdup_printf ("%s %s", G_OBJECT_TYPE_NAME (part), G_OBJECT_TYPE_NAME (focus))
             : g_strdup ("");
}

char *
gw_window_dup_debug_state (GwWindow *self)
{
  GString *text = g_string_new (NULL);
  GwSelection *selection = NULL;
  GwMapView *view = NULL;
  g_autofree char *filter = NULL, *map = NULL, *number = NULL, *focus = dup_focus (self);
  g_autofree char *drawn = NULL;

  g_return_val_if_fail (GW_IS_WINDOW (self), NULL);
  g_string_append_printf (text, "page: %s\n", self->page);
  g_string_append_printf (text, "focus: %s\n", focus);
  g_string_append_printf (text, "toast: %s\n", self->last_toast != NULL ? self->last_toast : "");
  g_string_append_printf (text, "tasks: %u\n", gw_tasks_n_running (self->tasks));
  g_string_append_printf (text, "drafts: %u\n", self->n_drafts);
  if (self->session == NULL || self->situation == NULL)
    return g_string_free (g_string_append (text, "session: none\n"), FALSE);

  selection = gw_filter_model_get_selection (self->model);
  filter =
      gw_filter_to_text (gw_filter_model_get (self->model), gw_session_get_areas (self->session));
  view = GW_MAP_VIEW (gw_situation_page_get_map (GW_SITUATION_PAGE (self->situation)));
  map = gw_map_view_dup_state (view);
  drawn = gw_map_view_dup_debug_state (view);
  number = gw_situation_page_dup_number (GW_SITUATION_PAGE (self->situation));
  g_string_append_printf (text, "session: %s\n", gw_session_get_path (self->session));
  g_string_append_printf (text, "loading: %d\n", gw_filter_model_is_loading (self->model) ? 1 : 0);
  g_string_append_printf (text, "seq: %ld\n", selection != NULL ? (long)selection->seq : -1L);
  g_string_append_printf (text, "n: %ld\n", selection != NULL ? (long)selection->n : -1L);
  g_string_append_printf (text, "open: %u\n", selection != NULL ? selection->sum.open : 0);
  g_string_append_printf (text, "overdue: %u\n", selection != NULL ? selection->sum.overdue : 0);
  g_string_append_printf (text, "matter: %ld\n", (long)gw_filter_model_get_matter (self->model));
  g_string_append_printf (text, "number: %s\n", number != NULL ? number : "");
  g_string_append_printf (text, "role: %s\n",
                          gw_role_id (gw_session_get_actor (self->session)->role));
  g_string_append_printf (text, "seat: %s\n",
                          gw_session_get_account (self->session) != NULL
                              ? gw_session_get_account (self->session)->login
                              : "");
  g_string_append_printf (text, "map-complete: %d\n", gw_map_view_is_complete (view) ? 1 : 0);
  g_string_append_printf (text, "map-n: %u\n", gw_map_view_n_matters (view));
  g_string_append_printf (text, "map: %s\n", map != NULL ? map : "");
  g_string_append (text, drawn);
  g_string_append_printf (text, "filter: %s\n", filter);
  return g_string_free (text, FALSE);
}

static gboolean
tell_cb (gpointer data)
{
  GwWindow *self = data;
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));
  GAction *action =
      app != NULL ? g_action_map_lookup_action (G_ACTION_MAP (app), "debug-state") : NULL;

  self->tell_later = 0;
  if (action != NULL)
    {
      g_autofree char *state = gw_window_dup_debug_state (self);

      g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (state));
    }
  return G_SOURCE_REMOVE;
}

void
gw_window_tell_soon (GwWindow *self)
{
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));

  if (self->tell_later == 0 && app != NULL &&
      g_action_map_lookup_action (G_ACTION_MAP (app), "debug-state") != NULL)
    self->tell_later = g_idle_add (tell_cb, self);
}
