/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-module-file.h"

#include "gw-copy-table.h"
#include "gw-copy.h"
#include "gw-error.h"
#include "gw-paths.h"
#include <glib/gi18n-lib.h>
#include <gmodule.h>
#include <libintl.h>
#include <string.h>

/* (transfer full): where the catalogue of the module at @path is: for one that is not installed in
 * the po folder of its build, which has its name in our tree and none in an author's; else in the
 * standard place. */
static char *
find_catalogues (const char *path)
{
  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (".so"));
  g_autofree char *folder = g_path_get_dirname (path);
  const char *const places[] = { stem, folder };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *po = g_build_filename (places[i], "po", NULL);

      if (g_file_test (po, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&po);
    }
  return gw_path_locale ();
}

static void
bind_domain (const char *domain, const char *path)
{
  g_autofree char *place = find_catalogues (path);

  bindtextdomain (domain, place);
  bind_textdomain_codeset (domain, "UTF-8");
}

static char *
translate (const char *message, gpointer domain)
{
  return g_strdup (domain != NULL ? g_dgettext (domain, message) : message);
}

/* The linker puts the path before what it has to say; who shows it has done so already, and a
 * verdict is kept for the same file in another place. */
static const char *
linker_message (const char *path)
{
  const char *message = g_module_error ();

  if (g_str_has_prefix (message, path) && g_str_has_prefix (message + strlen (path), ": "))
    return message + strlen (path) + 2;
  return message;
}

static gboolean
check_descriptor (const GwPlugin *plugin, const GwNote *note, GError **error)
{
  if (plugin->abi_major != note->abi_major || g_strcmp0 (plugin->id, note->id) != 0 ||
      g_strcmp0 (plugin->version, note->version) != 0)
    return gw_throw (
        error, GW_ERROR_INVALID,
        _ ("the note says “%s %s”, the module itself “%s %s”; build it anew with GW_PLUGIN"),
        note->id, note->version, plugin->id != NULL ? plugin->id : "",
        plugin->version != NULL ? plugin->version : "");
  return TRUE;
}

GwModuleSpec *
gw_module_file_load (const char *path, const GwNote *note, const GwPlugin **plugin, GError **error)
{
  /* Everything is bound at once, so that a missing symbol is a message now and no crash later. */
  GModule *library = g_module_open (path, G_MODULE_BIND_LOCAL);
  gpointer symbol = NULL;
  GwPlugin descriptor;
  GwModuleSpec *spec;

  if (library == NULL)
    return gw_throw_null (error, GW_ERROR_FAILED, "%s", linker_message (path));
  /* Never unmapped: types, strings and callbacks of a module may be in use anywhere. */
  g_module_make_resident (library);
  if (!g_module_symbol (library, GW_SYMBOL_NAME, &symbol))
    return gw_throw_null (error, GW_ERROR_FORMAT, _ ("it does not export “%s”; use GW_PLUGIN"),
                          GW_SYMBOL_NAME);
  if (!gw_copy_struct (symbol, &descriptor, sizeof descriptor, "GwPlugin", error) ||
      !check_descriptor (&descriptor, note, error))
    return NULL;
  if (descriptor.gettext_domain != NULL)
    bind_domain (descriptor.gettext_domain, path);
  spec = gw_copy_module (&descriptor, translate, (gpointer)descriptor.gettext_domain, error);
  if (spec != NULL && plugin != NULL)
    *plugin = symbol;
  return spec;
}

char *
gw_module_file_digest (const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize size = 0;

  /* A module is some ten kilobytes: reading it is cheaper than mapping it. */
  if (!g_file_get_contents (path, &bytes, &size, error))
    return NULL;
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)bytes, size);
}
