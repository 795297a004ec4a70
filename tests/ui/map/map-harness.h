/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A window for one widget, under a display without a person. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef gboolean (*MapHarnessFunc) (gpointer data);

/* GTK, libadwaita and the resources of the shell. */
void map_harness_init (void);
GtkWidget *map_harness_open_window (GtkWidget *child, int width, int height);
/* Runs the main loop until @is_done says so; FALSE when @limit_seconds are over. */
gboolean map_harness_wait (MapHarnessFunc is_done, gpointer data, guint limit_seconds);
/* What the widget shows now, as PNG. */
gboolean map_harness_save (GtkWidget *widget, const char *path);

G_END_DECLS
