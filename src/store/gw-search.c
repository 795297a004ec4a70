/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-search-private.h"

/* Each slice of an import asks for rest anew, so that one that ends without a word is forgotten. */
#define REST_AFTER_SLICE (2 * G_TIME_SPAN_SECOND)
#define FOLLOW_AFTER_QUESTION (10 * G_TIME_SPAN_SECOND)

GwSearch *
gw_search_new (GwStore *store)
{
  GwSearch *self = g_new0 (GwSearch, 1);
  g_autofree char *path = gw_store_private_side_path (store, "search");

  self->store = store;
  self->index = gw_search_index_new (path);
  self->target = gw_store_last_seq (store);
  g_mutex_init (&self->lock);
  g_cond_init (&self->moved);
  if (!gw_store_is_read_only (store))
    self->thread = g_thread_new ("gw-search", gw_search_follow, self);
  return self;
}

void
gw_search_stop (GwSearch *self)
{
  g_mutex_lock (&self->lock);
  g_atomic_int_set (&self->stop, 1);
  g_cond_broadcast (&self->moved);
  g_mutex_unlock (&self->lock);
  if (self->thread != NULL)
    g_thread_join (self->thread);
}

void
gw_search_free (GwSearch *self)
{
  if (self == NULL)
    return;
  gw_search_index_free (self->index);
  g_clear_pointer (&self->readable, gw_search_set_free);
  g_clear_error (&self->given_up);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->moved);
  g_free (self);
}

void
gw_search_wake (GwSearch *self, gint64 seq, gboolean more)
{
  g_mutex_lock (&self->lock);
  self->target = MAX (self->target, seq);
  self->rest_until = more ? g_get_monotonic_time () + REST_AFTER_SLICE : 0;
  g_cond_broadcast (&self->moved);
  g_mutex_unlock (&self->lock);
}

gint64
gw_search_rests_until (const GwSearch *self)
{
  gint64 now = g_get_monotonic_time ();

  return now < self->rest_until && now >= self->asked_until ? self->rest_until : 0;
}

static void
ask_locked (GwSearch *self)
{
  self->asked_until = g_get_monotonic_time () + FOLLOW_AFTER_QUESTION;
  g_cond_broadcast (&self->moved);
}

void
gw_search_ask (GwSearch *self)
{
  g_mutex_lock (&self->lock);
  ask_locked (self);
  g_mutex_unlock (&self->lock);
}

void
gw_search_report_damage (GwSearch *self)
{
  g_mutex_lock (&self->lock);
  self->damaged = TRUE;
  g_cond_broadcast (&self->moved);
  g_mutex_unlock (&self->lock);
}

static void
wait_cancelled_cb (GCancellable *cancellable, gpointer data)
{
  GwSearch *self = data;

  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->moved);
  g_mutex_unlock (&self->lock);
}

static gboolean
wait_locked (GwSearch *self, gint64 seq, GCancellable *cancellable, GError **error)
{
  while (self->watermark < seq || self->damaged)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (self->given_up != NULL)
        {
          g_propagate_error (error, g_error_copy (self->given_up));
          return FALSE;
        }
      if (g_atomic_int_get (&self->stop))
        return gw_throw (error, GW_ERROR_BUSY, "waiting for the search index: the file is closing");
      if (gw_search_rests_until (self) > 0)
        ask_locked (self);
      g_cond_wait (&self->moved, &self->lock);
    }
  return TRUE;
}

gboolean
gw_search_wait (GwSearch *self, GCancellable *cancellable, GError **error)
{
  gulong handler = 0;
  gboolean good;

  if (self->thread == NULL)
    return TRUE; /* nobody follows: what is there answers exactly, with reading */
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (wait_cancelled_cb), self, NULL);
  g_mutex_lock (&self->lock);
  good = wait_locked (self, gw_store_last_seq (self->store), cancellable, error);
  g_mutex_unlock (&self->lock);
  g_cancellable_disconnect (cancellable, handler);
  return good;
}
