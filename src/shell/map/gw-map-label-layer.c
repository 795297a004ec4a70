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
#define MIN_PART 0.4
#define TEXT_PX 12.5
#define N_SIZES 2

/* Where a name may stand, in parts of its own width and height from the middle of the area; the
 * nearer the better. */
static const struct
{
  float x, y;
} places[] = {
  { 0, 0 },         { 0, 1.0f },      { 0, -1.0f },   { 0.4f, 0 },     { -0.4f, 0 },
  { 0, 1.7f },      { 0, -1.7f },     { 0.5f, 1.0f }, { -0.5f, 1.0f }, { 0.5f, -1.0f },
  { -0.5f, -1.0f }, { 0, 2.5f },      { 0, -2.5f },   { 0.7f, 1.7f },  { -0.7f, 1.7f },
  { 0.7f, -1.7f },  { -0.7f, -1.7f }, { 0, 3.3f },    { 0, -3.3f },
};
/* Of the text: a name that finds no place is tried smaller. */
static const double sizes[N_SIZES] = { 1.0, 0.84 };

typedef struct
{
  char *text; /* owned */
  GwWorldPoint place;
  double width_units; /* of the area */
  gint priority;
  gboolean is_faded;
  const GwRings *rings;           /* borrowed from the areas */
  GskRenderNode *stamps[N_SIZES]; /* owned, nullable: drawn when first needed */
} Label;

/* A label in view. */
typedef struct
{
  guint label;
  double x, y; /* of the middle of its area */
  guint size;  /* it was placed at */
  gboolean is_placed;
} Seat;

struct _GwMapLabelLayer
{
  GwMapLayer parent;
  GwMapPointLayer *points; /* borrowed: a sibling in the same map */
  GwMapAreas *areas;       /* owned, nullable */
  GArray *labels;          /* owned: Label */
  gboolean is_dark, is_cairo;
};

G_DEFINE_FINAL_TYPE (GwMapLabelLayer, gw_map_label_layer, GW_TYPE_MAP_LAYER)

static void
clear_stamps (Label *label)
{
  for (guint i = 0; i < N_SIZES; i++)
    g_clear_pointer (&label->stamps[i], gsk_render_node_unref);
}

static void
label_clear (gpointer data)
{
  Label *label = data;

  clear_stamps (label);
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
make_layout (GwMapLabelLayer *self, const Label *label, guint size)
{
  GtkWidget *widget = GTK_WIDGET (self);
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, label->text);
  g_autoptr (PangoFontDescription) font = pango_font_description_copy (
      pango_context_get_font_description (gtk_widget_get_pango_context (widget)));

  pango_font_description_set_absolute_size (font, TEXT_PX * sizes[size] * PANGO_SCALE);
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
get_stamp (GwMapLabelLayer *self, Label *label, guint size)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_autoptr (PangoLayout) layout = NULL;
  PangoRectangle extents = { 0 };
  cairo_surface_t *image = NULL;
  cairo_t *cr = NULL;

  if (label->stamps[size] != NULL)
    return label->stamps[size];
  layout = make_layout (self, label, size);
  pango_layout_get_pixel_extents (layout, NULL, &extents);
  image =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (extents.width + 2 * (int)HALO_PX) * scale,
                                  (extents.height + 2 * (int)HALO_PX) * scale);
  cr = cairo_create (image);
  cairo_scale (cr, scale, scale);
  cairo_move_to (cr, HALO_PX - extents.x, HALO_PX - extents.y);
  draw_text (self, label, cr, layout);
  cairo_destroy (cr);
  label->stamps[size] = gw_map_stamp_new (image, scale, self->is_cairo);
  cairo_surface_destroy (image);
  return label->stamps[size];
}

