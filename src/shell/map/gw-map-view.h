/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-filter-model.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_MAP_VIEW (gw_map_view_get_type ())
G_DECLARE_FINAL_TYPE (GwMapView, gw_map_view, GW, MAP_VIEW, AdwBin)

GtkWidget *gw_map_view_new (GwSession *session, GwFilterModel *model);
void gw_map_view_begin_pick (GwMapView *self);
void gw_map_view_show_matter (GwMapView *self, gint64 id, gint32 x, gint32 y);
void gw_map_view_show_area (GwMapView *self, guint32 area);
void gw_map_view_go_home (GwMapView *self);
char *gw_map_view_dup_state (GwMapView *self);
void gw_map_view_restore_state (GwMapView *self, const char *state);

G_END_DECLS
