/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The least that shows a map in a libadwaita window: what bench-start measures the program against.
 * Says "drawn" when the first frame with the map in it has been painted. */

#include <adwaita.h>
#include <shumate/shumate.h>

static void
painted_cb (GdkFrameClock *clock, GtkWidget *map)
{
  if (!gtk_widget_get_mapped (map) || gtk_widget_get_width (map) == 0)
    return;
  g_signal_handlers_disconnect_by_func (clock, painted_cb, map);
  g_print ("drawn\n");
}

static void
activate_cb (GtkApplication *app, gpointer data)
{
  GtkWidget *window = adw_application_window_new (app);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  ShumateMap *map = shumate_map_new ();
  ShumateViewport *viewport = shumate_map_get_viewport (map);

  gtk_widget_set_hexpand (GTK_WIDGET (map), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (map), TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (map));
  shumate_viewport_set_zoom_level (viewport, 11);
  shumate_location_set_location (SHUMATE_LOCATION (viewport), 30.53, 105.57);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_widget_realize (window);
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (painted_cb),
                    map);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) app = adw_application_new ("org.gridwork.MinimalMap", 0);

  g_signal_connect (app, "activate", G_CALLBACK (activate_cb), NULL);
  return g_application_run (G_APPLICATION (app), argc, argv);
}
