/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-session-private.h"

#include "gw-error.h"
#include "gw-type-rules.h"
#include <glib/gi18n-lib.h>

static void
rings_free (gpointer rings)
{
  if (rings != NULL)
    gw_rings_unref (rings);
}

GwReference *
gw_reference_ref (GwReference *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
gw_reference_unref (GwReference *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->tree, gw_area_tree_unref);
  g_clear_pointer (&self->orgs, g_ptr_array_unref);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->modules, g_ptr_array_unref);
  g_clear_pointer (&self->desk, gw_desk_unref);
  g_clear_pointer (&self->rings, g_ptr_array_unref);
  g_clear_pointer (&self->locate, gw_locate_unref);
  g_clear_pointer (&self->locate_ids, g_array_unref);
  g_clear_pointer (&self->river, gw_lines_unref);
  g_mutex_clear (&self->locate_lock);
  g_free (self->centre_name);
  g_free (self);
}

static gboolean
load_rings (GwReference *self, GError **error)
{
  self->rings = g_ptr_array_new_with_free_func (rings_free);
  g_ptr_array_set_size (self->rings, (gint)gw_area_tree_size (self->tree) + 1);
  for (guint32 id = 1; id <= gw_area_tree_size (self->tree); id++)
    {
      const GwArea *area = gw_area_tree_get (self->tree, id);

      if (area->geometry == NULL)
        continue;
      self->rings->pdata[id] = gw_rings_from_bytes (area->geometry, error);
      if (self->rings->pdata[id] == NULL)
        return gw_prefix (error, _ ("border of %s (%s)"), area->name, area->code);
    }
  return TRUE;
}

/* Points are placed into the areas without children that are valid today. */
static void
build_locate (GwReference *self)
{
  const GwArea *root = gw_area_tree_root (self->tree);
  g_autoptr (GArray) leaves = NULL;
  g_autoptr (GPtrArray) shapes = g_ptr_array_new ();

  if (root == NULL)
    return;
  leaves = gw_area_tree_leaves (self->tree, root->id);
  for (guint i = 0; i < leaves->len; i++)
    {
      guint32 id = g_array_index (leaves, guint32, i);

      if (self->rings->pdata[id] == NULL)
        continue;
      g_ptr_array_add (shapes, self->rings->pdata[id]);
      g_array_append_val (self->locate_ids, id);
    }
  if (shapes->len > 0)
    self->locate = gw_locate_new ((const GwRings *const *)shapes->pdata, shapes->len);
}

static gboolean
load_river (GwReference *self, GwStore *store, GError **error)
{
  g_autofree char *text = gw_store_dup_meta (store, "river");
  g_autoptr (GBytes) bytes = NULL;
  gsize length;
  guchar *data;

  if (text == NULL)
    return TRUE;
  data = g_base64_decode (text, &length);
  bytes = g_bytes_new_take (data, length);
  self->river = gw_lines_from_bytes (bytes, error);
  return self->river != NULL || gw_prefix (error, _ ("river of the file"));
}

static const GwTypeSpec *
find_in_modules (GPtrArray *modules, const char *key)
{
  for (guint i = 0; i < modules->len; i++)
    {
      GwModuleSpec *module = g_ptr_array_index (modules, i);

      for (guint j = 0; j < module->types->len; j++)
        {
          GwTypeSpec *type = g_ptr_array_index (module->types, j);

          if (g_str_equal (type->key, key))
            return type;
        }
    }
  return NULL;
}

/* What a type says of itself is all of it but its rules, which are shared: describing and reading
 * back is the copy. */
static GwTypeSpec *
copy_type (const GwTypeSpec *type, GError **error)
{
  g_autofree char *text = gw_type_spec_describe (type);
  GwTypeSpec *copy = gw_type_spec_from_description (text, error);

  if (copy == NULL)
    return NULL;
  copy->loaded = TRUE;
  copy->rules = gw_type_rules_ref (type->rules);
  return copy;
}

/* A loaded module's own table wins over the description in the file: its labels are in the user's
 * language. The rest stays readable by its description. */
