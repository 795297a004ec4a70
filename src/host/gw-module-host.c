/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-module-host.h"

#include "gw-error.h"
#include "gw-module-file.h"
#include "gw-module-life.h"
#include "gw-paths.h"
#include "gw-probe.h"
#include "gw-verdict-book.h"
#include <errno.h>
#include <glib/gi18n-lib.h>

struct _GwModuleHost
{
  GPtrArray *modules;  /* owned, GwModuleSpec */
  GPtrArray *files;    /* owned, GwModuleFile */
  GHashTable *lives;   /* owned: id -> GwModuleLife, of modules with code */
  GPtrArray *problems; /* owned, char *; NULL-terminated */
  GHashTable *taken;   /* owned: ids, namespaces ("ns:x") and number codes ("number:X") in use */
  char *last_death;    /* owned, nullable */
  GwCrumbTrail *trail; /* of the process, nullable */
  GStrv disabled;      /* owned: ids */
  GwVerdictBook *book; /* owned, while loading */
  GwProbe *probe;      /* owned, while loading */
};

static void
module_file_free (GwModuleFile *file)
{
  g_free (file->path);
  g_free (file->id);
  g_free (file->version);
  g_free (file->digest);
  g_free (file->reason);
  g_free (file);
}

/* ---- what is remembered from run to run ---- */

static char *
cache_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "gridwork", "modules", NULL);
}

static GwVerdictBook *
open_book (void)
{
  g_autofree char *folder = cache_folder ();
  g_autofree char *path = g_build_filename (folder, "verdicts.ini", NULL);
  g_autofree char *examiner = gw_path_helper ("gridwork-probe");

  return gw_verdict_book_open (path, examiner);
}

void
gw_module_host_pardon (const char *digest)
{
  g_autoptr (GwVerdictBook) book = open_book ();

  gw_verdict_book_pardon (book, digest);
}

/* ---- what the administrator chose ---- */

static char *
choice_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "gridwork", "modules.ini", NULL);
}

static GKeyFile *
open_choice (void)
{
  g_autofree char *path = choice_path ();
  GKeyFile *keys = g_key_file_new ();

  /* None yet, or damaged: then every module is wanted. */
  (void)g_key_file_load_from_file (keys, path, G_KEY_FILE_NONE, NULL);
  return keys;
}

static GStrv
read_disabled (GKeyFile *keys)
{
  GStrv ids = g_key_file_get_string_list (keys, "modules", "disabled", NULL, NULL);

  return ids != NULL ? ids : g_new0 (char *, 1);
}

gboolean
gw_module_host_set_enabled (const char *id, gboolean enabled, GError **error)
{
  g_autoptr (GKeyFile) keys = open_choice ();
  g_auto (GStrv) before = read_disabled (keys);
  g_autoptr (GPtrArray) after = g_ptr_array_new ();
  g_autofree char *path = choice_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  for (char **other = before; *other != NULL; other++)
    if (!g_str_equal (*other, id))
      g_ptr_array_add (after, *other);
  if (!enabled)
    g_ptr_array_add (after, (gpointer)id);
  g_key_file_set_string_list (keys, "modules", "disabled", (const char *const *)after->pdata,
                              after->len);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return gw_throw (error, GW_ERROR_READ_ONLY, _ ("making the folder “%s”: %s"), folder,
                     g_strerror (errno));
  return g_key_file_save_to_file (keys, path, error);
}

/* What ran well in this run is not held against it in the next. */
static void
acquit (GwModuleHost *self)
{
  g_autoptr (GwVerdictBook) book = NULL;

  for (guint i = 0; i < self->files->len; i++)
    {
      const GwModuleFile *file = g_ptr_array_index (self->files, i);
      const GwModuleLife *life =
          file->id != NULL ? g_hash_table_lookup (self->lives, file->id) : NULL;

      if (file->state != GW_MODULE_LOADED || life == NULL || !gw_module_life_is_active (life))
        continue;
      if (book == NULL)
        book = open_book ();
      gw_verdict_book_acquit (book, file->digest);
    }
}

