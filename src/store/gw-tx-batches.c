/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import batches: one row per file that was taken in, so that it can be taken back. */
#include "gw-tx-private.h"

#include <glib/gi18n-lib.h>

gboolean
gw_tx_add_batch (GwTx *tx, GwBatch *batch, GError **error)
{
  g_autoptr (GwStatement) insert = NULL;

  if (batch->at == 0)
    batch->at = tx->now;
  if (batch->account == 0)
    batch->account = tx->actor->account;
  insert = gw_statement_prepare (
      tx->db,
      "INSERT INTO import_batch (at, account, type, file_name, sha256, n_rows, n_refused,"
      " first_matter) VALUES (:at, :account, :type, :file, :sha256, :rows, :refused, :first)",
      error);
  if (insert == NULL)
    return FALSE;
  gw_statement_bind_int64 (insert, ":at", batch->at);
  gw_statement_bind_int64 (insert, ":account", batch->account);
  gw_statement_bind_text (insert, ":type", batch->type);
  gw_statement_bind_text (insert, ":file", batch->file_name);
  gw_statement_bind_text (insert, ":sha256", batch->sha256 != NULL ? batch->sha256 : "");
  gw_statement_bind_int64 (insert, ":rows", batch->n_rows);
  gw_statement_bind_int64 (insert, ":refused", batch->n_refused);
  gw_statement_bind_int64 (insert, ":first", tx->state->last_matter + 1);
  if (!gw_statement_run (insert, error))
    return FALSE;
  batch->id = sqlite3_last_insert_rowid (gw_db_handle (tx->db));
  return TRUE;
}

gboolean
gw_tx_put_external_number (
    GwTx *tx, guint32 type, const char *source, const char *number, gint64 matter, GError **error)
{
  g_autoptr (GwStatement) insert = NULL;

  insert = gw_statement_prepare_insert (
      tx->db,
      "INSERT OR REPLACE INTO external_number (type, source, number, matter)"
      " VALUES (?1, ?2, ?3, ?4)",
      GW_RANK_PART, error);
  if (insert == NULL)
    return FALSE;
  gw_statement_set_int64 (insert, 1, type);
  gw_statement_set_text (insert, 2, source);
  gw_statement_set_text (insert, 3, number);
  gw_statement_set_int64 (insert, 4, matter);
  return gw_statement_run (insert, error);
}

static gboolean
check_one_row (GwTx *tx, gint64 batch, GError **error)
{
  return sqlite3_changes (gw_db_handle (tx->db)) == 1 ||
         gw_throw (error, GW_ERROR_NOT_FOUND, _ ("There is no import %ld that can be changed"),
                   (long)batch);
}

gboolean
gw_tx_finish_batch (GwTx *tx, gint64 batch, guint32 n_rows, guint32 n_refused, GError **error)
{
  g_autoptr (GwStatement) update = NULL;

  update = gw_statement_prepare (tx->db,
                                 "UPDATE import_batch SET n_rows = :rows, n_refused = :refused,"
                                 " last_matter = :matter, last_seq = :seq WHERE id = :id",
                                 error);
  if (update == NULL)
    return FALSE;
  gw_statement_bind_int64 (update, ":rows", n_rows);
  gw_statement_bind_int64 (update, ":refused", n_refused);
  gw_statement_bind_int64 (update, ":matter", tx->state->last_matter);
  gw_statement_bind_int64 (update, ":seq", tx->state->last_seq);
  gw_statement_bind_int64 (update, ":id", batch);
  return gw_statement_run (update, error) && check_one_row (tx, batch, error);
}

gboolean
gw_tx_set_batch_digest (GwTx *tx, gint64 batch, const char *sha256, GError **error)
{
  g_autoptr (GwStatement) update = NULL;

  update = gw_statement_prepare (tx->db, "UPDATE import_batch SET sha256 = :sha256 WHERE id = :id",
                                 error);
  if (update == NULL)
    return FALSE;
  gw_statement_bind_text (update, ":sha256", sha256 != NULL ? sha256 : "");
  gw_statement_bind_int64 (update, ":id", batch);
  return gw_statement_run (update, error) && check_one_row (tx, batch, error);
}

gboolean
gw_tx_mark_batch_undone (GwTx *tx, gint64 batch, GError **error)
{
  g_autoptr (GwStatement) update = NULL;

  update = gw_statement_prepare (
      tx->db, "UPDATE import_batch SET undone_at = :now WHERE id = :id AND undone_at IS NULL",
      error);
  if (update == NULL)
    return FALSE;
  gw_statement_bind_int64 (update, ":now", tx->now);
  gw_statement_bind_int64 (update, ":id", batch);
  return gw_statement_run (update, error) && check_one_row (tx, batch, error);
}

/**
 * gw_tx_batch_matters:
 * @after: id after which to look; 0 at the beginning
 * @max: how many ids at most
 * @touched: (out): matters in the part that was looked at which somebody has worked on since
 *
 * The matters of a batch that nobody has touched since it was taken in: revision 1, not withdrawn,
 * and no entry of the journal after the end of the import. Only the ids between the first and last
 * matter of the import are read, so the batch needs no index.
 *
 * Returns: (transfer full) (nullable): ids ascending; NULL with @error
 */
GArray *
gw_tx_batch_matters (
    GwTx *tx, gint64 batch, gint64 after, guint max, guint *touched, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GwStatement) select = NULL;
  gboolean row = TRUE;
  guint n_touched = 0;

  select = gw_statement_prepare (
      tx->db,
      "SELECT m.id, m.rev > 1 OR (b.last_seq IS NOT NULL AND EXISTS (SELECT 1 FROM event e"
      "   WHERE e.matter = m.id AND e.seq > b.last_seq))"
      " FROM import_batch b JOIN matter m ON m.id BETWEEN max(b.first_matter, :after + 1)"
      "   AND coalesce(b.last_matter, 9223372036854775807)"
      " WHERE b.id = :batch AND m.batch = :batch AND m.withdrawn = 0"
      " ORDER BY m.id",
      error);
  if (select == NULL)
    return NULL;
  gw_statement_bind_int64 (select, ":batch", batch);
  gw_statement_bind_int64 (select, ":after", after);
  while (ids->len < max)
    {
      gint64 id;

      if (!gw_statement_step (select, &row, error))
        return NULL;
      if (!row)
        break;
      id = gw_statement_get_int64 (select, 0);
      if (gw_statement_get_int64 (select, 1) != 0)
        ++n_touched;
      else
        g_array_append_vals (ids, &id, 1);
    }
  if (touched != NULL)
    *touched = n_touched;
  return g_steal_pointer (&ids);
}
