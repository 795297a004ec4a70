/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-writer-private.h"

#include "gw-store-private.h"
#include "gw-tx-private.h"

#include <glib/gi18n-lib.h>

#define VERBS_COME_FOR G_TIME_SPAN_SECOND

typedef enum
{
  JOB_QUEUED,
  JOB_RUNNING,
  JOB_DONE
} JobState;

typedef struct
{
  GwLane lane;
  GwActor actor;
  GwTxFunc func;
  gpointer data;
  JobState state;
  gboolean result;
  GError *error; /* owned, nullable */
} Job;

struct _GwWriter
{
  GwStore *store;           /* borrowed */
  GwCheckpoint *checkpoint; /* borrowed */
  GThread *thread;
  GwDb *db;         /* owned; NULL after a failed reopening */
  GwTxState *state; /* owned; what the thread remembers between transactions */
  gboolean checked; /* the connection looks up parents of rows */
  gint64 last_verb; /* monotonic */

  GMutex mutex;
  GCond changed;
  GQueue lanes[2]; /* Job, borrowed from its caller's stack */
  gboolean stop;
};

static int
wal_hook_cb (void *data, sqlite3 *handle, const char *name, int pages)
{
  GwWriter *self = data;

  gw_checkpoint_note (self->checkpoint, (guint)MAX (pages, 0));
  return SQLITE_OK;
}

static void
watch_log (GwWriter *self)
{
  sqlite3_wal_hook (gw_db_handle (self->db), wal_hook_cb, self);
}

/* After a write or fsync error nobody knows what of the connection's cache is on the disk: only a
 * new connection reads the truth. Readers stay open, so the log's index keeps what was committed.
 */
static gboolean
ensure_connection (GwWriter *self, GError **error)
{
  if (self->db != NULL && !gw_db_has_failed (self->db))
    return TRUE;
  g_clear_pointer (&self->state, gw_tx_state_free);
  g_clear_pointer (&self->db, gw_db_close);
  self->db = gw_store_private_open_writer (gw_store_path (self->store), error);
  if (self->db == NULL)
    return FALSE;
  self->state = gw_tx_state_new (self->store, self->db, error);
  if (self->state == NULL)
    {
      g_clear_pointer (&self->db, gw_db_close);
      return FALSE;
    }
  self->checked = TRUE;
  watch_log (self);
  return TRUE;
}

/* Slices of a long import write rows whose parents the same code has just written or read, and
 * SQLite's look-ups of them are a fifth of the whole work. Verbs between two slices are checked as
 * ever. Changing over makes every statement be prepared anew, so while verbs come it is left. */
static void
set_foreign_keys (GwWriter *self, const Job *job)
{
  gint64 now = g_get_monotonic_time ();
  gboolean checked =
      job->lane != GW_LANE_SLICE || !self->state->defer || now < self->last_verb + VERBS_COME_FOR;

  if (job->lane == GW_LANE_VERB)
    self->last_verb = now;
  if (checked == self->checked)
    return;
  self->checked = checked;
  (void)sqlite3_db_config (gw_db_handle (self->db), SQLITE_DBCONFIG_ENABLE_FKEY, checked ? 1 : 0,
                           NULL);
}

static gboolean
prepare (GwWriter *self, const Job *job, GError **error)
{
  if (!ensure_connection (self, error))
    return FALSE;
  set_foreign_keys (self, job);
  return TRUE;
}

static void
run_job (GwWriter *self, Job *job)
{
  job->result = prepare (self, job, &job->error) &&
                gw_tx_state_run (self->state, &job->actor, job->func, job->data, &job->error);
  if (!job->result && job->error == NULL)
    gw_throw (&job->error, GW_ERROR_FAILED, "a transaction failed without saying why");
}

static Job *
next_job (GwWriter *self)
{
  if (!g_queue_is_empty (&self->lanes[GW_LANE_VERB]))
    return g_queue_pop_head (&self->lanes[GW_LANE_VERB]);
  if (!g_queue_is_empty (&self->lanes[GW_LANE_SLICE]) &&
      (self->stop || !gw_checkpoint_is_behind (self->checkpoint)))
    return g_queue_pop_head (&self->lanes[GW_LANE_SLICE]);
  return NULL;
}

