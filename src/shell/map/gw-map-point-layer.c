/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-point-layer.h"

#include "gw-map-stamp.h"
#include "gw-map-symbol.h"
#include "gw-state.h"
#include <math.h>

/* Everything so near to a heavier one becomes part of it. */
#define CLUSTER_RADIUS_PX 54
#define TEXT_PX 11
#define MAX_STAMPS 2000
#define N_LAMPS 5

struct _GwMapPointLayer
{
  GwMapLayer parent;
  GwClusterIndex *index;  /* owned, nullable */
  GwSelection *selection; /* owned, nullable */
  GwPoint pin;
  gboolean is_dark, is_cairo;
  GHashTable *counts;            /* owned: number -> GskRenderNode */
  GskRenderNode *lamps[N_LAMPS]; /* owned, nullable */
  GskRenderNode *pin_stamp;      /* owned, nullable */
  GwClusterView *view;           /* owned, nullable: of @frame */
  GArray *features;              /* owned: GwMapFeature, of @frame */
  GwMapFrame frame;
};

G_DEFINE_FINAL_TYPE (GwMapPointLayer, gw_map_point_layer, GW_TYPE_MAP_LAYER)

static void
forget_view (GwMapPointLayer *self)
{
  g_clear_pointer (&self->view, gw_cluster_view_unref);
  g_array_set_size (self->features, 0);
  self->frame = (GwMapFrame){ 0 };
}

static void
forget_stamps (GwMapPointLayer *self)
{
  g_hash_table_remove_all (self->counts);
  for (guint i = 0; i < N_LAMPS; i++)
    g_clear_pointer (&self->lamps[i], gsk_render_node_unref);
  g_clear_pointer (&self->pin_stamp, gsk_render_node_unref);
}

static int
compare_features (gconstpointer a, gconstpointer b)
{
  const GwMapFeature *x = a, *y = b;

  if (x->n != y->n)
    return x->n < y->n ? 1 : -1;
  return (x->row > y->row) - (x->row < y->row);
}

static void
query (GwMapPointLayer *self, const GwMapFrame *frame)
{
  guint n = 0;
  const GwCluster *clusters = NULL;

  forget_view (self);
  self->frame = *frame;
  if (self->index == NULL)
    return;
  self->view = gw_cluster_index_query (self->index, gw_map_frame_get_box (frame, 0),
                                       gw_map_frame_get_plain_zoom (frame), CLUSTER_RADIUS_PX);
  clusters = gw_cluster_view_get_clusters (self->view, &n);
  for (guint i = 0; i < n; i++)
    {
      GwMapFeature feature = { .n = clusters[i].n_points, .row = clusters[i].first, .cluster = i };

      gw_map_frame_to_px (frame, (GwWorldPoint){ clusters[i].x, clusters[i].y }, &feature.x,
                          &feature.y);
      feature.radius = feature.n > 1 ? gw_map_symbol_get_radius (feature.n) : GW_MAP_SYMBOL_RADIUS;
      if (feature.x > -feature.radius && feature.y > -feature.radius &&
          feature.x < frame->width + feature.radius && feature.y < frame->height + feature.radius)
        g_array_append_val (self->features, feature);
    }
  g_array_sort (self->features, compare_features);
}

const GwMapFeature *
gw_map_point_layer_get_features (GwMapPointLayer *self, const GwMapFrame *frame, guint *n)
{
  g_return_val_if_fail (GW_IS_MAP_POINT_LAYER (self), NULL);
  if (!gw_map_frame_is_equal (frame, &self->frame))
    query (self, frame);
  *n = self->features->len;
  return (const GwMapFeature *)(gpointer)self->features->data;
}

