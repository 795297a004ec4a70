/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-tx.h"

#include "gw-journal-private.h"
#include "gw-register-private.h"
#include "gw-tx-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What a transaction changes in the state; put back when it is rolled back. */
typedef struct
{
  gint64 last_seq, last_matter, last_clock;
  guint8 head[GW_JOURNAL_HASH_BYTES];
} Mark;

static gboolean
load_head (GwTxState *self, GError **error)
{
  g_autoptr (GwStatement) last = NULL;
  g_autofree char *uid = NULL;
  gboolean row = FALSE;
  gconstpointer hash;
  gsize length;

  last = gw_statement_prepare (self->db, "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1",
                               error);
  if (last == NULL || !gw_statement_step (last, &row, error))
    return FALSE;
  if (row)
    {
      self->last_seq = gw_statement_get_int64 (last, 0);
      hash = gw_statement_get_blob (last, 1, &length);
      memcpy (self->head, hash, MIN (length, sizeof self->head));
      return TRUE;
    }
  uid = gw_register_need_meta (self->db, GW_META_FILE_UID, error);
  if (uid == NULL)
    return FALSE;
  self->last_seq = 0;
  gw_journal_genesis (uid, self->head);
  return TRUE;
}

static gboolean
load_meta (GwTxState *self, GError **error)
{
  g_autofree char *key = gw_register_need_meta (self->db, GW_META_CASE_KEY, error);
  g_autofree char *demo = NULL, *upto = NULL;

  if (key == NULL)
    return FALSE;
  self->case_key = g_ascii_strtoull (key, NULL, 10);
  demo = gw_register_dup_meta (self->db, GW_META_DEMO, NULL);
  self->demo = demo != NULL && !g_str_equal (demo, "0");
  upto = gw_register_dup_meta (self->db, GW_META_COUNTER_UPTO, NULL);
  self->lagging = upto != NULL;
  g_free (self->centre_code);
  self->centre_code = gw_register_dup_meta (self->db, GW_META_CENTRE, NULL);
  return TRUE;
}

static gboolean
load_last_ids (GwTxState *self, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (gw_db_query_int64 (self->db, "SELECT coalesce(max(id), 0) FROM matter", &self->last_matter,
                         &local) &&
      gw_db_query_int64 (self->db, "SELECT coalesce(max(id), 0) FROM clock", &self->last_clock,
                         &local))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

GwTxState *
gw_tx_state_new (GwStore *store, GwDb *db, GError **error)
{
  GwTxState *self = g_new0 (GwTxState, 1);

  self->store = store;
  self->db = db;
  self->facts = g_array_new (FALSE, FALSE, sizeof (GwMatterFacts));
  self->journalled = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->orgs = g_hash_table_new (NULL, NULL);
  self->sequences =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, gw_tx_private_sequence_free);
  if (load_head (self, error) && load_meta (self, error) && load_last_ids (self, error))
    return self;
  gw_tx_state_free (self);
  return NULL;
}

static void
forget_areas (GwTxState *self)
{
  g_clear_pointer (&self->tree, gw_area_tree_unref);
  g_clear_pointer (&self->town, g_free);
  g_clear_pointer (&self->comm, g_free);
}

void
gw_tx_state_free (GwTxState *self)
{
  if (self == NULL)
    return;
  forget_areas (self);
  g_clear_pointer (&self->tables, gw_record_tables_unref);
  g_hash_table_unref (self->orgs);
  g_hash_table_unref (self->sequences);
  g_array_unref (self->facts);
  g_array_unref (self->journalled);
  g_free (self->centre_code);
  g_free (self);
}

/* The rule of the journal: no change of a matter without an entry in the same transaction. */
static gboolean
check_journalled (GwTx *tx, GError **error)
{
  g_autoptr (GHashTable) entries = NULL;
  const gint64 *ids = (const gint64 *)(gpointer)tx->journalled->data;
  guint i;

  for (i = 0; i < tx->facts->len && i < tx->journalled->len; ++i)
    if (g_array_index (tx->facts, GwMatterFacts, i).id != ids[i])
      break;
  if (i == tx->facts->len)
    return TRUE;
  entries = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint j = 0; j < tx->journalled->len; ++j)
    g_hash_table_add (entries, (gpointer)&ids[j]);
  for (i = 0; i < tx->facts->len; ++i)
    {
      const GwMatterFacts *facts = &g_array_index (tx->facts, GwMatterFacts, i);

      if (!g_hash_table_contains (entries, &facts->id))
        return gw_throw (error, GW_ERROR_FAILED,
                         "matter %" G_GINT64_FORMAT " was changed without an entry in the journal",
                         facts->id);
    }
  return TRUE;
}

/* The mark says that the table stands for the journal up to here only; whoever opens the file with
 * the mark in it counts anew. */
