/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-module-host.h"

#include "gw-copy-table.h"
#include "gw-copy.h"
#include "gw-error.h"
#include "gw-note.h"
#include "gw-paths.h"
#include <glib/gi18n-lib.h>
#include <gmodule.h>
#include <libintl.h>
#include <string.h>

struct _GwModuleHost
{
  GPtrArray *modules;  /* owned, GwModuleSpec */
  GPtrArray *problems; /* owned, char *; NULL-terminated */
  GHashTable *taken;   /* owned: ids, namespaces ("ns:x") and number codes ("number:X") in use */
};

void
gw_module_host_free (GwModuleHost *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->modules);
  g_ptr_array_unref (self->problems);
  g_hash_table_unref (self->taken);
  g_free (self);
}

GPtrArray *
gw_module_host_get_modules (GwModuleHost *self)
{
  return self->modules;
}

const char *const *
gw_module_host_get_problems (GwModuleHost *self)
{
  return (const char *const *)self->problems->pdata;
}

/* Catalogues lie beside an uninstalled module (its po folder of the build), else in the standard
 * place. */
static void
bind_domain (const char *domain, const char *path)
{
  g_autofree char *stem = g_strndup (path, strlen (path) - strlen (".so"));
  g_autofree char *beside = g_build_filename (stem, "po", NULL);
  g_autofree char *standard = gw_path_locale ();

  bindtextdomain (domain, g_file_test (beside, G_FILE_TEST_IS_DIR) ? beside : standard);
  bind_textdomain_codeset (domain, "UTF-8");
}

static char *
translate (const char *message, gpointer domain)
{
  return g_strdup (domain != NULL ? g_dgettext (domain, message) : message);
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

static GwModuleSpec *
load_library (const char *path, const GwNote *note, GError **error)
{
  /* Everything is bound at once, so that a missing symbol is a message now and no crash later. */
  GModule *library = g_module_open (path, G_MODULE_BIND_LOCAL);
  gpointer symbol = NULL;
  GwPlugin plugin;

  if (library == NULL)
    return gw_throw_null (error, GW_ERROR_FAILED, "%s", g_module_error ());
  /* Never unmapped: types, strings and callbacks of a module may be in use anywhere. */
  g_module_make_resident (library);
  if (!g_module_symbol (library, GW_SYMBOL_NAME, &symbol))
    return gw_throw_null (error, GW_ERROR_FORMAT, _ ("it does not export “%s”; use GW_PLUGIN"),
                          GW_SYMBOL_NAME);
  if (!gw_copy_struct (symbol, &plugin, sizeof plugin, "GwPlugin", error) ||
      !check_descriptor (&plugin, note, error))
    return NULL;
  if (plugin.gettext_domain != NULL)
    bind_domain (plugin.gettext_domain, path);
  return gw_copy_module (&plugin, translate, (gpointer)plugin.gettext_domain, error);
}

static gboolean
check_free (GwModuleHost *self, const char *kind, const char *name, GError **error)
{
  g_autofree char *key = g_strdup_printf ("%s:%s", kind, name);
  const char *other = g_hash_table_lookup (self->taken, key);

  if (other == NULL)
    return TRUE;
  return gw_throw (error, GW_ERROR_EXISTS, _ ("%s “%s” is already taken by “%s”"), kind, name,
                   other);
}

static void
take (GwModuleHost *self, const char *kind, const char *name, const char *owner)
{
  g_hash_table_insert (self->taken, g_strdup_printf ("%s:%s", kind, name), g_strdup (owner));
}

static gboolean
check_names_free (GwModuleHost *self, const GwModuleSpec *spec, GError **error)
{
  if (!check_free (self, _ ("namespace"), spec->ns, error))
    return FALSE;
  for (guint i = 0; i < spec->types->len; i++)
    {
      const GwTypeSpec *type = g_ptr_array_index (spec->types, i);

      if (!check_free (self, _ ("number code"), type->number_code, error))
        return FALSE;
    }
  return TRUE;
}

static void
take_names (GwModuleHost *self, const GwModuleSpec *spec, const char *path)
{
  take (self, _ ("id"), spec->id, path);
  take (self, _ ("namespace"), spec->ns, spec->id);
  for (guint i = 0; i < spec->types->len; i++)
    {
      const GwTypeSpec *type = g_ptr_array_index (spec->types, i);

      take (self, _ ("number code"), type->number_code, type->key);
    }
}

/* A module that is refused takes no name: the next file with it gets its chance. */
static gboolean
load_file (GwModuleHost *self, const char *path, GError **error)
{
  g_autoptr (GwModuleSpec) spec = NULL;
  GwNote note;

  if (!gw_note_read (path, &note, error) || !check_free (self, _ ("id"), note.id, error))
    return FALSE;
  spec = load_library (path, &note, error);
  if (spec == NULL || !check_names_free (self, spec, error))
    return FALSE;
  take_names (self, spec, path);
  g_ptr_array_add (self->modules, g_steal_pointer (&spec));
  return TRUE;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

static void
load_folder (GwModuleHost *self, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".so"))
      g_ptr_array_add (names, g_strdup (name));
  /* The order of a folder is chance; whoever comes first wins, so it must not be. */
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      g_autoptr (GError) error = NULL;

      if (!load_file (self, path, &error))
        g_ptr_array_add (self->problems, g_strdup_printf ("%s: %s", path, error->message));
    }
}

static gint
compare_order (gconstpointer a, gconstpointer b)
{
  const GwModuleSpec *left = *(const GwModuleSpec *const *)a;
  const GwModuleSpec *right = *(const GwModuleSpec *const *)b;

  if (left->order != right->order)
    return left->order < right->order ? -1 : 1;
  return g_strcmp0 (left->id, right->id);
}

GwModuleHost *
gw_module_host_load (const char *const *dirs)
{
  g_auto (GStrv) standard = dirs == NULL ? gw_path_plugins () : NULL;
  GwModuleHost *self = g_new0 (GwModuleHost, 1);

  self->modules = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_module_spec_unref);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (const char *const *dir = dirs != NULL ? dirs : (const char *const *)standard;
       dir != NULL && *dir != NULL; dir++)
    load_folder (self, *dir);
  g_ptr_array_sort (self->modules, compare_order);
  g_ptr_array_add (self->problems, NULL);
  return self;
}
