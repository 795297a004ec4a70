/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-store.h"

#include "gw-checkpoint-private.h"
#include "gw-counters-private.h"
#include "gw-file-lock-private.h"
#include "gw-readers-private.h"
#include "gw-register-private.h"
#include "gw-store-private.h"
#include "gw-tx.h"
#include "gw-writer-private.h"

#include <glib/gi18n-lib.h>

GwStore *
gw_store_ref (GwStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
store_free (GwStore *self)
{
  if (self->change_destroy != NULL)
    self->change_destroy (self->change_data);
  if (self->damage_destroy != NULL)
    self->damage_destroy (self->damage_data);
  g_clear_pointer (&self->writer, gw_writer_free);
  g_clear_pointer (&self->readers, gw_readers_free);
  g_clear_pointer (&self->tree, gw_area_tree_unref);
  g_clear_pointer (&self->tables, gw_record_tables_unref);
  g_clear_pointer (&self->pending, gw_counters_free);
  g_clear_pointer (&self->clock, gw_clock_unref);
  g_clear_error (&self->check_error);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_mutex_clear (&self->mutex);
  g_mutex_clear (&self->check_mutex);
  g_cond_clear (&self->check_done);
  g_rw_lock_clear (&self->pending_lock);
  g_free (self->centre_code);
  g_free (self->holder);
  g_free (self->path);
  g_free (self);
}

void
gw_store_unref (GwStore *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  gw_store_close (self);
  store_free (self);
}

static gboolean
flush_cb (GwTx *tx, gpointer data, GError **error)
{
  return gw_tx_flush_counters (tx, error);
}

static void
flush_pending (GwStore *self)
{
  const GwActor program = { 0 };
  g_autoptr (GError) error = NULL;

  if (self->writer == NULL || gw_counters_size (self->pending) == 0)
    return;
  /* What cannot be written now is counted anew when the file is opened again. */
  if (!gw_writer_run (self->writer, GW_LANE_VERB, &program, flush_cb, NULL, NULL, &error))
    g_debug ("counters: %s", error->message);
}

/* The log goes into the file and is removed, so that a plain copy of the file is whole. */
static void
empty_log (GwStore *self)
{
  g_autoptr (GwDb) db = NULL;

  if (self->read_only)
    return;
  db = gw_db_open (self->path, GW_DB_READ_WRITE, NULL);
  if (db == NULL)
    return;
  /* A connection that has read nothing does not know yet that there is a log. */
  (void)sqlite3_exec (gw_db_handle (db), "SELECT 1 FROM meta LIMIT 1", NULL, NULL, NULL);
  (void)sqlite3_wal_checkpoint_v2 (gw_db_handle (db), NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
}

/**
 * gw_store_close:
 *
 * Finishes what is queued and lets go of the file. Blocking; not on the writer thread. May be
 * called twice; afterwards every request fails.
 */
void
gw_store_close (GwStore *self)
{
  gboolean closed;

  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->mutex);
  closed = self->closed;
  self->closed = TRUE;
  g_mutex_unlock (&self->mutex);
  if (closed)
    return;
  gw_store_private_stop_check (self);
  if (self->readers != NULL)
    {
      flush_pending (self);
      gw_store_private_close_derived (self);
    }
  if (self->writer != NULL)
    gw_writer_stop (self->writer);
  g_clear_pointer (&self->checkpoint, gw_checkpoint_free);
  if (self->readers != NULL)
    gw_readers_close (self->readers);
  if (self->lock != NULL)
    empty_log (self);
  g_clear_pointer (&self->lock, gw_file_lock_release);
}

const char *
gw_store_path (const GwStore *self)
{
  return self->path;
}

gboolean
gw_store_is_read_only (const GwStore *self)
{
  return self->read_only;
}

const char *
gw_store_holder (const GwStore *self)
{
  return self->holder;
}

GwClock *
gw_store_clock (const GwStore *self)
{
  return self->clock;
}

gboolean
gw_store_is_demo (const GwStore *self)
{
  GwStore *locked = (GwStore *)self;
  gboolean demo;

  g_mutex_lock (&locked->mutex);
  demo = self->demo;
  g_mutex_unlock (&locked->mutex);
  return demo;
}

const char *
gw_store_centre_code (const GwStore *self)
{
  GwStore *locked = (GwStore *)self;
  const char *code;

  g_mutex_lock (&locked->mutex);
  code = self->centre_code;
  g_mutex_unlock (&locked->mutex);
  return code;
}

/* Read-only, the file may grow under our eyes: then the file is asked. */
gint64
gw_store_last_seq (const GwStore *self)
{
  GwStore *locked = (GwStore *)self;
  gint64 seq = 0;

  if (self->read_only)
    {
      g_auto (GwReader) reader = GW_READER_INIT;

      if (gw_store_private_reader (&reader, locked, NULL, NULL) &&
          gw_db_query_int64 (reader.db, "SELECT coalesce(max(seq), 0) FROM event", &seq, NULL))
        return seq;
    }
  g_mutex_lock (&locked->mutex);
  seq = self->last_seq;
  g_mutex_unlock (&locked->mutex);
  return seq;
}

gboolean
gw_store_has_waiting_verb (GwStore *self)
{
  return self->writer != NULL && gw_writer_has_verb (self->writer);
}

void
gw_store_private_wake (gpointer self, gpointer unused)
{
  GwWriter *writer = ((GwStore *)self)->writer;

  if (writer != NULL)
    gw_writer_wake (writer);
}

gboolean
gw_store_write (GwStore *self,
                GwLane lane,
                const GwActor *actor,
                GwTxFunc func,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  g_return_val_if_fail (self != NULL && actor != NULL && func != NULL, FALSE);

  if (self->read_only && self->holder != NULL)
    return gw_throw (error, GW_ERROR_READ_ONLY,
                     _ ("%s is open for reading only, because %s holds it. Close it there and open "
                        "it here again"),
                     self->path, self->holder);
  if (self->read_only)
    return gw_throw (error, GW_ERROR_READ_ONLY,
                     _ ("%s is open for reading only. Ask for the right to write the file and its "
                        "folder, or copy the file to a folder of your own"),
                     self->path);
  return gw_writer_run (self->writer, lane, actor, func, data, cancellable, error);
}

void
gw_store_set_change_func (GwStore *self, GwChangeFunc func, gpointer data, GDestroyNotify destroy)
{
  GDestroyNotify old_destroy;
  gpointer old_data;

  g_mutex_lock (&self->mutex);
  old_destroy = self->change_destroy;
  old_data = self->change_data;
  self->change_func = func;
  self->change_data = data;
  self->change_destroy = destroy;
  g_mutex_unlock (&self->mutex);
  if (old_destroy != NULL)
    old_destroy (old_data);
}

gboolean
gw_store_private_refresh (GwStore *self, GwDb *db, GError **error)
{
  g_autofree char *demo = NULL;
  char *centre;
  gint64 seq = 0;

  if (!gw_db_query_int64 (db, "SELECT coalesce(max(seq), 0) FROM event", &seq, error))
    return FALSE;
  demo = gw_register_dup_meta (db, GW_META_DEMO, NULL);
  centre = gw_register_dup_meta (db, GW_META_CENTRE, NULL);
  g_mutex_lock (&self->mutex);
  self->last_seq = seq;
  self->demo = demo != NULL && !g_str_equal (demo, "0");
  /* The old text may be in somebody's hands. */
  if (self->centre_code != NULL)
    g_ptr_array_add (self->names, self->centre_code);
  self->centre_code = centre;
  g_mutex_unlock (&self->mutex);
  return TRUE;
}

static void
refresh_meta (GwStore *self)
{
  GwDb *db = gw_readers_take (self->readers, NULL, NULL);

  if (db != NULL)
    (void)gw_store_private_refresh (self, db, NULL);
  gw_readers_return (self->readers, db);
}

void
gw_store_private_committed (GwStore *self, const GwCommit *news, gboolean meta)
{
  GwChangeFunc func;
  gpointer data;

  g_mutex_lock (&self->mutex);
  self->last_seq = news->change->last_seq;
  if (news->change->areas || news->change->types)
    ++self->generation;
  if (news->change->areas)
    g_clear_pointer (&self->tree, gw_area_tree_unref);
  if (news->change->types)
    g_clear_pointer (&self->tables, gw_record_tables_unref);
  func = self->change_func;
  data = self->change_data;
  g_mutex_unlock (&self->mutex);
  if (meta)
    refresh_meta (self);
  gw_store_private_derived_commit (self, news);
  if (func != NULL)
    func (self, news->change, data);
}

GwDb *
gw_store_private_take_reader (GwStore *self, GCancellable *cancellable, GError **error)
{
  return gw_readers_take (self->readers, cancellable, error);
}

void
gw_store_private_return_reader (GwStore *self, GwDb *db)
{
  gw_readers_return (self->readers, db);
}

gboolean
gw_store_private_reader (GwReader *self, GwStore *store, GCancellable *cancellable, GError **error)
{
  self->db = gw_store_private_take_reader (store, cancellable, error);
  self->store = store;
  return self->db != NULL;
}

void
gw_store_private_reader_clear (GwReader *self)
{
  if (self->db != NULL)
    gw_store_private_return_reader (self->store, self->db);
  self->db = NULL;
}

gpointer
gw_store_private_get_derived (GwStore *self)
{
  return self->derived;
}

void
gw_store_private_set_derived (GwStore *self, gpointer derived)
{
  self->derived = derived;
}

char *
gw_store_private_side_path (GwStore *self, const char *suffix)
{
  return g_strconcat (self->path, ".", suffix, NULL);
}
