/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What one picture of the map shows: centre, scale and size, computed once and shared by all
 * layers. A value. Pixels are those of the widget; the world is the square of gw-mercator.h.
 *
 * Zoom levels are those of libshumate, which grows a tile evenly between two whole levels: at zoom
 * z the world is 256 * 2^floor(z) * (1 + frac(z)) pixels wide, not 256 * 2^z. */

#include "gw-mercator.h"

G_BEGIN_DECLS

#define GW_MAP_MIN_ZOOM 8
#define GW_MAP_MAX_ZOOM 19

typedef struct
{
  double world_px; /* width of the world in pixels of the screen (with the window's scale) */
  double origin_x; /* of the upper left corner, in the same pixels; whole numbers */
  double origin_y;
  int width, height; /* in pixels of the widget */
  int scale;         /* pixels of the screen per pixel of the widget */
} GwMapFrame;

/* @zoom is libshumate's; @width and @height in pixels of the widget. */
GwMapFrame gw_map_frame_new (GwWorldPoint centre, double zoom, int width, int height, int scale);
gboolean gw_map_frame_is_equal (const GwMapFrame *a, const GwMapFrame *b);

/* World place to widget pixels and back; places outside of the world give its edge. */
void gw_map_frame_to_px (const GwMapFrame *self, GwWorldPoint place, double *x, double *y);
GwWorldPoint gw_map_frame_from_px (const GwMapFrame *self, double x, double y);
/* The part of the world that shows, grown by @margin_px on each side. */
GwWorldBox gw_map_frame_get_box (const GwMapFrame *self, double margin_px);
double gw_map_frame_units_per_px (const GwMapFrame *self);
/* The zoom in the sense of gw-mercator.h: world units per pixel halve with each step. */
double gw_map_frame_get_plain_zoom (const GwMapFrame *self);

/* libshumate's zoom level to the plain one and back. */
double gw_map_zoom_to_plain (double zoom);
double gw_map_zoom_from_plain (double plain);

/* Centre and zoom (libshumate's) at which @box fills a window but for @padding_px on each side,
 * within the limits above. */
double gw_map_fit_box (
    GwWorldBox box, int width, int height, double padding_px, GwWorldPoint *centre);

/* A round length for a scale bar of at most @max_px: metres, and its width in pixels. */
double gw_map_frame_scale_bar (const GwMapFrame *self, double max_px, double *width_px);

G_END_DECLS
