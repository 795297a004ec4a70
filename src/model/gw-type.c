/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-type.h"

#include "gw-type-rules.h"

GwFieldSpec *
gw_field_spec_new (void)
{
  GwFieldSpec *self = g_new0 (GwFieldSpec, 1);

  self->kind = GW_FIELD_TEXT;
  self->privacy = GW_CLASS_INTERNAL;
  return self;
}

void
gw_field_spec_free (GwFieldSpec *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->label);
  g_free (self->help);
  g_free (self->target);
  g_free (self->check);
  g_free (self->check_message);
  g_free (self->show_if);
  g_free (self);
}

GwImportColumnSpec *
gw_import_column_spec_new (void)
{
  return g_new0 (GwImportColumnSpec, 1);
}

void
gw_import_column_spec_free (GwImportColumnSpec *self)
{
  if (self == NULL)
    return;
  g_free (self->field);
  g_free (self->headers);
  g_free (self->convert);
  g_free (self);
}

GwImportSpec *
gw_import_spec_new (void)
{
  GwImportSpec *self = g_new0 (GwImportSpec, 1);

  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_import_column_spec_free);
  return self;
}

void
gw_import_spec_free (GwImportSpec *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->label);
  g_free (self->type);
  g_ptr_array_unref (self->columns);
  g_free (self);
}

GwIndicatorSpec *
gw_indicator_spec_new (void)
{
  return g_new0 (GwIndicatorSpec, 1);
}

void
gw_indicator_spec_free (GwIndicatorSpec *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->label);
  g_free (self->unit);
  g_free (self->expression);
  g_free (self->sql);
  g_free (self);
}

GwLayerSpec *
gw_layer_spec_new (void)
{
  return g_new0 (GwLayerSpec, 1);
}

void
gw_layer_spec_free (GwLayerSpec *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->label);
  g_free (self->expression);
  g_free (self->sql);
  g_free (self->palette);
  g_free (self);
}

void
gw_migration_spec_free (GwMigrationSpec *self)
{
  if (self == NULL)
    return;
  g_free (self->sql);
  g_free (self);
}

GwTypeSpec *
gw_type_spec_new (void)
{
  GwTypeSpec *self = g_new0 (GwTypeSpec, 1);

  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_field_spec_free);
  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_code_list_spec_free);
  self->version = 1;
  return self;
}

void
gw_type_spec_free (GwTypeSpec *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->module);
  g_free (self->table);
  g_free (self->number_code);
  g_free (self->label);
  g_free (self->label_plural);
  g_free (self->icon);
  gw_type_rules_unref (self->rules);
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->lists);
  g_free (self);
}

GwModuleSpec *
gw_module_spec_new (void)
{
  GwModuleSpec *self = g_atomic_rc_box_new0 (GwModuleSpec);

  self->lists = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_code_list_spec_free);
  self->types = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_type_spec_free);
  self->migrations = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_migration_spec_free);
  self->imports = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_import_spec_free);
  self->indicators = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_indicator_spec_free);
  self->layers = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_layer_spec_free);
  return self;
}

static void
module_spec_clear (gpointer data)
{
  GwModuleSpec *self = data;

  g_free (self->id);
  g_free (self->name);
  g_free (self->summary);
  g_free (self->version);
  g_free (self->ns);
  g_free (self->group);
  /* Types may borrow the lists of their module, so the lists go last. */
  g_ptr_array_unref (self->layers);
  g_ptr_array_unref (self->indicators);
  g_ptr_array_unref (self->imports);
  g_ptr_array_unref (self->migrations);
  g_ptr_array_unref (self->types);
  g_ptr_array_unref (self->lists);
}

GwModuleSpec *
gw_module_spec_ref (GwModuleSpec *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
gw_module_spec_unref (GwModuleSpec *self)
{
  if (self != NULL)
    g_atomic_rc_box_release_full (self, module_spec_clear);
}

const GwFieldSpec *
gw_type_spec_find_field (const GwTypeSpec *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (self->fields, i);

      if (g_strcmp0 (field->id, id) == 0)
        return field;
    }
  return NULL;
}

const GwCodeListSpec *
gw_type_spec_find_list (const GwTypeSpec *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->lists->len; i++)
    {
      const GwCodeListSpec *list = g_ptr_array_index (self->lists, i);

      if (g_strcmp0 (list->id, id) == 0)
        return list;
    }
  return NULL;
}
