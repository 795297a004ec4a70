/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-db-private.h"

#include "gw-db-statement-private.h"

#define N_RECENT 64

struct _GwDb
{
  sqlite3 *handle; /* owned */
  char *path;
  GHashTable *cache;             /* owned: text of a statement -> GwStatement, owned */
  GwStatement *recent[N_RECENT]; /* borrowed from the cache, by address of the text */
  GCancellable *cancellable;     /* borrowed, nullable */
  GPtrArray *queues;             /* owned: GwRowQueue, borrowed, by rank */
  guint n_waiting;               /* rows in all of them */
  gboolean hold;
  gboolean failed;
};

/* How many instructions of SQLite's machine pass between two looks at the cancellable. */
#define STEPS_PER_LOOK 4000
#define BUSY_MS 5000

/* Nobody reads SQLite's count of its memory, and keeping it takes a lock at every allocation. */
static void
configure (void)
{
  static gsize configure_once = 0;

  if (!g_once_init_enter (&configure_once))
    return;
  (void)sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  g_once_init_leave (&configure_once, 1);
}

static const char pragmas[] = "PRAGMA foreign_keys = ON;"
                              "PRAGMA cell_size_check = ON;"
                              "PRAGMA trusted_schema = OFF;"
                              "PRAGMA secure_delete = ON;"
                              "PRAGMA mmap_size = 0;"
                              "PRAGMA temp_store = MEMORY;";

static int
progress_cb (void *data)
{
  GwDb *self = data;

  return self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable);
}

static char *
immutable_uri (const char *path)
{
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);

  return g_strconcat ("file:", escaped, "?immutable=1", NULL);
}

static int
open_handle (const char *path, GwDbMode mode, sqlite3 **handle)
{
  g_autofree char *uri = mode == GW_DB_IMMUTABLE ? immutable_uri (path) : NULL;
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

  if (mode == GW_DB_IMMUTABLE)
    flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
  else if (mode == GW_DB_READ)
    flags |= SQLITE_OPEN_READONLY;
  else
    flags |= SQLITE_OPEN_READWRITE | (mode == GW_DB_CREATE ? SQLITE_OPEN_CREATE : 0);
  return sqlite3_open_v2 (uri != NULL ? uri : path, handle, flags, NULL);
}

/**
 * gw_db_open:
 * @path: the file
 * @mode: what it is opened for
 *
 * Opens a connection with the pragmas that hold for all of them. Blocking; the connection belongs
 * to one thread at a time.
 *
 * Returns: (transfer full) (nullable): the connection, or NULL with @error
 */
