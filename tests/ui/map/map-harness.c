/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map-harness.h"

#include <adwaita.h>
#include <libintl.h>
#include <locale.h>

GResource *gw_shell_get_resource (void);

void
map_harness_init (void)
{
  (void)setlocale (LC_ALL, "");
  if (g_getenv ("GW_LOCALE_DIR") != NULL)
    (void)bindtextdomain ("gridwork", g_getenv ("GW_LOCALE_DIR"));
  (void)bind_textdomain_codeset ("gridwork", "UTF-8");
  adw_init ();
  /* A static library loses resources that nobody names. */
  g_resources_register (gw_shell_get_resource ());
}

GtkWidget *
map_harness_open_window (GtkWidget *child, int width, int height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static gboolean
late_cb (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

gboolean
map_harness_wait (MapHarnessFunc is_done, gpointer data, guint limit_seconds)
{
  gboolean is_late = FALSE;
  guint source = g_timeout_add_seconds (limit_seconds, late_cb, &is_late);

  while (!is_done (data) && !is_late)
    (void)g_main_context_iteration (NULL, TRUE);
  if (!is_late)
    (void)g_source_remove (source);
  return !is_late;
}

gboolean
map_harness_save (GtkWidget *widget, const char *path)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return FALSE;
  texture =
      gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)), node,
                                   &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  return gdk_texture_save_to_png (texture, path);
}
