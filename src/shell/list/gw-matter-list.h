/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The table of what the filter selects. Selecting a line shows the matter on the map and in the
 * detail; Return goes there.
 *
 * signal "open": Return or a double click on the selected line. */

#include "gw-filter-model.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_MATTER_LIST (gw_matter_list_get_type ())
G_DECLARE_FINAL_TYPE (GwMatterList, gw_matter_list, GW, MATTER_LIST, AdwBin)

GtkWidget *gw_matter_list_new (GwFilterModel *model);
/* Puts the focus on the table. */
void gw_matter_list_focus (GwMatterList *self);
/* Typing in the table goes on in @entry. */
GtkWidget *gw_matter_list_get_table (GwMatterList *self);
/* Ids of columns that are not shown; transfer full. */
GStrv gw_matter_list_dup_hidden (GwMatterList *self);
void gw_matter_list_set_hidden (GwMatterList *self, const char *const *ids);
/* The menu of columns, for a button, and its actions, for the group "columns"; borrowed. */
GMenuModel *gw_matter_list_get_column_menu (GwMatterList *self);
GActionGroup *gw_matter_list_get_column_actions (GwMatterList *self);

G_END_DECLS
