/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-id-raster-private.h"

#include <string.h>

#define SIZE GW_ID_TILE_SIZE

/* What runs through a pixel; the highest that applies. */
typedef enum
{
  BORDER_NONE,
  BORDER_AREA,
  BORDER_GROUP,
  BORDER_OUTER,
} Border;

#define N_BORDERS 4

struct _GwIdTile
{
  guint n_areas;
  guint8 *shown;              /* owned: a bit per area, one more for none */
  guint16 cells[SIZE * SIZE]; /* area * N_BORDERS + border; area n_areas stands for none */
};

/* Whether @values differ from the pixel at @at within one step to the west or north (a line of one
 * pixel) or within one step on any side (a line of two). */
static inline gboolean
differs_before (const guint16 *values, gsize at, guint side)
{
  return (values[at] != values[at - 1]) | (values[at] != values[at - side]);
}

static inline gboolean
differs_around (const guint16 *values, gsize at, guint side)
{
  return differs_before (values, at, side) | (values[at] != values[at + 1]) |
         (values[at] != values[at + side]);
}

/* The outline: a pixel of the outside that touches an area, and two pixels of the area. */
static inline gboolean
is_outline (const guint16 *ids, gsize at, guint side)
{
  gboolean is_outside = ids[at] == GW_ID_NONE;
  gboolean near = ((ids[at - 1] == GW_ID_NONE) != is_outside) |
                  ((ids[at + 1] == GW_ID_NONE) != is_outside) |
                  ((ids[at - side] == GW_ID_NONE) != is_outside) |
                  ((ids[at + side] == GW_ID_NONE) != is_outside);
  gboolean next = (ids[at - 2] == GW_ID_NONE) | (ids[at + 2] == GW_ID_NONE) |
                  (ids[at - 2 * side] == GW_ID_NONE) | (ids[at + 2 * side] == GW_ID_NONE);

  return near | (next & !is_outside);
}

static void
set_row (GwIdTile *tile, guint row, const guint16 *ids, const guint16 *parents, guint side)
{
  guint16 *cells = tile->cells + row * SIZE;

  for (guint i = 0; i < SIZE; i++)
    {
      guint16 border = (guint16)differs_before (ids, i, side);

      border = differs_around (parents, i, side) ? BORDER_GROUP : border;
      border = is_outline (ids, i, side) ? BORDER_OUTER : border;
      cells[i] = (guint16)(ids[i] == GW_ID_NONE ? tile->n_areas : ids[i]) * N_BORDERS + border;
    }
}

/* Marks the areas that show. TRUE when there is anything but bare outside. */
static gboolean
set_shown (GwIdTile *tile)
{
  guint16 last = (guint16)(tile->n_areas * N_BORDERS);
  gboolean has_any = tile->cells[0] != last;

  tile->shown = g_new0 (guint8, tile->n_areas / 8 + 1);
  for (gsize i = 0; i < SIZE * SIZE; i++)
    {
      if (tile->cells[i] == last)
        continue;
      has_any = TRUE;
      tile->shown[(last / N_BORDERS) / 8] |= (guint8)(1 << (last / N_BORDERS) % 8);
      last = tile->cells[i];
      tile->shown[(last / N_BORDERS) / 8] |= (guint8)(1 << (last / N_BORDERS) % 8);
    }
  return has_any;
}

GwIdTile *
gw_id_tile_new (const guint16 *ids, guint side, guint frame, const guint16 *groups, guint n_areas)
{
  g_autofree guint16 *parents = g_malloc (sizeof *parents * side * side);
  g_autoptr (GwIdTile) tile = g_atomic_rc_box_new (GwIdTile);

  tile->n_areas = n_areas;
  /* Outside is a group of its own; the outline there is drawn over it anyway. */
  for (gsize i = 0; i < (gsize)side * side; i++)
    parents[i] = ids[i] == GW_ID_NONE ? GW_ID_NONE : groups[ids[i]];
  for (guint row = 0; row < SIZE; row++)
    {
      gsize at = (gsize)(row + frame) * side + frame;

      set_row (tile, row, ids + at, parents + at, side);
    }
  return set_shown (tile) ? g_steal_pointer (&tile) : NULL;
}

GwIdTile *
gw_id_tile_ref (GwIdTile *tile)
{
  return g_atomic_rc_box_acquire (tile);
}

static void
tile_clear (gpointer data)
{
  GwIdTile *self = data;

  g_free (self->shown);
}

void
gw_id_tile_unref (GwIdTile *tile)
{
  g_atomic_rc_box_release_full (tile, tile_clear);
}

guint16
gw_id_tile_get (const GwIdTile *tile, guint px, guint py)
{
  guint area;

  g_return_val_if_fail (px < SIZE && py < SIZE, GW_ID_NONE);

  area = tile->cells[py * SIZE + px] / N_BORDERS;
  return area == tile->n_areas ? GW_ID_NONE : (guint16)area;
}

gboolean
gw_id_tile_has_area (const GwIdTile *tile, guint16 area)
{
  return area < tile->n_areas && (tile->shown[area / 8] >> area % 8 & 1) != 0;
}

static guint32
premultiply (guint32 argb)
{
  guint32 alpha = argb >> 24, result = alpha << 24;

  for (guint shift = 0; shift < 24; shift += 8)
    result |= (((argb >> shift & 0xff) * alpha + 127) / 255) << shift;
  return result;
}

/* @above over @below, both premultiplied. */
static guint32
blend (guint32 below, guint32 above)
{
  guint32 rest = 255 - (above >> 24), result = 0;

  for (guint shift = 0; shift < 32; shift += 8)
    result |= ((above >> shift & 0xff) + ((below >> shift & 0xff) * rest + 127) / 255) << shift;
  return result;
}

static void
set_colours (guint32 *table, guint32 fill, const guint32 *borders)
{
  table[BORDER_NONE] = premultiply (fill);
  for (guint i = BORDER_AREA; i < N_BORDERS; i++)
    table[i] = blend (table[BORDER_NONE], borders[i]);
}

void
gw_id_tile_colour (const GwIdTile *tile,
                   const guint32 *colours,
                   const GwIdStyle *style,
                   guint8 *bgra,
                   gsize stride)
{
  const guint32 borders[N_BORDERS] = { 0, premultiply (style->area_border),
                                       premultiply (style->group_border),
                                       premultiply (style->outer_border) };
  g_autofree guint32 *table = g_new (guint32, (tile->n_areas + 1) * N_BORDERS);

  /* Only what the tile shows is worth mixing. */
  for (guint area = 0; area < tile->n_areas; area++)
    {
      if (gw_id_tile_has_area (tile, (guint16)area))
        set_colours (table + area * N_BORDERS, colours[area], borders);
    }
  set_colours (table + tile->n_areas * N_BORDERS, style->outside, borders);
  for (guint row = 0; row < SIZE; row++)
    {
      const guint16 *cells = tile->cells + row * SIZE;
      guint8 *out = bgra + row * stride;

      for (guint i = 0; i < SIZE; i++)
        {
          guint32 pixel = GUINT32_TO_LE (table[cells[i]]);

          memcpy (out + 4 * i, &pixel, sizeof pixel);
        }
    }
}
