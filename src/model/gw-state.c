/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-state.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define R(name) (1u << GW_ROLE_##name)

/* Who, by group; domain.md 4b.2 and 4b.5. */
#define WRITERS (R (INTAKE) | R (GRID_ENTRY) | R (UNIT_HANDLER) | R (UNIT_LEAD) | R (DUTY_OFFICER))
#define TRIAGE (R (DISPATCHER) | R (DUTY_OFFICER) | R (DIRECTOR))
#define UNIT GW_UNIT_ROLES
#define CALLERS (R (INTAKE) | R (VERIFIER) | R (DUTY_OFFICER) | R (SUPERVISOR) | R (DIRECTOR))
#define ARCHIVISTS (R (INTAKE) | R (DISPATCHER) | R (DIRECTOR))
#define CENTRE (R (INTAKE) | R (DISPATCHER) | R (DUTY_OFFICER) | R (DIRECTOR))
#define CONTENT (CENTRE | UNIT | R (GRID_ENTRY) | R (VERIFIER) | R (SUPERVISOR))

/* Every row that leaves the state as it is: a note by whoever sees the content, a correction by the
 * centre, and by a unit where a unit can hold the matter. */
#define STAYS(state, correctors) \
  { GW_STATE_##state, GW_VERB_NOTE, GW_STATE_##state, CONTENT, 0, GW_GUARD_NONE }, \
  { \
    GW_STATE_##state, GW_VERB_CORRECT, GW_STATE_##state, correctors, 0, GW_GUARD_UNIT_OWN \
  }

/* The whole state machine. A row may be added (modules, case engine), none may be removed: files in
 * the field hold journals written with it. */
static const GwMove moves[] = {
  /* clang-format off: a table reads by its columns */
  { GW_STATE_DRAFT, GW_VERB_SUBMIT, GW_STATE_REPORTED, WRITERS, 0, GW_GUARD_NONE },
  STAYS (DRAFT, WRITERS),

  { GW_STATE_REPORTED, GW_VERB_FILE, GW_STATE_FILED, TRIAGE, 0, GW_GUARD_NONE },
  { GW_STATE_REPORTED, GW_VERB_REJECT, GW_STATE_REJECTED, TRIAGE,
    GW_NEEDS_REASON | GW_NEEDS_REASON_CODE | GW_NEEDS_OTHER_WAY, GW_GUARD_NONE },
  { GW_STATE_REPORTED, GW_VERB_MERGE, GW_STATE_MERGED, TRIAGE, GW_NEEDS_MASTER, GW_GUARD_NONE },
  { GW_STATE_REPORTED, GW_VERB_SOLVE, GW_STATE_HANDLED, TRIAGE, GW_NEEDS_RESULT, GW_GUARD_NONE },
  STAYS (REPORTED, CENTRE),

  { GW_STATE_FILED, GW_VERB_DISPATCH, GW_STATE_WAITING, TRIAGE, GW_NEEDS_ORG, GW_GUARD_NONE },
  STAYS (FILED, CENTRE),

  { GW_STATE_WAITING, GW_VERB_SIGN, GW_STATE_HANDLING, UNIT, 0, GW_GUARD_OWN_UNIT },
  { GW_STATE_WAITING, GW_VERB_RETURN, GW_STATE_FILED, UNIT, GW_NEEDS_REASON | GW_NEEDS_REASON_CODE,
    GW_GUARD_OWN_UNIT },
  STAYS (WAITING, CENTRE | UNIT),

  { GW_STATE_HANDLING, GW_VERB_DONE, GW_STATE_HANDLED, UNIT, GW_NEEDS_RESULT, GW_GUARD_OWN_UNIT },
  { GW_STATE_HANDLING, GW_VERB_PAUSE, GW_STATE_PAUSED, UNIT, GW_NEEDS_REASON_CODE | GW_NEEDS_DAYS,
    GW_GUARD_OWN_UNIT },
  { GW_STATE_HANDLING, GW_VERB_ASK_CO, GW_STATE_HANDLING, UNIT, GW_NEEDS_ORG, GW_GUARD_OWN_UNIT },
  { GW_STATE_HANDLING, GW_VERB_TRANSFER, GW_STATE_FILED, UNIT, GW_NEEDS_LEVEL | GW_NEEDS_REASON,
    GW_GUARD_OWN_UNIT },
  { GW_STATE_HANDLING, GW_VERB_SUGGEST_REJECT, GW_STATE_FILED, UNIT, GW_NEEDS_REASON,
    GW_GUARD_OWN_UNIT },
  STAYS (HANDLING, CENTRE | UNIT),

  { GW_STATE_PAUSED, GW_VERB_RESUME, GW_STATE_HANDLING, UNIT, 0, GW_GUARD_OWN_UNIT },
  STAYS (PAUSED, CENTRE | UNIT),

  { GW_STATE_HANDLED, GW_VERB_PASS, GW_STATE_EVALUATING, R (VERIFIER), 0, GW_GUARD_OTHER_UNIT },
  { GW_STATE_HANDLED, GW_VERB_FAIL, GW_STATE_HANDLING, R (VERIFIER), GW_NEEDS_REASON,
    GW_GUARD_OTHER_UNIT },
  STAYS (HANDLED, CENTRE),

  { GW_STATE_EVALUATING, GW_VERB_RECORD, GW_STATE_CLOSED, CALLERS, GW_NEEDS_ANSWER,
    GW_GUARD_TWO_FAILS },
  { GW_STATE_EVALUATING, GW_VERB_RECORD, GW_STATE_HANDLING, CALLERS, GW_NEEDS_ANSWER,
    GW_GUARD_TWO_FAILS },
  STAYS (EVALUATING, CENTRE),

  { GW_STATE_CLOSED, GW_VERB_ARCHIVE, GW_STATE_ARCHIVED, ARCHIVISTS, 0, GW_GUARD_NONE },
  { GW_STATE_CLOSED, GW_VERB_REOPEN, GW_STATE_FILED, R (INTAKE) | R (DIRECTOR), GW_NEEDS_REASON,
    GW_GUARD_TEN_DAYS },
  { GW_STATE_ARCHIVED, GW_VERB_REOPEN, GW_STATE_FILED, R (DIRECTOR), GW_NEEDS_REASON,
    GW_GUARD_NONE },
  { GW_STATE_REJECTED, GW_VERB_REOPEN, GW_STATE_REPORTED, TRIAGE, GW_NEEDS_REASON, GW_GUARD_NONE },
  { GW_STATE_MERGED, GW_VERB_SPLIT, GW_STATE_REPORTED, TRIAGE, 0, GW_GUARD_NONE },
  /* clang-format on */
};

/* Chinese terms of domain.md 4b.2 beside each, for translators. */
static const struct
{
  const char *id;
  const char *label;
  gboolean open;
} states[GW_N_STATES] = {
  [GW_STATE_DRAFT] = { "draft", N_ ("Draft"), TRUE },                           /* 暂存 */
  [GW_STATE_REPORTED] = { "reported", N_ ("Reported"), TRUE },                  /* 已上报 */
  [GW_STATE_FILED] = { "filed", N_ ("Filed"), TRUE },                           /* 立案 */
  [GW_STATE_WAITING] = { "waiting", N_ ("Waiting for the unit"), TRUE },        /* 待受理 */
  [GW_STATE_HANDLING] = { "handling", N_ ("Being handled"), TRUE },             /* 处置中 */
  [GW_STATE_PAUSED] = { "paused", N_ ("Paused"), TRUE },                        /* 挂起 */
  [GW_STATE_HANDLED] = { "handled", N_ ("Waiting for verification"), TRUE },    /* 待核查 */
  [GW_STATE_EVALUATING] = { "evaluating", N_ ("Waiting for call-back"), TRUE }, /* 待评价 */
  [GW_STATE_CLOSED] = { "closed", N_ ("Closed"), FALSE },                       /* 结案 */
  [GW_STATE_ARCHIVED] = { "archived", N_ ("Archived"), FALSE },                 /* 归档 */
  [GW_STATE_REJECTED] = { "rejected", N_ ("Not accepted"), FALSE },             /* 不予受理 */
  [GW_STATE_MERGED] = { "merged", N_ ("Merged"), FALSE },                       /* 并案 */
};

static const struct
{
  const char *id;
  const char *label;
  const char *past;
} verbs[GW_N_VERBS] = {
  /* The releases of clang-format disagree on where such comments stand. */
  /* clang-format off */
  [GW_VERB_SUBMIT] = { "submit", N_ ("Report"), N_ ("Reported") },            /* 上报 */
  [GW_VERB_FILE] = { "file", N_ ("File the matter"), N_ ("Filed") },          /* 立案 */
  [GW_VERB_REJECT] = { "reject", N_ ("Do not accept"), N_ ("Not accepted") }, /* 不予受理 */
  [GW_VERB_MERGE] = { "merge", N_ ("Merge"), N_ ("Merged") },                 /* 并案 */
  [GW_VERB_SOLVE] = { "solve", N_ ("Solve on the spot"), N_ ("Solved on the spot") }, /* 当场办结 */
  [GW_VERB_DISPATCH] = { "dispatch", N_ ("Dispatch"), N_ ("Dispatched") },            /* 派单 */
  [GW_VERB_SIGN] = { "sign", N_ ("Sign for"), N_ ("Signed for") },                    /* 签收 */
  [GW_VERB_RETURN] = { "return", N_ ("Send back"), N_ ("Sent back") },                /* 退回 */
  [GW_VERB_DONE] = { "done", N_ ("Report done"), N_ ("Reported done") }, /* 办结反馈 */
  [GW_VERB_PAUSE] = { "pause", N_ ("Pause"), N_ ("Paused") },            /* 挂起 */
  [GW_VERB_RESUME] = { "resume", N_ ("Resume"), N_ ("Resumed") },        /* 恢复 */
  [GW_VERB_ASK_CO] = { "ask_co", N_ ("Ask for co-handling"), N_ ("Asked for co-handling") },
  [GW_VERB_TRANSFER] = { "transfer", N_ ("Transfer level"), N_ ("Level transferred") },
  [GW_VERB_SUGGEST_REJECT] = { "suggest_reject", N_ ("Suggest not to accept"),
                               N_ ("Suggested not to accept") },
  [GW_VERB_PASS] = { "pass", N_ ("Pass verification"), N_ ("Verification passed") },
  [GW_VERB_FAIL] = { "fail", N_ ("Fail verification"), N_ ("Verification failed") },
  [GW_VERB_RECORD] = { "record", N_ ("Record call-back"), N_ ("Call-back recorded") }, /* 回访 */
  [GW_VERB_ARCHIVE] = { "archive", N_ ("Archive"), N_ ("Archived") },                  /* 归档 */
  [GW_VERB_REOPEN] = { "reopen", N_ ("Reopen"), N_ ("Reopened") },                     /* 重启 */
  [GW_VERB_SPLIT] = { "split", N_ ("Split off"), N_ ("Split off again") },             /* 拆分 */
  [GW_VERB_NOTE] = { "note", N_ ("Add note"), N_ ("Note added") },
  [GW_VERB_CORRECT] = { "correct", N_ ("Correct"), N_ ("Corrected") }, /* 更正 */
  [GW_VERB_IMPORT] = { "import", N_ ("Import"), N_ ("Imported") },
  [GW_VERB_UNDO_BATCH] = { "undo_batch", N_ ("Undo import"), N_ ("Import undone") },
  [GW_VERB_WITHDRAW] = { "withdraw", N_ ("Withdraw"), N_ ("Withdrawn") },
  [GW_VERB_EXPORT] = { "export", N_ ("Export"), N_ ("Exported") },
  /* clang-format on */
};

const GwMove *
gw_moves (guint *n)
{
  *n = G_N_ELEMENTS (moves);
  return moves;
}

const GwMove *
gw_move_find (GwMatterState from, GwVerb verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].from == from && moves[i].verb == verb)
      return &moves[i];
  return NULL;
}

