/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The levels of areas of one district, each made when it is first shown, and which of them suits a
 * look at the map. Main thread. */

#include "gw-map-areas.h"

G_BEGIN_DECLS

typedef struct _GwMapLevels GwMapLevels;

/* @tree is kept; @get_rings is called when a level is made. */
GwMapLevels *gw_map_levels_new (GwAreaTree *tree,
                                GwMapRingsFunc get_rings,
                                gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void gw_map_levels_free (GwMapLevels *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwMapLevels, gw_map_levels_free)

/* Lent as long as the levels live. */
GwMapAreas *gw_map_levels_get (GwMapLevels *self, GwAreaLevel level);
/* The finest level whose areas inside of @base (GW_AREA_NONE: the district) are still wide enough
 * to be told apart, but never coarser than the level below @base. @base_px: geometric mean of its
 * width and height on the screen. */
GwAreaLevel gw_map_levels_choose (GwMapLevels *self, guint32 base, double base_px);

G_END_DECLS
