/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Limits, clocks and lamps (domain.md 4b.3). */

#include "gw-calendar.h"
#include "gw-state.h"

G_BEGIN_DECLS

typedef enum
{
  GW_CLOCK_TRIAGE = 1,
  GW_CLOCK_ACCEPT,
  GW_CLOCK_RESPOND,
  GW_CLOCK_HANDLE,
  GW_CLOCK_VERIFY,
  GW_CLOCK_VISIT,
  GW_CLOCK_LEGAL,
  GW_N_CLOCKS
} GwClockKind;
typedef enum
{
  GW_OUTCOME_RUNNING = 1,
  GW_OUTCOME_PAUSED,
  GW_OUTCOME_MET,
  GW_OUTCOME_LATE,
  GW_OUTCOME_VOID
} GwOutcome;
typedef enum
{
  GW_URGENCY_NORMAL = 1,
  GW_URGENCY_URGENT,
  GW_URGENCY_EMERGENCY
} GwUrgency;
typedef enum
{
  GW_LAMP_NONE = 0,
  GW_LAMP_GREEN,
  GW_LAMP_AMBER,
  GW_LAMP_RED,
  GW_LAMP_GREY
} GwLamp;

typedef struct
{
  guint n;
  GwUnit unit;
} GwLimit; /* n == 0: no such clock */

/* The default table of 4b.3 by urgency and level (1 community, 2 township, 3 district). */
GwLimit gw_limit_default (GwClockKind kind, GwUrgency urgency, int level);
/* Which clock runs in a state; 0 for none. Entering the state starts it, leaving stops it. */
GwClockKind gw_state_clock (GwMatterState state);

/* Ids are what file and export say and never change; labels are in the user's language. FALSE
 * for an unknown id, and the out-parameter is left alone. */
const char *gw_clock_kind_id (GwClockKind kind);
const char *gw_clock_kind_label (GwClockKind kind);
gboolean gw_clock_kind_from_id (const char *id, GwClockKind *kind);
const char *gw_urgency_id (GwUrgency urgency);
gboolean gw_urgency_from_id (const char *id, GwUrgency *urgency);

/* r = elapsed counted time / limit: green < 2/3 <= amber < 1 <= red; grey while paused; none while
 * @due is 0. @start is the clock's start moved forward by the time it stood still, so that a pause
 * does not count as elapsed. Red begins exactly at @due, also when no working time passes until
 * then. */
GwLamp gw_lamp_of (
    const GwCalendar *calendar, gint64 start, gint64 due, GwUnit unit, gboolean paused, gint64 now);
const char *gw_lamp_label (GwLamp lamp); /* translated word: colour never alone */

G_END_DECLS
