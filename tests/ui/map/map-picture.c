/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the map of a file for people to look at:
 *   map-picture FILE PNG [dark] [size=1280x800] [area=CODE] [zoom=N] [points=open] [figure=total]
 *               [at=LON,LAT,ZOOM] [matter=N]  */
#include "map-harness.h"

#include "gw-map-view.h"
#include <adwaita.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  GwMapView *view;
  GwFilterModel *model;
} Scene;

static gboolean
is_drawn (gpointer data)
{
  const Scene *scene = data;

  return !gw_filter_model_is_loading (scene->model) &&
         gw_filter_model_get_selection (scene->model) != NULL &&
         gw_map_view_is_complete (scene->view);
}

static const char *
get_option (int argc, char **argv, const char *name)
{
  gsize length = strlen (name);

  for (int i = 3; i < argc; i++)
    if (strncmp (argv[i], name, length) == 0 && (argv[i][length] == '=' || argv[i][length] == 0))
      return argv[i][length] == '=' ? argv[i] + length + 1 : "";
  return NULL;
}

static void
apply (Scene *scene, GwSession *session, int argc, char **argv)
{
  const char *area = get_option (argc, argv, "area"), *at = get_option (argc, argv, "at");
  const char *points = get_option (argc, argv, "points");
  const char *figure = get_option (argc, argv, "figure");
  const char *matter = get_option (argc, argv, "matter");

  if (area != NULL)
    gw_filter_model_set_area (
        scene->model, gw_area_tree_find_code (gw_session_get_areas (session), area) != NULL
                          ? gw_area_tree_find_code (gw_session_get_areas (session), area)->id
                          : GW_AREA_NONE);
  if (at != NULL)
    gw_map_view_restore_state (scene->view, at);
  if (points != NULL)
    gtk_widget_activate_action (GTK_WIDGET (scene->view), "map.points", "s", points);
  if (figure != NULL)
    gtk_widget_activate_action (GTK_WIDGET (scene->view), "map.figure", "s", figure);
  if (matter != NULL)
    gw_filter_model_set_matter (scene->model, g_ascii_strtoll (matter, NULL, 10));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSession) session = NULL;
  g_autoptr (GwFilterModel) model = NULL;
  Scene scene = { 0 };
  GtkWidget *window = NULL;
  int width = 1280, height = 800;

  map_harness_init ();
  if (argc < 3)
    return 2;
  if (get_option (argc, argv, "dark") != NULL)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
  if (get_option (argc, argv, "size") != NULL)
    (void)sscanf (get_option (argc, argv, "size"), "%dx%d", &width, &height);
  session = gw_session_open_sync (argv[1], GW_SESSION_READ_ONLY, NULL, &error);
  if (session == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  model = scene.model = gw_filter_model_new (session);
  scene.view = GW_MAP_VIEW (gw_map_view_new (session, model));
  window = map_harness_open_window (GTK_WIDGET (scene.view), width, height);
  if (!map_harness_wait (is_drawn, &scene, 10))
    g_printerr ("not complete: %s\n", gw_map_view_dup_state (scene.view));
  apply (&scene, session, argc, argv);
  (void)map_harness_wait (is_drawn, &scene, 10);
  (void)map_harness_save (GTK_WIDGET (scene.view), argv[2]);
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}
