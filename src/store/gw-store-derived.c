/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-derived-private.h"

#include <string.h>

#include "gw-restricted.h"
#include "gw-select.h"

/* Changes after which the snapshot file is written again while the store is open, so that even a
 * crash leaves a quick next start. */
#define SAVE_AFTER 200000

typedef struct
{
  gatomicrefcount refs;
  GwStore *store;        /* borrowed: closes this before it goes */
  GwSearch *search;      /* owned */
  GThread *keeper;       /* owned: builds the first snapshot, later writes the file */
  char *path;            /* owned: of the snapshot's file */
  GCancellable *closing; /* owned */

  GMutex lock;
  GCond moved;
  GwSnapshot *snapshot;     /* owned, nullable: until the first is built */
  GwSnapshotWriter *writer; /* owned, nullable: likewise */
  GArray *waiting;          /* GwMatterFacts committed before that */
  gint64 waiting_seq;
  GError *failure; /* owned, nullable: it could not be built */
  guint n_unsaved;
  gboolean save; /* the keeper shall write the file */
} Derived;

/* A request that is under way keeps what it uses while another thread closes the file. */
static Derived *
acquire (GwStore *store, GError **error)
{
  Derived *self;

  g_mutex_lock (&store->mutex);
  self = store->derived;
  if (self != NULL)
    g_atomic_ref_count_inc (&self->refs);
  g_mutex_unlock (&store->mutex);
  if (self == NULL)
    gw_throw (error, GW_ERROR_BUSY, "reading %s: the file is closed", gw_store_path (store));
  return self;
}

static void
derived_unref (Derived *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_pointer (&self->search, gw_search_free);
  g_clear_pointer (&self->snapshot, gw_snapshot_unref);
  g_clear_pointer (&self->writer, gw_snapshot_writer_free);
  g_clear_error (&self->failure);
  g_array_unref (self->waiting);
  g_object_unref (self->closing);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->moved);
  g_free (self->path);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Derived, derived_unref)

/* ---- the first snapshot ---- */

static GwSnapshot *
load_file (Derived *self, GwDb *db, GError **error)
{
  g_autoptr (GwSnapshot) snapshot = NULL;
  GwSnapshot *newer;
  guint8 written[32], now[32];

  snapshot = gw_snapshot_load (self->path, written, NULL);
  if (snapshot == NULL || !gw_snapshot_journal_hash (db, snapshot->seq, now, NULL) ||
      memcmp (written, now, sizeof now) != 0)
    return NULL;
  newer = gw_snapshot_catch_up (db, snapshot, self->closing, error);
  if (newer != NULL && newer->seq != snapshot->seq)
    self->n_unsaved = 1;
  return newer;
}

static GwSnapshot *
build (Derived *self, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  g_autoptr (GError) failure = NULL;
  GwSnapshot *snapshot;

  if (!gw_store_private_reader (&reader, self->store, self->closing, error))
    return NULL;
  snapshot = load_file (self, reader.db, &failure);
  if (snapshot != NULL)
    return snapshot;
  self->n_unsaved = 1;
  return gw_snapshot_build (reader.db, self->closing, error);
}

static void
apply_facts (Derived *self, const GwMatterFacts *facts, guint n, gint64 seq)
{
  GwSnapshot *snapshot;

  for (guint i = 0; i < n; i++)
    if (!gw_snapshot_writer_put (self->writer, &facts[i]))
      g_debug ("snapshot: the matter %" G_GINT64_FORMAT " has no place", facts[i].id);
  snapshot = gw_snapshot_writer_publish (self->writer, seq);
  g_clear_pointer (&self->snapshot, gw_snapshot_unref);
  self->snapshot = snapshot;
  self->n_unsaved += n;
}

/* What was committed since the build began comes on top: the last word on each matter is the same,
 * whether the build had seen it or not. */
static void
adopt (Derived *self, GwSnapshot *base, GError *failure)
{
  g_mutex_lock (&self->lock);
  if (base != NULL)
    {
      self->writer = gw_snapshot_writer_new_from (base);
      apply_facts (self, (const GwMatterFacts *)(gconstpointer)self->waiting->data,
                   self->waiting->len, MAX (base->seq, self->waiting_seq));
      g_array_set_size (self->waiting, 0);
    }
  self->failure = failure;
  g_cond_broadcast (&self->moved);
  g_mutex_unlock (&self->lock);
}

/* ---- the file ---- */

