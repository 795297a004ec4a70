/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-session.h"

#include "gw-error.h"
#include "gw-paths.h"
#include "gw-session-private.h"
#include <glib/gi18n-lib.h>

/* Commits come one by one, screens look at most twenty times a second. */
#define CHANGE_INTERVAL_MS 50

struct _GwSession
{
  GObject parent_instance;
  GwStore *store;     /* owned, NULL after close */
  GwModuleHost *host; /* owned, nullable: started without modules */
  GwReference *facts; /* owned */
  GwActor actor;
  GMainContext *context; /* owned */
  gint change_pending;   /* atomic: a source is on its way to the main thread */
  gint facts_pending;    /* atomic: reference data changed too */
  guint busy;
};

G_DEFINE_FINAL_TYPE (GwSession, gw_session, G_TYPE_OBJECT)

enum
{
  PROP_BUSY_TASKS = 1,
  N_PROPS
};
enum
{
  CHANGED,
  SEAT_CHANGED,
  N_SIGNALS
};
static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
gw_session_dispose (GObject *object)
{
  GwSession *self = GW_SESSION (object);

  gw_session_close (self);
  g_clear_pointer (&self->facts, gw_reference_unref);
  g_clear_pointer (&self->host, gw_module_host_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  G_OBJECT_CLASS (gw_session_parent_class)->dispose (object);
}

static void
gw_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_BUSY_TASKS)
    g_value_set_uint (value, GW_SESSION (object)->busy);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gw_session_class_init (GwSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gw_session_dispose;
  object_class->get_property = gw_session_get_property;
  props[PROP_BUSY_TASKS] = g_param_spec_uint ("busy-tasks", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", GW_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SEAT_CHANGED] = g_signal_new ("seat-changed", GW_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

static void
gw_session_init (GwSession *self)
{
  self->context = g_main_context_ref_thread_default ();
}

/* ---- news from the writer thread ---- */

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
  gw_reference_unref (self->facts);
  self->facts = facts;
  g_signal_emit (self, signals[CHANGED], 0, TRUE);
}

static gpointer
load_facts (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  return gw_reference_load (call->store, call->facts->modules, error);
}

static gboolean
change_cb (gpointer data)
{
  g_autoptr (GwSession) self = g_weak_ref_get (data);

  if (self == NULL || self->store == NULL)
    return G_SOURCE_REMOVE;
  g_atomic_int_set (&self->change_pending, 0);
  if (g_atomic_int_compare_and_exchange (&self->facts_pending, 1, 0))
    gw_session_run (self, load_facts, NULL, NULL, (GDestroyNotify)gw_reference_unref, NULL,
                    facts_loaded_cb, NULL);
  else
    g_signal_emit (self, signals[CHANGED], 0, FALSE);
  return G_SOURCE_REMOVE;
}

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
store_changed_cb (GwStore *store, const GwChange *change, gpointer data)
{
  g_autoptr (GwSession) self = g_weak_ref_get (data);
  g_autoptr (GSource) source = NULL;
  GWeakRef *ref;

  if (self == NULL)
    return;
  if (change->areas || change->types)
    g_atomic_int_set (&self->facts_pending, 1);
  if (!g_atomic_int_compare_and_exchange (&self->change_pending, 0, 1))
    return;
  ref = g_new0 (GWeakRef, 1);
  g_weak_ref_init (ref, self);
  source = g_timeout_source_new (CHANGE_INTERVAL_MS);
  g_source_set_callback (source, change_cb, ref, weak_ref_free);
  g_source_attach (source, self->context);
}

/* ---- opening ---- */

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

  for (guint i = 0; i < types->len; i++)
    if (!gw_tx_put_type (tx, g_ptr_array_index (types, i), NULL, error))
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
  opened->facts = gw_reference_load (opened->store, modules, error);
  return opened->facts != NULL ? g_steal_pointer (&opened) : NULL;
}

static GwRole
first_role (guint32 roles)
{
  for (guint role = 0; role < GW_N_ROLES; role++)
    if ((roles & (1u << role)) != 0)
      return (GwRole)role;
  return GW_ROLE_SYSADMIN;
}

/* Somebody always sits at the desk: the first active account, or in a file without accounts the
 * administrator who will set them up. */
static void
take_first_seat (GwSession *self)
{
  self->actor = (GwActor){ .role = GW_ROLE_SYSADMIN, .purpose = "set-up" };
  for (guint i = 1; i < self->facts->accounts->len; i++)
    {
      const GwAccount *account = g_ptr_array_index (self->facts->accounts, i);

      if (account != NULL && account->active &&
          gw_session_take_seat (self, account->id, first_role (account->roles), NULL))
        return;
    }
}

