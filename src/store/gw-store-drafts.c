/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unfinished forms: one row each, durable at once, seen by their account only. */
#include "gw-tx-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gint64 id;
  const char *kind, *payload;
} DraftRequest;

static gboolean
insert_draft (GwTx *tx, DraftRequest *draft, GError **error)
{
  g_autoptr (GwStatement) insert = NULL;

  insert = gw_statement_prepare (tx->db,
                                 "INSERT INTO draft (account, kind, payload, saved)"
                                 " VALUES (:account, :kind, :payload, :saved)",
                                 error);
  if (insert == NULL)
    return FALSE;
  gw_statement_bind_int64 (insert, ":account", tx->actor->account);
  gw_statement_bind_text (insert, ":kind", draft->kind);
  gw_statement_bind_text (insert, ":payload", draft->payload);
  gw_statement_bind_int64 (insert, ":saved", tx->now);
  if (!gw_statement_run (insert, error))
    return FALSE;
  draft->id = sqlite3_last_insert_rowid (gw_db_handle (tx->db));
  return TRUE;
}

static gboolean
update_draft (GwTx *tx, DraftRequest *draft, GError **error)
{
  g_autoptr (GwStatement) update = NULL;

  update = gw_statement_prepare (tx->db,
                                 "UPDATE draft SET kind = :kind, payload = :payload, saved = :saved"
                                 " WHERE id = :id AND account = :account",
                                 error);
  if (update == NULL)
    return FALSE;
  gw_statement_bind_text (update, ":kind", draft->kind);
  gw_statement_bind_text (update, ":payload", draft->payload);
  gw_statement_bind_int64 (update, ":saved", tx->now);
  gw_statement_bind_int64 (update, ":id", draft->id);
  gw_statement_bind_int64 (update, ":account", tx->actor->account);
  if (!gw_statement_run (update, error))
    return FALSE;
  return sqlite3_changes (gw_db_handle (tx->db)) == 1 ||
         gw_throw (error, GW_ERROR_NOT_FOUND, _ ("The draft is no longer there"));
}

static gboolean
save_cb (GwTx *tx, gpointer data, GError **error)
{
  DraftRequest *draft = data;

  tx->drafts = TRUE;
  return draft->id == 0 ? insert_draft (tx, draft, error) : update_draft (tx, draft, error);
}

gboolean
gw_store_save_draft (GwStore *self,
                     const GwActor *actor,
                     gint64 *id,
                     const char *kind,
                     const char *payload,
                     GError **error)
{
  DraftRequest draft = { *id, kind, payload };

  if (!gw_store_write (self, GW_LANE_VERB, actor, save_cb, &draft, NULL, error))
    return FALSE;
  *id = draft.id;
  return TRUE;
}

static gboolean
drop_cb (GwTx *tx, gpointer data, GError **error)
{
  g_autoptr (GwStatement) drop =
      gw_statement_prepare (tx->db, "DELETE FROM draft WHERE id = :id AND account = :account",
                            error);

  tx->drafts = TRUE;
  if (drop == NULL)
    return FALSE;
  gw_statement_bind_int64 (drop, ":id", *(gint64 *)data);
  gw_statement_bind_int64 (drop, ":account", tx->actor->account);
  return gw_statement_run (drop, error);
}

gboolean
gw_store_drop_draft (GwStore *self, const GwActor *actor, gint64 id, GError **error)
{
  return gw_store_write (self, GW_LANE_VERB, actor, drop_cb, &id, NULL, error);
}

static GwDraft *
read_draft (GwStatement *row)
{
  GwDraft *draft = g_new0 (GwDraft, 1);

  draft->id = gw_statement_get_int64 (row, 0);
  draft->account = (guint32)gw_statement_get_int64 (row, 1);
  draft->kind = gw_statement_dup_text (row, 2);
  draft->payload = gw_statement_dup_text (row, 3);
  draft->saved = gw_statement_get_int64 (row, 4);
  return draft;
}

GPtrArray *
gw_store_list_drafts (GwStore *self, const GwActor *actor, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_draft_free);
  g_autoptr (GwStatement) select = NULL;
  gboolean row = TRUE;

  if (!gw_store_private_reader (&reader, self, NULL, error))
    return NULL;
  select = gw_statement_prepare (reader.db,
                                 "SELECT id, account, kind, payload, saved FROM draft"
                                 " WHERE account = :account ORDER BY saved DESC, id DESC",
                                 error);
  if (select == NULL)
    return NULL;
  gw_statement_bind_int64 (select, ":account", actor->account);
  while (gw_statement_step (select, &row, error))
    {
      if (!row)
        return g_steal_pointer (&drafts);
      g_ptr_array_add (drafts, read_draft (select));
    }
  return NULL;
}
