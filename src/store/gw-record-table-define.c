/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making and extending the typed tables, and reading the list of them. */
#include "gw-record-table-private.h"

#include <glib/gi18n-lib.h>

struct _GwRecordTables
{
  gatomicrefcount refs;
  GPtrArray *tables; /* owned: GwRecordTable by number, owned; nullable elements */
};

static void
table_free (gpointer data)
{
  GwRecordTable *self = data;

  if (self == NULL)
    return;
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->spec, gw_type_spec_free);
  g_free (self->select_sql);
  g_free (self->insert_sql);
  g_free (self);
}

/* Lower-case letters, digits and underlines: nothing that would have to be quoted. */
static gboolean
is_identifier (const char *text)
{
  if (text == NULL || !g_ascii_islower (*text))
    return FALSE;
  for (; *text != '\0'; ++text)
    if (!g_ascii_islower (*text) && !g_ascii_isdigit (*text) && *text != '_')
      return FALSE;
  return TRUE;
}

static gboolean
check_spec (const GwTypeSpec *spec, GError **error)
{
  if (!is_identifier (spec->table) || !g_str_has_prefix (spec->table, "m_"))
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("%s: the table name \"%s\" must look like m_disp_dispute"), spec->key,
                     spec->table);
  if (spec->number_code == NULL || *spec->number_code == '\0')
    return gw_throw (error, GW_ERROR_INVALID, _ ("%s: has no code for its numbers"), spec->key);
  for (guint i = 0; spec->fields != NULL && i < spec->fields->len; ++i)
    {
      const GwFieldSpec *field = g_ptr_array_index (spec->fields, i);

      if (!is_identifier (field->id) || g_str_equal (field->id, "id"))
        return gw_throw (error, GW_ERROR_INVALID, _ ("%s: \"%s\" cannot be the name of a field"),
                         spec->key, field->id);
    }
  return TRUE;
}

static const char *
column_type (GwFieldType kind)
{
  switch (kind)
    {
    case GW_FIELD_INT:
    case GW_FIELD_BOOL:
    case GW_FIELD_DATE:
    case GW_FIELD_TIME:
      return "INTEGER";
    case GW_FIELD_REAL:
      return "REAL";
    case GW_FIELD_TEXT:
    case GW_FIELD_LONGTEXT:
    case GW_FIELD_CODE:
    case GW_FIELD_CODES:
    case GW_FIELD_REF:
    case GW_FIELD_PLACE:
    case GW_FIELD_FILES:
      break;
    }
  return "TEXT";
}

static void
append_column (GString *sql, const GwFieldSpec *field)
{
  g_string_append_printf (sql, "\"%s\" ", field->id);
  if (field->kind == GW_FIELD_BOOL)
    g_string_append_printf (sql, "INTEGER CHECK (\"%s\" IN (0, 1))", field->id);
  else
    g_string_append (sql, column_type (field->kind));
}

static gboolean
create_table (GwDb *db, const GwTypeSpec *spec, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("CREATE TABLE ");

  g_string_append_printf (sql, "\"%s\" (id INTEGER PRIMARY KEY REFERENCES matter (id)",
                          spec->table);
  for (guint i = 0; spec->fields != NULL && i < spec->fields->len; ++i)
    {
      const GwFieldSpec *field = g_ptr_array_index (spec->fields, i);

      if (field->privacy == GW_CLASS_VAULT)
        continue;
      g_string_append (sql, ", ");
      append_column (sql, field);
    }
  g_string_append (sql, ") STRICT");
  return gw_db_exec (db, sql->str, error);
}

static gboolean
add_column (GwDb *db, const GwTypeSpec *spec, const GwFieldSpec *field, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("ALTER TABLE ");

  g_string_append_printf (sql, "\"%s\" ADD COLUMN ", spec->table);
  append_column (sql, field);
  return gw_db_exec (db, sql->str, error);
}

static gboolean
note_field (GwDb *db, guint32 number, const GwFieldSpec *field, GError **error)
{
  g_autoptr (GwStatement) insert = NULL;

  insert = gw_statement_prepare (db,
                                 "INSERT INTO record_field (type, field, kind, privacy)"
                                 " VALUES (:type, :field, :kind, :privacy)"
                                 " ON CONFLICT (type, field) DO UPDATE SET privacy = :privacy",
                                 error);
  if (insert == NULL)
    return FALSE;
  gw_statement_bind_int64 (insert, ":type", number);
  gw_statement_bind_text (insert, ":field", field->id);
  gw_statement_bind_int64 (insert, ":kind", field->kind);
  gw_statement_bind_int64 (insert, ":privacy", field->privacy);
  return gw_statement_run (insert, error);
}

