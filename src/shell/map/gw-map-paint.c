/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-paint.h"

#include "gw-simplify.h"
#include <math.h>

#define WORLD_UNITS 4294967296.0
/* 128 KiB each. */
#define MAX_ID_TILES 256
#define MAX_ID_ZOOM 22

struct _GwMapPaint
{
  gatomicrefcount refs;
  GwMapAreas *areas; /* owned */
  guint32 *colours;  /* owned */
  GwMapInk ink;
  GwLines *river;    /* owned, nullable */
  GwRings *selected; /* owned, nullable */
  int scale;
};

typedef struct
{
  guint zoom, column, row;
} IdKey;

struct _GwMapPainter
{
  GwMapAreas *areas; /* owned, nullable: whose tiles are kept */
  GHashTable *tiles; /* owned: IdKey -> GwIdTile, NULL where no area is */
};

guint
gw_map_tile_key_hash (gconstpointer key)
{
  const GwMapTileKey *self = key;

  return g_double_hash (&self->world_px) ^ (self->column * 73856093u) ^ (self->row * 19349663u);
}

gboolean
gw_map_tile_key_equal (gconstpointer a, gconstpointer b)
{
  const GwMapTileKey *x = a, *y = b;

  return x->column == y->column && x->row == y->row && g_double_equal (&x->world_px, &y->world_px);
}

GwMapPaint *
gw_map_paint_new (GwMapAreas *areas,
                  const guint32 *colours,
                  const GwMapInk *ink,
                  const GwLines *river,
                  const GwRings *selected,
                  int scale)
{
  GwMapPaint *self = g_new0 (GwMapPaint, 1);

  g_atomic_ref_count_init (&self->refs);
  self->areas = gw_map_areas_ref (areas);
  self->colours = g_memdup2 (colours, gw_map_areas_get_n (areas) * sizeof *colours);
  self->ink = *ink;
  self->river = river != NULL ? gw_lines_ref (river) : NULL;
  self->selected = selected != NULL ? gw_rings_ref (selected) : NULL;
  self->scale = scale;
  return self;
}

