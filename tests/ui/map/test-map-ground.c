/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the ground of the map shows: colours, borders, the chosen area, and that it can be left. */
#include "../frame/frame-harness.h"
#include "gw-map-view-private.h"
#include "map-district.h"
#include "map-harness.h"

#include <math.h>

#define WIDTH 900
#define HEIGHT 700
/* Pixels so near to a border or the river are theirs. */
#define CLEAR_PX 7

typedef struct
{
  GwSession *session;
  MapScene scene;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->session = frame_harness_open ();
  map_scene_open (&self->scene, self->session, WIDTH, HEIGHT);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->scene.window != NULL)
    map_scene_close (&self->scene);
  frame_harness_close (self->session);
}

static GwPoint
place_at (MapScene *scene, double x, double y)
{
  GwMapFrame frame = { 0 };

  g_assert_true (gw_map_camera_get_frame (scene->view->camera, &frame));
  return gw_mercator_to_lattice (gw_map_frame_from_px (&frame, x, y));
}

/* ---- colours ---- */

static double
distance_to_segment (double px, double py, double ax, double ay, double bx, double by)
{
  double dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
  double part = length2 > 0 ? CLAMP (((px - ax) * dx + (py - ay) * dy) / length2, 0, 1) : 0;

  return hypot (px - ax - part * dx, py - ay - part * dy);
}

static gboolean
is_on_river (MapScene *scene, double x, double y)
{
  const GwLines *river = gw_session_get_river (scene->session);
  GwMapFrame frame = { 0 };

  g_assert_true (gw_map_camera_get_frame (scene->view->camera, &frame));
  for (guint i = 0; river != NULL && i < gw_lines_get_n_lines (river); i++)
    {
      guint n = 0;
      const GwPoint *points = gw_lines_get_line (river, i, &n);
      double ax = 0, ay = 0, bx = 0, by = 0;

      for (guint j = 0; j < n; j++, ax = bx, ay = by)
        {
          gw_map_frame_to_px (&frame, gw_mercator_from_lattice (points[j]), &bx, &by);
          if (j > 0 && distance_to_segment (x, y, ax, ay, bx, by) < 2 * CLEAR_PX)
            return TRUE;
        }
    }
  return FALSE;
}

/* The area around a pixel when there is one only, well away from its borders. */
static guint32
find_sole_area (MapScene *scene, double x, double y)
{
  guint32 area = gw_map_view_find_area (scene->view, x, y);

  for (int dy = -CLEAR_PX; dy <= CLEAR_PX; dy += CLEAR_PX)
    for (int dx = -CLEAR_PX; dx <= CLEAR_PX; dx += CLEAR_PX)
      if (gw_map_view_find_area (scene->view, x + dx, y + dy) != area)
        return GW_AREA_NONE;
  return area;
}

static guint32
expected_colour (MapScene *scene, guint32 area)
{
  const GwSelection *selection = gw_filter_model_get_selection (scene->model);
  int found = gw_map_classes_find (&scene->view->classes, selection->by_area[area].open);

  return gw_map_classes_get_colour (&scene->view->classes, found,
                                    gw_map_view_is_dark (scene->view));
}

/* Looks at every eleventh pixel; returns how many were compared. */
static guint
compare_colours (MapScene *scene)
{
  g_auto (MapImage) image = map_harness_draw (GTK_WIDGET (scene->view->area_layer));
  guint n = 0;

  for (int y = 4; y < image.height; y += 11)
    for (int x = 4; x < image.width; x += 11)
      {
        guint32 area = find_sole_area (scene, x, y);

        if (area == GW_AREA_NONE || is_on_river (scene, x, y))
          continue;
        n++;
        if (map_colour_distance (map_image_get (&image, x, y), expected_colour (scene, area)) > 2)
          g_error ("pixel %d,%d of area %u is %08x", x, y, area, map_image_get (&image, x, y));
      }
  return n;
}

