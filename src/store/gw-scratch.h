/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An empty file in memory, laid out as a real one, to try what a module wants to do with its SQL.
 */

#include "gw-type.h"

G_BEGIN_DECLS

typedef struct sqlite3 sqlite3;
typedef gboolean (*GwScratchFunc) (sqlite3 *db, gpointer data, GError **error);

/* Lays it out, makes the tables of @types (GwTypeSpec), calls @func and forgets everything. Errors:
 * those of a type whose table cannot be made, and those of @func. Writes no file. Blocking. */
gboolean gw_scratch_run (GPtrArray *types, GwScratchFunc func, gpointer data, GError **error);

G_END_DECLS
