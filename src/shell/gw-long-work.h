/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Work of the window that takes its time: shown among the tasks, can be cancelled, ends in a note.
 */

#include "gw-session.h"
#include "gw-window.h"

G_BEGIN_DECLS

/* Asks where to, then copies the open file while it is in use. */
void gw_long_work_backup (GwWindow *window);
void gw_long_work_verify (GwWindow *window);
void gw_long_work_undo_batch (GwWindow *window, gint64 batch);

/* Makes the demonstration district on a worker. @progress is called on the main thread. */
void gw_long_work_make_demo_async (const char *path,
                                   guint64 seed,
                                   GwProgressFunc progress,
                                   gpointer progress_data,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
gboolean gw_long_work_make_demo_finish (GAsyncResult *result, GError **error);

G_END_DECLS
