/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-stamp.h"

gboolean
gw_map_stamp_is_cairo (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;

  return renderer != NULL && GSK_IS_CAIRO_RENDERER (renderer);
}

static GskRenderNode *
new_surface_node (cairo_surface_t *image, int scale, const graphene_rect_t *bounds)
{
  GskRenderNode *node = gsk_cairo_node_new (bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  cairo_scale (cr, 1.0 / scale, 1.0 / scale);
  cairo_set_source_surface (cr, image, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint (cr);
  cairo_destroy (cr);
  return node;
}

static GskRenderNode *
new_texture_node (cairo_surface_t *image, const graphene_rect_t *bounds)
{
  int height = cairo_image_surface_get_height (image);
  gsize stride = (gsize)cairo_image_surface_get_stride (image);
  g_autoptr (GBytes) bytes =
      g_bytes_new_with_free_func (cairo_image_surface_get_data (image), stride * (gsize)height,
                                  (GDestroyNotify)cairo_surface_destroy,
                                  cairo_surface_reference (image));
  g_autoptr (GdkTexture) texture =
      gdk_memory_texture_new (cairo_image_surface_get_width (image), height, GDK_MEMORY_DEFAULT,
                              bytes, stride);

  return gsk_texture_node_new (texture, bounds);
}

GskRenderNode *
gw_map_stamp_new (cairo_surface_t *image, int scale, gboolean is_cairo)
{
  graphene_rect_t bounds =
      GRAPHENE_RECT_INIT (0, 0, (float)cairo_image_surface_get_width (image) / (float)scale,
                          (float)cairo_image_surface_get_height (image) / (float)scale);

  cairo_surface_flush (image);
  return is_cairo ? new_surface_node (image, scale, &bounds) : new_texture_node (image, &bounds);
}

void
gw_map_stamp_append (GtkSnapshot *snapshot, GskRenderNode *stamp, double x, double y)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)x, (float)y));
  gtk_snapshot_append_node (snapshot, stamp);
  gtk_snapshot_restore (snapshot);
}

graphene_size_t
gw_map_stamp_get_size (GskRenderNode *stamp)
{
  graphene_rect_t bounds = { 0 };

  gsk_render_node_get_bounds (stamp, &bounds);
  return bounds.size;
}
