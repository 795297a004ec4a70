/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What may be written inside gw_store_write: one function per row kind. workflow and intake compose
 * them into verbs. Counters follow from gw_tx_insert_matter / gw_tx_update_matter by themselves. No
 * function here checks roles: workflow has done that. */

#include "gw-store.h"

G_BEGIN_DECLS

/* For whom the transaction runs; lent for its time. */
const GwActor *gw_tx_actor (const GwTx *tx);
gint64 gw_tx_now (const GwTx *tx); /* one reading of the clock for the whole transaction */
/* TRUE when a verb waits in the queue: a slice should return and go on in the next one. Cheap. */
gboolean gw_tx_should_end (const GwTx *tx);

/* ---- set-up (program or demo only) ---- */
/* Keys: GW_META_* of gw-store.h. file.uid, case.key and chain.suite only before the first entry of
 * the journal: a demo that sets the first two gives the same file every time. */
gboolean gw_tx_put_meta (GwTx *tx, const char *key, const char *value, GError **error);
gboolean gw_tx_put_areas (
    GwTx *tx,
    GPtrArray *areas,
    GError **error); /* GwArea with final ids; replaces none, appends/updates by id */
gboolean gw_tx_put_org (GwTx *tx, const GwOrg *org, GError **error);
gboolean gw_tx_put_account (GwTx *tx, const GwAccount *account, GError **error);
gboolean gw_tx_put_calendar (GwTx *tx, const GwCalendar *calendar, GError **error);
/* Creates or extends the typed table of @type, its code lists and its description; *number = the
 * local number. */
gboolean gw_tx_put_type (GwTx *tx, const GwTypeSpec *type, guint32 *number, GError **error);

/* ---- matters ---- */
/* Reads the matter unmasked with all its values. */
GwMatter *gw_tx_get_matter (GwTx *tx, gint64 id, GError **error);
/* Fills id, uid, number, case_code (when unset), town, comm and rev of @matter and writes it with
 * its values. */
gboolean gw_tx_insert_matter (GwTx *tx, GwMatter *matter, GError **error);
/* Writes what differs between the two (id equal); raises rev; keeps counters. */
gboolean gw_tx_update_matter (GwTx *tx, const GwMatter *before, GwMatter *after, GError **error);
/* Takes a matter of an undone batch out of lists, map, search and counters; the row and its events
 * stay. */
gboolean gw_tx_withdraw_matter (GwTx *tx, const GwMatter *matter, GError **error);

/* ---- journal ---- */
/* Appends @event (seq, hash filled here; account, role, org, at from the transaction when 0). Free
 * text in reason/note that only staff may see is kept in event_body under a salted commitment; the
 * chain covers the commitment. */
gboolean gw_tx_append_event (GwTx *tx, GwEvent *event, GError **error);
/* The matter's events of one verb, for guards such as "at most twice". */
guint gw_tx_count_events (GwTx *tx, gint64 matter, GwVerb verb, GError **error);

/* ---- what hangs on a matter ---- */
gboolean gw_tx_put_assignment (GwTx *tx,
                               GwAssignment *assignment,
                               GError **error); /* id 0 inserts */
GPtrArray *gw_tx_list_assignments (GwTx *tx, gint64 matter, GError **error);
gboolean gw_tx_put_clock (GwTx *tx, GwClockRow *clock, GError **error); /* id 0 inserts */
GArray *gw_tx_list_clocks (GwTx *tx, gint64 matter, GError **error);
gboolean gw_tx_add_visit (GwTx *tx,
                          gint64 matter,
                          const char *channel,
                          const char *answer,
                          const char *solved,
                          const char *note,
                          GError **error);
gboolean gw_tx_add_document (GwTx *tx,
                             gint64 matter,
                             const char *type,
                             const char *number,
                             const char *title,
                             GError **error);

/* @attachment: id, size, sha256, at and account are filled in. Errors: LIMIT over 20 MiB, INVALID
 * for a picture whose place and camera data were not removed. */
gboolean gw_tx_add_attachment (GwTx *tx, GwAttachment *attachment, GBytes *content, GError **error);

/* ---- batches ---- */
/* Keeps the number that the sender of a list gave to @matter, for GwExternalNumbers. A number that
 * is there already moves to @matter: the one before was withdrawn, or somebody wanted both. */
gboolean gw_tx_put_external_number (
    GwTx *tx, guint32 type, const char *source, const char *number, gint64 matter, GError **error);
gboolean gw_tx_add_batch (GwTx *tx, GwBatch *batch, GError **error); /* id filled */
gboolean gw_tx_finish_batch (
    GwTx *tx, gint64 batch, guint32 n_rows, guint32 n_refused, GError **error);
/* For files whose digest is known only after they were read. @sha256: nullable, hexadecimal. */
gboolean gw_tx_set_batch_digest (GwTx *tx, gint64 batch, const char *sha256, GError **error);
gboolean gw_tx_mark_batch_undone (GwTx *tx, gint64 batch, GError **error);
/* Matters of a batch that may be withdrawn, ids ascending from @after, at most @max; *touched
 * counts those with later events. */
GArray *gw_tx_batch_matters (
    GwTx *tx, gint64 batch, gint64 after, guint max, guint *touched, GError **error);
/* Bulk mode for long imports: counters are kept in memory and written by gw_tx_flush_counters at
 * the end of the batch. Stays on for the following transactions until FALSE or a flush; readers
 * get table and memory together; after a crash the table is counted anew. */
void gw_tx_defer_counters (GwTx *tx, gboolean defer);
gboolean gw_tx_flush_counters (GwTx *tx, GError **error);

G_END_DECLS
