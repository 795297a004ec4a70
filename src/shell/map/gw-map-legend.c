/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-legend.h"

#include "gw-ui.h"
#include <glib/gi18n-lib.h>

#define SWATCH_HEIGHT 10

struct _GwMapLegend
{
  GtkBox parent;
  GtkWidget *title; /* GtkLabel */
  GtkWidget *row;   /* GtkBox */
  GtkWidget *note;  /* GtkLabel */
  GString *text;    /* owned: title and classes in words */
};

G_DEFINE_FINAL_TYPE (GwMapLegend, gw_map_legend, GTK_TYPE_BOX)

static void
draw_swatch_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  guint32 colour = GPOINTER_TO_UINT (data);

  cairo_set_source_rgb (cr, (colour >> 16 & 0xff) / 255.0, (colour >> 8 & 0xff) / 255.0,
                        (colour & 0xff) / 255.0);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill_preserve (cr);
  cairo_set_source_rgba (cr, 0.5, 0.5, 0.5, 0.5);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

static void
add_class (GwMapLegend *self, const GwMapClasses *classes, int class_index, gboolean is_dark)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *swatch = gtk_drawing_area_new (), *label = NULL;
  g_autofree char *text = gw_map_classes_dup_label (classes, class_index);

  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (swatch), SWATCH_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (swatch), draw_swatch_cb,
                                  GUINT_TO_POINTER (
                                      gw_map_classes_get_colour (classes, class_index, is_dark)),
                                  NULL);
  label = gtk_label_new (text);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_set_size_request (box, 34, -1);
  gtk_box_append (GTK_BOX (box), swatch);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (self->row), box);
  g_string_append_printf (self->text, "%s%s", self->text->len > 0 ? ", " : "", text);
}

static void
gw_map_legend_finalize (GObject *object)
{
  g_string_free (GW_MAP_LEGEND (object)->text, TRUE);
  G_OBJECT_CLASS (gw_map_legend_parent_class)->finalize (object);
}

static void
gw_map_legend_class_init (GwMapLegendClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gw_map_legend_finalize;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
gw_map_legend_init (GwMapLegend *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 4);
  gtk_widget_add_css_class (widget, "map-float");
  gtk_widget_add_css_class (widget, "map-legend");
  gtk_widget_set_can_target (widget, FALSE);
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_add_css_class (self->title, "caption-heading");
  self->row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  self->note = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->note), 0);
  gtk_widget_add_css_class (self->note, "caption");
  gtk_widget_add_css_class (self->note, "numeric");
  self->text = g_string_new (NULL);
  gtk_box_append (GTK_BOX (self), self->title);
  gtk_box_append (GTK_BOX (self), self->row);
  gtk_box_append (GTK_BOX (self), self->note);
}

GtkWidget *
gw_map_legend_new (void)
{
  return g_object_new (GW_TYPE_MAP_LEGEND, NULL);
}

void
gw_map_legend_set (GwMapLegend *self,
                   const char *figure,
                   const char *level,
                   const GwMapClasses *classes,
                   gboolean has_empty,
                   gboolean is_dark)
{
  g_autofree char *title = NULL;

  g_return_if_fail (GW_IS_MAP_LEGEND (self));
  /* Translators: figure, level of areas: "Open matters by township". */
  title = g_strdup_printf (_ ("%1$s by %2$s"), figure, level);
  gtk_label_set_text (GTK_LABEL (self->title), title);
  gw_ui_remove_children (self->row);
  g_string_set_size (self->text, 0);
  if (has_empty)
    add_class (self, classes,
               classes->figure == GW_MAP_FIGURE_COUNT ? GW_MAP_CLASS_ZERO : GW_MAP_CLASS_NO_DATA,
               is_dark);
  for (guint i = 0; i < classes->n; i++)
    add_class (self, classes, (int)i, is_dark);
}

void
gw_map_legend_set_note (GwMapLegend *self, const char *note)
{
  g_autofree char *text = NULL;

  g_return_if_fail (GW_IS_MAP_LEGEND (self));
  gtk_label_set_text (GTK_LABEL (self->note), note != NULL ? note : "");
  gtk_widget_set_visible (self->note, note != NULL);
  text = gw_map_legend_dup_text (self);
  gw_ui_set_name (GTK_WIDGET (self), text);
}

char *
gw_map_legend_dup_text (GwMapLegend *self)
{
  const char *note = NULL;

  g_return_val_if_fail (GW_IS_MAP_LEGEND (self), NULL);
  note = gtk_label_get_text (GTK_LABEL (self->note));
  return g_strdup_printf (*note != '\0' ? "%s: %s. %s" : "%s: %s%s",
                          gtk_label_get_text (GTK_LABEL (self->title)), self->text->str, note);
}
