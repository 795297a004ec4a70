/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-case-private.h"

#include "gw-case-correct.h"
#include "gw-error.h"
#include <glib/gi18n-lib.h>

typedef struct
{
  GwCase *self;
  const GwCaseWorld *world;
  const GwActor *actor;
  const GwVerbRequest *request;
  GwMatterState to;
  gint64 at;
  GwEvent *event;
} Step;

typedef gboolean (*EffectFunc) (const Step *step, GError **error);

/* Coded facts of a verb, for the timeline and for whoever replays the journal; no free text. */
static void
set_delta (const Step *step, const char *key, ...)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) value = NULL;
  va_list args;

  va_start (args, key);
  for (const char *k = key; k != NULL; k = va_arg (args, const char *))
    {
      const char *text = va_arg (args, const char *);

      if (text != NULL)
        g_variant_dict_insert (&dict, k, "s", text);
    }
  va_end (args);
  value = g_variant_ref_sink (g_variant_dict_end (&dict));
  step->event->delta = g_variant_print (value, FALSE);
}

static const GwOrg *
find_org (const Step *step, GError **error)
{
  guint32 id = step->request->org;
  const GwOrg *org = step->world->orgs != NULL && id < step->world->orgs->len
                         ? g_ptr_array_index (step->world->orgs, id)
                         : NULL;

  if (id == 0 || org == NULL)
    return gw_throw_null (error, GW_ERROR_INVALID,
                          _ ("Choose the unit: there is no organisation with number %u"), id);
  return org;
}

static void
add_assignment (const Step *step, const GwOrg *org, int part)
{
  GwAssignment *assignment = g_new0 (GwAssignment, 1);
  GwLimit limit =
      gw_limit_default (GW_CLOCK_ACCEPT, step->self->matter->urgency, step->self->matter->level);

  assignment->matter = step->self->matter->id;
  assignment->org = org->id;
  assignment->part = part;
  assignment->sent = step->at;
  assignment->due =
      limit.n > 0 ? gw_calendar_add (step->world->calendar, step->at, limit.n, limit.unit) : 0;
  g_ptr_array_add (step->self->assignments, assignment);
  gw_case_touch_assignment (step->self, assignment);
}

/* A matter from a file may lack what its kind requires; the limits that filing starts are chosen by
 * it, so here at the latest it must be known. */
static gboolean
file_effect (const Step *step, GError **error)
{
  const GwMatter *matter = step->self->matter;
  const GwTypeSpec *type = matter->type < step->world->types->len
                               ? g_ptr_array_index (step->world->types, matter->type)
                               : NULL;

  for (guint i = 0; type != NULL && i < type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (type->fields, i);

      if ((field->flags & GW_FIELD_REQUIRED) == 0 || field->privacy == GW_CLASS_VAULT)
        continue;
      if (matter->values == NULL || !g_hash_table_contains (matter->values, field->id))
        return gw_throw (error, GW_ERROR_INVALID,
                         _ ("“%s” is not filled in yet: correct the matter first, then file it"),
                         field->label);
    }
  return TRUE;
}

static gboolean
dispatch_effect (const Step *step, GError **error)
{
  const GwOrg *org = find_org (step, error);

  if (org == NULL)
    return FALSE;
  add_assignment (step, org, 1);
  step->self->matter->lead_org = org->id;
  set_delta (step, "org", org->code, NULL);
  return TRUE;
}

static gboolean
ask_co_effect (const Step *step, GError **error)
{
  const GwOrg *org = find_org (step, error);

  if (org == NULL)
    return FALSE;
  for (guint i = 0; i < step->self->assignments->len; i++)
    {
      const GwAssignment *other = g_ptr_array_index (step->self->assignments, i);

      if (other->org == org->id && other->returned == 0)
        return gw_throw (error, GW_ERROR_INVALID, _ ("%s already takes part: choose another unit"),
                         org->name);
    }
  add_assignment (step, org, 2);
  set_delta (step, "org", org->code, NULL);
  return TRUE;
}

static gboolean
sign_effect (const Step *step, GError **error)
{
  GwAssignment *lead = gw_case_lead (step->self);

  lead->accepted = step->at;
  gw_case_touch_assignment (step->self, lead);
  return TRUE;
}

/* The unit gives the matter back to the centre: its part ends, nobody leads. */
static void
end_lead (const Step *step, const char *reason)
{
  for (guint i = 0; i < step->self->assignments->len; i++)
    {
      GwAssignment *assignment = g_ptr_array_index (step->self->assignments, i);

      if (assignment->returned != 0)
        continue;
      assignment->returned = step->at;
      g_free (assignment->return_reason);
      assignment->return_reason = g_strdup (reason);
      gw_case_touch_assignment (step->self, assignment);
    }
  step->self->matter->lead_org = 0;
}

static gboolean
return_effect (const Step *step, GError **error)
{
  end_lead (step, step->request->reason_code);
  set_delta (step, "reason", step->request->reason_code, NULL);
  return TRUE;
}

static gboolean
suggest_reject_effect (const Step *step, GError **error)
{
  end_lead (step, "suggest_reject");
  return TRUE;
}

