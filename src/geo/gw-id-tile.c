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
  guint8 *shown;              /* owned: a bit per area */
  guint16 cells[SIZE * SIZE]; /* area * N_BORDERS + border; area n_areas stands for none */
};

/* What the border functions look at: a pixel and its neighbours, in rows of @side. Sixteen bits all
 * the way, so that the compiler can take many pixels at a time. */

/* A line of one pixel: differs from the west or the north. */
static inline guint16
differs_before (const guint16 *values, gsize at, guint side)
{
  return (guint16)((values[at] != values[at - 1]) | (values[at] != values[at - side]));
}

/* A line of two: differs from any side. */
static inline guint16
differs_around (const guint16 *values, gsize at, guint side)
{
  return (guint16)(differs_before (values, at, side) | (values[at] != values[at + 1]) |
                   (values[at] != values[at + side]));
}

/* The outline: a pixel of the outside that touches an area, and two pixels of the area. */
static inline guint16
is_outline (const guint16 *ids, gsize at, guint side)
{
  guint16 outside = ids[at] == GW_ID_NONE;
  guint16 near =
      (guint16)(((ids[at - 1] == GW_ID_NONE) ^ outside) | ((ids[at + 1] == GW_ID_NONE) ^ outside) |
                ((ids[at - side] == GW_ID_NONE) ^ outside) |
                ((ids[at + side] == GW_ID_NONE) ^ outside));
  guint16 next = (ids[at - 2] == GW_ID_NONE) | (ids[at + 2] == GW_ID_NONE) |
                 (ids[at - 2 * side] == GW_ID_NONE) | (ids[at + 2 * side] == GW_ID_NONE);

  return (guint16)(near | (next & (outside ^ 1)));
}

static void
set_row (guint16 *restrict cells, const guint16 *restrict ids, guint side, guint16 none)
{
  for (gsize i = 0; i < SIZE; i++)
    {
      guint16 area = ids[i] == GW_ID_NONE ? none : ids[i];
      guint16 border = is_outline (ids, i, side) ? BORDER_OUTER : differs_before (ids, i, side);

      cells[i] = (guint16)(area * N_BORDERS + border);
    }
}

/* Over the borders of areas, under the outline. */
static void
set_parent_borders (guint16 *restrict cells, const guint16 *restrict parents, guint side)
{
  for (gsize i = 0; i < SIZE; i++)
    {
      guint16 border = cells[i] & (N_BORDERS - 1);
      guint16 parent_border = (guint16)(differs_around (parents, i, side) * BORDER_GROUP);

      cells[i] = (guint16)((cells[i] & ~(N_BORDERS - 1)) | MAX (border, parent_border));
    }
}

/* The parent under each pixel. Runs are long, so the table is seldom asked. Outside is a parent of
 * its own; the outline is drawn over that border anyway. */
static guint16 *
make_parents (const guint16 *ids, gsize n, const guint16 *groups)
{
  guint16 *parents = g_new (guint16, n);
  guint16 id = GW_ID_NONE, parent = GW_ID_NONE;

  for (gsize i = 0; i < n; i++)
    {
      if (ids[i] != id)
        {
          id = ids[i];
          parent = id == GW_ID_NONE ? GW_ID_NONE : groups[id];
        }
      parents[i] = parent;
    }
  return parents;
}

GwIdTile *
gw_id_tile_new (const guint16 *ids,
                guint side,
                guint frame,
                const guint16 *groups,
                guint n_areas,
                guint8 *shown)
{
  g_autofree guint16 *parents = NULL;
  GwIdTile *tile = g_atomic_rc_box_new (GwIdTile);

  tile->n_areas = n_areas;
  tile->shown = shown;
  if (groups != NULL)
    parents = make_parents (ids, (gsize)side * side, groups);
  for (guint row = 0; row < SIZE; row++)
    {
      gsize at = (gsize)(row + frame) * side + frame;
      guint16 *cells = tile->cells + row * SIZE;

      set_row (cells, ids + at, side, (guint16)n_areas);
      if (parents != NULL)
        set_parent_borders (cells, parents + at, side);
    }
  return tile;
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
