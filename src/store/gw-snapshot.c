/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-snapshot.h"

#include <string.h>

/* A file of a district has millions of matters; an id beyond this is damage, not growth. */
#define MAX_ID (1u << 28)

struct _GwSnapshotWriter
{
  GPtrArray *chunks; /* owned: GwSnapshotChunk with a reference each */
  guint n;           /* ids put so far are below this */
  guint n_published; /* rows below may be seen by readers of the last snapshot */
};

static GwSnapshotChunk *
chunk_new (void)
{
  GwSnapshotChunk *self = g_new0 (GwSnapshotChunk, 1);

  g_atomic_ref_count_init (&self->refs);
  return self;
}

static GwSnapshotChunk *
chunk_copy (const GwSnapshotChunk *other)
{
  GwSnapshotChunk *self = g_new (GwSnapshotChunk, 1);

  self->columns = other->columns;
  self->newest = gw_snapshot_chunk_newest (other);
  g_atomic_ref_count_init (&self->refs);
  return self;
}

static GwSnapshotChunk *
chunk_ref (GwSnapshotChunk *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
chunk_unref (gpointer data)
{
  GwSnapshotChunk *self = data;

  if (g_atomic_ref_count_dec (&self->refs))
    g_free (self);
}

void
gw_snapshot_chunk_find_newest (GwSnapshotChunk *self)
{
  guint32 newest = 0;

  for (guint row = 0; row < GW_SNAPSHOT_CHUNK; row++)
    newest = MAX (newest, self->columns.reported[row]);
  self->newest = newest;
}

GwSnapshot *
gw_snapshot_ref (GwSnapshot *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
gw_snapshot_unref (GwSnapshot *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < self->n_chunks; i++)
    chunk_unref (self->chunks[i]);
  g_free (self->chunks);
  g_free (self);
}

/* ---- writer ---- */

GwSnapshotWriter *
gw_snapshot_writer_new (void)
{
  GwSnapshotWriter *self = g_new0 (GwSnapshotWriter, 1);

  self->chunks = g_ptr_array_new_with_free_func (chunk_unref);
  return self;
}

GwSnapshotWriter *
gw_snapshot_writer_new_from (const GwSnapshot *base)
{
  GwSnapshotWriter *self = gw_snapshot_writer_new ();

  for (guint i = 0; i < base->n_chunks; i++)
    g_ptr_array_add (self->chunks, chunk_ref (base->chunks[i]));
  self->n = base->n;
  self->n_published = base->n;
  return self;
}

void
gw_snapshot_writer_free (GwSnapshotWriter *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->chunks);
  g_free (self);
}

/* The chunk of row @id, safe to write at that row. */
static GwSnapshotChunk *
writable_chunk (GwSnapshotWriter *self, guint id)
{
  guint i = id >> GW_SNAPSHOT_CHUNK_BITS;
  GwSnapshotChunk *chunk;

  while (self->chunks->len <= i)
    g_ptr_array_add (self->chunks, chunk_new ());
  chunk = g_ptr_array_index (self->chunks, i);
  /* A count of one is this writer's own: nobody can take a reference but through a snapshot. */
  if (id < self->n_published && !g_atomic_ref_count_compare (&chunk->refs, 1))
    {
      GwSnapshotChunk *copy = chunk_copy (chunk);

      chunk_unref (chunk);
      g_ptr_array_index (self->chunks, i) = copy;
      chunk = copy;
    }
  return chunk;
}

static guint32
seconds (gint64 time)
{
  return (guint32)CLAMP (time, 0, G_MAXUINT32);
}

static guint8
flags_of (const GwMatterFacts *facts)
{
  guint8 flags = 0;

  if (!facts->withdrawn)
    flags |= GW_ROW_COUNTED;
  if (!facts->withdrawn && facts->state != GW_STATE_DRAFT)
    flags |= GW_ROW_LISTED;
  if (facts->sensitivity == GW_SENSITIVITY_RESTRICTED)
    flags |= GW_ROW_RESTRICTED;
  if (facts->exercise)
    flags |= GW_ROW_EXERCISE;
  return flags;
}

gboolean
gw_snapshot_writer_put (GwSnapshotWriter *self, const GwMatterFacts *facts)
{
  GwSnapshotColumns *columns;
  GwSnapshotChunk *chunk;
  guint row;

  if (facts->id < 1 || facts->id > MAX_ID || facts->state >= GW_N_STATES)
    return FALSE;
  chunk = writable_chunk (self, (guint)facts->id);
  g_atomic_int_set (&chunk->newest,
                    MAX (gw_snapshot_chunk_newest (chunk), seconds (facts->reported)));
  columns = &chunk->columns;
  row = (guint)facts->id & GW_SNAPSHOT_CHUNK_MASK;
  columns->x[row] = facts->x;
  columns->y[row] = facts->y;
  columns->reported[row] = seconds (facts->reported);
  columns->due[row] = seconds (facts->due);
  columns->closed[row] = seconds (facts->closed);
  columns->area[row] = facts->area;
  columns->org[row] = facts->lead_org;
  columns->batch[row] = (guint32)CLAMP (facts->batch, 0, G_MAXUINT32);
  columns->number_seq[row] = facts->number_seq;
  columns->type[row] = (guint16)MIN (facts->type, G_MAXUINT16);
  columns->state[row] = facts->state;
  columns->flags[row] = flags_of (facts);
  self->n = MAX (self->n, (guint)facts->id + 1);
  return TRUE;
}

GwSnapshot *
gw_snapshot_writer_publish (GwSnapshotWriter *self, gint64 seq)
{
  GwSnapshot *snapshot = g_new0 (GwSnapshot, 1);

  g_atomic_ref_count_init (&snapshot->refs);
  snapshot->seq = seq;
  snapshot->n = self->n;
  snapshot->n_chunks = self->chunks->len;
  snapshot->chunks = g_new (GwSnapshotChunk *, MAX (1, self->chunks->len));
  for (guint i = 0; i < self->chunks->len; i++)
    snapshot->chunks[i] = chunk_ref (g_ptr_array_index (self->chunks, i));
  self->n_published = self->n;
  return snapshot;
}

/* ---- counters ---- */

GwCounters *
gw_snapshot_count (const GwSnapshot *self)
{
  GwCounters *counters = gw_counters_new ();

  for (guint id = 1; id < self->n; id++)
    {
      const GwSnapshotColumns *columns = &self->chunks[id >> GW_SNAPSHOT_CHUNK_BITS]->columns;
      guint row = id & GW_SNAPSHOT_CHUNK_MASK;

      if ((columns->flags[row] & GW_ROW_COUNTED) != 0)
        gw_counters_add_matter (counters, columns->type[row], columns->state[row],
                                columns->area[row], columns->reported[row], columns->closed[row],
                                1);
    }
  return counters;
}
