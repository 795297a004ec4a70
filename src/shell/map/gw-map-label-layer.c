/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-label-layer.h"

#include "gw-label.h"
#include "gw-map-stamp.h"
#include <math.h>
#include <string.h>

#define HALO_PX 3.0
#define GAP_PX 3
#define MARGIN_PX 160
/* An area narrower than this part of its name goes without. */
#define MIN_PART 0.45
#define N_TRIES 7

typedef struct
{
  char *text; /* owned */
  GwWorldPoint place;
  double width_units; /* of the area */
  gint priority;
  gboolean is_faded;
  GskRenderNode *stamp; /* owned, nullable: drawn when it is first seen */
} Label;

struct _GwMapLabelLayer
{
  GwMapLayer parent;
  GwMapPointLayer *points; /* borrowed: a sibling in the same map */
  GArray *labels;          /* owned: Label */
  double text_px;
  gboolean is_dark, is_cairo;
};

G_DEFINE_FINAL_TYPE (GwMapLabelLayer, gw_map_label_layer, GW_TYPE_MAP_LAYER)

static void
label_clear (gpointer data)
{
  Label *label = data;

  g_clear_pointer (&label->stamp, gsk_render_node_unref);
  g_free (label->text);
}

static char *
without_office (const char *name)
{
  static const char *const offices[] = { "居委会", "村委会", "办事处" };

  for (gsize i = 0; i < G_N_ELEMENTS (offices); i++)
    if (g_str_has_suffix (name, offices[i]) && strlen (name) > strlen (offices[i]))
      {
        char *text = g_strndup (name, strlen (name) - strlen (offices[i]));

        /* "放羊村委会" is the committee of 放羊村. */
        if (i == 1)
          {
            char *village = g_strconcat (text, "村", NULL);

            g_free (text);
            return village;
          }
        return text;
      }
  return g_strdup (name);
}

char *
gw_map_label_shorten (const GwAreaTree *tree, const GwArea *area)
{
  g_autofree char *text = without_office (area->name);
  const GwArea *above = gw_area_tree_get (tree, area->parent);

  if (area->level < GW_LEVEL_GRID || above == NULL)
    return g_steal_pointer (&text);
  {
    g_autofree char *above_text = without_office (above->name);

    if (g_str_has_prefix (text, above_text) && strlen (text) > strlen (above_text))
      return g_strdup (text + strlen (above_text));
  }
  return g_steal_pointer (&text);
}

static PangoLayout *
make_layout (GwMapLabelLayer *self, const Label *label)
{
  GtkWidget *widget = GTK_WIDGET (self);
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, label->text);
  g_autoptr (PangoFontDescription) font = pango_font_description_copy (
      pango_context_get_font_description (gtk_widget_get_pango_context (widget)));

  pango_font_description_set_absolute_size (font, self->text_px * PANGO_SCALE);
  pango_font_description_set_weight (font,
                                     label->is_faded ? PANGO_WEIGHT_NORMAL : PANGO_WEIGHT_MEDIUM);
  pango_layout_set_font_description (layout, font);
  return layout;
}

static void
draw_text (GwMapLabelLayer *self, const Label *label, cairo_t *cr, PangoLayout *layout)
{
  double light = self->is_dark ? 0.10 : 1.0;
  double ink = self->is_dark ? (label->is_faded ? 0.62 : 0.97) : (label->is_faded ? 0.45 : 0.13);

  pango_cairo_layout_path (cr, layout);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, HALO_PX);
  cairo_set_source_rgba (cr, light, light, light, 0.85);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgb (cr, ink, ink, ink);
  cairo_fill (cr);
}

static GskRenderNode *
get_stamp (GwMapLabelLayer *self, Label *label)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle extents = { 0 };
  cairo_surface_t *image = NULL;
  cairo_t *cr = NULL;

  if (label->stamp != NULL)
    return label->stamp;
  layout = make_layout (self, label);
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  image =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (extents.width + 2 * (int)HALO_PX) * scale,
                                  (extents.height + 2 * (int)HALO_PX) * scale);
  cr = cairo_create (image);
  cairo_scale (cr, scale, scale);
  cairo_move_to (cr, HALO_PX - extents.x, HALO_PX - extents.y);
  draw_text (self, label, cr, layout);
  cairo_destroy (cr);
  label->stamp = gw_map_stamp_new (image, scale, self->is_cairo);
  cairo_surface_destroy (image);
  return label->stamp;
}

