/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-limit.h"

#define MI GW_UNIT_MINUTE
#define CH GW_UNIT_HOUR
#define WH GW_UNIT_WORKING_HOUR
#define WD GW_UNIT_WORKING_DAY

/* domain.md 4b.3 row by row; columns emergency, urgent, normal, complex, difficult. */
static const struct
{
  GwClockKind kind;
  GwLimit limits[5];
} table[] = {
  { GW_CLOCK_TRIAGE, { { 10, MI }, { 30, MI }, { 2, WH }, { 2, WH }, { 2, WH } } },
  { GW_CLOCK_ACCEPT, { { 10, MI }, { 1, WH }, { 4, WH }, { 1, WD }, { 1, WD } } },
  { GW_CLOCK_RESPOND, { { 1, CH }, { 2, WH }, { 1, WD }, { 1, WD }, { 1, WD } } },
  { GW_CLOCK_HANDLE, { { 24, CH }, { 1, WD }, { 3, WD }, { 7, WD }, { 15, WD } } },
  { GW_CLOCK_VERIFY, { { 1, WD }, { 1, WD }, { 1, WD }, { 2, WD }, { 3, WD } } },
  { GW_CLOCK_VISIT, { { 3, WD }, { 3, WD }, { 3, WD }, { 5, WD }, { 5, WD } } },
};

static void
assert_limit (GwLimit limit, GwLimit expected)
{
  g_assert_cmpuint (limit.n, ==, expected.n);
  g_assert_cmpint (limit.unit, ==, expected.unit);
}

static void
test_default_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    for (int level = 1; level <= 3; level++)
      {
        assert_limit (gw_limit_default (table[i].kind, GW_URGENCY_EMERGENCY, level),
                      table[i].limits[0]);
        assert_limit (gw_limit_default (table[i].kind, GW_URGENCY_URGENT, level),
                      table[i].limits[1]);
        assert_limit (gw_limit_default (table[i].kind, GW_URGENCY_NORMAL, level),
                      table[i].limits[1 + level]);
      }
  g_assert_cmpuint (gw_limit_default (GW_CLOCK_LEGAL, GW_URGENCY_NORMAL, 1).n, ==, 0);
}

static void
test_ids_round_trip (void)
{
  GwClockKind kind;
  GwUrgency urgency;

  for (guint i = GW_CLOCK_TRIAGE; i < GW_N_CLOCKS; i++)
    {
      g_assert_true (gw_clock_kind_from_id (gw_clock_kind_id ((GwClockKind)i), &kind));
      g_assert_cmpint (kind, ==, i);
      g_assert_cmpstr (gw_clock_kind_label ((GwClockKind)i), !=, "");
    }
  for (guint i = GW_URGENCY_NORMAL; i <= GW_URGENCY_EMERGENCY; i++)
    {
      g_assert_true (gw_urgency_from_id (gw_urgency_id ((GwUrgency)i), &urgency));
      g_assert_cmpint (urgency, ==, i);
    }
  g_assert_false (gw_urgency_from_id ("soon", &urgency));
  for (guint i = GW_LAMP_NONE; i <= GW_LAMP_GREY; i++)
    g_assert_cmpstr (gw_lamp_label ((GwLamp)i), !=, "");
}

static gint64
at (int day, int hour, int minute, int second)
{
  return gw_time_of_day (gw_day_from_ymd (2026, 3, day), hour, minute, second);
}

/* 2026-03-02 is a Monday. */
static void
test_lamp_of_clock_hours (void)
{
  g_autoptr (GwCalendar) calendar = gw_calendar_new_plain ();
  gint64 start = at (2, 10, 0, 0);
  gint64 due = gw_calendar_add (calendar, start, 24, GW_UNIT_HOUR);
  const struct
  {
    gint64 now;
    gboolean paused;
    GwLamp lamp;
  } cases[] = {
    { start - 5, FALSE, GW_LAMP_GREEN },
    { start, FALSE, GW_LAMP_GREEN },
    { start + 16 * 3600 - 1, FALSE, GW_LAMP_GREEN }, /* the last second under two thirds */
    { start + 16 * 3600, FALSE, GW_LAMP_AMBER },
    { due - 1, FALSE, GW_LAMP_AMBER },
    { due, FALSE, GW_LAMP_RED },
    { due + 86400 * 365, FALSE, GW_LAMP_RED },
    { start, TRUE, GW_LAMP_GREY },
    { due + 1, TRUE, GW_LAMP_GREY },
  };

  g_assert_cmpint (due, ==, start + 86400);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (gw_lamp_of (calendar, start, due, GW_UNIT_HOUR, cases[i].paused, cases[i].now),
                     ==, cases[i].lamp);
  g_assert_cmpint (gw_lamp_of (calendar, start, 0, GW_UNIT_HOUR, FALSE, start + 9), ==,
                   GW_LAMP_NONE);
}

