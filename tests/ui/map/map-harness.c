/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map-harness.h"

#include "gw-map-view-private.h"

#include <libintl.h>
#include <locale.h>

#define LIMIT_SECONDS 120

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

static gboolean
late_cb (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_settled (MapScene *self)
{
  return !gw_filter_model_is_loading (self->model) &&
         gw_filter_model_get_selection (self->model) != NULL &&
         gw_map_view_is_complete (self->view);
}

/* What is ready shows after the next frame. */
static void
wait_for_frame (MapScene *self, const gboolean *is_late)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->view));
  gint64 seen = gdk_frame_clock_get_frame_counter (clock);

  while (gdk_frame_clock_get_frame_counter (clock) < seen + 2 && !*is_late)
    {
      gtk_widget_queue_draw (GTK_WIDGET (self->view));
      (void)g_main_context_iteration (NULL, TRUE);
    }
}

/* A flight is over when two frames look at the same place. */
static gboolean
is_moving (MapScene *self, const gboolean *is_late)
{
  GwMapFrame before = { 0 }, after = { 0 };
  gboolean had = gw_map_camera_get_frame (self->view->camera, &before);

  wait_for_frame (self, is_late);
  return had && gw_map_camera_get_frame (self->view->camera, &after) &&
         !gw_map_frame_is_equal (&before, &after);
}

gboolean
map_scene_settle (MapScene *self)
{
  gboolean is_late = FALSE;
  guint source = g_timeout_add_seconds (LIMIT_SECONDS, late_cb, &is_late);

  do
    {
      wait_for_frame (self, &is_late);
      while (!is_settled (self) && !is_late)
        (void)g_main_context_iteration (NULL, TRUE);
    }
  while ((is_moving (self, &is_late) || !is_settled (self)) && !is_late);
  if (!is_late)
    (void)g_source_remove (source);
  return !is_late;
}

void
map_scene_open (MapScene *self, GwSession *session, int width, int height)
{
  self->session = session;
  self->model = gw_filter_model_new (session);
  self->view = GW_MAP_VIEW (gw_map_view_new (session, self->model));
  self->window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (self->window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->view));
  gtk_window_present (GTK_WINDOW (self->window));
  (void)map_scene_settle (self);
}

void
map_scene_close (MapScene *self)
{
  gpointer view = self->view, model = self->model;

  g_object_add_weak_pointer (view, &view);
  g_object_add_weak_pointer (model, &model);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_clear_object (&self->model);
  while ((view != NULL || model != NULL) && g_main_context_iteration (NULL, TRUE))
    ;
}

static GdkTexture *
draw_texture (GtkWidget *widget)
{
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;

  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), width, height);
  node = gtk_snapshot_to_node (snapshot);
  if (node == NULL)
    return NULL;
  return gsk_renderer_render_texture (gtk_native_get_renderer (gtk_widget_get_native (widget)),
                                      node,
                                      &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
}

MapImage
map_harness_draw (GtkWidget *widget)
{
  g_autoptr (GdkTexture) texture = draw_texture (widget);
  MapImage self = { 0 };

  if (texture == NULL)
    return self;
  self.width = gdk_texture_get_width (texture);
  self.height = gdk_texture_get_height (texture);
  self.pixels = g_new0 (guint32, (gsize)self.width * (gsize)self.height);
  gdk_texture_download (texture, (guchar *)(gpointer)self.pixels, (gsize)self.width * 4);
  return self;
}

void
map_image_clear (MapImage *self)
{
  g_clear_pointer (&self->pixels, g_free);
}

guint32
map_image_get (const MapImage *self, int x, int y)
{
  return x >= 0 && y >= 0 && x < self->width && y < self->height
             ? self->pixels[(gsize)y * (gsize)self->width + (gsize)x]
             : 0;
}

gboolean
map_harness_save (GtkWidget *widget, const char *path)
{
  g_autoptr (GdkTexture) texture = draw_texture (widget);

  return texture != NULL && gdk_texture_save_to_png (texture, path);
}

guint
map_colour_distance (guint32 a, guint32 b)
{
  guint most = 0;

  for (guint shift = 0; shift < 24; shift += 8)
    most = MAX (most, (guint)ABS ((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff)));
  return most;
}
