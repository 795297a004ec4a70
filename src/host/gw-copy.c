/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-copy.h"

#include "gw-copy-table.h"
#include "gw-error.h"
#include "gw-name-lint.h"
#include "gw-rules.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define ALL_FLAGS (GW_REQUIRED | GW_IN_LIST | GW_SEARCH | GW_UNIQUE | GW_READONLY)

typedef struct
{
  const GwPlugin *plugin;
  GwModule module;
  GwModuleSpec *spec;
  GwTranslateFunc translate;
  gpointer data;
} Copy;

typedef gboolean (*RowFunc) (Copy *copy, const void *row, guint i, gpointer target, GError **error);

/* Every table is read the same way: check it, then row by row into a struct of our size. */
static gboolean
each_row (Copy *copy,
          const GwTable *table,
          gsize size,
          const char *name,
          RowFunc func,
          gpointer target,
          GError **error)
{
  g_autofree gpointer row = g_malloc0 (size);

  if (!gw_copy_check_table (table, name, error))
    return FALSE;
  for (guint i = 0; i < table->n_items; i++)
    if (!gw_copy_row (table, i, row, size, name, error) || !func (copy, row, i, target, error))
      return FALSE;
  return TRUE;
}

static char *
label_of (Copy *copy, const char *message)
{
  return copy->translate (message, copy->data);
}

