/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-session-private.h"

#include "gw-error.h"
#include "gw-export.h"
#include "gw-select.h"
#include <glib/gi18n-lib.h>

/* ---- progress ---- */

#define PROGRESS_INTERVAL_US 100000

struct _GwProgress
{
  GwProgressFunc func;
  gpointer data;
  gint64 last;
};

GwProgress *
gw_progress_new (GwProgressFunc func, gpointer data)
{
  GwProgress *self = g_new0 (GwProgress, 1);

  self->func = func;
  self->data = data;
  return self;
}

typedef struct
{
  GwProgressFunc func;
  gpointer data;
  double fraction;
} Step;

static gboolean
step_cb (gpointer data)
{
  Step *step = data;

  step->func (step->fraction, step->data);
  return G_SOURCE_REMOVE;
}

void
gw_progress_report (double fraction, gpointer progress)
{
  GwProgress *self = progress;
  gint64 now = g_get_monotonic_time ();
  Step *step;

  if (self->func == NULL || (now - self->last < PROGRESS_INTERVAL_US && fraction < 1))
    return;
  self->last = now;
  step = g_new (Step, 1);
  *step = (Step){ self->func, self->data, fraction };
  g_main_context_invoke_full (NULL, G_PRIORITY_DEFAULT, step_cb, step, g_free);
}

void
gw_progress_free (GwProgress *self)
{
  g_free (self);
}

/* ---- what long calls share ---- */

typedef struct
{
  GwFilter *filter;
  char *path, *purpose;
  GwProgress *progress;
} LongJob;

static LongJob *
long_job_new (const GwFilter *filter,
              const char *path,
              const char *purpose,
              GwProgressFunc progress,
              gpointer data)
{
  LongJob *job = g_new0 (LongJob, 1);

  job->filter = filter != NULL ? gw_filter_copy (filter) : NULL;
  job->path = g_strdup (path);
  job->purpose = g_strdup (purpose);
  job->progress = gw_progress_new (progress, data);
  return job;
}

static void
long_job_free (LongJob *job)
{
  g_clear_pointer (&job->filter, gw_filter_free);
  g_free (job->path);
  g_free (job->purpose);
  gw_progress_free (job->progress);
  g_free (job);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LongJob, long_job_free)

/* ---- export ---- */

typedef struct
{
  const char *purpose;
  const char *filter;
  const char *file;
  gint64 rows;
} ExportNote;

/* Who took what out, for what: part of the journal, like every verb (domain.md 4c.1 N11). */
static gboolean
note_export (GwTx *tx, gpointer data, GError **error)
{
  const ExportNote *note = data;
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) delta = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = g_path_get_basename (note->file);
  GwEvent event = { .verb = GW_VERB_EXPORT };

  g_variant_dict_insert (&dict, "filter", "s", note->filter);
  g_variant_dict_insert (&dict, "file", "s", name);
  g_variant_dict_insert (&dict, "rows", "x", note->rows);
  delta = g_variant_ref_sink (g_variant_dict_end (&dict));
  text = g_variant_print (delta, FALSE);
  event.delta = text;
  event.reason = (char *)note->purpose;
  return gw_tx_append_event (tx, &event, error);
}

static gboolean
journal_export (GwCall *call, const LongJob *job, const char *filter, gint64 rows, GError **error)
{
  ExportNote note = { job->purpose, filter, job->path, rows };

  /* A file that is open for reading only has no journal to write to: exporting it needs the holder.
   */
  return gw_store_write (call->store, GW_LANE_VERB, &call->actor, note_export, &note, NULL, error);
}

static gpointer
do_export (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  LongJob *job = data;
  g_autoptr (GwSelection) selection = NULL;
  g_autofree char *filter = gw_filter_to_text (job->filter, call->facts->tree);
  GwExportJob export = { .store = call->store,
                         .actor = call->actor,
                         .tree = call->facts->tree,
                         .orgs = call->facts->orgs,
                         .types = call->facts->types,
                         .account_label = call->account_label,
                         .purpose = job->purpose,
                         .filter_text = filter };
  gint64 rows;

  if (!gw_call_may (call, GW_MAY_EXPORT, _ ("Export"), error))
    return NULL;
  if (job->purpose == NULL || g_utf8_strlen (job->purpose, -1) < 2)
    return gw_throw_null (error, GW_ERROR_INVALID,
                          _ ("An export needs a purpose: say what it is for"));
  selection = gw_store_select (call->store, &call->actor, job->filter, cancellable, error);
  if (selection == NULL || !journal_export (call, job, filter, selection->n, error))
    return NULL;
  rows = gw_export_run (&export, selection, job->path, TRUE, gw_progress_report, job->progress,
                        cancellable, error);
  return rows >= 0 ? g_memdup2 (&rows, sizeof rows) : NULL;
}

