/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-desk.h"
#include "gw-module-host.h"
#include "gw-session.h"
#include "gw-store.h"

G_BEGIN_DECLS

/* Reference data of an open file at one state: immutable, refcounted, shared with worker threads.
 */
typedef struct
{
  gatomicrefcount refs;
  GwAreaTree *tree;    /* owned */
  GPtrArray *orgs;     /* owned, GwOrg; index == id */
  GPtrArray *accounts; /* owned, GwAccount; index == id */
  GPtrArray *types;    /* owned, GwTypeSpec; index == local number; labels of loaded modules */
  GPtrArray *modules;  /* owned, GwModuleSpec: keeps loaded types alive */
  GwDesk *desk;        /* owned */
  GPtrArray *rings;    /* owned, GwRings, index == area id, NULL where there is no geometry */
  GMutex locate_lock;
  gboolean has_locate; /* under the lock; the next two do not change any more */
  GwLocate *locate;    /* owned, nullable: see gw_reference_get_locate */
  GArray *locate_ids;  /* owned, guint32: index of @locate -> area id */
  GwLines *river;      /* owned, nullable */
  char *centre_name;   /* owned */
} GwReference;

GwReference *gw_reference_load (GwStore *store, GPtrArray *modules, GError **error);
GwReference *gw_reference_ref (GwReference *self);
void gw_reference_unref (GwReference *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwReference, gw_reference_unref)
/* The leaf areas for placing points; nullable while there are no geometries. They are the half of
 * loading and nothing of what is shown first, so they are made when somebody asks, once. */
GwLocate *gw_reference_get_locate (GwReference *self);
gboolean gw_reference_has_locate (GwReference *self);
/* On a thread of its own, so that the main thread finds them made when a person first clicks. */
void gw_reference_prefetch_locate (GwReference *self);
guint32 gw_reference_locate (GwReference *self, gint32 x, gint32 y);
const GwTypeSpec *gw_reference_find_type (const GwReference *self, const char *key);

/* What a call works with on its worker: taken when the call was made, so that a change of seat or
 * of reference data never reaches into a running call. */
typedef struct
{
  GwStore *store;     /* owned */
  GwReference *facts; /* owned */
  GwActor actor;
  char *account_label; /* owned */
} GwCall;

GwCall *gw_call_new (GwSession *session);
void gw_call_free (GwCall *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwCall, gw_call_free)
gboolean gw_call_may (const GwCall *self, guint32 may, const char *what, GError **error);

/* Runs @func on a worker; its non-NULL result goes to the task, freed with @free_result. @data is
 * freed with @free_data after the run. */
typedef gpointer (*GwCallFunc) (GwCall *call,
                                gpointer data,
                                GCancellable *cancellable,
                                GError **error);
void gw_session_run (GwSession *self,
                     GwCallFunc func,
                     gpointer data,
                     GDestroyNotify free_data,
                     GDestroyNotify free_result,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data);
/* The same at once, for the _sync twins; does not free @data. */
gpointer gw_session_run_here (GwSession *self, GwCallFunc func, gpointer data, GError **error);
gpointer gw_session_finish (GwSession *self, GAsyncResult *result, GError **error);

/* Progress of a worker, handed to the main thread at most ten times a second. */
typedef struct _GwProgress GwProgress;
GwProgress *gw_progress_new (GwProgressFunc func, gpointer data); /* nullable func */
void gw_progress_report (double fraction, gpointer progress);     /* a GwProgressFunc */
void gw_progress_free (GwProgress *self);

GwStore *gw_session_get_store (GwSession *self); /* borrowed, NULL after close */

/* Takes all three over; @host nullable: started without modules. */
GwSession *gw_session_new (GwStore *store, GwModuleHost *host, GwReference *facts);
GwReference *gw_session_get_facts (GwSession *self); /* borrowed */
void gw_session_set_facts (GwSession *self, GwReference *facts /* transfer full */);
void gw_session_add_busy (GwSession *self, int change); /* running tasks, shown in the window */
/* Emits "damaged". */
void gw_session_set_damage (GwSession *self, const char *message);
/* Commits of @store become "changed" on the caller's main context, damage that its check at start
 * finds becomes "damaged". */
void gw_session_listen (GwSession *session, GwStore *store);

G_END_DECLS
