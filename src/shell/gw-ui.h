/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The few things that every page does alike. */

#include "gw-limit.h"
#include "gw-state.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_RESOURCE_PREFIX "/org/gridwork/Gridwork"

/* A flat button with an icon: tooltip, accessible name and action in one call. @name is translated;
 * @action ("win.export") nullable. */
GtkWidget *gw_ui_icon_button (const char *icon, const char *name, const char *action);
/* The name that a screen reader says. */
void gw_ui_set_name (GtkWidget *widget, const char *name);
void gw_ui_set_description (GtkWidget *widget, const char *description);

/* A short note at the lower edge of the window that @from lies in. */
void gw_ui_toast (GtkWidget *from, const char *message);
/* The same with a button that activates @action ("app.undo-batch(int64 7)"). */
void gw_ui_toast_undo (GtkWidget *from, const char *message, const char *action);
/* Cancelled is silence; anything else is said. */
void gw_ui_toast_error (GtkWidget *from, const GError *error);

/* A lamp in a list: shape and colour differ, the word is gw_lamp_label(). */
const char *gw_ui_lamp_glyph (GwLamp lamp);
const char *gw_ui_lamp_class (GwLamp lamp); /* CSS class */

/* "3月17日" in the civil time of the program, with the year when it is another than @now's;
 * transfer full. */
char *gw_ui_format_day (gint64 utc, gint64 now);
/* "in 2 days", "today 17:30", "3 days over"; empty for 0; transfer full. */
char *gw_ui_format_due (gint64 due, gint64 now);
/* With separators of thousands: "64,259"; transfer full. */
char *gw_ui_format_count (guint64 n);

/* GTK 4.8 walks a list row by row with Tab: this makes Tab leave it, as everywhere else. */
void gw_ui_leave_on_tab (GtkWidget *list);
/* The menu of @button, whose widgets are made when it is first opened. */
void gw_ui_set_menu (GtkMenuButton *button, GMenuModel *menu);
void gw_ui_remove_children (GtkWidget *box);
/* Escape closes a dialog, as everywhere on the desktop. */
void gw_ui_close_on_escape (GtkWindow *window);

G_END_DECLS
