/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-text-box.h"

struct _GwTextBox
{
  AdwBin parent;
  GtkTextView *view; /* borrowed from the child */
};

G_DEFINE_FINAL_TYPE (GwTextBox, gw_text_box, ADW_TYPE_BIN)

static void
changed_cb (GwTextBox *self)
{
  g_signal_emit_by_name (self, "changed");
}

static gboolean
gw_text_box_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (GW_TEXT_BOX (widget)->view));
}

static void
gw_text_box_class_init (GwTextBoxClass *klass)
{
  GTK_WIDGET_CLASS (klass)->grab_focus = gw_text_box_grab_focus;
  g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
gw_text_box_init (GwTextBox *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_top_margin (self->view, 6);
  gtk_text_view_set_bottom_margin (self->view, 6);
  gtk_text_view_set_left_margin (self->view, 8);
  gtk_text_view_set_right_margin (self->view, 8);
  g_signal_connect_object (gtk_text_view_get_buffer (self->view), "changed",
                           G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_widget_add_css_class (scroller, "text-box");
  adw_bin_set_child (ADW_BIN (self), scroller);
}

GtkWidget *
gw_text_box_new (int height)
{
  GwTextBox *self = g_object_new (GW_TYPE_TEXT_BOX, NULL);

  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (
                                                  adw_bin_get_child (ADW_BIN (self))),
                                              height);
  return GTK_WIDGET (self);
}

char *
gw_text_box_dup_text (GwTextBox *self)
{
  GtkTextBuffer *buffer = NULL;
  GtkTextIter start, end;

  g_return_val_if_fail (GW_IS_TEXT_BOX (self), NULL);
  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

void
gw_text_box_set_text (GwTextBox *self, const char *text)
{
  g_return_if_fail (GW_IS_TEXT_BOX (self));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->view), text != NULL ? text : "", -1);
}

GtkWidget *
gw_text_box_get_focus (GwTextBox *self)
{
  g_return_val_if_fail (GW_IS_TEXT_BOX (self), NULL);
  return GTK_WIDGET (self->view);
}
