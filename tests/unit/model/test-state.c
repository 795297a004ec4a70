/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-limit.h"
#include "gw-state.h"

#define R(name) (1u << GW_ROLE_##name)

static void
test_ids_round_trip (void)
{
  GwMatterState state;
  GwVerb verb;

  for (guint i = 1; i < GW_N_STATES; i++)
    {
      g_assert_true (gw_state_from_id (gw_state_id ((GwMatterState)i), &state));
      g_assert_cmpint (state, ==, i);
      g_assert_cmpstr (gw_state_label ((GwMatterState)i), !=, "");
    }
  for (guint i = 1; i < GW_N_VERBS; i++)
    {
      g_assert_true (gw_verb_from_id (gw_verb_id ((GwVerb)i), &verb));
      g_assert_cmpint (verb, ==, i);
      g_assert_cmpstr (gw_verb_label ((GwVerb)i), !=, "");
      g_assert_cmpstr (gw_verb_past ((GwVerb)i), !=, "");
    }
  g_assert_false (gw_state_from_id ("lost", &state));
  g_assert_false (gw_state_from_id (NULL, &state));
  g_assert_false (gw_verb_from_id ("", &verb));
}

/* The table of domain.md 4b.2 once more, as it stands there. NOTE and CORRECT are not in it. */
static const struct
{
  const char *from;
  const char *verb;
  const char *to;
} expected[] = {
  { "draft", "submit", "reported" },         { "reported", "file", "filed" },
  { "reported", "reject", "rejected" },      { "reported", "merge", "merged" },
  { "reported", "solve", "handled" },        { "filed", "dispatch", "waiting" },
  { "waiting", "sign", "handling" },         { "waiting", "return", "filed" },
  { "handling", "done", "handled" },         { "handling", "pause", "paused" },
  { "handling", "ask_co", "handling" },      { "handling", "transfer", "filed" },
  { "handling", "suggest_reject", "filed" }, { "paused", "resume", "handling" },
  { "handled", "pass", "evaluating" },       { "handled", "fail", "handling" },
  { "evaluating", "record", "closed" },      { "evaluating", "record", "handling" },
  { "closed", "archive", "archived" },       { "closed", "reopen", "filed" },
  { "archived", "reopen", "filed" },         { "rejected", "reopen", "reported" },
  { "merged", "split", "reported" },
};

static gboolean
is_expected (GwMatterState from, GwVerb verb, GwMatterState to)
{
  if (verb == GW_VERB_NOTE || verb == GW_VERB_CORRECT)
    return from == to && gw_state_is_open (from);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    if (g_str_equal (expected[i].from, gw_state_id (from)) &&
        g_str_equal (expected[i].verb, gw_verb_id (verb)) &&
        g_str_equal (expected[i].to, gw_state_id (to)))
      return TRUE;
  return FALSE;
}

/* All states x verbs x states: a row is there exactly when the design has it. */
static void
test_every_cell (void)
{
  guint found = 0;
  guint n;

  for (guint from = 1; from < GW_N_STATES; from++)
    for (guint verb = 1; verb < GW_N_VERBS; verb++)
      for (guint to = 1; to < GW_N_STATES; to++)
        {
          const GwMove *move =
              gw_move_find_to ((GwMatterState)from, (GwVerb)verb, (GwMatterState)to);
          gboolean wanted = is_expected ((GwMatterState)from, (GwVerb)verb, (GwMatterState)to);

          if ((move != NULL) != wanted)
            g_error ("%s -%s-> %s: %s", gw_state_id ((GwMatterState)from),
                     gw_verb_id ((GwVerb)verb), gw_state_id ((GwMatterState)to),
                     wanted ? "missing" : "not in the design");
          found += move != NULL;
        }
  gw_moves (&n);
  g_assert_cmpuint (found, ==, n); /* no row stands twice */
}

