/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which area is a point in: a two-level raster over all areas whose few mixed cells keep their own
 * edges. Answers exactly what gw_rings_contains would, asked of each area in turn, a hundred times
 * and more faster than an R-tree over prepared polygons. Where areas overlap the lowest index wins.
 *
 * Does not change once built; any number of threads may ask at once. Building costs some ten
 * milliseconds: do it on a worker, anew when areas change. */

#include "gw-geometry.h"

G_BEGIN_DECLS

typedef struct _GwLocate GwLocate;

#define GW_LOCATE_NONE G_MAXUINT16
#define GW_LOCATE_MAX_AREAS 32000u

/* @areas: @n_areas geometries, an element may be NULL (it holds no point); not kept. */
GwLocate *gw_locate_new (const GwRings *const *areas, guint n_areas) G_GNUC_WARN_UNUSED_RESULT;
GwLocate *gw_locate_ref (const GwLocate *locate);
void gw_locate_unref (GwLocate *locate);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwLocate, gw_locate_unref)

/* As many as were given, those without geometry included; the box around all of them. */
guint gw_locate_get_n_areas (const GwLocate *locate);
GwBox gw_locate_get_box (const GwLocate *locate);
/* Bytes held, for the diagnostics page. */
gsize gw_locate_get_size (const GwLocate *locate);

/* The index of the area that holds the point, or GW_LOCATE_NONE. */
guint16 gw_locate_find (const GwLocate *locate, gint32 x, gint32 y);
/* The same for @n points held as two columns; @found has room for @n. */
void gw_locate_find_many (
    const GwLocate *locate, const gint32 *x, const gint32 *y, gsize n, guint16 *found);

G_END_DECLS
