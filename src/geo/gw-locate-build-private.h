/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How the tables of GwLocate come about: edges are noted in the sub-cells they touch and at the
 * rows they cross; a sweep along each row knows the areas around; sub-cells without edges take the
 * area of the sweep, those with edges become mixed. */

#include "gw-locate-private.h"

G_BEGIN_DECLS

/* An edge in a sub-cell, or the longitude where an edge crosses the south side of a row. Sorted by
 * row, then place, then area. */
typedef struct
{
  guint32 place; /* column, or longitude offset from the box */
  guint32 index; /* edge, or area */
} GwLocateMark;

/* Marks by row: counted first, filled second. */
typedef struct
{
  guint n_rows;
  gsize *starts;       /* owned, n_rows + 1 */
  GwLocateMark *marks; /* owned */
} GwLocateMarks;

typedef struct
{
  GwPoint a, b; /* southern end first */
} GwLocateEdge;

typedef struct
{
  GwLocate *locate;
  GwLocateEdge *edges; /* owned */
  gsize n_edges;
  guint n_columns, n_rows; /* of sub-cells */
  guint16 *edge_areas;     /* owned: the area of each edge */
  GwLocateMarks touches;   /* which edges touch which sub-cells; index = edge */
  GwLocateMarks crossings; /* index = area */
  guint32 *tops;           /* owned: area, or number of the split cell | IS_SPLIT */
  GArray *offsets, *words; /* owned, guint32 */
  GArray *thresholds;      /* owned, gint32: of the area or sub-cell at hand */
} GwLocateBuilder;

/* The areas around the place of a sweep from west to east. */
typedef struct
{
  const GwLocateMark *next, *end;
  GArray *inside; /* owned, guint16, unsorted; one or two entries as a rule */
} GwLocateSweep;

/* The edges and the box of all areas. */
void gw_locate_collect_edges (GwLocateBuilder *self, const GwRings *const *areas, guint n_areas);
/* Cuts the box into at most 2^@bits cells of eight sub-cells on each side. */
void gw_locate_lay_grid (GwLocateBuilder *self, guint bits);
void gw_locate_mark_touches (GwLocateBuilder *self);
void gw_locate_mark_crossings (GwLocateBuilder *self);
void gw_locate_marks_clear (GwLocateMarks *table);

void gw_locate_sweep_start (GwLocateSweep *sweep, const GwLocateMarks *crossings, guint row);
/* Goes on to a longitude offset, which may be that of the last call. */
void gw_locate_sweep_to (GwLocateSweep *sweep, guint32 place);
gboolean gw_locate_sweep_is_inside (const GwLocateSweep *sweep, guint16 area);
guint16 gw_locate_sweep_get_lowest (const GwLocateSweep *sweep);

/* Writes the words of a mixed sub-cell whose south-east lattice point is @corner, where @sweep
 * stands; @marks are its @n edges, grouped by area. */
void gw_locate_add_mixed (GwLocateBuilder *self,
                          const GwLocateSweep *sweep,
                          const GwLocateMark *marks,
                          gsize n,
                          GwPoint corner);

G_END_DECLS