static void
save (Derived *self)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  g_autoptr (GwSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  guint8 hash[32];

  g_mutex_lock (&self->lock);
  self->save = FALSE;
  if (self->snapshot != NULL && self->n_unsaved > 0)
    snapshot = gw_snapshot_ref (self->snapshot);
  self->n_unsaved = 0;
  g_mutex_unlock (&self->lock);
  if (snapshot == NULL)
    return;
  if (!gw_store_private_reader (&reader, self->store, NULL, &error) ||
      !gw_snapshot_journal_hash (reader.db, snapshot->seq, hash, &error) ||
      !gw_snapshot_save (snapshot, self->path, hash, &error))
    g_debug ("snapshot: %s", error->message);
}

static gboolean
wait_for_save (Derived *self)
{
  gboolean closing;

  g_mutex_lock (&self->lock);
  while (!self->save && !g_cancellable_is_cancelled (self->closing))
    g_cond_wait (&self->moved, &self->lock);
  closing = g_cancellable_is_cancelled (self->closing);
  g_mutex_unlock (&self->lock);
  return !closing;
}

static gpointer
keep (gpointer data)
{
  Derived *self = data;
  GError *error = NULL;
  g_autoptr (GwSnapshot) base = build (self, &error);

  adopt (self, base, error);
  g_clear_pointer (&base, gw_snapshot_unref); /* or every chunk would be copied on its change */
  while (wait_for_save (self))
    save (self);
  if (!gw_store_is_read_only (self->store))
    save (self);
  return NULL;
}

/* ---- the store's calls ---- */

gboolean
gw_store_private_open_derived (GwStore *store, GError **error)
{
  Derived *self = g_new0 (Derived, 1);

  g_atomic_ref_count_init (&self->refs);
  self->store = store;
  self->path = gw_store_private_side_path (store, "snapshot");
  self->closing = g_cancellable_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->moved);
  self->waiting = g_array_new (FALSE, FALSE, sizeof (GwMatterFacts));
  self->search = gw_search_new (store);
  gw_store_private_set_derived (store, self);
  self->keeper = g_thread_new ("gw-snapshot", keep, self);
  return TRUE;
}

static void
take_commit (Derived *self, const GwCommit *commit)
{
  gint64 seq = commit->change->last_seq;

  if (self->writer != NULL)
    {
      apply_facts (self, commit->facts, commit->n_facts, MAX (seq, self->snapshot->seq));
      g_cond_broadcast (&self->moved);
    }
  else
    {
      g_array_append_vals (self->waiting, commit->facts, commit->n_facts);
      self->waiting_seq = MAX (self->waiting_seq, seq);
    }
  if (self->n_unsaved < SAVE_AFTER || self->save)
    return;
  self->save = TRUE;
  g_cond_broadcast (&self->moved);
}

void
gw_store_private_derived_commit (GwStore *store, const GwCommit *commit)
{
  g_autoptr (Derived) self = acquire (store, NULL);

  if (self == NULL)
    return;
  g_mutex_lock (&self->lock);
  take_commit (self, commit);
  g_mutex_unlock (&self->lock);
  gw_search_wake (self->search, commit->change->last_seq, commit->more);
}

void
gw_store_private_close_derived (GwStore *store)
{
  g_autoptr (Derived) self = NULL;

  g_mutex_lock (&store->mutex);
  self = g_steal_pointer (&store->derived);
  g_mutex_unlock (&store->mutex);
  if (self == NULL)
    return;
  g_cancellable_cancel (self->closing);
  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->moved);
  g_mutex_unlock (&self->lock);
  gw_search_stop (self->search);
  g_thread_join (self->keeper);
}

/* ---- reading ---- */

static void
wait_cancelled_cb (GCancellable *cancellable, gpointer data)
{
  Derived *self = data;

  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->moved);
  g_mutex_unlock (&self->lock);
}

static GwSnapshot *
wait_locked (Derived *self, gint64 seq, GCancellable *cancellable, GError **error)
{
  while (self->snapshot == NULL || self->snapshot->seq < seq)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (self->failure != NULL)
        {
          g_propagate_error (error, g_error_copy (self->failure));
          return NULL;
        }
      if (g_cancellable_is_cancelled (self->closing))
        return gw_throw_null (error, GW_ERROR_BUSY, "reading the snapshot: the file is closing");
      g_cond_wait (&self->moved, &self->lock);
    }
  return gw_snapshot_ref (self->snapshot);
}

