/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-config.h"

#include "gw-application.h"

#include "gw-actions.h"
#include "gw-demo.h"
#include "gw-error.h"
#include "gw-long-work.h"
#include "gw-paths.h"
#include "gw-preferences.h"
#include "gw-session-bus.h"
#include "gw-settings.h"
#include "gw-ui.h"
#include "gw-window.h"
#include <glib/gi18n-lib.h>

struct _GwApplication
{
  AdwApplication parent;
  GSettings *settings; /* owned */
  GwClock *clock;      /* owned, nullable: a frozen one */
  char *profile;       /* owned, nullable: folder of its own data and settings */
  char *path;          /* owned, nullable: the file that is open or shall be */
  char *import;        /* owned, nullable: a table to preview once a file is open */
  GwSessionFlags flags;
  guint64 demo_seed;
  gboolean demo, safe;
  GwSession *session;    /* owned, nullable */
  GError *problem;       /* owned, nullable: why @path is not open */
  GCancellable *opening; /* owned, nullable */
  GwWindow *window;      /* borrowed, nullable */
};

G_DEFINE_FINAL_TYPE (GwApplication, gw_application, ADW_TYPE_APPLICATION)

/* ---- where things lie ---- */

static char *
data_file (GwApplication *self, const char *name)
{
  if (self->profile != NULL)
    return g_build_filename (self->profile, name, NULL);
  return g_build_filename (g_get_user_data_dir (), "gridwork", name, NULL);
}

static char *
demo_path (GwApplication *self)
{
  g_autofree char *name = NULL;

  name = g_strdup_printf ("demo-%" G_GUINT64_FORMAT ".gridwork", self->demo_seed);
  return data_file (self, name);
}

static gboolean
exists (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* The file of the last time, else the usual one; NULL on the first run. */
static char *
usual_path (GwApplication *self)
{
  g_autofree char *last = g_settings_get_string (self->settings, "last-file");
  g_autofree char *usual = data_file (self, "centre.gridwork");

  if (*last != '\0' && exists (last))
    return g_steal_pointer (&last);
  return exists (usual) ? g_steal_pointer (&usual) : NULL;
}

/* ---- opening ---- */

static void
show (GwApplication *self)
{
  if (self->window == NULL)
    return;
  if (self->session != NULL)
    {
      if (gw_window_get_session (self->window) != self->session)
        gw_window_take_session (self->window, self->session);
      if (self->import != NULL)
        gw_window_import (self->window, self->import);
      g_clear_pointer (&self->import, g_free);
    }
  else if (self->problem != NULL)
    gw_window_show_problem (self->window, self->path, self->problem);
  else if (self->path == NULL)
    gw_window_show_first_run (self->window);
  else
    gw_window_show_opening (self->window);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwApplication) self = data;
  GDBusConnection *bus = g_application_get_dbus_connection (G_APPLICATION (self));

  g_debug ("start: file is open");
  g_clear_error (&self->problem);
  g_clear_object (&self->opening);
  self->session = gw_session_open_finish (result, &self->problem);
  if (self->session != NULL && bus != NULL)
    gw_session_bus_export (self->session, bus);
  show (self);
  g_application_release (G_APPLICATION (self));
}

static void
start_opening (GwApplication *self)
{
  GwSessionFlags flags = self->flags | (self->safe ? GW_SESSION_NO_MODULES : 0);

  g_clear_error (&self->problem);
  self->opening = g_cancellable_new ();
  g_application_hold (G_APPLICATION (self)); /* the window may be closed meanwhile */
  gw_session_open_async (self->path, flags, self->clock, self->opening, opened_cb,
                         g_object_ref (self));
}

static void
close_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  gw_session_close (data);
  g_task_return_boolean (task, TRUE);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GwApplication *self = GW_APPLICATION (source);

  start_opening (self);
}

void
gw_application_open (GwApplication *self, const char *path, GwSessionFlags flags)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *copy = g_strdup (path);

  g_return_if_fail (GW_IS_APPLICATION (self) && path != NULL);
  g_free (self->path);
  self->path = g_steal_pointer (&copy);
  self->flags = flags;
  if (self->session == NULL)
    {
      start_opening (self);
      return;
    }
  /* The last verbs of the old file may still be on their way to the disk: wait elsewhere. */
  if (self->window != NULL)
    gw_window_leave_session (self->window);
  g_object_set_data (G_OBJECT (self->session), "gw-session-bus", NULL);
  task = g_task_new (self, NULL, closed_cb, NULL);
  g_task_set_task_data (task, g_steal_pointer (&self->session), g_object_unref);
  g_task_run_in_thread (task, close_thread);
}

