/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where the map looks: flights to a place, fitting a box, steps of panning and zooming. Belongs to
 * the widget that owns the map and is freed before it. Main thread. */

#include "gw-map-frame.h"
#include <adwaita.h>
#include <shumate/shumate.h>

G_BEGIN_DECLS

typedef struct _GwMapCamera GwMapCamera;

/* Borrows @map, which must outlive it. */
GwMapCamera *gw_map_camera_new (ShumateMap *map) G_GNUC_WARN_UNUSED_RESULT;
void gw_map_camera_free (GwMapCamera *self);

/* FALSE while the map has no size. */
gboolean gw_map_camera_get_frame (GwMapCamera *self, GwMapFrame *frame);
GwWorldPoint gw_map_camera_get_centre (GwMapCamera *self);
/* libshumate's zoom level; that of the end while a flight is under way. */
double gw_map_camera_get_zoom (GwMapCamera *self);
/* Whether it shows something on purpose. */
gboolean gw_map_camera_is_placed (GwMapCamera *self);
/* There is nothing to look at: what shows now is on purpose. */
void gw_map_camera_stay (GwMapCamera *self);

/* The first look, and any without animations, is there at once. */
void gw_map_camera_fly_to (GwMapCamera *self, GwWorldPoint centre, double zoom);
void gw_map_camera_jump_to (GwMapCamera *self, GwWorldPoint centre, double zoom);
void gw_map_camera_fit (GwMapCamera *self, GwWorldBox box);
/* The plain zoom at which @box fills the map. */
double gw_map_camera_get_fitting_zoom (GwMapCamera *self, GwWorldBox box);
/* Comes so far that the place is not at the rim. */
void gw_map_camera_bring_into_view (GwMapCamera *self, GwPoint place);
/* The place under widget pixels @x, @y stays where it is. */
void gw_map_camera_zoom_by (GwMapCamera *self, double steps, double x, double y);
/* In parts of the width and height. */
void gw_map_camera_pan (GwMapCamera *self, double part_x, double part_y);

/* "lon,lat,zoom"; transfer full. */
char *gw_map_camera_dup_state (GwMapCamera *self);
/* FALSE for a text that is no such; nothing moves then. */
gboolean gw_map_camera_restore_state (GwMapCamera *self, const char *state);

G_END_DECLS
