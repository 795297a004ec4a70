/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-sql-sandbox-migrate.h"

#include "gw-sql-sandbox-private.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define MIGRATION_OPERATIONS G_GUINT64_CONSTANT (2000000000)

/* Limits and switches as they were. */
typedef struct
{
  int limits[SQLITE_LIMIT_WORKER_THREADS + 1];
  int switches[8];
} Settings;

static const int switch_ids[] = {
  SQLITE_DBCONFIG_DEFENSIVE,      SQLITE_DBCONFIG_TRUSTED_SCHEMA,
  SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW,
  SQLITE_DBCONFIG_ENABLE_FKEY,    SQLITE_DBCONFIG_DQS_DML,
  SQLITE_DBCONFIG_DQS_DDL,        SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION,
};

static void
keep_settings (sqlite3 *db, Settings *settings)
{
  for (int i = 0; i <= SQLITE_LIMIT_WORKER_THREADS; i++)
    settings->limits[i] = sqlite3_limit (db, i, -1);
  for (guint i = 0; i < G_N_ELEMENTS (switch_ids); i++)
    sqlite3_db_config (db, switch_ids[i], -1, &settings->switches[i]);
}

static void
restore_settings (sqlite3 *db, const Settings *settings)
{
  for (int i = 0; i <= SQLITE_LIMIT_WORKER_THREADS; i++)
    sqlite3_limit (db, i, settings->limits[i]);
  for (guint i = 0; i < G_N_ELEMENTS (switch_ids); i++)
    sqlite3_db_config (db, switch_ids[i], settings->switches[i], NULL);
}

static gboolean
plain (sqlite3 *db, const char *sql, GError **error)
{
  if (sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;
  return gw_throw (error, GW_ERROR_FAILED, "%s", sqlite3_errmsg (db));
}

/* One line for each object that is not the module's. */
static char *
foreign_schema (sqlite3 *db, const GwSqlPolicy *policy, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db,
                          "SELECT name, type, tbl_name, sql FROM sqlite_schema ORDER BY name, type",
                          -1, &statement, NULL) != SQLITE_OK)
    return gw_throw_null (error, GW_ERROR_FAILED, "%s", sqlite3_errmsg (db));
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *name = (const char *)sqlite3_column_text (statement, 0);
      const char *type = (const char *)sqlite3_column_text (statement, 1);
      const char *table = (const char *)sqlite3_column_text (statement, 2);
      const char *sql = (const char *)sqlite3_column_text (statement, 3);
      gboolean own = gw_sql_policy_is_own (policy, table) &&
                     (g_str_equal (type, "table") || g_str_equal (type, "index"));

      if (!own)
        g_string_append_printf (text, "%s|%s|%s|%s\n", name, type, table, sql != NULL ? sql : "");
    }
  sqlite3_finalize (statement);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A migration may hold several statements; each is compiled after the one before it has run. */
static gboolean
run_statements (
    sqlite3 *db, GwSqlPolicy *policy, const char *sql, GwSqlSandboxBudget *budget, GError **error)
{
  while (*sql != '\0')
    {
      sqlite3_stmt *statement = NULL;
      const char *rest = NULL;
      int rc;

      gw_sql_policy_begin (policy, sql);
      if (sqlite3_prepare_v2 (db, sql, -1, &statement, &rest) != SQLITE_OK)
        return gw_throw (error, policy->reason != NULL ? GW_ERROR_REFUSED : GW_ERROR_INVALID, "%s",
                         policy->reason != NULL ? policy->reason : sqlite3_errmsg (db));
      if (rest == sql)
        return TRUE;
      sql = rest;
      if (statement == NULL)
        continue; /* a comment */
      do
        rc = sqlite3_step (statement);
      while (rc == SQLITE_ROW);
      if (rc != SQLITE_DONE)
        gw_sql_sandbox_throw (db, rc, budget, error);
      sqlite3_finalize (statement);
      if (rc != SQLITE_DONE)
        return FALSE;
    }
  return TRUE;
}

static char *
expand (const char *sql, const char *prefix)
{
  g_auto (GStrv) parts = g_strsplit (sql, "{ns}", -1);
  g_autofree char *stem = g_strndup (prefix, strlen (prefix) - 1);

  return g_strjoinv (stem, parts);
}

/* Everything between the savepoint and its end. */
static gboolean
migrate_inside (sqlite3 *db, GwSqlPolicy *policy, const char *sql, GError **error)
{
  GwSqlSandboxBudget budget = { 0, MIGRATION_OPERATIONS, NULL };
  g_autofree char *before = foreign_schema (db, policy, error);
  g_autofree char *after = NULL;
  gboolean ran;

  if (before == NULL || !gw_sql_sandbox_learn (db, policy, error))
    return FALSE;
  sqlite3_set_authorizer (db, gw_sql_policy_authorize, policy);
  gw_sql_sandbox_watch (db, &budget);
  ran = run_statements (db, policy, sql, &budget, error);
  gw_sql_sandbox_unwatch (db);
  sqlite3_set_authorizer (db, NULL, NULL);
  if (!ran)
    return FALSE;
  after = foreign_schema (db, policy, error);
  if (after == NULL)
    return FALSE;
  if (!g_str_equal (before, after))
    return gw_throw (error, GW_ERROR_REFUSED,
                     _ ("it changes the schema outside %s*: keep every name in there"),
                     policy->prefix);
  return TRUE;
}

gboolean
gw_sql_sandbox_migrate (sqlite3 *db, const char *ns, const char *sql, GError **error)
{
  g_autofree char *expanded = NULL;
  GwSqlPolicy policy;
  Settings settings;
  gboolean good;

  if (!plain (db, "SAVEPOINT module_migration", error))
    return FALSE;
  gw_sql_policy_init (&policy, GW_POLICY_MIGRATE, ns);
  expanded = expand (sql, policy.prefix);
  keep_settings (db, &settings);
  gw_sql_sandbox_harden (db);
  good = migrate_inside (db, &policy, expanded, error);
  restore_settings (db, &settings);
  gw_sql_policy_clear (&policy);
  if (!good)
    (void)plain (db, "ROLLBACK TO module_migration", NULL);
  return plain (db, "RELEASE module_migration", good ? error : NULL) && good;
}
