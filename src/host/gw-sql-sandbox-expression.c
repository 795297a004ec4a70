/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-sql-sandbox-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A rule of a form: it is asked at every keystroke and never needs more. */
#define EXPRESSION_OPERATIONS 100000

struct _GwSqlSandboxExpression
{
  sqlite3 *db;             /* owned: an empty one in memory */
  sqlite3_stmt *statement; /* owned */
  GwSqlPolicy policy;
};

void
gw_sql_sandbox_expression_free (GwSqlSandboxExpression *self)
{
  if (self == NULL)
    return;
  sqlite3_finalize (self->statement);
  sqlite3_close (self->db);
  gw_sql_policy_clear (&self->policy);
  g_free (self);
}

/* The fields become columns of a table of one row, so that the expression names them like columns.
 * The line break ends a comment at the end of the expression. */
static char *
wrap (const char *text, const char *const *fields)
{
  g_autoptr (GString) sql = g_string_new ("SELECT (");

  g_string_append (sql, text);
  g_string_append (sql, "\n) IS TRUE FROM (SELECT 0");
  for (guint i = 0; fields[i] != NULL; i++)
    {
      g_autofree char *parameter = g_strconcat (":", fields[i], NULL);
      char *column = sqlite3_mprintf (", %s AS \"%w\"", parameter, fields[i]);

      g_string_append (sql, column);
      sqlite3_free (column);
    }
  g_string_append_c (sql, ')');
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

GwSqlSandboxExpression *
gw_sql_sandbox_expression_new (const char *text, const char *const *fields, GError **error)
{
  g_autoptr (GwSqlSandboxExpression) self = g_new0 (GwSqlSandboxExpression, 1);
  g_autofree char *sql = wrap (text, fields);

  gw_sql_policy_init (&self->policy, GW_POLICY_EXPRESSION, "expression");
  if (sqlite3_open_v2 (":memory:", &self->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
      SQLITE_OK)
    return gw_throw_null (error, GW_ERROR_FAILED, "%s", sqlite3_errmsg (self->db));
  gw_sql_sandbox_harden (self->db);
  sqlite3_set_authorizer (self->db, gw_sql_policy_authorize, &self->policy);
  self->statement = gw_sql_sandbox_prepare (self->db, &self->policy, sql, error);
  if (self->statement == NULL)
    {
      gw_prefix (error, "“%s”", text);
      return NULL;
    }
  if (sqlite3_column_count (self->statement) != 1)
    return gw_throw_null (error, GW_ERROR_INVALID, _ ("“%s”: one expression is expected"), text);
  return g_steal_pointer (&self);
}

gboolean
gw_sql_sandbox_expression_evaluate (GwSqlSandboxExpression *self,
                                    GVariant *values,
                                    gboolean *holds,
                                    GError **error)
{
  GwSqlSandboxBudget budget = { 0, EXPRESSION_OPERATIONS, NULL };
  gboolean good = gw_sql_sandbox_bind (self->statement, values, error);
  int rc;

  if (!good)
    return FALSE;
  gw_sql_sandbox_watch (self->db, &budget);
  rc = sqlite3_step (self->statement);
  if (rc == SQLITE_ROW)
    *holds = sqlite3_column_int (self->statement, 0) != 0;
  else
    good = gw_sql_sandbox_throw (self->db, rc, &budget, error);
  gw_sql_sandbox_unwatch (self->db);
  sqlite3_reset (self->statement);
  return good;
}
