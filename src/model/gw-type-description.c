/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-error.h"
#include "gw-type.h"

#include <math.h>
#include <string.h>

/* A type as text inside the file: GVariant's printed form, which is typed, escaped and read back by
 * a parser that GLib fuzzes. Unknown keys are ignored, so that an older program reads a description
 * of a newer one. */

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
#define FIELD_TYPE "(ssssuuuudd)" /* id label help target kind privacy flags max_len min max */
#define CODE_TYPE "(sssub)"       /* code label parent rank retired */
#define LIST_TYPE "(ssa" CODE_TYPE ")"
#define MAX_NAME 63u

static const char *
or_empty (const char *text)
{
  return text == NULL ? "" : text;
}

static char *
or_null (const char *text)
{
  return text[0] == '\0' ? NULL : g_strdup (text);
}

static GVariant *
describe_fields (const GwTypeSpec *self)
{
  GVariantBuilder fields;

  g_variant_builder_init (&fields, G_VARIANT_TYPE ("a" FIELD_TYPE));
  for (guint i = 0; i < self->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (self->fields, i);

      g_variant_builder_add (&fields, FIELD_TYPE, or_empty (field->id), or_empty (field->label),
                             or_empty (field->help), or_empty (field->target), (guint32)field->kind,
                             (guint32)field->privacy, field->flags, (guint32)field->max_len,
                             field->min, field->max);
    }
  return g_variant_builder_end (&fields);
}

static GVariant *
describe_codes (const GwCodeListSpec *list)
{
  GVariantBuilder codes;

  g_variant_builder_init (&codes, G_VARIANT_TYPE ("a" CODE_TYPE));
  for (guint i = 0; i < list->codes->len; i++)
    {
      const GwCodeSpec *code = g_ptr_array_index (list->codes, i);

      g_variant_builder_add (&codes, CODE_TYPE, or_empty (code->code), or_empty (code->label),
                             or_empty (code->parent), code->rank, code->retired);
    }
  return g_variant_builder_end (&codes);
}

static GVariant *
describe_lists (const GwTypeSpec *self)
{
  GVariantBuilder lists;

  g_variant_builder_init (&lists, G_VARIANT_TYPE ("a" LIST_TYPE));
  for (guint i = 0; i < self->lists->len; i++)
    {
      const GwCodeListSpec *list = g_ptr_array_index (self->lists, i);

      g_variant_builder_add (&lists, "(ss@a" CODE_TYPE ")", or_empty (list->id),
                             or_empty (list->label), describe_codes (list));
    }
  return g_variant_builder_end (&lists);
}

char *
gw_type_spec_describe (const GwTypeSpec *self)
{
  g_autoptr (GVariant) description = NULL;
  GVariantDict dict;

  g_return_val_if_fail (self != NULL, NULL);

  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "key", "s", or_empty (self->key));
  g_variant_dict_insert (&dict, "module", "s", or_empty (self->module));
  g_variant_dict_insert (&dict, "table", "s", or_empty (self->table));
  g_variant_dict_insert (&dict, "number-code", "s", or_empty (self->number_code));
  g_variant_dict_insert (&dict, "label", "s", or_empty (self->label));
  g_variant_dict_insert (&dict, "label-plural", "s", or_empty (self->label_plural));
  g_variant_dict_insert (&dict, "icon", "s", or_empty (self->icon));
  g_variant_dict_insert (&dict, "version", "u", self->version);
  g_variant_dict_insert_value (&dict, "fields", describe_fields (self));
  g_variant_dict_insert_value (&dict, "lists", describe_lists (self));
  description = g_variant_ref_sink (g_variant_dict_end (&dict));
  return g_variant_print (description, FALSE);
}

static gboolean
damaged (GError **error, const char *what)
{
  return gw_throw (error, GW_ERROR_CORRUPT, "reading the description of a type: %s", what);
}

/* A name that becomes a column, a key or a file name: starts with one of @first, goes on with
 * @rest. */
