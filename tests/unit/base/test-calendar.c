/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-calendar.h"

#include "gw-error.h"
#include "gw-paths.h"
#include <string.h>

static GwCalendar *
load_real (void)
{
  g_autofree char *path = gw_path_data ("calendars/cn-2018-2026.csv");
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) csv = NULL;
  gsize length;
  GwCalendar *calendar;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  csv = g_bytes_new (text, length);
  calendar = gw_calendar_new_from_csv (csv, &error);
  g_assert_no_error (error);
  return calendar;
}

static GwCalendar *
load_text (const char *text, GError **error)
{
  g_autoptr (GBytes) csv = g_bytes_new_static (text, strlen (text));

  return gw_calendar_new_from_csv (csv, error);
}

static gint64
at (const char *text)
{
  gint64 utc = 0;

  g_assert_true (gw_time_parse (text, &utc, NULL));
  return utc;
}

static gint32
day_at (const char *text)
{
  gint32 day = 0;

  g_assert_true (gw_day_parse (text, &day));
  return day;
}

/* Worked by hand from the notices of the State Council. */
static const struct
{
  const char *what, *start;
  guint n;
  GwUnit unit;
  const char *due;
} examples[] = {
  /* Spring Festival. */
  { "2018: Thu 22, Fri 23, Sat 24 makes up", "2018-02-14 10:00", 3, GW_UNIT_WORKING_DAY,
    "2018-02-24 10:00" },
  { "2019: Sat 2 and Sun 3 make up, Mon 11", "2019-02-01 16:00", 3, GW_UNIT_WORKING_DAY,
    "2019-02-11 16:00" },
  { "2020: until 2 February", "2020-01-23 10:00", 1, GW_UNIT_WORKING_DAY, "2020-02-03 10:00" },
  { "2020: Saturday waits for Sunday 19, which makes up", "2020-01-18 12:30", 1,
    GW_UNIT_WORKING_DAY, "2020-01-20 09:00" },
  { "2021: Sat 20 makes up", "2021-02-10 14:30", 3, GW_UNIT_WORKING_DAY, "2021-02-20 14:30" },
  { "2022: Sat 29, Sun 30 make up", "2022-01-28 09:00", 3, GW_UNIT_WORKING_DAY,
    "2022-02-07 09:00" },
  { "2023: Sat 28, Sun 29 make up", "2023-01-20 11:00", 3, GW_UNIT_WORKING_DAY,
    "2023-01-30 11:00" },
  { "2024: the eve is worked, Sun 18 makes up", "2024-02-09 10:00", 2, GW_UNIT_WORKING_DAY,
    "2024-02-19 10:00" },
  { "2025: Sat 8 makes up", "2025-01-27 15:00", 4, GW_UNIT_WORKING_DAY, "2025-02-08 15:00" },
  { "2026: both Saturdays make up", "2026-02-14 10:00", 5, GW_UNIT_WORKING_DAY,
    "2026-02-28 10:00" },
  /* National Day. */
  { "2018: Sat 29, Sun 30 make up", "2018-09-28 10:00", 3, GW_UNIT_WORKING_DAY,
    "2018-10-08 10:00" },
  { "2019: Sat 12 makes up", "2019-09-30 10:00", 5, GW_UNIT_WORKING_DAY, "2019-10-12 10:00" },
  { "2020: eight days off, Sat 10 makes up", "2020-09-30 17:00", 2, GW_UNIT_WORKING_DAY,
    "2020-10-10 17:00" },
  { "2021: Sat 9 makes up", "2021-09-30 09:30", 2, GW_UNIT_WORKING_DAY, "2021-10-09 09:30" },
  { "2022: after hours waits for Sat 8", "2022-09-30 18:00", 1, GW_UNIT_WORKING_DAY,
    "2022-10-09 09:00" },
  { "2023: from Mid-Autumn on, Sat 7 and Sun 8 make up", "2023-09-28 10:00", 3, GW_UNIT_WORKING_DAY,
    "2023-10-09 10:00" },
  { "2024: Sunday 29 makes up", "2024-09-29 10:00", 2, GW_UNIT_WORKING_DAY, "2024-10-08 10:00" },
  { "2025: Sat 11 makes up", "2025-09-30 10:00", 3, GW_UNIT_WORKING_DAY, "2025-10-11 10:00" },
  { "2026: Sat 10 makes up", "2026-09-30 10:00", 3, GW_UNIT_WORKING_DAY, "2026-10-10 10:00" },
  /* Where a day begins and ends. */
  { "an ordinary day", "2026-11-23 10:00", 1, GW_UNIT_WORKING_DAY, "2026-11-24 10:00" },
  { "before hours", "2026-11-23 07:00", 1, GW_UNIT_WORKING_DAY, "2026-11-24 09:00" },
  { "over lunch", "2026-11-23 12:40", 1, GW_UNIT_WORKING_DAY, "2026-11-24 13:30" },
  { "the last second of the day is after hours", "2026-11-23 17:30", 1, GW_UNIT_WORKING_DAY,
    "2026-11-25 09:00" },
  { "over the weekend", "2026-11-27 16:00", 1, GW_UNIT_WORKING_DAY, "2026-11-30 16:00" },
  { "fifteen, begun on Mid-Autumn", "2026-09-25 09:00", 15, GW_UNIT_WORKING_DAY,
    "2026-10-23 09:00" },
  /* Hours and minutes of work. */
  { "ends at the break", "2026-11-23 10:00", 2, GW_UNIT_WORKING_HOUR, "2026-11-23 12:00" },
  { "over the break", "2026-11-23 11:00", 2, GW_UNIT_WORKING_HOUR, "2026-11-23 14:30" },
  { "ends with the day", "2026-11-23 15:30", 2, GW_UNIT_WORKING_HOUR, "2026-11-23 17:30" },
  { "over the night", "2026-11-23 16:30", 2, GW_UNIT_WORKING_HOUR, "2026-11-24 10:00" },
  { "over National Day to the break", "2026-09-30 16:30", 4, GW_UNIT_WORKING_HOUR,
    "2026-10-08 12:00" },
  { "over National Day", "2026-09-30 16:30", 5, GW_UNIT_WORKING_HOUR, "2026-10-08 14:30" },
  { "ten minutes at night", "2026-11-23 23:00", 10, GW_UNIT_WORKING_MINUTE, "2026-11-24 09:10" },
  { "420 minutes are the day", "2026-11-23 09:00", 420, GW_UNIT_WORKING_MINUTE,
    "2026-11-23 17:30" },
  /* Round the clock. */
  { "ten minutes", "2026-10-01 23:55", 10, GW_UNIT_MINUTE, "2026-10-02 00:05" },
  { "a day of hours", "2026-10-01 23:55", 24, GW_UNIT_HOUR, "2026-10-02 23:55" },
  /* Days of the law. */
  { "the start is not counted", "2026-09-21 16:00", 10, GW_UNIT_CALENDAR_DAY,
    "2026-10-01 23:59:59" },
  { "a holiday rolls to the first working day", "2026-09-21 16:00", 10, GW_UNIT_LEGAL_DAY,
    "2026-10-08 23:59:59" },
  { "a working day stays", "2026-09-21 00:00", 9, GW_UNIT_LEGAL_DAY, "2026-09-30 23:59:59" },
  { "a make-up Saturday is a working day", "2026-10-05 09:00", 5, GW_UNIT_LEGAL_DAY,
    "2026-10-10 23:59:59" },
  { "a Saturday rolls to Monday", "2026-11-24 09:00", 4, GW_UNIT_LEGAL_DAY, "2026-11-30 23:59:59" },
  { "thirty days of mediation", "2026-01-20 09:00", 30, GW_UNIT_LEGAL_DAY, "2026-02-24 23:59:59" },
  { "nothing is nothing", "2026-11-28 03:04:05", 0, GW_UNIT_WORKING_DAY, "2026-11-28 03:04:05" },
};

