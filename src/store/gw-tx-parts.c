/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What hangs on a matter: assignments, clocks, call-backs, documents. */
#include "gw-parts-private.h"
#include "gw-tx-private.h"

static void
bind_assignment (GwStatement *statement, const GwAssignment *assignment)
{
  gw_statement_bind_id (statement, ":id", assignment->id);
  gw_statement_bind_int64 (statement, ":matter", assignment->matter);
  gw_statement_bind_int64 (statement, ":org", assignment->org);
  gw_statement_bind_int64 (statement, ":part", assignment->part);
  gw_statement_bind_int64 (statement, ":sent", assignment->sent);
  gw_statement_bind_id (statement, ":due", assignment->due);
  gw_statement_bind_id (statement, ":accepted", assignment->accepted);
  gw_statement_bind_id (statement, ":returned", assignment->returned);
  gw_statement_bind_id (statement, ":done", assignment->done);
  gw_statement_bind_text (statement, ":reason", assignment->return_reason);
  gw_statement_bind_text (statement, ":opinion", assignment->opinion);
}

gboolean
gw_tx_put_assignment (GwTx *tx, GwAssignment *assignment, GError **error)
{
  g_autoptr (GwStatement) upsert = NULL;

  if (!gw_tx_private_need_org (tx, assignment->org, error))
    return FALSE;
  upsert = gw_statement_prepare (
      tx->db,
      "INSERT INTO assignment (id, matter, org, part, sent, due, accepted, returned, done,"
      " return_reason, opinion) VALUES (:id, :matter, :org, :part, :sent, :due, :accepted,"
      " :returned, :done, :reason, :opinion)"
      " ON CONFLICT (id) DO UPDATE SET org = :org, part = :part, sent = :sent, due = :due,"
      " accepted = :accepted, returned = :returned, done = :done, return_reason = :reason,"
      " opinion = :opinion",
      error);
  if (upsert == NULL)
    return FALSE;
  bind_assignment (upsert, assignment);
  if (!gw_statement_run (upsert, error))
    return FALSE;
  if (assignment->id == 0)
    assignment->id = sqlite3_last_insert_rowid (gw_db_handle (tx->db));
  return TRUE;
}

GPtrArray *
gw_tx_list_assignments (GwTx *tx, gint64 matter, GError **error)
{
  return gw_parts_list_assignments (tx->db, matter, error);
}

static void
bind_clock (GwStatement *statement, const GwClockRow *clock)
{
  gw_statement_bind_id (statement, ":id", clock->id);
  gw_statement_bind_int64 (statement, ":matter", clock->matter);
  gw_statement_bind_int64 (statement, ":kind", clock->kind);
  gw_statement_bind_int64 (statement, ":unit", clock->unit);
  gw_statement_bind_int64 (statement, ":outcome", clock->outcome);
  gw_statement_bind_int64 (statement, ":n", clock->n);
  gw_statement_bind_int64 (statement, ":start", clock->start);
  gw_statement_bind_int64 (statement, ":due", clock->due);
  gw_statement_bind_id (statement, ":stop", clock->stop);
  gw_statement_bind_id (statement, ":since", clock->paused_since);
  gw_statement_bind_int64 (statement, ":seconds", clock->paused_seconds);
}

/* Every matter that is taken in starts one: by position. */
static gboolean
insert_clock (GwTx *tx, GwClockRow *clock, GError **error)
{
  g_autoptr (GwStatement) insert = NULL;

  insert = gw_statement_prepare_insert (
      tx->db,
      "INSERT INTO clock (id, matter, kind, unit, outcome, n, start, due, stop, paused_since,"
      " paused_seconds) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
      GW_RANK_PART, error);
  if (insert == NULL)
    return FALSE;
  gw_statement_set_int64 (insert, 1, tx->state->last_clock + 1);
  gw_statement_set_int64 (insert, 2, clock->matter);
  gw_statement_set_int64 (insert, 3, clock->kind);
  gw_statement_set_int64 (insert, 4, clock->unit);
  gw_statement_set_int64 (insert, 5, clock->outcome);
  gw_statement_set_int64 (insert, 6, clock->n);
  gw_statement_set_int64 (insert, 7, clock->start);
  gw_statement_set_int64 (insert, 8, clock->due);
  gw_statement_set_id (insert, 9, clock->stop);
  gw_statement_set_id (insert, 10, clock->paused_since);
  gw_statement_set_int64 (insert, 11, clock->paused_seconds);
  if (!gw_statement_run (insert, error))
    return FALSE;
  clock->id = ++tx->state->last_clock;
  return TRUE;
}

gboolean
gw_tx_put_clock (GwTx *tx, GwClockRow *clock, GError **error)
{
  g_autoptr (GwStatement) upsert = NULL;

  if (clock->id == 0)
    return insert_clock (tx, clock, error);
  upsert = gw_statement_prepare (
      tx->db,
      "INSERT INTO clock (id, matter, kind, unit, outcome, n, start, due, stop, paused_since,"
      " paused_seconds) VALUES (:id, :matter, :kind, :unit, :outcome, :n, :start, :due, :stop,"
      " :since, :seconds)"
      " ON CONFLICT (id) DO UPDATE SET outcome = :outcome, n = :n, unit = :unit, start = :start,"
      " due = :due, stop = :stop, paused_since = :since, paused_seconds = :seconds",
      error);
  if (upsert == NULL)
    return FALSE;
  bind_clock (upsert, clock);
  return gw_statement_run (upsert, error);
}

GArray *
gw_tx_list_clocks (GwTx *tx, gint64 matter, GError **error)
{
  return gw_parts_list_clocks (tx->db, matter, error);
}

gboolean
gw_tx_add_visit (GwTx *tx,
                 gint64 matter,
                 const char *channel,
                 const char *answer,
                 const char *solved,
                 const char *note,
                 GError **error)
{
  g_autoptr (GwStatement) insert = NULL;

  insert =
      gw_statement_prepare (tx->db,
                            "INSERT INTO visit (matter, at, account, channel, answer, solved, note)"
                            " VALUES (:matter, :at, :account, :channel, :answer, :solved, :note)",
                            error);
  if (insert == NULL)
    return FALSE;
  gw_statement_bind_int64 (insert, ":matter", matter);
  gw_statement_bind_int64 (insert, ":at", tx->now);
  gw_statement_bind_int64 (insert, ":account", tx->actor->account);
  gw_statement_bind_text (insert, ":channel", channel);
  gw_statement_bind_text (insert, ":answer", answer);
  gw_statement_bind_text (insert, ":solved", solved);
  gw_statement_bind_text (insert, ":note", note);
  return gw_statement_run (insert, error);
}

gboolean
gw_tx_add_document (GwTx *tx,
                    gint64 matter,
                    const char *type,
                    const char *number,
                    const char *title,
                    GError **error)
{
  g_autoptr (GwStatement) insert = NULL;

  insert = gw_statement_prepare (
      tx->db,
      "INSERT INTO document (matter, type, number, title, day, issuer_org, account)"
      " VALUES (:matter, :type, :number, :title, :day, :org, :account)",
      error);
  if (insert == NULL)
    return FALSE;
  gw_statement_bind_id (insert, ":matter", matter);
  gw_statement_bind_text (insert, ":type", type);
  gw_statement_bind_text (insert, ":number", number);
  gw_statement_bind_text (insert, ":title", title);
  gw_statement_bind_int64 (insert, ":day", gw_day_of_time (tx->now));
  gw_statement_bind_id (insert, ":org", tx->actor->org);
  gw_statement_bind_int64 (insert, ":account", tx->actor->account);
  return gw_statement_run (insert, error);
}
