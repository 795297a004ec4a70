/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The check at start: the structure of every page, beside everything else. It reads the whole file,
 * so it lets whatever is shown first come first, unless somebody waits for it. */
#include "gw-error.h"
#include "gw-store-private.h"

#include <glib/gi18n-lib.h>

#define DELAY (10 * G_TIME_SPAN_SECOND)

typedef struct
{
  GwStore *store;
  GwDbMode mode;
} Check;

static void
lend (GwStore *store, GwDb *db)
{
  g_mutex_lock (&store->check_mutex);
  store->check_db = db;
  g_mutex_unlock (&store->check_mutex);
}

/* FALSE: the store is closed before it was time. */
static gboolean
let_others_go_first (GwStore *store)
{
  gint64 until = g_get_monotonic_time () + DELAY;
  gboolean stopped;

  g_mutex_lock (&store->check_mutex);
  while (!store->check_wanted && !store->check_stopped &&
         g_cond_wait_until (&store->check_done, &store->check_mutex, until))
    ;
  stopped = store->check_stopped;
  g_mutex_unlock (&store->check_mutex);
  return !stopped;
}

/* FALSE: nobody has to be told. With the mutex. */
static gboolean
has_news (const GwStore *store)
{
  return store->checked && store->check_error != NULL && !store->check_stopped &&
         store->damage_func != NULL;
}

static gpointer
check_thread (gpointer data)
{
  g_autofree Check *check = data;
  GwStore *store = check->store;
  GError *error = NULL;
  GwDb *db = NULL;
  gboolean news;

  if (!let_others_go_first (store))
    (void)gw_throw (&error, GW_ERROR_FAILED, _ ("The file has been closed"));
  else
    db = gw_db_open (store->path, check->mode, &error);
  lend (store, db);
  if (db != NULL)
    (void)gw_db_quick_check (db, &error);
  lend (store, NULL);
  gw_db_close (db);
  g_mutex_lock (&store->check_mutex);
  store->check_error = error;
  store->checked = TRUE;
  g_cond_broadcast (&store->check_done);
  news = has_news (store);
  g_mutex_unlock (&store->check_mutex);
  if (news)
    store->damage_func (store, error, store->damage_data);
  return NULL;
}

void
gw_store_set_damage_func (GwStore *self, GwDamageFunc func, gpointer data, GDestroyNotify destroy)
{
  gboolean news;

  g_return_if_fail (self->damage_func == NULL);

  g_mutex_lock (&self->check_mutex);
  self->damage_func = func;
  self->damage_data = data;
  self->damage_destroy = destroy;
  news = has_news (self);
  g_mutex_unlock (&self->check_mutex);
  if (news)
    func (self, self->check_error, data);
}

void
gw_store_private_start_check (GwStore *self, GwDbMode mode)
{
  Check *check = g_new0 (Check, 1);

  check->store = self;
  check->mode = mode;
  self->checked = FALSE;
  self->check = g_thread_new ("gw-check", check_thread, check);
}

void
gw_store_private_stop_check (GwStore *self)
{
  g_mutex_lock (&self->check_mutex);
  self->check_stopped = TRUE;
  g_cond_broadcast (&self->check_done);
  if (self->check_db != NULL)
    sqlite3_interrupt (gw_db_handle (self->check_db));
  g_mutex_unlock (&self->check_mutex);
  g_clear_pointer (&self->check, g_thread_join);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer data)
{
  GwStore *self = data;

  g_mutex_lock (&self->check_mutex);
  g_cond_broadcast (&self->check_done);
  g_mutex_unlock (&self->check_mutex);
}

gboolean
gw_store_wait_check (GwStore *self, GCancellable *cancellable, GError **error)
{
  gulong handler = 0;
  gboolean good = FALSE;

  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);
  g_mutex_lock (&self->check_mutex);
  self->check_wanted = TRUE;
  g_cond_broadcast (&self->check_done);
  while (!self->checked && !g_cancellable_is_cancelled (cancellable))
    g_cond_wait (&self->check_done, &self->check_mutex);
  if (self->checked && self->check_error != NULL)
    g_propagate_error (error, g_error_copy (self->check_error));
  else if (!self->checked)
    g_propagate_error (error,
                       g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled")));
  else
    good = TRUE;
  g_mutex_unlock (&self->check_mutex);
  g_cancellable_disconnect (cancellable, handler);
  return good;
}
