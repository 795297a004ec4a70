/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-long-work.h"

#include "gw-demo.h"
#include "gw-import-plan.h"
#include "gw-tasks.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

typedef struct
{
  GwWindow *window;          /* owned */
  GCancellable *cancellable; /* owned */
  guint task;
} Work;

static Work *
work_new (GwWindow *window, const char *title)
{
  Work *work = g_new0 (Work, 1);

  work->window = g_object_ref (window);
  work->cancellable = g_cancellable_new ();
  work->task = gw_tasks_begin (gw_tasks_of (GTK_WIDGET (window)), title, work->cancellable);
  return work;
}

static void
work_free (Work *work)
{
  gw_tasks_end (gw_tasks_of (GTK_WIDGET (work->window)), work->task);
  g_object_unref (work->cancellable);
  g_object_unref (work->window);
  g_free (work);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
progress_cb (double fraction, gpointer data)
{
  Work *work = data;

  gw_tasks_set_fraction (gw_tasks_of (GTK_WIDGET (work->window)), work->task, fraction);
}

static void
say (Work *work, const char *text, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gw_window_toast (work->window, _ ("Cancelled; nothing was changed"));
  else
    gw_window_toast (work->window, error != NULL ? error->message : text);
}

/* ---- backup ---- */

static void
backed_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;

  (void)gw_session_backup_finish (GW_SESSION (source), result, &error);
  say (work, _ ("The backup is complete and was checked"), error);
}

static void
target_chosen_cb (GtkNativeDialog *dialog, int response, GwWindow *window)
{
  g_autoptr (GFile) file = NULL;
  Work *work = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_object_unref (dialog);
  if (file == NULL || g_file_peek_path (file) == NULL || gw_window_get_session (window) == NULL)
    return;
  work = work_new (window, _ ("Backup"));
  gw_session_backup_async (gw_window_get_session (window), g_file_peek_path (file), progress_cb,
                           work, work->cancellable, backed_up_cb, work);
}

void
gw_long_work_backup (GwWindow *window)
{
  GtkFileChooserNative *dialog =
      gtk_file_chooser_native_new (_ ("Back Up To"), GTK_WINDOW (window),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Back Up"), NULL);
  g_autofree char *day =
      gw_day_format (gw_day_of_time (gw_session_now (gw_window_get_session (window))));
  g_autofree char *name = g_strdup_printf ("backup-%s.gridwork", day);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (target_chosen_cb), window, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- verify ---- */

static void
verified_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  GwVerifyReport report = { 0 };
  g_autofree char *text = NULL, *entries = NULL;

  if (gw_session_verify_finish (GW_SESSION (source), result, &report, &error))
    {
      entries = gw_ui_format_count ((guint64)report.events);
      text = report.first_bad == 0
                 ? g_strdup_printf (_ ("The journal is whole: %s entries"), entries)
                 : g_strdup_printf (_ ("The journal is broken at entry %ld: %s"),
                                    (long)report.first_bad,
                                    report.problem != NULL ? report.problem : "");
    }
  say (work, text, error);
  gw_verify_report_clear (&report);
}

void
gw_long_work_verify (GwWindow *window)
{
  Work *work = work_new (window, _ ("Checking the journal"));

  gw_session_verify_async (gw_window_get_session (window), progress_cb, work, work->cancellable,
                           verified_cb, work);
}

/* ---- a batch taken back ---- */

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Work) work = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint withdrawn = 0, touched = 0;

  if (gw_session_undo_batch_finish (GW_SESSION (source), result, &withdrawn, &touched, &error))
    text = touched > 0
               ? g_strdup_printf (_ ("%u matters withdrawn, %u stay because they were worked on"),
                                  withdrawn, touched)
               : g_strdup_printf (_ ("%u matters withdrawn"), withdrawn);
  say (work, text, error);
}

void
gw_long_work_undo_batch (GwWindow *window, gint64 batch)
{
  Work *work = work_new (window, _ ("Taking a batch back"));

  gw_session_undo_batch_async (gw_window_get_session (window), batch, progress_cb, work,
                               work->cancellable, undone_cb, work);
}

/* ---- the demonstration district ---- */

typedef struct
{
  char *path;
  guint64 seed;
  GwProgressFunc progress;
  gpointer progress_data;
} Demo;

static void
demo_free (gpointer data)
{
  Demo *demo = data;

  g_free (demo->path);
  g_free (demo);
}

typedef struct
{
  GTask *task; /* owned: keeps @demo */
  double fraction;
} Tick;

static void
tick_free (gpointer data)
{
  Tick *tick = data;

  g_object_unref (tick->task);
  g_free (tick);
}

static gboolean
tick_cb (gpointer data)
{
  Tick *tick = data;
  Demo *demo = g_task_get_task_data (tick->task);

  if (!g_task_get_completed (tick->task))
    demo->progress (tick->fraction, demo->progress_data);
  return G_SOURCE_REMOVE;
}

static void
demo_progress_cb (double fraction, gpointer data)
{
  Tick *tick = g_new0 (Tick, 1);

  tick->task = g_object_ref (data);
  tick->fraction = fraction;
  g_idle_add_full (G_PRIORITY_DEFAULT, tick_cb, tick, tick_free);
}

static void
demo_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Demo *demo = data;
  GError *error = NULL;

  if (gw_demo_create (demo->path, 0, demo->seed, demo->progress != NULL ? demo_progress_cb : NULL,
                      task, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
gw_long_work_make_demo_async (const char *path,
                              guint64 seed,
                              GwProgressFunc progress,
                              gpointer progress_data,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Demo *demo = g_new0 (Demo, 1);

  *demo = (Demo){ g_strdup (path), seed, progress, progress_data };
  g_task_set_source_tag (task, gw_long_work_make_demo_async);
  g_task_set_task_data (task, demo, demo_free);
  g_task_run_in_thread (task, demo_thread);
}

gboolean
gw_long_work_make_demo_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
