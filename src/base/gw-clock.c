/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-clock.h"

#include <string.h>

#define DAY_SECONDS 86400
#define DAYS_PER_ERA 146097     /* 400 Gregorian years */
#define DAYS_BEFORE_1970 719468 /* from 0000-03-01, where the era count begins */

struct _GwClock
{
  gatomicrefcount refs;
  gboolean fixed;
  gint64 now; /* read and written with atomics: a fixed clock is shared between threads */
};

static GwClock *
clock_new (gboolean fixed, gint64 now_utc)
{
  GwClock *self = g_new0 (GwClock, 1);

  g_atomic_ref_count_init (&self->refs);
  self->fixed = fixed;
  self->now = now_utc;
  return self;
}

/**
 * gw_clock_new_system:
 *
 * The clock of the machine.
 *
 * Returns: (transfer full): a clock
 */
GwClock *
gw_clock_new_system (void)
{
  return clock_new (FALSE, 0);
}

/**
 * gw_clock_new_fixed:
 * @now_utc: seconds since 1970-01-01T00:00:00Z
 *
 * A clock that stands still, so that a test can say "three working days later".
 *
 * Returns: (transfer full): a clock
 */
GwClock *
gw_clock_new_fixed (gint64 now_utc)
{
  return clock_new (TRUE, now_utc);
}

/**
 * gw_clock_ref:
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
GwClock *
gw_clock_ref (GwClock *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * gw_clock_unref:
 * @self: (transfer full) (nullable): a clock
 */
void
gw_clock_unref (GwClock *self)
{
  if (self != NULL && g_atomic_ref_count_dec (&self->refs))
    g_free (self);
}

/**
 * gw_clock_now:
 *
 * Any thread.
 *
 * Returns: UTC seconds since 1970
 */
gint64
gw_clock_now (const GwClock *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->fixed)
    return __atomic_load_n (&self->now, __ATOMIC_RELAXED);
  return g_get_real_time () / G_USEC_PER_SEC;
}

/**
 * gw_clock_set:
 * @self: a clock made by gw_clock_new_fixed()
 * @now_utc: UTC seconds
 *
 * Any thread; a time may also go back.
 */
void
gw_clock_set (GwClock *self, gint64 now_utc)
{
  g_return_if_fail (self != NULL && self->fixed);

  __atomic_store_n (&self->now, now_utc, __ATOMIC_RELAXED);
}

/**
 * gw_clock_advance:
 * @self: a clock made by gw_clock_new_fixed()
 * @seconds: may be negative
 *
 * Any thread.
 */
void
gw_clock_advance (GwClock *self, gint64 seconds)
{
  g_return_if_fail (self != NULL && self->fixed);

  (void)__atomic_add_fetch (&self->now, seconds, __ATOMIC_RELAXED);
}

static gint64
floor_divide (gint64 value, gint64 by)
{
  return value / by - (value % by < 0 ? 1 : 0);
}

/**
 * gw_day_of_time:
 * @utc: UTC seconds
 *
 * Returns: the day in China Standard Time that @utc lies in
 */
gint32
gw_day_of_time (gint64 utc)
{
  gint64 day = floor_divide (utc + GW_CST_OFFSET, DAY_SECONDS);

  return (gint32)CLAMP (day, G_MININT32 + 1, G_MAXINT32);
}

/**
 * gw_time_of_day:
 * @day: a day number
 * @hour: 0-24; 24:00 is the midnight that ends @day
 *
 * Returns: UTC seconds of that civil time
 */
gint64
gw_time_of_day (gint32 day, int hour, int minute, int second)
{
  return (gint64)day * DAY_SECONDS + hour * 3600 + minute * 60 + second - GW_CST_OFFSET;
}

static int
days_in_month (int year, int month)
{
  static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  gboolean leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

  return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

/**
 * gw_day_from_ymd:
 * @year: 1-9999 in the Gregorian calendar
 * @month: 1-12
 * @day: 1-31
 *
 * Returns: days since 1970-01-01, or %G_MININT32 when there is no such day
 */
gint32
gw_day_from_ymd (int year, int month, int day)
{
  int shifted, era, year_of_era, day_of_year;

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 ||
      day > days_in_month (year, month))
    return G_MININT32;

  /* A year that begins in March has its leap day last, so months need no table. */
  shifted = month <= 2 ? year - 1 : year;
  era = shifted / 400;
  year_of_era = shifted - era * 400;
  day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * DAYS_PER_ERA + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 +
         day_of_year - DAYS_BEFORE_1970;
}

/**
 * gw_day_to_ymd:
 * @day: a day number
 * @year: (out) (optional): the year
 * @month: (out) (optional): 1-12
 * @day_of_month: (out) (optional): 1-31
 */
void
gw_day_to_ymd (gint32 day, int *year, int *month, int *day_of_month)
{
  gint64 shifted = (gint64)day + DAYS_BEFORE_1970;
  gint64 era = floor_divide (shifted, DAYS_PER_ERA);
  int day_of_era = (int)(shifted - era * DAYS_PER_ERA);
  int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month_from_march = (5 * day_of_year + 2) / 153;
  int civil_month = month_from_march + (month_from_march < 10 ? 3 : -9);

  if (year != NULL)
    *year = (int)(year_of_era + era * 400) + (civil_month <= 2 ? 1 : 0);
  if (month != NULL)
    *month = civil_month;
  if (day_of_month != NULL)
    *day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
}

/**
 * gw_day_weekday:
 *
 * Returns: 1 for Monday to 7 for Sunday (ISO 8601)
 */
int
gw_day_weekday (gint32 day)
{
  gint64 from_thursday = ((gint64)day % 7 + 7) % 7; /* 1970-01-01 was a Thursday */

  return (int)((from_thursday + 3) % 7) + 1;
}

/**
 * gw_day_format:
 *
 * Returns: (transfer full): "2026-11-24"
 */
char *
gw_day_format (gint32 day)
{
  int year, month, day_of_month;

  gw_day_to_ymd (day, &year, &month, &day_of_month);
  return g_strdup_printf ("%04d-%02d-%02d", year, month, day_of_month);
}

static int
second_of_day (gint64 utc)
{
  gint64 civil = utc + GW_CST_OFFSET;

  return (int)(civil - floor_divide (civil, DAY_SECONDS) * DAY_SECONDS);
}

/**
 * gw_time_format:
 * @utc: UTC seconds
 *
 * For people: civil time to the minute.
 *
 * Returns: (transfer full): "2026-11-24 14:05"
 */
char *
gw_time_format (gint64 utc)
{
  g_autofree char *day = gw_day_format (gw_day_of_time (utc));
  int second = second_of_day (utc);

  return g_strdup_printf ("%s %02d:%02d", day, second / 3600, second / 60 % 60);
}

/**
 * gw_time_format_iso:
 * @utc: UTC seconds
 *
 * For files: civil time with its offset, so that nobody has to guess.
 *
 * Returns: (transfer full): "2026-11-24T14:05:00+08:00"
 */
char *
gw_time_format_iso (gint64 utc)
{
  g_autofree char *day = gw_day_format (gw_day_of_time (utc));
  int second = second_of_day (utc);

  return g_strdup_printf ("%sT%02d:%02d:%02d+08:00", day, second / 3600, second / 60 % 60,
                          second % 60);
}
