/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Clocks of a case, without a file. */
#include "desk-rig.h"

static GwClockRow
clock_of (Rig *rig, gint64 id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) clocks = gw_store_list_clocks (rig->fixture.store, id, &error);

  g_assert_no_error (error);
  return g_array_index (clocks, GwClockRow, clocks->len - 1);
}

static void
test_pause_at_once (Rig *rig, gconstpointer unused)
{
  gint64 id = rig_matter_in (rig, GW_STATE_HANDLING);
  GwClockRow before = clock_of (rig, id), after;

  rig_do (rig, GW_ROLE_UNIT_HANDLER, RIG_UNIT, rig_request (id, GW_VERB_PAUSE));
  rig_do (rig, GW_ROLE_UNIT_HANDLER, RIG_UNIT, rig_request (id, GW_VERB_RESUME));
  after = clock_of (rig, id);
  g_assert_cmpint (after.due, ==, before.due);
  g_assert_cmpint (after.id, ==, before.id);
  g_assert_cmpint (after.outcome, ==, GW_OUTCOME_RUNNING);
}

/* A pause takes nothing away: what was left in working time is left afterwards. */
static void
test_pause_keeps_rest (Rig *rig, gconstpointer unused)
{
  gint64 id = rig_matter_in (rig, GW_STATE_HANDLING);
  GwClockRow before = clock_of (rig, id), after;
  gint64 left =
      gw_calendar_counted_seconds (rig->calendar, FIXTURE_NOW, before.due, GW_UNIT_WORKING_MINUTE);
  g_autoptr (GwMatter) paused = NULL;

  rig_do (rig, GW_ROLE_UNIT_HANDLER, RIG_UNIT, rig_request (id, GW_VERB_PAUSE));
  paused = rig_matter (rig, id);
  g_assert_cmpint (paused->due, ==, 0);
  gw_clock_advance (rig->fixture.clock, 9 * 86400 + 4321);
  rig_do (rig, GW_ROLE_UNIT_HANDLER, RIG_UNIT, rig_request (id, GW_VERB_RESUME));
  after = clock_of (rig, id);
  g_assert_cmpint (after.due, >, before.due);
  g_assert_cmpint (after.paused_seconds, ==, 9 * 86400 + 4321);
  g_assert_cmpint (ABS (gw_calendar_counted_seconds (rig->calendar, FIXTURE_NOW + 9 * 86400 + 4321,
                                                     after.due, GW_UNIT_WORKING_MINUTE) -
                        left),
                   <=, 60);
}

static void
test_late (Rig *rig, gconstpointer unused)
{
  gint64 id = rig_matter_in (rig, GW_STATE_WAITING);
  GwClockRow accept = clock_of (rig, id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) clocks = NULL;

  g_assert_cmpint (accept.kind, ==, GW_CLOCK_ACCEPT);
  gw_clock_set (rig->fixture.clock, accept.due + 1);
  rig_do (rig, GW_ROLE_UNIT_HANDLER, RIG_UNIT, rig_request (id, GW_VERB_SIGN));
  clocks = gw_store_list_clocks (rig->fixture.store, id, &error);
  g_assert_cmpint (g_array_index (clocks, GwClockRow, clocks->len - 2).outcome, ==,
                   GW_OUTCOME_LATE);
  g_assert_cmpint (g_array_index (clocks, GwClockRow, clocks->len - 1).kind, ==, GW_CLOCK_HANDLE);
}

/* The last second still counts. */
static void
test_last_second (Rig *rig, gconstpointer unused)
{
  gint64 id = rig_matter_in (rig, GW_STATE_WAITING);
  GwClockRow accept = clock_of (rig, id);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) clocks = NULL;

  gw_clock_set (rig->fixture.clock, accept.due);
  rig_do (rig, GW_ROLE_UNIT_HANDLER, RIG_UNIT, rig_request (id, GW_VERB_SIGN));
  clocks = gw_store_list_clocks (rig->fixture.store, id, &error);
  g_assert_cmpint (g_array_index (clocks, GwClockRow, clocks->len - 2).outcome, ==, GW_OUTCOME_MET);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RIG_ADD ("/case/pause-at-once", test_pause_at_once);
  RIG_ADD ("/case/pause-keeps-rest", test_pause_keeps_rest);
  RIG_ADD ("/case/late", test_late);
  RIG_ADD ("/case/last-second", test_last_second);
  return g_test_run ();
}
