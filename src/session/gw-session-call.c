/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-session-private.h"

#include "gw-error.h"
#include <glib/gi18n-lib.h>

GwCall *
gw_call_new (GwSession *session)
{
  GwCall *self = g_new0 (GwCall, 1);
  const GwAccount *account = gw_session_get_account (session);

  self->store = gw_store_ref (gw_session_get_store (session));
  self->facts = gw_reference_ref (gw_session_get_facts (session));
  self->actor = *gw_session_get_actor (session);
  self->account_label = g_strdup (account != NULL ? account->label : _ ("administrator"));
  return self;
}

void
gw_call_free (GwCall *self)
{
  if (self == NULL)
    return;
  gw_store_unref (self->store);
  gw_reference_unref (self->facts);
  g_free (self->account_label);
  g_free (self);
}

gboolean
gw_call_may (const GwCall *self, guint32 may, const char *what, GError **error)
{
  if ((gw_role_may (self->actor.role) & may) == may)
    return TRUE;
  return gw_throw (error, GW_ERROR_REFUSED, _ ("%s: not for the role “%s”"), what,
                   gw_role_label (self->actor.role));
}

typedef struct
{
  GwCall *call;
  GwCallFunc func;
  gpointer data;
  GDestroyNotify free_data, free_result;
} Job;

static void
job_free (Job *job)
{
  gw_call_free (job->call);
  if (job->free_data != NULL && job->data != NULL)
    job->free_data (job->data);
  g_free (job);
}

static void
job_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  gpointer result = job->func (job->call, job->data, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, result, job->free_result);
}

static void
job_completed_cb (GTask *task, GParamSpec *pspec, GwSession *self)
{
  gw_session_add_busy (self, -1);
}

void
gw_session_run (GwSession *self,
                GwCallFunc func,
                gpointer data,
                GDestroyNotify free_data,
                GDestroyNotify free_result,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Job *job = g_new0 (Job, 1);

  g_return_if_fail (gw_session_get_store (self) != NULL);
  job->call = gw_call_new (self);
  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  g_signal_connect_object (task, "notify::completed", G_CALLBACK (job_completed_cb), self, 0);
  gw_session_add_busy (self, 1);
  g_task_run_in_thread (task, job_thread);
}

gpointer
gw_session_run_here (GwSession *self, GwCallFunc func, gpointer data, GError **error)
{
  g_autoptr (GwCall) call = gw_call_new (self);

  return func (call, data, NULL, error);
}

gpointer
gw_session_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
