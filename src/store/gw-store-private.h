/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the other files of this folder may ask of the store: a reader's connection, the cached area
 * tree and types, and news of every commit. */

#include "gw-db-private.h"
#include "gw-record-table-private.h"
#include "gw-store.h"

G_BEGIN_DECLS

typedef struct _GwReaders GwReaders;
typedef struct _GwWriter GwWriter;
typedef struct _GwCheckpoint GwCheckpoint;
typedef struct _GwFileLock GwFileLock;
typedef struct _GwCounters GwCounters;

/* For gw-store*.c and gw-tx*.c; others use the functions below. */
struct _GwStore
{
  gatomicrefcount refs;
  char *path;     /* owned */
  GwClock *clock; /* owned */
  gboolean read_only;
  char *holder;             /* owned, nullable */
  GwFileLock *lock;         /* owned; NULL when read-only */
  GwReaders *readers;       /* owned */
  GwCheckpoint *checkpoint; /* owned; NULL when read-only */
  GwWriter *writer;         /* owned; NULL when read-only */
  gpointer derived;         /* see gw_store_private_open_derived */

  GMutex mutex; /* guards what follows */
  gboolean closed;
  gint64 last_seq;
  gint64 generation; /* of areas and types; raised by each commit that changes them */
  gboolean demo;
  char *centre_code;      /* owned, nullable; old ones are kept in names */
  GPtrArray *names;       /* owned: strings that were lent out */
  GwAreaTree *tree;       /* owned, nullable */
  GwRecordTables *tables; /* owned, nullable */
  GwChangeFunc change_func;
  gpointer change_data;
  GDestroyNotify change_destroy;

  GRWLock pending_lock; /* guards what follows, together with the commit that changes it */
  GwCounters *pending;  /* owned: counters of imports that are not in the table yet */

  GThread *check; /* owned, nullable */
  GMutex check_mutex;
  GCond check_done;
  GwDb *check_db;                       /* borrowed from the thread, for interrupting */
  gboolean check_wanted, check_stopped; /* somebody waits for it; nobody will */
  gboolean checked;
  GError *check_error; /* owned, nullable */
  GwDamageFunc damage_func;
  gpointer damage_data;
  GDestroyNotify damage_destroy;
};

/* ---- the parts of opening ---- */
/* A connection for the writer: WAL, FULL, a large cache. */
GwDb *gw_store_private_open_writer (const char *path, GError **error);
/* quick_check on a thread of its own; stop ends it. */
void gw_store_private_start_check (GwStore *self, GwDbMode mode);
void gw_store_private_stop_check (GwStore *self);
/* Makes an empty file at @path: written beside it, synced, renamed. */
gboolean gw_store_private_create (const char *path, gint64 now, GError **error);
/* Reads last_seq, demo and centre code from @db. */
gboolean gw_store_private_refresh (GwStore *self, GwDb *db, GError **error);

/* ---- the writer thread tells ---- */
/* The checkpoint thread: slices may go on. */
void gw_store_private_wake (gpointer self, gpointer unused);

/* ---- readers ---- */
/* A connection of the pool (opened when all are out); give it back as soon as the answer is read.
 * Any thread but the writer's. */
GwDb *gw_store_private_take_reader (GwStore *self, GCancellable *cancellable, GError **error);
void gw_store_private_return_reader (GwStore *self, GwDb *db);

typedef struct
{
  GwStore *store;
  GwDb *db;
} GwReader;
/* g_auto (GwReader) r = GW_READER_INIT;
 * if (!gw_store_private_reader (&r, store, cancellable, error)) return FALSE; */
#define GW_READER_INIT ((GwReader){ NULL, NULL })
gboolean gw_store_private_reader (GwReader *self,
                                  GwStore *store,
                                  GCancellable *cancellable,
                                  GError **error);
void gw_store_private_reader_clear (GwReader *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GwReader, gw_store_private_reader_clear)

/* The areas as committed; cached until areas change. Transfer full. NULL with @error. */
GwAreaTree *gw_store_private_dup_tree (GwStore *self, GError **error);
/* The record types as committed; cached until types change. Transfer full. */
GwRecordTables *gw_store_private_dup_tables (GwStore *self, GError **error);

/* What the actor may see of @matter's area: TRUE when in scope. */
gboolean gw_store_private_in_scope (GwAreaTree *tree, const GwActor *actor, guint32 area);
/* Never part of an answer to anybody: the path of a side file "<store>.<suffix>". */
char *gw_store_private_side_path (GwStore *self, const char *suffix);

/* ---- news ---- */
/* The columns of a matter that snapshots hold, as they are after the commit. */
typedef struct
{
  gint64 id;
  gint64 reported, due, closed; /* 0 = none */
  gint64 batch, master;
  guint32 type, area, lead_org;
  gint32 x, y;        /* G_MININT32 = no point */
  guint32 number_seq; /* last part of the number */
  guint8 state, urgency, severity, sensitivity, level;
  gboolean withdrawn; /* no longer in lists, map, search, counters */
  gboolean exercise;  /* never in a figure */
  gboolean text;      /* title, summary or address are new or changed: for the search follower */
} GwMatterFacts;

typedef struct
{
  const GwChange *change;
  const GwMatterFacts *facts; /* in order of writing; a matter may come twice: the last counts */
  guint n_facts;
  gboolean more; /* a slice of a long import: others follow at once */
} GwCommit;

/* Writer thread: forgets what has changed, then tells derived parts and the public function. */
void gw_store_private_committed (GwStore *self, const GwCommit *news, gboolean meta);

/* ---- derived parts: gw-store-derived.c, owned by the reading side ---- */
/* At the end of gw_store_open (readers work, writer runs). Quick: heavy work goes to a thread. */
gboolean gw_store_private_open_derived (GwStore *self, GError **error);
/* Writer thread, after each commit, before the public change function and before the caller of
 * gw_store_write returns. */
void gw_store_private_derived_commit (GwStore *self, const GwCommit *commit);
/* At the start of close: no commit follows; readers still work. */
void gw_store_private_close_derived (GwStore *self);
/* Differences between the snapshot and @cells (GwCounterCell recounted from the matters at journal
 * position @seq); -1 with @error. */
gint64 gw_store_private_check_derived (GwStore *self,
                                       const GArray *cells,
                                       gint64 seq,
                                       GError **error);
/* The slot that holds whatever open_derived made. */
gpointer gw_store_private_get_derived (GwStore *self);
void gw_store_private_set_derived (GwStore *self, gpointer derived);

G_END_DECLS
