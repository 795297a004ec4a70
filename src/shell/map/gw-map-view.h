/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The map of the district: areas coloured by what the filter selects, names, river, matters. It
 * draws what the filter model says and changes it by clicks. Works without network and tiles.
 *
 * signals:
 *   "point-picked" (gint x, gint y): 1e-7 degree, after gw_map_view_begin_pick().
 *   "pick-cancelled": Escape, or the map went away. */

#include "gw-filter-model.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_MAP_VIEW (gw_map_view_get_type ())
G_DECLARE_FINAL_TYPE (GwMapView, gw_map_view, GW, MAP_VIEW, AdwBin)

GtkWidget *gw_map_view_new (GwSession *session, GwFilterModel *model);
/* The next click, or Enter for the middle of the map, picks a place. */
void gw_map_view_begin_pick (GwMapView *self);
/* Puts the pin at a matter and brings it close. */
void gw_map_view_show_matter (GwMapView *self, gint64 id, gint32 x, gint32 y);
/* Brings an area into view; the filter stays. */
void gw_map_view_show_area (GwMapView *self, guint32 area);
void gw_map_view_go_home (GwMapView *self);
/* "lon,lat,zoom" for the settings; transfer full. A text that is no such is forgotten. */
char *gw_map_view_dup_state (GwMapView *self);
void gw_map_view_restore_state (GwMapView *self, const char *state);
/* How many matters the map stands for now, those without a point included: for tests. */
guint gw_map_view_n_matters (GwMapView *self);
/* Lines "map-KEY: VALUE" of what is drawn, for tests; transfer full. */
char *gw_map_view_dup_debug_state (GwMapView *self);
/* Whether the ground is painted as asked and the points are there: for tests and pictures. */
gboolean gw_map_view_is_complete (GwMapView *self);

G_END_DECLS
