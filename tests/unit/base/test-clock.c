/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-clock.h"

/* 2026-11-24 14:05:00 +08:00, taken from date(1), not from the code under test. */
#define SAMPLE_UTC G_GINT64_CONSTANT (1795500300)

static void
test_fixed_clock_stands_still (void)
{
  g_autoptr (GwClock) clock = gw_clock_new_fixed (SAMPLE_UTC);
  g_autoptr (GwClock) same = gw_clock_ref (clock);

  g_assert_cmpint (gw_clock_now (clock), ==, SAMPLE_UTC);
  gw_clock_advance (same, 90);
  g_assert_cmpint (gw_clock_now (clock), ==, SAMPLE_UTC + 90);
  gw_clock_set (clock, -5);
  g_assert_cmpint (gw_clock_now (same), ==, -5);
}

static void
test_system_clock_is_the_machines (void)
{
  g_autoptr (GwClock) clock = gw_clock_new_system ();
  gint64 before = g_get_real_time () / G_USEC_PER_SEC;
  gint64 now = gw_clock_now (clock);

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time () / G_USEC_PER_SEC);
}

/* Every day from 1800 to 2200 against GDate, which does it by another road. */
static void
test_days_agree_with_gdate (void)
{
  GDate date, epoch;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 1, 1, 1800);
  g_date_clear (&epoch, 1);
  g_date_set_dmy (&epoch, 1, 1, 1970);
  for (; g_date_get_year (&date) < 2200; g_date_add_days (&date, 1))
    {
      gint32 day = g_date_days_between (&epoch, &date);
      int year, month, day_of_month;

      gw_day_to_ymd (day, &year, &month, &day_of_month);
      g_assert_cmpint (year, ==, g_date_get_year (&date));
      g_assert_cmpint (month, ==, (int)g_date_get_month (&date));
      g_assert_cmpint (day_of_month, ==, g_date_get_day (&date));
      g_assert_cmpint (gw_day_from_ymd (year, month, day_of_month), ==, day);
      g_assert_cmpint (gw_day_weekday (day), ==, (int)g_date_get_weekday (&date));
    }
}

