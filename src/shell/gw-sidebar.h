/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Situation, matters, the work of the own unit, then the modules in the order of the model under
 * the fixed headings of the glossary. Rows act when they are activated, not when the focus passes:
 * otherwise walking through would switch the page each time. */

#include "gw-filter-model.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_SIDEBAR (gw_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (GwSidebar, gw_sidebar, GW, SIDEBAR, AdwBin)

GtkWidget *gw_sidebar_new (GwFilterModel *model);
/* Which page is open: "situation", "matters", or another, which marks no row. */
void gw_sidebar_set_page (GwSidebar *self, const char *page);
/* The @n-th module row, from 1, as if it were activated. FALSE when there is none. */
gboolean gw_sidebar_activate_module (GwSidebar *self, guint n);

G_END_DECLS