static void
test_colours (Fixture *self, gconstpointer data)
{
  const GwSelection *selection = gw_filter_model_get_selection (self->scene.model);
  guint n_classes = 0;

  g_assert_cmpuint (compare_colours (&self->scene), >, 500);
  for (guint i = 0; i < gw_map_areas_get_n (self->scene.view->areas); i++)
    n_classes |= 1u << gw_map_classes_find (
                     &self->scene.view->classes,
                     selection->by_area[gw_map_areas_get_id (self->scene.view->areas, i)].open);
  /* Else the comparison would have been one of a single colour. */
  g_assert_cmpuint (n_classes & (n_classes - 1), !=, 0);
}

static void
test_colours_follow_the_style (Fixture *self, gconstpointer data)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  guint32 root_label = gw_map_areas_get_id (self->scene.view->areas, 0);
  guint32 light = expected_colour (&self->scene, root_label), dark = 0;

  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_DARK);
  g_assert_true (map_scene_settle (&self->scene));
  dark = expected_colour (&self->scene, root_label);
  g_assert_cmpuint (map_colour_distance (light, dark), >, 40);
  g_assert_cmpuint (compare_colours (&self->scene), >, 500);
  adw_style_manager_set_color_scheme (manager, ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_assert_true (map_scene_settle (&self->scene));
  g_assert_cmpuint (compare_colours (&self->scene), >, 500);
}

static void
test_colours_follow_the_filter (Fixture *self, gconstpointer data)
{
  g_autoptr (GwFilter) filter = gw_filter_copy (gw_filter_model_get (self->scene.model));

  filter->overdue_only = TRUE;
  gw_filter_model_set (self->scene.model, filter);
  g_assert_true (map_scene_settle (&self->scene));
  g_assert_cmpuint (compare_colours (&self->scene), >, 500);
}

/* ---- borders ---- */

static guint
count_owners (MapScene *scene, GwPoint place, guint32 *owner)
{
  GwMapAreas *areas = scene->view->areas;
  guint n = 0;

  for (guint i = 0; i < gw_map_areas_get_n (areas); i++)
    if (gw_map_areas_get_rings (areas, i) != NULL &&
        gw_rings_contains (gw_map_areas_get_rings (areas, i), place))
      {
        *owner = gw_map_areas_get_id (areas, i);
        n++;
      }
  return n;
}

/* Each corner of each border, where two and three areas meet, belongs to one of them; and a click
 * there finds that one. */
static void
test_borders_belong_to_one (Fixture *self, gconstpointer data)
{
  MapScene *scene = &self->scene;
  GwAreaTree *tree = gw_session_get_areas (self->session);
  const GwRings *whole = gw_session_get_rings (self->session, gw_area_tree_root (tree)->id);
  guint n_inside = 0;

  for (guint i = 0; i < gw_map_areas_get_n (scene->view->areas); i++)
    {
      const GwRings *rings = gw_map_areas_get_rings (scene->view->areas, i);
      guint n = 0;
      const GwPoint *corners = gw_rings_get_ring (rings, 0, &n);

      for (guint j = 0; j < n; j += 5)
        {
          guint32 owner = GW_AREA_NONE;
          guint n_owners = count_owners (scene, corners[j], &owner);

          g_assert_cmpuint (n_owners, ==, gw_rings_contains (whole, corners[j]) ? 1 : 0);
          if (n_owners == 0)
            continue;
          n_inside++;
          g_assert_cmpuint (gw_map_areas_find_shown (scene->view->areas, tree,
                                                     gw_session_locate (self->session, corners[j].x,
                                                                        corners[j].y)),
                            ==, owner);
        }
    }
  g_assert_cmpuint (n_inside, >, 200);
}

