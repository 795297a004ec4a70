/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening: what kind of file it is, who may write it, and its parts in order. */
#include "gw-checkpoint-private.h"
#include "gw-counters-private.h"
#include "gw-file-lock-private.h"
#include "gw-file-state-private.h"
#include "gw-migrate-private.h"
#include "gw-readers-private.h"
#include "gw-register-private.h"
#include "gw-store-private.h"
#include "gw-writer-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <stdlib.h>

static gboolean
throw_read_only (const char *path, GError **error)
{
  return gw_throw (error, GW_ERROR_READ_ONLY,
                   _ ("%s or its folder is marked read-only. Ask for the right to write both, or "
                      "copy the file to a folder of your own"),
                   path);
}

static gboolean
throw_network (const char *path, const char *network, GError **error)
{
  return gw_throw (error, GW_ERROR_NETWORK_FILE,
                   _ ("%s lies on a network drive (%s), where two computers would damage it. Copy "
                      "the file to this computer's own disk and open it there"),
                   path, network);
}

static gboolean
check_presence (
    const GwFileState *state, const char *path, GwOpenFlags flags, gboolean *create, GError **error)
{
  *create = (!state->exists || state->empty) && (flags & GW_OPEN_CREATE) != 0;
  if (*create)
    return state->network == NULL ? state->may_write || throw_read_only (path, error)
                                  : throw_network (path, state->network, error);
  if (!state->exists)
    return gw_throw (error, GW_ERROR_NOT_FOUND,
                     _ ("There is no file %s. Check the name, or plug in the disk it lies on"),
                     path);
  if (state->empty)
    return gw_throw (error, GW_ERROR_CORRUPT,
                     _ ("%s is empty (0 bytes): it was probably not copied to the end. Copy it "
                        "again, or open the last backup"),
                     path);
  if (state->network != NULL && (flags & GW_OPEN_READ_ONLY) == 0)
    return throw_network (path, state->network, error);
  return TRUE;
}

/* Takes the lock when the file is to be written; else notes why it is not. */
static gboolean
decide_writing (GwStore *self, gboolean may_write, GwOpenFlags flags, GError **error)
{
  g_autofree char *lock_path = g_strconcat (self->path, ".lock", NULL);
  g_autoptr (GError) local = NULL;

  self->read_only = TRUE;
  if ((flags & GW_OPEN_READ_ONLY) != 0)
    return TRUE;
  if (!may_write)
    return (flags & GW_OPEN_REQUIRE_WRITE) == 0 || throw_read_only (self->path, error);
  self->lock = gw_file_lock_take (lock_path, gw_clock_now (self->clock), &self->holder, &local);
  if (local != NULL && (flags & GW_OPEN_REQUIRE_WRITE) == 0 &&
      g_error_matches (local, GW_ERROR, GW_ERROR_READ_ONLY))
    return TRUE;
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (self->lock == NULL && (flags & GW_OPEN_REQUIRE_WRITE) != 0)
    return gw_throw (error, GW_ERROR_BUSY, _ ("%s is held by %s. Close it there and do it again"),
                     self->path, self->holder);
  self->read_only = self->lock == NULL;
  return TRUE;
}

GwDb *
gw_store_private_open_writer (const char *path, GError **error)
{
  g_autoptr (GwDb) db = gw_db_open (path, GW_DB_READ_WRITE, error);

  if (db == NULL || !gw_db_use_wal (db, TRUE, error) ||
      !gw_db_exec (db, "PRAGMA cache_size = -16384", error))
    return NULL;
  return g_steal_pointer (&db);
}

/* The header can only be trusted through SQLite: its newest copy may still be in the log. */
static gboolean
check_version (GwDb *db, GError **error)
{
  gint64 id = 0, version = 0;

  if (!gw_db_query_int64 (db, "PRAGMA application_id", &id, error) ||
      !gw_db_query_int64 (db, "PRAGMA user_version", &version, error))
    return FALSE;
  if (id != GW_APPLICATION_ID)
    return gw_throw (error, GW_ERROR_FORMAT,
                     _ ("%s is not a Gridwork file. Choose a file whose name ends in .gridwork"),
                     gw_db_path (db));
  if (version > GW_STORE_FORMAT)
    return gw_throw (error, GW_ERROR_TOO_NEW,
                     _ ("%s was written by a newer version of Gridwork (format %u, this one reads "
                        "up to %d). Nothing was changed: open it with the newer version"),
                     gw_db_path (db), (guint)version, GW_STORE_FORMAT);
  return TRUE;
}