static void
test_examples (void)
{
  g_autoptr (GwCalendar) calendar = load_real ();

  for (guint i = 0; i < G_N_ELEMENTS (examples); ++i)
    {
      gint64 due =
          gw_calendar_add (calendar, at (examples[i].start), examples[i].n, examples[i].unit);
      g_autofree char *text = gw_time_format_iso (due);
      g_autofree char *wanted = gw_time_format_iso (at (examples[i].due));

      g_test_message ("%s: %s", examples[i].start, examples[i].what);
      g_assert_cmpstr (text, ==, wanted);
    }
}

static void
test_days (void)
{
  g_autoptr (GwCalendar) calendar = load_real ();
  g_autoptr (GwCalendar) plain = gw_calendar_new_plain ();
  gint32 national = day_at ("2026-10-01"), makeup = day_at ("2026-10-10"), first, last;

  g_assert_cmpint (gw_calendar_day_kind (calendar, national), ==, GW_DAY_HOLIDAY);
  g_assert_cmpint (gw_calendar_day_kind (calendar, makeup), ==, GW_DAY_MAKEUP);
  g_assert_cmpint (gw_calendar_day_kind (calendar, makeup + 1), ==, GW_DAY_WEEKEND);
  g_assert_cmpint (gw_calendar_day_kind (calendar, makeup + 2), ==, GW_DAY_WORKING);
  g_assert_cmpstr (gw_calendar_day_name (calendar, national), ==, "国庆节");
  g_assert_cmpstr (gw_calendar_day_name (calendar, makeup), ==, "国庆节");
  g_assert_null (gw_calendar_day_name (calendar, makeup + 1));
  g_assert_true (gw_calendar_is_working (calendar, makeup));
  g_assert_false (gw_calendar_is_working (plain, makeup));
  g_assert_true (gw_calendar_is_working (plain, national));
  gw_calendar_known_range (calendar, &first, &last);
  g_assert_cmpint (first, ==, day_at ("2018-01-01"));
  g_assert_cmpint (last, ==, day_at ("2026-12-31"));
  gw_calendar_known_range (plain, &first, &last);
  g_assert_cmpint (first, >, last);
}

