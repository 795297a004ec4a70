/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Everything that happened to a matter, newest first: when, what, who, why, and its seal in the
 * journal. */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_TIMELINE (gw_timeline_get_type ())
G_DECLARE_FINAL_TYPE (GwTimeline, gw_timeline, GW, TIMELINE, AdwBin)

GtkWidget *gw_timeline_new (GwSession *session);
void gw_timeline_show (GwTimeline *self, GPtrArray *events /* GwEvent, oldest first */);

G_END_DECLS
