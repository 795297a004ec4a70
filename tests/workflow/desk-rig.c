/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk-rig.h"

void
rig_set_up (Rig *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwAreaTree) tree = NULL;
  g_autoptr (GPtrArray) orgs = NULL;
  g_autoptr (GPtrArray) types = NULL;

  fixture_set_up (&self->fixture, NULL);
  tree = gw_store_load_areas (self->fixture.store, &error);
  g_assert_no_error (error);
  orgs = gw_store_load_orgs (self->fixture.store, &error);
  g_assert_no_error (error);
  types = gw_store_load_types (self->fixture.store, &error);
  g_assert_no_error (error);
  self->calendar = gw_calendar_new_plain ();
  self->desk = gw_desk_new (tree, self->calendar, orgs, types);
}

void
rig_tear_down (Rig *self, gconstpointer unused)
{
  g_clear_pointer (&self->desk, gw_desk_unref);
  g_clear_pointer (&self->calendar, gw_calendar_unref);
  fixture_tear_down (&self->fixture, NULL);
}

GwIntake *
rig_intake (void)
{
  GwIntake *intake = gw_intake_new (FIXTURE_TYPE);
  g_autoptr (GwTypeSpec) type = fixture_type ();

  intake->title = g_strdup ("楼上漏水影响楼下");
  intake->summary = g_strdup ("双方对维修费用有分歧");
  intake->source = g_strdup ("visit");
  intake->level = 1;
  intake->urgency = GW_URGENCY_NORMAL;
  intake->severity = GW_SEVERITY_GENERAL;
  intake->sensitivity = GW_SENSITIVITY_INTERNAL;
  intake->precision = GW_PRECISION_GRID;
  intake->area = FIXTURE_FIRST_MICRO;
  for (guint i = 0; i < type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (type->fields, i);
      const GwCodeListSpec *list = gw_type_spec_find_list (type, field->target);

      if ((field->flags & GW_FIELD_REQUIRED) != 0 && list != NULL)
        g_hash_table_insert (intake->values, g_strdup (field->id),
                             g_strdup (((GwCodeSpec *)g_ptr_array_index (list->codes, 0))->code));
    }
  return intake;
}

typedef struct
{
  Rig *rig;
  const GwIntake *intake;
  const GwVerbRequest *request;
  GwMatter *matter;
} Step;

static gboolean
submit_cb (GwTx *tx, gpointer data, GError **error)
{
  Step *step = data;

  step->matter = gw_desk_submit (step->rig->desk, tx, step->intake, 0, 0, error);
  return step->matter != NULL;
}

GwMatter *
rig_submit (Rig *self)
{
  g_autoptr (GwIntake) intake = rig_intake ();
  g_autoptr (GError) error = NULL;
  GwActor actor = fixture_actor (GW_ROLE_INTAKE, RIG_CENTRE, GW_AREA_NONE);
  Step step = { .rig = self, .intake = intake };

  gw_store_write (self->fixture.store, GW_LANE_VERB, &actor, submit_cb, &step, NULL, &error);
  g_assert_no_error (error);
  return step.matter;
}

static gboolean
apply_cb (GwTx *tx, gpointer data, GError **error)
{
  Step *step = data;

  step->matter = gw_desk_apply (step->rig->desk, tx, step->request, error);
  return step->matter != NULL;
}

GwMatter *
rig_try (Rig *self, GwRole role, guint32 org, GwVerbRequest *request, GError **error)
{
  GwActor actor = fixture_actor (role, org, GW_AREA_NONE);
  Step step = { .rig = self, .request = request };

  gw_store_write (self->fixture.store, GW_LANE_VERB, &actor, apply_cb, &step, NULL, error);
  gw_verb_request_free (request);
  return step.matter;
}

GwMatterState
rig_do (Rig *self, GwRole role, guint32 org, GwVerbRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = rig_try (self, role, org, request, &error);

  g_assert_no_error (error);
  return matter->state;
}