/* Lists, imports, figures and layers begin with their id. */
static gboolean
has_id (GPtrArray *specs, const char *id)
{
  for (guint i = 0; i < specs->len; i++)
    if (g_strcmp0 (*(char *const *)g_ptr_array_index (specs, i), id) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
twice (const char *id, const char *table, GError **error)
{
  return gw_throw (error, GW_ERROR_INVALID, _ ("%s: the id “%s” stands there twice"), table, id);
}

static gboolean
check_range (
    guint32 value, guint32 first, guint32 last, const char *member, const char *id, GError **error)
{
  if (value >= first && value <= last)
    return TRUE;
  return gw_throw (error, GW_ERROR_INVALID, _ ("“%s”: %s is %u, allowed are %u to %u"), id, member,
                   value, first, last);
}

/* ---- code lists ---- */

static const GwCodeListSpec *
find_list (Copy *copy, const char *id)
{
  for (guint i = 0; i < copy->spec->lists->len; i++)
    {
      const GwCodeListSpec *list = g_ptr_array_index (copy->spec->lists, i);

      if (g_strcmp0 (list->id, id) == 0)
        return list;
    }
  return NULL;
}

static gboolean
copy_code (Copy *copy, const void *data, guint i, gpointer target, GError **error)
{
  const GwCode *row = data;
  GwCodeListSpec *list = target;
  g_autofree char *label = NULL;
  GwCodeSpec *code;

  if (!gw_copy_check_id (row->code, "GwCode", i, error) ||
      !gw_copy_check_text (row->label, "GwCode", i, "label", error))
    return FALSE;
  if (gw_code_list_spec_find (list, row->code) != NULL)
    return gw_throw (error, GW_ERROR_INVALID, _ ("%s: the code “%s” stands there twice"), list->id,
                     row->code);
  if (row->parent != NULL && gw_code_list_spec_find (list, row->parent) == NULL)
    return gw_throw (error, GW_ERROR_INVALID, _ ("%s: the parent “%s” of “%s” must come before it"),
                     list->id, row->parent, row->code);
  label = label_of (copy, row->label);
  code = gw_code_spec_new ();
  code->code = g_strdup (row->code);
  /* The model takes the words behind the label as other ways to write it in a file. */
  code->label = g_strjoin ("|", label, row->label, row->aliases, NULL);
  code->parent = g_strdup (row->parent);
  code->rank = row->rank;
  code->retired = row->retired != 0;
  g_ptr_array_add (list->codes, code);
  return TRUE;
}

static gboolean
copy_list (Copy *copy, const void *data, guint i, gpointer target, GError **error)
{
  const GwCodeList *row = data;
  GwCodeListSpec *list;

  if (!gw_copy_check_id (row->id, "GwCodeList", i, error) ||
      !gw_copy_check_text (row->label, "GwCodeList", i, "label", error))
    return FALSE;
  if (has_id (copy->spec->lists, row->id))
    return twice (row->id, "GwCodeList", error);
  list = gw_code_list_spec_new ();
  list->id = g_strdup (row->id);
  list->label = label_of (copy, row->label);
  g_ptr_array_add (copy->spec->lists, list);
  return each_row (copy, &row->codes, sizeof (GwCode), row->id, copy_code, list, error);
}

/* ---- record types ---- */

static gboolean
check_name (const char *name, const char *owner, const char *id, GError **error)
{
  const char *kind = gw_name_lint (name);

  if (kind == NULL)
    return TRUE;
  return gw_throw (error, GW_ERROR_REFUSED,
                   _ ("“%s.%s”: “%s” reads like %s, which the program does not hold; leave it out, "
                      "or say what it is instead"),
                   owner, id, name, _ (kind));
}

static gboolean
check_field (Copy *copy, const GwField *row, guint i, const GwTypeSpec *type, GError **error)
{
  gboolean coded = row->kind == GW_CODE || row->kind == GW_CODES;

  if (!gw_copy_check_id (row->id, "GwField", i, error) ||
      !gw_copy_check_text (row->label, "GwField", i, "label", error))
    return FALSE;
  if (gw_type_spec_find_field (type, row->id) != NULL)
    return gw_throw (error, GW_ERROR_INVALID, _ ("%s: the field “%s” stands there twice"),
                     type->key, row->id);
  if (!check_range (row->kind, GW_TEXT, GW_FILES, "kind", row->id, error) ||
      !check_range (row->flags, 0, ALL_FLAGS, "flags", row->id, error))
    return FALSE;
  if (!check_name (row->id, type->key, row->id, error) ||
      !check_name (row->label, type->key, row->id, error))
    return FALSE;
  if (row->privacy == GW_PRIVACY_UNSET || row->privacy > GW_PRIVACY_VAULT)
    return gw_throw (
        error, GW_ERROR_REFUSED,
        _ ("field “%s.%s” has no privacy class; choose OPEN, INTERNAL, RESTRICTED or VAULT"),
        type->key, row->id);
  if (row->privacy >= GW_PRIVACY_RESTRICTED && (row->flags & (GW_IN_LIST | GW_SEARCH)) != 0)
    return gw_throw (error, GW_ERROR_REFUSED,
                     _ ("field “%s.%s” is restricted: it may stand in no list and no search"),
                     type->key, row->id);
  if (coded && find_list (copy, row->target) == NULL)
    return gw_throw (error, GW_ERROR_INVALID, _ ("field “%s.%s”: there is no code list “%s”"),
                     type->key, row->id, row->target != NULL ? row->target : "");
  if (row->check != NULL && row->check_message == NULL)
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("field “%s.%s” has a check and no check_message: say what is wrong and how "
                        "to mend it"),
                     type->key, row->id);
  if (row->show_if != NULL && (row->flags & GW_REQUIRED) != 0)
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("field “%s.%s” may be hidden, so it cannot be REQUIRED; use check"),
                     type->key, row->id);
  return TRUE;
}

static gboolean
copy_field (Copy *copy, const void *data, guint i, gpointer target, GError **error)
{
  const GwField *row = data;
  GwTypeSpec *type = target;
  GwFieldSpec *field;

  if (!check_field (copy, row, i, type, error))
    return FALSE;
  field = gw_field_spec_new ();
  field->id = g_strdup (row->id);
  field->label = label_of (copy, row->label);
  field->help = row->help != NULL ? label_of (copy, row->help) : NULL;
  field->target = g_strdup (row->target);
  field->kind = (GwFieldType)row->kind;
  field->privacy = (GwPrivacyClass)row->privacy;
  field->flags = row->flags;
  field->max_len = row->max_len;
  field->min = row->min;
  field->max = row->max;
  field->check = g_strdup (row->check);
  field->check_message = row->check_message != NULL ? label_of (copy, row->check_message) : NULL;
  field->show_if = g_strdup (row->show_if);
  g_ptr_array_add (type->fields, field);
  return TRUE;
}

static gboolean
check_number_code (const GwRecordType *row, GError **error)
{
  const char *code = row->number_code;

  if (code != NULL && strlen (code) == 3 && g_ascii_isupper (code[0]) &&
      g_ascii_isupper (code[1]) && g_ascii_isupper (code[2]))
    return TRUE;
  return gw_throw (error, GW_ERROR_INVALID,
                   _ ("record type “%s”: number_code “%s” must be three capital letters"), row->id,
                   code != NULL ? code : "");
}

