/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-page-frame.h"

#include "gw-ui.h"
#include <glib/gi18n-lib.h>

GtkWidget *
gw_page_frame_new (const char *title, GtkWidget *child)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (title);

  gtk_widget_add_css_class (bar, "filter-bar");
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (bar),
                  gw_ui_icon_button ("go-previous-symbolic", _ ("Back"), "win.back"));
  gtk_box_append (GTK_BOX (bar), label);
  gtk_widget_set_vexpand (child, TRUE);
  gtk_box_append (GTK_BOX (column), bar);
  gtk_box_append (GTK_BOX (column), child);
  return column;
}