static gboolean
is_name (const char *text, const char *first, const char *rest)
{
  gsize length = strlen (text);

  return length > 0 && length <= MAX_NAME && strchr (first, text[0]) != NULL &&
         strspn (text, rest) == length;
}

static gboolean
is_field_id (const char *text)
{
  return is_name (text, LOWER, LOWER DIGITS "_");
}

static gboolean
is_code (const char *text)
{
  return is_name (text, LOWER UPPER DIGITS, LOWER UPPER DIGITS "_.+-");
}

/* Not empty parts between single dots: "risk.dispute". */
static gboolean
is_module_id (const char *text)
{
  return is_name (text, LOWER, LOWER DIGITS "_.") && strstr (text, "..") == NULL &&
         !g_str_has_suffix (text, ".");
}

static gboolean
is_type_key (const char *key, const char *module)
{
  gsize length = strlen (module);

  return g_str_has_prefix (key, module) && key[length] == '/' && is_field_id (key + length + 1);
}

static gboolean
read_head (GwTypeSpec *self, GVariant *description, GError **error)
{
  const char *key = "", *module = "", *table = "", *number_code = "";
  const char *label = "", *plural = "", *icon = "";

  (void)g_variant_lookup (description, "key", "&s", &key);
  (void)g_variant_lookup (description, "module", "&s", &module);
  (void)g_variant_lookup (description, "table", "&s", &table);
  (void)g_variant_lookup (description, "number-code", "&s", &number_code);
  (void)g_variant_lookup (description, "label", "&s", &label);
  (void)g_variant_lookup (description, "label-plural", "&s", &plural);
  (void)g_variant_lookup (description, "icon", "&s", &icon);
  (void)g_variant_lookup (description, "version", "u", &self->version);

  if (!is_module_id (module) || !is_type_key (key, module))
    return damaged (error, "key or module are no names");
  if (table[0] != '\0' && !(g_str_has_prefix (table, "m_") && is_field_id (table)))
    return damaged (error, "the table has no name of a module's table");
  if (number_code[0] != '\0' && !is_name (number_code, UPPER, UPPER DIGITS))
    return damaged (error, "the letters of the number are no capital letters");
  if (icon[0] != '\0' && !is_name (icon, LOWER DIGITS, LOWER DIGITS "-._"))
    return damaged (error, "the icon has no name of an icon");

  self->key = g_strdup (key);
  self->module = g_strdup (module);
  self->table = or_null (table);
  self->number_code = or_null (number_code);
  self->label = g_strdup (label[0] == '\0' ? key : label);
  self->label_plural = g_strdup (plural[0] == '\0' ? self->label : plural);
  self->icon = or_null (icon);
  return TRUE;
}

static gboolean
read_codes (GwCodeListSpec *list, GVariant *codes, guint *budget, GError **error)
{
  GVariantIter iter;
  const char *code, *label, *parent;
  guint32 rank;
  gboolean retired;
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_variant_iter_init (&iter, codes);
  while (g_variant_iter_next (&iter, "(&s&s&sub)", &code, &label, &parent, &rank, &retired))
    {
      GwCodeSpec *spec;

      if ((*budget)-- == 0)
        return damaged (error, "it has too many codes");
      if (!is_code (code) || (parent[0] != '\0' && !is_code (parent)))
        return damaged (error, "a code is no name");
      if (!g_hash_table_add (seen, (gpointer)code))
        return damaged (error, "a code stands twice in its list");
      spec = gw_code_spec_new ();
      spec->code = g_strdup (code);
      spec->label = or_null (label);
      spec->parent = or_null (parent);
      spec->rank = rank;
      spec->retired = retired;
      g_ptr_array_add (list->codes, spec);
    }
  return TRUE;
}