/* A type owns the lists its fields name, so that it can be described without its module. */
static void
give_lists (Copy *copy, GwTypeSpec *type)
{
  for (guint i = 0; i < type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (type->fields, i);
      const GwCodeListSpec *list = find_list (copy, field->target);

      if (list != NULL && gw_type_spec_find_list (type, list->id) == NULL)
        g_ptr_array_add (type->lists, gw_code_list_spec_copy (list));
    }
}

/* A file describes its types, so that rows stay readable without the module. What could not be
 * read back from there is refused here, while its author can see why. */
static gboolean
check_description (const GwTypeSpec *type, GError **error)
{
  g_autofree char *text = gw_type_spec_describe (type);
  g_autoptr (GError) reason = NULL;
  g_autoptr (GwTypeSpec) again = gw_type_spec_from_description (text, &reason);

  if (again != NULL)
    return TRUE;
  return gw_throw (error, GW_ERROR_INVALID,
                   _ ("record type “%s”: a file could not keep its description (%s)"), type->key,
                   reason->message);
}

static const GwTypeSpec *
find_type (Copy *copy, const char *key)
{
  for (guint i = 0; i < copy->spec->types->len; i++)
    {
      const GwTypeSpec *type = g_ptr_array_index (copy->spec->types, i);

      if (g_str_equal (type->key, key))
        return type;
    }
  return NULL;
}

static gboolean
copy_type (Copy *copy, const void *data, guint i, gpointer target, GError **error)
{
  const GwRecordType *row = data;
  g_autofree char *key = NULL;
  GwTypeSpec *type;

  if (!gw_copy_check_id (row->id, "GwRecordType", i, error) ||
      !gw_copy_check_text (row->label, "GwRecordType", i, "label", error) ||
      !gw_copy_check_text (row->label_plural, "GwRecordType", i, "label_plural", error) ||
      !check_number_code (row, error))
    return FALSE;
  key = g_strdup_printf ("%s/%s", copy->plugin->id, row->id);
  if (find_type (copy, key) != NULL)
    return twice (row->id, "GwRecordType", error);
  type = gw_type_spec_new ();
  g_ptr_array_add (copy->spec->types, type);
  type->key = g_steal_pointer (&key);
  type->module = g_strdup (copy->plugin->id);
  type->table = g_strdup_printf ("m_%s_%s", copy->module.ns, row->id);
  type->number_code = g_strdup (row->number_code);
  type->label = label_of (copy, row->label);
  type->label_plural = label_of (copy, row->label_plural);
  type->icon = g_strdup (row->icon);
  type->version = row->version;
  type->loaded = TRUE;
  if (!each_row (copy, &row->fields, sizeof (GwField), type->key, copy_field, type, error))
    return FALSE;
  give_lists (copy, type);
  return check_description (type, error) && gw_rules_compile (type, error);
}

/* ---- migrations, imports, indicators, layers ---- */

static gboolean
copy_migration (Copy *copy, const void *data, guint i, gpointer target, GError **error)
{
  const GwMigration *row = data;
  GPtrArray *migrations = copy->spec->migrations;
  guint32 wanted = migrations->len + 1;
  GwMigrationSpec *migration;

  if (!gw_copy_check_text (row->sql, "GwMigration", i, "sql", error))
    return FALSE;
  if (row->version != wanted)
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("GwMigration[%u] has version %u, expected %u: versions rise by one"), i,
                     row->version, wanted);
  migration = g_new0 (GwMigrationSpec, 1);
  migration->version = row->version;
  migration->sql = g_strdup (row->sql);
  g_ptr_array_add (migrations, migration);
  return TRUE;
}

/* A figure is said in one of two languages. */
static gboolean
check_formula (
    const char *expression, const char *sql, const char *table, const char *id, GError **error)
{
  if ((expression != NULL) != (sql != NULL))
    return TRUE;
  return gw_throw (error, GW_ERROR_INVALID, _ ("%s “%s” needs one of expression and sql"), table,
                   id);
}

