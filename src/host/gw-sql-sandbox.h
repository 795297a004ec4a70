/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* SQL of one module, on a connection of its own that can only read, under a policy that is fixed
 * for its life: a statement may be compiled again at any time, so the policy must never change
 * (plugin-abi.md 5.2). Own tables m_<ns>_* are readable in full, shared tables by column. One
 * thread at a time. */

#include "gw-error.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* Instructions of SQLite's machine: the same statement on the same file always costs the same, so
 * that a stored verdict does not depend on how busy the machine was. */
#define GW_SQL_SANDBOX_OPERATIONS G_GUINT64_CONSTANT (50000000)

typedef struct _GwSqlSandbox GwSqlSandbox;
typedef struct _GwSqlSandboxRow GwSqlSandboxRow; /* valid inside the row function */

/* Errors: those of opening a file. Blocking. */
GwSqlSandbox *gw_sql_sandbox_open (const char *path, const char *ns, GError **error);
/* The same policy on a connection that is somebody else's, which outlives it and that nobody else
 * uses meanwhile: to compile statements against a trial in memory. */
typedef struct sqlite3 sqlite3;
GwSqlSandbox *gw_sql_sandbox_borrow (sqlite3 *db, const char *ns, GError **error);
void gw_sql_sandbox_close (GwSqlSandbox *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwSqlSandbox, gw_sql_sandbox_close)

/* Compiles and does not run. @sql must be one SELECT whose columns begin with @columns (NULL-
 * terminated, nullable), in that order. GW_ERROR_REFUSED: not allowed; GW_ERROR_INVALID: not SQL,
 * or other columns; the text names the place and the mend. */
gboolean gw_sql_sandbox_check (GwSqlSandbox *self,
                               const char *sql,
                               const char *const *columns,
                               GError **error);

typedef gboolean (*GwSqlSandboxRowFunc) (GwSqlSandboxRow *row, gpointer data, GError **error);
/* Runs one SELECT. @params (nullable, a{sv} of x, d, s, b, not consumed) are bound by name without
 * the colon; one that @sql does not name is left out. GW_ERROR_LIMIT after @operations. Blocking:
 * worker. */
gboolean gw_sql_sandbox_query (GwSqlSandbox *self,
                               const char *sql,
                               GVariant *params,
                               guint64 operations,
                               GwSqlSandboxRowFunc func,
                               gpointer data,
                               GCancellable *cancellable,
                               GError **error);
gboolean gw_sql_sandbox_row_is_null (GwSqlSandboxRow *row, guint column);
gint64 gw_sql_sandbox_row_int64 (GwSqlSandboxRow *row, guint column);
double gw_sql_sandbox_row_double (GwSqlSandboxRow *row, guint column);
const char *gw_sql_sandbox_row_text (GwSqlSandboxRow *row, guint column); /* borrowed, nullable */

/* What the last query cost. */
guint64 gw_sql_sandbox_get_operations (const GwSqlSandbox *self);
/* (transfer full): shared columns that every statement so far read, "matter.area", sorted: the
 * data-access statement an administrator sees. */
GStrv gw_sql_sandbox_dup_reads (const GwSqlSandbox *self);

/* ---- expressions over the fields of one record ---- */

typedef struct _GwSqlSandboxExpression GwSqlSandboxExpression;

/* @text: an SQL expression such as "persons >= 3 OR kind = 'land'" over @fields (NULL-terminated
 * names); no table can be read. Errors as gw_sql_sandbox_check. */
GwSqlSandboxExpression *gw_sql_sandbox_expression_new (const char *text,
                                                       const char *const *fields,
                                                       GError **error);
void gw_sql_sandbox_expression_free (GwSqlSandboxExpression *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwSqlSandboxExpression, gw_sql_sandbox_expression_free)
/* @values (nullable, a{sv}, not consumed): a missing field is NULL. @holds is FALSE for 0 and NULL,
 * as in WHERE. */
gboolean gw_sql_sandbox_expression_evaluate (GwSqlSandboxExpression *self,
                                             GVariant *values,
                                             gboolean *holds,
                                             GError **error);

G_END_DECLS
