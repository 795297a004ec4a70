/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Steps of the tables that a module makes for itself. The store keeps which steps a file has and
 * with which text; what a step may do is decided by whoever runs it (the host's sandbox). */

#include "gw-tx.h"

G_BEGIN_DECLS

typedef struct sqlite3 sqlite3;
/* Runs @sql on @db inside the open transaction; takes everything back itself when it fails. */
typedef gboolean (*GwTxSqlFunc) (sqlite3 *db, const char *ns, const char *sql, GError **error);

/**
 * gw_store_has_module_step:
 * @self: an open file
 * @ns: namespace of the module
 * @version: number of the step, from 1
 * @sql: its text in the module that is loaded
 * @has: (out): whether the file has it
 * @error: GW_ERROR_CORRUPT when the file has the step with another text
 *
 * A step that was given to users is never edited, else two files of the same version differ.
 *
 * Returns: FALSE with @error. Blocking: worker.
 */
gboolean gw_store_has_module_step (
    GwStore *self, const char *ns, guint32 version, const char *sql, gboolean *has, GError **error);
/* Runs the step and notes it with the digest of its text. Errors: those of @run. */
gboolean gw_tx_run_module_step (
    GwTx *tx, const char *ns, guint32 version, const char *sql, GwTxSqlFunc run, GError **error);

G_END_DECLS
