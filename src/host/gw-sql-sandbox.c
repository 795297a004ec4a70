/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-sql-sandbox-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _GwSqlSandbox
{
  sqlite3 *db;          /* owned unless @is_borrowed */
  gboolean is_borrowed; /* of a trial in memory */
  GwSqlPolicy policy;
  GwSqlSandboxBudget budget;
};

struct _GwSqlSandboxRow
{
  sqlite3_stmt *statement; /* borrowed */
};

void
gw_sql_sandbox_close (GwSqlSandbox *self)
{
  if (self == NULL)
    return;
  if (self->is_borrowed)
    sqlite3_set_authorizer (self->db, NULL, NULL);
  else
    sqlite3_close (self->db);
  gw_sql_policy_clear (&self->policy);
  g_free (self);
}

static gboolean
arm (GwSqlSandbox *self, GError **error)
{
  gw_sql_sandbox_harden (self->db);
  if (!gw_sql_sandbox_learn (self->db, &self->policy, error))
    return FALSE;
  sqlite3_set_authorizer (self->db, gw_sql_policy_authorize, &self->policy);
  return TRUE;
}

GwSqlSandbox *
gw_sql_sandbox_borrow (sqlite3 *db, const char *ns, GError **error)
{
  g_autoptr (GwSqlSandbox) self = g_new0 (GwSqlSandbox, 1);

  self->db = db;
  self->is_borrowed = TRUE;
  gw_sql_policy_init (&self->policy, GW_POLICY_READ, ns);
  return arm (self, error) ? g_steal_pointer (&self) : NULL;
}

GwSqlSandbox *
gw_sql_sandbox_open (const char *path, const char *ns, GError **error)
{
  g_autoptr (GwSqlSandbox) self = g_new0 (GwSqlSandbox, 1);
  int rc = sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);

  gw_sql_policy_init (&self->policy, GW_POLICY_READ, ns);
  if (rc != SQLITE_OK)
    return gw_throw_null (error, GW_ERROR_FAILED, _ ("opening “%s” for modules: %s"), path,
                          self->db != NULL ? sqlite3_errmsg (self->db) : sqlite3_errstr (rc));
  return arm (self, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
check_columns (sqlite3_stmt *statement, const char *const *columns, GError **error)
{
  for (int i = 0; columns != NULL && columns[i] != NULL; i++)
    {
      const char *found = sqlite3_column_name (statement, i);

      if (g_strcmp0 (found, columns[i]) != 0)
        return gw_throw (error, GW_ERROR_INVALID, _ ("column %d is “%s”; name it: … AS %s"), i + 1,
                         found != NULL ? found : _ ("missing"), columns[i]);
    }
  return TRUE;
}

static sqlite3_stmt *
prepare_select (GwSqlSandbox *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = gw_sql_sandbox_prepare (self->db, &self->policy, sql, error);

  if (statement == NULL)
    return NULL;
  if (sqlite3_stmt_readonly (statement) && sqlite3_column_count (statement) > 0 &&
      !sqlite3_stmt_isexplain (statement))
    return statement;
  sqlite3_finalize (statement);
  return gw_throw_null (error, GW_ERROR_REFUSED, _ ("a SELECT is expected"));
}

gboolean
gw_sql_sandbox_check (GwSqlSandbox *self,
                      const char *sql,
                      const char *const *columns,
                      GError **error)
{
  sqlite3_stmt *statement = prepare_select (self, sql, error);
  gboolean good = statement != NULL && check_columns (statement, columns, error);

  sqlite3_finalize (statement);
  return good;
}

static gboolean
run (GwSqlSandbox *self,
     sqlite3_stmt *statement,
     GwSqlSandboxRowFunc func,
     gpointer data,
     GError **error)
{
  GwSqlSandboxRow row = { statement };
  int rc;

  while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
    if (!func (&row, data, error))
      return FALSE;
  return rc == SQLITE_DONE || gw_sql_sandbox_throw (self->db, rc, &self->budget, error);
}

gboolean
gw_sql_sandbox_query (GwSqlSandbox *self,
                      const char *sql,
                      GVariant *params,
                      guint64 operations,
                      GwSqlSandboxRowFunc func,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error)
{
  sqlite3_stmt *statement = prepare_select (self, sql, error);
  gboolean good;

  if (statement == NULL)
    return FALSE;
  self->budget = (GwSqlSandboxBudget){ 0, operations, cancellable };
  gw_sql_sandbox_watch (self->db, &self->budget);
  good = gw_sql_sandbox_bind (statement, params, error) && run (self, statement, func, data, error);
  gw_sql_sandbox_unwatch (self->db);
  sqlite3_finalize (statement);
  return good;
}

gboolean
gw_sql_sandbox_row_is_null (GwSqlSandboxRow *row, guint column)
{
  return sqlite3_column_type (row->statement, (int)column) == SQLITE_NULL;
}

gint64
gw_sql_sandbox_row_int64 (GwSqlSandboxRow *row, guint column)
{
  return sqlite3_column_int64 (row->statement, (int)column);
}

double
gw_sql_sandbox_row_double (GwSqlSandboxRow *row, guint column)
{
  return sqlite3_column_double (row->statement, (int)column);
}

const char *
gw_sql_sandbox_row_text (GwSqlSandboxRow *row, guint column)
{
  return (const char *)sqlite3_column_text (row->statement, (int)column);
}

guint64
gw_sql_sandbox_get_operations (const GwSqlSandbox *self)
{
  return self->budget.used;
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GStrv
gw_sql_sandbox_dup_reads (const GwSqlSandbox *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, self->policy.reads);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}
