/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The line at the foot of every page: mode, state of the file, the mark of demonstration data, who
 * sits where. */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_STATUS_BAR (gw_status_bar_get_type ())
G_DECLARE_FINAL_TYPE (GwStatusBar, gw_status_bar, GW, STATUS_BAR, AdwBin)

GtkWidget *gw_status_bar_new (void);
void gw_status_bar_set_session (GwStatusBar *self, GwSession *session /* nullable */);
/* Why the last question had no answer; nullable. */
void gw_status_bar_set_problem (GwStatusBar *self, const char *problem);

G_END_DECLS
