/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-id-raster.h"

#include "geo-demo.h"
#include "gw-locate.h"

#include <string.h>

static const GwIdStyle plain = { 0x80000000, 0xff202020, 0xffff0000, 0 };

typedef struct
{
  GArray *demo;          /* owned */
  const GwRings **areas; /* owned */
  GwIdRaster *raster;    /* owned */
} Fixture;

static void
fixture_set_up (Fixture *self, gconstpointer data)
{
  g_autofree guint16 *groups = NULL;

  self->demo = geo_demo_load (GPOINTER_TO_UINT (data));
  self->areas = geo_demo_collect_rings (self->demo);
  groups = g_new0 (guint16, self->demo->len);
  /* Areas are sorted by code, so parents come in runs. */
  for (guint i = 1; i < self->demo->len; i++)
    groups[i] =
        groups[i - 1] + (strcmp (g_array_index (self->demo, GeoDemoArea, i).parent,
                                 g_array_index (self->demo, GeoDemoArea, i - 1).parent) != 0);
  self->raster = gw_id_raster_new (self->areas, groups, self->demo->len);
}

static void
fixture_tear_down (Fixture *self, gconstpointer data)
{
  gw_id_raster_unref (self->raster);
  g_array_unref (self->demo);
  g_free (self->areas);
}

/* Each pixel shows what lies under its centre. A centre within a world unit (a centimetre) of a
 * border may fall to either side; the test leaves out those whose four neighbours disagree. */
static guint
check_tile (const GwIdTile *tile, const GwLocate *locate, guint zoom, guint column, guint row)
{
  guint n_checked = 0, shift = 24 - zoom;

  for (guint py = 0; py < GW_ID_TILE_SIZE; py += 3)
    {
      for (guint px = 0; px < GW_ID_TILE_SIZE; px += 3)
        {
          GwWorldPoint world = { ((column * 256 + px) << shift) + (1u << (shift - 1)),
                                 ((row * 256 + py) << shift) + (1u << (shift - 1)) };
          GwPoint centre = gw_mercator_to_lattice (world);
          guint16 found = gw_locate_find (locate, centre.x, centre.y);

          if (gw_locate_find (locate, centre.x - 3, centre.y - 3) != found ||
              gw_locate_find (locate, centre.x + 3, centre.y - 3) != found ||
              gw_locate_find (locate, centre.x - 3, centre.y + 3) != found ||
              gw_locate_find (locate, centre.x + 3, centre.y + 3) != found)
            continue;
          g_assert_cmpuint (tile == NULL ? GW_ID_NONE : gw_id_tile_get (tile, px, py), ==, found);
          n_checked++;
        }
    }
  return n_checked;
}

static void
test_pixels (Fixture *self, gconstpointer data)
{
  g_autoptr (GwLocate) locate = gw_locate_new (self->areas, self->demo->len);
  GwWorldBox box = gw_id_raster_get_box (self->raster);
  guint n_tiles = 0;

  for (guint zoom = 8; zoom <= 17; zoom++)
    {
      guint shift = 32 - zoom;

      for (guint64 i = 0; i < 6; i++)
        {
          guint column =
              (box.x0 + (guint)(geo_demo_random (1, i + zoom) % (box.x1 - box.x0))) >> shift;
          guint row =
              (box.y0 + (guint)(geo_demo_random (2, i + zoom) % (box.y1 - box.y0))) >> shift;
          g_autoptr (GwIdTile) tile = gw_id_raster_draw (self->raster, zoom, column, row);

          g_assert_cmpuint (check_tile (tile, locate, zoom, column, row), >, 6000);
          n_tiles += tile != NULL;
        }
    }
  g_assert_cmpuint (n_tiles, >, 30);
}

