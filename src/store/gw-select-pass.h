/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One pass over the columns: the filter turned into tables, and what is counted. Shared by the
 * whole selection and by its first rows. */

#include "gw-search-set.h"
#include "gw-select.h"
#include "gw-snapshot.h"

G_BEGIN_DECLS

typedef enum
{
  GW_PASS_ASKED = 1 << 0, /* bits of a state */
  GW_PASS_OPEN = 1 << 1,
  GW_PASS_IN_SCOPE = 1 << 0, /* bits of an area */
  GW_PASS_INSIDE = 1 << 1,   /* of the filter's area clause */
} GwPassBits;

typedef struct
{
  const GwActor *actor; /* borrowed, as the next: set by the caller */
  const GwFilter *filter;
  GwStore *store;         /* borrowed */
  GwSnapshot *snapshot;   /* owned */
  GwAreaTree *tree;       /* owned */
  GwRecordTables *tables; /* owned */
  GwSearchSet *matches;   /* owned, nullable: the text clause */
  GwSearchSet *readable;  /* owned, nullable: restricted matters that the actor may see whole */
  guint8 states[256];
  guint8 *area_bits; /* owned: by area id, n_areas + 1 */
  guint8 *types;     /* owned: by type number, n_types + 1: asked for */
  gboolean all_types;
  guint n_areas, n_types;
  gint64 clock; /* its reading */
  guint32 now, from, to;
  guint32 trend_start; /* of the first day of the trend */
  gint32 today;

  guint32 *ids; /* owned */
  guint n;
  GwAreaCount *by_area, *by_type, sum; /* the first two owned */
  guint32 trend_reported[GW_TREND_DAYS], trend_closed[GW_TREND_DAYS];
} GwPass;

/* Waits for the snapshot and makes the tables. REFUSED when the role may not look. */
gboolean gw_pass_begin (GwPass *self, GCancellable *cancellable, GError **error);
void gw_pass_clear (GwPass *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GwPass, gw_pass_clear)
/* Whether @id is in the selection, text clause aside. */
gboolean gw_pass_takes (const GwPass *self, guint32 id);
/* Collects and counts everything; ids come nearly in the filter's order. */
gboolean gw_pass_run (GwPass *self, GCancellable *cancellable, GError **error);
/* The arrays of @ids into @selection, which has as many. */
void gw_pass_gather (const GwPass *self, const guint32 *ids, GwSelection *selection);

static inline const GwSnapshotColumns *
gw_pass_columns (const GwPass *self, guint32 id)
{
  return &self->snapshot->chunks[id >> GW_SNAPSHOT_CHUNK_BITS]->columns;
}

G_END_DECLS
