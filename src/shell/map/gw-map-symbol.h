/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The signs of the map, drawn by cairo into small images. Each lamp has a shape of its own, the
 * same that lists use: circle, diamond, triangle, square. */

#include "gw-limit.h"
#include <cairo.h>

G_BEGIN_DECLS

/* Half of the side of a symbol in widget pixels; its centre is that of the image. */
#define GW_MAP_SYMBOL_RADIUS 9
#define GW_MAP_PIN_WIDTH 30
#define GW_MAP_PIN_HEIGHT 40 /* the tip is in the middle of the lower edge */

/* All transfer full, ARGB32, @scale pixels per widget pixel. */
cairo_surface_t *gw_map_symbol_draw_lamp (GwLamp lamp, gboolean is_dark, int scale);
cairo_surface_t *gw_map_symbol_draw_pin (int scale);
/* An empty circle for a count. */
cairo_surface_t *gw_map_symbol_draw_circle (double radius, gboolean is_dark, int scale);
/* Of a circle for @n matters. */
double gw_map_symbol_get_radius (guint n);

G_END_DECLS
