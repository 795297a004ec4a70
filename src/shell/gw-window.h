/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The main window: header with search, sidebar, pages, figures, status line. It is on the screen
 * before the file is open; gw_window_take_session() fills it. */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_WINDOW (gw_window_get_type ())
G_DECLARE_FINAL_TYPE (GwWindow, gw_window, GW, WINDOW, AdwApplicationWindow)

/* A window without a file; its size comes from @settings. */
GwWindow *gw_window_new (GtkApplication *app, GSettings *settings);
/* Shows @session; the window keeps a reference. The one before is left and closed by its owner. */
void gw_window_take_session (GwWindow *self, GwSession *session);
/* Leaves the session, if there is one: after that nothing of the window asks it. */
void gw_window_leave_session (GwWindow *self);
GwSession *gw_window_get_session (GwWindow *self); /* nullable, borrowed */

/* What it shows while no file is open: see gw-start-page.h. */
void gw_window_show_first_run (GwWindow *self);
void gw_window_show_opening (GwWindow *self);
void gw_window_show_making (GwWindow *self, GCancellable *cancellable);
void gw_window_set_making_fraction (GwWindow *self, double fraction);
void gw_window_show_problem (GwWindow *self, const char *path, const GError *error);
/* Says why @path was not opened, while another file stays open. */
void gw_window_refuse_file (GwWindow *self, const char *path, const GError *error);

/* By number or case code; says so when there is none. */
void gw_window_show_number (GwWindow *self, const char *number);
void gw_window_show_matter (GwWindow *self, gint64 id);
/* A table from outside: the preview opens. */
void gw_window_import (GwWindow *self, const char *path);
/* Lets people pick a place on the map. The page of before comes back, then @func is called for
 * @owner, if it still lives; without a point when they thought better of it. */
typedef void (*GwPickFunc) (gpointer owner, gboolean has_point, gint x, gint y);
void gw_window_pick_point (GwWindow *self, GObject *owner, GwPickFunc func);
void gw_window_toast (GwWindow *self, const char *message);
/* Writes how the window stands into the settings. */
void gw_window_save_state (GwWindow *self);
/* What end-to-end tests ask: lines "key: value"; transfer full. */
char *gw_window_dup_debug_state (GwWindow *self);

G_END_DECLS
