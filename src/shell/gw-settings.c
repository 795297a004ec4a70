/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_SETTINGS_ENABLE_BACKEND
#include "gw-settings.h"

#include "gw-config.h"
#include "gw-error.h"
#include "gw-paths.h"
#include <gio/gsettingsbackend.h>
#include <glib/gi18n-lib.h>

/* The build folder compiles the schema as well, so that the program runs without being installed.
 */
static GSettingsSchema *
find_schema (void)
{
  GSettingsSchemaSource *parent = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) built = NULL;

  if (gw_path_is_uninstalled ())
    built = g_settings_schema_source_new_from_directory (GW_BUILD_ROOT "/data", parent, TRUE, NULL);
  if (built == NULL && parent == NULL)
    return NULL;
  return g_settings_schema_source_lookup (built != NULL ? built : parent, GW_APP_ID, TRUE);
}

GSettings *
gw_settings_open (const char *profile, GError **error)
{
  g_autoptr (GSettingsSchema) schema = find_schema ();
  g_autoptr (GSettingsBackend) backend = NULL;

  if (schema == NULL)
    return gw_throw_null (error, GW_ERROR_NOT_FOUND,
                          _ ("the settings schema %s is not installed; install the program again"),
                          GW_APP_ID);
  if (profile != NULL)
    {
      g_autofree char *file = g_build_filename (profile, "settings.ini", NULL);

      backend = g_keyfile_settings_backend_new (file, "/org/gridwork/Gridwork/", "Gridwork");
    }
  return g_settings_new_full (schema, backend, NULL);
}
