/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Appending to the hash-chained journal. */
#include "gw-journal-private.h"
#include "gw-tx-private.h"

#include <sodium.h>
#include <string.h>

/* A demo's salts follow from its key, so that the same seed gives the same file. */
static void
make_salt (GwTx *tx, gint64 seq, guint8 salt[GW_JOURNAL_SALT_BYTES])
{
  guint64 seed[2] = { tx->state->case_key, (guint64)seq };

  if (tx->state->demo)
    crypto_generichash (salt, GW_JOURNAL_SALT_BYTES, (const guint8 *)seed, sizeof seed, NULL, 0);
  else
    randombytes_buf (salt, GW_JOURNAL_SALT_BYTES);
}

static gboolean
write_body (GwTx *tx, const GwEvent *event, const guint8 *salt, GError **error)
{
  g_autoptr (GwStatement) insert = NULL;

  insert = gw_statement_prepare (
      tx->db, "INSERT INTO event_body (seq, salt, reason) VALUES (:seq, :salt, :reason)", error);
  if (insert == NULL)
    return FALSE;
  gw_statement_bind_int64 (insert, ":seq", event->seq);
  gw_statement_bind_blob (insert, ":salt", salt, GW_JOURNAL_SALT_BYTES);
  gw_statement_bind_text (insert, ":reason", event->reason);
  return gw_statement_run (insert, error);
}

static gboolean
write_entry (GwTx *tx, const GwJournalEntry *entry, const guint8 *hash, GError **error)
{
  g_autoptr (GwStatement) insert = NULL;

  insert = gw_statement_prepare_insert (
      tx->db,
      "INSERT INTO event (seq, matter, at, verb, from_state, to_state, account, role, org, delta,"
      " commitment, hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
      GW_RANK_PART, error);
  if (insert == NULL)
    return FALSE;
  gw_statement_set_int64 (insert, 1, entry->seq);
  gw_statement_set_id (insert, 2, entry->matter);
  gw_statement_set_int64 (insert, 3, entry->at);
  gw_statement_set_int64 (insert, 4, entry->verb);
  gw_statement_set_int64 (insert, 5, entry->from);
  gw_statement_set_int64 (insert, 6, entry->to);
  gw_statement_set_int64 (insert, 7, entry->account);
  gw_statement_set_int64 (insert, 8, entry->role);
  gw_statement_set_int64 (insert, 9, entry->org);
  gw_statement_set_text (insert, 10, entry->delta);
  if (entry->commitment != NULL)
    gw_statement_set_blob (insert, 11, entry->commitment, GW_JOURNAL_HASH_BYTES);
  gw_statement_set_blob (insert, 12, hash, GW_JOURNAL_HASH_BYTES);
  return gw_statement_run (insert, error);
}

static void
fill_actor (GwTx *tx, GwEvent *event)
{
  if (event->at == 0)
    event->at = tx->now;
  if (event->account != 0)
    return;
  event->account = tx->actor->account;
  event->org = tx->actor->org;
  event->role = tx->actor->role;
}

static GwJournalEntry
entry_of (const GwEvent *event)
{
  GwJournalEntry entry = { 0 };

  entry.seq = event->seq;
  entry.matter = event->matter;
  entry.at = event->at;
  entry.account = event->account;
  entry.org = event->org;
  entry.verb = (guint8)event->verb;
  entry.from = (guint8)event->from;
  entry.to = (guint8)event->to;
  entry.role = (guint8)event->role;
  entry.delta = event->delta;
  return entry;
}

/**
 * gw_tx_append_event:
 * @event: seq, hash and what is 0 of account, org, role and at are filled in
 *
 * Appends to the journal. Writer thread.
 *
 * Returns: %FALSE with @error
 */
gboolean
gw_tx_append_event (GwTx *tx, GwEvent *event, GError **error)
{
  guint8 salt[GW_JOURNAL_SALT_BYTES], commitment[GW_JOURNAL_HASH_BYTES];
  guint8 hash[GW_JOURNAL_HASH_BYTES];
  gboolean has_reason = event->reason != NULL && *event->reason != '\0';
  GwJournalEntry entry;

  fill_actor (tx, event);
  event->seq = tx->state->last_seq + 1;
  entry = entry_of (event);
  if (has_reason)
    {
      make_salt (tx, event->seq, salt);
      gw_journal_commit_text (salt, event->reason, commitment);
      entry.commitment = commitment;
    }
  gw_journal_hash (tx->state->head, &entry, hash);
  if (!write_entry (tx, &entry, hash, error) ||
      (has_reason && !write_body (tx, event, salt, error)))
    return FALSE;
  memcpy (tx->state->head, hash, sizeof hash);
  tx->state->last_seq = event->seq;
  gw_journal_format (hash, event->hash);
  if (event->matter != 0)
    g_array_append_vals (tx->journalled, &event->matter, 1);
  return TRUE;
}

guint
gw_tx_count_events (GwTx *tx, gint64 matter, GwVerb verb, GError **error)
{
  g_autoptr (GwStatement) count = NULL;
  gboolean row = FALSE;

  count =
      gw_statement_prepare (tx->db,
                            "SELECT count(*) FROM event WHERE matter = :matter AND verb = :verb",
                            error);
  if (count == NULL)
    return 0;
  gw_statement_bind_int64 (count, ":matter", matter);
  gw_statement_bind_int64 (count, ":verb", verb);
  if (!gw_statement_step (count, &row, error) || !row)
    return 0;
  return (guint)gw_statement_get_int64 (count, 0);
}
