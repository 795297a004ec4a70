/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Every command with its keys, from the registry. */

#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_SHORTCUTS_PAGE (gw_shortcuts_page_get_type ())
G_DECLARE_FINAL_TYPE (GwShortcutsPage, gw_shortcuts_page, GW, SHORTCUTS_PAGE, AdwBin)

GtkWidget *gw_shortcuts_page_new (void);

G_END_DECLS
