/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* How far a matter has come: one mark for each state of the plain way, the present one with its
 * word. */

#include "gw-state.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_STATE_TRACK (gw_state_track_get_type ())
G_DECLARE_FINAL_TYPE (GwStateTrack, gw_state_track, GW, STATE_TRACK, AdwBin)

GtkWidget *gw_state_track_new (void);
/* Marks the stations behind @state as passed and its own as reached. */
void gw_state_track_set (GwStateTrack *self, GwMatterState state);

G_END_DECLS
