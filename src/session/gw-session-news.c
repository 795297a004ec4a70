/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-session-private.h"

/* Commits come one by one, screens look at most twenty times a second. */
#define CHANGE_INTERVAL_MS 50

/* What the writer thread knows of the session. It never holds the session itself: the last
 * reference must not go on the thread that closing the store waits for. */
typedef struct
{
  gatomicrefcount refs;
  GMainContext *context; /* owned */
  GWeakRef session;      /* looked at on @context only */
  gint change_pending;   /* atomic: a source is on its way to @context */
  gint facts_pending;    /* atomic: reference data changed too */
} GwNews;

static GwNews *
news_ref (GwNews *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
news_unref (gpointer data)
{
  GwNews *self = data;

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_weak_ref_clear (&self->session);
  g_main_context_unref (self->context);
  g_free (self);
}

static void
facts_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GwSession *self = GW_SESSION (source);
  g_autoptr (GError) error = NULL;
  GwReference *facts = gw_session_finish (self, result, &error);

  if (facts == NULL)
    {
      g_debug ("loading changed reference data: %s", error->message);
      return;
    }
  gw_session_set_facts (self, facts);
}

static gpointer
load_facts (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  GwReference *facts = gw_reference_load (call->store, call->facts->modules, error);

  if (facts != NULL)
    (void)gw_reference_get_locate (facts); /* the main thread may ask at once */
  return facts;
}

static gboolean
change_cb (gpointer data)
{
  GwNews *self = data;
  g_autoptr (GwSession) session = g_weak_ref_get (&self->session);

  if (session == NULL || gw_session_get_store (session) == NULL)
    return G_SOURCE_REMOVE;
  g_atomic_int_set (&self->change_pending, 0);
  if (g_atomic_int_compare_and_exchange (&self->facts_pending, 1, 0))
    gw_session_run (session, load_facts, NULL, NULL, (GDestroyNotify)gw_reference_unref, NULL,
                    facts_loaded_cb, NULL);
  else
    g_signal_emit_by_name (session, "changed", FALSE);
  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (GwStore *store, const GwChange *change, gpointer data)
{
  GwNews *self = data;
  g_autoptr (GSource) source = NULL;

  if (change->areas || change->types)
    g_atomic_int_set (&self->facts_pending, 1);
  if (!g_atomic_int_compare_and_exchange (&self->change_pending, 0, 1))
    return;
  source = g_timeout_source_new (CHANGE_INTERVAL_MS);
  g_source_set_callback (source, change_cb, news_ref (self), news_unref);
  g_source_attach (source, self->context);
}

typedef struct
{
  GwNews *news;  /* owned */
  char *message; /* owned */
} Damage;

static void
damage_free (gpointer data)
{
  Damage *damage = data;

  news_unref (damage->news);
  g_free (damage->message);
  g_free (damage);
}

static gboolean
damage_cb (gpointer data)
{
  Damage *damage = data;
  g_autoptr (GwSession) session = g_weak_ref_get (&damage->news->session);

  if (session != NULL && gw_session_get_store (session) != NULL)
    gw_session_set_damage (session, damage->message);
  return G_SOURCE_REMOVE;
}

static void
store_damaged_cb (GwStore *store, const GError *error, gpointer data)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Damage *damage = g_new0 (Damage, 1);

  damage->news = news_ref (data);
  damage->message = g_strdup (error->message);
  g_source_set_callback (source, damage_cb, damage, damage_free);
  g_source_attach (source, damage->news->context);
}

void
gw_session_listen (GwSession *session, GwStore *store)
{
  GwNews *self = g_new0 (GwNews, 1);

  g_atomic_ref_count_init (&self->refs);
  self->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->session, session);
  gw_store_set_change_func (store, store_changed_cb, self, news_unref);
  gw_store_set_damage_func (store, store_damaged_cb, news_ref (self), news_unref);
}
