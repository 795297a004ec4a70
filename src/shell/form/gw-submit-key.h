/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Ctrl+Enter sends a form from wherever the keyboard is in it. A text of several lines would take
 * the key for a new line, so it is caught on its way down. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @func gets @widget, no arguments and no data. */
void gw_submit_key_add (GtkWidget *widget, GtkShortcutFunc func);

G_END_DECLS
