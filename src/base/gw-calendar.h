/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The working calendar: weekly pattern + holidays + make-up working days, and the arithmetic of
 * limits over it. Source of the days: the yearly notices of the State Council, imported as
 * data/calendars/cn-*.csv (date,kind,name; kind holiday|makeup). */

#include "gw-clock.h"
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _GwCalendar GwCalendar; /* immutable once shared; refcounted, any thread */

typedef enum
{
  GW_DAY_WORKING,
  GW_DAY_MAKEUP, /* a weekend day that is worked */
  GW_DAY_WEEKEND,
  GW_DAY_HOLIDAY,
} GwDayKind;

typedef enum
{                     /* the units of a limit, domain.md 4b.3 */
  GW_UNIT_MINUTE = 1, /* clock minutes, round the clock */
  GW_UNIT_HOUR,       /* clock hours, round the clock */
  GW_UNIT_WORKING_MINUTE,
  GW_UNIT_WORKING_HOUR,
  GW_UNIT_WORKING_DAY,
  GW_UNIT_CALENDAR_DAY,
  GW_UNIT_LEGAL_DAY, /* calendar days that roll to the next working day when the last one is none
                        (Civil Procedure Law art. 85) */
} GwUnit;

/* Monday-Friday 09:00-12:00 and 13:30-17:30 (a day of 7 working hours), no holidays. */
GwCalendar *gw_calendar_new_plain (void);
/* Blocking: for workers. Errors name line, reason and mend. */
GwCalendar *gw_calendar_new_from_csv (GBytes *csv, GError **error);
GwCalendar *gw_calendar_ref (GwCalendar *self);
void gw_calendar_unref (GwCalendar *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwCalendar, gw_calendar_unref)

GwDayKind gw_calendar_day_kind (const GwCalendar *self, gint32 day);
const char *gw_calendar_day_name (const GwCalendar *self, gint32 day); /* nullable, "春节" */
gboolean gw_calendar_is_working (const GwCalendar *self, gint32 day);
/* The first and last day the imported list speaks of; outside only the weekly pattern is known. */
void gw_calendar_known_range (const GwCalendar *self, gint32 *first, gint32 *last);
guint gw_calendar_n_entries (const GwCalendar *self);
void gw_calendar_get_entry (
    const GwCalendar *self, guint i, gint32 *day, GwDayKind *kind, const char **name);

/* When a limit of @n @unit that starts at @start runs out: the last second in time. Working days
 * keep the time of day; calendar and legal days end at 23:59:59 of their last day. */
gint64 gw_calendar_add (const GwCalendar *self, gint64 start, guint n, GwUnit unit);
/* Counted seconds of @unit's kind between two times (working seconds, or clock seconds). */
gint64 gw_calendar_counted_seconds (const GwCalendar *self, gint64 from, gint64 to, GwUnit unit);
/* Working days from @from up to, without, @to. */
gint gw_calendar_working_days_between (const GwCalendar *self, gint32 from, gint32 to);
/* One line per day "2026-10-01 国庆节 not counted" that shows why gw_calendar_add gave its answer;
 * texts in the user's language. */
char *gw_calendar_explain (const GwCalendar *self, gint64 start, guint n, GwUnit unit);

G_END_DECLS
