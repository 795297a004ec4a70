/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-checkpoint-private.h"

struct _GwCheckpoint
{
  GThread *thread;
  GwDb *db; /* owned; used by the thread only */
  GFunc ready;
  gpointer data;

  GMutex mutex;
  GCond wake;
  guint noted;    /* pages in the log after the last commit */
  guint seen;     /* of them, at the last round */
  guint pause_at; /* pages at which slices wait */
  gboolean behind, dirty, stop;
  gboolean is_short; /* behind, and only a rest is left */
};

#define PAUSE_PAGES (GW_WAL_PAUSE_BYTES / GW_DB_PAGE_SIZE)

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

/* One passive round: takes what no reader still needs, waits for nobody. *@left is what could not
 * be taken. FALSE when somebody else is at it, or the disk did not do it. */
static gboolean
move_pages (GwDb *db, int *in_log, gsize *left)
{
  int moved = 0;
  int rc = sqlite3_wal_checkpoint_v2 (gw_db_handle (db), NULL, SQLITE_CHECKPOINT_PASSIVE, in_log,
                                      &moved);

  if (rc != SQLITE_OK)
    {
      g_debug ("checkpoint: %s", sqlite3_errmsg (gw_db_handle (db)));
      return FALSE;
    }
  *left = bytes_of (*in_log - moved);
  return TRUE;
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
      gsize left = 0;
      int in_log = 0;
      gboolean moved;

      self->dirty = FALSE;
      g_mutex_unlock (&self->mutex);
      moved = move_pages (self->db, &in_log, &left);
      g_mutex_lock (&self->mutex);
      if (moved)
        self->seen = (guint)MAX (in_log, 0);
      /* Who waits for a short log is not left alone with a round that did not come about. */
      self->dirty |= !moved || left > 0 || self->behind;
      if (!moved || !self->behind || left > GW_WAL_REST_BYTES)
        continue;
      self->is_short = TRUE;
      g_mutex_unlock (&self->mutex);
      self->ready (self->data, NULL);
      g_mutex_lock (&self->mutex);
    }
  g_mutex_unlock (&self->mutex);
  return NULL;
}

GwCheckpoint *
gw_checkpoint_new (const char *path, GFunc ready, gpointer data, GError **error)
{
  g_autoptr (GwDb) db = gw_db_open (path, GW_DB_READ_WRITE, error);
  GwCheckpoint *self;

  if (db == NULL || !gw_db_use_wal (db, TRUE, error))
    return NULL;
  self = g_new0 (GwCheckpoint, 1);
  self->db = g_steal_pointer (&db);
  self->ready = ready;
  self->pause_at = PAUSE_PAGES;
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
    {
      self->seen = 0;
      self->pause_at = PAUSE_PAGES;
    }
  self->noted = pages;
  self->dirty = TRUE;
  if (pages > self->pause_at)
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

void
gw_checkpoint_finish (GwCheckpoint *self, GwDb *db)
{
  gboolean wanted;
  gsize left = 0;
  int in_log = 0;

  g_mutex_lock (&self->mutex);
  wanted = self->behind && self->is_short;
  self->is_short = FALSE;
  g_mutex_unlock (&self->mutex);
  if (!wanted || !move_pages (db, &in_log, &left))
    return;
  g_mutex_lock (&self->mutex);
  self->seen = (guint)MAX (in_log, 0);
  self->behind = FALSE;
  /* A reader may hold the log, so that the next write goes on behind it: slices then wait again
   * after as much as a round takes. */
  self->pause_at = MAX (PAUSE_PAGES, self->noted + PAGES_PER_ROUND);
  g_mutex_unlock (&self->mutex);
}
