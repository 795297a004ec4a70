/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-error.h"
#include "gw-matter.h"

#include <string.h>

/* A request that brings everything any verb can ask for. */
static GwVerbRequest *
full_request (GwVerb verb)
{
  GwVerbRequest *request = gw_verb_request_new (5, verb);
  const char *const *codes = gw_reason_codes (verb);

  request->org = 3;
  request->level = 2;
  request->days = 30;
  request->master = 9;
  request->reason = g_strdup ("不属于本单位职责");
  request->reason_code = g_strdup (codes == NULL ? NULL : codes[0]);
  request->other_way = g_strdup ("court");
  request->result = g_strdup ("已修好");
  request->answer = g_strdup ("satisfied");
  request->solved = g_strdup ("yes");
  request->channel = g_strdup ("phone");
  request->note = g_strdup ("进展正常");
  request->changes = gw_values_new ();
  g_hash_table_insert (request->changes, g_strdup ("title"), g_strdup ("新标题"));
  return request;
}

/* Breaks what one need asks for. */
static void
spoil (GwVerbRequest *request, GwNeeds need)
{
  switch (need)
    {
    case GW_NEEDS_REASON:
      g_free (request->reason);
      request->reason = g_strdup (" 五个字的  "); /* four characters and blanks */
      break;
    case GW_NEEDS_ORG:
      request->org = 0;
      break;
    case GW_NEEDS_OTHER_WAY:
      request->other_way[0] = 'X';
      break;
    case GW_NEEDS_REASON_CODE:
      request->reason_code[0] = 'X';
      break;
    case GW_NEEDS_DAYS:
      request->days = 31;
      break;
    case GW_NEEDS_MASTER:
      request->master = request->matter;
      break;
    case GW_NEEDS_RESULT:
      g_free (request->result);
      request->result = g_strdup ("  ");
      break;
    case GW_NEEDS_ANSWER:
      g_clear_pointer (&request->channel, g_free);
      break;
    case GW_NEEDS_LEVEL:
      request->level = 4;
      break;
    default:
      g_assert_not_reached ();
    }
}

/* For every row of the table: all there is accepted, each need alone missing is refused, what the
 * row does not need may be missing. */
static void
test_every_need_of_every_row (void)
{
  guint n;
  const GwMove *moves = gw_moves (&n);

  for (guint i = 0; i < n; i++)
    for (guint32 need = GW_NEEDS_REASON; need <= GW_NEEDS_LEVEL; need <<= 1)
      {
        GwVerbRequest *request = full_request (moves[i].verb);
        g_autoptr (GError) error = NULL;

        g_assert_true (gw_verb_request_check (request, &moves[i], &error));
        g_assert_no_error (error);
        if ((moves[i].needs & need) != 0)
          {
            spoil (request, (GwNeeds)need);
            g_assert_false (gw_verb_request_check (request, &moves[i], &error));
            g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
          }
        gw_verb_request_free (request);
      }
}

static void
test_nothing_needed (void)
{
  g_autoptr (GwVerbRequest) sign = gw_verb_request_new (1, GW_VERB_SIGN);
  g_autoptr (GwVerbRequest) note = gw_verb_request_new (1, GW_VERB_NOTE);
  g_autoptr (GwVerbRequest) correct = gw_verb_request_new (1, GW_VERB_CORRECT);

  g_assert_true (gw_verb_request_check (sign, gw_move_find (GW_STATE_WAITING, GW_VERB_SIGN), NULL));
  g_assert_false (gw_verb_request_check (note, gw_move_find (GW_STATE_FILED, GW_VERB_NOTE), NULL));
  g_assert_false (
      gw_verb_request_check (correct, gw_move_find (GW_STATE_FILED, GW_VERB_CORRECT), NULL));
}

static void
test_bounds (void)
{
  static const struct
  {
    guint days;
    int level;
    const char *reason;
    gboolean days_ok, level_ok, reason_ok;
  } cases[] = {
    { 0, 0, "12345", FALSE, FALSE, FALSE },        { 1, 1, "123456", TRUE, TRUE, TRUE },
    { 30, 3, "五个字还差", TRUE, TRUE, FALSE }, /* characters, not bytes */
    { 31, 4, "一二三四五六", FALSE, FALSE, TRUE }, { G_MAXUINT, -1, NULL, FALSE, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GwVerbRequest) pause = full_request (GW_VERB_PAUSE);
      g_autoptr (GwVerbRequest) transfer = full_request (GW_VERB_TRANSFER);
      g_autoptr (GwVerbRequest) fail = full_request (GW_VERB_FAIL);

      pause->days = cases[i].days;
      transfer->level = cases[i].level;
      g_free (fail->reason);
      fail->reason = g_strdup (cases[i].reason);
      g_assert_cmpint (gw_verb_request_check (pause,
                                              gw_move_find (GW_STATE_HANDLING, GW_VERB_PAUSE),
                                              NULL),
                       ==, cases[i].days_ok);
      g_assert_cmpint (gw_verb_request_check (transfer,
                                              gw_move_find (GW_STATE_HANDLING, GW_VERB_TRANSFER),
                                              NULL),
                       ==, cases[i].level_ok);
      g_assert_cmpint (gw_verb_request_check (fail, gw_move_find (GW_STATE_HANDLED, GW_VERB_FAIL),
                                              NULL),
                       ==, cases[i].reason_ok);
    }
}

static void
test_no_personal_data (void)
{
  const GwMove *move = gw_move_find (GW_STATE_HANDLING, GW_VERB_DONE);
  char *texts[] = { NULL, NULL, NULL };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GwVerbRequest) request = full_request (GW_VERB_DONE);
      g_autoptr (GError) error = NULL;
      char **fields[] = { &request->reason, &request->result, &request->note };

      g_free (*fields[i]);
      *fields[i] = g_strdup ("已电话联系 13800138000 说明");
      g_assert_false (gw_verb_request_check (request, move, &error));
      g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
      g_assert_null (strstr (error->message, "1380"));
    }
}

static void
test_copy_is_deep (void)
{
  g_autoptr (GwVerbRequest) request = full_request (GW_VERB_PAUSE);
  g_autoptr (GwVerbRequest) copy = gw_verb_request_copy (request);
  g_autoptr (GError) error = NULL;

  g_hash_table_remove_all (request->changes);
  request->reason[0] = '\0';
  request->reason_code[0] = '\0';
  request->note[0] = '\0';
  g_assert_cmpint (copy->matter, ==, 5);
  g_assert_cmpuint (g_hash_table_size (copy->changes), ==, 1);
  g_assert_cmpstr (copy->note, ==, "进展正常");
  g_assert_true (
      gw_verb_request_check (copy, gw_move_find (GW_STATE_HANDLING, GW_VERB_PAUSE), &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/verb-request/every-need-of-every-row", test_every_need_of_every_row);
  g_test_add_func ("/verb-request/nothing-needed", test_nothing_needed);
  g_test_add_func ("/verb-request/bounds", test_bounds);
  g_test_add_func ("/verb-request/no-personal-data", test_no_personal_data);
  g_test_add_func ("/verb-request/copy-is-deep", test_copy_is_deep);
  return g_test_run ();
}
