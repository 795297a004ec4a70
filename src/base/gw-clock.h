/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where "now" comes from. Time is UTC seconds everywhere below the screen; the program's civil time
 * is China Standard Time (UTC+8, no summer time since 1991), independent of the machine's zone. */

#include <glib.h>

G_BEGIN_DECLS

#define GW_CST_OFFSET (8 * 3600)

typedef struct _GwClock GwClock; /* immutable but for gw_clock_set; refcounted, any thread */

GwClock *gw_clock_new_system (void);
/* A clock that stands still until told otherwise: --test-clock and tests. */
GwClock *gw_clock_new_fixed (gint64 now_utc);
GwClock *gw_clock_ref (GwClock *self);
void gw_clock_unref (GwClock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwClock, gw_clock_unref)

gint64 gw_clock_now (const GwClock *self);
void gw_clock_set (GwClock *self, gint64 now_utc);     /* fixed clocks only */
void gw_clock_advance (GwClock *self, gint64 seconds); /* fixed clocks only */

/* Civil dates are day numbers: days since 1970-01-01 in China Standard Time. */
gint32 gw_day_of_time (gint64 utc);
gint64 gw_time_of_day (gint32 day, int hour, int minute, int second);
gint32 gw_day_from_ymd (int year, int month, int day); /* G_MININT32 when there is no such day */
void gw_day_to_ymd (gint32 day, int *year, int *month, int *day_of_month);
int gw_day_weekday (gint32 day);       /* 1 Monday ... 7 Sunday, ISO 8601 */
char *gw_day_format (gint32 day);      /* "2026-11-24" */
char *gw_time_format (gint64 utc);     /* "2026-11-24 14:05" civil */
char *gw_time_format_iso (gint64 utc); /* "2026-11-24T14:05:00+08:00" */

/* Reads "2026-11-24", "2026/11/24", "2026年11月24日", "20261124", each with an optional time
 * "14:05[:09]", "14时5分", or ISO 8601 with T and Z/offset; spreadsheet serial numbers are NOT
 * guessed here. Without an offset the text is China Standard Time. FALSE when it is no such text.
 */
gboolean gw_time_parse (const char *text, gint64 *utc, gboolean *has_time);
gboolean gw_day_parse (const char *text, gint32 *day);

G_END_DECLS