void
gw_module_host_free (GwModuleHost *self)
{
  GHashTableIter lives;
  gpointer life;

  if (self == NULL)
    return;
  acquit (self);
  g_hash_table_iter_init (&lives, self->lives);
  while (g_hash_table_iter_next (&lives, NULL, &life))
    gw_module_life_deactivate (life);
  g_hash_table_unref (self->lives);
  g_ptr_array_unref (self->modules);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->problems);
  g_hash_table_unref (self->taken);
  g_free (self->last_death);
  g_strfreev (self->disabled);
  g_free (self);
}

GPtrArray *
gw_module_host_get_modules (GwModuleHost *self)
{
  return self->modules;
}

GPtrArray *
gw_module_host_get_files (GwModuleHost *self)
{
  return self->files;
}

const char *const *
gw_module_host_get_problems (GwModuleHost *self)
{
  return (const char *const *)self->problems->pdata;
}

static void
note_refusal (GwModuleHost *self, const char *id, const char *reason)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      GwModuleFile *file = g_ptr_array_index (self->files, i);

      if (file->state != GW_MODULE_LOADED || g_strcmp0 (file->id, id) != 0)
        continue;
      file->state = GW_MODULE_REFUSED;
      g_free (file->reason);
      file->reason = g_strdup (reason);
    }
}

void
gw_module_host_drop (GwModuleHost *self, const char *id, const char *reason)
{
  for (guint i = 0; i < self->modules->len; i++)
    {
      const GwModuleSpec *module = g_ptr_array_index (self->modules, i);

      if (!g_str_equal (module->id, id))
        continue;
      g_ptr_array_insert (self->problems, (gint)self->problems->len - 1,
                          g_strdup_printf ("%s: %s", id, reason));
      note_refusal (self, id, reason);
      g_hash_table_remove (self->lives, id);
      g_ptr_array_remove_index (self->modules, i);
      return;
    }
}

const char *
gw_module_host_get_last_death (GwModuleHost *self)
{
  return self->last_death;
}

/* ---- names ---- */

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

/* ---- one file ---- */

static gboolean
refuse_verdict (const GwVerdict *verdict, GError **error)
{
  g_autofree char *message = gw_verdict_dup_message (verdict);

  return message == NULL || gw_throw (error, GW_ERROR_REFUSED, "%s", message);
}

static gboolean
check_verdict (GwModuleHost *self, const GwModuleFile *file, GError **error)
{
  g_autoptr (GwVerdict) verdict = gw_verdict_book_find (self->book, file->digest);

  if (verdict == NULL)
    {
      verdict = gw_probe_examine (self->probe, file->path, error);
      if (verdict == NULL)
        return FALSE;
      gw_verdict_book_note (self->book, file->digest, verdict);
    }
  return refuse_verdict (verdict, error);
}

static gboolean
check_quarantine (GwModuleHost *self, GwModuleFile *file, GError **error)
{
  g_autofree char *why = gw_verdict_book_dup_quarantine (self->book, file->digest);

  if (why == NULL)
    return TRUE;
  file->state = GW_MODULE_QUARANTINED;
  return gw_throw (error, GW_ERROR_REFUSED, "%s", why);
}

static GwModuleSpec *
map_file (GwModuleHost *self, const GwModuleFile *file, const GwNote *note, GError **error)
{
  guint module = gw_crumb_trail_add_module (self->trail, file->digest, note->id);
  guint slot = gw_crumb_enter (self->trail, module, GW_CRUMB_LOAD);
  const GwPlugin *plugin = NULL;
  g_autoptr (GwModuleSpec) spec = gw_module_file_load (file->path, note, &plugin, error);
  g_autoptr (GwModuleLife) life = NULL;

  gw_crumb_leave (self->trail, slot);
  if (spec == NULL || !check_names_free (self, spec, error))
    return NULL;
  life = gw_module_life_new (plugin, self->trail, module);
  if (gw_module_life_has_code (life))
    g_hash_table_insert (self->lives, g_strdup (spec->id), g_steal_pointer (&life));
  return g_steal_pointer (&spec);
}

