/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The matters of one circle as a list to choose from, all of them however many.
 *
 * signal: "chosen" (gint64 matter). */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_MAP_LIST (gw_map_list_get_type ())
G_DECLARE_FINAL_TYPE (GwMapList, gw_map_list, GW, MAP_LIST, AdwBin)

/* @ids is copied. @seq: the journal position of the answer that they come from. */
GtkWidget *gw_map_list_new (GwSession *session, const gint64 *ids, guint n, gint64 seq);
void gw_map_list_focus (GwMapList *self);

G_END_DECLS