/* *kind 0 when the field is new. */
static gboolean
known_field (GwDb *db,
             guint32 number,
             const GwFieldSpec *field,
             GwFieldType *kind,
             GwPrivacyClass *privacy,
             GError **error)
{
  g_autoptr (GwStatement) select = NULL;
  gboolean row = FALSE;

  select = gw_statement_prepare (
      db, "SELECT kind, privacy FROM record_field WHERE type = :type AND field = :field", error);
  if (select == NULL)
    return FALSE;
  gw_statement_bind_int64 (select, ":type", number);
  gw_statement_bind_text (select, ":field", field->id);
  if (!gw_statement_step (select, &row, error))
    return FALSE;
  *kind = row ? (GwFieldType)gw_statement_get_int64 (select, 0) : 0;
  *privacy = row ? (GwPrivacyClass)gw_statement_get_int64 (select, 1) : 0;
  return TRUE;
}

static gboolean
extend_field (
    GwDb *db, const GwTypeSpec *spec, guint32 number, const GwFieldSpec *field, GError **error)
{
  GwFieldType kind = 0;
  GwPrivacyClass privacy = 0;

  if (!known_field (db, number, field, &kind, &privacy, error))
    return FALSE;
  if (kind == 0)
    return (field->privacy == GW_CLASS_VAULT || add_column (db, spec, field, error)) &&
           note_field (db, number, field, error);
  if (kind != field->kind || (privacy == GW_CLASS_VAULT) != (field->privacy == GW_CLASS_VAULT))
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("%s: the field \"%s\" has another kind in this file. Give the new field "
                        "another name"),
                     spec->key, field->id);
  return note_field (db, number, field, error);
}

static gboolean
extend_fields (GwDb *db, const GwTypeSpec *spec, guint32 number, gboolean made, GError **error)
{
  for (guint i = 0; spec->fields != NULL && i < spec->fields->len; ++i)
    {
      const GwFieldSpec *field = g_ptr_array_index (spec->fields, i);

      if (made ? !note_field (db, number, field, error)
               : !extend_field (db, spec, number, field, error))
        return FALSE;
    }
  return TRUE;
}

/* *number 0 when the type is new to the file. */
static gboolean
find_number (GwDb *db, const GwTypeSpec *spec, guint32 *number, GError **error)
{
  g_autoptr (GwStatement) select = NULL;
  gboolean row = FALSE;

  *number = 0;
  select = gw_statement_prepare (db,
                                 "SELECT number, key, table_name FROM record_type WHERE key = :key"
                                 " OR table_name = :table OR number_code = :code",
                                 error);
  if (select == NULL)
    return FALSE;
  gw_statement_bind_text (select, ":key", spec->key);
  gw_statement_bind_text (select, ":table", spec->table);
  gw_statement_bind_text (select, ":code", spec->number_code);
  while (gw_statement_step (select, &row, error))
    {
      if (!row)
        return TRUE;
      if (g_strcmp0 (gw_statement_get_text (select, 1), spec->key) != 0 ||
          g_strcmp0 (gw_statement_get_text (select, 2), spec->table) != 0)
        return gw_throw (error, GW_ERROR_EXISTS,
                         _ ("%s: the table %s or the number code %s belongs to %s"), spec->key,
                         spec->table, spec->number_code, gw_statement_get_text (select, 1));
      *number = (guint32)gw_statement_get_int64 (select, 0);
    }
  return FALSE;
}

