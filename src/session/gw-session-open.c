/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-session-private.h"

#include "gw-module-sql.h"

typedef struct
{
  char *path;
  GwSessionFlags flags;
  GwClock *clock;
} OpenJob;

static void
open_job_free (OpenJob *job)
{
  g_free (job->path);
  g_clear_pointer (&job->clock, gw_clock_unref);
  g_free (job);
}

typedef struct
{
  GwStore *store;
  GwModuleHost *host;
  GwReference *facts;
} Opened;

static void
opened_free (Opened *opened)
{
  if (opened == NULL)
    return;
  g_clear_pointer (&opened->facts, gw_reference_unref);
  g_clear_pointer (&opened->store, gw_store_unref);
  g_clear_pointer (&opened->host, gw_module_host_free);
  g_free (opened);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opened, opened_free)

static gboolean
put_types (GwTx *tx, gpointer data, GError **error)
{
  GPtrArray *types = data;
  guint32 number = 0;

  for (guint i = 0; i < types->len; i++)
    if (!gw_tx_put_type (tx, g_ptr_array_index (types, i), &number, error))
      return FALSE;
  return TRUE;
}

/* The module is new to this file, or brings another version of its table than the file knows. */
static gboolean
is_news (GPtrArray *described, const GwTypeSpec *type)
{
  for (guint i = 1; i < described->len; i++)
    {
      const GwTypeSpec *known = g_ptr_array_index (described, i);

      if (known != NULL && g_str_equal (known->key, type->key))
        return known->version != type->version || known->fields->len != type->fields->len;
    }
  return TRUE;
}

static gboolean
register_types (GwStore *store, GPtrArray *modules, GError **error)
{
  GwActor program = { .role = GW_ROLE_SYSADMIN, .purpose = "modules" };
  g_autoptr (GPtrArray) described = NULL;
  g_autoptr (GPtrArray) news = g_ptr_array_new ();

  if (gw_store_is_read_only (store))
    return TRUE;
  described = gw_store_load_types (store, error);
  if (described == NULL)
    return FALSE;
  for (guint i = 0; i < modules->len; i++)
    {
      GwModuleSpec *module = g_ptr_array_index (modules, i);

      for (guint j = 0; j < module->types->len; j++)
        if (is_news (described, g_ptr_array_index (module->types, j)))
          g_ptr_array_add (news, g_ptr_array_index (module->types, j));
    }
  return news->len == 0 ||
         gw_store_write (store, GW_LANE_VERB, &program, put_types, news, NULL, error);
}

/* A module whose own tables cannot be made, or whose statements are not allowed, does not work with
 * this file; the file opens without it. */
static void
prepare_modules (GwStore *store, GwModuleHost *host)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_module_spec_unref);
  GPtrArray *modules = gw_module_host_get_modules (host);

  for (guint i = 0; i < modules->len; i++)
    g_ptr_array_add (all, gw_module_spec_ref (g_ptr_array_index (modules, i)));
  for (guint i = 0; i < all->len; i++)
    {
      const GwModuleSpec *module = g_ptr_array_index (all, i);
      g_autoptr (GError) error = NULL;

      if (!gw_module_sql_migrate (store, module, &error) ||
          !gw_module_sql_check (gw_store_path (store), module, NULL, &error))
        gw_module_host_drop (host, module->id, error->message);
    }
}

static GwOpenFlags
open_flags (GwSessionFlags flags)
{
  return ((flags & GW_SESSION_CREATE) != 0 ? GW_OPEN_CREATE : 0) |
         ((flags & GW_SESSION_READ_ONLY) != 0 ? GW_OPEN_READ_ONLY : 0) |
         ((flags & GW_SESSION_REQUIRE_WRITE) != 0 ? GW_OPEN_REQUIRE_WRITE : 0);
}

static Opened *
open_here (const OpenJob *job, GError **error)
{
  g_autoptr (Opened) opened = g_new0 (Opened, 1);
  g_autoptr (GPtrArray) modules = NULL;

  opened->store = gw_store_open (job->path, open_flags (job->flags), job->clock, error);
  if (opened->store == NULL)
    return NULL;
  if ((job->flags & GW_SESSION_NO_MODULES) == 0)
    opened->host = gw_module_host_load (NULL);
  modules = opened->host != NULL ? g_ptr_array_ref (gw_module_host_get_modules (opened->host))
                                 : g_ptr_array_new ();
  if (!register_types (opened->store, modules, error))
    return NULL;
  if (opened->host != NULL)
    prepare_modules (opened->store, opened->host);
  opened->facts = gw_reference_load (opened->store, modules, error);
  return opened->facts != NULL ? g_steal_pointer (&opened) : NULL;
}

static GwSession *
session_of (Opened *opened)
{
  return gw_session_new (g_steal_pointer (&opened->store), g_steal_pointer (&opened->host),
                         g_steal_pointer (&opened->facts));
}

static void
open_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  Opened *opened = open_here (data, &error);

  if (opened == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, opened, (GDestroyNotify)opened_free);
}

static OpenJob *
open_job_new (const char *path, GwSessionFlags flags, GwClock *clock)
{
  OpenJob *job = g_new0 (OpenJob, 1);

  job->path = g_strdup (path);
  job->flags = flags;
  job->clock = clock != NULL ? gw_clock_ref (clock) : gw_clock_new_system ();
  return job;
}

void
gw_session_open_async (const char *path,
                       GwSessionFlags flags,
                       GwClock *clock,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, gw_session_open_async);
  g_task_set_task_data (task, open_job_new (path, flags, clock), (GDestroyNotify)open_job_free);
  g_task_run_in_thread (task, open_thread);
}

/* Seconds until what is not needed for the first picture is made. */
#define PREFETCH_AFTER 2

static gboolean
prefetch_cb (gpointer data)
{
  gw_reference_prefetch_locate (data);
  return G_SOURCE_REMOVE;
}

GwSession *
gw_session_open_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (Opened) opened = g_task_propagate_pointer (G_TASK (result), error);

  if (opened != NULL)
    (void)g_timeout_add_seconds_full (G_PRIORITY_LOW, PREFETCH_AFTER, prefetch_cb,
                                      gw_reference_ref (opened->facts),
                                      (GDestroyNotify)gw_reference_unref);
  return opened != NULL ? session_of (opened) : NULL;
}

GwSession *
gw_session_open_sync (const char *path, GwSessionFlags flags, GwClock *clock, GError **error)
{
  OpenJob *job = open_job_new (path, flags, clock);
  g_autoptr (Opened) opened = open_here (job, error);

  open_job_free (job);
  return opened != NULL ? session_of (opened) : NULL;
}