/* What may show at this place and zoom: indices into the labels, and one box for each. */
static void
collect (GwMapLabelLayer *self, const GwMapFrame *frame, GArray *indices, GArray *boxes)
{
  double unit = gw_map_frame_units_per_px (frame);

  for (guint i = 0; i < self->labels->len; i++)
    {
      Label *label = &g_array_index (self->labels, Label, i);
      GwLabelBox box = { .priority = label->priority };
      graphene_size_t size;
      double x = 0, y = 0;

      gw_map_frame_to_px (frame, label->place, &x, &y);
      if (x < -MARGIN_PX || y < -MARGIN_PX || x > frame->width + MARGIN_PX ||
          y > frame->height + MARGIN_PX)
        continue;
      /* A guess of the width first: measuring costs. */
      if (label->width_units / unit <
          (double)g_utf8_strlen (label->text, -1) * self->text_px * MIN_PART)
        continue;
      size = gw_map_stamp_get_size (get_stamp (self, label));
      box.x = (float)(x - size.width / 2.0) + MARGIN_PX;
      box.y = (float)(y - size.height / 2.0) + MARGIN_PX;
      box.width = size.width;
      box.height = size.height;
      g_array_append_val (indices, i);
      g_array_append_val (boxes, box);
    }
}

/* Circles are in the way of names, never the other way round. */
static void
add_circles (GwMapLabelLayer *self, const GwMapFrame *frame, GArray *boxes)
{
  guint n = 0;
  const GwMapFeature *features = gw_map_point_layer_get_features (self->points, frame, &n);

  for (guint i = 0; i < n; i++)
    {
      float half = (float)features[i].radius * 0.85f;
      GwLabelBox box = { .x = (float)features[i].x - half + MARGIN_PX,
                         .y = (float)features[i].y - half + MARGIN_PX,
                         .width = 2 * half,
                         .height = 2 * half,
                         .priority = G_MAXINT };

      g_array_append_val (boxes, box);
    }
}

/* In its middle; else ever farther below and above, in heights of the name. */
static void
place (GwMapLabelLayer *self, const GwMapFrame *frame, GArray *boxes, guint n, gboolean *is_visible)
{
  static const float steps[N_TRIES] = { 0, 0.8f, -1.6f, 2.4f, -3.2f, 4.0f, -4.8f };
  g_autofree gboolean *shows = g_new0 (gboolean, boxes->len + 1);
  GwLabelBox *all = (GwLabelBox *)(gpointer)boxes->data;

  for (guint try = 0; try < N_TRIES; try++)
    {
      for (guint i = 0; i < n; i++)
        if (!is_visible[i])
          all[i].y += steps[try] * all[i].height;
        else
          all[i].priority = G_MAXINT - 1;
      (void)gw_label_place (all, boxes->len, (float)frame->width + 2 * MARGIN_PX,
                            (float)frame->height + 2 * MARGIN_PX, GAP_PX, shows);
      for (guint i = 0; i < n; i++)
        is_visible[i] |= shows[i];
    }
}

static void
gw_map_label_layer_draw (GwMapLayer *layer, GtkSnapshot *snapshot, const GwMapFrame *frame)
{
  GwMapLabelLayer *self = GW_MAP_LABEL_LAYER (layer);
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) boxes = g_array_new (FALSE, FALSE, sizeof (GwLabelBox));
  g_autofree gboolean *is_visible = NULL;

  collect (self, frame, indices, boxes);
  add_circles (self, frame, boxes);
  is_visible = g_new0 (gboolean, indices->len + 1);
  place (self, frame, boxes, indices->len, is_visible);
  for (guint i = 0; i < indices->len; i++)
    {
      const GwLabelBox *box = &g_array_index (boxes, GwLabelBox, i);
      Label *label = &g_array_index (self->labels, Label, g_array_index (indices, guint, i));

      if (is_visible[i])
        gw_map_stamp_append (snapshot, label->stamp, round (box->x - MARGIN_PX),
                             round (box->y - MARGIN_PX));
    }
}