/* What is painted and what a click finds is the same area, up to the pixel of the border. */
static void
test_raster_is_the_click (Fixture *self, gconstpointer data)
{
  MapScene *scene = &self->scene;
  GwIdRaster *raster = gw_map_areas_get_raster (scene->view->areas);
  GwMapFrame frame = { 0 };
  guint zoom = 14, n = 0;

  g_assert_true (gw_map_camera_get_frame (scene->view->camera, &frame));
  for (int y = 3; y < frame.height; y += 14)
    for (int x = 3; x < frame.width; x += 14)
      {
        GwWorldPoint world = gw_map_frame_from_px (&frame, x, y);
        guint shift = 32 - zoom;
        GwIdTile *tile = gw_id_raster_draw (raster, zoom, world.x >> shift, world.y >> shift);
        guint32 area = find_sole_area (scene, x, y);
        guint16 id = tile != NULL ? gw_id_tile_get (tile, world.x >> (shift - 8) & 0xff,
                                                    world.y >> (shift - 8) & 0xff)
                                  : GW_ID_NONE;

        if (tile != NULL)
          gw_id_tile_unref (tile);
        if (area == GW_AREA_NONE)
          continue;
        n++;
        g_assert_cmpuint (id, !=, GW_ID_NONE);
        g_assert_cmpuint (gw_map_areas_get_id (scene->view->areas, id), ==, area);
      }
  g_assert_cmpuint (n, >, 400);
}

/* ---- the chosen area ---- */

static guint32
some_township (Fixture *self)
{
  return gw_map_areas_get_id (self->scene.view->areas, 3);
}

static void
test_fits_the_area (Fixture *self, gconstpointer data)
{
  GwMapFrame frame = { 0 };
  guint32 area = some_township (self);
  GwWorldBox box;
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;

  gw_filter_model_set_area (self->scene.model, area);
  g_assert_true (map_scene_settle (&self->scene));
  box = gw_map_view_get_area_box (self->scene.view, area);
  g_assert_true (gw_map_camera_get_frame (self->scene.view->camera, &frame));
  gw_map_frame_to_px (&frame, (GwWorldPoint){ box.x0, box.y0 }, &x0, &y0);
  gw_map_frame_to_px (&frame, (GwWorldPoint){ box.x1, box.y1 }, &x1, &y1);
  g_assert_cmpfloat (x0, >, 20);
  g_assert_cmpfloat (y0, >, 20);
  g_assert_cmpfloat (x1, <, frame.width - 20);
  g_assert_cmpfloat (y1, <, frame.height - 20);
  /* It fills the window in one direction. */
  g_assert_cmpfloat (MAX ((x1 - x0) / frame.width, (y1 - y0) / frame.height), >, 0.85);
}

static guint
count_outline_pixels (MapScene *scene, guint32 area)
{
  g_auto (MapImage) image = map_harness_draw (GTK_WIDGET (scene->view->area_layer));
  const GwRings *rings = gw_session_get_rings (scene->session, area);
  guint32 outline = gw_map_view_get_ink (gw_map_view_is_dark (scene->view))->outline;
  GwMapFrame frame = { 0 };
  guint n = 0, n_found = 0;
  const GwPoint *corners = gw_rings_get_ring (rings, 0, &n);

  g_assert_true (gw_map_camera_get_frame (scene->view->camera, &frame));
  for (guint i = 0; i < n; i++)
    {
      double x = 0, y = 0;

      gw_map_frame_to_px (&frame, gw_mercator_from_lattice (corners[i]), &x, &y);
      if (map_colour_distance (map_image_get (&image, (int)x, (int)y), outline) < 40)
        n_found++;
    }
  return n_found * 100 / n;
}

static void
test_outlines_the_area (Fixture *self, gconstpointer data)
{
  guint32 area = some_township (self);

  g_assert_cmpuint (count_outline_pixels (&self->scene, area), <, 10);
  gw_filter_model_set_area (self->scene.model, area);
  g_assert_true (map_scene_settle (&self->scene));
  g_assert_cmpuint (count_outline_pixels (&self->scene, area), >, 90);
  gw_filter_model_set_area (self->scene.model, GW_AREA_NONE);
  g_assert_true (map_scene_settle (&self->scene));
  g_assert_cmpuint (count_outline_pixels (&self->scene, area), <, 10);
}