const GwMove *
gw_move_find_to (GwMatterState from, GwVerb verb, GwMatterState to)
{
  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].from == from && moves[i].verb == verb && moves[i].to == to)
      return &moves[i];
  return NULL;
}

guint32
gw_move_guards_for (const GwMove *move, GwRole role)
{
  guint32 guards;
  guint32 bit = 1u << role;

  g_return_val_if_fail (move != NULL, 0);
  g_return_val_if_fail ((guint)role < GW_N_ROLES, 0);

  guards = move->guards;
  if ((bit & GW_UNIT_ROLES) == 0)
    guards &= ~(guint32)GW_GUARD_UNIT_OWN;
  if (role != GW_ROLE_INTAKE)
    guards &= ~(guint32)GW_GUARD_TEN_DAYS;
  if (role == GW_ROLE_SUPERVISOR || role == GW_ROLE_DIRECTOR)
    guards &= ~(guint32)GW_GUARD_TWO_FAILS;
  return guards;
}

gboolean
gw_move_allows (GwMatterState from, GwVerb verb, GwRole role)
{
  g_return_val_if_fail ((guint)role < GW_N_ROLES, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (moves); i++)
    if (moves[i].from == from && moves[i].verb == verb && (moves[i].roles & (1u << role)) != 0)
      return TRUE;
  return FALSE;
}