static gboolean
note_type (GwDb *db, const GwTypeSpec *spec, guint32 *number, GError **error)
{
  g_autoptr (GwStatement) upsert = NULL;
  g_autofree char *description = gw_type_spec_describe (spec);
  gboolean row = FALSE;

  upsert = gw_statement_prepare (
      db,
      "INSERT INTO record_type (key, module, table_name, number_code, version, description)"
      " VALUES (:key, :module, :table, :code, :version, :description)"
      " ON CONFLICT (key) DO UPDATE SET version = :version, number_code = :code,"
      " description = :description RETURNING number",
      error);
  if (upsert == NULL)
    return FALSE;
  gw_statement_bind_text (upsert, ":key", spec->key);
  gw_statement_bind_text (upsert, ":module", spec->module);
  gw_statement_bind_text (upsert, ":table", spec->table);
  gw_statement_bind_text (upsert, ":code", spec->number_code);
  gw_statement_bind_int64 (upsert, ":version", spec->version);
  gw_statement_bind_text (upsert, ":description", description);
  if (!gw_statement_step (upsert, &row, error))
    return FALSE;
  *number = (guint32)gw_statement_get_int64 (upsert, 0);
  /* To the end: the row is written when the statement is done. */
  return gw_statement_step (upsert, &row, error);
}

gboolean
gw_record_table_put (GwDb *db, const GwTypeSpec *spec, guint32 *number, GError **error)
{
  guint32 known = 0;

  if (!check_spec (spec, error) || !find_number (db, spec, &known, error) ||
      !note_type (db, spec, number, error))
    return FALSE;
  return (known != 0 || create_table (db, spec, error)) &&
         extend_fields (db, spec, *number, known == 0, error);
}

static void
make_sql (GwRecordTable *self)
{
  GString *select = g_string_new ("SELECT "), *insert = g_string_new ("INSERT INTO ");
  GString *values = g_string_new (") VALUES (?1");

  g_string_append_printf (insert, "\"%s\" (id", self->spec->table);
  for (guint i = 0; i < self->fields->len; ++i)
    {
      const GwFieldSpec *field = g_ptr_array_index (self->fields, i);

      g_string_append_printf (select, "\"%s\", ", field->id);
      g_string_append_printf (insert, ", \"%s\"", field->id);
      g_string_append_printf (values, ", ?%u", i + 2);
    }
  g_string_append_printf (select, "id FROM \"%s\" WHERE id = ?1", self->spec->table);
  g_string_append (insert, values->str);
  g_string_append_c (insert, ')');
  g_string_free (values, TRUE);
  self->select_sql = g_string_free (select, FALSE);
  self->insert_sql = g_string_free (insert, FALSE);
}

static GwRecordTable *
table_from_description (guint32 number, const char *description, GError **error)
{
  GwTypeSpec *spec = gw_type_spec_from_description (description, error);
  GwRecordTable *self;

  if (spec == NULL)
    return NULL;
  if (!check_spec (spec, error))
    {
      gw_type_spec_free (spec);
      return NULL;
    }
  self = g_new0 (GwRecordTable, 1);
  self->number = number;
  self->spec = spec;
  self->spec->loaded = FALSE;
  self->fields = g_ptr_array_new ();
  for (guint i = 0; spec->fields != NULL && i < spec->fields->len; ++i)
    {
      GwFieldSpec *field = g_ptr_array_index (spec->fields, i);

      if (field->privacy != GW_CLASS_VAULT)
        g_ptr_array_add (self->fields, field);
    }
  make_sql (self);
  return self;
}

GwRecordTables *
gw_record_tables_load (GwDb *db, GError **error)
{
  g_autoptr (GwRecordTables) self = g_new0 (GwRecordTables, 1);
  g_autoptr (GwStatement) select = NULL;
  gboolean row = FALSE;

  g_atomic_ref_count_init (&self->refs);
  self->tables = g_ptr_array_new_with_free_func (table_free);
  select = gw_statement_prepare (db, "SELECT number, description FROM record_type ORDER BY number",
                                 error);
  if (select == NULL)
    return NULL;
  while (gw_statement_step (select, &row, error))
    {
      guint32 number;
      GwRecordTable *table;

      if (!row)
        return g_steal_pointer (&self);
      number = (guint32)gw_statement_get_int64 (select, 0);
      table = table_from_description (number, gw_statement_get_text (select, 1), error);
      if (table == NULL)
        return NULL;
      g_ptr_array_set_size (self->tables, (int)number);
      g_ptr_array_add (self->tables, table);
    }
  return NULL;
}

GwRecordTables *
gw_record_tables_ref (GwRecordTables *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
gw_record_tables_unref (GwRecordTables *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->tables);
  g_free (self);
}

const GwRecordTable *
gw_record_tables_get (const GwRecordTables *self, guint32 number)
{
  return number < self->tables->len ? g_ptr_array_index (self->tables, number) : NULL;
}

guint
gw_record_tables_size (const GwRecordTables *self)
{
  return self->tables->len;
}