static GwSession *
session_of (Opened *opened)
{
  GwSession *self = g_object_new (GW_TYPE_SESSION, NULL);
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  self->store = g_steal_pointer (&opened->store);
  self->host = g_steal_pointer (&opened->host);
  self->facts = g_steal_pointer (&opened->facts);
  g_weak_ref_init (ref, self);
  gw_store_set_change_func (self->store, store_changed_cb, ref, weak_ref_free);
  take_first_seat (self);
  return self;
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

GwSession *
gw_session_open_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (Opened) opened = g_task_propagate_pointer (G_TASK (result), error);

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

void
gw_session_close (GwSession *self)
{
  if (self->store == NULL)
    return;
  gw_store_set_change_func (self->store, NULL, NULL, NULL);
  gw_store_close (self->store);
  g_clear_pointer (&self->store, gw_store_unref);
}

/* ---- facts at hand ---- */

GwStore *
gw_session_get_store (GwSession *self)
{
  return self->store;
}

const char *
gw_session_get_path (GwSession *self)
{
  return gw_store_path (self->store);
}

const char *
gw_session_get_centre_name (GwSession *self)
{
  return self->facts->centre_name;
}

gboolean
gw_session_is_demo (GwSession *self)
{
  return gw_store_is_demo (self->store);
}

gboolean
gw_session_is_read_only (GwSession *self)
{
  return gw_store_is_read_only (self->store);
}

const char *
gw_session_get_holder (GwSession *self)
{
  return gw_store_holder (self->store);
}

gint64
gw_session_now (GwSession *self)
{
  return gw_clock_now (gw_store_clock (self->store));
}

GwAreaTree *
gw_session_get_areas (GwSession *self)
{
  return self->facts->tree;
}

const GwRings *
gw_session_get_rings (GwSession *self, guint32 area)
{
  return area < self->facts->rings->len ? g_ptr_array_index (self->facts->rings, area) : NULL;
}

GwLocate *
gw_session_get_locate (GwSession *self)
{
  return self->facts->locate;
}

guint32
gw_session_locate (GwSession *self, gint32 x, gint32 y)
{
  return gw_reference_locate (self->facts, x, y);
}

GwLines *
gw_session_get_river (GwSession *self)
{
  return self->facts->river;
}

GPtrArray *
gw_session_get_orgs (GwSession *self)
{
  return self->facts->orgs;
}

GPtrArray *
gw_session_get_accounts (GwSession *self)
{
  return self->facts->accounts;
}

GPtrArray *
gw_session_get_types (GwSession *self)
{
  return self->facts->types;
}

GPtrArray *
gw_session_get_modules (GwSession *self)
{
  return self->facts->modules;
}

const GwTypeSpec *
gw_session_find_type (GwSession *self, const char *key)
{
  return gw_reference_find_type (self->facts, key);
}

const char *const *
gw_session_get_module_problems (GwSession *self)
{
  static const char *const none[] = { NULL };

  return self->host != NULL ? gw_module_host_get_problems (self->host) : none;
}

/* ---- the seat ---- */

const GwActor *
gw_session_get_actor (GwSession *self)
{
  return &self->actor;
}

static const GwAccount *
account_of (GwSession *self, guint32 id)
{
  return id < self->facts->accounts->len ? g_ptr_array_index (self->facts->accounts, id) : NULL;
}

const GwAccount *
gw_session_get_account (GwSession *self)
{
  return account_of (self, self->actor.account);
}

gboolean
gw_session_take_seat (GwSession *self, guint32 account, GwRole role, GError **error)
{
  const GwAccount *found = account_of (self, account);

  if (found == NULL || !found->active)
    return gw_throw (error, GW_ERROR_NOT_FOUND, _ ("There is no active account with number %u"),
                     account);
  if ((found->roles & (1u << role)) == 0)
    return gw_throw (error, GW_ERROR_REFUSED, _ ("The account “%s” does not hold the role “%s”"),
                     found->label, gw_role_label (role));
  self->actor = (GwActor){ .account = found->id,
                           .org = found->org,
                           .role = role,
                           .scope_area = found->scope_area,
                           .purpose = "daily-work" };
  g_signal_emit (self, signals[SEAT_CHANGED], 0);
  return TRUE;
}

gboolean
gw_session_may (GwSession *self, guint32 may)
{
  return (gw_role_may (self->actor.role) & may) == may;
}

/* ---- calls ---- */

GwCall *
gw_call_new (GwSession *session)
{
  GwCall *self = g_new0 (GwCall, 1);
  const GwAccount *account = gw_session_get_account (session);

  self->store = gw_store_ref (session->store);
  self->facts = gw_reference_ref (session->facts);
  self->actor = session->actor;
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
set_busy (GwSession *self, guint busy)
{
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY_TASKS]);
}

static void
job_completed_cb (GTask *task, GParamSpec *pspec, GwSession *self)
{
  set_busy (self, self->busy - 1);
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

  g_return_if_fail (self->store != NULL);
  job->call = gw_call_new (self);
  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  g_task_set_task_data (task, job, (GDestroyNotify)job_free);
  g_signal_connect_object (task, "notify::completed", G_CALLBACK (job_completed_cb), self, 0);
  set_busy (self, self->busy + 1);
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
