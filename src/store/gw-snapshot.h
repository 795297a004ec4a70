/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The columns of all matters in memory, from which every list, map and figure is answered.
 *
 * A snapshot is immutable, refcounted and for any thread. It is a row of chunks of 4,096 matters,
 * indexed by the dense matter id; snapshots share the chunks that did not change between them. The
 * one GwSnapshotWriter appends in place behind what is published (no reader looks there) and copies
 * a chunk before it changes a published row: a verb costs one chunk, an import none. */

#include "gw-counters-private.h"
#include "gw-store-private.h"

G_BEGIN_DECLS

#define GW_SNAPSHOT_CHUNK_BITS 12
#define GW_SNAPSHOT_CHUNK (1u << GW_SNAPSHOT_CHUNK_BITS)
#define GW_SNAPSHOT_CHUNK_MASK (GW_SNAPSHOT_CHUNK - 1)

typedef enum
{
  GW_ROW_LISTED = 1 << 0,     /* there, no draft, not withdrawn */
  GW_ROW_RESTRICTED = 1 << 1, /* its texts are in no index */
  GW_ROW_EXERCISE = 1 << 2,   /* never in a figure */
  GW_ROW_COUNTED = 1 << 3,    /* has a cell in the counters: not withdrawn */
} GwRowFlag;

typedef struct
{
  /* 1e-7 degree; G_MININT32 = no point */
  gint32 x[GW_SNAPSHOT_CHUNK], y[GW_SNAPSHOT_CHUNK];
  /* UTC seconds until 2106; 0 = none */
  guint32 reported[GW_SNAPSHOT_CHUNK], due[GW_SNAPSHOT_CHUNK], closed[GW_SNAPSHOT_CHUNK];
  guint32 area[GW_SNAPSHOT_CHUNK], org[GW_SNAPSHOT_CHUNK], batch[GW_SNAPSHOT_CHUNK];
  guint32 number_seq[GW_SNAPSHOT_CHUNK];
  guint16 type[GW_SNAPSHOT_CHUNK];
  guint8 state[GW_SNAPSHOT_CHUNK];
  guint8 flags[GW_SNAPSHOT_CHUNK];
} GwSnapshotColumns;

typedef struct
{
  GwSnapshotColumns columns;
  gatomicrefcount refs;
  guint newest; /* atomic: no row was reported later; may be that of a row that is gone */
} GwSnapshotChunk;

/* No row of @chunk was reported later than this. */
static inline guint32
gw_snapshot_chunk_newest (const GwSnapshotChunk *chunk)
{
  return (guint32)g_atomic_int_get (&chunk->newest);
}
/* From the columns. */
void gw_snapshot_chunk_find_newest (GwSnapshotChunk *chunk);

typedef struct
{
  gatomicrefcount refs;
  gint64 seq; /* what the journal had said when this was published */
  guint n;    /* ids are below this; id 0 is never a matter */
  guint n_chunks;
  GwSnapshotChunk **chunks; /* owned */
} GwSnapshot;

GwSnapshot *gw_snapshot_ref (GwSnapshot *self);
void gw_snapshot_unref (GwSnapshot *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwSnapshot, gw_snapshot_unref)

/* The counters as this snapshot has them, by the rule of gw-counters. */
GwCounters *gw_snapshot_count (const GwSnapshot *self);

typedef struct _GwSnapshotWriter GwSnapshotWriter; /* one thread at a time */
GwSnapshotWriter *gw_snapshot_writer_new (void);
/* Goes on from what is in @base, which stays as it is. */
GwSnapshotWriter *gw_snapshot_writer_new_from (const GwSnapshot *base);
void gw_snapshot_writer_free (GwSnapshotWriter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwSnapshotWriter, gw_snapshot_writer_free)
/* FALSE when the id is none that a file can have (damage): nothing is stored. */
gboolean gw_snapshot_writer_put (GwSnapshotWriter *self, const GwMatterFacts *facts);
/* A snapshot of everything put so far. */
GwSnapshot *gw_snapshot_writer_publish (GwSnapshotWriter *self, gint64 seq);

/* ---- building: gw-snapshot-build.c ---- */
/* Reads every matter within one read transaction of @db and publishes it for that position. */
GwSnapshot *gw_snapshot_build (GwDb *db, GCancellable *cancellable, GError **error);
/* Brings @base to the journal's end by the matters that the events behind it name; NULL without
 * @error when those are too many for that to pay. */
GwSnapshot *gw_snapshot_catch_up (GwDb *db,
                                  const GwSnapshot *base,
                                  GCancellable *cancellable,
                                  GError **error);

/* ---- the file: gw-snapshot-file.c ---- */
/* The journal's hash at @seq ties a derived file to one history; FALSE when there is no such event.
 */
gboolean gw_snapshot_journal_hash (GwDb *db, gint64 seq, guint8 hash[32], GError **error);
/* Written beside and renamed. @hash: the journal's at the snapshot's position. */
gboolean gw_snapshot_save (const GwSnapshot *self,
                           const char *path,
                           const guint8 hash[32],
                           GError **error);
/* GW_ERROR_CORRUPT when sizes, version or checksum do not fit; NOT_FOUND when there is none. */
GwSnapshot *gw_snapshot_load (const char *path, guint8 hash[32], GError **error);

G_END_DECLS
