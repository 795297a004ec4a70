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
#define GW_SANDBOX_OPERATIONS G_GUINT64_CONSTANT (50000000)

typedef struct _GwSandbox GwSandbox;
typedef struct _GwSandboxRow GwSandboxRow; /* valid inside the row function */

/* Errors: those of opening a file. Blocking. */
GwSandbox *gw_sandbox_open (const char *path, const char *ns, GError **error);
void gw_sandbox_close (GwSandbox *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwSandbox, gw_sandbox_close)

/* Compiles and does not run. @sql must be one SELECT whose columns begin with @columns (NULL-
 * terminated, nullable), in that order. GW_ERROR_REFUSED: not allowed; GW_ERROR_INVALID: not SQL,
 * or other columns; the text names the place and the mend. */
gboolean gw_sandbox_check (GwSandbox *self,
                           const char *sql,
                           const char *const *columns,
                           GError **error);

typedef gboolean (*GwSandboxRowFunc) (GwSandboxRow *row, gpointer data, GError **error);
/* Runs one SELECT. @params (nullable, a{sv} of x, d, s, b, not consumed) are bound by name without
 * the colon; one that @sql does not name is left out. GW_ERROR_LIMIT after @operations. Blocking:
 * worker. */
gboolean gw_sandbox_query (GwSandbox *self,
                           const char *sql,
                           GVariant *params,
                           guint64 operations,
                           GwSandboxRowFunc func,
                           gpointer data,
                           GCancellable *cancellable,
                           GError **error);
gboolean gw_sandbox_row_is_null (GwSandboxRow *row, guint column);
gint64 gw_sandbox_row_int64 (GwSandboxRow *row, guint column);
double gw_sandbox_row_double (GwSandboxRow *row, guint column);
const char *gw_sandbox_row_text (GwSandboxRow *row, guint column); /* borrowed, nullable */

/* What the last query cost. */
guint64 gw_sandbox_get_operations (const GwSandbox *self);
/* (transfer full): shared columns that every statement so far read, "matter.area", sorted: the
 * data-access statement an administrator sees. */
GStrv gw_sandbox_dup_reads (const GwSandbox *self);

/* ---- expressions over the fields of one record ---- */

typedef struct _GwSandboxExpression GwSandboxExpression;

/* @text: an SQL expression such as "persons >= 3 OR kind = 'land'" over @fields (NULL-terminated
 * names); no table can be read. Errors as gw_sandbox_check. */
GwSandboxExpression *gw_sandbox_expression_new (const char *text,
                                                const char *const *fields,
                                                GError **error);
void gw_sandbox_expression_free (GwSandboxExpression *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwSandboxExpression, gw_sandbox_expression_free)
/* @values (nullable, a{sv}, not consumed): a missing field is NULL. @holds is FALSE for 0 and NULL,
 * as in WHERE. */
gboolean gw_sandbox_expression_evaluate (GwSandboxExpression *self,
                                         GVariant *values,
                                         gboolean *holds,
                                         GError **error);

G_END_DECLS