void
gw_application_reopen (GwApplication *self, GwSessionFlags flags)
{
  g_return_if_fail (GW_IS_APPLICATION (self));
  if (self->path != NULL)
    gw_application_open (self, self->path, flags);
}

/* ---- the demonstration district ---- */

static void
making_cb (double fraction, gpointer data)
{
  GwApplication *self = data;

  if (self->window != NULL)
    gw_window_set_making_fraction (self->window, fraction);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwApplication) self = data;

  g_clear_error (&self->problem);
  g_clear_object (&self->opening);
  if (gw_long_work_make_demo_finish (result, &self->problem))
    start_opening (self);
  else if (g_error_matches (self->problem, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_error (&self->problem);
      g_clear_pointer (&self->path, g_free);
      show (self);
    }
  else
    show (self);
  g_application_release (G_APPLICATION (self));
}

static void
make_demo (GwApplication *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  (void)g_mkdir_with_parents (folder, 0700); /* the demo says why it cannot be written */
  self->opening = g_cancellable_new ();
  g_application_hold (G_APPLICATION (self));
  gw_long_work_make_demo_async (self->path, self->demo_seed, making_cb, self, self->opening,
                                made_cb, g_object_ref (self));
}

void
gw_application_open_demo (GwApplication *self)
{
  g_autofree char *path = NULL;

  g_return_if_fail (GW_IS_APPLICATION (self));
  if (self->opening != NULL)
    return;
  path = demo_path (self);
  if (exists (path))
    {
      gw_application_open (self, path, 0);
      return;
    }
  g_free (self->path);
  self->path = g_steal_pointer (&path);
  if (self->session != NULL)
    {
      if (self->window != NULL)
        gw_window_leave_session (self->window);
      g_object_set_data (G_OBJECT (self->session), "gw-session-bus", NULL);
      gw_session_close (self->session);
      g_clear_object (&self->session);
    }
  make_demo (self);
  if (self->window != NULL)
    gw_window_show_making (self->window, self->opening);
}

/* ---- actions that reach D-Bus ---- */

static void
set_result (GwApplication *self, const char *text)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "last-result");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (text));
}

static void
refuse (GwApplication *self, const GError *error)
{
  g_autofree char *text = g_strdup_printf ("error: %s", error->message);

  set_result (self, text);
  if (self->window != NULL)
    gw_window_toast (self->window, error->message);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwApplication) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = gw_session_bus_apply_finish (result, &error);
  g_autofree char *text = NULL;

  if (matter == NULL)
    {
      refuse (self, error);
      return;
    }
  text = g_strdup_printf ("done: %s %s", matter->number, gw_state_id (matter->state));
  set_result (self, text);
}

static void
verb_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwApplication *self = data;
  const char *number = NULL, *verb = NULL;
  g_autoptr (GVariant) arguments = NULL;
  g_autoptr (GError) error = NULL;

  set_result (self, "running");
  if (self->session == NULL)
    {
      (void)gw_throw (&error, GW_ERROR_REFUSED, _ ("no file is open; open or create one first"));
      refuse (self, error);
      return;
    }
  g_variant_get (value, "(&s&s@a{sv})", &number, &verb, &arguments);
  gw_session_bus_apply_async (self->session, number, verb, arguments, NULL, applied_cb,
                              g_object_ref (self));
}

static void
open_matter_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwApplication *self = data;

  if (self->window == NULL)
    return;
  gw_window_show_number (self->window, g_variant_get_string (value, NULL));
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
quit_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwApplication *self = data;

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  else
    g_application_quit (G_APPLICATION (self));
}

/* The state follows by itself; asking for it makes it be of this moment. */
static void
debug_state_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwApplication *self = data;
  g_autofree char *state = NULL;

  if (self->window == NULL)
    return;
  state = gw_window_dup_debug_state (self->window);
  g_simple_action_set_state (action, g_variant_new_string (state));
}