/* The notices give so many days off and made up in each year. */
static void
test_entries (void)
{
  g_autoptr (GwCalendar) calendar = load_real ();
  guint makeups = 0, holidays = 0;
  gint32 before = G_MININT32;

  for (guint i = 0; i < gw_calendar_n_entries (calendar); ++i)
    {
      gint32 day;
      GwDayKind kind;
      const char *name;

      gw_calendar_get_entry (calendar, i, &day, &kind, &name);
      g_assert_cmpint (day, >, before);
      g_assert_cmpint (gw_calendar_day_kind (calendar, day), ==, kind);
      g_assert_cmpstr (gw_calendar_day_name (calendar, day), ==, name);
      makeups += kind == GW_DAY_MAKEUP;
      holidays += kind == GW_DAY_HOLIDAY;
      before = day;
    }
  g_assert_cmpuint (makeups, ==, 59);
  g_assert_cmpuint (holidays, ==, 261);
}

static void
test_csv_errors (void)
{
  static const struct
  {
    const char *csv, *place;
    GwError code;
  } cases[] = {
    { "", "", GW_ERROR_FORMAT },
    { "date,kind,name\n", "", GW_ERROR_FORMAT },
    { "date,kind,name\n2026-10-01,holiday\n", "line 2", GW_ERROR_FORMAT },
    { "date,kind,name\n2026-02-30,holiday,x\n", "line 2", GW_ERROR_FORMAT },
    { "date,kind,name\n2026-10-01,holiday,x\n2026-10-02,feast,x\n", "line 3", GW_ERROR_FORMAT },
    { "2026-10-08,makeup,x\n", "line 1", GW_ERROR_INVALID },
    { "2026-10-01,holiday,x\n2026-10-01,holiday,y\n", "2026-10-01", GW_ERROR_INVALID },
    { "2061-01-01,holiday,x\n", "line 1", GW_ERROR_LIMIT },
    { "1989-12-31,holiday,x\n", "line 1", GW_ERROR_LIMIT },
    { "2026-10-01,holiday,\"x\n", "line 1", GW_ERROR_FORMAT },
    { "2026-10-01,holiday,\"a\nb\"\n2026-10-02,feast,x\n", "line 3", GW_ERROR_FORMAT },
    { "2026-10-01,holiday,\xff\n", "line 1", GW_ERROR_FORMAT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); ++i)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (load_text (cases[i].csv, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, GW_ERROR, (int)cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].place));
    }
}