static gboolean
transfer_effect (const Step *step, GError **error)
{
  char from[12], to[12];

  if (step->request->level == step->self->matter->level)
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("The matter is on this level already: choose the level above or below"));
  g_snprintf (from, sizeof from, "%d", step->self->matter->level);
  g_snprintf (to, sizeof to, "%d", step->request->level);
  set_delta (step, "from_level", from, "level", to, NULL);
  end_lead (step, "transfer");
  step->self->matter->level = step->request->level;
  return TRUE;
}

static void
set_result (const Step *step)
{
  g_free (step->self->matter->result);
  step->self->matter->result = g_strdup (step->request->result);
}

static gboolean
done_effect (const Step *step, GError **error)
{
  GwAssignment *lead = gw_case_lead (step->self);

  lead->done = step->at;
  g_free (lead->opinion);
  lead->opinion = g_strdup (step->request->result);
  gw_case_touch_assignment (step->self, lead);
  set_result (step);
  return TRUE;
}

/* Solved at the desk: the desk's own unit has handled it, so another one must verify. */
static gboolean
solve_effect (const Step *step, GError **error)
{
  step->self->matter->lead_org = step->actor->org;
  set_result (step);
  return TRUE;
}

static gboolean
pause_effect (const Step *step, GError **error)
{
  char days[12];

  g_snprintf (days, sizeof days, "%u", step->request->days);
  set_delta (step, "reason", step->request->reason_code, "days", days, NULL);
  return TRUE;
}

static gboolean
reject_effect (const Step *step, GError **error)
{
  set_delta (step, "reason", step->request->reason_code, "other_way", step->request->other_way,
             NULL);
  return TRUE;
}

static gboolean
merge_effect (const Step *step, GError **error)
{
  char master[24];

  if (step->request->master == step->self->matter->id)
    return gw_throw (error, GW_ERROR_INVALID, _ ("A matter cannot be merged into itself"));
  g_snprintf (master, sizeof master, "%" G_GINT64_FORMAT, step->request->master);
  set_delta (step, "master", master, NULL);
  step->self->matter->master = step->request->master;
  return TRUE;
}

static gboolean
split_effect (const Step *step, GError **error)
{
  step->self->matter->master = 0;
  return TRUE;
}

/* Back to work: the unit's "done" no longer holds. */
static void
undo_done (const Step *step)
{
  GwAssignment *lead = gw_case_lead (step->self);

  if (lead == NULL)
    return;
  lead->done = 0;
  gw_case_touch_assignment (step->self, lead);
}

static gboolean
fail_effect (const Step *step, GError **error)
{
  undo_done (step);
  return TRUE;
}

static gboolean
record_effect (const Step *step, GError **error)
{
  GwCaseVisit *visit = g_new0 (GwCaseVisit, 1);
  const GwVerbRequest *request = step->request;

  visit->channel = g_strdup (request->channel);
  visit->answer = g_strdup (request->answer);
  visit->solved = g_strdup (request->solved);
  visit->note = g_strdup (request->note);
  g_ptr_array_add (step->self->visits, visit);
  set_delta (step, "channel", request->channel, "answer", request->answer, "solved",
             request->solved, NULL);
  if (step->to == GW_STATE_CLOSED)
    {
      step->self->matter->closed = step->at;
      return TRUE;
    }
  step->self->failed_visits++;
  undo_done (step);
  return TRUE;
}

static gboolean
reopen_effect (const Step *step, GError **error)
{
  if (step->self->matter->closed != 0)
    {
      step->self->matter->closed = 0;
      step->self->matter->reopened++;
      step->self->failed_visits = 0;
      end_lead (step, "reopen");
    }
  return TRUE;
}

static gboolean
correct_effect (const Step *step, GError **error)
{
  return gw_case_correct (step->self, step->world, step->request, step->event, error);
}

static const EffectFunc effects[GW_N_VERBS] = {
  [GW_VERB_FILE] = file_effect,         [GW_VERB_REJECT] = reject_effect,
  [GW_VERB_MERGE] = merge_effect,       [GW_VERB_SOLVE] = solve_effect,
  [GW_VERB_DISPATCH] = dispatch_effect, [GW_VERB_SIGN] = sign_effect,
  [GW_VERB_RETURN] = return_effect,     [GW_VERB_DONE] = done_effect,
  [GW_VERB_PAUSE] = pause_effect,       [GW_VERB_ASK_CO] = ask_co_effect,
  [GW_VERB_TRANSFER] = transfer_effect, [GW_VERB_SUGGEST_REJECT] = suggest_reject_effect,
  [GW_VERB_FAIL] = fail_effect,         [GW_VERB_RECORD] = record_effect,
  [GW_VERB_REOPEN] = reopen_effect,     [GW_VERB_SPLIT] = split_effect,
  [GW_VERB_CORRECT] = correct_effect,
};

/* The words of the person, in the order people read them: what was done, why, what else. */
static char *
join_words (const GwVerbRequest *request)
{
  const char *words[] = { request->result, request->reason, request->note };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i] != NULL && words[i][0] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", words[i]);
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

gboolean
gw_case_effect (GwCase *self,
                const GwCaseWorld *world,
                const GwActor *actor,
                const GwVerbRequest *request,
                GwMatterState to,
                gint64 at,
                GwEvent *event,
                GError **error)
{
  Step step = { self, world, actor, request, to, at, event };
  EffectFunc effect = effects[request->verb];

  event->reason = join_words (request);
  return effect == NULL || effect (&step, error);
}
