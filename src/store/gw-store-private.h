/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the other files of this folder may ask of the store: a reader's connection, the cached area
 * tree and types, and news of every commit. */

#include "gw-db-private.h"
#include "gw-store.h"

G_BEGIN_DECLS

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
#define GW_READER_INIT \
  { \
    NULL, NULL \
  }
gboolean gw_store_private_reader (GwReader *self,
                                  GwStore *store,
                                  GCancellable *cancellable,
                                  GError **error);
void gw_store_private_reader_clear (GwReader *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GwReader, gw_store_private_reader_clear)

/* The areas as committed; cached until areas change. Transfer full. NULL with @error. */
GwAreaTree *gw_store_private_dup_tree (GwStore *self, GError **error);
/* GwTypeSpec by local number (0 is NULL), cached until types change. Transfer container: unref with
 * g_ptr_array_unref; elements live as long as the array. */
GPtrArray *gw_store_private_dup_types (GwStore *self, GError **error);

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
  gboolean text;      /* title, summary or address are new or changed: for the search follower */
} GwMatterFacts;

typedef struct
{
  const GwChange *change;
  const GwMatterFacts *facts; /* in order of writing; a matter may come twice: the last counts */
  guint n_facts;
} GwCommit;

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
