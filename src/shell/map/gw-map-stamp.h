/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Pictures that are drawn once and then only placed: tiles, names, circles, symbols. As textures
 * where a GPU paints, as image surfaces where cairo does (a texture costs cairo twice). */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How a widget's window paints; ask again when the widget was realized anew. */
gboolean gw_map_stamp_is_cairo (GtkWidget *widget);
/* @image: ARGB32 surface of @scale pixels per widget pixel, kept, not to be changed any more. */
GskRenderNode *gw_map_stamp_new (cairo_surface_t *image,
                                 int scale,
                                 gboolean is_cairo) G_GNUC_WARN_UNUSED_RESULT;
/* Upper left corner at a place; whole pixels keep it sharp. */
void gw_map_stamp_append (GtkSnapshot *snapshot, GskRenderNode *stamp, double x, double y);
/* Width and height in widget pixels. */
graphene_size_t gw_map_stamp_get_size (GskRenderNode *stamp);

G_END_DECLS