gboolean
gw_answer_failed (const char *answer, const char *solved)
{
  return g_strcmp0 (answer, "dissatisfied") == 0 && g_strcmp0 (solved, "no") == 0;
}

const GwMove *
gw_move_for_answer (const char *answer, const char *solved, guint earlier_fails)
{
  gboolean back = gw_answer_failed (answer, solved) && earlier_fails < GW_MAX_FAILED_VISITS;

  return gw_move_find_to (GW_STATE_EVALUATING, GW_VERB_RECORD,
                          back ? GW_STATE_HANDLING : GW_STATE_CLOSED);
}

static gboolean
is_state (GwMatterState state)
{
  return (guint)state < GW_N_STATES && states[state].id != NULL;
}

static gboolean
is_verb (GwVerb verb)
{
  return (guint)verb < GW_N_VERBS && verbs[verb].id != NULL;
}

gboolean
gw_state_is_open (GwMatterState state)
{
  return is_state (state) && states[state].open;
}

const char *
gw_state_id (GwMatterState state)
{
  g_return_val_if_fail (is_state (state), NULL);

  return states[state].id;
}

const char *
gw_state_label (GwMatterState state)
{
  g_return_val_if_fail (is_state (state), NULL);

  return _ (states[state].label);
}

gboolean
gw_state_from_id (const char *id, GwMatterState *state)
{
  for (guint i = 1; id != NULL && i < GW_N_STATES; i++)
    if (g_str_equal (states[i].id, id))
      {
        *state = (GwMatterState)i;
        return TRUE;
      }
  return FALSE;
}

const char *
gw_verb_id (GwVerb verb)
{
  g_return_val_if_fail (is_verb (verb), NULL);

  return verbs[verb].id;
}

const char *
gw_verb_label (GwVerb verb)
{
  g_return_val_if_fail (is_verb (verb), NULL);

  return _ (verbs[verb].label);
}

const char *
gw_verb_past (GwVerb verb)
{
  g_return_val_if_fail (is_verb (verb), NULL);

  return _ (verbs[verb].past);
}

gboolean
gw_verb_from_id (const char *id, GwVerb *verb)
{
  for (guint i = 1; id != NULL && i < GW_N_VERBS; i++)
    if (g_str_equal (verbs[i].id, id))
      {
        *verb = (GwVerb)i;
        return TRUE;
      }
  return FALSE;
}