static gboolean
copy_column (Copy *copy, const void *data, guint i, gpointer target, GError **error)
{
  static const char *const own[] = { "title",   "summary",     "source",    "level",
                                     "urgency", "severity",    "occurred",  "reported",
                                     "address", "area_code",   "area_name", "lon",
                                     "lat",     "external_id", "place",     "note",
                                     NULL };
  const GwImportColumn *row = data;
  GwImportSpec *import = target;
  const GwTypeSpec *type = find_type (copy, import->type); /* copy_import saw that it exists */
  GwImportColumnSpec *column;

  if (!gw_copy_check_text (row->field, "GwImportColumn", i, "field", error) ||
      !gw_copy_check_text (row->headers, "GwImportColumn", i, "headers", error))
    return FALSE;
  if (!check_name (row->headers, import->id, row->field, error))
    return FALSE;
  if (!g_strv_contains (own, row->field) && gw_type_spec_find_field (type, row->field) == NULL)
    return gw_throw (error, GW_ERROR_INVALID, _ ("import “%s”: there is no field “%s”"), import->id,
                     row->field);
  column = gw_import_column_spec_new ();
  column->field = g_strdup (row->field);
  column->headers = g_strdup (row->headers);
  column->convert = g_strdup (row->convert);
  g_ptr_array_add (import->columns, column);
  return TRUE;
}

static gboolean
copy_import (Copy *copy, const void *data, guint i, gpointer target, GError **error)
{
  const GwImport *row = data;
  GwImportSpec *import;

  if (!gw_copy_check_id (row->id, "GwImport", i, error) ||
      !gw_copy_check_text (row->label, "GwImport", i, "label", error) ||
      !gw_copy_check_text (row->record_type, "GwImport", i, "record_type", error))
    return FALSE;
  if (has_id (copy->spec->imports, row->id))
    return twice (row->id, "GwImport", error);
  import = gw_import_spec_new ();
  g_ptr_array_add (copy->spec->imports, import);
  import->id = g_strdup (row->id);
  import->label = label_of (copy, row->label);
  import->type = g_strdup_printf ("%s/%s", copy->plugin->id, row->record_type);
  if (find_type (copy, import->type) == NULL)
    return gw_throw (error, GW_ERROR_INVALID, _ ("import “%s”: there is no record type “%s”"),
                     row->id, row->record_type);
  return each_row (copy, &row->columns, sizeof (GwImportColumn), row->id, copy_column, import,
                   error);
}

static gboolean
copy_indicator (Copy *copy, const void *data, guint i, gpointer target, GError **error)
{
  const GwIndicator *row = data;
  GwIndicatorSpec *indicator;

  if (!gw_copy_check_text (row->id, "GwIndicator", i, "id", error) ||
      !gw_copy_check_text (row->label, "GwIndicator", i, "label", error) ||
      !gw_copy_check_text (row->unit, "GwIndicator", i, "unit", error) ||
      !check_formula (row->expression, row->sql, "GwIndicator", row->id, error) ||
      !check_range (row->direction, GW_HIGHER_IS_BETTER, GW_NEAR_TARGET, "direction", row->id,
                    error))
    return FALSE;
  if (has_id (copy->spec->indicators, row->id))
    return twice (row->id, "GwIndicator", error);
  indicator = gw_indicator_spec_new ();
  indicator->id = g_strdup (row->id);
  indicator->label = label_of (copy, row->label);
  indicator->unit = label_of (copy, row->unit);
  indicator->expression = g_strdup (row->expression);
  indicator->sql = g_strdup (row->sql);
  indicator->target = row->target;
  indicator->direction = row->direction;
  indicator->decimals = row->decimals;
  indicator->min_cell = row->min_cell;
  g_ptr_array_add (copy->spec->indicators, indicator);
  return TRUE;
}

