/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-figure-strip.h"

#include "gw-ui.h"
#include <glib/gi18n-lib.h>
#include <math.h>

struct _GwFigureStrip
{
  AdwBin parent;
  GwFilterModel *model; /* owned */
  GPtrArray *figures;   /* owned, nullable: GwFigure, one a button */
  GCancellable *asking; /* owned, nullable */
  GtkWidget *box;       /* the buttons */
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (GwFigureStrip, gw_figure_strip, ADW_TYPE_BIN)

static void ask (GwFigureStrip *self);

static GwFigure *
figure_of (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), "gw-figure");
}

/* The matters behind the figure, in the order the reader chose. */
static void
clicked_cb (GtkWidget *button, GwFigureStrip *self)
{
  GwSession *session = gw_filter_model_get_session (self->model);
  const GwFilter *now = gw_filter_model_get (self->model);
  g_autoptr (GError) error = NULL;
  g_autoptr (GwFilter) filter = NULL;

  filter = gw_filter_from_text (figure_of (button)->filter, gw_session_get_areas (session), &error);
  if (filter == NULL)
    {
      gw_ui_toast_error (GTK_WIDGET (self), error);
      return;
    }
  filter->sort = now->sort;
  gw_filter_model_set (self->model, filter);
}

static void
fill_button (GtkWidget *button, GwFigure *figure)
{
  GtkWidget *box = gtk_button_get_child (GTK_BUTTON (button));
  GtkWidget *value = gtk_widget_get_first_child (box);
  GtkWidget *unit = gtk_widget_get_next_sibling (value);
  gboolean percent = g_strcmp0 (figure->unit, "%") == 0 && !isnan (figure->number);
  g_autofree char *shown = g_strconcat (figure->value, percent ? " %" : "", NULL);
  g_autofree char *name =
      g_strdup_printf (_ ("%s: %s %s"), figure->label, figure->value, figure->unit);

  gtk_label_set_label (GTK_LABEL (value), shown);
  gtk_label_set_label (GTK_LABEL (unit), figure->label);
  gw_ui_set_name (button, name);
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_sensitive (button, figure->filter != NULL);
  g_object_set_data (G_OBJECT (button), "gw-figure", figure);
}

static GtkWidget *
button_new (GwFigureStrip *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *value = gtk_label_new (NULL), *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_widget_add_css_class (value, "figure-value");
  gtk_widget_add_css_class (value, "numeric");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "figure-label");
  gtk_box_append (GTK_BOX (box), value);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_add_css_class (button, "figure");
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
  return button;
}

/* As high as a figure: nothing moves when the first answer comes. */
static void
add_place (GwFigureStrip *self)
{
  GtkWidget *button = button_new (self);
  GtkWidget *value = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_label_set_label (GTK_LABEL (value), "–");
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (value)), " ");
  gw_ui_set_name (button, _ ("Figures"));
  gtk_widget_set_sensitive (button, FALSE);
  gtk_box_append (GTK_BOX (self->box), button);
}

/* Buttons stay where they are while their number stays, so that the focus does. */
static void
show (GwFigureStrip *self, GPtrArray *figures)
{
  GtkWidget *button = gtk_widget_get_first_child (self->box);

  for (guint i = 0; i < figures->len; i++)
    {
      if (button == NULL)
        {
          button = button_new (self);
          gtk_box_append (GTK_BOX (self->box), button);
        }
      fill_button (button, g_ptr_array_index (figures, i));
      button = gtk_widget_get_next_sibling (button);
    }
  while (button != NULL)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (button);

      gtk_box_remove (GTK_BOX (self->box), button);
      button = next;
    }
  g_clear_pointer (&self->figures, g_ptr_array_unref);
  self->figures = g_ptr_array_ref (figures);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwFigureStrip) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) figures = gw_session_figures_finish (GW_SESSION (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the window left the file */
  g_clear_object (&self->asking);
  if (figures == NULL)
    figures = g_ptr_array_new (); /* the seat may not see figures: the strip is empty */
  show (self, figures);
  gtk_widget_set_visible (GTK_WIDGET (self), figures->len > 0);
  if (self->stale)
    ask (self);
}

static void
ask (GwFigureStrip *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  self->stale = FALSE;
  gw_session_figures_async (gw_filter_model_get_session (self->model),
                            gw_filter_model_get (self->model), self->asking, answered_cb,
                            g_object_ref (self));
}

/* Comes after each answer to the filter, so many times a second during an import; a question on its
 * way may finish, or no figure would appear before the end. */
static void
selection_changed_cb (GwFigureStrip *self)
{
  if (self->asking != NULL)
    self->stale = TRUE;
  else
    ask (self);
}

static void
gw_figure_strip_dispose (GObject *object)
{
  GwFigureStrip *self = GW_FIGURE_STRIP (object);

  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (gw_figure_strip_parent_class)->dispose (object);
}

static void
gw_figure_strip_finalize (GObject *object)
{
  GwFigureStrip *self = GW_FIGURE_STRIP (object);

  g_clear_pointer (&self->figures, g_ptr_array_unref);
  G_OBJECT_CLASS (gw_figure_strip_parent_class)->finalize (object);
}

static void
gw_figure_strip_class_init (GwFigureStripClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gw_figure_strip_dispose;
  G_OBJECT_CLASS (klass)->finalize = gw_figure_strip_finalize;
}

static void
gw_figure_strip_init (GwFigureStrip *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  gtk_widget_add_css_class (self->box, "figures");
  gw_ui_set_name (self->box, _ ("Figures"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->box);
  adw_bin_set_child (ADW_BIN (self), scroller);
  add_place (self);
}

GtkWidget *
gw_figure_strip_new (GwFilterModel *model)
{
  GwFigureStrip *self = g_object_new (GW_TYPE_FIGURE_STRIP, NULL);

  if (model == NULL)
    return GTK_WIDGET (self);
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (gw_filter_model_get_selection (model) != NULL)
    ask (self);
  return GTK_WIDGET (self);
}