static gboolean
mark_lagging (GwTx *tx, GError **error)
{
  g_autofree char *upto = NULL;

  if (tx->state->lagging || gw_counters_size (tx->deltas) == 0)
    return TRUE;
  upto = g_strdup_printf ("%" G_GINT64_FORMAT, tx->first_seq - 1);
  return gw_register_put_meta (tx->db, GW_META_COUNTER_UPTO, upto, error);
}

static gboolean
write_counters (GwTx *tx, GError **error)
{
  GwStore *store = tx->state->store;

  if (tx->flush)
    return gw_counters_write (store->pending, tx->db, error) &&
           gw_counters_write (tx->deltas, tx->db, error) &&
           gw_register_drop_meta (tx->db, GW_META_COUNTER_UPTO, error);
  if (tx->defer)
    return mark_lagging (tx, error);
  return gw_counters_write (tx->deltas, tx->db, error);
}

/* Readers of the counters hold the lock while they take their snapshot of the file and copy what is
 * pending, so they never see a difference twice or not at all. */
static gboolean
commit (GwTx *tx, GError **error)
{
  GwStore *store = tx->state->store;
  gboolean committed;

  if (!tx->flush && !tx->defer)
    return gw_db_commit (tx->db, error);
  g_rw_lock_writer_lock (&store->pending_lock);
  committed = gw_db_commit (tx->db, error);
  if (committed && tx->flush)
    {
      gw_counters_clear (store->pending);
      tx->state->lagging = FALSE;
    }
  else if (committed)
    {
      tx->state->lagging = tx->state->lagging || gw_counters_size (tx->deltas) > 0;
      gw_counters_merge (store->pending, tx->deltas);
    }
  g_rw_lock_writer_unlock (&store->pending_lock);
  return committed;
}

static gboolean
finish (GwTx *tx, GError **error)
{
  return check_journalled (tx, error) && gw_tx_private_write_sequences (tx, error) &&
         write_counters (tx, error) && commit (tx, error);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

  return (x > y) - (x < y);
}

/* Every matter that was written or has a new entry, ascending, once. */
static GArray *
changed_matters (GwTx *tx)
{
  GArray *ids = g_array_copy (tx->journalled);
  guint kept = 0;

  for (guint i = 0; i < tx->facts->len; ++i)
    if (i >= tx->journalled->len ||
        g_array_index (tx->journalled, gint64, i) != g_array_index (tx->facts, GwMatterFacts, i).id)
      g_array_append_vals (ids, &g_array_index (tx->facts, GwMatterFacts, i).id, 1);
  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; ++i)
    if (kept == 0 || g_array_index (ids, gint64, kept - 1) != g_array_index (ids, gint64, i))
      g_array_index (ids, gint64, kept++) = g_array_index (ids, gint64, i);
  g_array_set_size (ids, kept);
  return ids;
}

#define MANY 1000

static void
tell (GwTx *tx)
{
  g_autoptr (GArray) ids = changed_matters (tx);
  GwChange change = { 0 };
  GwCommit news = { 0 };

  change.first_seq = tx->first_seq;
  change.last_seq = tx->state->last_seq;
  change.matters = (const gint64 *)(gpointer)ids->data;
  change.n_matters = ids->len;
  change.areas = tx->areas;
  change.types = tx->types;
  change.drafts = tx->drafts;
  change.many = ids->len > MANY;
  news.change = &change;
  news.facts = (const GwMatterFacts *)(gpointer)tx->facts->data;
  news.n_facts = tx->facts->len;
  news.more = tx->state->defer;
  gw_store_private_committed (tx->state->store, &news, tx->meta);
}

static void
roll_back (GwTx *tx, const Mark *mark)
{
  GwTxState *state = tx->state;

  gw_db_rollback (tx->db);
  state->last_seq = mark->last_seq;
  state->last_matter = mark->last_matter;
  state->last_clock = mark->last_clock;
  memcpy (state->head, mark->head, sizeof state->head);
  g_hash_table_remove_all (state->orgs);
  g_hash_table_remove_all (state->sequences);
  if (tx->areas)
    forget_areas (state);
  if (tx->types)
    g_clear_pointer (&state->tables, gw_record_tables_unref);
  /* After an error of the disk this may fail as well; then the connection is opened anew. */
  if (tx->meta)
    (void)load_meta (state, NULL);
}

static void
tx_init (GwTx *tx, GwTxState *state, const GwActor *actor)
{
  memset (tx, 0, sizeof *tx);
  tx->state = state;
  tx->db = state->db;
  tx->actor = actor;
  tx->now = gw_clock_now (gw_store_clock (state->store));
  tx->first_seq = state->last_seq + 1;
  /* Kept from one transaction to the next: those of an import are long. */
  g_array_set_size (state->facts, 0);
  g_array_set_size (state->journalled, 0);
  tx->facts = state->facts;
  tx->journalled = state->journalled;
  tx->deltas = gw_counters_new ();
  tx->defer = state->defer;
}

