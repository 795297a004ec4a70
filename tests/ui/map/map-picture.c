/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws the map of a file for people to look at:
 *   map-picture FILE PNG [dark] [size=1280x800] [area=CODE] [at=LON,LAT,ZOOM] [matter=N]
 *               [map.ACTION=VALUE ...]  */
#include "map-harness.h"

#include <stdio.h>
#include <string.h>

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
act (MapScene *scene, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (word, "=", 2);

  if (g_str_has_prefix (word, "map.") && parts[1] != NULL)
    (void)gtk_widget_activate_action (GTK_WIDGET (scene->view), parts[0], "s", parts[1]);
  else if (g_str_has_prefix (word, "map."))
    (void)gtk_widget_activate_action (GTK_WIDGET (scene->view), parts[0], NULL);
}

static void
apply (MapScene *scene, int argc, char **argv)
{
  const char *area = get_option (argc, argv, "area"), *at = get_option (argc, argv, "at");
  const char *matter = get_option (argc, argv, "matter");

  if (area != NULL)
    {
      const GwArea *found = gw_area_tree_find_code (gw_session_get_areas (scene->session), area);

      gw_filter_model_set_area (scene->model, found != NULL ? found->id : GW_AREA_NONE);
    }
  if (at != NULL)
    gw_map_view_restore_state (scene->view, at);
  if (matter != NULL)
    gw_filter_model_set_matter (scene->model, g_ascii_strtoll (matter, NULL, 10));
  for (int i = 3; i < argc; i++)
    act (scene, argv[i]);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSession) session = NULL;
  MapScene scene = { 0 };
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
  map_scene_open (&scene, session, width, height);
  apply (&scene, argc, argv);
  if (!map_scene_settle (&scene))
    g_printerr ("not complete: %s\n", gw_map_view_dup_state (scene.view));
  (void)map_harness_save (GTK_WIDGET (scene.view), argv[2]);
  map_scene_close (&scene);
  return 0;
}