static gboolean
read_lists (GwTypeSpec *self, GVariant *description, GError **error)
{
  g_autoptr (GVariant) lists =
      g_variant_lookup_value (description, "lists", G_VARIANT_TYPE ("a" LIST_TYPE));
  guint budget = GW_TYPE_MAX_CODES;

  for (gsize i = 0; lists != NULL && i < g_variant_n_children (lists); i++)
    {
      g_autoptr (GVariant) codes = NULL;
      const char *id, *label;
      GwCodeListSpec *list;

      if (i >= GW_TYPE_MAX_FIELDS)
        return damaged (error, "it has too many lists");
      g_variant_get_child (lists, i, "(&s&s@a" CODE_TYPE ")", &id, &label, &codes);
      if (!is_field_id (id) || gw_type_spec_find_list (self, id) != NULL)
        return damaged (error, "a list has no name of its own");
      list = gw_code_list_spec_new ();
      list->id = g_strdup (id);
      list->label = or_null (label);
      g_ptr_array_add (self->lists, list);
      if (!read_codes (list, codes, &budget, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_field (const GwTypeSpec *self, const GwFieldSpec *field, GError **error)
{
  gboolean is_coded = field->kind == GW_FIELD_CODE || field->kind == GW_FIELD_CODES;

  if (!is_field_id (field->id) || gw_type_spec_find_field (self, field->id) != NULL)
    return damaged (error, "a field has no name of its own");
  if (field->kind < GW_FIELD_TEXT || field->kind > GW_FIELD_FILES)
    return damaged (error, "a field is of no known kind");
  if (field->privacy < GW_CLASS_OPEN || field->privacy > GW_CLASS_VAULT)
    return damaged (error, "a field has no known privacy class");
  if (!isfinite (field->min) || !isfinite (field->max) || field->min > field->max)
    return damaged (error, "a field has no proper range");
  if (is_coded && gw_type_spec_find_list (self, field->target) == NULL)
    return damaged (error, "the list of a field is missing");
  return TRUE;
}

static gboolean
read_field (GwTypeSpec *self, GVariant *fields, gsize index, GError **error)
{
  GwFieldSpec *field = gw_field_spec_new ();
  const char *id, *label, *help, *target;
  guint32 kind, privacy, max_len;

  g_variant_get_child (fields, index, "(&s&s&s&suuuudd)", &id, &label, &help, &target, &kind,
                       &privacy, &field->flags, &max_len, &field->min, &field->max);
  field->id = g_strdup (id);
  field->label = g_strdup (label[0] == '\0' ? id : label);
  field->help = or_null (help);
  field->target = or_null (target);
  field->kind = (GwFieldType)kind;
  field->privacy = (GwPrivacyClass)privacy;
  field->max_len = max_len;
  if (!check_field (self, field, error))
    {
      gw_field_spec_free (field);
      return FALSE;
    }
  g_ptr_array_add (self->fields, field);
  return TRUE;
}

static gboolean
read_fields (GwTypeSpec *self, GVariant *description, GError **error)
{
  g_autoptr (GVariant) fields =
      g_variant_lookup_value (description, "fields", G_VARIANT_TYPE ("a" FIELD_TYPE));
  gsize n = fields == NULL ? 0 : g_variant_n_children (fields);

  if (fields == NULL)
    return damaged (error, "it has no fields");
  if (n > GW_TYPE_MAX_FIELDS)
    return damaged (error, "it has too many fields");
  for (gsize i = 0; i < n; i++)
    if (!read_field (self, fields, i, error))
      return FALSE;
  return TRUE;
}

GwTypeSpec *
gw_type_spec_from_description (const char *text, GError **error)
{
  g_autoptr (GwTypeSpec) self = NULL;
  g_autoptr (GVariant) description = NULL;

  if (text == NULL || strnlen (text, GW_TYPE_MAX_TEXT + 1) > GW_TYPE_MAX_TEXT ||
      !g_utf8_validate (text, -1, NULL))
    {
      damaged (error, "it is too long or no text");
      return NULL;
    }
  /* GLib's message would quote the text; what stands in a file may not be ours to show. */
  description = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL);
  if (description == NULL)
    {
      damaged (error, "it does not follow the rules of such texts");
      return NULL;
    }

  self = gw_type_spec_new ();
  if (!read_head (self, description, error) || !read_lists (self, description, error) ||
      !read_fields (self, description, error))
    return NULL;
  return g_steal_pointer (&self);
}
