/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-sql-policy-private.h"
#include "gw-sql-sandbox.h"
#include <sqlite3.h>

G_BEGIN_DECLS

/* Limits and switches of a connection that runs foreign SQL. */
void gw_sql_sandbox_harden (sqlite3 *db);
/* What the file holds, so that the policy can tell a table from a name of the statement. Before the
 * policy is armed. */
gboolean gw_sql_sandbox_learn (sqlite3 *db, GwSqlPolicy *policy, GError **error);
/* One statement and nothing behind it, compiled under @policy. NULL with @error. */
sqlite3_stmt *gw_sql_sandbox_prepare (sqlite3 *db,
                                      GwSqlPolicy *policy,
                                      const char *sql,
                                      GError **error);
/* Values of an a{sv} by name; values of other types are refused. */
gboolean gw_sql_sandbox_bind (sqlite3_stmt *statement, GVariant *values, GError **error);

/* Ends a statement that runs too long. */
typedef struct
{
  guint64 used, limit;       /* operations, counted in steps */
  GCancellable *cancellable; /* borrowed, nullable */
} GwSqlSandboxBudget;
void gw_sql_sandbox_watch (sqlite3 *db, GwSqlSandboxBudget *budget);
void gw_sql_sandbox_unwatch (sqlite3 *db);
/* The reason why sqlite3_step() gave @rc. Returns FALSE. */
gboolean gw_sql_sandbox_throw (sqlite3 *db,
                               int rc,
                               const GwSqlSandboxBudget *budget,
                               GError **error);

G_END_DECLS
