/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-search-private.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* Entries of the journal that are looked at in one snapshot of the store: while it is held, the log
 * behind it cannot be moved into the file. */
#define SLICE 1024
/* Texts of one transaction of the index while there is much to do: one segment each. */
#define BATCH 65536
#define LEAST_PRIORITY 19
/* Before segments are joined after a start. */
#define REST (10 * G_TIME_SPAN_SECOND)

typedef struct
{
  GwSearch *search; /* borrowed */
  gint64 at;        /* journal position that was read */
  guint8 hash[32];  /* of the journal there */
  gboolean tidy;    /* segments may be joined while there is nothing else to do */
  gint64 start;     /* monotonic: whatever is shown first has been shown some time after */
  gboolean tried;   /* a reset has been tried since the last success */
} Follower;

static gboolean
is_stopping (Follower *self)
{
  return g_atomic_int_get (&self->search->stop) != 0;
}

static void
set_watermark (Follower *self, gboolean repaired)
{
  GwSearch *search = self->search;

  g_mutex_lock (&search->lock);
  search->watermark = self->at;
  if (repaired)
    search->damaged = FALSE;
  g_cond_broadcast (&search->moved);
  g_mutex_unlock (&search->lock);
}

static gboolean
start_again (Follower *self, GError **error)
{
  self->at = 0;
  memset (self->hash, 0, sizeof self->hash);
  if (!gw_search_index_reset (self->search->index, error))
    return FALSE;
  set_watermark (self, TRUE);
  return TRUE;
}

/* ---- one batch ---- */

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *)a, right = *(const gint64 *)b;

  return (left > right) - (left < right);
}

static void
sort_and_merge (GArray *ids)
{
  guint kept = 0;

  g_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);

      if (kept == 0 || g_array_index (ids, gint64, kept - 1) != id)
        g_array_index (ids, gint64, kept++) = id;
    }
  g_array_set_size (ids, kept);
}

/* The matters of the next entries; *n_entries 0 at the journal's end. */
static GArray *
read_entries (Follower *self, GwDb *db, guint *n_entries, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GwStatement) statement = gw_statement_prepare (
      db, "SELECT seq, matter FROM event WHERE seq > :at ORDER BY seq LIMIT :slice", error);
  gboolean row;

  *n_entries = 0;
  if (statement == NULL)
    return NULL;
  gw_statement_bind_int64 (statement, ":at", self->at);
  gw_statement_bind_int64 (statement, ":slice", SLICE);
  for (;; ++*n_entries)
    {
      gint64 id;

      if (!gw_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        break;
      self->at = gw_statement_get_int64 (statement, 0);
      id = gw_statement_get_int64 (statement, 1);
      if (id != 0)
        g_array_append_val (ids, id);
    }
  sort_and_merge (ids);
  return g_steal_pointer (&ids);
}

typedef struct
{
  Follower *follower;
  GError **error;
  gboolean failed;
} Putting;

static gboolean
put_text (const GwSearchText *text, gpointer data)
{
  Putting *self = data;

  self->failed = !gw_search_index_put (self->follower->search->index, text, self->error);
  return !self->failed && !is_stopping (self->follower);
}

static gboolean
take_slice (Follower *self, GwDb *db, guint *n_entries, GError **error)
{
  g_autoptr (GwRecordTables) types = gw_store_private_dup_tables (self->search->store, error);
  g_autoptr (GArray) ids = types != NULL ? read_entries (self, db, n_entries, error) : NULL;
  Putting putting = { self, error, FALSE };

  if (ids == NULL)
    return FALSE;
  if (*n_entries == 0)
    return TRUE;
  return gw_search_text_read (db, types, (const gint64 *)(gconstpointer)ids->data, ids->len, NULL,
                              put_text, &putting, error) &&
         !putting.failed && gw_snapshot_journal_hash (db, self->at, self->hash, error);
}

static gboolean
take_slice_in_read (Follower *self, guint *n_entries, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  gboolean good;

  if (!gw_store_private_reader (&reader, self->search->store, NULL, error) ||
      !gw_db_begin_read (reader.db, error))
    return FALSE;
  good = take_slice (self, reader.db, n_entries, error);
  gw_db_end_read (reader.db);
  return good;
}

static gboolean
should_rest (Follower *self)
{
  GwSearch *search = self->search;
  gboolean rest;

  g_mutex_lock (&search->lock);
  rest = gw_search_rests_until (search) > 0;
  g_mutex_unlock (&search->lock);
  return rest;
}

