/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the working calendar lend each other. Days are 64 bits wide here, so that a
 * limit of absurd length stays a wrong date instead of becoming undefined. */

#include "gw-calendar.h"

#define GW_DAY_SECONDS 86400

/* Monday-Friday 09:00-12:00 and 13:30-17:30, counted in seconds from midnight. */
#define GW_MORNING_START (9 * 3600)
#define GW_MORNING_SECONDS (3 * 3600)
#define GW_AFTERNOON_START (13 * 3600 + 1800)
#define GW_AFTERNOON_SECONDS (4 * 3600)
#define GW_WORKING_SECONDS (GW_MORNING_SECONDS + GW_AFTERNOON_SECONDS)

/* Working days before @day on a scale whose zero is 1990-01-01; differences are what counts. */
gint64 gw_calendar_working_days_before (const GwCalendar *self, gint64 day);
/* The day of that number: the inverse, for working days. */
gint64 gw_calendar_nth_working_day (const GwCalendar *self, gint64 n);

gboolean gw_unit_is_working (GwUnit unit);
