/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The conditions of the filter as chips that can be taken away, a menu that adds some, and how many
 * matters fit. The area has the breadcrumb, the words have the search field. */

#include "gw-filter-model.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_FILTER_BAR (gw_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (GwFilterBar, gw_filter_bar, GW, FILTER_BAR, AdwBin)

GtkWidget *gw_filter_bar_new (GwFilterModel *model);
/* The button that opens the conditions. */
void gw_filter_bar_focus (GwFilterBar *self);
/* Menu of the button at the end (columns of the list); its actions are in @group of @owner. */
void gw_filter_bar_set_view_menu (GwFilterBar *self, GMenuModel *menu);

G_END_DECLS
