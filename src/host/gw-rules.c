/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-rules.h"

#include "gw-error.h"
#include "gw-sql-sandbox.h"
#include <glib/gi18n-lib.h>

typedef struct
{
  const GwFieldSpec *field;                /* borrowed from the type */
  GwSqlSandboxExpression *check, *show_if; /* owned, nullable */
} FieldRule;

typedef struct
{
  GwTypeRules interface;
  const GwTypeSpec *type; /* borrowed: the module's own, which lives as long as its copies */
  GMutex lock;            /* an expression is for one thread at a time */
  GPtrArray *fields;      /* owned, FieldRule */
} Rules;

static void
field_rule_free (FieldRule *rule)
{
  gw_sql_sandbox_expression_free (rule->check);
  gw_sql_sandbox_expression_free (rule->show_if);
  g_free (rule);
}

static void
rules_free (GwTypeRules *interface)
{
  Rules *self = (Rules *)interface;

  g_ptr_array_unref (self->fields);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* Numbers, yes or no and moments compare as numbers; a day and a code as the text they are. */
static GVariant *
variant_of (const GwFieldSpec *field, const char *text)
{
  if (field->kind == GW_FIELD_INT || field->kind == GW_FIELD_BOOL || field->kind == GW_FIELD_TIME)
    return g_variant_new_int64 (g_ascii_strtoll (text, NULL, 10));
  if (field->kind == GW_FIELD_REAL)
    return g_variant_new_double (g_ascii_strtod (text, NULL));
  return g_variant_new_string (text);
}

static GVariant *
variant_of_values (const Rules *self, GHashTable *values)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  GHashTableIter iter;
  gpointer id, text;

  if (values == NULL)
    return g_variant_ref_sink (g_variant_builder_end (&builder));
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &id, &text))
    {
      const GwFieldSpec *field = gw_type_spec_find_field (self->type, id);

      if (field != NULL && text != NULL)
        g_variant_builder_add (&builder, "{sv}", field->id, variant_of (field, text));
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

/* An expression that cannot be computed (a number too large) hides nothing and forbids nothing
 * silently: showing a field too much loses no value, and a check says that it failed. */
static gboolean
is_shown (const FieldRule *rule, GVariant *values)
{
  gboolean holds = TRUE;

  return rule->show_if == NULL ||
         !gw_sql_sandbox_expression_evaluate (rule->show_if, values, &holds, NULL) || holds;
}

static gboolean
check_one (const FieldRule *rule, GVariant *values, GError **error)
{
  gboolean holds = FALSE;

  if (rule->check == NULL || !is_shown (rule, values))
    return TRUE;
  if (!gw_sql_sandbox_expression_evaluate (rule->check, values, &holds, error))
    {
      gw_prefix (error, "%s", rule->field->label);
      return FALSE;
    }
  return holds || gw_throw (error, GW_ERROR_INVALID, "%s: %s", rule->field->label,
                            rule->field->check_message);
}

static gboolean
rules_check (GwTypeRules *interface, GHashTable *values, const char **field, GError **error)
{
  Rules *self = (Rules *)interface;
  g_autoptr (GVariant) variant = variant_of_values (self, values);
  gboolean good = TRUE;

  g_mutex_lock (&self->lock);
  for (guint i = 0; good && i < self->fields->len; i++)
    {
      const FieldRule *rule = g_ptr_array_index (self->fields, i);

      good = check_one (rule, variant, error);
      if (!good && field != NULL)
        *field = rule->field->id;
    }
  g_mutex_unlock (&self->lock);
  return good;
}

static gboolean
rules_show (GwTypeRules *interface, const char *field, GHashTable *values)
{
  Rules *self = (Rules *)interface;
  g_autoptr (GVariant) variant = variant_of_values (self, values);
  gboolean shown = TRUE;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->fields->len; i++)
    {
      const FieldRule *rule = g_ptr_array_index (self->fields, i);

      if (g_str_equal (rule->field->id, field))
        shown = is_shown (rule, variant);
    }
  g_mutex_unlock (&self->lock);
  return shown;
}

static GwSqlSandboxExpression *
compile (const GwTypeSpec *type,
         const GwFieldSpec *field,
         const char *member,
         const char *text,
         const char *const *names,
         GError **error)
{
  GwSqlSandboxExpression *expression = gw_sql_sandbox_expression_new (text, names, error);

  if (expression == NULL)
    gw_prefix (error, "%s.%s, %s", type->key, field->id, member);
  return expression;
}

static gboolean
compile_field (Rules *self, const GwFieldSpec *field, const char *const *names, GError **error)
{
  FieldRule *rule = g_new0 (FieldRule, 1);

  rule->field = field;
  g_ptr_array_add (self->fields, rule);
  if (field->check != NULL)
    {
      /* As CHECK of SQL: what is not known yet forbids nothing. The line break ends a comment. */
      g_autofree char *text = g_strdup_printf ("(%s\n) IS NOT FALSE", field->check);

      rule->check = compile (self->type, field, "check", text, names, error);
      if (rule->check == NULL)
        return FALSE;
    }
  if (field->show_if != NULL)
    rule->show_if = compile (self->type, field, "show_if", field->show_if, names, error);
  return field->show_if == NULL || rule->show_if != NULL;
}

gboolean
gw_rules_compile (GwTypeSpec *type, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  Rules *self = g_new0 (Rules, 1);
  gboolean good = TRUE;

  self->interface.check = rules_check;
  self->interface.shows = rules_show;
  self->interface.free = rules_free;
  g_atomic_ref_count_init (&self->interface.refs);
  self->type = type;
  self->fields = g_ptr_array_new_with_free_func ((GDestroyNotify)field_rule_free);
  g_mutex_init (&self->lock);
  for (guint i = 0; i < type->fields->len; i++)
    g_ptr_array_add (names, ((const GwFieldSpec *)g_ptr_array_index (type->fields, i))->id);
  g_ptr_array_add (names, NULL);
  for (guint i = 0; good && i < type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (type->fields, i);

      if (field->check != NULL || field->show_if != NULL)
        good = compile_field (self, field, (const char *const *)names->pdata, error);
    }
  if (good && self->fields->len > 0)
    type->rules = &self->interface;
  else
    rules_free (&self->interface);
  return good;
}
