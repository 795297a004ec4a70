/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-draft-keeper.h"

#define QUIET_MS 1000

struct _GwDraftKeeper
{
  GObject parent;
  GwSession *session; /* owned */
  char *kind;         /* owned */
  char *waiting;      /* owned, nullable: not yet on its way */
  gint64 id;          /* 0 = no row yet */
  guint timer;        /* source; 0 = none */
  gboolean is_saving;
  GError *last; /* owned, nullable: of the last write */
  GQueue tasks; /* owned, GTask: who waits for a flush */
};

G_DEFINE_FINAL_TYPE (GwDraftKeeper, gw_draft_keeper, G_TYPE_OBJECT)

static void
gw_draft_keeper_finalize (GObject *object)
{
  GwDraftKeeper *self = GW_DRAFT_KEEPER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_error (&self->last);
  g_queue_clear_full (&self->tasks, g_object_unref);
  g_free (self->kind);
  g_free (self->waiting);
  g_object_unref (self->session);
  G_OBJECT_CLASS (gw_draft_keeper_parent_class)->finalize (object);
}

static void
gw_draft_keeper_class_init (GwDraftKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gw_draft_keeper_finalize;
  g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_INT64);
  g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
gw_draft_keeper_init (GwDraftKeeper *self)
{
  g_queue_init (&self->tasks);
}

GwDraftKeeper *
gw_draft_keeper_new (GwSession *session, const char *kind, gint64 id)
{
  GwDraftKeeper *self = g_object_new (GW_TYPE_DRAFT_KEEPER, NULL);

  self->session = g_object_ref (session);
  self->kind = g_strdup (kind);
  self->id = id;
  return self;
}

static void
answer_tasks (GwDraftKeeper *self)
{
  GTask *next = NULL;

  while ((next = g_queue_pop_head (&self->tasks)) != NULL)
    {
      g_autoptr (GTask) task = next;

      if (self->last != NULL)
        g_task_return_error (task, g_error_copy (self->last));
      else
        g_task_return_boolean (task, TRUE);
    }
}

static void save (GwDraftKeeper *self);

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwDraftKeeper) self = data;
  gint64 id = 0;

  g_clear_error (&self->last);
  id = gw_session_save_draft_finish (GW_SESSION (source), result, &self->last);
  self->is_saving = FALSE;
  if (id != 0)
    {
      self->id = id;
      g_signal_emit_by_name (self, "saved", gw_session_now (self->session));
    }
  else
    g_signal_emit_by_name (self, "failed", self->last);
  if (self->waiting != NULL && !g_queue_is_empty (&self->tasks))
    save (self);
  else
    answer_tasks (self);
}

static void
save (GwDraftKeeper *self)
{
  g_autofree char *payload = NULL;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->is_saving || self->waiting == NULL)
    return;
  payload = g_steal_pointer (&self->waiting);
  self->is_saving = TRUE;
  gw_session_save_draft_async (self->session, self->id, self->kind, payload, NULL, saved_cb,
                               g_object_ref (self));
}

static gboolean
quiet_cb (gpointer data)
{
  GwDraftKeeper *self = data;

  if (self->is_saving)
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

void
gw_draft_keeper_take (GwDraftKeeper *self, char *payload)
{
  g_return_if_fail (GW_IS_DRAFT_KEEPER (self));
  g_free (self->waiting);
  self->waiting = payload;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (QUIET_MS, quiet_cb, self);
}

void
gw_draft_keeper_flush_async (GwDraftKeeper *self, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = NULL;

  g_return_if_fail (GW_IS_DRAFT_KEEPER (self));
  task = g_task_new (self, NULL, callback, data);
  g_task_set_source_tag (task, gw_draft_keeper_flush_async);
  g_queue_push_tail (&self->tasks, task);
  if (self->is_saving)
    return;
  if (self->waiting != NULL)
    save (self);
  else
    answer_tasks (self);
}

gboolean
gw_draft_keeper_flush_finish (GwDraftKeeper *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
gw_draft_keeper_forget (GwDraftKeeper *self)
{
  g_return_if_fail (GW_IS_DRAFT_KEEPER (self));
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->waiting, g_free);
}

gint64
gw_draft_keeper_get_id (GwDraftKeeper *self)
{
  g_return_val_if_fail (GW_IS_DRAFT_KEEPER (self), 0);
  return self->id;
}