static GskRenderNode *
make_count (GwMapPointLayer *self, guint n)
{
  GtkWidget *widget = GTK_WIDGET (self);
  int scale = gtk_widget_get_scale_factor (widget);
  cairo_surface_t *image =
      gw_map_symbol_draw_circle (gw_map_symbol_get_radius (n), self->is_dark, scale);
  g_autofree char *text = g_strdup_printf ("%u", n);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  g_autoptr (PangoFontDescription) font = pango_font_description_copy (
      pango_context_get_font_description (gtk_widget_get_pango_context (widget)));
  PangoRectangle ink = { 0 };
  cairo_t *cr = cairo_create (image);
  double middle = ceil (gw_map_symbol_get_radius (n)) + 2;
  GskRenderNode *stamp = NULL;

  pango_font_description_set_absolute_size (font, TEXT_PX * PANGO_SCALE);
  pango_font_description_set_weight (font, PANGO_WEIGHT_SEMIBOLD);
  pango_layout_set_font_description (layout, font);
  pango_layout_get_pixel_extents (layout, &ink, NULL);
  cairo_scale (cr, scale, scale);
  cairo_move_to (cr, round (middle - ink.x - ink.width / 2.0),
                 round (middle - ink.y - ink.height / 2.0));
  if (self->is_dark)
    cairo_set_source_rgb (cr, 0.09, 0.11, 0.12);
  else
    cairo_set_source_rgb (cr, 1, 1, 1);
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);
  stamp = gw_map_stamp_new (image, scale, self->is_cairo);
  cairo_surface_destroy (image);
  return stamp;
}

static GskRenderNode *
get_count (GwMapPointLayer *self, guint n)
{
  GskRenderNode *stamp = g_hash_table_lookup (self->counts, GUINT_TO_POINTER (n));

  if (stamp != NULL)
    return stamp;
  if (g_hash_table_size (self->counts) >= MAX_STAMPS)
    g_hash_table_remove_all (self->counts);
  stamp = make_count (self, n);
  g_hash_table_insert (self->counts, GUINT_TO_POINTER (n), stamp);
  return stamp;
}

static GskRenderNode *
get_lamp (GwMapPointLayer *self, guint row)
{
  guint lamp = self->selection->lamps[row];
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  if (!gw_state_is_open (self->selection->states[row]))
    lamp = GW_LAMP_GREY;
  if (lamp >= N_LAMPS)
    lamp = GW_LAMP_NONE;
  if (self->lamps[lamp] == NULL)
    {
      cairo_surface_t *image = gw_map_symbol_draw_lamp (lamp, self->is_dark, scale);

      self->lamps[lamp] = gw_map_stamp_new (image, scale, self->is_cairo);
      cairo_surface_destroy (image);
    }
  return self->lamps[lamp];
}

static void
append_centred (GtkSnapshot *snapshot, GskRenderNode *stamp, double x, double y)
{
  graphene_size_t size = gw_map_stamp_get_size (stamp);

  gw_map_stamp_append (snapshot, stamp, round (x - size.width / 2.0),
                       round (y - size.height / 2.0));
}

static void
append_pin (GwMapPointLayer *self, GtkSnapshot *snapshot, const GwMapFrame *frame)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  double x = 0, y = 0;

  if (self->pin_stamp == NULL)
    {
      cairo_surface_t *image = gw_map_symbol_draw_pin (scale);

      self->pin_stamp = gw_map_stamp_new (image, scale, self->is_cairo);
      cairo_surface_destroy (image);
    }
  gw_map_frame_to_px (frame, gw_mercator_from_lattice (self->pin), &x, &y);
  gw_map_stamp_append (snapshot, self->pin_stamp, round (x - GW_MAP_PIN_WIDTH / 2.0),
                       round (y - GW_MAP_PIN_HEIGHT + 2));
}

static void
gw_map_point_layer_draw (GwMapLayer *layer, GtkSnapshot *snapshot, const GwMapFrame *frame)
{
  GwMapPointLayer *self = GW_MAP_POINT_LAYER (layer);
  guint n = 0;
  const GwMapFeature *features = gw_map_point_layer_get_features (self, frame, &n);

  /* The heaviest go on top. */
  for (guint i = n; i-- > 0;)
    append_centred (snapshot,
                    features[i].n > 1 ? get_count (self, features[i].n)
                                      : get_lamp (self, features[i].row),
                    features[i].x, features[i].y);
  if (gw_point_is_valid (self->pin))
    append_pin (self, snapshot, frame);
}