static void
test_find_agrees_with_table (void)
{
  guint n;
  const GwMove *moves = gw_moves (&n);

  for (guint from = 1; from < GW_N_STATES; from++)
    for (guint verb = 1; verb < GW_N_VERBS; verb++)
      {
        const GwMove *first = NULL;

        for (guint i = n; i > 0; i--)
          if (moves[i - 1].from == from && moves[i - 1].verb == verb)
            first = &moves[i - 1];
        g_assert_true (gw_move_find ((GwMatterState)from, (GwVerb)verb) == first);
      }
  g_assert_cmpint (gw_move_find (GW_STATE_EVALUATING, GW_VERB_RECORD)->to, ==, GW_STATE_CLOSED);
}

static void
mark_reachable (GwMatterState from, gboolean *seen)
{
  guint n;
  const GwMove *moves = gw_moves (&n);

  seen[from] = TRUE;
  for (guint i = 0; i < n; i++)
    if (moves[i].from == from && !seen[moves[i].to])
      mark_reachable (moves[i].to, seen);
}

static void
test_every_state_is_reachable_and_has_an_exit (void)
{
  gboolean seen[GW_N_STATES] = { FALSE };

  mark_reachable (GW_STATE_DRAFT, seen);
  for (guint state = 1; state < GW_N_STATES; state++)
    {
      gboolean reaches[GW_N_STATES] = { FALSE };

      g_assert_true (seen[state]);
      /* From anywhere a matter can come to its end: nothing is stuck. */
      mark_reachable ((GwMatterState)state, reaches);
      g_assert_true (reaches[GW_STATE_ARCHIVED]);
    }
}

static void
test_every_row_has_somebody (void)
{
  guint n;
  const GwMove *moves = gw_moves (&n);
  const guint32 blind = R (SYSADMIN) | R (AUDITOR) | R (LEADER_VIEW) | R (STATISTICIAN) |
                        R (ASSESSOR) | R (PRIVACY_OFFICER);

  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (moves[i].roles, !=, 0);
      g_assert_cmpuint (moves[i].roles & blind, ==, 0);
      /* Every verb that must name a code has a list to name it from. */
      if (moves[i].needs & GW_NEEDS_REASON_CODE)
        g_assert_nonnull (gw_reason_codes (moves[i].verb));
      /* An own and an other unit at once is nobody. */
      g_assert_false ((moves[i].guards & GW_GUARD_OWN_UNIT) &&
                      (moves[i].guards & GW_GUARD_OTHER_UNIT));
    }
}

