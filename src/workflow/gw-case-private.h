/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-case.h"

G_BEGIN_DECLS

void gw_case_touch_assignment (GwCase *self, GwAssignment *assignment);
void gw_case_touch_clock (GwCase *self, const GwClockRow *clock);

/* The open lead assignment, or NULL. */
GwAssignment *gw_case_lead (const GwCase *self);

/* gw-case-clocks.c */
/* Stops the clock of the state that is left and starts that of the state entered; a pause keeps it.
 */
void gw_case_move_clocks (
    GwCase *self, const GwCaseWorld *world, GwMatterState from, GwMatterState to, gint64 at);

/* gw-case-effects.c: what a verb does beside changing the state. */
gboolean gw_case_effect (GwCase *self,
                         const GwCaseWorld *world,
                         const GwActor *actor,
                         const GwVerbRequest *request,
                         GwMatterState to,
                         gint64 at,
                         GwEvent *event,
                         GError **error);

G_END_DECLS