static void
forget_stamps (GwMapLabelLayer *self)
{
  for (guint i = 0; i < self->labels->len; i++)
    g_clear_pointer (&g_array_index (self->labels, Label, i).stamp, gsk_render_node_unref);
}

static void
gw_map_label_layer_realize (GtkWidget *widget)
{
  GwMapLabelLayer *self = GW_MAP_LABEL_LAYER (widget);

  GTK_WIDGET_CLASS (gw_map_label_layer_parent_class)->realize (widget);
  forget_stamps (self);
  self->is_cairo = gw_map_stamp_is_cairo (widget);
}

static void
gw_map_label_layer_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (gw_map_label_layer_parent_class)->system_setting_changed (widget, setting);
  forget_stamps (GW_MAP_LABEL_LAYER (widget));
}

static void
gw_map_label_layer_finalize (GObject *object)
{
  g_array_unref (GW_MAP_LABEL_LAYER (object)->labels);
  G_OBJECT_CLASS (gw_map_label_layer_parent_class)->finalize (object);
}

static void
gw_map_label_layer_class_init (GwMapLabelLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = gw_map_label_layer_finalize;
  widget_class->realize = gw_map_label_layer_realize;
  widget_class->system_setting_changed = gw_map_label_layer_system_setting_changed;
  GW_MAP_LAYER_CLASS (klass)->draw = gw_map_label_layer_draw;
}

static void
gw_map_label_layer_init (GwMapLabelLayer *self)
{
  self->labels = g_array_new (FALSE, FALSE, sizeof (Label));
  g_array_set_clear_func (self->labels, label_clear);
  self->text_px = 13;
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (forget_stamps), NULL);
}

GwMapLabelLayer *
gw_map_label_layer_new (ShumateViewport *viewport, GwMapPointLayer *points)
{
  GwMapLabelLayer *self = g_object_new (GW_TYPE_MAP_LABEL_LAYER, "viewport", viewport, NULL);

  self->points = points;
  return self;
}

static double
size_of (GwWorldBox box)
{
  return ((double)box.x1 - box.x0) * ((double)box.y1 - box.y0);
}

void
gw_map_label_layer_set_areas (GwMapLabelLayer *self,
                              GwMapAreas *areas,
                              const GwAreaTree *tree,
                              guint32 focus)
{
  g_return_if_fail (GW_IS_MAP_LABEL_LAYER (self));
  g_array_set_size (self->labels, 0);
  self->text_px = gw_map_areas_get_level (areas) <= GW_LEVEL_TOWNSHIP ? 13 : 12;
  for (guint i = 0; i < gw_map_areas_get_n (areas); i++)
    {
      const GwArea *area = gw_area_tree_get (tree, gw_map_areas_get_id (areas, i));
      GwWorldBox box = gw_map_areas_get_box (areas, i);
      Label label = { .place = gw_map_areas_get_label_place (areas, i),
                      .width_units = (double)box.x1 - box.x0 };

      if (gw_map_areas_get_rings (areas, i) == NULL)
        continue;
      label.text = gw_map_label_shorten (tree, area);
      label.is_faded = focus != GW_AREA_NONE && !gw_area_tree_contains (tree, focus, area->id);
      label.priority = (gint)(log2 (size_of (box) + 1) * 100) + (label.is_faded ? 0 : 100000);
      g_array_append_val (self->labels, label);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
gw_map_label_layer_set_dark (GwMapLabelLayer *self, gboolean is_dark)
{
  g_return_if_fail (GW_IS_MAP_LABEL_LAYER (self));
  if (self->is_dark == is_dark)
    return;
  self->is_dark = is_dark;
  forget_stamps (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
