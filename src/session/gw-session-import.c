/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Foreign files: planning, taking in, taking back. */
#include "gw-import-plan-private.h"

#include "gw-error.h"
#include "gw-import-writer.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  char *path, *type;      /* owned; of planning */
  char *encoding, *sheet; /* owned, nullable; likewise */
  GwImportPlan *plan;     /* owned; of taking in */
  GwMapping *mapping;     /* owned; likewise */
  gint64 batch;           /* of taking back */
  GwProgress *progress;   /* owned */
  /* Owned, nullable. Not the task's: a task that is cancelled forgets what it has to say, and a
   * commit has to say whether it is done or was withdrawn. */
  GCancellable *cancellable;
} ImportJob;

static ImportJob *
import_job_new (GwProgressFunc progress, gpointer data, GCancellable *cancellable)
{
  ImportJob *job = g_new0 (ImportJob, 1);

  job->progress = gw_progress_new (progress, data);
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return job;
}

static void
import_job_free (ImportJob *job)
{
  g_clear_object (&job->plan);
  g_clear_object (&job->cancellable);
  g_clear_pointer (&job->mapping, gw_mapping_unref);
  gw_progress_free (job->progress);
  g_free (job->path);
  g_free (job->type);
  g_free (job->encoding);
  g_free (job->sheet);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImportJob, import_job_free)

/* ---- planning ---- */

static gpointer
do_plan (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  ImportJob *job = data;
  const GwImportChoice choice = { job->encoding, job->sheet };
  g_autoptr (GPtrArray) known = NULL;

  if (!gw_call_may (call, GW_MAY_IMPORT, _ ("Import"), error))
    return NULL;
  known = gw_store_list_batches (call->store, error);
  if (known == NULL)
    return NULL;
  return gw_import_plan_make (call, job->path, job->type, &choice, known, gw_progress_report,
                              job->progress, job->cancellable, error);
}

static ImportJob *
plan_job_new (const char *path,
              const char *type,
              const GwImportChoice *choice,
              GwProgressFunc progress,
              gpointer data,
              GCancellable *cancellable)
{
  ImportJob *job = import_job_new (progress, data, cancellable);

  job->path = g_strdup (path);
  job->type = g_strdup (type);
  job->encoding = choice != NULL ? g_strdup (choice->encoding) : NULL;
  job->sheet = choice != NULL ? g_strdup (choice->sheet) : NULL;
  return job;
}

void
gw_session_plan_import_async (GwSession *self,
                              const char *path,
                              const char *type,
                              const GwImportChoice *choice,
                              GwProgressFunc progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  gw_session_run (self, do_plan,
                  plan_job_new (path, type, choice, progress, progress_data, cancellable),
                  (GDestroyNotify)import_job_free, g_object_unref, cancellable, callback, data);
}

GwImportPlan *
gw_session_plan_import_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  return gw_session_finish (self, result, error);
}

GwImportPlan *
gw_session_plan_import_sync (GwSession *self,
                             const char *path,
                             const char *type,
                             const GwImportChoice *choice,
                             GError **error)
{
  g_autoptr (ImportJob) job = plan_job_new (path, type, choice, NULL, NULL, NULL);

  return gw_session_run_here (self, do_plan, job, error);
}

/* ---- taking in ---- */

typedef struct
{
  gint64 batch;
  guint n_rows, n_refused;
} Taken;

static gpointer
do_commit (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  ImportJob *job = data;
  GwCheckWorld world;
  Taken taken = { 0 };
  GwImportOrder order = { .store = call->store,
                          .actor = &call->actor,
                          .desk = gw_import_plan_get_facts (job->plan)->desk,
                          .type = gw_import_plan_get_type_number (job->plan),
                          .file = gw_import_plan_get_file (job->plan),
                          .world = &world,
                          .verdicts = job->mapping->verdicts };

  /* Many rows into a damaged file would be many rows to save from it. */
  if (!gw_call_may (call, GW_MAY_IMPORT, _ ("Import"), error) ||
      !gw_store_wait_check (call->store, job->cancellable, error))
    return NULL;
  gw_import_plan_fill_world (job->plan, job->mapping, &world);
  if (!gw_import_write (&order, &taken.batch, &taken.n_rows, gw_progress_report, job->progress,
                        job->cancellable, error))
    return NULL;
  taken.n_refused = (guint)gw_verdicts_count (job->mapping->verdicts, GW_ROW_REFUSED);
  return g_memdup2 (&taken, sizeof taken);
}

