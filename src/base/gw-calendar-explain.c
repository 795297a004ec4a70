/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-calendar.h"

#include "gw-calendar-private.h"
#include <glib/gi18n-lib.h>

/* Spells out a due date day by day, so that a person can check it against the calendar on the wall.
 */

/* A popover cannot show more; nobody counts along for longer. */
#define MAX_LINES 400

typedef struct
{
  const GwCalendar *calendar;
  gint64 start, due;
  gint32 first, last; /* the days of both */
  guint n;
  GwUnit unit;
  gint64 counted; /* working seconds so far */
  GString *text;
} Account;

static const char *
weekday_name (gint32 day)
{
  static const char *const names[] = {
    N_ ("Monday"), N_ ("Tuesday"),  N_ ("Wednesday"), N_ ("Thursday"),
    N_ ("Friday"), N_ ("Saturday"), N_ ("Sunday"),
  };

  return _ (names[gw_day_weekday (day) - 1]);
}

static char *
span_text (gint64 seconds)
{
  int hours = (int)(seconds / 3600), minutes = (int)(seconds / 60 % 60);

  if (minutes == 0)
    return g_strdup_printf (_ ("%d h"), hours);
  if (hours == 0)
    return g_strdup_printf (_ ("%d min"), minutes);
  return g_strdup_printf (_ ("%d h %d min"), hours, minutes);
}

/* "2026-10-01 Thursday 国庆节" */
static char *
day_text (const GwCalendar *calendar, gint32 day)
{
  g_autofree char *date = gw_day_format (day);
  const char *name = gw_calendar_day_name (calendar, day);

  if (name == NULL)
    return g_strdup_printf ("%s %s", date, weekday_name (day));
  if (gw_calendar_day_kind (calendar, day) == GW_DAY_MAKEUP)
    /* Translators: date, weekday, holiday: a weekend day worked in exchange for that holiday */
    return g_strdup_printf (_ ("%s %s make-up day for %s"), date, weekday_name (day), name);
  return g_strdup_printf ("%s %s %s", date, weekday_name (day), name);
}

static void
explain_working_day (Account *account, gint32 day)
{
  gint64 from = MAX (account->start, gw_time_of_day (day, 0, 0, 0));
  gint64 to = MIN (account->due, gw_time_of_day (day, 24, 0, 0));
  gint64 seconds = gw_calendar_counted_seconds (account->calendar, from, to, account->unit);
  g_autofree char *label = day_text (account->calendar, day);
  g_autofree char *span = span_text (seconds);
  g_autofree char *sum = NULL;

  account->counted += seconds;
  sum = span_text (account->counted);
  if (seconds > 0)
    g_string_append_printf (account->text, _ ("%s: %s counted, %s in all"), label, span, sum);
  else if (gw_calendar_is_working (account->calendar, day))
    g_string_append_printf (account->text, _ ("%s: outside of working hours, not counted"), label);
  else
    g_string_append_printf (account->text, _ ("%s: not counted"), label);
}

static void
explain_calendar_day (Account *account, gint32 day)
{
  guint number = (guint)(day - account->first);
  gboolean rolls = account->unit == GW_UNIT_LEGAL_DAY;
  g_autofree char *label = day_text (account->calendar, day);

  if (number == 0)
    g_string_append_printf (account->text, _ ("%s: the day of the start is not counted"), label);
  else if (number < account->n || (number == account->n && day == account->last))
    g_string_append_printf (account->text, _ ("%s: day %u of %u"), label, number, account->n);
  else if (rolls && day == account->last)
    g_string_append_printf (account->text,
                            _ ("%s: the first working day after the last day takes its place"),
                            label);
  else
    g_string_append_printf (account->text,
                            _ ("%s: a day off cannot be the last day, the limit goes on"), label);
}

static void
explain_clock_day (Account *account, gint32 day)
{
  gint64 from = MAX (account->start, gw_time_of_day (day, 0, 0, 0));
  gint64 to = MIN (account->due, gw_time_of_day (day, 24, 0, 0));
  g_autofree char *label = day_text (account->calendar, day);
  g_autofree char *span = span_text (to - from);

  g_string_append_printf (account->text, _ ("%s: %s counted round the clock"), label, span);
}

static void
explain_day (Account *account, gint32 day)
{
  if (gw_unit_is_working (account->unit))
    explain_working_day (account, day);
  else if (account->unit == GW_UNIT_CALENDAR_DAY || account->unit == GW_UNIT_LEGAL_DAY)
    explain_calendar_day (account, day);
  else
    explain_clock_day (account, day);
  g_string_append_c (account->text, '\n');
}

static void
explain_ends (Account *account)
{
  g_autofree char *due = gw_time_format (account->due);
  gint32 known_last;

  g_string_append_printf (account->text, _ ("Due %s"), due);
  gw_calendar_known_range (account->calendar, NULL, &known_last);
  if (account->last > known_last && account->unit != GW_UNIT_MINUTE &&
      account->unit != GW_UNIT_HOUR && account->unit != GW_UNIT_CALENDAR_DAY)
    g_string_append_printf (
        account->text, "\n%s",
        _ ("The holidays of that year are not in the calendar yet; the due date may move when "
           "the list of the year is imported."));
}

/**
 * gw_calendar_explain:
 * @start: UTC seconds
 * @n: as for gw_calendar_add()
 * @unit: as for gw_calendar_add()
 *
 * Says in the user's language, one line per day, why gw_calendar_add() gives its answer; the last
 * line names the due time. Very long limits are cut after 400 days, and say so. Any thread.
 *
 * Returns: (transfer full): lines parted by line feeds, without one at the end
 */
char *
gw_calendar_explain (const GwCalendar *self, gint64 start, guint n, GwUnit unit)
{
  gint64 due = gw_calendar_add (self, start, n, unit);
  Account account = { .calendar = self, .start = start, .due = due, .n = n, .unit = unit };
  gint32 stop;

  g_return_val_if_fail (self != NULL, NULL);

  account.first = gw_day_of_time (start);
  account.last = gw_day_of_time (due);
  account.text = g_string_new (NULL);
  stop = MIN (account.last, account.first + MAX_LINES - 1);
  for (gint32 day = account.first; day <= stop; ++day)
    explain_day (&account, day);
  if (stop < account.last)
    g_string_append_printf (account.text,
                            g_dngettext (GETTEXT_PACKAGE, "… and %d more day\n",
                                         "… and %d more days\n", (gulong)(account.last - stop)),
                            account.last - stop);
  explain_ends (&account);
  return g_string_free (account.text, FALSE);
}