GwVerbRequest *
rig_request (gint64 matter, GwVerb verb)
{
  GwVerbRequest *request = gw_verb_request_new (matter, verb);
  const char *const *codes = gw_reason_codes (verb);

  request->org = RIG_UNIT;
  request->level = 2;
  request->days = 5;
  request->reason = g_strdup ("按规定办理并说明理由");
  request->reason_code = codes != NULL ? g_strdup (codes[0]) : NULL;
  request->other_way = verb == GW_VERB_REJECT ? g_strdup (gw_other_ways ()[0]) : NULL;
  request->result = g_strdup ("已处理完毕并告知双方");
  request->answer = g_strdup ("satisfied");
  request->solved = g_strdup ("yes");
  request->channel = g_strdup ("phone");
  if (verb == GW_VERB_CORRECT)
    {
      request->changes = gw_values_new ();
      g_hash_table_insert (request->changes, g_strdup ("level"), g_strdup ("3"));
    }
  return request;
}

gint64
rig_matter_in (Rig *self, GwMatterState state)
{
  static const struct
  {
    GwMatterState reached;
    GwVerb verb;
    GwRole role;
    guint32 org;
  } road[] = {
    { GW_STATE_FILED, GW_VERB_FILE, GW_ROLE_DISPATCHER, RIG_CENTRE },
    { GW_STATE_WAITING, GW_VERB_DISPATCH, GW_ROLE_DISPATCHER, RIG_CENTRE },
    { GW_STATE_HANDLING, GW_VERB_SIGN, GW_ROLE_UNIT_HANDLER, RIG_UNIT },
    { GW_STATE_HANDLED, GW_VERB_DONE, GW_ROLE_UNIT_HANDLER, RIG_UNIT },
    { GW_STATE_EVALUATING, GW_VERB_PASS, GW_ROLE_VERIFIER, RIG_VERIFY },
    { GW_STATE_CLOSED, GW_VERB_RECORD, GW_ROLE_INTAKE, RIG_CENTRE },
    { GW_STATE_ARCHIVED, GW_VERB_ARCHIVE, GW_ROLE_DISPATCHER, RIG_CENTRE },
  };
  g_autoptr (GwMatter) matter = rig_submit (self);
  g_autoptr (GwMatter) master = NULL;

  if (state == GW_STATE_REPORTED)
    return matter->id;
  if (state == GW_STATE_REJECTED)
    {
      rig_do (self, GW_ROLE_DISPATCHER, RIG_CENTRE, rig_request (matter->id, GW_VERB_REJECT));
      return matter->id;
    }
  if (state == GW_STATE_MERGED)
    {
      GwVerbRequest *request = rig_request (matter->id, GW_VERB_MERGE);

      master = rig_submit (self);
      request->master = master->id;
      rig_do (self, GW_ROLE_DISPATCHER, RIG_CENTRE, request);
      return matter->id;
    }
  for (guint i = 0; i < G_N_ELEMENTS (road); i++)
    {
      GwMatterState now =
          rig_do (self, road[i].role, road[i].org, rig_request (matter->id, road[i].verb));

      if (now == GW_STATE_HANDLING && state == GW_STATE_PAUSED)
        now =
            rig_do (self, GW_ROLE_UNIT_HANDLER, RIG_UNIT, rig_request (matter->id, GW_VERB_PAUSE));
      if (now == state)
        return matter->id;
    }
  g_assert_not_reached ();
}

GPtrArray *
rig_assignments (Rig *self, gint64 matter)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *assignments = gw_store_list_assignments (self->fixture.store, matter, &error);

  g_assert_no_error (error);
  return assignments;
}

GwMatter *
rig_matter (Rig *self, gint64 matter)
{
  g_autoptr (GError) error = NULL;
  GwMatter *found =
      gw_store_get_matter (self->fixture.store, &self->fixture.program, matter, &error);

  g_assert_no_error (error);
  return found;
}