static void
test_days_that_are_none (void)
{
  static const int days[][3] = {
    { 2026, 2, 29 }, { 1900, 2, 29 }, { 2026, 4, 31 }, { 2026, 13, 1 },  { 2026, 0, 1 },
    { 2026, 1, 0 },  { 0, 1, 1 },     { 10000, 1, 1 }, { 2026, 12, 32 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (days); ++i)
    g_assert_cmpint (gw_day_from_ymd (days[i][0], days[i][1], days[i][2]), ==, G_MININT32);
  g_assert_cmpint (gw_day_from_ymd (2000, 2, 29), ==, 11016);
}

static void
test_civil_time_is_china_standard (void)
{
  gint32 day = gw_day_from_ymd (2026, 11, 24);

  g_assert_cmpint (gw_time_of_day (day, 14, 5, 0), ==, SAMPLE_UTC);
  g_assert_cmpint (gw_day_of_time (SAMPLE_UTC), ==, day);
  g_assert_cmpint (gw_day_of_time (gw_time_of_day (day, 0, 0, 0)), ==, day);
  g_assert_cmpint (gw_day_of_time (gw_time_of_day (day, 0, 0, 0) - 1), ==, day - 1);
  g_assert_cmpint (gw_time_of_day (day, 24, 0, 0), ==, gw_time_of_day (day + 1, 0, 0, 0));
  g_assert_cmpint (gw_day_of_time (-GW_CST_OFFSET - 1), ==, -1);
}

static void
test_format (void)
{
  g_autofree char *day = gw_day_format (gw_day_of_time (SAMPLE_UTC));
  g_autofree char *time = gw_time_format (SAMPLE_UTC + 59);
  g_autofree char *iso = gw_time_format_iso (SAMPLE_UTC + 9);
  g_autofree char *old = gw_time_format_iso (-GW_CST_OFFSET - 1);

  g_assert_cmpstr (day, ==, "2026-11-24");
  g_assert_cmpstr (time, ==, "2026-11-24 14:05");
  g_assert_cmpstr (iso, ==, "2026-11-24T14:05:09+08:00");
  g_assert_cmpstr (old, ==, "1969-12-31T23:59:59+08:00");
}

static void
test_parse (void)
{
  static const struct
  {
    const char *text, *iso;
    gboolean has_time;
  } cases[] = {
    { "2026-11-24", "2026-11-24T00:00:00+08:00", FALSE },
    { " 2026-1-4 ", "2026-01-04T00:00:00+08:00", FALSE },
    { "2026/11/24", "2026-11-24T00:00:00+08:00", FALSE },
    { "2026年11月24日", "2026-11-24T00:00:00+08:00", FALSE },
    { "20261124", "2026-11-24T00:00:00+08:00", FALSE },
    { "２０２６－１１－２４　１４：０５", "2026-11-24T14:05:00+08:00", TRUE },
    { "2026-11-24 14:05", "2026-11-24T14:05:00+08:00", TRUE },
    { "2026/11/24 9:05:09", "2026-11-24T09:05:09+08:00", TRUE },
    { "20261124 09:05", "2026-11-24T09:05:00+08:00", TRUE },
    { "2026年11月24日14时5分", "2026-11-24T14:05:00+08:00", TRUE },
    { "2026年11月24日 14时05分09秒", "2026-11-24T14:05:09+08:00", TRUE },
    { "2026年11月24日 14时", "2026-11-24T14:00:00+08:00", TRUE },
    { "2026年11月24日8点30分", "2026-11-24T08:30:00+08:00", TRUE },
    { "2026年11月24日 14:05", "2026-11-24T14:05:00+08:00", TRUE },
    { "2026-11-24T06:05:00Z", "2026-11-24T14:05:00+08:00", TRUE },
    { "2026-11-24T06:05:00.250Z", "2026-11-24T14:05:00+08:00", TRUE },
    { "2026-11-24T14:05:00+08:00", "2026-11-24T14:05:00+08:00", TRUE },
    { "2026-11-24T01:05-0500", "2026-11-24T14:05:00+08:00", TRUE },
    { "2026-11-24 14:05 +08", "2026-11-24T14:05:00+08:00", TRUE },
    { "2026-11-24T14:05:00", "2026-11-24T14:05:00+08:00", TRUE },
    { "2026-11-24 24:00", "2026-11-25T00:00:00+08:00", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); ++i)
    {
      g_autofree char *iso = NULL;
      gint64 utc = 0;
      gint32 day = 0;
      gboolean has_time = !cases[i].has_time;

      g_test_message ("%s", cases[i].text);
      g_assert_true (gw_time_parse (cases[i].text, &utc, &has_time));
      iso = gw_time_format_iso (utc);
      g_assert_cmpstr (iso, ==, cases[i].iso);
      g_assert_cmpint (has_time, ==, cases[i].has_time);
      g_assert_true (gw_day_parse (cases[i].text, &day));
      g_assert_cmpint (day, ==, gw_day_of_time (utc));
    }
}

static void
test_parse_refuses (void)
{
  static const char *const texts[] = {
    "",
    "昨天",
    "46350",
    "2026",
    "2026-11",
    "2026-02-29",
    "2026-13-01",
    "26-11-24",
    "2026-11/24",
    "2026.11",
    "2026-11-24 25:00",
    "2026-11-24 24:01",
    "2026-11-24 14:60",
    "2026-11-24 14",
    "2026-11-24 14:5",
    "2026-11-24T",
    "2026-11-24T14:05+8",
    "2026-11-24T14:05+15:00",
    "2026-11-2414:05",
    "202611241405",
    "2026年11月24",
    "2026-11-24 14:05 x",
    "2026-11-24 and a long explanation why this matter was reported so late in the year",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); ++i)
    {
      gint64 utc = 77;
      gint32 day = 77;
      gboolean has_time = 77;

      g_test_message ("%s", texts[i]);
      g_assert_false (gw_time_parse (texts[i], &utc, &has_time));
      g_assert_false (gw_day_parse (texts[i], &day));
      g_assert_cmpint (utc, ==, 77);
      g_assert_cmpint (day, ==, 77);
      g_assert_cmpint (has_time, ==, 77);
    }
  g_assert_false (gw_time_parse (NULL, NULL, NULL));
  g_assert_false (gw_time_parse ("2026-11-24\xff", NULL, NULL));
}

static void
test_what_is_written_is_read (void)
{
  for (guint i = 0; i < 2000; ++i)
    {
      gint64 utc = g_test_rand_int_range (G_MININT32 / 2, G_MAXINT32), read = 0;
      g_autofree char *iso = gw_time_format_iso (utc);
      g_autofree char *minutes = gw_time_format (utc);

      g_assert_true (gw_time_parse (iso, &read, NULL));
      g_assert_cmpint (read, ==, utc);
      g_assert_true (gw_time_parse (minutes, &read, NULL));
      g_assert_cmpint (read, <=, utc);
      g_assert_cmpint (read, >, utc - 60);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/fixed-stands-still", test_fixed_clock_stands_still);
  g_test_add_func ("/clock/system-is-the-machines", test_system_clock_is_the_machines);
  g_test_add_func ("/clock/days-agree-with-gdate", test_days_agree_with_gdate);
  g_test_add_func ("/clock/days-that-are-none", test_days_that_are_none);
  g_test_add_func ("/clock/civil-time-is-china-standard", test_civil_time_is_china_standard);
  g_test_add_func ("/clock/format", test_format);
  g_test_add_func ("/clock/parse", test_parse);
  g_test_add_func ("/clock/parse-refuses", test_parse_refuses);
  g_test_add_func ("/clock/what-is-written-is-read", test_what_is_written_is_read);
  return g_test_run ();
}
