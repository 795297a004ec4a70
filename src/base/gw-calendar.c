/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-calendar.h"

#include "gw-calendar-private.h"
#include "gw-csv.h"
#include "gw-error.h"
#include <glib/gi18n-lib.h>
#include <string.h>

/* The table of days. Outside of it only the weekly pattern holds and is computed. */
#define FIRST_DAY 7305 /* 1990-01-01, a Monday */
#define END_DAY 33238  /* 2061-01-01 */
#define N_DAYS ((guint)(END_DAY - FIRST_DAY))

typedef struct
{
  gint32 day;
  GwDayKind kind;
  const char *name; /* interned in GwCalendar.names */
} Entry;

struct _GwCalendar
{
  gatomicrefcount refs;
  GArray *entries;     /* Entry, by day */
  GStringChunk *names; /* owned */
  gint32 known_first;
  gint32 known_last;
  guint8 kinds[N_DAYS];
  gint32 before[N_DAYS + 1]; /* working days from FIRST_DAY up to, without, the day */
  gint32 worked[N_DAYS];     /* the day on which the n-th working day since FIRST_DAY falls */
};

static GwDayKind
weekly_kind (gint64 day)
{
  gint64 weekday = ((day - FIRST_DAY) % 7 + 7) % 7;

  return weekday < 5 ? GW_DAY_WORKING : GW_DAY_WEEKEND;
}

static gboolean
kind_is_working (GwDayKind kind)
{
  return kind == GW_DAY_WORKING || kind == GW_DAY_MAKEUP;
}

/* Prefix sums both ways, so that limits cost the same however long they are. */
static void
index_days (GwCalendar *self)
{
  gint32 n = 0;

  for (guint i = 0; i < N_DAYS; ++i)
    {
      self->before[i] = n;
      if (kind_is_working (self->kinds[i]))
        self->worked[n++] = FIRST_DAY + (gint32)i;
    }
  self->before[N_DAYS] = n;
}

static GwCalendar *
calendar_alloc (void)
{
  GwCalendar *self = g_new0 (GwCalendar, 1);

  g_atomic_ref_count_init (&self->refs);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->names = g_string_chunk_new (256);
  self->known_first = G_MAXINT32;
  self->known_last = G_MININT32;
  for (guint i = 0; i < N_DAYS; ++i)
    self->kinds[i] = (guint8)weekly_kind (FIRST_DAY + (gint32)i);
  return self;
}

/**
 * gw_calendar_new_plain:
 *
 * A calendar that knows the weekly pattern only.
 *
 * Returns: (transfer full): a calendar without holidays
 */
GwCalendar *
gw_calendar_new_plain (void)
{
  GwCalendar *self = calendar_alloc ();

  index_days (self);
  return self;
}

/**
 * gw_calendar_ref:
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
GwCalendar *
gw_calendar_ref (GwCalendar *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * gw_calendar_unref:
 * @self: (transfer full) (nullable): a calendar
 */
void
gw_calendar_unref (GwCalendar *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_array_unref (self->entries);
  g_string_chunk_free (self->names);
  g_free (self);
}

static gboolean
read_kind (const char *text, gint32 day, guint line, GwDayKind *kind, GError **error)
{
  g_autofree char *date = gw_day_format (day);

  if (strcmp (text, "holiday") == 0)
    {
      *kind = GW_DAY_HOLIDAY;
      return TRUE;
    }
  if (strcmp (text, "makeup") != 0)
    return gw_throw (error, GW_ERROR_FORMAT,
                     _ ("line %u: “%s” is no kind of day; write holiday or makeup"), line, text);
  if (weekly_kind (day) == GW_DAY_WORKING)
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("line %u: %s is worked anyway; a make-up day lies on a Saturday or Sunday"),
                     line, date);
  *kind = GW_DAY_MAKEUP;
  return TRUE;
}