/* What may show at this place and zoom. */
static GArray *
collect (GwMapLabelLayer *self, const GwMapFrame *frame)
{
  GArray *seats = g_array_new (FALSE, FALSE, sizeof (Seat));
  double unit = gw_map_frame_units_per_px (frame);

  for (guint i = 0; i < self->labels->len; i++)
    {
      const Label *label = &g_array_index (self->labels, Label, i);
      Seat seat = { .label = i };

      gw_map_frame_to_px (frame, label->place, &seat.x, &seat.y);
      if (seat.x < -MARGIN_PX || seat.y < -MARGIN_PX || seat.x > frame->width + MARGIN_PX ||
          seat.y > frame->height + MARGIN_PX)
        continue;
      /* A guess of the width: measuring costs. */
      if (label->width_units / unit >= (double)g_utf8_strlen (label->text, -1) * TEXT_PX * MIN_PART)
        g_array_append_val (seats, seat);
    }
  return seats;
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

/* The box of a label at one of its places; a name whose middle would lie outside of its area says
 * the wrong thing there: NAN is a box that never shows. */
static GwLabelBox
make_box (GwMapLabelLayer *self, const GwMapFrame *frame, const Seat *seat, guint at, guint size)
{
  Label *label = &g_array_index (self->labels, Label, seat->label);
  graphene_size_t extent = gw_map_stamp_get_size (get_stamp (self, label, size));
  double x = seat->x + (double)places[at].x * (double)extent.width;
  double y = seat->y + (double)places[at].y * (double)extent.height * 0.75;
  GwLabelBox box = { .x = (float)(x - extent.width / 2.0) + MARGIN_PX,
                     .y = (float)(y - extent.height / 2.0) + MARGIN_PX,
                     .width = extent.width,
                     .height = extent.height,
                     .priority = label->priority };

  if (at > 0 && !gw_rings_contains (label->rings,
                                    gw_mercator_to_lattice (gw_map_frame_from_px (frame, x, y))))
    box.x = NAN;
  return box;
}

/* Tries one place for all that have none yet. @boxes: one per seat, then the circles. */
static void
try_place (GwMapLabelLayer *self,
           const GwMapFrame *frame,
           GArray *seats,
           GArray *boxes,
           guint at,
           guint size)
{
  g_autofree gboolean *shows = g_new0 (gboolean, boxes->len + 1);
  GwLabelBox *all = (GwLabelBox *)(gpointer)boxes->data;

  for (guint i = 0; i < seats->len; i++)
    if (!g_array_index (seats, Seat, i).is_placed)
      all[i] = make_box (self, frame, &g_array_index (seats, Seat, i), at, size);
    else
      all[i].priority = G_MAXINT - 1;
  (void)gw_label_place (all, boxes->len, (float)frame->width + 2 * MARGIN_PX,
                        (float)frame->height + 2 * MARGIN_PX, GAP_PX, shows);
  for (guint i = 0; i < seats->len; i++)
    if (shows[i] && !g_array_index (seats, Seat, i).is_placed)
      {
        g_array_index (seats, Seat, i).is_placed = TRUE;
        g_array_index (seats, Seat, i).size = size;
      }
}

static void
gw_map_label_layer_draw (GwMapLayer *layer, GtkSnapshot *snapshot, const GwMapFrame *frame)
{
  GwMapLabelLayer *self = GW_MAP_LABEL_LAYER (layer);
  g_autoptr (GArray) seats = collect (self, frame);
  g_autoptr (GArray) boxes = g_array_new (FALSE, TRUE, sizeof (GwLabelBox));

  g_array_set_size (boxes, seats->len);
  add_circles (self, frame, boxes);
  for (guint size = 0; size < N_SIZES; size++)
    for (guint at = 0; at < G_N_ELEMENTS (places); at++)
      try_place (self, frame, seats, boxes, at, size);
  for (guint i = 0; i < seats->len; i++)
    {
      const GwLabelBox *box = &g_array_index (boxes, GwLabelBox, i);
      const Seat *seat = &g_array_index (seats, Seat, i);
      const Label *label = &g_array_index (self->labels, Label, seat->label);

      if (seat->is_placed)
        gw_map_stamp_append (snapshot, label->stamps[seat->size], round (box->x - MARGIN_PX),
                             round (box->y - MARGIN_PX));
    }
}

static void
forget_stamps (GwMapLabelLayer *self)
{
  for (guint i = 0; i < self->labels->len; i++)
    clear_stamps (&g_array_index (self->labels, Label, i));
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
  g_clear_pointer (&GW_MAP_LABEL_LAYER (object)->areas, gw_map_areas_unref);
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
  gw_map_areas_ref (areas);
  g_clear_pointer (&self->areas, gw_map_areas_unref);
  self->areas = areas;
  for (guint i = 0; i < gw_map_areas_get_n (areas); i++)
    {
      const GwArea *area = gw_area_tree_get (tree, gw_map_areas_get_id (areas, i));
      GwWorldBox box = gw_map_areas_get_box (areas, i);
      Label label = { .place = gw_map_areas_get_label_place (areas, i),
                      .rings = gw_map_areas_get_rings (areas, i),
                      .width_units = (double)box.x1 - box.x0 };

      if (label.rings == NULL)
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
