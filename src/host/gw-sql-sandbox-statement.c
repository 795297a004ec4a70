/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-sql-sandbox-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MEBIBYTE (1024 * 1024)
/* How often the budget is looked at: at 1000 it cannot be measured, at 100 it costs up to 18 %. */
#define OPERATIONS_PER_LOOK 1000

void
gw_sql_sandbox_harden (sqlite3 *db)
{
  static const struct
  {
    int id, value;
  } limits[] = {
    { SQLITE_LIMIT_LENGTH, 4 * MEBIBYTE }, { SQLITE_LIMIT_SQL_LENGTH, 64 * 1024 },
    { SQLITE_LIMIT_COLUMN, 200 },          { SQLITE_LIMIT_EXPR_DEPTH, 100 },
    { SQLITE_LIMIT_COMPOUND_SELECT, 20 },  { SQLITE_LIMIT_FUNCTION_ARG, 32 },
    { SQLITE_LIMIT_ATTACHED, 0 },          { SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200 },
    { SQLITE_LIMIT_VARIABLE_NUMBER, 100 }, { SQLITE_LIMIT_TRIGGER_DEPTH, 1 },
    { SQLITE_LIMIT_WORKER_THREADS, 0 },
  };
  static const struct
  {
    int id, on;
  } switches[] = {
    { SQLITE_DBCONFIG_DEFENSIVE, 1 },
    { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
    { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
    { SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
    { SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
    { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
    /* "word" is a column or an error, never a text. */
    { SQLITE_DBCONFIG_DQS_DML, 0 },
    { SQLITE_DBCONFIG_DQS_DDL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    sqlite3_limit (db, limits[i].id, limits[i].value);
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    sqlite3_db_config (db, switches[i].id, switches[i].on, NULL);
}

static gboolean
learn_names (sqlite3 *db, const char *sql, GHashTable *names, GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    return gw_throw (error, GW_ERROR_CORRUPT, "%s", sqlite3_errmsg (db));
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_hash_table_add (names,
                      g_ascii_strdown ((const char *)sqlite3_column_text (statement, 0), -1));
  if (sqlite3_finalize (statement) != SQLITE_OK)
    return gw_throw (error, GW_ERROR_CORRUPT, "%s", sqlite3_errmsg (db));
  return TRUE;
}

gboolean
gw_sql_sandbox_learn (sqlite3 *db, GwSqlPolicy *policy, GError **error)
{
  /* Table-valued functions declare themselves when first used, which the policy would refuse. */
  if (sqlite3_exec (db, "SELECT count(*) FROM json_each ('[]'), json_tree ('[]')", NULL, NULL,
                    NULL) != SQLITE_OK)
    return gw_throw (error, GW_ERROR_CORRUPT, "%s", sqlite3_errmsg (db));
  return learn_names (db, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')",
                      policy->tables, error) &&
         learn_names (db, "SELECT table_name FROM record_type", policy->kept, error) &&
         learn_names (db,
                      "SELECT t.table_name || '.' || f.field FROM record_field f"
                      " JOIN record_type t ON t.number = f.type WHERE f.privacy >= 3",
                      policy->hidden, error);
}

static gboolean
is_rest_blank (sqlite3 *db, const char *rest)
{
  sqlite3_stmt *second = NULL;
  const char *tail = NULL;
  int rc;

  /* SQLite itself knows best what a comment is: of nothing it makes no statement. */
  while (*rest != '\0')
    {
      rc = sqlite3_prepare_v2 (db, rest, -1, &second, &tail);
      sqlite3_finalize (second);
      if (rc != SQLITE_OK || second != NULL)
        return FALSE;
      if (tail == rest)
        return FALSE;
      rest = tail;
    }
  return TRUE;
}

static gboolean
throw_prepare (sqlite3 *db, const GwSqlPolicy *policy, const char *sql, GError **error)
{
  int offset = sqlite3_error_offset (db);
  long at = offset >= 0 ? g_utf8_pointer_to_offset (sql, sql + offset) + 1 : 0;

  if (policy->reason != NULL)
    return gw_throw (error, GW_ERROR_REFUSED, "%s", policy->reason);
  if (at > 0)
    return gw_throw (error, GW_ERROR_INVALID, _ ("%s, at character %ld"), sqlite3_errmsg (db), at);
  return gw_throw (error, GW_ERROR_INVALID, "%s", sqlite3_errmsg (db));
}

sqlite3_stmt *
gw_sql_sandbox_prepare (sqlite3 *db, GwSqlPolicy *policy, const char *sql, GError **error)
{
  sqlite3_stmt *statement = NULL;
  const char *rest = NULL;

  gw_sql_policy_begin (policy, sql);
  if (sqlite3_prepare_v2 (db, sql, -1, &statement, &rest) != SQLITE_OK)
    {
      throw_prepare (db, policy, sql, error);
      return NULL;
    }
  if (statement == NULL)
    return gw_throw_null (error, GW_ERROR_INVALID, _ ("there is no statement in it"));
  if (!is_rest_blank (db, rest))
    {
      sqlite3_finalize (statement);
      return gw_throw_null (error, GW_ERROR_REFUSED,
                            _ ("a second statement begins at character %ld; only one is run"),
                            g_utf8_pointer_to_offset (sql, rest) + 1);
    }
  return statement;
}

static gboolean
bind_value (sqlite3_stmt *statement, int at, const char *name, GVariant *value, GError **error)
{
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    sqlite3_bind_int64 (statement, at, g_variant_get_int64 (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_DOUBLE))
    sqlite3_bind_double (statement, at, g_variant_get_double (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_BOOLEAN))
    sqlite3_bind_int (statement, at, g_variant_get_boolean (value));
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    sqlite3_bind_text (statement, at, g_variant_get_string (value, NULL), -1, SQLITE_TRANSIENT);
  else
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("the value “%s” has the type “%s”; x, d, b and s are understood"), name,
                     g_variant_get_type_string (value));
  return TRUE;
}

gboolean
gw_sql_sandbox_bind (sqlite3_stmt *statement, GVariant *values, GError **error)
{
  GVariantIter iter;
  const char *name;
  GVariant *value;

  sqlite3_clear_bindings (statement);
  if (values == NULL)
    return TRUE;
  g_variant_iter_init (&iter, values);
  while (g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      g_autoptr (GVariant) owned = value;
      g_autofree char *parameter = g_strconcat (":", name, NULL);
      int at = sqlite3_bind_parameter_index (statement, parameter);

      if (at > 0 && !bind_value (statement, at, name, owned, error))
        return FALSE;
    }
  return TRUE;
}

static int
look_cb (void *data)
{
  GwSqlSandboxBudget *budget = data;

  budget->used += OPERATIONS_PER_LOOK;
  return budget->used > budget->limit || g_cancellable_is_cancelled (budget->cancellable);
}

void
gw_sql_sandbox_watch (sqlite3 *db, GwSqlSandboxBudget *budget)
{
  sqlite3_progress_handler (db, OPERATIONS_PER_LOOK, look_cb, budget);
}

void
gw_sql_sandbox_unwatch (sqlite3 *db)
{
  sqlite3_progress_handler (db, 0, NULL, NULL);
}

gboolean
gw_sql_sandbox_throw (sqlite3 *db, int rc, const GwSqlSandboxBudget *budget, GError **error)
{
  if (rc == SQLITE_INTERRUPT && g_cancellable_set_error_if_cancelled (budget->cancellable, error))
    return FALSE;
  if (rc == SQLITE_INTERRUPT)
    return gw_throw (error, GW_ERROR_LIMIT,
                     _ ("stopped after %lu million operations: it needs an index or a narrower "
                        "WHERE"),
                     (unsigned long)(budget->limit / 1000000));
  return gw_throw (error, rc == SQLITE_TOOBIG ? GW_ERROR_LIMIT : GW_ERROR_FAILED, "%s",
                   sqlite3_errmsg (db));
}
