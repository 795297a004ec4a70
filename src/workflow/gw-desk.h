/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A verb = guard + rows + journal + clocks in one transaction. The desk runs inside gw_store_write,
 * on the writer thread, and is the only place that changes a matter: screen, import, demo, command
 * line and D-Bus all come through here. */

#include "gw-calendar.h"
#include "gw-case.h"
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

/* Takes a batch back, a part at a time (slices): of at most @max matters behind id *@after (0 at
 * the start; moved on) that nobody has touched since, each is withdrawn. *n_withdrawn and
 * *n_touched are those of this part; touched ones stay. *more says whether to go on; the last part
 * marks the batch as undone. */
gboolean gw_desk_undo_batch (GwDesk *self,
                             GwTx *tx,
                             gint64 batch,
                             guint max,
                             gint64 *after,
                             gboolean *more,
                             guint *n_withdrawn,
                             guint *n_touched,
                             GError **error);

/* For whole histories (the demo) and for imports whose rows are checked already.
 * @matter brings type, texts, place, times and values; takes it. The case is in memory until
 * gw_desk_save; verbs come from gw_case_apply with gw_desk_world. */
GwCase *gw_desk_new_case (
    GwDesk *self, GwMatter *matter, const GwActor *actor, gint64 at, GError **error);
const GwCaseWorld *gw_desk_world (const GwDesk *self);
/* Writes everything new in the case; the matter's id, number and case code are set afterwards. */
gboolean gw_desk_save (GwDesk *self, GwTx *tx, GwCase *matter_case, GError **error);
/* The matter that an intake becomes, without checking it: columns and canonical values copied. */
GwMatter *gw_desk_matter_of_intake (GwDesk *self, const GwIntake *intake, GError **error);

G_END_DECLS