static void
test_shown_areas (Fixture *self, gconstpointer data)
{
  GwWorldBox box = gw_id_raster_get_box (self->raster);
  guint zoom = 12, shift = 32 - zoom, n_shown = 0;

  for (guint row = box.y0 >> shift; row <= box.y1 >> shift; row++)
    {
      for (guint column = box.x0 >> shift; column <= box.x1 >> shift; column++)
        {
          g_autoptr (GwIdTile) tile = gw_id_raster_draw (self->raster, zoom, column, row);
          g_autofree gboolean *seen = g_new0 (gboolean, self->demo->len);

          if (tile == NULL)
            continue;
          for (guint i = 0; i < 65536; i++)
            {
              guint16 area = gw_id_tile_get (tile, i % 256, i / 256);

              if (area != GW_ID_NONE)
                seen[area] = TRUE;
            }
          for (guint i = 0; i < self->demo->len; i++)
            {
              g_assert_cmpint (gw_id_tile_has_area (tile, (guint16)i), ==, seen[i]);
              n_shown += seen[i];
            }
        }
    }
  g_assert_cmpuint (n_shown, >=, self->demo->len);
}

static void
test_nothing_there (Fixture *self, gconstpointer data)
{
  g_autoptr (GwIdTile) tile = gw_id_raster_draw (self->raster, 12, 0, 0);
  g_autoptr (GwIdTile) world = gw_id_raster_draw (self->raster, 0, 0, 0);

  g_assert_null (tile);
  g_assert_null (world);
}

static GwRings *
make_world_square (guint32 x0, guint32 y0, guint32 x1, guint32 y1)
{
  GwPoint a = gw_mercator_to_lattice ((GwWorldPoint){ x0, y0 });
  GwPoint b = gw_mercator_to_lattice ((GwWorldPoint){ x1, y1 });
  const GwPoint points[] = { { a.x, b.y }, { b.x, b.y }, { b.x, a.y }, { a.x, a.y } };

  return gw_rings_new_polygon (points, 4);
}

/* Three areas in a row, 100 px each from pixel 20 on, over the whole height of a tile of zoom 10;
 * the first two belong together. */
static void
test_borders (void)
{
  const guint32 px = 1u << 14, tile_x = 812u << 22, tile_y = 421u << 22;
  const guint16 groups[] = { 7, 7, 8 };
  const guint32 colours[] = { 0xffff0000, 0xff00ff00, 0x800000ff };
  const struct
  {
    const char *text;
    guint column;
    guint32 expected;
  } cases[] = {
    { "outside", 18, 0 },
    { "outline begins one pixel outside", 19, 0xffff0000 },
    { "and ends two inside", 21, 0xffff0000 },
    { "fill", 22, 0xffff0000 },
    { "before an area border", 119, 0xffff0000 },
    { "half black over green", 120, 0xff007f00 },
    { "fill again", 121, 0xff00ff00 },
    { "parent border west", 219, 0xff202020 },
    { "parent border east", 220, 0xff202020 },
    { "premultiplied fill", 230, 0x80000080 },
  };
  GwRings *areas[3];
  g_autoptr (GwIdRaster) raster = NULL;
  g_autoptr (GwIdTile) tile = NULL;
  g_autofree guint32 *pixels = g_new (guint32, 256 * 256);

  for (guint i = 0; i < 3; i++)
    areas[i] = make_world_square (tile_x + (20 + 100 * i) * px, tile_y - 50 * px,
                                  tile_x + (120 + 100 * i) * px, tile_y + 300 * px);
  raster = gw_id_raster_new ((const GwRings *const *)areas, groups, 3);
  tile = gw_id_raster_draw (raster, 10, 812, 421);
  g_assert_nonnull (tile);
  gw_id_tile_colour (tile, colours, &plain, (guint8 *)pixels, 1024);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].text);
      for (guint row = 0; row < 256; row += 17)
        g_assert_cmphex (GUINT32_FROM_LE (pixels[row * 256 + cases[i].column]), ==,
                         cases[i].expected);
    }
  for (guint i = 0; i < 3; i++)
    gw_rings_unref (areas[i]);
}

/* Two tiles side by side look like one picture: the same areas moved by half a tile give the same
 * pixels, although the seam then runs elsewhere. */
