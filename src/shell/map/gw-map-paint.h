/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The ground of the map, tile by tile: areas in the colours of their classes, borders, river, and
 * the outline of the selected area.
 *
 * A paint is what to draw: immutable and refcounted, made on the main thread and handed to the
 * worker. A painter is the worker's own: it keeps area tiles, so that new colours cost only a look
 * into a table. */

#include "gw-map-areas.h"
#include <cairo.h>

G_BEGIN_DECLS

#define GW_MAP_TILE_PX 256

/* A square of 256 x 256 pixels of the screen, counted from the north-west corner of a world that is
 * @world_px wide. Tiles exist at every zoom, not only at whole ones: they are never scaled at rest.
 */
typedef struct
{
  double world_px;
  guint32 column, row;
} GwMapTileKey;

/* For hash tables of tiles. */
guint gw_map_tile_key_hash (gconstpointer key);
gboolean gw_map_tile_key_equal (gconstpointer a, gconstpointer b);

typedef struct
{
  GwIdStyle borders;
  guint32 water, water_edge;     /* 0xAARRGGBB */
  guint32 outline, outline_edge; /* of the selected area */
} GwMapInk;

typedef struct _GwMapPaint GwMapPaint;
typedef struct _GwMapPainter GwMapPainter;

/* @colours: one per area of @areas, copied; @river, @selected: nullable; @scale: pixels of the
 * screen per pixel of the widget, for the width of lines. */
GwMapPaint *gw_map_paint_new (GwMapAreas *areas,
                              const guint32 *colours,
                              const GwMapInk *ink,
                              const GwLines *river,
                              const GwRings *selected,
                              int scale) G_GNUC_WARN_UNUSED_RESULT;
GwMapPaint *gw_map_paint_ref (GwMapPaint *self);
void gw_map_paint_unref (GwMapPaint *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwMapPaint, gw_map_paint_unref)

GwMapPainter *gw_map_painter_new (void);
void gw_map_painter_free (GwMapPainter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwMapPainter, gw_map_painter_free)
/* An image surface of 256 x 256 (transfer full); some milliseconds. */
cairo_surface_t *gw_map_painter_draw (GwMapPainter *self,
                                      const GwMapPaint *paint,
                                      const GwMapTileKey *key) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