static void
test_csv_forms (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwCalendar) calendar =
      load_text ("\xef\xbb\xbf"
                 "date,kind,name\r\n2026-10-10,makeup,国庆节\r\n\r\n2026/10/1,holiday,国庆节",
                 &error);

  g_assert_no_error (error);
  g_assert_cmpuint (gw_calendar_n_entries (calendar), ==, 2);
  g_assert_false (gw_calendar_is_working (calendar, day_at ("2026-10-01")));
  g_assert_true (gw_calendar_is_working (calendar, day_at ("2026-10-10")));
}

/* 2018-12-29 to 31 belong to New Year 2019: that says nothing about the rest of 2018. */
static void
test_december_opens_no_year (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwCalendar) calendar =
      load_text ("2018-12-29,makeup,元旦\n2018-12-31,holiday,元旦\n2019-01-01,holiday,元旦\n"
                 "2020-10-01,holiday,国庆节\n2021-12-25,makeup,元旦\n",
                 &error);
  gint32 first, last;

  g_assert_no_error (error);
  gw_calendar_known_range (calendar, &first, &last);
  g_assert_cmpint (first, ==, day_at ("2019-01-01"));
  g_assert_cmpint (last, ==, day_at ("2020-12-31"));
}

/* The rule, minute by minute and by nothing but the kind of the day. */
static gboolean
minute_is_worked (const GwCalendar *calendar, gint64 utc)
{
  gint32 day = gw_day_of_time (utc);
  gint64 minute = (utc - gw_time_of_day (day, 0, 0, 0)) / 60;

  return gw_calendar_is_working (calendar, day) &&
         ((minute >= 540 && minute < 720) || (minute >= 810 && minute < 1050));
}

static gint64
random_minute (const char *from, const char *to)
{
  gint64 first = at (from) / 60, last = at (to) / 60;

  return (first + g_test_rand_int_range (0, (gint32)(last - first))) * 60;
}

static void
test_minutes_against_walk (void)
{
  g_autoptr (GwCalendar) calendar = load_real ();

  for (int i = 0; i < 400; ++i)
    {
      gint64 start = random_minute ("2017-12-01", "2027-01-31"), walk = start;
      guint n = (guint)g_test_rand_int_range (1, 3000), left = n;

      for (; left > 0; walk += 60)
        left -= minute_is_worked (calendar, walk);
      g_assert_cmpint (gw_calendar_add (calendar, start, n, GW_UNIT_WORKING_MINUTE), ==, walk);
      g_assert_cmpint (gw_calendar_counted_seconds (calendar, start, walk, GW_UNIT_WORKING_DAY), ==,
                       n * 60);
      if (n % 60 == 0)
        g_assert_cmpint (gw_calendar_add (calendar, start, n / 60, GW_UNIT_WORKING_HOUR), ==, walk);
    }
}

/* The n-th working day after the (moved) start, at the same time of day. */
static void
test_days_against_walk (void)
{
  g_autoptr (GwCalendar) calendar = load_real ();

  for (int i = 0; i < 1000; ++i)
    {
      gint64 start = random_minute ("2017-12-01", "2027-01-31"), moved = start, due;
      guint n = (guint)g_test_rand_int_range (1, 60), left = n;
      gint32 day;

      while (!minute_is_worked (calendar, moved))
        moved += 60;
      for (day = gw_day_of_time (moved); left > 0;)
        left -= gw_calendar_is_working (calendar, ++day);
      due = moved + (gint64)(day - gw_day_of_time (moved)) * 86400;
      g_assert_cmpint (gw_calendar_add (calendar, start, n, GW_UNIT_WORKING_DAY), ==, due);
      g_assert_cmpint (gw_calendar_counted_seconds (calendar, start, due, GW_UNIT_WORKING_DAY), ==,
                       n * 25200);
    }
}