static void
test_seam (void)
{
  const guint32 px = 1u << 14, tile_x = 812u << 22, tile_y = 421u << 22;
  const guint32 colours[] = { 0xffff0000, 0xff00ff00 };
  g_autofree guint32 *left = g_new (guint32, 65536), *right = g_new (guint32, 65536);
  g_autofree guint32 *middle = g_new (guint32, 65536);

  for (guint pass = 0; pass < 2; pass++)
    {
      guint32 shift = pass == 0 ? 0 : 128 * px;
      GwRings *areas[2];
      g_autoptr (GwIdRaster) raster = NULL;
      g_autoptr (GwIdTile) first = NULL, second = NULL;

      /* The border runs along the seam itself, and the outline two pixels from it. */
      areas[0] = make_world_square (tile_x + shift + 200 * px, tile_y, tile_x + shift + 256 * px,
                                    tile_y + 254 * px);
      areas[1] = make_world_square (tile_x + shift + 256 * px, tile_y, tile_x + shift + 300 * px,
                                    tile_y + 254 * px);
      raster = gw_id_raster_new ((const GwRings *const *)areas, NULL, 2);
      first = gw_id_raster_draw (raster, 10, pass == 0 ? 812 : 813, 421);
      gw_id_tile_colour (first, colours, &plain, (guint8 *)(pass == 0 ? left : middle), 1024);
      if (pass == 0)
        {
          second = gw_id_raster_draw (raster, 10, 813, 421);
          gw_id_tile_colour (second, colours, &plain, (guint8 *)right, 1024);
        }
      for (guint i = 0; i < 2; i++)
        gw_rings_unref (areas[i]);
    }
  for (guint row = 0; row < 256; row++)
    {
      g_assert_cmpmem (left + row * 256 + 128, 512, middle + row * 256, 512);
      g_assert_cmpmem (right + row * 256, 512, middle + row * 256 + 128, 512);
    }
}

static void
test_overlap_and_gaps (void)
{
  const guint32 tile_x = 812u << 22, tile_y = 421u << 22;
  g_autoptr (GwRings) small = make_world_square (tile_x + (10u << 14), tile_y + (10u << 14),
                                                 tile_x + (20u << 14), tile_y + (20u << 14));
  g_autoptr (GwRings) large =
      make_world_square (tile_x, tile_y, tile_x + (100u << 14), tile_y + (100u << 14));
  const GwRings *areas[] = { small, NULL, large };
  g_autoptr (GwIdRaster) raster = gw_id_raster_new (areas, NULL, 3);
  g_autoptr (GwIdTile) tile = gw_id_raster_draw (raster, 10, 812, 421);
  g_autoptr (GwIdRaster) empty = gw_id_raster_new (NULL, NULL, 0);

  g_assert_cmpuint (gw_id_tile_get (tile, 15, 15), ==, 0);
  g_assert_cmpuint (gw_id_tile_get (tile, 50, 50), ==, 2);
  g_assert_cmpuint (gw_id_tile_get (tile, 150, 50), ==, GW_ID_NONE);
  g_assert_false (gw_id_tile_has_area (tile, 1));
  g_assert_false (gw_id_tile_has_area (tile, 3));
  g_assert_null (gw_id_raster_draw (empty, 10, 812, 421));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, level, test) \
  g_test_add (path, Fixture, GUINT_TO_POINTER (level), fixture_set_up, test, fixture_tear_down)
  ADD ("/id-raster/pixels-of-leaves", 5, test_pixels);
  ADD ("/id-raster/pixels-of-streets", 2, test_pixels);
  ADD ("/id-raster/shown-areas", 5, test_shown_areas);
  ADD ("/id-raster/nothing-there", 2, test_nothing_there);
  g_test_add_func ("/id-raster/borders", test_borders);
  g_test_add_func ("/id-raster/seam", test_seam);
  g_test_add_func ("/id-raster/overlap-and-gaps", test_overlap_and_gaps);
  return g_test_run ();
}
