/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the list of imports. */
#include "gw-store-private.h"

static GwBatch *
read_batch (GwStatement *row)
{
  GwBatch *batch = g_new0 (GwBatch, 1);

  batch->id = gw_statement_get_int64 (row, 0);
  batch->at = gw_statement_get_int64 (row, 1);
  batch->account = (guint32)gw_statement_get_int64 (row, 2);
  batch->type = gw_statement_dup_text (row, 3);
  batch->file_name = gw_statement_dup_text (row, 4);
  batch->sha256 = gw_statement_dup_text (row, 5);
  batch->n_rows = (guint32)gw_statement_get_int64 (row, 6);
  batch->n_refused = (guint32)gw_statement_get_int64 (row, 7);
  batch->undone_at = gw_statement_get_int64 (row, 8);
  return batch;
}

GPtrArray *
gw_store_list_batches (GwStore *self, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  g_autoptr (GPtrArray) batches = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_batch_free);
  g_autoptr (GwStatement) select = NULL;
  gboolean row = TRUE;

  if (!gw_store_private_reader (&reader, self, NULL, error))
    return NULL;
  select = gw_statement_prepare (reader.db,
                                 "SELECT id, at, account, type, file_name, sha256, n_rows,"
                                 " n_refused, undone_at FROM import_batch ORDER BY id DESC",
                                 error);
  if (select == NULL)
    return NULL;
  while (gw_statement_step (select, &row, error))
    {
      if (!row)
        return g_steal_pointer (&batches);
      g_ptr_array_add (batches, read_batch (select));
    }
  return NULL;
}