void
gw_session_export_async (GwSession *self,
                         const GwFilter *filter,
                         const char *path,
                         const char *purpose,
                         GwProgressFunc progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  gw_session_run (self, do_export, long_job_new (filter, path, purpose, progress, progress_data),
                  (GDestroyNotify)long_job_free, g_free, cancellable, callback, data);
}

gint64
gw_session_export_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *rows = gw_session_finish (self, result, error);

  return rows != NULL ? *rows : -1;
}

gint64
gw_session_export_sync (
    GwSession *self, const GwFilter *filter, const char *path, const char *purpose, GError **error)
{
  g_autoptr (LongJob) job = long_job_new (filter, path, purpose, NULL, NULL);
  g_autofree gint64 *rows = gw_session_run_here (self, do_export, job, error);

  return rows != NULL ? *rows : -1;
}

/* ---- backup ---- */

static gpointer
do_backup (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  LongJob *job = data;

  if (!gw_call_may (call, GW_MAY_BACKUP, _ ("Backup"), error))
    return NULL;
  return GINT_TO_POINTER (gw_store_backup (call->store, job->path, gw_progress_report,
                                           job->progress, cancellable, error));
}

void
gw_session_backup_async (GwSession *self,
                         const char *target,
                         GwProgressFunc progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  gw_session_run (self, do_backup, long_job_new (NULL, target, NULL, progress, progress_data),
                  (GDestroyNotify)long_job_free, NULL, cancellable, callback, data);
}

gboolean
gw_session_backup_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  return gw_session_finish (self, result, error) != NULL;
}

gboolean
gw_session_backup_sync (GwSession *self, const char *target, GError **error)
{
  g_autoptr (LongJob) job = long_job_new (NULL, target, NULL, NULL, NULL);

  return gw_session_run_here (self, do_backup, job, error) != NULL;
}

/* ---- verification ---- */

static void
report_free (gpointer report)
{
  gw_verify_report_clear (report);
  g_free (report);
}

static gpointer
do_verify (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  LongJob *job = data;
  GwVerifyReport *report = g_new0 (GwVerifyReport, 1);

  if (gw_store_verify (call->store, report, gw_progress_report, job->progress, cancellable, error))
    return report;
  report_free (report);
  return NULL;
}

static gboolean
hand_over (GwVerifyReport *found, GwVerifyReport *report)
{
  if (found == NULL)
    return FALSE;
  *report = *found;
  g_free (found);
  return TRUE;
}

gboolean
gw_session_verify_sync (GwSession *self, GwVerifyReport *report, GError **error)
{
  g_autoptr (LongJob) job = long_job_new (NULL, NULL, NULL, NULL, NULL);

  return hand_over (gw_session_run_here (self, do_verify, job, error), report);
}

void
gw_session_verify_async (GwSession *self,
                         GwProgressFunc progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  gw_session_run (self, do_verify, long_job_new (NULL, NULL, NULL, progress, progress_data),
                  (GDestroyNotify)long_job_free, report_free, cancellable, callback, data);
}

gboolean
gw_session_verify_finish (GwSession *self,
                          GAsyncResult *result,
                          GwVerifyReport *report,
                          GError **error)
{
  return hand_over (gw_session_finish (self, result, error), report);
}

/* ---- batches ---- */

static gpointer
do_list_batches (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  return gw_store_list_batches (call->store, error);
}

void
gw_session_list_batches_async (GwSession *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  gw_session_run (self, do_list_batches, NULL, NULL, (GDestroyNotify)g_ptr_array_unref, cancellable,
                  callback, data);
}

GPtrArray *
gw_session_list_batches_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  return gw_session_finish (self, result, error);
}