static void
tx_clear (GwTx *tx)
{
  gw_counters_free (tx->deltas);
}

gboolean
gw_tx_state_run (
    GwTxState *self, const GwActor *actor, GwTxFunc func, gpointer data, GError **error)
{
  Mark mark = { self->last_seq, self->last_matter, self->last_clock, { 0 } };
  gboolean done;
  GwTx tx;

  memcpy (mark.head, self->head, sizeof mark.head);
  if (!gw_db_begin_write (self->db, error))
    return FALSE;
  tx_init (&tx, self, actor);
  done = func (&tx, data, error) && finish (&tx, error);
  if (done)
    {
      self->defer = tx.defer && !tx.flush;
      tell (&tx);
    }
  else
    roll_back (&tx, &mark);
  tx_clear (&tx);
  return done;
}

const GwActor *
gw_tx_actor (const GwTx *tx)
{
  return tx->actor;
}

gint64
gw_tx_now (const GwTx *tx)
{
  return tx->now;
}

gboolean
gw_tx_should_end (const GwTx *tx)
{
  return gw_store_has_waiting_verb (tx->state->store);
}

void
gw_tx_defer_counters (GwTx *tx, gboolean defer)
{
  tx->defer = defer;
  gw_db_hold_rows (tx->db, defer);
}

gboolean
gw_tx_flush_counters (GwTx *tx, GError **error)
{
  tx->flush = TRUE;
  return TRUE;
}

GwAreaTree *
gw_tx_private_tree (GwTx *tx, GError **error)
{
  if (tx->state->tree == NULL)
    tx->state->tree = gw_register_load_areas (tx->db, error);
  return tx->state->tree;
}

static gboolean
load_ancestors (GwTx *tx, GError **error)
{
  GwAreaTree *tree = gw_tx_private_tree (tx, error);
  guint n;

  if (tree == NULL)
    return FALSE;
  n = gw_area_tree_size (tree) + 1;
  tx->state->town = g_new0 (guint32, n);
  tx->state->comm = g_new0 (guint32, n);
  for (guint32 id = 1; id < n; ++id)
    {
      tx->state->town[id] = gw_area_tree_ancestor (tree, id, GW_LEVEL_TOWNSHIP);
      tx->state->comm[id] = gw_area_tree_ancestor (tree, id, GW_LEVEL_COMMUNITY);
    }
  return TRUE;
}

gboolean
gw_tx_private_ancestors (GwTx *tx, guint32 area, guint32 *town, guint32 *comm, GError **error)
{
  if (tx->state->town == NULL && !load_ancestors (tx, error))
    return FALSE;
  if (area > gw_area_tree_size (tx->state->tree))
    return gw_throw (error, GW_ERROR_NOT_FOUND, _ ("There is no area with id %u"), area);
  *town = tx->state->town[area];
  *comm = tx->state->comm[area];
  return TRUE;
}

gboolean
gw_tx_private_need_org (GwTx *tx, guint32 org, GError **error)
{
  g_autoptr (GwStatement) select = NULL;
  gboolean row = FALSE;

  if (org == 0 || g_hash_table_contains (tx->state->orgs, GUINT_TO_POINTER (org)))
    return TRUE;
  select = gw_statement_prepare (tx->db, "SELECT 1 FROM org WHERE id = ?1", error);
  if (select == NULL)
    return FALSE;
  gw_statement_set_int64 (select, 1, org);
  if (!gw_statement_step (select, &row, error))
    return FALSE;
  if (!row)
    return gw_throw (error, GW_ERROR_NOT_FOUND, _ ("There is no organisation with id %u"), org);
  g_hash_table_add (tx->state->orgs, GUINT_TO_POINTER (org));
  return TRUE;
}

const GwRecordTable *
gw_tx_private_table (GwTx *tx, guint32 type, GError **error)
{
  const GwRecordTable *table;

  if (tx->state->tables == NULL)
    tx->state->tables = gw_record_tables_load (tx->db, error);
  if (tx->state->tables == NULL)
    return NULL;
  table = gw_record_tables_get (tx->state->tables, type);
  if (table == NULL)
    return gw_throw_null (error, GW_ERROR_NOT_FOUND, _ ("This file knows no record type %u"), type);
  return table;
}

void
gw_tx_private_forget_areas (GwTx *tx)
{
  tx->areas = TRUE;
  forget_areas (tx->state);
}

void
gw_tx_private_forget_types (GwTx *tx)
{
  tx->types = TRUE;
  g_clear_pointer (&tx->state->tables, gw_record_tables_unref);
}

gboolean
gw_tx_private_reload_meta (GwTx *tx, GError **error)
{
  tx->meta = TRUE;
  return load_meta (tx->state, error) && (tx->state->last_seq > 0 || load_head (tx->state, error));
}
