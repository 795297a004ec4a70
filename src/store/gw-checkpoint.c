/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-checkpoint-private.h"

struct _GwCheckpoint
{
  GThread *thread;
  GwDb *db; /* owned; used by the thread only */
  GFunc resumed;
  gpointer data;

  GMutex mutex;
  GCond wake;
  guint noted; /* pages in the log after the last commit */
  guint seen;  /* of them, at the last round */
  gboolean behind, dirty, stop;
};

/* A round syncs the file, and a verb that commits meanwhile waits for the same disk: few rounds, in
 * which a page that was written many times is moved once. */
#define PERIOD (500 * G_TIME_SPAN_MILLISECOND)
#define PAGES_PER_ROUND 4000
/* While slices wait for it, and a reader may have let go of its snapshot meanwhile. */
#define PERIOD_BEHIND (20 * G_TIME_SPAN_MILLISECOND)

static gsize
bytes_of (int pages)
{
  return (gsize)MAX (pages, 0) * GW_DB_PAGE_SIZE;
}

/* One passive round: takes what no reader still needs, waits for nobody. */
static gsize
move_pages (GwCheckpoint *self, int *in_log)
{
  int moved = 0;
  int rc = sqlite3_wal_checkpoint_v2 (gw_db_handle (self->db), NULL, SQLITE_CHECKPOINT_PASSIVE,
                                      in_log, &moved);

  if (rc != SQLITE_OK && rc != SQLITE_BUSY)
    {
      g_debug ("checkpoint: %s", sqlite3_errmsg (gw_db_handle (self->db)));
      *in_log = 0;
      return 0;
    }
  return bytes_of (*in_log - moved);
}

static void
wait_for_work (GwCheckpoint *self)
{
  gint64 until = g_get_monotonic_time () + (self->behind ? PERIOD_BEHIND : PERIOD);

  while (!self->stop && !(self->dirty && self->noted >= self->seen + PAGES_PER_ROUND))
    if (!self->dirty)
      {
        g_cond_wait (&self->wake, &self->mutex);
        until = g_get_monotonic_time () + PERIOD;
      }
    else if (!g_cond_wait_until (&self->wake, &self->mutex, until))
      return;
}

static gpointer
checkpoint_thread (gpointer data)
{
  GwCheckpoint *self = data;

  g_mutex_lock (&self->mutex);
  for (wait_for_work (self); !self->stop; wait_for_work (self))
    {
      gboolean resumed = FALSE;
      gsize left;
      int in_log = 0;

      self->dirty = FALSE;
      g_mutex_unlock (&self->mutex);
      left = move_pages (self, &in_log);
      g_mutex_lock (&self->mutex);
      self->seen = (guint)MAX (in_log, 0);
      if (left > 0)
        self->dirty = TRUE;
      if (self->behind && left <= GW_WAL_RESUME_BYTES)
        {
          self->behind = FALSE;
          resumed = TRUE;
        }
      if (!resumed)
        continue;
      g_mutex_unlock (&self->mutex);
      self->resumed (self->data, NULL);
      g_mutex_lock (&self->mutex);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

GwCheckpoint *
gw_checkpoint_new (const char *path, GFunc resumed, gpointer data, GError **error)
{
  g_autoptr (GwDb) db = gw_db_open (path, GW_DB_READ_WRITE, error);
  GwCheckpoint *self;

  if (db == NULL || !gw_db_use_wal (db, TRUE, error))
    return NULL;
  self = g_new0 (GwCheckpoint, 1);
  self->db = g_steal_pointer (&db);
  self->resumed = resumed;
  self->data = data;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
  self->thread = g_thread_new ("gw-checkpoint", checkpoint_thread, self);
  return self;
}

void
gw_checkpoint_free (GwCheckpoint *self)
{
  if (self == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->stop = TRUE;
  g_cond_broadcast (&self->wake);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  gw_db_close (self->db);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);
  g_free (self);
}

void
gw_checkpoint_note (GwCheckpoint *self, guint pages)
{
  g_mutex_lock (&self->mutex);
  if (pages < self->noted) /* all was moved, and the log begins anew */
    self->seen = 0;
  self->noted = pages;
  self->dirty = TRUE;
  if (bytes_of ((int)MIN (pages, G_MAXINT)) > GW_WAL_PAUSE_BYTES)
    self->behind = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
}

gboolean
gw_checkpoint_is_behind (GwCheckpoint *self)
{
  gboolean behind;

  g_mutex_lock (&self->mutex);
  behind = self->behind;
  g_mutex_unlock (&self->mutex);
  return behind;
}