static gboolean
read_entry (GwCalendar *self, char **cells, guint line, GError **error)
{
  Entry entry = { 0 };

  if (g_strv_length (cells) != 3)
    return gw_throw (error, GW_ERROR_FORMAT,
                     _ ("line %u has %u cells instead of 3; write date,kind,name"), line,
                     g_strv_length (cells));
  if (!gw_day_parse (cells[0], &entry.day))
    return gw_throw (error, GW_ERROR_FORMAT,
                     _ ("line %u: “%s” is no date; write it like 2026-10-01"), line, cells[0]);
  if (entry.day < FIRST_DAY || entry.day >= END_DAY)
    return gw_throw (error, GW_ERROR_LIMIT,
                     _ ("line %u: %s lies outside of the years 1990 to 2060; check the year"), line,
                     cells[0]);
  if (!read_kind (cells[1], entry.day, line, &entry.kind, error))
    return FALSE;
  entry.name = g_string_chunk_insert_const (self->names, cells[2]);
  g_array_append_val (self->entries, entry);
  return TRUE;
}

static gboolean
is_blank_row (char **cells)
{
  return cells[0] == NULL || (cells[0][0] == '\0' && cells[1] == NULL);
}

static gboolean
read_rows (GwCalendar *self, GBytes *csv, GError **error)
{
  gsize length;
  const char *text = g_bytes_get_data (csv, &length);
  g_autoptr (GArray) lines = NULL;
  g_autoptr (GPtrArray) rows = gw_csv_parse_lines (text, length, &lines, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; ++i)
    {
      char **cells = g_ptr_array_index (rows, i);
      gboolean is_header = i == 0 && g_strcmp0 (cells[0], "date") == 0;

      if (!is_header && !is_blank_row (cells) &&
          !read_entry (self, cells, g_array_index (lines, guint, i), error))
        return FALSE;
    }
  if (self->entries->len == 0)
    return gw_throw (error, GW_ERROR_FORMAT,
                     _ ("the list holds no day; write one line date,kind,name for each day off "
                        "and each make-up day"));
  return TRUE;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *left = a, *right = b;

  return (left->day > right->day) - (left->day < right->day);
}

static gboolean
check_twice (GArray *entries, GError **error)
{
  for (guint i = 1; i < entries->len; ++i)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);
      g_autofree char *date = gw_day_format (entry->day);

      if (entry->day == g_array_index (entries, Entry, i - 1).day)
        return gw_throw (error, GW_ERROR_INVALID,
                         _ ("%s is listed twice; keep the line of the newer notice"), date);
    }
  return TRUE;
}

/* The notices speak of whole years. Days in December belong to the New Year that follows, and so to
 * the next notice (2018-12-29 makes up for a day of New Year 2019). */
static void
widen_known_range (GwCalendar *self, const Entry *entry)
{
  int year, month;

  gw_day_to_ymd (entry->day, &year, &month, NULL);
  if (month == 12)
    return;
  self->known_first = MIN (self->known_first, gw_day_from_ymd (year, 1, 1));
  self->known_last = MAX (self->known_last, gw_day_from_ymd (year, 12, 31));
}

/**
 * gw_calendar_new_from_csv:
 * @csv: rows "date,kind,name", UTF-8, with or without that header; kind is holiday or makeup
 * @error: %GW_ERROR_FORMAT, %GW_ERROR_INVALID or %GW_ERROR_LIMIT; names line, reason and mend
 *
 * Reads a list of days off and make-up days. A holiday may lie on a weekend (then its name is
 * shown); a make-up day must. Blocking: for workers.
 *
 * Returns: (transfer full): a calendar, or %NULL
 */
GwCalendar *
gw_calendar_new_from_csv (GBytes *csv, GError **error)
{
  g_autoptr (GwCalendar) self = NULL;

  g_return_val_if_fail (csv != NULL, NULL);

  self = calendar_alloc ();
  if (!read_rows (self, csv, error))
    return NULL;
  g_array_sort (self->entries, compare_entries);
  if (!check_twice (self->entries, error))
    return NULL;
  for (guint i = 0; i < self->entries->len; ++i)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, i);

      self->kinds[entry->day - FIRST_DAY] = (guint8)entry->kind;
      widen_known_range (self, entry);
    }
  index_days (self);
  return g_steal_pointer (&self);
}

