/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Migrations of a module: SQL that makes and changes its own tables and nothing else. */

#include "gw-error.h"

G_BEGIN_DECLS

typedef struct sqlite3 sqlite3;

/* Runs the statements of @sql, one after the other, inside a savepoint of the transaction that is
 * open on @db. Everything is taken back when one fails, when one touches what is not the module's,
 * or when the schema outside m_<ns>_* is another one afterwards: SQLite does not tell the new name
 * of RENAME, so only the comparison is proof. "{ns}" in @sql stands for the module's prefix. The
 * authorizer and the switches of @db are set for the time of the call and taken off. Blocking. */
gboolean gw_sql_sandbox_migrate (sqlite3 *db, const char *ns, const char *sql, GError **error);

G_END_DECLS
