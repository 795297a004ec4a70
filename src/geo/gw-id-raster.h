/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The choropleth as numbers: tiles of 256 x 256 pixels that hold the index of the area under each
 * pixel centre, and what kind of border runs there. A change of colours is one table look-up per
 * pixel, a hit test is one array read.
 *
 * GwIdRaster and GwIdTile do not change once made and may be used by any thread. */

#include "gw-mercator.h"

G_BEGIN_DECLS

typedef struct _GwIdRaster GwIdRaster;
typedef struct _GwIdTile GwIdTile;

#define GW_ID_TILE_SIZE 256
#define GW_ID_NONE G_MAXUINT16
#define GW_ID_MAX_AREAS 16000u

/* @areas: an element may be NULL; not kept. @groups: nullable, per area the number of its parent
 * (any numbering); where it changes the border is a parent border. Lowest index wins overlaps. */
GwIdRaster *gw_id_raster_new (const GwRings *const *areas,
                              const guint16 *groups,
                              guint n_areas) G_GNUC_WARN_UNUSED_RESULT;
GwIdRaster *gw_id_raster_ref (const GwIdRaster *raster);
void gw_id_raster_unref (GwIdRaster *raster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwIdRaster, gw_id_raster_unref)
GwWorldBox gw_id_raster_get_box (const GwIdRaster *raster);

/* The tile (column, row) of zoom 0 to 22 in the usual scheme, origin north-west. NULL when no area
 * reaches into it. Some 0.1 ms. */
GwIdTile *gw_id_raster_draw (const GwIdRaster *raster, guint zoom, guint column, guint row)
    G_GNUC_WARN_UNUSED_RESULT;
GwIdTile *gw_id_tile_ref (GwIdTile *tile);
void gw_id_tile_unref (GwIdTile *tile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwIdTile, gw_id_tile_unref)

/* The area at a pixel, 0 to 255 from the north-west corner, or GW_ID_NONE. */
guint16 gw_id_tile_get (const GwIdTile *tile, guint px, guint py);
/* Whether the area shows: colour changes of others need no redraw. Where areas overlap it may be
 * TRUE for one that is covered. */
gboolean gw_id_tile_has_area (const GwIdTile *tile, guint16 area);

/* Colours are 0xAARRGGBB, not premultiplied; alpha 0 in a border leaves it out. */
typedef struct
{
  guint32 area_border;  /* 1 px between areas of one parent, blended over the fill */
  guint32 group_border; /* 2 px between areas of different parents */
  guint32 outer_border; /* 3 px where the areas end */
  guint32 outside;      /* fill where there is no area */
} GwIdStyle;

/* Paints into @bgra: 256 rows of @stride bytes, premultiplied, blue first (the memory of
 * CAIRO_FORMAT_ARGB32 and GDK_MEMORY_B8G8R8A8_PREMULTIPLIED on our machines).
 * @colours: one per area. */
void gw_id_tile_colour (const GwIdTile *tile,
                        const guint32 *colours,
                        const GwIdStyle *style,
                        guint8 *bgra,
                        gsize stride);

G_END_DECLS