static gboolean
is_drained (GwWriter *self)
{
  return g_queue_is_empty (&self->lanes[GW_LANE_VERB]) &&
         g_queue_is_empty (&self->lanes[GW_LANE_SLICE]);
}

static gpointer
writer_thread (gpointer data)
{
  GwWriter *self = data;

  g_mutex_lock (&self->mutex);
  while (!(self->stop && is_drained (self)))
    {
      Job *job;

      g_mutex_unlock (&self->mutex);
      if (self->db != NULL)
        gw_checkpoint_finish (self->checkpoint, self->db);
      g_mutex_lock (&self->mutex);
      job = next_job (self);
      if (job == NULL)
        {
          g_cond_wait (&self->changed, &self->mutex);
          continue;
        }
      job->state = JOB_RUNNING;
      g_mutex_unlock (&self->mutex);
      run_job (self, job);
      g_mutex_lock (&self->mutex);
      job->state = JOB_DONE;
      g_cond_broadcast (&self->changed);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

GwWriter *
gw_writer_new (GwStore *store, GwDb *db, GwCheckpoint *checkpoint, GError **error)
{
  g_autoptr (GwDb) owned = db;
  GwTxState *state = gw_tx_state_new (store, db, error);
  GwWriter *self;

  if (state == NULL)
    return NULL;
  self = g_new0 (GwWriter, 1);
  self->store = store;
  self->checkpoint = checkpoint;
  self->db = g_steal_pointer (&owned);
  self->state = state;
  self->checked = TRUE;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  g_queue_init (&self->lanes[GW_LANE_VERB]);
  g_queue_init (&self->lanes[GW_LANE_SLICE]);
  watch_log (self);
  self->thread = g_thread_new ("gw-writer", writer_thread, self);
  return self;
}

void
gw_writer_stop (GwWriter *self)
{
  g_mutex_lock (&self->mutex);
  self->stop = TRUE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_clear_pointer (&self->state, gw_tx_state_free);
  g_clear_pointer (&self->db, gw_db_close);
}

void
gw_writer_free (GwWriter *self)
{
  if (self == NULL)
    return;
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  gw_writer_wake (data);
}

/* Takes the job back from the queue. */
static void
withdraw (GwWriter *self, GwLane lane, Job *job)
{
  g_queue_remove (&self->lanes[lane], job);
  job->state = JOB_DONE;
  job->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled"));
}

static void
wait_for (GwWriter *self, GwLane lane, Job *job, GCancellable *cancellable)
{
  while (job->state != JOB_DONE)
    if (job->state == JOB_QUEUED && g_cancellable_is_cancelled (cancellable))
      withdraw (self, lane, job);
    else
      g_cond_wait (&self->changed, &self->mutex);
}

gboolean
gw_writer_run (GwWriter *self,
               GwLane lane,
               const GwActor *actor,
               GwTxFunc func,
               gpointer data,
               GCancellable *cancellable,
               GError **error)
{
  Job job = { .lane = lane, .actor = *actor, .func = func, .data = data };
  gulong handler = 0;

  g_return_val_if_fail (g_thread_self () != self->thread, FALSE);

  /* Connected without the mutex: the callback takes it. */
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);
  g_mutex_lock (&self->mutex);
  if (self->stop)
    {
      job.state = JOB_DONE;
      gw_throw (&job.error, GW_ERROR_FAILED, _ ("The file has been closed"));
    }
  else
    {
      g_queue_push_tail (&self->lanes[lane], &job);
      g_cond_broadcast (&self->changed);
    }
  wait_for (self, lane, &job, cancellable);
  g_mutex_unlock (&self->mutex);
  g_cancellable_disconnect (cancellable, handler);
  if (job.error != NULL)
    g_propagate_error (error, job.error);
  return job.result;
}

gboolean
gw_writer_has_verb (GwWriter *self)
{
  gboolean has;

  g_mutex_lock (&self->mutex);
  has = !g_queue_is_empty (&self->lanes[GW_LANE_VERB]);
  g_mutex_unlock (&self->mutex);
  return has;
}

void
gw_writer_wake (GwWriter *self)
{
  g_mutex_lock (&self->mutex);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}
