/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-config.h"

#include "gw-application-private.h"

#include "gw-actions.h"
#include "gw-demo.h"
#include "gw-error.h"
#include "gw-paths.h"
#include "gw-preferences.h"
#include "gw-settings.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (GwApplication, gw_application, ADW_TYPE_APPLICATION)

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
  gw_application_begin (self);
  g_debug ("start: opening");
  G_APPLICATION_CLASS (gw_application_parent_class)->startup (app);
  g_debug ("start: toolkit is up");
  add_icons ();
  gtk_window_set_default_icon_name (GW_APP_ID);
  gw_preferences_apply (self->settings);
  gw_application_add_actions (self);
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
      gw_application_show (self);
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
  gw_application_show (self);
}

/* Waits for what was acknowledged to be on the disk; the window is gone already. */
static void
gw_application_shutdown (GApplication *app)
{
  GwApplication *self = GW_APPLICATION (app);

  if (self->opening != NULL)
    g_cancellable_cancel (self->opening);
  if (self->making != NULL)
    g_cancellable_cancel (self->making);
  gw_application_close_file (self);
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
  g_clear_object (&self->making);
  g_clear_pointer (&self->clock, gw_clock_unref);
  g_clear_error (&self->problem);
  g_free (self->profile);
  g_free (self->path);
  g_free (self->wanted);
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
