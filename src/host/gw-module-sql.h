/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The SQL of one module on one file: the steps of its tables, the proof that its statements are
 * allowed, and what they answer. */

#include "gw-store.h"
#include "gw-type.h"

G_BEGIN_DECLS

/* One row of an indicator's or layer's answer. */
typedef struct
{
  guint32 area; /* GW_AREA_NONE: of no area that the file knows by this id */
  double num, den;
  gboolean has_den;
} GwAreaShare;

/**
 * gw_module_sql_migrate:
 * @store: an open file
 * @module: a module whose record types are registered in it
 * @error: GW_ERROR_READ_ONLY when steps are missing and the file may not be written; else those of
 *   the step, with its number
 *
 * Runs the steps that the file does not have yet, each in one transaction. What ran stays.
 *
 * Returns: whether the file has all steps now. Blocking: worker.
 */
gboolean gw_module_sql_migrate (GwStore *store, const GwModuleSpec *module, GError **error);
/**
 * gw_module_sql_check:
 * @path: the file of a store in which the module's steps have run
 * @module: a module
 * @reads: (out) (optional) (transfer full): the shared columns that its statements read
 * @error: GW_ERROR_REFUSED or GW_ERROR_INVALID with the statement's id in front
 *
 * Compiles the statements of indicators and layers without running them.
 *
 * Returns: whether all of them are allowed. Blocking: worker.
 */
gboolean gw_module_sql_check (const char *path,
                              const GwModuleSpec *module,
                              GStrv *reads,
                              GError **error);
/**
 * gw_module_sql_try:
 * @module: a module
 * @reads: (out) (optional) (transfer full): the shared columns that its statements read
 * @error: as of gw_module_sql_migrate() and gw_module_sql_check()
 *
 * Runs all steps and compiles all statements in an empty file in memory: what can be known of the
 * module's SQL before any file of a user is touched.
 *
 * Returns: whether all of it is allowed. Any thread.
 */
gboolean gw_module_sql_try (const GwModuleSpec *module, GStrv *reads, GError **error);
/**
 * gw_module_sql_shares:
 * @path: the file of a store
 * @ns: namespace of the module
 * @sql: SELECT of area_id, num and perhaps den
 * @from: UTC seconds, 0 = no bound
 * @to: UTC seconds, excluded, 0 = no bound
 * @cancellable: (nullable): ends it at once
 * @error: GW_ERROR_LIMIT when it costs more than GW_SQL_SANDBOX_OPERATIONS
 *
 * Returns: (transfer full) (element-type GwAreaShare): the rows as they came. Blocking: worker.
 */
GArray *gw_module_sql_shares (const char *path,
                              const char *ns,
                              const char *sql,
                              gint64 from,
                              gint64 to,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
