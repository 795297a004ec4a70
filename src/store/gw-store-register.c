/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading reference data, and the copies that are kept until a commit changes them. */
#include "gw-register-private.h"
#include "gw-store-private.h"

char *
gw_store_dup_meta (GwStore *self, const char *key)
{
  g_auto (GwReader) reader = GW_READER_INIT;

  if (!gw_store_private_reader (&reader, self, NULL, NULL))
    return NULL;
  return gw_register_dup_meta (reader.db, key, NULL);
}

/* A copy is kept only when no commit came between reading and keeping; while somebody else holds
 * the file it may change under our eyes, so nothing is kept. */
static gint64
generation_of (GwStore *self)
{
  gint64 generation;

  g_mutex_lock (&self->mutex);
  generation = self->read_only && self->holder != NULL ? -1 : self->generation;
  g_mutex_unlock (&self->mutex);
  return generation;
}

GwAreaTree *
gw_store_private_dup_tree (GwStore *self, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  gint64 generation = generation_of (self);
  GwAreaTree *tree;

  g_mutex_lock (&self->mutex);
  tree = self->tree != NULL ? gw_area_tree_ref (self->tree) : NULL;
  g_mutex_unlock (&self->mutex);
  if (tree != NULL)
    return tree;
  if (!gw_store_private_reader (&reader, self, NULL, error))
    return NULL;
  tree = gw_register_load_areas (reader.db, error);
  g_mutex_lock (&self->mutex);
  if (tree != NULL && generation == self->generation && self->tree == NULL)
    self->tree = gw_area_tree_ref (tree);
  g_mutex_unlock (&self->mutex);
  return tree;
}

GwRecordTables *
gw_store_private_dup_tables (GwStore *self, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  gint64 generation = generation_of (self);
  GwRecordTables *tables;

  g_mutex_lock (&self->mutex);
  tables = self->tables != NULL ? gw_record_tables_ref (self->tables) : NULL;
  g_mutex_unlock (&self->mutex);
  if (tables != NULL)
    return tables;
  if (!gw_store_private_reader (&reader, self, NULL, error))
    return NULL;
  tables = gw_record_tables_load (reader.db, error);
  g_mutex_lock (&self->mutex);
  if (tables != NULL && generation == self->generation && self->tables == NULL)
    self->tables = gw_record_tables_ref (tables);
  g_mutex_unlock (&self->mutex);
  return tables;
}

gboolean
gw_store_private_in_scope (GwAreaTree *tree, const GwActor *actor, guint32 area)
{
  return actor->scope_area == GW_AREA_NONE ||
         (area != GW_AREA_NONE && gw_area_tree_contains (tree, actor->scope_area, area));
}

GwAreaTree *
gw_store_load_areas (GwStore *self, GError **error)
{
  return gw_store_private_dup_tree (self, error);
}

GPtrArray *
gw_store_load_orgs (GwStore *self, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;

  if (!gw_store_private_reader (&reader, self, NULL, error))
    return NULL;
  return gw_register_load_orgs (reader.db, error);
}

GPtrArray *
gw_store_load_accounts (GwStore *self, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;

  if (!gw_store_private_reader (&reader, self, NULL, error))
    return NULL;
  return gw_register_load_accounts (reader.db, error);
}

GwCalendar *
gw_store_load_calendar (GwStore *self, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;

  if (!gw_store_private_reader (&reader, self, NULL, error))
    return NULL;
  return gw_register_load_calendar (reader.db, error);
}

static void
free_spec (gpointer data)
{
  if (data != NULL)
    gw_type_spec_free (data);
}

GPtrArray *
gw_store_load_types (GwStore *self, GError **error)
{
  g_autoptr (GwRecordTables) tables = gw_store_private_dup_tables (self, error);
  g_autoptr (GPtrArray) types = NULL;

  if (tables == NULL)
    return NULL;
  types = g_ptr_array_new_with_free_func (free_spec);
  g_ptr_array_add (types, NULL);
  for (guint32 number = 1; number < gw_record_tables_size (tables); ++number)
    {
      const GwRecordTable *table = gw_record_tables_get (tables, number);
      g_autofree char *text = table != NULL ? gw_type_spec_describe (table->spec) : NULL;
      GwTypeSpec *copy = text != NULL ? gw_type_spec_from_description (text, error) : NULL;

      if (text != NULL && copy == NULL)
        return NULL;
      g_ptr_array_add (types, copy);
    }
  return g_steal_pointer (&types);
}