static void
test_limits_add_up (void)
{
  static const GwUnit units[] = { GW_UNIT_WORKING_MINUTE, GW_UNIT_WORKING_HOUR, GW_UNIT_WORKING_DAY,
                                  GW_UNIT_MINUTE, GW_UNIT_HOUR };
  g_autoptr (GwCalendar) calendar = load_real ();

  for (int i = 0; i < 5000; ++i)
    {
      GwUnit unit = units[i % G_N_ELEMENTS (units)];
      gint64 start = random_minute ("2018-01-01", "2026-12-31") + g_test_rand_int_range (0, 60);
      guint one = (guint)g_test_rand_int_range (1, 40), two = (guint)g_test_rand_int_range (1, 40);
      gint64 step = gw_calendar_add (calendar, start, one, unit);
      gint64 whole = gw_calendar_add (calendar, start, one + two, unit);

      g_assert_cmpint (gw_calendar_add (calendar, step, two, unit), ==, whole);
      g_assert_cmpint (start, <, step);
      g_assert_cmpint (step, <, whole);
      g_assert_cmpint (gw_calendar_add (calendar, start + 1, one, unit), >=, step);
      g_assert_cmpint (gw_calendar_counted_seconds (calendar, start, whole, unit), ==,
                       gw_calendar_counted_seconds (calendar, start, step, unit) +
                           gw_calendar_counted_seconds (calendar, step, whole, unit));
      g_assert_cmpint (gw_calendar_counted_seconds (calendar, whole, start, unit), ==,
                       -gw_calendar_counted_seconds (calendar, start, whole, unit));
    }
}

static void
test_legal_days_roll_no_further (void)
{
  g_autoptr (GwCalendar) calendar = load_real ();

  for (int i = 0; i < 3000; ++i)
    {
      gint64 start = random_minute ("2018-01-01", "2026-10-31");
      guint n = (guint)g_test_rand_int_range (1, 90);
      gint32 nominal = gw_day_of_time (start) + (gint32)n;
      gint32 last = gw_day_of_time (gw_calendar_add (calendar, start, n, GW_UNIT_LEGAL_DAY));

      g_assert_cmpint (gw_calendar_add (calendar, start, n, GW_UNIT_CALENDAR_DAY), ==,
                       gw_time_of_day (nominal, 23, 59, 59));
      g_assert_true (gw_calendar_is_working (calendar, last));
      g_assert_cmpint (last, >=, nominal);
      g_assert_cmpint (gw_calendar_working_days_between (calendar, nominal, last), ==, 0);
    }
}

/* The table ends in 1990 and 2060; nobody may notice at the seam or beyond. */
static void
test_no_seam (void)
{
  static const char *const seams[] = { "1950-01-01", "1989-12-20", "2060-12-20", "2150-06-01" };
  g_autoptr (GwCalendar) calendar = load_real ();

  for (guint i = 0; i < G_N_ELEMENTS (seams); ++i)
    for (gint32 from = day_at (seams[i]), day = from, n = 0; day < from + 40; ++day)
      {
        gint64 morning = gw_time_of_day (from, 0, 0, 0), due;

        g_assert_cmpint (gw_calendar_is_working (calendar, day), ==, gw_day_weekday (day) <= 5);
        g_assert_cmpint (gw_calendar_working_days_between (calendar, from, day), ==, n);
        n += gw_day_weekday (day) <= 5;
        if (gw_day_weekday (day) > 5)
          continue;
        due = gw_calendar_add (calendar, morning, (guint)n * 7, GW_UNIT_WORKING_HOUR);
        g_assert_cmpint (due, ==, gw_time_of_day (day, 17, 30, 0));
      }
}

static void
test_absurd_limits_stay_defined (void)
{
  g_autoptr (GwCalendar) calendar = gw_calendar_new_plain ();

  for (GwUnit unit = GW_UNIT_MINUTE; unit <= GW_UNIT_LEGAL_DAY; ++unit)
    g_assert_cmpint (gw_calendar_add (calendar, 0, G_MAXUINT, unit), >, 0);
}

