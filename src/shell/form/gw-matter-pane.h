/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_MATTER_PANE (gw_matter_pane_get_type ())
G_DECLARE_FINAL_TYPE (GwMatterPane, gw_matter_pane, GW, MATTER_PANE, AdwBin)

GtkWidget *gw_matter_pane_new (GwSession *session);
void gw_matter_pane_set_matter (GwMatterPane *self, gint64 id);

G_END_DECLS