/* ---- other districts ---- */

static void
test_district (gconstpointer data)
{
  const MapDistrict *district = data;
  g_autofree char *folder = g_dir_make_tmp ("map-XXXXXX", NULL);
  GwSession *session = map_district_open (district, folder);
  MapScene scene = { 0 };
  g_auto (MapImage) image = { 0 };

  map_scene_open (&scene, session, 500, 400);
  g_assert_true (map_scene_settle (&scene));
  image = map_harness_draw (GTK_WIDGET (scene.view->area_layer));
  if (district->has_borders)
    {
      GwPoint middle = place_at (&scene, image.width / 2.0, image.height / 2.0);

      g_assert_cmpuint (gw_session_locate (session, middle.x, middle.y), !=, GW_AREA_NONE);
      g_assert_cmpuint (map_image_get (&image, image.width / 2 + 40, image.height / 2 + 40) >> 24,
                        ==, 0xff);
    }
  else
    g_assert_cmpuint (gw_map_view_find_area (scene.view, 250, 200), ==, GW_AREA_NONE);
  map_scene_close (&scene);
  frame_harness_close (session);
}

/* ---- leaving ---- */

/* While a question, the painting and a movement are under way. */
static void
test_leaves_at_once (void)
{
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);
  GtkWidget *window = gtk_window_new (), *view = gw_map_view_new (session, model);

  gtk_window_set_child (GTK_WINDOW (window), view);
  gtk_window_present (GTK_WINDOW (window));
  (void)gtk_widget_activate_action (view, "map.layer-dis.success.area", NULL);
  gw_filter_model_set_area (model, 2);
  g_object_add_weak_pointer (G_OBJECT (view), (gpointer *)&view);
  gtk_window_destroy (GTK_WINDOW (window));
  frame_harness_finalize (model);
  while (view != NULL && g_main_context_iteration (NULL, TRUE))
    ;
  g_assert_null (view);
  frame_harness_close (session);
}

static void
test_never_shown (void)
{
  GwSession *session = frame_harness_open ();
  GwFilterModel *model = gw_filter_model_new (session);
  GtkWidget *view = g_object_ref_sink (gw_map_view_new (session, model));

  gw_filter_model_set_area (model, 2);
  frame_harness_finalize (view);
  frame_harness_finalize (model);
  frame_harness_close (session);
}

static const MapDistrict districts[] = {
  { "no-areas", 0, FALSE, FALSE },     { "no-borders", 3, FALSE, FALSE },
  { "one-area", 0, TRUE, FALSE },      { "one-township", 1, TRUE, FALSE },
  { "no-river", 3, TRUE, FALSE },      { "river-only", 0, FALSE, TRUE },
  { "straight-river", 2, TRUE, TRUE },
};

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  int status;

  if (!frame_harness_init (&argc, &argv))
    return 77;
  add ("/map/colours", test_colours);
  add ("/map/colours/style", test_colours_follow_the_style);
  add ("/map/colours/filter", test_colours_follow_the_filter);
  add ("/map/borders/one-owner", test_borders_belong_to_one);
  add ("/map/borders/raster", test_raster_is_the_click);
  add ("/map/area/fit", test_fits_the_area);
  add ("/map/area/outline", test_outlines_the_area);
  for (gsize i = 0; i < G_N_ELEMENTS (districts); i++)
    {
      g_autofree char *path = g_strconcat ("/map/district/", districts[i].name, NULL);

      g_test_add_data_func (path, &districts[i], test_district);
    }
  g_test_add_func ("/map/leave/at-once", test_leaves_at_once);
  g_test_add_func ("/map/leave/never-shown", test_never_shown);
  status = g_test_run ();
  frame_harness_finish ();
  return status;
}