GwDb *
gw_db_open (const char *path, GwDbMode mode, GError **error)
{
  g_autoptr (GwDb) self = g_new0 (GwDb, 1);
  int rc;

  configure ();
  self->path = g_strdup (path);
  self->cache = g_hash_table_new (g_str_hash, g_str_equal);
  self->queues = g_ptr_array_new ();
  rc = open_handle (path, mode, &self->handle);
  if (rc != SQLITE_OK)
    {
      gw_db_throw (self, rc, error);
      return NULL;
    }
  sqlite3_busy_timeout (self->handle, BUSY_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_progress_handler (self->handle, STEPS_PER_LOOK, progress_cb, self);
  if (!gw_db_exec (self, pragmas, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
gw_db_close (GwDb *self)
{
  GHashTableIter iter;
  gpointer statement;

  if (self == NULL)
    return;
  g_hash_table_iter_init (&iter, self->cache);
  while (g_hash_table_iter_next (&iter, NULL, &statement))
    gw_statement_private_free (statement);
  g_hash_table_unref (self->cache);
  g_ptr_array_unref (self->queues);
  /* close_v2, because a derived part may still hold a statement of its own. */
  sqlite3_close_v2 (self->handle);
  g_free (self->path);
  g_free (self);
}

sqlite3 *
gw_db_handle (GwDb *self)
{
  return self->handle;
}

const char *
gw_db_path (const GwDb *self)
{
  return self->path;
}

GHashTable *
gw_db_private_cache (GwDb *self)
{
  return self->cache;
}

/**
 * gw_db_use_wal:
 * @full: fsync at each commit; %FALSE for files that can be derived anew
 *
 * Switches to the write-ahead log. Checkpoints are left to whoever owns the file.
 *
 * Returns: %FALSE with @error when the file system cannot do it
 */
gboolean
gw_db_use_wal (GwDb *self, gboolean full, GError **error)
{
  g_autoptr (GwStatement) mode = NULL;
  gboolean row = FALSE;

  mode = gw_statement_prepare (self, "PRAGMA journal_mode = WAL", error);
  if (mode == NULL || !gw_statement_step (mode, &row, error))
    return FALSE;
  if (!row || g_strcmp0 (gw_statement_get_text (mode, 0), "wal") != 0)
    return gw_throw (error, GW_ERROR_UNSUPPORTED,
                     "switching %s to the write-ahead log: the file system does not allow it",
                     self->path);
  gw_statement_reset (mode);
  /* The store's log keeps the room that it may take (GW_WAL_PAUSE_BYTES): a commit into blocks that
   * are there already waits half as long for the disk. */
  return gw_db_exec (self,
                     full ? "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
                            "PRAGMA journal_size_limit = 67108864;"
                          : "PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 16777216;",
                     error);
}

GwStatement **
gw_db_private_recent (GwDb *self, const char *sql)
{
  return &self->recent[(GPOINTER_TO_SIZE (sql) >> 3) % N_RECENT];
}

gboolean
gw_db_has_failed (const GwDb *self)
{
  return self->failed;
}

void
gw_db_private_mark_failed (GwDb *self)
{
  self->failed = TRUE;
}

void
gw_db_set_cancellable (GwDb *self, GCancellable *cancellable)
{
  self->cancellable = cancellable;
}

gboolean
gw_db_exec (GwDb *self, const char *sql, GError **error)
{
  int rc = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);

  return rc == SQLITE_OK || gw_db_throw (self, rc, error);
}

gboolean
gw_db_query_int64 (GwDb *self, const char *sql, gint64 *value, GError **error)
{
  g_autoptr (GwStatement) statement = gw_statement_prepare (self, sql, error);
  gboolean row = FALSE;

  if (statement == NULL || !gw_statement_step (statement, &row, error) || !row)
    return FALSE;
  *value = gw_statement_get_int64 (statement, 0);
  return TRUE;
}

static gboolean
run_cached (GwDb *self, const char *sql, GError **error)
{
  g_autoptr (GwStatement) statement = gw_statement_prepare (self, sql, error);

  return statement != NULL && gw_statement_run (statement, error);
}

gboolean
gw_db_begin_read (GwDb *self, GError **error)
{
  return run_cached (self, "BEGIN", error);
}

void
gw_db_end_read (GwDb *self)
{
  if (!sqlite3_get_autocommit (self->handle))
    (void)run_cached (self, "COMMIT", NULL);
}

gboolean
gw_db_begin_write (GwDb *self, GError **error)
{
  return run_cached (self, "BEGIN IMMEDIATE", error);
}

gboolean
gw_db_commit (GwDb *self, GError **error)
{
  if (!run_cached (self, "COMMIT", error))
    return FALSE;
  self->hold = FALSE;
  return TRUE;
}

/* ---- rows that wait ---- */

void
gw_db_hold_rows (GwDb *self, gboolean hold)
{
  self->hold = hold;
}

gboolean
gw_db_private_holds_rows (const GwDb *self)
{
  return self->hold;
}

char *
gw_db_private_name_queue (const GwDb *self)
{
  return g_strdup_printf ("waiting_rows_%u", self->queues->len);
}

void
gw_db_private_add_queue (GwDb *self, GwRowQueue *queue)
{
  guint at = 0;

  while (at < self->queues->len &&
         gw_row_queue_rank (g_ptr_array_index (self->queues, at)) <= gw_row_queue_rank (queue))
    at++;
  g_ptr_array_insert (self->queues, (int)at, queue);
}

void
gw_db_private_note_row (GwDb *self)
{
  self->n_waiting++;
}

static void
forget_rows (GwDb *self)
{
  for (guint i = 0; i < self->queues->len; i++)
    gw_row_queue_clear (g_ptr_array_index (self->queues, i));
  self->n_waiting = 0;
}

/* By rank: a row that others refer to is written before them. */
gboolean
gw_db_flush_rows (GwDb *self, GError **error)
{
  if (G_LIKELY (self->n_waiting == 0))
    return TRUE;
  self->n_waiting = 0;
  for (guint i = 0; i < self->queues->len; i++)
    {
      int rc = gw_row_queue_flush (g_ptr_array_index (self->queues, i));

      if (rc != SQLITE_OK)
        {
          gw_db_throw (self, rc, error);
          forget_rows (self);
          return FALSE;
        }
    }
  return TRUE;
}

/* Some errors have rolled back by themselves already. */
void
gw_db_rollback (GwDb *self)
{
  forget_rows (self);
  self->hold = FALSE;
  if (!sqlite3_get_autocommit (self->handle))
    (void)sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}
