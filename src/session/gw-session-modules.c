/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an administrator does about a module; small files, but files. */
#include "gw-session-private.h"

#include "gw-module-host.h"

typedef struct
{
  char *name; /* owned: id, or digest of what is tried again */
  gboolean retry, enabled;
} Change;

static void
change_free (Change *self)
{
  g_free (self->name);
  g_free (self);
}

static void
change_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Change *change = data;
  g_autoptr (GError) error = NULL;

  if (change->retry)
    gw_module_host_pardon (change->name);
  else if (!gw_module_host_set_enabled (change->name, change->enabled, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_return_boolean (task, TRUE);
}

static void
start (GwSession *self, const Change *change, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_set_source_tag (task, start);
  g_task_set_task_data (task, g_memdup2 (change, sizeof *change), (GDestroyNotify)change_free);
  g_task_run_in_thread (task, change_thread);
}

void
gw_session_enable_module_async (
    GwSession *self, const char *id, gboolean enabled, GAsyncReadyCallback callback, gpointer data)
{
  start (self, &(Change){ .name = g_strdup (id), .enabled = enabled }, callback, data);
}

void
gw_session_retry_module_async (GwSession *self,
                               const char *digest,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  start (self, &(Change){ .name = g_strdup (digest), .retry = TRUE }, callback, data);
}

gboolean
gw_session_change_module_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
