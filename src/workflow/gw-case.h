/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A matter with everything that hangs on it, in memory: the verbs of domain.md 4b.2 as a pure
 * function on it. No file is touched here, so that live work (load, one verb, save) and the demo
 * (a whole history, one save) pass the same guards, the same states and the same clocks. */

#include "gw-calendar.h"
#include "gw-matter.h"
#include "gw-records.h"

G_BEGIN_DECLS

typedef struct
{
  char *channel, *answer, *solved, *note; /* owned */
} GwCaseVisit;

typedef struct
{
  GwMatter *matter;       /* owned: as it is after the verbs so far */
  GwMatter *before;       /* owned, nullable: as stored; NULL while the matter is new */
  GPtrArray *assignments; /* owned, GwAssignment; id 0 = not stored yet */
  GArray *clocks;         /* owned, GwClockRow; id 0 = not stored yet */
  GPtrArray *events;      /* owned, GwEvent: the new ones, in order */
  GPtrArray *visits;      /* owned, GwCaseVisit: the new ones */
  guint failed_visits;    /* call-backs since the last closing that sent the matter back */
  GHashTable *touched;    /* owned: set of assignments and indexes of clocks that must be saved */
} GwCase;

/* Takes @matter; @before is a copy of it unless the matter is new. */
GwCase *gw_case_new_take (GwMatter *matter, gboolean stored);
void gw_case_free (GwCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwCase, gw_case_free)
gboolean gw_case_assignment_touched (const GwCase *self, const GwAssignment *assignment);
gboolean gw_case_clock_touched (const GwCase *self, guint i);

/* What the guards and clocks need to know of the world. Borrowed. */
typedef struct
{
  GwAreaTree *tree;
  const GwCalendar *calendar;
  GPtrArray *orgs;  /* GwOrg, index == id */
  GPtrArray *types; /* GwTypeSpec, index == number */
} GwCaseWorld;

/* The first entry: state REPORTED, journal SUBMIT, triage clock. */
void gw_case_submit (GwCase *self, const GwCaseWorld *world, const GwActor *actor, gint64 at);

/* NULL when @actor may use (state, verb) now; else a translated sentence that says what forbids it
 * and who may. Guards only; what the verb must bring is gw_case_apply's question. */
char *gw_case_refusal (
    const GwCase *self, const GwCaseWorld *world, const GwActor *actor, GwVerb verb, gint64 at);

/* One verb at @at. GW_ERROR_REFUSED and GW_ERROR_INVALID leave the case as it was. */
gboolean gw_case_apply (GwCase *self,
                        const GwCaseWorld *world,
                        const GwActor *actor,
                        const GwVerbRequest *request,
                        gint64 at,
                        GError **error);

/* The clock that runs or is paused now; NULL when none does. Borrowed until the next verb. */
GwClockRow *gw_case_running_clock (const GwCase *self);

G_END_DECLS