static GwSnapshot *
wait_for (Derived *self, gint64 seq, GCancellable *cancellable, GError **error)
{
  GwSnapshot *snapshot;
  gulong handler = 0;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (wait_cancelled_cb), self, NULL);
  g_mutex_lock (&self->lock);
  snapshot = wait_locked (self, seq, cancellable, error);
  g_mutex_unlock (&self->lock);
  g_cancellable_disconnect (cancellable, handler);
  return snapshot;
}

/* A file that another program writes: nobody tells us of its commits, so the journal is asked. */
static gboolean
refresh (Derived *self, GwSnapshot *base, GCancellable *cancellable, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  g_autoptr (GwSnapshot) newer = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 seq = 0;

  if (!gw_store_private_reader (&reader, self->store, cancellable, error))
    return FALSE;
  if (!gw_db_query_int64 (reader.db, "SELECT coalesce (max (seq), 0) FROM event", &seq, error))
    return FALSE;
  if (seq == base->seq)
    return TRUE;
  newer = gw_snapshot_catch_up (reader.db, base, cancellable, &failure);
  if (newer == NULL && failure == NULL)
    newer = gw_snapshot_build (reader.db, cancellable, &failure);
  if (newer == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  g_mutex_lock (&self->lock);
  if (newer->seq > self->snapshot->seq)
    {
      g_clear_pointer (&self->writer, gw_snapshot_writer_free);
      self->writer = gw_snapshot_writer_new_from (newer);
      g_clear_pointer (&self->snapshot, gw_snapshot_unref);
      self->snapshot = g_steal_pointer (&newer);
    }
  g_mutex_unlock (&self->lock);
  return TRUE;
}

GwSnapshot *
gw_derived_wait_snapshot (GwStore *store, GCancellable *cancellable, GError **error)
{
  g_autoptr (Derived) self = acquire (store, error);
  g_autoptr (GwSnapshot) snapshot = NULL;

  if (self == NULL)
    return NULL;
  snapshot = wait_for (self, 0, cancellable, error);
  if (snapshot == NULL || !gw_store_is_read_only (store))
    return g_steal_pointer (&snapshot);
  if (!refresh (self, snapshot, cancellable, error))
    return NULL;
  return wait_for (self, 0, cancellable, error);
}

GwSearchSet *
gw_derived_search (GwStore *store,
                   const GwSearchQuery *query,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (Derived) self = acquire (store, error);

  return self != NULL ? gw_search_run (self->search, query, cancellable, error) : NULL;
}

gboolean
gw_derived_begin_search (GwStore *store, GwSearchRun *run, gpointer *hold, GError **error)
{
  g_autoptr (Derived) self = acquire (store, error);

  if (self == NULL)
    return FALSE;
  run->search = self->search;
  *hold = g_steal_pointer (&self);
  return gw_search_run_begin (run, error);
}

void
gw_derived_release (gpointer hold)
{
  derived_unref (hold);
}

GwSearchSet *
gw_derived_readable (GwStore *store,
                     const GwActor *actor,
                     const GwSnapshot *snapshot,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (Derived) self = acquire (store, error);

  return self != NULL ? gw_search_find_readable (self->search, actor, snapshot, cancellable, error)
                      : NULL;
}

/**
 * gw_store_wait_search:
 * @cancellable: (nullable):
 *
 * Until the search index holds everything committed so far. Blocking, for workers: tests and
 * benchmarks; queries are exact without it.
 *
 * Returns: %FALSE when cancelled, closing, or the index cannot be written
 */
gboolean
gw_store_wait_search (GwStore *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (Derived) derived = acquire (self, error);

  return derived != NULL && gw_search_wait (derived->search, cancellable, error);
}

/* ---- proof ---- */

gint64
gw_store_private_check_derived (GwStore *store, const GArray *cells, gint64 seq, GError **error)
{
  g_autoptr (Derived) self = acquire (store, error);
  g_autoptr (GwSnapshot) snapshot = NULL;
  g_autoptr (GwCounters) mine = NULL, theirs = gw_counters_new ();

  if (self == NULL)
    return -1;
  if (gw_store_is_read_only (store))
    snapshot = gw_derived_wait_snapshot (store, NULL, error);
  else
    snapshot = wait_for (self, seq, NULL, error);
  if (snapshot == NULL)
    return -1;
  if (snapshot->seq != seq)
    {
      gw_throw (error, GW_ERROR_STALE, "comparing the figures: the file changed meanwhile");
      return -1;
    }
  for (guint i = 0; i < cells->len; i++)
    gw_counters_add (theirs, &g_array_index (cells, GwCounterCell, i));
  mine = gw_snapshot_count (snapshot);
  return gw_counters_differ (mine, theirs);
}