static ImportJob *
commit_job_new (GwImportPlan *plan,
                GwProgressFunc progress,
                gpointer data,
                GCancellable *cancellable)
{
  ImportJob *job = import_job_new (progress, data, cancellable);

  job->plan = g_object_ref (plan);
  job->mapping = gw_import_plan_dup_mapping (plan);
  return job;
}

void
gw_session_commit_import_async (GwSession *self,
                                GwImportPlan *plan,
                                GwProgressFunc progress,
                                gpointer progress_data,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  gw_session_run (self, do_commit, commit_job_new (plan, progress, progress_data, cancellable),
                  (GDestroyNotify)import_job_free, g_free, NULL, callback, data);
}

static gint64
hand_over (Taken *taken, guint *n_rows, guint *n_refused)
{
  g_autofree Taken *owned = taken;

  if (owned == NULL)
    return 0;
  if (n_rows != NULL)
    *n_rows = owned->n_rows;
  if (n_refused != NULL)
    *n_refused = owned->n_refused;
  return owned->batch;
}

gint64
gw_session_commit_import_finish (
    GwSession *self, GAsyncResult *result, guint *n_rows, guint *n_refused, GError **error)
{
  return hand_over (gw_session_finish (self, result, error), n_rows, n_refused);
}

gint64
gw_session_commit_import_sync (
    GwSession *self, GwImportPlan *plan, guint *n_rows, guint *n_refused, GError **error)
{
  g_autoptr (ImportJob) job = commit_job_new (plan, NULL, NULL, NULL);

  return hand_over (gw_session_run_here (self, do_commit, job, error), n_rows, n_refused);
}

/* ---- taking back ---- */

typedef struct
{
  guint n_withdrawn, n_touched;
} Undone;

static guint
rows_of_batch (GwStore *store, gint64 batch)
{
  g_autoptr (GPtrArray) batches = gw_store_list_batches (store, NULL);

  for (guint i = 0; batches != NULL && i < batches->len; i++)
    {
      const GwBatch *found = g_ptr_array_index (batches, i);

      if (found->id == batch)
        return found->n_rows;
    }
  return 0;
}

static gpointer
do_undo (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  ImportJob *job = data;
  Undone undone = { 0 };

  if (!gw_call_may (call, GW_MAY_IMPORT, _ ("Undo import"), error))
    return NULL;
  if (!gw_import_undo (call->store, &call->actor, call->facts->desk, job->batch,
                       rows_of_batch (call->store, job->batch), &undone.n_withdrawn,
                       &undone.n_touched, gw_progress_report, job->progress, job->cancellable,
                       error))
    return NULL;
  return g_memdup2 (&undone, sizeof undone);
}

void
gw_session_undo_batch_async (GwSession *self,
                             gint64 batch,
                             GwProgressFunc progress,
                             gpointer progress_data,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  ImportJob *job = import_job_new (progress, progress_data, cancellable);

  job->batch = batch;
  gw_session_run (self, do_undo, job, (GDestroyNotify)import_job_free, g_free, NULL, callback,
                  data);
}

static gboolean
hand_over_undone (Undone *undone, guint *withdrawn, guint *touched)
{
  g_autofree Undone *owned = undone;

  if (owned == NULL)
    return FALSE;
  if (withdrawn != NULL)
    *withdrawn = owned->n_withdrawn;
  if (touched != NULL)
    *touched = owned->n_touched;
  return TRUE;
}

gboolean
gw_session_undo_batch_finish (
    GwSession *self, GAsyncResult *result, guint *withdrawn, guint *touched, GError **error)
{
  return hand_over_undone (gw_session_finish (self, result, error), withdrawn, touched);
}

gboolean
gw_session_undo_batch_sync (
    GwSession *self, gint64 batch, guint *withdrawn, guint *touched, GError **error)
{
  g_autoptr (ImportJob) job = import_job_new (NULL, NULL, NULL);

  job->batch = batch;
  return hand_over_undone (gw_session_run_here (self, do_undo, job, error), withdrawn, touched);
}
