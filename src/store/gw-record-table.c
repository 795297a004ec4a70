/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-record-table-private.h"

#include "gw-clock.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_integer (GwFieldType kind)
{
  return kind == GW_FIELD_INT || kind == GW_FIELD_BOOL || kind == GW_FIELD_TIME;
}

static gboolean
bind_number (GwStatement *statement,
             int position,
             const GwFieldSpec *field,
             const char *text,
             GError **error)
{
  char *end = NULL;
  gint32 day;
  gint64 integer;

  if (field->kind == GW_FIELD_DATE)
    {
      if (!gw_day_parse (text, &day))
        return gw_throw (error, GW_ERROR_INVALID, _ ("%s: \"%s\" is no date"), field->id, text);
      gw_statement_set_int64 (statement, position, day);
      return TRUE;
    }
  if (field->kind == GW_FIELD_REAL)
    {
      gw_statement_set_double (statement, position, g_ascii_strtod (text, &end));
      return (end != text && *end == '\0') ||
             gw_throw (error, GW_ERROR_INVALID, _ ("%s: \"%s\" is no number"), field->id, text);
    }
  integer = g_ascii_strtoll (text, &end, 10);
  gw_statement_set_int64 (statement, position, integer);
  return (end != text && *end == '\0') ||
         gw_throw (error, GW_ERROR_INVALID, _ ("%s: \"%s\" is no number"), field->id, text);
}

static gboolean
bind_value (GwStatement *statement,
            int position,
            const GwFieldSpec *field,
            const char *text,
            GError **error)
{
  if (text == NULL || *text == '\0')
    {
      gw_statement_set_null (statement, position);
      return TRUE;
    }
  if (is_integer (field->kind) || field->kind == GW_FIELD_DATE || field->kind == GW_FIELD_REAL)
    return bind_number (statement, position, field, text, error);
  gw_statement_set_text (statement, position, text);
  return TRUE;
}

/* The shortest text that reads back as the same number. */
static char *
format_real (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.15g", value);
  if (memcmp (&(double){ g_ascii_strtod (text, NULL) }, &value, sizeof value) != 0)
    g_ascii_formatd (text, sizeof text, "%.17g", value);
  return g_strdup (text);
}

static char *
read_value (GwStatement *statement, int column, const GwFieldSpec *field)
{
  if (gw_statement_is_null (statement, column))
    return NULL;
  if (field->kind == GW_FIELD_DATE)
    return gw_day_format ((gint32)gw_statement_get_int64 (statement, column));
  if (field->kind == GW_FIELD_REAL)
    return format_real (gw_statement_get_double (statement, column));
  return gw_statement_dup_text (statement, column);
}

static const char *
value_of (GHashTable *values, const GwFieldSpec *field)
{
  const char *text = values != NULL ? g_hash_table_lookup (values, field->id) : NULL;

  return text != NULL && *text != '\0' ? text : NULL;
}

/* A value without a column would be lost in silence. */
static gboolean
check_known (const GwRecordTable *self, GHashTable *values, GError **error)
{
  GHashTableIter iter;
  gpointer id, text;

  if (values == NULL)
    return TRUE;
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &id, &text))
    {
      const GwFieldSpec *field = gw_type_spec_find_field (self->spec, id);

      if (field == NULL)
        return gw_throw (error, GW_ERROR_INVALID, _ ("%s has no field \"%s\""), self->spec->key,
                         (char *)id);
      if (field->privacy == GW_CLASS_VAULT && text != NULL && *(char *)text != '\0')
        return gw_throw (error, GW_ERROR_UNSUPPORTED,
                         _ ("%s: \"%s\" belongs into the vault, which is not set up in this file. "
                            "Leave the field empty"),
                         self->spec->key, (char *)id);
    }
  return TRUE;
}

gboolean
gw_record_table_insert (
    const GwRecordTable *self, GwDb *db, gint64 matter, GHashTable *values, GError **error)
{
  g_autoptr (GwStatement) insert =
      gw_statement_prepare_insert (db, self->insert_sql, GW_RANK_PART, error);
  guint found = 0;

  if (insert == NULL)
    return FALSE;
  gw_statement_set_int64 (insert, 1, matter);
  for (guint i = 0; i < self->fields->len; ++i)
    {
      const GwFieldSpec *field = g_ptr_array_index (self->fields, i);
      const char *text = value_of (values, field);

      found += text != NULL;
      if (!bind_value (insert, (int)i + 2, field, text, error))
        return FALSE;
    }
  if (values != NULL && found != g_hash_table_size (values) && !check_known (self, values, error))
    return FALSE;
  return gw_statement_run (insert, error);
}

static char *
update_sql (const GwRecordTable *self, GPtrArray *changed)
{
  GString *sql = g_string_new ("UPDATE ");

  g_string_append_printf (sql, "\"%s\" SET ", self->spec->table);
  for (guint i = 0; i < changed->len; ++i)
    {
      const GwFieldSpec *field = g_ptr_array_index (changed, i);

      g_string_append_printf (sql, "%s\"%s\" = ?%u", i > 0 ? ", " : "", field->id, i + 2);
    }
  g_string_append (sql, " WHERE id = ?1");
  return g_string_free (sql, FALSE);
}

gboolean
gw_record_table_update (const GwRecordTable *self,
                        GwDb *db,
                        gint64 matter,
                        GHashTable *before,
                        GHashTable *after,
                        gboolean *changed,
                        GError **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autofree char *sql = NULL;
  g_autoptr (GwStatement) update = NULL;

  if (!check_known (self, after, error))
    return FALSE;
  for (guint i = 0; i < self->fields->len; ++i)
    {
      gpointer field = g_ptr_array_index (self->fields, i);

      if (g_strcmp0 (value_of (before, field), value_of (after, field)) != 0)
        g_ptr_array_add (fields, field);
    }
  if (changed != NULL)
    *changed = fields->len > 0;
  if (fields->len == 0)
    return TRUE;
  sql = update_sql (self, fields);
  update = gw_statement_prepare (db, sql, error);
  if (update == NULL)
    return FALSE;
  gw_statement_set_int64 (update, 1, matter);
  for (guint i = 0; i < fields->len; ++i)
    {
      const GwFieldSpec *field = g_ptr_array_index (fields, i);

      if (!bind_value (update, (int)i + 2, field, value_of (after, field), error))
        return FALSE;
    }
  return gw_statement_run (update, error);
}

GHashTable *
gw_record_table_read (const GwRecordTable *self,
                      GwDb *db,
                      gint64 matter,
                      GwFieldTest test,
                      gpointer data,
                      GError **error)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GwStatement) select = gw_statement_prepare (db, self->select_sql, error);
  gboolean row = FALSE;

  if (select == NULL)
    return NULL;
  gw_statement_set_int64 (select, 1, matter);
  if (!gw_statement_step (select, &row, error))
    return NULL;
  for (guint i = 0; row && i < self->fields->len; ++i)
    {
      const GwFieldSpec *field = g_ptr_array_index (self->fields, i);
      char *text = test == NULL || test (field, data) ? read_value (select, (int)i, field) : NULL;

      if (text != NULL)
        g_hash_table_insert (values, g_strdup (field->id), text);
    }
  return g_steal_pointer (&values);
}
