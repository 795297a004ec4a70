/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-worker.h"

typedef struct
{
  GwMapPaint *paint;  /* owned */
  GwMapTileKey *keys; /* owned */
  guint n_keys, next, serial;
} Request;

typedef struct
{
  GwMapTileKey key;
  guint serial;
  cairo_surface_t *surface; /* owned */
} Result;

struct _GwMapWorker
{
  GThread *thread;       /* owned */
  GMainContext *context; /* owned: where results go */
  GwMapTileFunc ready;
  gpointer data;
  GMutex lock; /* of everything below */
  GCond wake;
  Request *request;  /* owned, nullable */
  GQueue results;    /* Result, owned */
  GSource *delivery; /* owned, nullable: results wait for the main loop */
  gboolean quit;
};

static void
request_free (Request *request)
{
  gw_map_paint_unref (request->paint);
  g_free (request->keys);
  g_free (request);
}

static void
result_free (Result *result)
{
  cairo_surface_destroy (result->surface);
  g_free (result);
}

static gboolean
deliver_cb (gpointer data)
{
  GwMapWorker *self = data;
  GQueue results = G_QUEUE_INIT;
  Result *result = NULL;

  g_mutex_lock (&self->lock);
  results = self->results;
  g_queue_init (&self->results);
  g_clear_pointer (&self->delivery, g_source_unref);
  g_mutex_unlock (&self->lock);
  while ((result = g_queue_pop_head (&results)) != NULL)
    {
      self->ready (self->data, &result->key, result->serial, result->surface);
      result_free (result);
    }
  return G_SOURCE_REMOVE;
}

/* With the lock held. */
static void
hand_over (GwMapWorker *self, const GwMapTileKey *key, guint serial, cairo_surface_t *surface)
{
  Result *result = g_new0 (Result, 1);

  result->key = *key;
  result->serial = serial;
  result->surface = surface;
  g_queue_push_tail (&self->results, result);
  if (self->delivery != NULL)
    return;
  self->delivery = g_idle_source_new ();
  g_source_set_priority (self->delivery, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->delivery, deliver_cb, self, NULL);
  g_source_attach (self->delivery, self->context);
}

/* With the lock held: waits for a tile to paint; FALSE at the end. */
static gboolean
take_next (GwMapWorker *self, GwMapPaint **paint, GwMapTileKey *key, guint *serial)
{
  while (!self->quit && (self->request == NULL || self->request->next >= self->request->n_keys))
    g_cond_wait (&self->wake, &self->lock);
  if (self->quit)
    return FALSE;
  *paint = gw_map_paint_ref (self->request->paint);
  *key = self->request->keys[self->request->next++];
  *serial = self->request->serial;
  return TRUE;
}

static gpointer
work (gpointer data)
{
  GwMapWorker *self = data;
  g_autoptr (GwMapPainter) painter = gw_map_painter_new ();
  GwMapPaint *paint = NULL;
  GwMapTileKey key = { 0 };
  guint serial = 0;

  g_mutex_lock (&self->lock);
  while (take_next (self, &paint, &key, &serial))
    {
      cairo_surface_t *surface = NULL;

      g_mutex_unlock (&self->lock);
      surface = gw_map_painter_draw (painter, paint, &key);
      g_clear_pointer (&paint, gw_map_paint_unref);
      g_mutex_lock (&self->lock);
      hand_over (self, &key, serial, surface);
    }
  g_mutex_unlock (&self->lock);
  return NULL;
}

GwMapWorker *
gw_map_worker_new (GwMapTileFunc ready, gpointer data)
{
  GwMapWorker *self = g_new0 (GwMapWorker, 1);

  self->ready = ready;
  self->data = data;
  self->context = g_main_context_ref_thread_default ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  g_queue_init (&self->results);
  self->thread = g_thread_new ("map", work, self);
  return self;
}

void
gw_map_worker_free (GwMapWorker *self)
{
  g_mutex_lock (&self->lock);
  self->quit = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
  (void)g_thread_join (self->thread);
  if (self->delivery != NULL)
    g_source_destroy (self->delivery);
  g_clear_pointer (&self->delivery, g_source_unref);
  g_queue_clear_full (&self->results, (GDestroyNotify)result_free);
  g_clear_pointer (&self->request, request_free);
  g_main_context_unref (self->context);
  g_cond_clear (&self->wake);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
gw_map_worker_ask (
    GwMapWorker *self, GwMapPaint *paint, guint serial, const GwMapTileKey *keys, guint n_keys)
{
  Request *request = g_new0 (Request, 1), *old = NULL;

  request->paint = gw_map_paint_ref (paint);
  request->keys = g_memdup2 (keys, n_keys * sizeof *keys);
  request->n_keys = n_keys;
  request->serial = serial;
  g_mutex_lock (&self->lock);
  old = self->request;
  self->request = request;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
  if (old != NULL)
    request_free (old);
}
