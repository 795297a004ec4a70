/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The areas that one level of the map shows: those of the level itself, and where a place is not
 * divided so far, the smallest one there is, so that the district is always covered. Immutable but
 * for the raster, which is made by whoever asks first (the worker); refcounted, any thread. */

#include "gw-area.h"
#include "gw-id-raster.h"
#include "gw-locate.h"

G_BEGIN_DECLS

typedef struct _GwMapAreas GwMapAreas;

/* Borders of an area by id; nullable. Lent for as long as the call that asks. */
typedef const GwRings *(*GwMapRingsFunc) (gpointer data, guint32 area);

/* Copies what it needs of @tree and asks @get_rings once for each area it shows. */
GwMapAreas *gw_map_areas_new (const GwAreaTree *tree,
                              GwAreaLevel level,
                              GwMapRingsFunc get_rings,
                              gpointer data) G_GNUC_WARN_UNUSED_RESULT;
GwMapAreas *gw_map_areas_ref (GwMapAreas *self);
void gw_map_areas_unref (GwMapAreas *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwMapAreas, gw_map_areas_unref)

/* The level asked for, the number of areas shown, and the id of area @i. */
GwAreaLevel gw_map_areas_get_level (const GwMapAreas *self);
guint gw_map_areas_get_n (const GwMapAreas *self);
guint32 gw_map_areas_get_id (const GwMapAreas *self, guint i);
/* Index of an area id; -1 when this level does not show it. */
gint gw_map_areas_find (const GwMapAreas *self, guint32 area);
/* Nullable, lent. */
const GwRings *gw_map_areas_get_rings (const GwMapAreas *self, guint i);
GwWorldBox gw_map_areas_get_box (const GwMapAreas *self, guint i);
/* Where its name stands. */
GwWorldPoint gw_map_areas_get_label_place (const GwMapAreas *self, guint i);
/* The shown area that a leaf lies in; GW_AREA_NONE when none does. The answer of gw_locate_find
 * becomes the answer of a click: a point on a shared border is in exactly one area. */
guint32 gw_map_areas_find_shown (const GwMapAreas *self, const GwAreaTree *tree, guint32 leaf);
/* May take some ten milliseconds the first time. */
GwIdRaster *gw_map_areas_get_raster (GwMapAreas *self);

/* The level below @area's own that its children have; that of the leaves when it has none. */
GwAreaLevel gw_map_areas_level_below (const GwAreaTree *tree, guint32 area);

G_END_DECLS
