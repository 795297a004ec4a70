/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-calendar.h"

#include "gw-calendar-private.h"

/* The arithmetic of limits. Working time is a line of its own: its point W(t) is the working
 * seconds that have passed, so adding a limit is an addition there and two table look-ups. */

/* No limit is longer (10 000 years); keeps every sum far inside 64 bits. */
#define MAX_DAYS 3652425

gboolean
gw_unit_is_working (GwUnit unit)
{
  return unit == GW_UNIT_WORKING_MINUTE || unit == GW_UNIT_WORKING_HOUR ||
         unit == GW_UNIT_WORKING_DAY;
}

static gint64
civil_day (gint64 utc, gint64 *second)
{
  gint64 civil = utc + GW_CST_OFFSET;
  gint64 in_day = (civil % GW_DAY_SECONDS + GW_DAY_SECONDS) % GW_DAY_SECONDS;

  *second = in_day;
  return (civil - in_day) / GW_DAY_SECONDS;
}

static gint64
civil_time (gint64 day, gint64 second)
{
  return day * GW_DAY_SECONDS + second - GW_CST_OFFSET;
}

/* How much of a working day has passed at @second after midnight. */
static gint64
worked_until (gint64 second)
{
  return CLAMP (second - GW_MORNING_START, 0, GW_MORNING_SECONDS) +
         CLAMP (second - GW_AFTERNOON_START, 0, GW_AFTERNOON_SECONDS);
}

static gint64
working_point (const GwCalendar *self, gint64 utc)
{
  gint64 second;
  gint64 day = civil_day (utc, &second);
  gint64 before = gw_calendar_working_days_before (self, day);
  gboolean works = gw_calendar_working_days_before (self, day + 1) > before;

  return before * GW_WORKING_SECONDS + (works ? worked_until (second) : 0);
}

static gint64
split_point (gint64 point, gint64 *rest)
{
  *rest = (point % GW_WORKING_SECONDS + GW_WORKING_SECONDS) % GW_WORKING_SECONDS;
  return (point - *rest) / GW_WORKING_SECONDS;
}

/* A boundary is two times at once, 17:30 and 09:00 of the next working day. Work that goes on is
 * at the later one. */
static gint64
time_of_going_on (const GwCalendar *self, gint64 point)
{
  gint64 rest;
  gint64 day = gw_calendar_nth_working_day (self, split_point (point, &rest));

  if (rest < GW_MORNING_SECONDS)
    return civil_time (day, GW_MORNING_START + rest);
  return civil_time (day, GW_AFTERNOON_START + rest - GW_MORNING_SECONDS);
}

/* Work that ends is at the earlier one. */
static gint64
time_of_ending (const GwCalendar *self, gint64 point)
{
  return time_of_going_on (self, point - 1) + 1;
}

/* Civil Code art. 201: the day on which a period of days begins is not counted, the period starts
 * with the day after. Civil Code art. 203, Civil Procedure Law art. 85: when the last day is a day
 * off, the first day after the days off takes its place; the last day ends at 24:00. */
static gint64
end_of_day_after (const GwCalendar *self, gint64 start, gint64 n, gboolean rolls)
{
  gint64 second;
  gint64 day = civil_day (start, &second) + n;

  if (rolls)
    day = gw_calendar_nth_working_day (self, gw_calendar_working_days_before (self, day));
  return civil_time (day, GW_DAY_SECONDS - 1);
}

/**
 * gw_calendar_add:
 * @start: UTC seconds
 * @n: how many; 0 gives @start back for every unit
 * @unit: of what
 *
 * When a limit runs out: the last second that is in time. Constant time, any thread.
 *
 * - Minutes and hours: round the clock (the "24 h" and "1 h" clocks of emergencies).
 * - Working minutes and hours: a start outside of working hours waits for the next working second;
 *   a limit that is used up at a break ends at the break (12:00, not 13:30).
 * - Working days: the same time of day on the n-th working day after the start; a start outside of
 *   working hours is moved to the next working second first. This keeps the day of the start out of
 *   the count (Civil Code art. 201), and makes one working day exactly 7 counted hours, so that the
 *   lamp thresholds hold in every unit. It is how the limits of the grid centres (GB/T 33200
 *   practice, "1 working day to accept, 3 to handle") are read: reported Monday 10:00, one working
 *   day, due Tuesday 10:00.
 * - Calendar days: the n-th day after the start, to its last second (23:59:59, "24:00" in the law's
 *   words; the second before midnight, so that gw_day_of_time() names the day that is meant).
 * - Legal days: calendar days whose last day, when off, gives way to the next working day.
 *
 * Returns: UTC seconds
 */
gint64
gw_calendar_add (const GwCalendar *self, gint64 start, guint n, GwUnit unit)
{
  gint64 days = MIN (n, MAX_DAYS);

  g_return_val_if_fail (self != NULL, start);

  if (n == 0)
    return start;
  switch (unit)
    {
    case GW_UNIT_MINUTE:
      return start + (gint64)n * 60;
    case GW_UNIT_HOUR:
      return start + (gint64)n * 3600;
    case GW_UNIT_WORKING_MINUTE:
      return time_of_ending (self, working_point (self, start) + (gint64)n * 60);
    case GW_UNIT_WORKING_HOUR:
      return time_of_ending (self, working_point (self, start) + (gint64)n * 3600);
    case GW_UNIT_WORKING_DAY:
      return time_of_going_on (self, working_point (self, start) + days * GW_WORKING_SECONDS);
    case GW_UNIT_CALENDAR_DAY:
      return end_of_day_after (self, start, days, FALSE);
    case GW_UNIT_LEGAL_DAY:
      return end_of_day_after (self, start, days, TRUE);
    default:
      g_return_val_if_reached (start);
    }
}

/**
 * gw_calendar_counted_seconds:
 * @from: UTC seconds
 * @to: UTC seconds
 * @unit: working seconds for the working units, clock seconds for the others
 *
 * What a lamp divides: counted from the start until now, over counted from the start until due.
 * Negative when @to is before @from. Constant time, any thread.
 *
 * Returns: seconds; a working day has 25 200
 */
gint64
gw_calendar_counted_seconds (const GwCalendar *self, gint64 from, gint64 to, GwUnit unit)
{
  g_return_val_if_fail (self != NULL, 0);

  if (!gw_unit_is_working (unit))
    return to - from;
  return working_point (self, to) - working_point (self, from);
}

/**
 * gw_calendar_working_days_between:
 * @from: a day number
 * @to: a day number
 *
 * Returns: the number of working days from @from up to, without, @to; negative when @to is before
 */
gint
gw_calendar_working_days_between (const GwCalendar *self, gint32 from, gint32 to)
{
  g_return_val_if_fail (self != NULL, 0);

  return (gint)(gw_calendar_working_days_before (self, to) -
                gw_calendar_working_days_before (self, from));
}