static void
test_roles_of_rows (void)
{
  static const struct
  {
    GwMatterState from;
    GwVerb verb;
    guint32 roles;
  } cases[] = {
    { GW_STATE_REPORTED, GW_VERB_FILE, R (DISPATCHER) | R (DUTY_OFFICER) | R (DIRECTOR) },
    { GW_STATE_FILED, GW_VERB_DISPATCH, R (DISPATCHER) | R (DUTY_OFFICER) | R (DIRECTOR) },
    { GW_STATE_WAITING, GW_VERB_SIGN, R (UNIT_HANDLER) | R (UNIT_LEAD) | R (MEDIATOR) },
    { GW_STATE_HANDLED, GW_VERB_PASS, R (VERIFIER) },
    { GW_STATE_CLOSED, GW_VERB_ARCHIVE, R (INTAKE) | R (DISPATCHER) | R (DIRECTOR) },
    { GW_STATE_ARCHIVED, GW_VERB_REOPEN, R (DIRECTOR) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GwMove *move = gw_move_find (cases[i].from, cases[i].verb);

      g_assert_cmphex (move->roles, ==, cases[i].roles);
      for (guint role = 0; role < GW_N_ROLES; role++)
        g_assert_cmpint (gw_move_allows (cases[i].from, cases[i].verb, (GwRole)role), ==,
                         (cases[i].roles & (1u << role)) != 0);
    }
}

/* What each verb asks for; rows that are not here ask for nothing. domain.md 4b.2. */
static void
test_needs_of_rows (void)
{
  static const struct
  {
    GwMatterState from;
    GwVerb verb;
    guint32 needs;
    guint32 guards;
  } cases[] = {
    { GW_STATE_REPORTED, GW_VERB_REJECT,
      GW_NEEDS_REASON | GW_NEEDS_REASON_CODE | GW_NEEDS_OTHER_WAY, 0 },
    { GW_STATE_REPORTED, GW_VERB_MERGE, GW_NEEDS_MASTER, 0 },
    { GW_STATE_REPORTED, GW_VERB_SOLVE, GW_NEEDS_RESULT, 0 },
    { GW_STATE_FILED, GW_VERB_DISPATCH, GW_NEEDS_ORG, 0 },
    { GW_STATE_WAITING, GW_VERB_SIGN, 0, GW_GUARD_OWN_UNIT },
    { GW_STATE_WAITING, GW_VERB_RETURN, GW_NEEDS_REASON | GW_NEEDS_REASON_CODE, GW_GUARD_OWN_UNIT },
    { GW_STATE_HANDLING, GW_VERB_DONE, GW_NEEDS_RESULT, GW_GUARD_OWN_UNIT },
    { GW_STATE_HANDLING, GW_VERB_PAUSE, GW_NEEDS_REASON_CODE | GW_NEEDS_DAYS, GW_GUARD_OWN_UNIT },
    { GW_STATE_HANDLING, GW_VERB_ASK_CO, GW_NEEDS_ORG, GW_GUARD_OWN_UNIT },
    { GW_STATE_HANDLING, GW_VERB_TRANSFER, GW_NEEDS_LEVEL | GW_NEEDS_REASON, GW_GUARD_OWN_UNIT },
    { GW_STATE_HANDLING, GW_VERB_SUGGEST_REJECT, GW_NEEDS_REASON, GW_GUARD_OWN_UNIT },
    { GW_STATE_PAUSED, GW_VERB_RESUME, 0, GW_GUARD_OWN_UNIT },
    { GW_STATE_HANDLED, GW_VERB_PASS, 0, GW_GUARD_OTHER_UNIT },
    { GW_STATE_HANDLED, GW_VERB_FAIL, GW_NEEDS_REASON, GW_GUARD_OTHER_UNIT },
    { GW_STATE_EVALUATING, GW_VERB_RECORD, GW_NEEDS_ANSWER, GW_GUARD_TWO_FAILS },
    { GW_STATE_CLOSED, GW_VERB_REOPEN, GW_NEEDS_REASON, GW_GUARD_TEN_DAYS },
    { GW_STATE_ARCHIVED, GW_VERB_REOPEN, GW_NEEDS_REASON, 0 },
    { GW_STATE_REJECTED, GW_VERB_REOPEN, GW_NEEDS_REASON, 0 },
  };
  guint n;
  const GwMove *moves = gw_moves (&n);

  for (guint i = 0; i < n; i++)
    {
      guint32 needs = 0;
      guint32 guards = moves[i].verb == GW_VERB_CORRECT ? GW_GUARD_UNIT_OWN : 0;

      for (guint j = 0; j < G_N_ELEMENTS (cases); j++)
        if (cases[j].from == moves[i].from && cases[j].verb == moves[i].verb)
          {
            needs = cases[j].needs;
            guards = cases[j].guards;
          }
      g_test_message ("%s %s", gw_state_id (moves[i].from), gw_verb_id (moves[i].verb));
      g_assert_cmphex (moves[i].needs, ==, needs);
      g_assert_cmphex (moves[i].guards, ==, guards);
    }
}

static void
test_guards_bind_roles (void)
{
  const GwMove *reopen = gw_move_find (GW_STATE_CLOSED, GW_VERB_REOPEN);
  const GwMove *record = gw_move_find (GW_STATE_EVALUATING, GW_VERB_RECORD);
  const GwMove *correct = gw_move_find (GW_STATE_HANDLING, GW_VERB_CORRECT);
  const GwMove *pass = gw_move_find (GW_STATE_HANDLED, GW_VERB_PASS);

  g_assert_cmphex (gw_move_guards_for (reopen, GW_ROLE_INTAKE), ==, GW_GUARD_TEN_DAYS);
  g_assert_cmphex (gw_move_guards_for (reopen, GW_ROLE_DIRECTOR), ==, 0);
  g_assert_cmphex (gw_move_guards_for (record, GW_ROLE_VERIFIER), ==, GW_GUARD_TWO_FAILS);
  g_assert_cmphex (gw_move_guards_for (record, GW_ROLE_SUPERVISOR), ==, 0);
  g_assert_cmphex (gw_move_guards_for (correct, GW_ROLE_UNIT_HANDLER), ==, GW_GUARD_UNIT_OWN);
  g_assert_cmphex (gw_move_guards_for (correct, GW_ROLE_INTAKE), ==, 0);
  g_assert_cmphex (gw_move_guards_for (pass, GW_ROLE_VERIFIER), ==, GW_GUARD_OTHER_UNIT);
}

static void
test_answers (void)
{
  static const struct
  {
    const char *answer;
    const char *solved;
    guint earlier;
    GwMatterState to;
  } cases[] = {
    { "satisfied", "yes", 0, GW_STATE_CLOSED },
    { "dissatisfied", "yes", 0, GW_STATE_CLOSED },
    { "dissatisfied", "partly", 0, GW_STATE_CLOSED },
    { "fair", "no", 0, GW_STATE_CLOSED },
    { "not_reached", "unknown", 0, GW_STATE_CLOSED },
    { "dissatisfied", "no", 0, GW_STATE_HANDLING },
    { "dissatisfied", "no", 1, GW_STATE_HANDLING },
    { "dissatisfied", "no", 2, GW_STATE_CLOSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (gw_move_for_answer (cases[i].answer, cases[i].solved, cases[i].earlier)->to,
                     ==, cases[i].to);
}

static void
test_open_states (void)
{
  static const gboolean open[GW_N_STATES] = {
    [GW_STATE_DRAFT] = TRUE,   [GW_STATE_REPORTED] = TRUE,   [GW_STATE_FILED] = TRUE,
    [GW_STATE_WAITING] = TRUE, [GW_STATE_HANDLING] = TRUE,   [GW_STATE_PAUSED] = TRUE,
    [GW_STATE_HANDLED] = TRUE, [GW_STATE_EVALUATING] = TRUE,
  };

  for (guint i = 0; i < GW_N_STATES; i++)
    g_assert_cmpint (gw_state_is_open ((GwMatterState)i), ==, open[i]);
}

/* No clock outlives the matter, and only a pause (and a draft) stands without one. */
static void
test_clocks_of_states (void)
{
  for (guint i = 1; i < GW_N_STATES; i++)
    {
      gboolean runs =
          gw_state_is_open ((GwMatterState)i) && i != GW_STATE_DRAFT && i != GW_STATE_PAUSED;

      g_assert_cmpint (gw_state_clock ((GwMatterState)i) != 0, ==, runs);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/state/ids-round-trip", test_ids_round_trip);
  g_test_add_func ("/state/every-cell", test_every_cell);
  g_test_add_func ("/state/find-agrees-with-table", test_find_agrees_with_table);
  g_test_add_func ("/state/reachable-and-exit", test_every_state_is_reachable_and_has_an_exit);
  g_test_add_func ("/state/every-row-has-somebody", test_every_row_has_somebody);
  g_test_add_func ("/state/roles-of-rows", test_roles_of_rows);
  g_test_add_func ("/state/needs-of-rows", test_needs_of_rows);
  g_test_add_func ("/state/guards-bind-roles", test_guards_bind_roles);
  g_test_add_func ("/state/answers", test_answers);
  g_test_add_func ("/state/open-states", test_open_states);
  g_test_add_func ("/state/clocks-of-states", test_clocks_of_states);
  return g_test_run ();
}
