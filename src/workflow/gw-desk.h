/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A verb = guard + rows + journal + clocks in one transaction. The desk runs inside gw_store_write,
 * on the writer thread, and is the only place that changes a matter: screen, import, demo, command
 * line and D-Bus all come through here. */

#include "gw-calendar.h"
#include "gw-tx.h"

G_BEGIN_DECLS

/* What the desk knows of the file while it works; immutable, made once per open file and again when
 * reference data changes. */
typedef struct _GwDesk GwDesk;
GwDesk *gw_desk_new (GwAreaTree *tree, GwCalendar *calendar, GPtrArray *orgs, GPtrArray *types);
GwDesk *gw_desk_ref (GwDesk *self);
void gw_desk_unref (GwDesk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwDesk, gw_desk_unref)
const GwCalendar *gw_desk_calendar (const GwDesk *self);

/* Takes in a new matter: checks role, scope and every field, gives number and case code, writes the
 * SUBMIT entry, starts the triage clock. @at: when it was reported (0 = now; imports and the demo
 * give the time of the file). @batch: 0 by hand. */
GwMatter *gw_desk_submit (
    GwDesk *self, GwTx *tx, const GwIntake *intake, gint64 at, gint64 batch, GError **error);

/* One verb. Errors: REFUSED (role, scope, guard, state; says which and who may), INVALID (what is
 * missing), STALE (@request->rev is not the current one; the text names who changed what since).
 * Returns the matter after it. */
GwMatter *gw_desk_apply (GwDesk *self, GwTx *tx, const GwVerbRequest *request, GError **error);

/* Which verbs @actor may use on @matter now, in the order of the loop: what the screen offers.
 * GArray of GwMove (target state of the plain case). The same guard as gw_desk_apply. */
GArray *gw_desk_offers (
    GwDesk *self, const GwActor *actor, const GwMatter *matter, GPtrArray *assignments, gint64 now);

/* Takes a batch back: every matter of it that nobody has touched since is withdrawn, at most @max a
 * call (slices); *left says how many remain, *touched how many stay because somebody worked on
 * them. */
gboolean gw_desk_undo_batch (
    GwDesk *self, GwTx *tx, gint64 batch, guint max, guint *left, guint *touched, GError **error);

/* Accepted-clock helper for lists: due date and lamp of the running clock. */
GwLamp gw_desk_lamp (const GwDesk *self, const GwClockRow *clock, gint64 now);

G_END_DECLS