static void
gw_map_point_layer_realize (GtkWidget *widget)
{
  GwMapPointLayer *self = GW_MAP_POINT_LAYER (widget);

  GTK_WIDGET_CLASS (gw_map_point_layer_parent_class)->realize (widget);
  forget_stamps (self);
  self->is_cairo = gw_map_stamp_is_cairo (widget);
}

static void
gw_map_point_layer_finalize (GObject *object)
{
  GwMapPointLayer *self = GW_MAP_POINT_LAYER (object);

  forget_stamps (self);
  forget_view (self);
  g_hash_table_unref (self->counts);
  g_array_unref (self->features);
  g_clear_pointer (&self->index, gw_cluster_index_unref);
  g_clear_pointer (&self->selection, gw_selection_unref);
  G_OBJECT_CLASS (gw_map_point_layer_parent_class)->finalize (object);
}

static void
gw_map_point_layer_class_init (GwMapPointLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gw_map_point_layer_finalize;
  GTK_WIDGET_CLASS (klass)->realize = gw_map_point_layer_realize;
  GW_MAP_LAYER_CLASS (klass)->draw = gw_map_point_layer_draw;
}

static void
gw_map_point_layer_init (GwMapPointLayer *self)
{
  self->pin = (GwPoint){ GW_LATTICE_NONE, GW_LATTICE_NONE };
  self->counts = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)gsk_render_node_unref);
  self->features = g_array_new (FALSE, FALSE, sizeof (GwMapFeature));
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (forget_stamps), NULL);
}

GwMapPointLayer *
gw_map_point_layer_new (ShumateViewport *viewport)
{
  return g_object_new (GW_TYPE_MAP_POINT_LAYER, "viewport", viewport, NULL);
}

void
gw_map_point_layer_set_points (GwMapPointLayer *self,
                               const GwClusterIndex *index,
                               GwSelection *selection)
{
  g_return_if_fail (GW_IS_MAP_POINT_LAYER (self));
  g_clear_pointer (&self->index, gw_cluster_index_unref);
  g_clear_pointer (&self->selection, gw_selection_unref);
  if (index != NULL && selection != NULL)
    {
      self->index = gw_cluster_index_ref (index);
      self->selection = gw_selection_ref (selection);
    }
  forget_view (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
gw_map_point_layer_set_dark (GwMapPointLayer *self, gboolean is_dark)
{
  g_return_if_fail (GW_IS_MAP_POINT_LAYER (self));
  if (self->is_dark == is_dark)
    return;
  self->is_dark = is_dark;
  forget_stamps (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
gw_map_point_layer_set_pin (GwMapPointLayer *self, GwPoint place)
{
  g_return_if_fail (GW_IS_MAP_POINT_LAYER (self));
  self->pin = place;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const GwMapFeature *
gw_map_point_layer_find (GwMapPointLayer *self, double x, double y)
{
  GwMapFrame frame = { 0 };
  guint n = 0;
  const GwMapFeature *features = NULL;

  g_return_val_if_fail (GW_IS_MAP_POINT_LAYER (self), NULL);
  if (!gw_map_layer_get_frame (GW_MAP_LAYER (self), &frame))
    return NULL;
  features = gw_map_point_layer_get_features (self, &frame, &n);
  for (guint i = 0; i < n; i++)
    if (hypot (features[i].x - x, features[i].y - y) <= features[i].radius + 2)
      return &features[i];
  return NULL;
}

GArray *
gw_map_point_layer_dup_rows (GwMapPointLayer *self, const GwMapFeature *feature, guint limit)
{
  g_return_val_if_fail (GW_IS_MAP_POINT_LAYER (self) && self->view != NULL, NULL);
  return gw_cluster_view_dup_members (self->view, feature->cluster, limit);
}

GwWorldBox
gw_map_point_layer_get_extent (GwMapPointLayer *self, const GwMapFeature *feature)
{
  g_return_val_if_fail (GW_IS_MAP_POINT_LAYER (self) && self->view != NULL, (GwWorldBox){ 0 });
  return gw_cluster_view_get_extent (self->view, feature->cluster);
}

GwSelection *
gw_map_point_layer_get_selection (GwMapPointLayer *self)
{
  g_return_val_if_fail (GW_IS_MAP_POINT_LAYER (self), NULL);
  return self->selection;
}