static gboolean
load_types (GwReference *self, GwStore *store, GPtrArray *modules, GError **error)
{
  g_autoptr (GPtrArray) described = gw_store_load_types (store, error);

  if (described == NULL)
    return FALSE;
  for (guint i = 0; i < described->len; i++)
    {
      GwTypeSpec *type = g_ptr_array_index (described, i);
      const GwTypeSpec *module_type = type != NULL ? find_in_modules (modules, type->key) : NULL;
      GwTypeSpec *copy;

      if (module_type == NULL)
        continue;
      copy = copy_type (module_type, error);
      if (copy == NULL)
        return FALSE;
      gw_type_spec_free (type);
      described->pdata[i] = copy;
    }
  self->types = g_steal_pointer (&described);
  return TRUE;
}

static gboolean
load_all (GwReference *self, GwStore *store, GPtrArray *modules, GError **error)
{
  g_autoptr (GwCalendar) calendar = NULL;
  const GwArea *root;

  self->modules = g_ptr_array_ref (modules);
  self->tree = gw_store_load_areas (store, error);
  if (self->tree == NULL || !load_rings (self, error))
    return FALSE;
  self->orgs = gw_store_load_orgs (store, error);
  if (self->orgs == NULL)
    return FALSE;
  self->accounts = gw_store_load_accounts (store, error);
  if (self->accounts == NULL)
    return FALSE;
  calendar = gw_store_load_calendar (store, error);
  if (calendar == NULL || !load_types (self, store, modules, error) ||
      !load_river (self, store, error))
    return FALSE;
  self->desk = gw_desk_new (self->tree, calendar, self->orgs, self->types);
  root = gw_area_tree_root (self->tree);
  self->centre_name = gw_store_dup_meta (store, "centre-name");
  if (self->centre_name == NULL)
    self->centre_name = g_strdup_printf (_ ("Comprehensive-governance centre of %s"),
                                         root != NULL ? root->name : _ ("a new district"));
  return TRUE;
}

GwReference *
gw_reference_load (GwStore *store, GPtrArray *modules, GError **error)
{
  g_autoptr (GwReference) self = g_new0 (GwReference, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->locate_lock);
  self->locate_ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  return load_all (self, store, modules, error) ? g_steal_pointer (&self) : NULL;
}

GwLocate *
gw_reference_get_locate (GwReference *self)
{
  g_mutex_lock (&self->locate_lock);
  if (!self->has_locate)
    build_locate (self);
  self->has_locate = TRUE;
  g_mutex_unlock (&self->locate_lock);
  return self->locate;
}

/* Also FALSE while it is being made. */
gboolean
gw_reference_has_locate (GwReference *self)
{
  gboolean has = FALSE;

  if (!g_mutex_trylock (&self->locate_lock))
    return FALSE;
  has = self->has_locate;
  g_mutex_unlock (&self->locate_lock);
  return has;
}

static gpointer
prefetch_thread (gpointer data)
{
  g_autoptr (GwReference) self = data;

  (void)gw_reference_get_locate (self);
  return NULL;
}

void
gw_reference_prefetch_locate (GwReference *self)
{
  g_thread_unref (g_thread_new ("gw-locate", prefetch_thread, gw_reference_ref (self)));
}

guint32
gw_reference_locate (GwReference *self, gint32 x, gint32 y)
{
  GwLocate *locate = gw_reference_get_locate (self);
  guint16 found = locate != NULL ? gw_locate_find (locate, x, y) : GW_LOCATE_NONE;

  return found != GW_LOCATE_NONE ? g_array_index (self->locate_ids, guint32, found) : GW_AREA_NONE;
}

const GwTypeSpec *
gw_reference_find_type (const GwReference *self, const char *key)
{
  for (guint i = 1; key != NULL && i < self->types->len; i++)
    {
      const GwTypeSpec *type = g_ptr_array_index (self->types, i);

      if (type != NULL && g_str_equal (type->key, key))
        return type;
    }
  return NULL;
}