GwMapPaint *
gw_map_paint_ref (GwMapPaint *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
gw_map_paint_unref (GwMapPaint *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  gw_map_areas_unref (self->areas);
  g_clear_pointer (&self->river, gw_lines_unref);
  g_clear_pointer (&self->selected, gw_rings_unref);
  g_free (self->colours);
  g_free (self);
}

static guint
id_key_hash (gconstpointer key)
{
  const IdKey *self = key;

  return self->zoom ^ (self->column * 73856093u) ^ (self->row * 19349663u);
}

static gboolean
id_key_equal (gconstpointer a, gconstpointer b)
{
  const IdKey *x = a, *y = b;

  return x->zoom == y->zoom && x->column == y->column && x->row == y->row;
}

static void
tile_free (gpointer tile)
{
  if (tile != NULL)
    gw_id_tile_unref (tile);
}

GwMapPainter *
gw_map_painter_new (void)
{
  GwMapPainter *self = g_new0 (GwMapPainter, 1);

  self->tiles = g_hash_table_new_full (id_key_hash, id_key_equal, g_free, tile_free);
  return self;
}

void
gw_map_painter_free (GwMapPainter *self)
{
  g_clear_pointer (&self->areas, gw_map_areas_unref);
  g_hash_table_unref (self->tiles);
  g_free (self);
}

static const GwIdTile *
get_tile (GwMapPainter *self, IdKey key)
{
  gpointer tile = NULL;

  if (g_hash_table_lookup_extended (self->tiles, &key, NULL, &tile))
    return tile;
  if (g_hash_table_size (self->tiles) >= MAX_ID_TILES)
    g_hash_table_remove_all (self->tiles);
  tile = gw_id_raster_draw (gw_map_areas_get_raster (self->areas), key.zoom, key.column, key.row);
  g_hash_table_insert (self->tiles, g_memdup2 (&key, sizeof key), tile);
  return tile;
}

static void
use_areas (GwMapPainter *self, GwMapAreas *areas)
{
  if (self->areas == areas)
    return;
  g_hash_table_remove_all (self->tiles);
  g_clear_pointer (&self->areas, gw_map_areas_unref);
  self->areas = gw_map_areas_ref (areas);
}

/* The tiles of the next finer whole zoom, at least as sharp as the screen and at most twice: scaled
 * down between 1 and 1/2, which is what smooths the borders. */
static void
draw_areas (GwMapPainter *self, const GwMapPaint *paint, const GwMapTileKey *key, cairo_t *cr)
{
  double zoom_exact = log2 (key->world_px / GW_ID_TILE_SIZE);
  guint zoom = (guint)CLAMP (floor (zoom_exact + 1e-9) + 1, 0, MAX_ID_ZOOM);
  double shrink = exp2 (zoom_exact - zoom), size = GW_ID_TILE_SIZE * shrink;
  double x0 = (double)key->column * GW_MAP_TILE_PX, y0 = (double)key->row * GW_MAP_TILE_PX;
  guint last = (1u << zoom) - 1;
  guint column0 = (guint)MAX (floor ((x0 - 2) / size), 0);
  guint column1 = MIN ((guint)floor ((x0 + GW_MAP_TILE_PX + 2) / size), last);
  guint row0 = (guint)MAX (floor ((y0 - 2) / size), 0);
  guint row1 = MIN ((guint)floor ((y0 + GW_MAP_TILE_PX + 2) / size), last);
  int width = (int)(column1 - column0 + 1) * GW_ID_TILE_SIZE;
  cairo_surface_t *mosaic = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width,
                                                        (int)(row1 - row0 + 1) * GW_ID_TILE_SIZE);
  gsize stride = (gsize)cairo_image_surface_get_stride (mosaic);
  guint8 *pixels = cairo_image_surface_get_data (mosaic);

  for (guint row = row0; row <= row1; row++)
    for (guint column = column0; column <= column1; column++)
      {
        const GwIdTile *tile = get_tile (self, (IdKey){ zoom, column, row });

        if (tile != NULL)
          gw_id_tile_colour (tile, paint->colours, &paint->ink.borders,
                             pixels + (row - row0) * GW_ID_TILE_SIZE * stride +
                                 (gsize)(column - column0) * GW_ID_TILE_SIZE * 4,
                             stride);
      }
  cairo_surface_mark_dirty (mosaic);
  cairo_save (cr);
  cairo_translate (cr, column0 * size - x0, row0 * size - y0);
  cairo_scale (cr, shrink, shrink);
  cairo_set_source_surface (cr, mosaic, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (mosaic);
}

static void
set_colour (cairo_t *cr, guint32 argb)
{
  cairo_set_source_rgba (cr, (argb >> 16 & 0xff) / 255.0, (argb >> 8 & 0xff) / 255.0,
                         (argb & 0xff) / 255.0, (argb >> 24) / 255.0);
}

static void
trace (cairo_t *cr, const GwMapTileKey *key, const GwPoint *points, guint n_points)
{
  for (guint i = 0; i < n_points; i++)
    {
      GwWorldPoint place = gw_mercator_from_lattice (points[i]);
      double x = place.x / WORLD_UNITS * key->world_px - (double)key->column * GW_MAP_TILE_PX;
      double y = place.y / WORLD_UNITS * key->world_px - (double)key->row * GW_MAP_TILE_PX;

      if (i == 0)
        cairo_move_to (cr, x, y);
      else
        cairo_line_to (cr, x, y);
    }
}

static gboolean
is_near (const GwMapTileKey *key, GwBox box, double margin_px)
{
  GwWorldBox world = gw_mercator_box_from_lattice (box);
  double unit = key->world_px / WORLD_UNITS;
  double x = (double)key->column * GW_MAP_TILE_PX, y = (double)key->row * GW_MAP_TILE_PX;

  return !gw_box_is_empty (box) && world.x0 * unit < x + GW_MAP_TILE_PX + margin_px &&
         world.x1 * unit > x - margin_px && world.y0 * unit < y + GW_MAP_TILE_PX + margin_px &&
         world.y1 * unit > y - margin_px;
}

static double
tolerance_m (const GwMapTileKey *key, GwBox box)
{
  return gw_simplify_tolerance_m (log2 (key->world_px / GW_ID_TILE_SIZE), 0.4, box.y0);
}

static void
stroke_twice (cairo_t *cr, guint32 edge, double edge_width, guint32 colour, double width)
{
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  set_colour (cr, edge);
  cairo_set_line_width (cr, edge_width);
  cairo_stroke_preserve (cr);
  set_colour (cr, colour);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}

static void
draw_river (const GwMapPaint *paint, const GwMapTileKey *key, cairo_t *cr)
{
  /* 2 px for the whole district, some 9 px in a street. */
  double zoom = log2 (key->world_px / GW_ID_TILE_SIZE / paint->scale);
  double width = CLAMP (2.2 + (zoom - 10) * 1.1, 1.6, 10) * paint->scale;
  GwBox box = gw_lines_get_box (paint->river);
  g_autoptr (GwLines) lines = NULL;

  if (!is_near (key, box, width))
    return;
  lines = gw_simplify_lines (paint->river, tolerance_m (key, box));
  for (guint i = 0; i < gw_lines_get_n_lines (lines); i++)
    {
      guint n_points = 0;
      const GwPoint *points = gw_lines_get_line (lines, i, &n_points);

      trace (cr, key, points, n_points);
    }
  stroke_twice (cr, paint->ink.water_edge, width + 2.0 * paint->scale, paint->ink.water, width);
}

static void
draw_outline (const GwMapPaint *paint, const GwMapTileKey *key, cairo_t *cr)
{
  GwBox box = gw_rings_get_box (paint->selected);
  g_autoptr (GwRings) rings = NULL;

  if (!is_near (key, box, 8.0 * paint->scale))
    return;
  rings = gw_simplify_rings (paint->selected, tolerance_m (key, box));
  for (guint i = 0; i < gw_rings_get_n_rings (rings); i++)
    {
      guint n_points = 0;
      const GwPoint *points = gw_rings_get_ring (rings, i, &n_points);

      trace (cr, key, points, n_points);
      cairo_close_path (cr);
    }
  stroke_twice (cr, paint->ink.outline_edge, 5.0 * paint->scale, paint->ink.outline,
                2.5 * paint->scale);
}

cairo_surface_t *
gw_map_painter_draw (GwMapPainter *self, const GwMapPaint *paint, const GwMapTileKey *key)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, GW_MAP_TILE_PX, GW_MAP_TILE_PX);
  cairo_t *cr = cairo_create (surface);

  use_areas (self, paint->areas);
  if (gw_map_areas_get_n (paint->areas) > 0)
    draw_areas (self, paint, key, cr);
  if (paint->river != NULL)
    draw_river (paint, key, cr);
  if (paint->selected != NULL)
    draw_outline (paint, key, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}
