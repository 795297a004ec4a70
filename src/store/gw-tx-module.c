/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-tx-module.h"

#include "gw-tx-private.h"
#include <glib/gi18n-lib.h>

static char *
step_key (const char *ns, guint32 version)
{
  return g_strdup_printf ("module.%s.%u", ns, version);
}

static char *
digest_of (const char *sql)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, sql, -1);
}

gboolean
gw_store_has_module_step (
    GwStore *self, const char *ns, guint32 version, const char *sql, gboolean *has, GError **error)
{
  g_autofree char *key = step_key (ns, version);
  g_autofree char *kept = gw_store_dup_meta (self, key);
  g_autofree char *digest = digest_of (sql);

  *has = kept != NULL;
  if (kept == NULL || g_str_equal (kept, digest))
    return TRUE;
  return gw_throw (error, GW_ERROR_CORRUPT,
                   _ ("this file has step %u of its tables with another text; a step is never "
                      "edited once it was given away: add a new one"),
                   version);
}

gboolean
gw_tx_run_module_step (
    GwTx *tx, const char *ns, guint32 version, const char *sql, GwTxSqlFunc run, GError **error)
{
  g_autofree char *key = step_key (ns, version);
  g_autofree char *digest = digest_of (sql);

  return run (gw_db_handle (tx->db), ns, sql, error) && gw_tx_put_meta (tx, key, digest, error);
}
