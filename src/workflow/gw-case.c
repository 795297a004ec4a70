/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-case.h"

#include "gw-case-private.h"
#include "gw-error.h"
#include <glib/gi18n-lib.h>

static void
visit_free (GwCaseVisit *visit)
{
  g_free (visit->channel);
  g_free (visit->answer);
  g_free (visit->solved);
  g_free (visit->note);
  g_free (visit);
}

GwCase *
gw_case_new_take (GwMatter *matter, gboolean stored)
{
  GwCase *self = g_new0 (GwCase, 1);

  self->matter = matter;
  self->before = stored ? gw_matter_copy (matter) : NULL;
  self->assignments = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_assignment_free);
  self->clocks = g_array_new (FALSE, TRUE, sizeof (GwClockRow));
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_event_free);
  self->visits = g_ptr_array_new_with_free_func ((GDestroyNotify)visit_free);
  self->touched = g_hash_table_new (NULL, NULL);
  return self;
}

void
gw_case_free (GwCase *self)
{
  if (self == NULL)
    return;
  gw_matter_free (self->matter);
  gw_matter_free (self->before);
  g_ptr_array_unref (self->assignments);
  g_array_unref (self->clocks);
  g_ptr_array_unref (self->events);
  g_ptr_array_unref (self->visits);
  g_hash_table_unref (self->touched);
  g_free (self);
}

/* Clocks move in memory when their array grows, so they are remembered by index + 1: a number that
 * no pointer of an assignment has. */
static gpointer
clock_key (guint i)
{
  return GUINT_TO_POINTER (i + 1);
}

void
gw_case_touch_assignment (GwCase *self, GwAssignment *assignment)
{
  g_hash_table_add (self->touched, assignment);
}

void
gw_case_touch_clock (GwCase *self, const GwClockRow *clock)
{
  g_hash_table_add (self->touched, clock_key ((guint)(clock - (GwClockRow *)self->clocks->data)));
}

gboolean
gw_case_assignment_touched (const GwCase *self, const GwAssignment *assignment)
{
  return g_hash_table_contains (self->touched, assignment);
}

gboolean
gw_case_clock_touched (const GwCase *self, guint i)
{
  return g_hash_table_contains (self->touched, clock_key (i));
}

GwAssignment *
gw_case_lead (const GwCase *self)
{
  for (guint i = self->assignments->len; i-- > 0;)
    {
      GwAssignment *assignment = g_ptr_array_index (self->assignments, i);

      if (assignment->part == 1 && assignment->returned == 0)
        return assignment;
    }
  return NULL;
}

static GwEvent *
event_new (const GwCase *self, const GwActor *actor, GwVerb verb, GwMatterState to, gint64 at)
{
  GwEvent *event = g_new0 (GwEvent, 1);

  event->matter = self->matter->id;
  event->at = at;
  event->verb = verb;
  event->from = self->matter->state;
  event->to = to;
  event->account = actor->account;
  event->org = actor->org;
  event->role = actor->role;
  return event;
}

void
gw_case_submit (GwCase *self, const GwCaseWorld *world, const GwActor *actor, gint64 at)
{
  self->matter->state = GW_STATE_DRAFT;
  g_ptr_array_add (self->events, event_new (self, actor, GW_VERB_SUBMIT, GW_STATE_REPORTED, at));
  gw_case_move_clocks (self, world, GW_STATE_DRAFT, GW_STATE_REPORTED, at);
  self->matter->state = GW_STATE_REPORTED;
}

/* Closing after a call-back depends on the answer; every other verb has one row per state. */
static const GwMove *
choose_move (const GwCase *self, const GwVerbRequest *request)
{
  if (request->verb == GW_VERB_RECORD && self->matter->state == GW_STATE_EVALUATING)
    return gw_move_for_answer (request->answer, request->solved, self->failed_visits);
  return gw_move_find (self->matter->state, request->verb);
}

gboolean
gw_case_apply (GwCase *self,
               const GwCaseWorld *world,
               const GwActor *actor,
               const GwVerbRequest *request,
               gint64 at,
               GError **error)
{
  g_autofree char *refusal = gw_case_refusal (self, world, actor, request->verb, at);
  const GwMove *move;
  GwMatterState from = self->matter->state;
  GwEvent *event;

  if (refusal != NULL)
    return gw_throw (error, GW_ERROR_REFUSED, "%s", refusal);
  move = choose_move (self, request);
  if (!gw_verb_request_check (request, move, error))
    return FALSE;
  if (move->verb == GW_VERB_RECORD && move->to == GW_STATE_CLOSED &&
      gw_answer_failed (request->answer, request->solved) &&
      (gw_move_guards_for (move, actor->role) & GW_GUARD_TWO_FAILS) != 0)
    return gw_throw (error, GW_ERROR_REFUSED,
                     _ ("This call-back is the third one that is dissatisfied and unsolved: the "
                        "supervisor or the director of the centre decides"));

  event = event_new (self, actor, request->verb, move->to, at);
  if (!gw_case_effect (self, world, actor, request, move->to, at, event, error))
    {
      gw_event_free (event);
      return FALSE;
    }
  g_ptr_array_add (self->events, event);
  if (from != move->to)
    gw_case_move_clocks (self, world, from, move->to, at);
  self->matter->state = move->to;
  return TRUE;
}