static gboolean
copy_layer (Copy *copy, const void *data, guint i, gpointer target, GError **error)
{
  const GwLayer *row = data;
  GwLayerSpec *layer;

  if (!gw_copy_check_text (row->id, "GwLayer", i, "id", error) ||
      !gw_copy_check_text (row->label, "GwLayer", i, "label", error) ||
      !check_formula (row->expression, row->sql, "GwLayer", row->id, error) ||
      !check_range (row->kind, GW_LAYER_POINTS, GW_LAYER_HEAT, "kind", row->id, error))
    return FALSE;
  if (has_id (copy->spec->layers, row->id))
    return twice (row->id, "GwLayer", error);
  layer = gw_layer_spec_new ();
  layer->id = g_strdup (row->id);
  layer->label = label_of (copy, row->label);
  layer->expression = g_strdup (row->expression);
  layer->sql = g_strdup (row->sql);
  layer->palette = g_strdup (row->palette);
  layer->kind = row->kind;
  layer->classes = row->classes;
  g_ptr_array_add (copy->spec->layers, layer);
  return TRUE;
}

/* ---- the module ---- */

/* The model's own order: one core, one base, five preventions, five governances. */
static gboolean
set_order (Copy *copy, GError **error)
{
  static const char *const groups[] = { "core", "base", "risk", "gov" };

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (g_strcmp0 (copy->module.group, groups[i]) == 0)
      {
        copy->spec->group = g_strdup (groups[i]);
        copy->spec->order = i * 1000 + copy->module.order;
        return TRUE;
      }
  return gw_throw (error, GW_ERROR_INVALID, _ ("group “%s” is none of core, base, risk, gov"),
                   copy->module.group != NULL ? copy->module.group : "");
}

/* [a-z][a-z0-9]{1,11}: an underscore would let m_<ns>_<type> of two modules be the same name. */
static gboolean
check_namespace (const char *ns, GError **error)
{
  gsize length = ns != NULL ? strlen (ns) : 0;

  if (length >= 2 && length <= 12 && gw_copy_check_id (ns, "GwModule", 0, NULL) &&
      strchr (ns, '_') == NULL)
    return TRUE;
  return gw_throw (error, GW_ERROR_INVALID,
                   _ ("the namespace “%s” must be 2 to 12 small letters and digits"),
                   ns != NULL ? ns : "");
}

static gboolean
copy_identity (Copy *copy, GError **error)
{
  const GwPlugin *plugin = copy->plugin;

  if (!gw_copy_check_text (plugin->id, "GwPlugin", 0, "id", error) ||
      !gw_copy_check_text (plugin->version, "GwPlugin", 0, "version", error) ||
      !gw_copy_check_text (plugin->name, "GwPlugin", 0, "name", error) ||
      !gw_copy_check_text (plugin->summary, "GwPlugin", 0, "summary", error) ||
      !gw_copy_check_text (plugin->license, "GwPlugin", 0, "license", error) ||
      !check_namespace (copy->module.ns, error) || !set_order (copy, error))
    return FALSE;
  copy->spec->id = g_strdup (plugin->id);
  copy->spec->name = label_of (copy, plugin->name);
  copy->spec->summary = label_of (copy, plugin->summary);
  copy->spec->version = g_strdup (plugin->version);
  copy->spec->ns = g_strdup (copy->module.ns);
  return TRUE;
}

GwModuleSpec *
gw_copy_module (const GwPlugin *plugin, GwTranslateFunc translate, gpointer data, GError **error)
{
  g_autoptr (GwModuleSpec) spec = gw_module_spec_new ();
  Copy copy = { .plugin = plugin, .spec = spec, .translate = translate, .data = data };
  const GwModule *module = &copy.module;

  if (!gw_copy_struct (plugin->module, &copy.module, sizeof copy.module, "GwModule", error) ||
      !copy_identity (&copy, error) ||
      !each_row (&copy, &module->code_lists, sizeof (GwCodeList), "GwModule.code_lists", copy_list,
                 NULL, error) ||
      !each_row (&copy, &module->record_types, sizeof (GwRecordType), "GwModule.record_types",
                 copy_type, NULL, error) ||
      !each_row (&copy, &module->migrations, sizeof (GwMigration), "GwModule.migrations",
                 copy_migration, NULL, error) ||
      !each_row (&copy, &module->imports, sizeof (GwImport), "GwModule.imports", copy_import, NULL,
                 error) ||
      !each_row (&copy, &module->indicators, sizeof (GwIndicator), "GwModule.indicators",
                 copy_indicator, NULL, error) ||
      !each_row (&copy, &module->layers, sizeof (GwLayer), "GwModule.layers", copy_layer, NULL,
                 error))
    return NULL;
  return g_steal_pointer (&spec);
}
