/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk-rig.h"

static void
test_loop (Rig *rig, gconstpointer unused)
{
  static const GwVerb verbs[] = { GW_VERB_SUBMIT, GW_VERB_FILE, GW_VERB_DISPATCH, GW_VERB_SIGN,
                                  GW_VERB_DONE,   GW_VERB_PASS, GW_VERB_RECORD };
  gint64 id = rig_matter_in (rig, GW_STATE_CLOSED);
  g_autoptr (GwMatter) matter = rig_matter (rig, id);
  g_autoptr (GPtrArray) assignments = rig_assignments (rig, id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events =
      gw_store_list_events (rig->fixture.store, &rig->fixture.program, id, &error);
  g_autoptr (GArray) clocks = gw_store_list_clocks (rig->fixture.store, id, &error);
  const GwAssignment *lead = g_ptr_array_index (assignments, 0);

  g_assert_no_error (error);
  g_assert_cmpstr (matter->number, ==, "510903-DIS-2026-000001");
  g_assert_cmpuint (strlen (matter->case_code), ==, GW_CASE_CODE_LENGTH);
  g_assert_cmpint (matter->closed, ==, FIXTURE_NOW);
  g_assert_cmpint (matter->due, ==, 0);
  g_assert_cmpuint (matter->lead_org, ==, RIG_UNIT);
  /* Every verb is one entry. */
  g_assert_cmpuint (events->len, ==, G_N_ELEMENTS (verbs));
  for (guint i = 0; i < events->len; i++)
    g_assert_cmpint (((GwEvent *)g_ptr_array_index (events, i))->verb, ==, verbs[i]);
  g_assert_cmpuint (assignments->len, ==, 1);
  g_assert_cmpint (lead->accepted, ==, FIXTURE_NOW);
  g_assert_cmpint (lead->done, ==, FIXTURE_NOW);
  for (guint i = 0; i < clocks->len; i++)
    g_assert_cmpint (g_array_index (clocks, GwClockRow, i).outcome, ==, GW_OUTCOME_MET);
  g_assert_cmpuint (clocks->len, ==, 5); /* triage, accept, handle, verify, call-back */
  fixture_assert_sound (rig->fixture.store);
}

static void
test_refusals (Rig *rig, gconstpointer unused)
{
  static const struct
  {
    const char *what;
    GwMatterState state;
    GwVerb verb;
    GwRole role;
    guint32 org;
  } cases[] = {
    { "a role that may not", GW_STATE_REPORTED, GW_VERB_FILE, GW_ROLE_INTAKE, RIG_CENTRE },
    { "a state that does not", GW_STATE_REPORTED, GW_VERB_SIGN, GW_ROLE_UNIT_HANDLER, RIG_UNIT },
    { "another unit signs", GW_STATE_WAITING, GW_VERB_SIGN, GW_ROLE_UNIT_HANDLER, RIG_VERIFY },
    { "another unit reports done", GW_STATE_HANDLING, GW_VERB_DONE, GW_ROLE_UNIT_HANDLER,
      RIG_VERIFY },
    { "the handling unit verifies", GW_STATE_HANDLED, GW_VERB_PASS, GW_ROLE_VERIFIER, RIG_UNIT },
    { "the leader only looks", GW_STATE_FILED, GW_VERB_DISPATCH, GW_ROLE_LEADER_VIEW, RIG_CENTRE },
    { "archived is final for intake", GW_STATE_ARCHIVED, GW_VERB_REOPEN, GW_ROLE_INTAKE,
      RIG_CENTRE },
    { "nobody imports as a verb", GW_STATE_FILED, GW_VERB_IMPORT, GW_ROLE_DISPATCHER, RIG_CENTRE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 id = rig_matter_in (rig, cases[i].state);
      gint64 seq = gw_store_last_seq (rig->fixture.store);
      g_autoptr (GError) error = NULL;
      g_autoptr (GwMatter) matter =
          rig_try (rig, cases[i].role, cases[i].org, rig_request (id, cases[i].verb), &error);

      g_test_message ("%s", cases[i].what);
      g_assert_null (matter);
      g_assert_error (error, GW_ERROR, GW_ERROR_REFUSED);
      g_assert_cmpint (gw_store_last_seq (rig->fixture.store), ==, seq);
    }
}

/* What the screen offers is what the desk accepts, for every state, role and verb. */
static void
test_offers (Rig *rig, gconstpointer unused)
{
  guint offered = 0;

  for (GwMatterState state = GW_STATE_REPORTED; state < GW_N_STATES; state++)
    {
      gint64 id = rig_matter_in (rig, state);

      for (guint role = 0; role < GW_N_ROLES; role++)
        for (guint32 org = RIG_CENTRE; org <= RIG_VERIFY; org++)
          {
            g_autoptr (GwMatter) matter = rig_matter (rig, id);
            g_autoptr (GPtrArray) assignments = rig_assignments (rig, id);
            GwActor actor = fixture_actor ((GwRole)role, org, GW_AREA_NONE);
            g_autoptr (GArray) offers =
                gw_desk_offers (rig->desk, &actor, matter, assignments, FIXTURE_NOW);

            g_assert_cmpint (matter->state, ==, state);
            for (GwVerb verb = GW_VERB_SUBMIT; verb < GW_N_VERBS; verb++)
              {
                gboolean is_offered = FALSE;
                g_autoptr (GError) error = NULL;
                g_autoptr (GwMatter) after = NULL;
                GwVerbRequest *request = gw_verb_request_new (id, verb);

                for (guint i = 0; i < offers->len; i++)
                  is_offered = is_offered || g_array_index (offers, GwMove, i).verb == verb;
                /* Offered ones would change the state that the next round looks at; the loop and
                 * the walk use them. */
                if (is_offered)
                  {
                    offered++;
                    gw_verb_request_free (request);
                    continue;
                  }
                after = rig_try (rig, (GwRole)role, org, request, &error);
                g_assert_null (after);
                g_assert_error (error, GW_ERROR, GW_ERROR_REFUSED);
              }
          }
    }
  g_assert_cmpuint (offered, >, 100);
}

static void
record_answer (
    Rig *rig, gint64 id, GwRole role, const char *answer, const char *solved, GError **error)
{
  GwVerbRequest *request = rig_request (id, GW_VERB_RECORD);
  g_autoptr (GwMatter) matter = NULL;

  g_free (request->answer);
  g_free (request->solved);
  request->answer = g_strdup (answer);
  request->solved = g_strdup (solved);
  matter = rig_try (rig, role, RIG_CENTRE, request, error);
}

static void
test_third_failure (Rig *rig, gconstpointer unused)
{
  gint64 id = rig_matter_in (rig, GW_STATE_EVALUATING);
  g_autoptr (GwMatter) matter = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      record_answer (rig, id, GW_ROLE_INTAKE, "dissatisfied", "no", &error);
      g_assert_no_error (error);
      rig_do (rig, GW_ROLE_UNIT_HANDLER, RIG_UNIT, rig_request (id, GW_VERB_DONE));
      rig_do (rig, GW_ROLE_VERIFIER, RIG_VERIFY, rig_request (id, GW_VERB_PASS));
    }
  record_answer (rig, id, GW_ROLE_INTAKE, "dissatisfied", "no", &error);
  g_assert_error (error, GW_ERROR, GW_ERROR_REFUSED);
  g_clear_error (&error);
  record_answer (rig, id, GW_ROLE_SUPERVISOR, "dissatisfied", "no", &error);
  g_assert_no_error (error);
  matter = rig_matter (rig, id);
  g_assert_cmpint (matter->state, ==, GW_STATE_CLOSED);
}

static void
test_missing (Rig *rig, gconstpointer unused)
{
  gint64 id = rig_matter_in (rig, GW_STATE_FILED);
  GwVerbRequest *request = rig_request (id, GW_VERB_DISPATCH);
  g_autoptr (GError) error = NULL;

  request->org = 0;
  g_assert_null (rig_try (rig, GW_ROLE_DISPATCHER, RIG_CENTRE, request, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
  g_clear_error (&error);
  request = rig_request (id, GW_VERB_NOTE);
  g_free (request->reason);
  request->reason = g_strdup ("联系人 13800138000 请回电");
  g_assert_null (rig_try (rig, GW_ROLE_DISPATCHER, RIG_CENTRE, request, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
}

static void
test_stale (Rig *rig, gconstpointer unused)
{
  gint64 id = rig_matter_in (rig, GW_STATE_FILED);
  g_autoptr (GwMatter) seen = rig_matter (rig, id);
  GwVerbRequest *request = rig_request (id, GW_VERB_DISPATCH);
  g_autoptr (GError) error = NULL;

  request->rev = seen->rev;
  rig_do (rig, GW_ROLE_DISPATCHER, RIG_CENTRE, rig_request (id, GW_VERB_CORRECT));
  g_assert_null (rig_try (rig, GW_ROLE_DISPATCHER, RIG_CENTRE, request, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_STALE);
}

static void
test_correct (Rig *rig, gconstpointer unused)
{
  gint64 id = rig_matter_in (rig, GW_STATE_REPORTED);
  GwVerbRequest *request = rig_request (id, GW_VERB_CORRECT);
  g_autoptr (GwMatter) matter = NULL;
  g_autoptr (GPtrArray) events = NULL;
  const GwEvent *last;

  g_hash_table_insert (request->changes, g_strdup ("title"), g_strdup ("楼道漏水影响通行"));
  rig_do (rig, GW_ROLE_INTAKE, RIG_CENTRE, request);
  matter = rig_matter (rig, id);
  g_assert_cmpstr (matter->title, ==, "楼道漏水影响通行");
  g_assert_cmpint (matter->level, ==, 3);
  g_assert_cmpint (matter->state, ==, GW_STATE_REPORTED);
  events = gw_store_list_events (rig->fixture.store, &rig->fixture.program, id, NULL);
  last = g_ptr_array_index (events, events->len - 1);
  /* Free text is in the words that can be erased, never in the delta that the chain keeps. */
  g_assert_nonnull (strstr (last->delta, "level"));
  g_assert_null (strstr (last->delta, "楼道"));
  g_assert_nonnull (strstr (last->reason, "楼道漏水影响通行"));
}

static void
test_reopen (Rig *rig, gconstpointer unused)
{
  gint64 id = rig_matter_in (rig, GW_STATE_CLOSED);
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = NULL;

  gw_clock_advance (rig->fixture.clock, 11 * 86400);
  g_assert_null (
      rig_try (rig, GW_ROLE_INTAKE, RIG_CENTRE, rig_request (id, GW_VERB_REOPEN), &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_REFUSED);
  g_assert_cmpint (rig_do (rig, GW_ROLE_DIRECTOR, RIG_CENTRE, rig_request (id, GW_VERB_REOPEN)), ==,
                   GW_STATE_FILED);
  matter = rig_matter (rig, id);
  g_assert_cmpuint (matter->reopened, ==, 1);
  g_assert_cmpint (matter->closed, ==, 0);
  g_assert_cmpuint (matter->lead_org, ==, 0);
}

static gboolean
add_batch_cb (GwTx *tx, gpointer data, GError **error)
{
  Rig *rig = data;
  GwBatch batch = { .type = (char *)FIXTURE_TYPE,
                    .file_name = (char *)"a.csv",
                    .sha256 = (char *)"00" };
  g_autoptr (GwIntake) intake = rig_intake ();

  if (!gw_tx_add_batch (tx, &batch, error))
    return FALSE;
  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (GwMatter) matter = gw_desk_submit (rig->desk, tx, intake, 0, batch.id, error);

      if (matter == NULL)
        return FALSE;
    }
  return gw_tx_finish_batch (tx, batch.id, 7, 0, error);
}

typedef struct
{
  Rig *rig;
  gint64 after;
  gboolean more;
  guint withdrawn, touched;
} Undo;

static gboolean
undo_cb (GwTx *tx, gpointer data, GError **error)
{
  Undo *undo = data;
  guint withdrawn = 0, touched = 0;
  gboolean good = gw_desk_undo_batch (undo->rig->desk, tx, 1, 4, &undo->after, &undo->more,
                                      &withdrawn, &touched, error);

  undo->withdrawn += withdrawn;
  undo->touched += touched;
  return good;
}

static void
test_undo_batch (Rig *rig, gconstpointer unused)
{
  GwActor duty = fixture_actor (GW_ROLE_DUTY_OFFICER, RIG_CENTRE, GW_AREA_NONE);
  g_autoptr (GError) error = NULL;
  Undo undo = { .rig = rig, .more = TRUE };

  gw_store_write (rig->fixture.store, GW_LANE_SLICE, &duty, add_batch_cb, rig, NULL, &error);
  g_assert_no_error (error);
  /* Somebody has worked on one of them: it stays. */
  rig_do (rig, GW_ROLE_DISPATCHER, RIG_CENTRE, rig_request (3, GW_VERB_FILE));
  for (guint slices = 0; undo.more; slices++)
    {
      g_assert_cmpuint (slices, <, 5);
      gw_store_write (rig->fixture.store, GW_LANE_SLICE, &duty, undo_cb, &undo, NULL, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (undo.withdrawn, ==, 6);
  g_assert_cmpuint (undo.touched, ==, 1);
  fixture_assert_sound (rig->fixture.store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RIG_ADD ("/desk/loop", test_loop);
  RIG_ADD ("/desk/refusals", test_refusals);
  RIG_ADD ("/desk/offers", test_offers);
  RIG_ADD ("/desk/third-failure", test_third_failure);
  RIG_ADD ("/desk/missing", test_missing);
  RIG_ADD ("/desk/stale", test_stale);
  RIG_ADD ("/desk/correct", test_correct);
  RIG_ADD ("/desk/reopen", test_reopen);
  RIG_ADD ("/desk/undo-batch", test_undo_batch);
  return g_test_run ();
}
