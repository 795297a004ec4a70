/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The matters at one place, as a list to choose from; goes away by itself.
 *
 * signal: "chosen" (gint64 matter). */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_MAP_LIST (gw_map_list_get_type ())
G_DECLARE_FINAL_TYPE (GwMapList, gw_map_list, GW, MAP_LIST, AdwBin)

/* @n_all: how many there are, of which @n are listed. */
GtkWidget *gw_map_list_new (GwSession *session, const gint64 *ids, guint n, guint n_all);
/* Shows the list in a popover at a place of @parent. */
void gw_map_list_popup (GwMapList *self, GtkWidget *parent, double x, double y);

G_END_DECLS