/**
 * gw_calendar_day_kind:
 * @day: a day number
 *
 * Returns: what kind of day it is; outside the list what the weekly pattern says
 */
GwDayKind
gw_calendar_day_kind (const GwCalendar *self, gint32 day)
{
  g_return_val_if_fail (self != NULL, GW_DAY_WORKING);

  if (day >= FIRST_DAY && day < END_DAY)
    return self->kinds[day - FIRST_DAY];
  return weekly_kind (day);
}

/**
 * gw_calendar_day_name:
 * @day: a day number
 *
 * Returns: (transfer none) (nullable): the name of the holiday that @day belongs to, also for its
 *   make-up days; %NULL for days that are not listed
 */
const char *
gw_calendar_day_name (const GwCalendar *self, gint32 day)
{
  Entry wanted = { .day = day };
  guint i;

  g_return_val_if_fail (self != NULL, NULL);

  if (!g_array_binary_search (self->entries, &wanted, compare_entries, &i))
    return NULL;
  return g_array_index (self->entries, Entry, i).name;
}

/**
 * gw_calendar_is_working:
 * @day: a day number
 *
 * Returns: %TRUE on working days and make-up days
 */
gboolean
gw_calendar_is_working (const GwCalendar *self, gint32 day)
{
  return kind_is_working (gw_calendar_day_kind (self, day));
}

/**
 * gw_calendar_known_range:
 * @first: (out) (optional): 1 January of the first year whose notice is in the list
 * @last: (out) (optional): 31 December of the last such year
 *
 * The years for which a notice was imported. For a plain calendar @first is after @last. A due
 * date beyond @last is an estimate, and the screen should say so.
 */
void
gw_calendar_known_range (const GwCalendar *self, gint32 *first, gint32 *last)
{
  g_return_if_fail (self != NULL);

  if (first != NULL)
    *first = self->known_first;
  if (last != NULL)
    *last = self->known_last;
}

/**
 * gw_calendar_n_entries:
 *
 * Returns: how many days are listed
 */
guint
gw_calendar_n_entries (const GwCalendar *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->entries->len;
}

/**
 * gw_calendar_get_entry:
 * @i: less than gw_calendar_n_entries()
 * @day: (out) (optional): its day
 * @kind: (out) (optional): %GW_DAY_HOLIDAY or %GW_DAY_MAKEUP
 * @name: (out) (optional) (transfer none): the name of the holiday
 *
 * The listed days in order of time.
 */
void
gw_calendar_get_entry (
    const GwCalendar *self, guint i, gint32 *day, GwDayKind *kind, const char **name)
{
  const Entry *entry;

  g_return_if_fail (self != NULL && i < self->entries->len);

  entry = &g_array_index (self->entries, Entry, i);
  if (day != NULL)
    *day = entry->day;
  if (kind != NULL)
    *kind = entry->kind;
  if (name != NULL)
    *name = entry->name;
}

/* Working days from FIRST_DAY up to, without, @day when there were no holidays. */
static gint64
weekly_before (gint64 day)
{
  gint64 from_monday = ((day - FIRST_DAY) % 7 + 7) % 7;

  return (day - FIRST_DAY - from_monday) / 7 * 5 + MIN (from_monday, 5);
}

static gint64
weekly_nth (gint64 n)
{
  gint64 in_week = (n % 5 + 5) % 5;

  return FIRST_DAY + (n - in_week) / 5 * 7 + in_week;
}

gint64
gw_calendar_working_days_before (const GwCalendar *self, gint64 day)
{
  if (day < FIRST_DAY)
    return weekly_before (day);
  if (day <= END_DAY)
    return self->before[day - FIRST_DAY];
  return self->before[N_DAYS] + weekly_before (day) - weekly_before (END_DAY);
}

gint64
gw_calendar_nth_working_day (const GwCalendar *self, gint64 n)
{
  gint64 total = self->before[N_DAYS];

  if (n < 0)
    return weekly_nth (n);
  if (n < total)
    return self->worked[n];
  return weekly_nth (n - total + weekly_before (END_DAY));
}