static void
assert_line (const char *text, const char *line)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  if (!g_strv_contains ((const char *const *)lines, line))
    {
      g_test_message ("no line “%s” in:\n%s", line, text);
      g_test_fail ();
    }
}

static void
test_explain_working_days (void)
{
  g_autoptr (GwCalendar) calendar = load_real ();
  g_autofree char *text =
      gw_calendar_explain (calendar, at ("2026-09-30 10:30"), 3, GW_UNIT_WORKING_DAY);

  assert_line (text, "2026-09-30 Wednesday: 5 h 30 min counted, 5 h 30 min in all");
  assert_line (text, "2026-10-01 Thursday 国庆节: not counted");
  assert_line (text, "2026-10-08 Thursday: 7 h counted, 12 h 30 min in all");
  assert_line (text, "2026-10-10 Saturday make-up day for 国庆节: 1 h 30 min counted, 21 h in all");
  assert_line (text, "Due 2026-10-10 10:30");
}

static void
test_explain_other_units (void)
{
  g_autoptr (GwCalendar) calendar = load_real ();
  g_autofree char *late =
      gw_calendar_explain (calendar, at ("2026-11-23 18:00"), 10, GW_UNIT_WORKING_MINUTE);
  g_autofree char *legal =
      gw_calendar_explain (calendar, at ("2026-09-28 10:00"), 3, GW_UNIT_LEGAL_DAY);
  g_autofree char *hours =
      gw_calendar_explain (calendar, at ("2026-10-01 20:00"), 24, GW_UNIT_HOUR);
  g_autofree char *unknown =
      gw_calendar_explain (calendar, at ("2026-12-31 10:00"), 1, GW_UNIT_WORKING_DAY);

  assert_line (late, "2026-11-23 Monday: outside of working hours, not counted");
  assert_line (late, "2026-11-24 Tuesday: 10 min counted, 10 min in all");
  assert_line (legal, "2026-09-28 Monday: the day of the start is not counted");
  assert_line (legal, "2026-09-30 Wednesday: day 2 of 3");
  assert_line (legal,
               "2026-10-01 Thursday 国庆节: a day off cannot be the last day, the limit goes on");
  assert_line (legal,
               "2026-10-08 Thursday: the first working day after the last day takes its place");
  assert_line (hours, "2026-10-01 Thursday 国庆节: 4 h counted round the clock");
  assert_line (hours, "2026-10-02 Friday 国庆节: 20 h counted round the clock");
  assert_line (hours, "Due 2026-10-02 20:00");
  assert_line (unknown,
               "The holidays of that year are not in the calendar yet; the due date may move when "
               "the list of the year is imported.");
}

static void
test_explain_long (void)
{
  g_autoptr (GwCalendar) calendar = load_real ();
  g_autofree char *text =
      gw_calendar_explain (calendar, at ("2020-01-01"), 500, GW_UNIT_CALENDAR_DAY);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  g_assert_cmpuint (g_strv_length (lines), ==, 402);
  assert_line (text, "… and 101 more days");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendar/examples", test_examples);
  g_test_add_func ("/calendar/days", test_days);
  g_test_add_func ("/calendar/entries", test_entries);
  g_test_add_func ("/calendar/december-opens-no-year", test_december_opens_no_year);
  g_test_add_func ("/calendar/csv-errors", test_csv_errors);
  g_test_add_func ("/calendar/csv-forms", test_csv_forms);
  g_test_add_func ("/calendar/minutes-against-walk", test_minutes_against_walk);
  g_test_add_func ("/calendar/days-against-walk", test_days_against_walk);
  g_test_add_func ("/calendar/limits-add-up", test_limits_add_up);
  g_test_add_func ("/calendar/legal-days-roll-no-further", test_legal_days_roll_no_further);
  g_test_add_func ("/calendar/no-seam", test_no_seam);
  g_test_add_func ("/calendar/absurd-limits-stay-defined", test_absurd_limits_stay_defined);
  g_test_add_func ("/calendar/explain-working-days", test_explain_working_days);
  g_test_add_func ("/calendar/explain-other-units", test_explain_other_units);
  g_test_add_func ("/calendar/explain-long", test_explain_long);
  return g_test_run ();
}
