/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-cli.h"

#include "gw-error.h"
#include "gw-module-host.h"
#include <glib/gi18n.h>
#include <stdio.h>

static const char *
state_name (GwModuleState state)
{
  switch (state)
    {
    case GW_MODULE_LOADED:
      return "loaded";
    case GW_MODULE_QUARANTINED:
      return "quarantined";
    case GW_MODULE_DISABLED:
      return "disabled";
    case GW_MODULE_REFUSED:
    default:
      return "refused";
    }
}

static const GwModuleSpec *
find_spec (GwModuleHost *host, const GwModuleFile *file)
{
  GPtrArray *modules = gw_module_host_get_modules (host);

  for (guint i = 0; file->state == GW_MODULE_LOADED && i < modules->len; i++)
    {
      const GwModuleSpec *spec = g_ptr_array_index (modules, i);

      if (g_str_equal (spec->id, file->id))
        return spec;
    }
  return NULL;
}

static void
print_json (GwModuleHost *host)
{
  JsonBuilder *builder = json_builder_new ();
  GPtrArray *files = gw_module_host_get_files (host);

  json_builder_begin_object (builder);
  gw_cli_json_string (builder, "last_death", gw_module_host_get_last_death (host));
  json_builder_set_member_name (builder, "modules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < files->len; i++)
    {
      const GwModuleFile *file = g_ptr_array_index (files, i);
      const GwModuleSpec *spec = find_spec (host, file);

      json_builder_begin_object (builder);
      gw_cli_json_string (builder, "path", file->path);
      gw_cli_json_string (builder, "state", state_name (file->state));
      gw_cli_json_string (builder, "id", file->id);
      gw_cli_json_string (builder, "version", file->version);
      gw_cli_json_string (builder, "name", spec != NULL ? spec->name : NULL);
      gw_cli_json_string (builder, "reason", file->reason);
      json_builder_set_member_name (builder, "types");
      json_builder_begin_array (builder);
      for (guint j = 0; spec != NULL && j < spec->types->len; j++)
        json_builder_add_string_value (
            builder, ((const GwTypeSpec *)g_ptr_array_index (spec->types, j))->key);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  gw_cli_print_json (builder);
}

static void
print_text (GwModuleHost *host)
{
  GPtrArray *files = gw_module_host_get_files (host);

  for (guint i = 0; i < files->len; i++)
    {
      const GwModuleFile *file = g_ptr_array_index (files, i);
      const GwModuleSpec *spec = find_spec (host, file);

      printf ("%s\t%s\t%s\t%s\n", state_name (file->state), file->id != NULL ? file->id : "?",
              file->version != NULL ? file->version : "?", file->path);
      for (guint j = 0; spec != NULL && j < spec->types->len; j++)
        {
          const GwTypeSpec *type = g_ptr_array_index (spec->types, j);

          printf ("\t%s\t%s\n", type->key, type->label);
        }
      if (file->reason != NULL)
        printf ("\t%s\n", file->reason);
    }
  if (gw_module_host_get_last_death (host) != NULL)
    printf ("%s\n", gw_module_host_get_last_death (host));
}

GwExit
gw_cli_modules (const GwCliOptions *options, char **arguments, guint n)
{
  g_autoptr (GwModuleHost) host = gw_module_host_load (NULL);

  if (options->json)
    print_json (host);
  else
    print_text (host);
  return gw_module_host_get_problems (host)[0] == NULL ? GW_EXIT_DONE : GW_EXIT_REFUSED;
}

/* By id or by path: what is refused for its note has no id. */
GwExit
gw_cli_retry (const GwCliOptions *options, char **arguments, guint n)
{
  g_autoptr (GwModuleHost) host = gw_module_host_load (NULL);
  g_autoptr (GError) error = NULL;
  GPtrArray *files = gw_module_host_get_files (host);
  gboolean found = FALSE;

  for (guint i = 0; i < files->len; i++)
    {
      const GwModuleFile *file = g_ptr_array_index (files, i);

      if (file->digest == NULL ||
          (g_strcmp0 (file->id, arguments[0]) != 0 && !g_str_equal (file->path, arguments[0])))
        continue;
      gw_module_host_pardon (file->digest);
      found = TRUE;
    }
  if (found)
    return gw_cli_modules (options, NULL, 0);
  (void)gw_throw (&error, GW_ERROR_NOT_FOUND, _ ("there is no module “%s”"), arguments[0]);
  return gw_cli_fail (options, error);
}

static gboolean
is_found (const char *id)
{
  g_autoptr (GwModuleHost) host = gw_module_host_load (NULL);
  GPtrArray *files = gw_module_host_get_files (host);

  for (guint i = 0; i < files->len; i++)
    if (g_strcmp0 (((const GwModuleFile *)g_ptr_array_index (files, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

static GwExit
set_enabled (const GwCliOptions *options, const char *id, gboolean enabled)
{
  g_autoptr (GError) error = NULL;

  if (is_found (id) ? gw_module_host_set_enabled (id, enabled, &error)
                    : gw_throw (&error, GW_ERROR_NOT_FOUND, _ ("there is no module “%s”"), id))
    return gw_cli_modules (options, NULL, 0);
  return gw_cli_fail (options, error);
}

GwExit
gw_cli_enable (const GwCliOptions *options, char **arguments, guint n)
{
  return set_enabled (options, arguments[0], TRUE);
}

GwExit
gw_cli_disable (const GwCliOptions *options, char **arguments, guint n)
{
  return set_enabled (options, arguments[0], FALSE);
}