static void
add_actions (GwApplication *self)
{
  static const GActionEntry entries[] = {
    { "verb", verb_cb, "(ssa{sv})", NULL, NULL, { 0 } },
    { "last-result", NULL, NULL, "''", NULL, { 0 } },
    { "open-matter", open_matter_cb, "s", NULL, NULL, { 0 } },
    { "quit", quit_cb, NULL, NULL, NULL, { 0 } },
  };
  static const GActionEntry hooks[] = {
    { "debug-state", debug_state_cb, NULL, "''", NULL, { 0 } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  if (GW_TEST_HOOKS)
    g_action_map_add_action_entries (G_ACTION_MAP (self), hooks, G_N_ELEMENTS (hooks), self);
}

/* ---- options ---- */

static gboolean
is_table (const char *path)
{
  static const char *const suffixes[] = { ".csv", ".xlsx", ".xls", ".txt", ".tsv" };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (g_str_has_suffix (lower, suffixes[i]))
      return TRUE;
  return FALSE;
}

static void
take_file (GwApplication *self, const char *path)
{
  char **place = is_table (path) ? &self->import : &self->path;

  g_free (*place);
  *place = g_canonicalize_filename (path, NULL);
}

/* An id of its own for each profile: two profiles are two programs, one profile is one. */
static void
take_profile (GwApplication *self, const char *folder)
{
  g_autofree char *sum = NULL, *id = NULL;

  self->profile = g_canonicalize_filename (folder, NULL);
  (void)g_mkdir_with_parents (self->profile, 0700);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->profile, -1);
  id = g_strdup_printf (GW_APP_ID ".p%.8s", sum);
  g_application_set_application_id (G_APPLICATION (self), id);
}

static gboolean
take_options (GwApplication *self, GVariantDict *options, GError **error)
{
  const char *text = NULL;
  gint64 now = 0;
  gboolean has_time = FALSE;

  if (g_variant_dict_lookup (options, "profile", "^&ay", &text))
    take_profile (self, text);
  if (g_variant_dict_lookup (options, "demo", "&s", &text))
    {
      self->demo = TRUE;
      if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &self->demo_seed, NULL))
        return gw_throw (error, GW_ERROR_INVALID,
                         _ ("--demo: “%s” is no seed; give a number from 1"), text);
    }
  if (g_variant_dict_lookup (options, "test-clock", "&s", &text))
    {
      if (!gw_time_parse (text, &now, &has_time))
        return gw_throw (error, GW_ERROR_INVALID,
                         _ ("--test-clock: “%s” is no time; write 2026-11-24T10:00"), text);
      self->clock = gw_clock_new_fixed (now);
    }
  self->safe = g_variant_dict_contains (options, "safe-mode");
  return TRUE;
}

/* A second start hands its file to the first and ends. */
static int
gw_application_handle_local_options (GApplication *app, GVariantDict *options)
{
  GwApplication *self = GW_APPLICATION (app);
  g_autoptr (GError) error = NULL;
  g_autofree const char **files = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("gridwork %s\n", GW_VERSION);
      return 0;
    }
  if (!take_options (self, options, &error))
    {
      g_printerr ("gridwork: %s\n", error->message);
      return 2;
    }
  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &files) && files[0] != NULL)
    take_file (self, files[0]);
  if (!g_application_register (app, NULL, &error))
    {
      g_printerr ("gridwork: %s\n", error->message);
      return 1;
    }
  if (g_application_get_is_remote (app) && files != NULL && files[0] != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (files[0]);
      GFile *list[] = { file };

      g_application_open (app, list, 1, "");
      return 0;
    }
  return -1;
}

/* "--demo" may stand without a value, which GApplication's option tables cannot say. */
static gboolean
gw_application_local_command_line (GApplication *app, char ***arguments, int *status)
{
  for (char **word = *arguments; *word != NULL; word++)
    if (g_str_equal (*word, "--demo"))
      {
        g_free (*word);
        *word = g_strdup_printf ("--demo=%u", GW_DEMO_SEED);
      }
  return G_APPLICATION_CLASS (gw_application_parent_class)
      ->local_command_line (app, arguments, status);
}

/* ---- the life of the program ---- */

static void
begin (GwApplication *self)
{
  if (self->demo)
    {
      g_free (self->path);
      self->path = demo_path (self);
      if (!exists (self->path))
        {
          make_demo (self);
          return;
        }
    }
  else if (self->path == NULL)
    self->path = usual_path (self);
  if (self->path != NULL)
    start_opening (self);
}

/* Icons are in the theme of the system once the program is installed. */
static void
add_icons (void)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  static const char *const folders[] = { "icons/scalable", "icons/symbolic" };

  for (gsize i = 0; gw_path_is_uninstalled () && i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = gw_path_data (folders[i]);

      gtk_icon_theme_add_search_path (theme, folder);
    }
}

