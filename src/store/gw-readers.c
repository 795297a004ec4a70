/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-readers-private.h"

#include "gw-error.h"

#include <glib/gi18n-lib.h>

#define MAX_IDLE 4

struct _GwReaders
{
  char *path;
  GwDbMode mode;
  GMutex mutex;
  GCond returned;
  GPtrArray *idle; /* owned: GwDb, owned */
  GPtrArray *out;  /* owned: GwDb, borrowed by readers */
  gboolean closing;
};

GwReaders *
gw_readers_new (const char *path, GwDbMode mode)
{
  GwReaders *self = g_new0 (GwReaders, 1);

  self->path = g_strdup (path);
  self->mode = mode;
  self->idle = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_db_close);
  self->out = g_ptr_array_new ();
  g_mutex_init (&self->mutex);
  g_cond_init (&self->returned);
  return self;
}

void
gw_readers_interrupt (GwReaders *self)
{
  g_mutex_lock (&self->mutex);
  self->closing = TRUE;
  for (guint i = 0; i < self->out->len; ++i)
    sqlite3_interrupt (gw_db_handle (g_ptr_array_index (self->out, i)));
  g_mutex_unlock (&self->mutex);
}

void
gw_readers_close (GwReaders *self)
{
  gw_readers_interrupt (self);
  g_mutex_lock (&self->mutex);
  while (self->out->len > 0)
    g_cond_wait (&self->returned, &self->mutex);
  g_ptr_array_set_size (self->idle, 0);
  g_mutex_unlock (&self->mutex);
}

void
gw_readers_free (GwReaders *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->idle);
  g_ptr_array_unref (self->out);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->returned);
  g_free (self->path);
  g_free (self);
}

static GwDb *
take_idle (GwReaders *self, gboolean *closing)
{
  GwDb *db = NULL;

  g_mutex_lock (&self->mutex);
  *closing = self->closing;
  if (!self->closing && self->idle->len > 0)
    {
      db = g_ptr_array_steal_index_fast (self->idle, self->idle->len - 1);
      g_ptr_array_add (self->out, db);
    }
  g_mutex_unlock (&self->mutex);
  return db;
}

static gboolean
note_out (GwReaders *self, GwDb *db)
{
  gboolean closing;

  g_mutex_lock (&self->mutex);
  closing = self->closing;
  if (!closing)
    g_ptr_array_add (self->out, db);
  g_mutex_unlock (&self->mutex);
  return !closing;
}

GwDb *
gw_readers_take (GwReaders *self, GCancellable *cancellable, GError **error)
{
  gboolean closing;
  GwDb *db = take_idle (self, &closing);

  if (db == NULL && !closing)
    {
      db = gw_db_open (self->path, self->mode, error);
      if (db == NULL)
        return NULL;
      closing = !note_out (self, db);
      if (closing)
        g_clear_pointer (&db, gw_db_close);
    }
  if (closing)
    return gw_throw_null (error, GW_ERROR_FAILED, _ ("The file has been closed"));
  gw_db_set_cancellable (db, cancellable);
  return db;
}

void
gw_readers_return (GwReaders *self, GwDb *db)
{
  gboolean keep;

  if (db == NULL)
    return;
  gw_db_set_cancellable (db, NULL);
  gw_db_end_read (db);
  g_mutex_lock (&self->mutex);
  g_ptr_array_remove_fast (self->out, db);
  keep = !self->closing && self->idle->len < MAX_IDLE && !gw_db_has_failed (db);
  if (keep)
    g_ptr_array_add (self->idle, db);
  g_cond_broadcast (&self->returned);
  g_mutex_unlock (&self->mutex);
  if (!keep)
    gw_db_close (db);
}
