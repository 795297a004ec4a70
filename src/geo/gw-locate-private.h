/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The tables of the two-level raster, shared by the builder and the look-up.
 *
 * The box of all areas is cut into at most 512 x 512 cells of a power of two lattice units, and
 * each cell that an edge touches is split into 8 x 8 sub-cells. A top cell is an area, n_areas plus
 * the number of a split cell, or NONE. A sub-cell is an area, NONE, or GW_LOCATE_MIXED plus a
 * number that is counted within its cell from the entry in mixed_bases. Sixteen bits each: the
 * tables stay in the second-level cache.
 *
 * A mixed sub-cell keeps words:
 *   terminal | n_areas << 16
 *   per area, ascending:  area | parity << 15 | n_edges << 16 (G_MAXUINT16: next word has it)
 *                         n_thresholds
 *                         n_edges edges of four words, southern end first
 *                         n_thresholds latitudes
 * A point is in such an area when parity, flipped for each edge east of the point and for each
 * threshold that is not north of it, is odd. The parity is that at the south-east corner of the
 * sub-cell without the listed edges; the thresholds stand where edges go on out of sight, east of
 * the sub-cell. The terminal area (or NONE) holds when none of them did. */

#include "gw-locate.h"

G_BEGIN_DECLS

#define GW_LOCATE_MIXED 0x8000u
#define GW_LOCATE_SUB_BITS 3
#define GW_LOCATE_SUBS (1u << (2 * GW_LOCATE_SUB_BITS))

struct _GwLocate
{
  guint n_areas;
  GwBox box;
  guint32 width, height;   /* greatest offset from the box's corner that is inside */
  guint shift_x, shift_y;  /* offset to sub-cell column or row */
  guint n_columns, n_rows; /* top cells */
  guint16 *tops;           /* owned, n_rows * n_columns */
  guint16 *subs;           /* owned, n_splits * GW_LOCATE_SUBS */
  guint32 *mixed_bases;    /* owned, per split cell: number of its first mixed sub-cell */
  guint32 *mixed_offsets;  /* owned, per mixed sub-cell: where its words start */
  guint32 *words;          /* owned */
  gsize n_splits, n_mixed, n_words;
};

/* Fills a zeroed struct. */
void gw_locate_build (GwLocate *locate, const GwRings *const *areas, guint n_areas);

G_END_DECLS