static void
gw_application_startup (GApplication *app)
{
  GwApplication *self = GW_APPLICATION (app);
  g_autoptr (GError) error = NULL;

  self->settings = gw_settings_open (self->profile, &error);
  if (self->settings == NULL)
    {
      g_printerr ("gridwork: %s\n", error->message);
      exit (1);
    }
  /* The file is opened by a worker while the toolkit starts. */
  begin (self);
  g_debug ("start: opening");
  G_APPLICATION_CLASS (gw_application_parent_class)->startup (app);
  g_debug ("start: toolkit is up");
  add_icons ();
  gtk_window_set_default_icon_name (GW_APP_ID);
  gw_preferences_apply (self->settings);
  add_actions (self);
  gw_actions_set_accels (GTK_APPLICATION (self));
}

static void
gw_application_activate (GApplication *app)
{
  GwApplication *self = GW_APPLICATION (app);

  if (self->window == NULL)
    {
      self->window = gw_window_new (GTK_APPLICATION (app), self->settings);
      g_object_add_weak_pointer (G_OBJECT (self->window), (gpointer *)&self->window);
      if (self->opening != NULL && self->demo && !exists (self->path))
        gw_window_show_making (self->window, self->opening);
      else
        show (self);
    }
  gtk_window_present (GTK_WINDOW (self->window));
  g_debug ("start: window is presented");
}

static void
gw_application_open_files (GApplication *app, GFile **files, int n, const char *hint)
{
  GwApplication *self = GW_APPLICATION (app);

  for (int i = 0; i < n; i++)
    {
      const char *path = g_file_peek_path (files[i]);

      if (path == NULL)
        continue;
      if (is_table (path))
        take_file (self, path);
      else if (g_strcmp0 (path, self->path) != 0)
        gw_application_open (self, path, 0);
    }
  g_application_activate (app);
  show (self);
}

/* Waits for what was acknowledged to be on the disk; the window is gone already. */
static void
gw_application_shutdown (GApplication *app)
{
  GwApplication *self = GW_APPLICATION (app);

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  if (self->session != NULL)
    {
      g_object_set_data (G_OBJECT (self->session), "gw-session-bus", NULL);
      gw_session_close (self->session);
    }
  g_clear_object (&self->session);
  if (self->settings != NULL)
    g_settings_sync ();
  G_APPLICATION_CLASS (gw_application_parent_class)->shutdown (app);
}

static void
gw_application_finalize (GObject *object)
{
  GwApplication *self = GW_APPLICATION (object);

  if (self->window != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->window), (gpointer *)&self->window);
  g_clear_object (&self->settings);
  g_clear_object (&self->opening);
  g_clear_pointer (&self->clock, gw_clock_unref);
  g_clear_error (&self->problem);
  g_free (self->profile);
  g_free (self->path);
  g_free (self->import);
  G_OBJECT_CLASS (gw_application_parent_class)->finalize (object);
}

static void
gw_application_class_init (GwApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gw_application_finalize;
  app_class->local_command_line = gw_application_local_command_line;
  app_class->handle_local_options = gw_application_handle_local_options;
  app_class->startup = gw_application_startup;
  app_class->activate = gw_application_activate;
  app_class->open = gw_application_open_files;
  app_class->shutdown = gw_application_shutdown;
}

static void
gw_application_init (GwApplication *self)
{
  const GOptionEntry options[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Keep data and settings in DIR"),
      N_ ("DIR") },
    { "demo", 0, 0, G_OPTION_ARG_STRING, NULL,
      N_ ("Open the demonstration district, made from SEED when there is none"), N_ ("[SEED]") },
    { "test-clock", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Let the time stand still at TIME"),
      N_ ("TIME") },
    { "safe-mode", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Start without modules"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Show the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, N_ ("[FILE]") },
    { NULL, 0, 0, 0, NULL, NULL, NULL },
  };

  self->demo_seed = GW_DEMO_SEED;
  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

GwApplication *
gw_application_new (void)
{
  return g_object_new (GW_TYPE_APPLICATION, "application-id", GW_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", GW_RESOURCE_PREFIX,
                       "register-session", TRUE, NULL);
}

void
gw_application_show_about (GwApplication *self)
{
  g_return_if_fail (GW_IS_APPLICATION (self));
  adw_show_about_window (GTK_WINDOW (self->window), "application-name", _ ("Gridwork"),
                         "application-icon", GW_APP_ID, "version", GW_VERSION, "comments",
                         _ ("The desk of a governance centre: grid, matters, map"), "license-type",
                         GTK_LICENSE_GPL_3_0, "developer-name", _ ("The Gridwork project"), NULL);
}