/* A module that is refused takes no name: the next file with it gets its chance. */
static gboolean
load_file (GwModuleHost *self, GwModuleFile *file, GError **error)
{
  g_autoptr (GwModuleSpec) spec = NULL;
  GwNote note;

  if (!gw_note_read (file->path, &note, error))
    return FALSE;
  file->id = g_strdup (note.id);
  file->version = g_strdup (note.version);
  file->abi_major = note.abi_major;
  file->abi_minor = note.abi_minor;
  if (g_strv_contains ((const char *const *)self->disabled, note.id))
    {
      file->state = GW_MODULE_DISABLED;
      return TRUE;
    }
  if (!check_free (self, _ ("id"), note.id, error))
    return FALSE;
  file->digest = gw_module_file_digest (file->path, error);
  if (file->digest == NULL || !check_quarantine (self, file, error) ||
      !check_verdict (self, file, error))
    return FALSE;
  spec = map_file (self, file, &note, error);
  if (spec == NULL)
    return FALSE;
  take_names (self, spec, file->path);
  file->state = GW_MODULE_LOADED;
  g_ptr_array_add (self->modules, g_steal_pointer (&spec));
  return TRUE;
}

static void
add_problem (GwModuleHost *self, GwModuleFile *file, const GError *error)
{
  g_free (file->reason);
  file->reason = g_strdup (error->message);
  /* Before the NULL that ends the list. */
  g_ptr_array_insert (self->problems, (int)self->problems->len - 1,
                      g_strdup_printf ("%s: %s", file->path, error->message));
}

static void
take_file (GwModuleHost *self, const char *path)
{
  GwModuleFile *file = g_new0 (GwModuleFile, 1);
  g_autoptr (GError) error = NULL;

  file->path = g_strdup (path);
  file->state = GW_MODULE_REFUSED;
  g_ptr_array_add (self->files, file);
  if (!load_file (self, file, &error))
    add_problem (self, file, error);
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

      take_file (self, path);
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

/* Names the last run's culprit; the book says whether it may still be loaded. */
static void
learn_of_deaths (GwModuleHost *self, const char *folder)
{
  g_autoptr (GPtrArray) findings = gw_crumb_find (folder);

  for (guint i = 0; i < findings->len; i++)
    {
      const GwCrumbFinding *finding = g_ptr_array_index (findings, i);

      gw_verdict_book_accuse (self->book, finding);
      g_free (self->last_death);
      self->last_death =
          g_strdup_printf (finding->strong ? _ ("The last run died inside the module “%s” (%s)")
                                           : _ ("The last run was ended while the module “%s” was "
                                                "at work (%s)"),
                           finding->id, gw_crumb_place_get_name (finding->place));
    }
}

static GwModuleHost *
host_new (void)
{
  GwModuleHost *self = g_new0 (GwModuleHost, 1);

  self->modules = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_module_spec_unref);
  self->files = g_ptr_array_new_with_free_func ((GDestroyNotify)module_file_free);
  self->lives =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)gw_module_life_free);
  self->problems = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->problems, NULL);
  self->taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

GwModuleHost *
gw_module_host_load (const char *const *dirs)
{
  g_auto (GStrv) standard = dirs == NULL ? gw_path_plugins () : NULL;
  g_autofree char *folder = cache_folder ();
  g_autoptr (GKeyFile) choice = open_choice ();
  GwModuleHost *self = host_new ();

  self->disabled = read_disabled (choice);
  self->book = open_book ();
  self->probe = gw_probe_new ();
  learn_of_deaths (self, folder);
  self->trail = gw_crumb_trail_get (folder);
  for (const char *const *dir = dirs != NULL ? dirs : (const char *const *)standard;
       dir != NULL && *dir != NULL; dir++)
    load_folder (self, *dir);
  g_ptr_array_sort (self->modules, compare_order);
  g_clear_pointer (&self->probe, gw_probe_free);
  g_clear_pointer (&self->book, gw_verdict_book_close);
  return self;
}

/* ---- their code ---- */

void
gw_module_host_activate (GwModuleHost *self, GwClock *clock)
{
  gw_crumb_trail_shield_thread (self->trail);
  for (guint i = 0; i < self->files->len; i++)
    {
      GwModuleFile *file = g_ptr_array_index (self->files, i);
      GwModuleLife *life =
          file->state == GW_MODULE_LOADED ? g_hash_table_lookup (self->lives, file->id) : NULL;
      g_autoptr (GError) error = NULL;

      if (life != NULL && !gw_module_life_activate (life, clock, &error))
        add_problem (self, file, error);
    }
}

const void *
gw_module_host_get_extension (GwModuleHost *self, const char *id, const char *extension_id)
{
  GwModuleLife *life = g_hash_table_lookup (self->lives, id);

  return life != NULL ? gw_module_life_get_extension (life, extension_id) : NULL;
}
