/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Set-up: meta, areas, organisations, accounts, calendar, record types. */
#include "gw-register-private.h"
#include "gw-tx-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_seed (const char *key)
{
  return g_str_equal (key, GW_META_FILE_UID) || g_str_equal (key, GW_META_CASE_KEY) ||
         g_str_equal (key, GW_META_CHAIN_SUITE);
}

gboolean
gw_tx_put_meta (GwTx *tx, const char *key, const char *value, GError **error)
{
  if (is_seed (key) && (tx->state->last_seq > 0 || tx->state->last_matter > 0))
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("\"%s\" cannot be changed once the journal has begun"), key);
  if (g_str_equal (key, GW_META_COUNTER_UPTO))
    return gw_throw (error, GW_ERROR_INVALID, _ ("\"%s\" is kept by the store"), key);
  return gw_register_put_meta (tx->db, key, value, error) && gw_tx_private_reload_meta (tx, error);
}

static gboolean
move_matters (GwTx *tx, guint32 area, guint32 town, guint32 comm, GError **error)
{
  g_autoptr (GwStatement) update = NULL;

  update = gw_statement_prepare (tx->db,
                                 "UPDATE matter SET town = :town, comm = :comm WHERE area = :area",
                                 error);
  if (update == NULL)
    return FALSE;
  gw_statement_bind_id (update, ":town", town);
  gw_statement_bind_id (update, ":comm", comm);
  gw_statement_bind_int64 (update, ":area", area);
  return gw_statement_run (update, error);
}

/* Matters carry copies of their area's ancestors; they follow when an area moves. */
static gboolean
follow_moves (
    GwTx *tx, const guint32 *old_town, const guint32 *old_comm, guint n_old, GError **error)
{
  for (guint32 id = 1; id < n_old; ++id)
    {
      guint32 town = 0, comm = 0;

      if (!gw_tx_private_ancestors (tx, id, &town, &comm, error))
        return FALSE;
      if ((town != old_town[id] || comm != old_comm[id]) &&
          !move_matters (tx, id, town, comm, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
gw_tx_put_areas (GwTx *tx, GPtrArray *areas, GError **error)
{
  g_autofree guint32 *old_town = NULL, *old_comm = NULL;
  guint32 town, comm;
  guint n_old;

  /* Reads the ancestors as they are. */
  if (!gw_tx_private_ancestors (tx, 0, &town, &comm, error))
    return FALSE;
  n_old = gw_area_tree_size (tx->state->tree) + 1;
  old_town = g_memdup2 (tx->state->town, n_old * sizeof (guint32));
  old_comm = g_memdup2 (tx->state->comm, n_old * sizeof (guint32));
  for (guint i = 0; i < areas->len; ++i)
    {
      const GwArea *area = g_ptr_array_index (areas, i);

      if (area != NULL && !gw_register_put_area (tx->db, area, error))
        return gw_prefix (error, "writing area %s", area->code);
    }
  gw_tx_private_forget_areas (tx);
  return follow_moves (tx, old_town, old_comm, n_old, error);
}

gboolean
gw_tx_put_org (GwTx *tx, const GwOrg *org, GError **error)
{
  return gw_register_put_org (tx->db, org, error);
}

gboolean
gw_tx_put_account (GwTx *tx, const GwAccount *account, GError **error)
{
  return gw_register_put_account (tx->db, account, error);
}

gboolean
gw_tx_put_calendar (GwTx *tx, const GwCalendar *calendar, GError **error)
{
  return gw_register_put_calendar (tx->db, calendar, error);
}

gboolean
gw_tx_put_type (GwTx *tx, const GwTypeSpec *type, guint32 *number, GError **error)
{
  if (!gw_record_table_put (tx->db, type, number, error))
    return FALSE;
  gw_tx_private_forget_types (tx);
  return TRUE;
}
