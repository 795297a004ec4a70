/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Ctrl+K: one box for commands (>), places (@), matters (#) and modules. Commands and places answer
 * at once, matters as the file answers. */

#include "gw-filter-model.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_PALETTE (gw_palette_get_type ())
G_DECLARE_FINAL_TYPE (GwPalette, gw_palette, GW, PALETTE, AdwWindow)

/* Session and model nullable while no file is open: commands only. */
GtkWidget *gw_palette_present (GtkWindow *parent, GwSession *session, GwFilterModel *model);

G_END_DECLS
