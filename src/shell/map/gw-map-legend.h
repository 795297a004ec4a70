/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the colours mean, in words and figures: colour alone says nothing. */

#include "gw-map-classes.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_MAP_LEGEND (gw_map_legend_get_type ())
G_DECLARE_FINAL_TYPE (GwMapLegend, gw_map_legend, GW, MAP_LEGEND, GtkBox)

GtkWidget *gw_map_legend_new (void);
/* @figure, @level: "Open matters", "township". @has_empty: whether areas without matters, or
 * without data, are on the map. */
void gw_map_legend_set (GwMapLegend *self,
                        const char *figure,
                        const char *level,
                        const GwMapClasses *classes,
                        gboolean has_empty,
                        gboolean is_dark);
/* A line below; NULL for none. */
void gw_map_legend_set_note (GwMapLegend *self, const char *note);
/* All of it as one sentence; transfer full. */
char *gw_map_legend_dup_text (GwMapLegend *self);

G_END_DECLS
