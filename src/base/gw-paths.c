/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-config.h"

#include "gw-paths.h"

#include <gio/gio.h>

/**
 * gw_path_is_uninstalled:
 *
 * Returns: whether the running program lies below the build folder it was made in
 */
gboolean
gw_path_is_uninstalled (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program != NULL && g_str_has_prefix (program, GW_BUILD_ROOT G_DIR_SEPARATOR_S);
}

static char *
below (const char *folder, const char *relative)
{
  return relative != NULL ? g_build_filename (folder, relative, NULL) : g_strdup (folder);
}

static gboolean
exists (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static const char *
from_environment (const char *variable)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0' ? value : NULL;
}

static char *
uninstalled_data (const char *relative)
{
  g_autofree char *source = below (GW_SOURCE_DATA_DIR, relative);
  g_autofree char *built = below (GW_BUILD_ROOT "/data", relative);

  /* Compiled schemas and merged desktop files exist in the build folder only. */
  if (!exists (source) && exists (built))
    return g_steal_pointer (&built);
  return g_steal_pointer (&source);
}

/**
 * gw_path_data:
 * @relative: (nullable): "calendars/cn-2018-2026.csv"; %NULL for the folder itself
 *
 * Returns: (transfer full) (type filename): a path; whether it exists is for the reader to find
 */
char *
gw_path_data (const char *relative)
{
  const char *folder = from_environment ("GW_DATA_DIR");

  if (folder != NULL)
    return below (folder, relative);
  if (gw_path_is_uninstalled ())
    return uninstalled_data (relative);
  return below (GW_PKGDATA_DIR, relative);
}

static char *
uninstalled_helper (const char *name)
{
  static const char *const folders[] = { "src/cmd", "src/intake", "src/report", "src/host", "src" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); ++i)
    {
      g_autofree char *path = g_build_filename (GW_BUILD_ROOT, folders[i], name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&path);
    }
  return g_build_filename (GW_BUILD_ROOT, folders[0], name, NULL);
}

/**
 * gw_path_helper:
 * @name: "gridwork-reader"
 *
 * Returns: (transfer full) (type filename): the program to start; starting it tells whether it
 *   exists
 */
char *
gw_path_helper (const char *name)
{
  const char *folder = from_environment ("GW_LIBEXEC_DIR");

  g_return_val_if_fail (name != NULL, NULL);

  if (folder != NULL)
    return g_build_filename (folder, name, NULL);
  if (gw_path_is_uninstalled ())
    return uninstalled_helper (name);
  return g_build_filename (GW_LIBEXEC_DIR, name, NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char *const *)a, *(char *const *)b);
}

/* plugins/ itself and each folder in it, by name, so that the order does not hang on the disk. */
static GStrv
uninstalled_plugins (void)
{
  g_autoptr (GPtrArray) folders = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (GW_BUILD_ROOT "/plugins", 0, NULL);
  const char *name;

  g_ptr_array_add (folders, g_strdup (GW_BUILD_ROOT "/plugins"));
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (GW_BUILD_ROOT, "plugins", name, NULL);

      /* The linker's own folders hold objects, no modules. */
      if (!g_str_has_suffix (name, ".p") && g_file_test (path, G_FILE_TEST_IS_DIR))
        g_ptr_array_add (folders, g_steal_pointer (&path));
    }
  g_ptr_array_sort (folders, compare_names);
  g_ptr_array_add (folders, NULL);
  return (GStrv)g_ptr_array_steal (folders, NULL);
}

/**
 * gw_path_plugins:
 *
 * Returns: (transfer full) (array zero-terminated=1): folders in which to look for modules
 */
GStrv
gw_path_plugins (void)
{
  const char *path = from_environment ("GW_PLUGIN_PATH");
  const char *const installed[] = { GW_PLUGIN_DIR, NULL };

  if (path != NULL)
    return g_strsplit (path, G_SEARCHPATH_SEPARATOR_S, -1);
  if (gw_path_is_uninstalled ())
    return uninstalled_plugins ();
  return g_strdupv ((GStrv)installed);
}

/**
 * gw_path_locale:
 *
 * Returns: (transfer full) (type filename): the folder for bindtextdomain()
 */
char *
gw_path_locale (void)
{
  const char *folder = from_environment ("GW_LOCALE_DIR");

  if (folder != NULL)
    return g_strdup (folder);
  return g_strdup (gw_path_is_uninstalled () ? GW_BUILD_ROOT "/po" : GW_LOCALE_DIR);
}
