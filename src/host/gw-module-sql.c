/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-module-sql.h"

#include "gw-scratch.h"
#include "gw-sql-sandbox-migrate.h"
#include "gw-sql-sandbox.h"
#include "gw-tx-module.h"
#include <glib/gi18n-lib.h>

/* ---- steps ---- */

typedef struct
{
  const GwModuleSpec *module;
  const GwMigrationSpec *step;
} StepJob;

static gboolean
run_step (GwTx *tx, gpointer data, GError **error)
{
  StepJob *job = data;

  return gw_tx_run_module_step (tx, job->module->ns, job->step->version, job->step->sql,
                                gw_sql_sandbox_migrate, error);
}

static gboolean
apply (GwStore *store, const GwModuleSpec *module, const GwMigrationSpec *step, GError **error)
{
  GwActor program = { .role = GW_ROLE_SYSADMIN, .purpose = "modules" };
  StepJob job = { module, step };

  if (gw_store_is_read_only (store))
    return gw_throw (error, GW_ERROR_READ_ONLY,
                     _ ("the file does not have it yet and may only be read: open the file once "
                        "where it can be written"));
  return gw_store_write (store, GW_LANE_VERB, &program, run_step, &job, NULL, error);
}

gboolean
gw_module_sql_migrate (GwStore *store, const GwModuleSpec *module, GError **error)
{
  for (guint i = 0; i < module->migrations->len; i++)
    {
      const GwMigrationSpec *step = g_ptr_array_index (module->migrations, i);
      gboolean has = FALSE;

      if (!gw_store_has_module_step (store, module->ns, step->version, step->sql, &has, error) ||
          (!has && !apply (store, module, step, error)))
        return gw_prefix (error, _ ("migration %u"), step->version);
    }
  return TRUE;
}

/* ---- proof ---- */

static const char *const share_columns[] = { "area_id", "num", NULL };

static gboolean
check_statement (
    GwSqlSandbox *sandbox, const char *what, const char *id, const char *sql, GError **error)
{
  return sql == NULL || gw_sql_sandbox_check (sandbox, sql, share_columns, error) ||
         gw_prefix (error, "%s “%s”", what, id);
}

static gboolean
check_all (GwSqlSandbox *sandbox, const GwModuleSpec *module, GError **error)
{
  for (guint i = 0; i < module->indicators->len; i++)
    {
      const GwIndicatorSpec *indicator = g_ptr_array_index (module->indicators, i);

      if (!check_statement (sandbox, _ ("indicator"), indicator->id, indicator->sql, error))
        return FALSE;
    }
  for (guint i = 0; i < module->layers->len; i++)
    {
      const GwLayerSpec *layer = g_ptr_array_index (module->layers, i);

      if (!check_statement (sandbox, _ ("layer"), layer->id, layer->sql, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_statements (const GwModuleSpec *module)
{
  for (guint i = 0; i < module->indicators->len; i++)
    if (((const GwIndicatorSpec *)g_ptr_array_index (module->indicators, i))->sql != NULL)
      return TRUE;
  for (guint i = 0; i < module->layers->len; i++)
    if (((const GwLayerSpec *)g_ptr_array_index (module->layers, i))->sql != NULL)
      return TRUE;
  return FALSE;
}

gboolean
gw_module_sql_check (const char *path, const GwModuleSpec *module, GStrv *reads, GError **error)
{
  g_autoptr (GwSqlSandbox) sandbox = NULL;

  if (!has_statements (module))
    {
      if (reads != NULL)
        *reads = g_new0 (char *, 1);
      return TRUE;
    }
  sandbox = gw_sql_sandbox_open (path, module->ns, error);
  if (sandbox == NULL || !check_all (sandbox, module, error))
    return FALSE;
  if (reads != NULL)
    *reads = gw_sql_sandbox_dup_reads (sandbox);
  return TRUE;
}

/* ---- trial ---- */

typedef struct
{
  const GwModuleSpec *module;
  GStrv *reads; /* nullable */
} Trial;

static gboolean
try_cb (sqlite3 *db, gpointer data, GError **error)
{
  const Trial *trial = data;
  g_autoptr (GwSqlSandbox) sandbox = NULL;

  for (guint i = 0; i < trial->module->migrations->len; i++)
    {
      const GwMigrationSpec *step = g_ptr_array_index (trial->module->migrations, i);

      if (!gw_sql_sandbox_migrate (db, trial->module->ns, step->sql, error))
        return gw_prefix (error, _ ("migration %u"), step->version);
    }
  sandbox = gw_sql_sandbox_borrow (db, trial->module->ns, error);
  if (sandbox == NULL || !check_all (sandbox, trial->module, error))
    return FALSE;
  if (trial->reads != NULL)
    *trial->reads = gw_sql_sandbox_dup_reads (sandbox);
  return TRUE;
}

gboolean
gw_module_sql_try (const GwModuleSpec *module, GStrv *reads, GError **error)
{
  Trial trial = { module, reads };

  if (module->migrations->len > 0 || has_statements (module))
    return gw_scratch_run (module->types, try_cb, &trial, error);
  if (reads != NULL)
    *reads = g_new0 (char *, 1);
  return TRUE;
}

/* ---- answers ---- */

static gboolean
take_row (GwSqlSandboxRow *row, gpointer data, GError **error)
{
  GArray *shares = data;
  gint64 area = gw_sql_sandbox_row_int64 (row, 0);
  GwAreaShare share = { .num = gw_sql_sandbox_row_double (row, 1) };

  share.area = area > 0 && area <= G_MAXUINT32 ? (guint32)area : GW_AREA_NONE;
  share.has_den = !gw_sql_sandbox_row_is_null (row, 2);
  if (share.has_den)
    share.den = gw_sql_sandbox_row_double (row, 2);
  g_array_append_val (shares, share);
  return TRUE;
}

static GVariant *
period (gint64 from, gint64 to)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  if (from != 0)
    g_variant_builder_add (&builder, "{sv}", "from", g_variant_new_int64 (from));
  if (to != 0)
    g_variant_builder_add (&builder, "{sv}", "to", g_variant_new_int64 (to));
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

GArray *
gw_module_sql_shares (const char *path,
                      const char *ns,
                      const char *sql,
                      gint64 from,
                      gint64 to,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GwSqlSandbox) sandbox = gw_sql_sandbox_open (path, ns, error);
  g_autoptr (GArray) shares = g_array_new (FALSE, FALSE, sizeof (GwAreaShare));
  g_autoptr (GVariant) params = period (from, to);

  if (sandbox == NULL || !gw_sql_sandbox_query (sandbox, sql, params, GW_SQL_SANDBOX_OPERATIONS,
                                                take_row, shares, cancellable, error))
    return NULL;
  return g_steal_pointer (&shares);
}
