/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-paths.h"

#include "gw-config.h"
#include <glib/gstdio.h>
#include <string.h>

static void
take_path (char *got, const char *wanted)
{
  g_autofree char *path = got;

  g_assert_cmpstr (path, ==, wanted);
}

static void
forget_environment (void)
{
  g_unsetenv ("GW_DATA_DIR");
  g_unsetenv ("GW_LIBEXEC_DIR");
  g_unsetenv ("GW_PLUGIN_PATH");
  g_unsetenv ("GW_LOCALE_DIR");
}

static void
test_environment_wins (void)
{
  g_auto (GStrv) plugins = NULL;

  g_setenv ("GW_DATA_DIR", "/d", TRUE);
  g_setenv ("GW_LIBEXEC_DIR", "/l", TRUE);
  g_setenv ("GW_PLUGIN_PATH", "/p:/q", TRUE);
  g_setenv ("GW_LOCALE_DIR", "/t", TRUE);
  plugins = gw_path_plugins ();
  take_path (gw_path_data ("calendars/x.csv"), "/d/calendars/x.csv");
  take_path (gw_path_data (NULL), "/d");
  take_path (gw_path_helper ("gridwork-reader"), "/l/gridwork-reader");
  take_path (gw_path_locale (), "/t");
  g_assert_cmpuint (g_strv_length (plugins), ==, 2);
  g_assert_cmpstr (plugins[1], ==, "/q");
  forget_environment ();
}

static void
test_empty_variable_is_none (void)
{
  g_setenv ("GW_LOCALE_DIR", "", TRUE);
  take_path (gw_path_locale (), GW_BUILD_ROOT "/po");
  forget_environment ();
}

/* This test is never installed, so it sees what an uninstalled program sees. */
static void
test_uninstalled (void)
{
  g_autofree char *calendars = gw_path_data ("calendars/cn-2018-2026.csv");

  g_assert_true (gw_path_is_uninstalled ());
  g_assert_true (g_file_test (calendars, G_FILE_TEST_IS_REGULAR));
  take_path (gw_path_data (NULL), GW_SOURCE_DATA_DIR);
  take_path (gw_path_data ("no/such.file"), GW_SOURCE_DATA_DIR "/no/such.file");
  take_path (gw_path_helper ("gridwork-no-such"), GW_BUILD_ROOT "/src/cmd/gridwork-no-such");
}

static void
test_plugin_folders_are_sorted (void)
{
  g_auto (GStrv) plugins = gw_path_plugins ();

  g_assert_cmpstr (plugins[0], ==, GW_BUILD_ROOT "/plugins");
  for (guint i = 1; plugins[i] != NULL; ++i)
    {
      g_assert_true (g_file_test (plugins[i], G_FILE_TEST_IS_DIR));
      g_assert_false (g_str_has_suffix (plugins[i], ".p"));
      g_assert_cmpint (strcmp (plugins[i - 1], plugins[i]), <, 0);
    }
}

/* A copy of this very program outside of the build folder is an installed one. */
static void
test_copy_elsewhere_is_installed (void)
{
  g_autofree char *folder = g_dir_make_tmp ("gw-paths-XXXXXX", NULL);
  g_autofree char *copy = g_build_filename (folder, "program", NULL);
  g_autofree char *bytes = NULL, *said = NULL;
  g_autoptr (GError) error = NULL;
  char *argv[] = { copy, (char *)"--say", NULL };
  gsize length;

  g_file_get_contents ("/proc/self/exe", &bytes, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents_full (copy, bytes, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0700, &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &said, NULL, NULL,
                &error);
  g_assert_no_error (error);
  g_assert_cmpstr (said, ==,
                   GW_PKGDATA_DIR "/demo\n" GW_LIBEXEC_DIR "/gridwork-reader\n" GW_PLUGIN_DIR
                                  "\n" GW_LOCALE_DIR "\n");
  g_assert_cmpint (g_remove (copy), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static int
say_paths (void)
{
  g_autofree char *data = gw_path_data ("demo");
  g_autofree char *helper = gw_path_helper ("gridwork-reader");
  g_autofree char *locale = gw_path_locale ();
  g_auto (GStrv) plugins = gw_path_plugins ();

  g_print ("%s\n%s\n%s\n%s\n", data, helper, plugins[0], locale);
  return 0;
}

int
main (int argc, char *argv[])
{
  forget_environment ();
  if (argc == 2 && strcmp (argv[1], "--say") == 0)
    return say_paths ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paths/environment-wins", test_environment_wins);
  g_test_add_func ("/paths/empty-variable-is-none", test_empty_variable_is_none);
  g_test_add_func ("/paths/uninstalled", test_uninstalled);
  g_test_add_func ("/paths/plugin-folders-are-sorted", test_plugin_folders_are_sorted);
  g_test_add_func ("/paths/copy-elsewhere-is-installed", test_copy_elsewhere_is_installed);
  return g_test_run ();
}
