/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A transaction under way, and what the writer thread remembers between two of them. */

#include "gw-counters-private.h"
#include "gw-record-table-private.h"
#include "gw-store-private.h"
#include "gw-tx.h"

G_BEGIN_DECLS

#define GW_HASH_BYTES 32

/* Facts of the file that every transaction needs; read once, thrown away after a rollback that may
 * have changed them. Writer thread only. */
typedef struct _GwTxState
{
  GwStore *store; /* borrowed */
  GwDb *db;       /* borrowed */

  gint64 last_seq, last_matter, last_clock;
  guint8 head[GW_HASH_BYTES]; /* hash of last_seq */
  guint64 case_key;
  char *centre_code; /* owned, nullable */
  gboolean demo;
  gboolean defer;   /* counters wait in memory until the next flush */
  gboolean lagging; /* the file says so: GW_META_COUNTER_UPTO is in it */

  gint64 uid_second; /* uids of one second are kept in order by a counter */
  guint32 uid_counter;
  guint8 random[512]; /* drawn in bulk: one system call for many rows */
  guint random_used;

  GArray *facts;      /* owned: of the transaction under way */
  GArray *journalled; /* owned: likewise */

  GwAreaTree *tree;       /* owned, nullable: read when needed */
  guint32 *town, *comm;   /* owned, by area id: the copied ancestors */
  GwRecordTables *tables; /* owned, nullable */
  GHashTable *orgs;       /* owned: ids of organisations that are known to be there */
  GHashTable *sequences;  /* owned: "DIS/2026" -> Sequence */
} GwTxState;

struct _GwTx
{
  GwTxState *state; /* borrowed */
  GwDb *db;         /* borrowed */
  const GwActor *actor;
  gint64 now;
  gint64 first_seq;
  GArray *facts;      /* borrowed: GwMatterFacts in order of writing */
  GArray *journalled; /* borrowed: gint64, matters that have an entry in this transaction */
  GwCounters *deltas;
  gboolean areas, types, drafts, meta, defer, flush;
};

GwTxState *gw_tx_state_new (GwStore *store, GwDb *db, GError **error);
void gw_tx_state_free (GwTxState *self);
/* One transaction: BEGIN IMMEDIATE, @func, counters and sequences, COMMIT, news. */
gboolean gw_tx_state_run (
    GwTxState *self, const GwActor *actor, GwTxFunc func, gpointer data, GError **error);

/* Areas and tables as this transaction sees them. */
GwAreaTree *gw_tx_private_tree (GwTx *tx, GError **error);                         /* borrowed */
const GwRecordTable *gw_tx_private_table (GwTx *tx, guint32 type, GError **error); /* borrowed */
/* The transaction has changed them: read again when asked for. */
void gw_tx_private_forget_areas (GwTx *tx);
void gw_tx_private_forget_types (GwTx *tx);
gboolean gw_tx_private_reload_meta (GwTx *tx, GError **error);
/* Fills town and comm. */
gboolean gw_tx_private_ancestors (
    GwTx *tx, guint32 area, guint32 *town, guint32 *comm, GError **error);

/* Slices of imports are written without foreign keys (gw-writer.c): the store looks itself, once
 * per organisation. 0 is always there. */
gboolean gw_tx_private_need_org (GwTx *tx, guint32 org, GError **error);

/* number_sequence, kept in memory during the transaction: gw-tx-number.c */
typedef struct
{
  char *code; /* owned */
  int year;
  guint32 last;
  gboolean dirty;
} GwSequence;
void gw_tx_private_sequence_free (gpointer data);
/* The next number of @code in the civil year of @reported; *seq its last part. */
char *gw_tx_private_next_number (
    GwTx *tx, const char *code, gint64 reported, guint32 *seq, GError **error);
/* A number given from outside must not be given again. 0 when it is not of our form. */
guint32 gw_tx_private_note_number (GwTx *tx, const char *code, const char *number, GError **error);
gboolean gw_tx_private_write_sequences (GwTx *tx, GError **error);

G_END_DECLS
