/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Filter bar, map, list and detail over one filter. As "matters" the list alone. Below 1000 px the
 * detail is a page of its own.
 *
 * signal "ready", once: the map has been painted and the list is there. What else belongs to the
 * window is made then: the map waits for nobody.
 * signal "number-changed": the number of the selected matter became known. */

#include "gw-filter-model.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_DETAIL_MIN_WIDTH 1000

#define GW_TYPE_SITUATION_PAGE (gw_situation_page_get_type ())
G_DECLARE_FINAL_TYPE (GwSituationPage, gw_situation_page, GW, SITUATION_PAGE, AdwBin)

GtkWidget *gw_situation_page_new (GwFilterModel *model);
/* Map and list, or the list alone. */
void gw_situation_page_set_map_shown (GwSituationPage *self, gboolean shown);
GtkWidget *gw_situation_page_get_map (GwSituationPage *self); /* GwMapView */
/* GwMatterList; makes it when the map has not been painted yet. */
GtkWidget *gw_situation_page_get_list (GwSituationPage *self);
/* Closes a detail that covers the list. FALSE when none does. */
gboolean gw_situation_page_go_back (GwSituationPage *self);
/* The number of the selected matter, once it is known; nullable, transfer full. */
char *gw_situation_page_dup_number (GwSituationPage *self);
/* The panes in the order of F6, those that are on the screen; transfer container. */
GPtrArray *gw_situation_page_list_panes (GwSituationPage *self);
void gw_situation_page_save (GwSituationPage *self, GSettings *settings);
void gw_situation_page_restore (GwSituationPage *self, GSettings *settings);

G_END_DECLS