static gboolean
fill_batch (Follower *self, GError **error)
{
  guint n_entries = SLICE;

  while (n_entries == SLICE && !is_stopping (self) && !should_rest (self) &&
         gw_search_index_n_put (self->search->index) < BATCH)
    if (!take_slice_in_read (self, &n_entries, error))
      return FALSE;
  return TRUE;
}

/* One transaction of the index. When stopping, what it holds is given up: writing it out could
 * take a second, and reading it again costs nobody anything. */
static gboolean
run_batch (Follower *self, GError **error)
{
  GwSearchIndex *index = self->search->index;
  gint64 before = self->at;

  if (!gw_search_index_begin (index, error))
    return FALSE;
  if (fill_batch (self, error) && !is_stopping (self) &&
      gw_search_index_commit (index, self->at, self->hash, error))
    {
      set_watermark (self, FALSE);
      self->tidy = TRUE;
      return TRUE;
    }
  self->at = before;
  gw_search_index_rollback (index);
  return is_stopping (self);
}

/* ---- the thread ---- */

/* The index belongs to this journal when the entry at its watermark is the same; a store that was
 * restored from a backup has another one there, or none. */
static gboolean
belongs_to_journal (Follower *self)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  guint8 hash[32];

  return gw_store_private_reader (&reader, self->search->store, NULL, NULL) &&
         gw_snapshot_journal_hash (reader.db, self->at, hash, NULL) &&
         memcmp (hash, self->hash, sizeof hash) == 0;
}

static gboolean
start (Follower *self, GError **error)
{
  if (!gw_search_index_open_writer (self->search->index, &self->at, self->hash, error))
    return FALSE;
  if (!belongs_to_journal (self))
    return start_again (self, error);
  self->tidy = TRUE; /* the last time may have ended before all was joined */
  set_watermark (self, FALSE);
  return TRUE;
}

typedef enum
{
  TASK_STOP,
  TASK_REPAIR,
  TASK_FOLLOW,
  TASK_TIDY
} Task;

/* Monotonic time from which on there is something to do; G_MAXINT64 until something happens. With
 * the lock. */
static gint64
time_of_work (Follower *self)
{
  const GwSearch *search = self->search;

  if (is_stopping (self) || search->damaged)
    return 0;
  if (search->target > self->at)
    return gw_search_rests_until (search);
  return self->tidy ? self->start + REST : G_MAXINT64;
}

static Task
next_task (Follower *self)
{
  if (is_stopping (self))
    return TASK_STOP;
  if (self->search->damaged)
    return TASK_REPAIR;
  return self->search->target > self->at ? TASK_FOLLOW : TASK_TIDY;
}

static Task
wait_for_task (Follower *self)
{
  GwSearch *search = self->search;
  gint64 when;
  Task task;

  g_mutex_lock (&search->lock);
  while ((when = time_of_work (self)) > g_get_monotonic_time ())
    if (when == G_MAXINT64)
      g_cond_wait (&search->moved, &search->lock);
    else
      (void)g_cond_wait_until (&search->moved, &search->lock, when);
  task = next_task (self);
  g_mutex_unlock (&search->lock);
  return task;
}

static gboolean
run_task (Follower *self, Task task, GError **error)
{
  if (task == TASK_REPAIR || gw_search_index_is_worn (self->search->index))
    return start_again (self, error);
  if (task == TASK_TIDY)
    return gw_search_index_tidy (self->search->index, &self->tidy, error);
  return run_batch (self, error);
}

/* The file could not be written twice in a row (full disk, damage that comes back): queries read
 * the texts themselves until the next start. */
static void
give_up (Follower *self, GError *error)
{
  GwSearch *search = self->search;

  g_debug ("search index: %s", error->message);
  gw_search_index_close_writer (search->index);
  g_mutex_lock (&search->lock);
  search->given_up = error;
  g_cond_broadcast (&search->moved);
  g_mutex_unlock (&search->lock);
}

gpointer
gw_search_follow (gpointer data)
{
  Follower self = { .search = data, .start = g_get_monotonic_time () };
  GError *error = NULL;
  Task task;

  (void)setpriority (PRIO_PROCESS, (id_t)gettid (), LEAST_PRIORITY);
  if (!start (&self, &error))
    {
      give_up (&self, error);
      return NULL;
    }
  while ((task = wait_for_task (&self)) != TASK_STOP)
    {
      if (run_task (&self, task, &error))
        {
          self.tried = task == TASK_REPAIR;
          continue;
        }
      g_debug ("search index: %s, starting again", error->message);
      if (!self.tried)
        g_clear_error (&error);
      if (self.tried || !start_again (&self, &error))
        {
          give_up (&self, error);
          return NULL;
        }
      self.tried = TRUE;
    }
  return NULL;
}