static gboolean
migrate (GwDb *db, gboolean may_write, gint64 now, GError **error)
{
  guint n;
  const GwMigration *steps = gw_migrations (&n);

  return gw_migrate (db, steps, n, may_write, now, error);
}

/* After a crash in the middle of an import the counters lag behind: the matters are counted anew.
 */
static gboolean
mend_counters (GwDb *db, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *upto = gw_register_dup_meta (db, GW_META_COUNTER_UPTO, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (upto == NULL)
    return TRUE;
  if (!gw_db_begin_write (db, error))
    return FALSE;
  if (gw_counters_rebuild (db, error) && gw_register_drop_meta (db, GW_META_COUNTER_UPTO, error) &&
      gw_db_commit (db, error))
    return TRUE;
  gw_db_rollback (db);
  return FALSE;
}

static gboolean
open_for_writing (GwStore *self, GError **error)
{
  g_autoptr (GwDb) db = gw_store_private_open_writer (self->path, error);

  if (db == NULL || !check_version (db, error) ||
      !migrate (db, TRUE, gw_clock_now (self->clock), error) || !mend_counters (db, error) ||
      !gw_store_private_refresh (self, db, error))
    return FALSE;
  self->readers = gw_readers_new (self->path, GW_DB_READ);
  self->checkpoint = gw_checkpoint_new (self->path, gw_store_private_wake, self, error);
  if (self->checkpoint == NULL)
    return FALSE;
  self->writer = gw_writer_new (self, g_steal_pointer (&db), self->checkpoint, error);
  return self->writer != NULL;
}

/* A medium that cannot be written cannot hold the log's index either; without a log the file can be
 * read as it lies there. */
static gboolean
open_for_reading (GwStore *self, const GwFileState *state, GwDbMode *mode, GError **error)
{
  g_autoptr (GwDb) db = NULL;

  *mode =
      !state->may_write && !state->has_wal && self->holder == NULL ? GW_DB_IMMUTABLE : GW_DB_READ;
  db = gw_db_open (self->path, *mode, error);
  if (db == NULL || !check_version (db, error) || !migrate (db, FALSE, 0, error) ||
      !gw_store_private_refresh (self, db, error))
    return FALSE;
  self->readers = gw_readers_new (self->path, *mode);
  return TRUE;
}

/* The lock and the log lie beside the file itself, whatever link it was reached by. */
static char *
real_path (const char *path)
{
  char *resolved = realpath (path, NULL);
  char *real = resolved != NULL ? g_strdup (resolved) : g_canonicalize_filename (path, NULL);

  free (resolved);
  return real;
}

static GwStore *
store_new (const char *path, GwClock *clock)
{
  GwStore *self = g_new0 (GwStore, 1);

  g_atomic_ref_count_init (&self->refs);
  self->path = real_path (path);
  self->clock = gw_clock_ref (clock);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->pending = gw_counters_new ();
  g_mutex_init (&self->mutex);
  g_mutex_init (&self->check_mutex);
  g_cond_init (&self->check_done);
  g_rw_lock_init (&self->pending_lock);
  self->checked = TRUE;
  return self;
}

/**
 * gw_store_open:
 * @path: the file
 * @flags: see #GwOpenFlags
 * @clock: where "now" comes from; a reference is taken
 *
 * Opens a centre's file. Blocking. The check of the structure goes on in the background, see
 * gw_store_wait_check().
 *
 * Returns: (transfer full) (nullable): the store, or NULL with @error
 */
GwStore *
gw_store_open (const char *path, GwOpenFlags flags, GwClock *clock, GError **error)
{
  g_autoptr (GwStore) self = NULL;
  g_auto (GwFileState) state = { 0 };
  gboolean create = FALSE;
  GwDbMode mode = GW_DB_READ;

  g_return_val_if_fail (path != NULL && clock != NULL, NULL);

  if (sodium_init () < 0)
    return gw_throw_null (error, GW_ERROR_FAILED, "libsodium cannot start");
  self = store_new (path, clock);
  if (!gw_file_state_read (&state, self->path, error) ||
      !check_presence (&state, self->path, flags, &create, error) ||
      !decide_writing (self, state.may_write, create ? flags | GW_OPEN_REQUIRE_WRITE : flags,
                       error))
    return NULL;
  if (create && !gw_store_private_create (self->path, gw_clock_now (clock), error))
    return NULL;
  if (self->read_only ? !open_for_reading (self, &state, &mode, error)
                      : !open_for_writing (self, error))
    return NULL;
  if ((flags & GW_OPEN_NO_CHECK) == 0)
    gw_store_private_start_check (self, mode);
  if (!gw_store_private_open_derived (self, error))
    return NULL;
  return g_steal_pointer (&self);
}