static void
test_lamp_of_working_days (void)
{
  g_autoptr (GwCalendar) calendar = gw_calendar_new_plain ();
  gint64 start = at (4, 9, 0, 0); /* Wednesday morning: three days end after Friday's work */
  gint64 due = gw_calendar_add (calendar, start, 3, GW_UNIT_WORKING_DAY);
  const struct
  {
    gint64 now;
    GwLamp lamp;
  } cases[] = {
    { at (4, 17, 30, 0), GW_LAMP_GREEN },
    { due - 1, GW_LAMP_AMBER },
    { due, GW_LAMP_RED },
    { due + 1, GW_LAMP_RED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (gw_lamp_of (calendar, start, due, GW_UNIT_WORKING_DAY, FALSE, cases[i].now),
                     ==, cases[i].lamp);
}

/* Nights do not age a working-hour clock: 4 hours from Friday 16:30 reach into Monday. */
static void
test_lamp_stands_still_over_the_weekend (void)
{
  g_autoptr (GwCalendar) calendar = gw_calendar_new_plain ();
  gint64 start = at (6, 16, 30, 0);
  gint64 due = gw_calendar_add (calendar, start, 4, GW_UNIT_WORKING_HOUR);

  g_assert_cmpint (due, ==, at (9, 12, 0, 0));
  for (gint64 now = at (6, 17, 30, 0); now <= at (9, 9, 0, 0); now += 3600)
    g_assert_cmpint (gw_lamp_of (calendar, start, due, GW_UNIT_WORKING_HOUR, FALSE, now), ==,
                     GW_LAMP_GREEN);
  /* 2 h 40 min of 4 h are two thirds: Monday 10:40. */
  g_assert_cmpint (gw_lamp_of (calendar, start, due, GW_UNIT_WORKING_HOUR, FALSE,
                               at (9, 10, 39, 59)),
                   ==, GW_LAMP_GREEN);
  g_assert_cmpint (gw_lamp_of (calendar, start, due, GW_UNIT_WORKING_HOUR, FALSE,
                               at (9, 10, 40, 0)),
                   ==, GW_LAMP_AMBER);
}

/* Once amber never green again, once red never amber: whatever the unit and the start. */
static void
test_lamp_only_gets_worse (void)
{
  g_autoptr (GwCalendar) calendar = gw_calendar_new_plain ();

  for (guint round = 0; round < 200; round++)
    {
      GwUnit unit = (GwUnit)g_test_rand_int_range (GW_UNIT_MINUTE, GW_UNIT_LEGAL_DAY + 1);
      gint64 start = at (1, 0, 0, 0) + g_test_rand_int_range (0, 30 * 86400);
      gint64 due = gw_calendar_add (calendar, start, (guint)g_test_rand_int_range (1, 20), unit);
      gint64 step = MAX (1, (due - start) / 97);
      GwLamp last = GW_LAMP_GREEN;

      for (gint64 now = start; now < due + 3 * step; now += step)
        {
          GwLamp lamp = gw_lamp_of (calendar, start, due, unit, FALSE, now);

          g_assert_cmpint (lamp, >=, last);
          g_assert_cmpint (lamp == GW_LAMP_RED, ==, now >= due);
          last = lamp;
        }
      g_assert_cmpint (last, ==, GW_LAMP_RED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limit/default-table", test_default_table);
  g_test_add_func ("/limit/ids-round-trip", test_ids_round_trip);
  g_test_add_func ("/limit/lamp-of-clock-hours", test_lamp_of_clock_hours);
  g_test_add_func ("/limit/lamp-of-working-days", test_lamp_of_working_days);
  g_test_add_func ("/limit/lamp-over-the-weekend", test_lamp_stands_still_over_the_weekend);
  g_test_add_func ("/limit/lamp-only-gets-worse", test_lamp_only_gets_worse);
  return g_test_run ();
}
