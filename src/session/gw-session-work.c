/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-session-private.h"

#include "gw-error.h"
#include <glib/gi18n-lib.h>

/* ---- a new matter ---- */

typedef struct
{
  GwIntake *intake;
  gint64 draft;
  GwDesk *desk;     /* borrowed from the call while it runs */
  GwMatter *matter; /* the result */
} SubmitJob;

static void
submit_job_free (SubmitJob *job)
{
  gw_intake_free (job->intake);
  g_free (job);
}

static gboolean
submit_tx (GwTx *tx, gpointer data, GError **error)
{
  SubmitJob *job = data;

  g_clear_pointer (&job->matter, gw_matter_free);
  job->matter = gw_desk_submit (job->desk, tx, job->intake, 0, 0, error);
  return job->matter != NULL;
}

static gpointer
do_submit (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  SubmitJob *job = data;

  if (job->intake->area == GW_AREA_NONE && job->intake->has_point)
    job->intake->area = gw_reference_locate (call->facts, job->intake->x, job->intake->y);
  job->desk = call->facts->desk;
  if (!gw_store_write (call->store, GW_LANE_VERB, &call->actor, submit_tx, job, cancellable, error))
    {
      g_clear_pointer (&job->matter, gw_matter_free);
      return NULL;
    }
  /* The matter is safe; a draft that stays behind is asked about at the next start. */
  if (job->draft != 0)
    (void)gw_store_drop_draft (call->store, &call->actor, job->draft, NULL);
  return g_steal_pointer (&job->matter);
}

void
gw_session_submit_async (GwSession *self,
                         const GwIntake *intake,
                         gint64 draft,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  SubmitJob *job = g_new0 (SubmitJob, 1);

  job->intake = gw_intake_copy (intake);
  job->draft = draft;
  gw_session_run (self, do_submit, job, (GDestroyNotify)submit_job_free,
                  (GDestroyNotify)gw_matter_free, cancellable, callback, data);
}

GwMatter *
gw_session_submit_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  return gw_session_finish (self, result, error);
}

GwMatter *
gw_session_submit_sync (GwSession *self, const GwIntake *intake, GError **error)
{
  g_autoptr (GwIntake) copy = gw_intake_copy (intake);
  SubmitJob job = { .intake = copy };

  return gw_session_run_here (self, do_submit, &job, error);
}

/* ---- a verb ---- */

typedef struct
{
  GwVerbRequest *request;
  GwDesk *desk;
  GwMatter *matter;
} VerbJob;

static void
verb_job_free (VerbJob *job)
{
  gw_verb_request_free (job->request);
  g_free (job);
}

static gboolean
verb_tx (GwTx *tx, gpointer data, GError **error)
{
  VerbJob *job = data;

  g_clear_pointer (&job->matter, gw_matter_free);
  job->matter = gw_desk_apply (job->desk, tx, job->request, error);
  return job->matter != NULL;
}

static gpointer
do_verb (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  VerbJob *job = data;

  job->desk = call->facts->desk;
  if (!gw_store_write (call->store, GW_LANE_VERB, &call->actor, verb_tx, job, cancellable, error))
    {
      g_clear_pointer (&job->matter, gw_matter_free);
      return NULL;
    }
  return g_steal_pointer (&job->matter);
}

void
gw_session_apply_async (GwSession *self,
                        const GwVerbRequest *request,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  VerbJob *job = g_new0 (VerbJob, 1);

  job->request = gw_verb_request_copy (request);
  gw_session_run (self, do_verb, job, (GDestroyNotify)verb_job_free, (GDestroyNotify)gw_matter_free,
                  cancellable, callback, data);
}

GwMatter *
gw_session_apply_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  return gw_session_finish (self, result, error);
}

GwMatter *
gw_session_apply_sync (GwSession *self, const GwVerbRequest *request, GError **error)
{
  g_autoptr (GwVerbRequest) copy = gw_verb_request_copy (request);
  VerbJob job = { .request = copy };

  return gw_session_run_here (self, do_verb, &job, error);
}

/* ---- drafts ---- */

static gpointer
do_save_draft (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  GwDraft *draft = data;

  if (!gw_store_save_draft (call->store, &call->actor, &draft->id, draft->kind, draft->payload,
                            error))
    return NULL;
  return g_memdup2 (&draft->id, sizeof draft->id);
}

void
gw_session_save_draft_async (GwSession *self,
                             gint64 id,
                             const char *kind,
                             const char *payload,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  GwDraft *draft = g_new0 (GwDraft, 1);

  draft->id = id;
  draft->kind = g_strdup (kind);
  draft->payload = g_strdup (payload);
  gw_session_run (self, do_save_draft, draft, (GDestroyNotify)gw_draft_free, g_free, cancellable,
                  callback, data);
}

gint64
gw_session_save_draft_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *id = gw_session_finish (self, result, error);

  return id != NULL ? *id : 0;
}

static gpointer
do_list_drafts (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  return gw_store_list_drafts (call->store, &call->actor, error);
}

void
gw_session_list_drafts_async (GwSession *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  gw_session_run (self, do_list_drafts, NULL, NULL, (GDestroyNotify)g_ptr_array_unref, cancellable,
                  callback, data);
}

GPtrArray *
gw_session_list_drafts_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  return gw_session_finish (self, result, error);
}

static gpointer
do_drop_draft (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (gw_store_drop_draft (call->store, &call->actor, *(gint64 *)data, error));
}

void
gw_session_drop_draft_async (GwSession *self,
                             gint64 id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  gw_session_run (self, do_drop_draft, g_memdup2 (&id, sizeof id), g_free, NULL, cancellable,
                  callback, data);
}

gboolean
gw_session_drop_draft_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  return gw_session_finish (self, result, error) != NULL;
}
