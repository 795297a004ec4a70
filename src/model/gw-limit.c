/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-limit.h"

#include <glib/gi18n-lib.h>

enum
{ /* columns of the table of domain.md 4b.3 */
  EMERGENCY,
  URGENT,
  NORMAL,
  COMPLEX,
  DIFFICULT,
  N_COLUMNS
};

#define MI GW_UNIT_MINUTE
#define CH GW_UNIT_HOUR
#define WH GW_UNIT_WORKING_HOUR
#define WD GW_UNIT_WORKING_DAY

/* domain.md 4b.3. Plain minutes run round the clock, as do the hours of an emergency. The legal
 * clock has no default: its length comes from the law by the module's own table. */
static const GwLimit defaults[GW_N_CLOCKS][N_COLUMNS] = {
  [GW_CLOCK_TRIAGE] = { { 10, MI }, { 30, MI }, { 2, WH }, { 2, WH }, { 2, WH } },
  [GW_CLOCK_ACCEPT] = { { 10, MI }, { 1, WH }, { 4, WH }, { 1, WD }, { 1, WD } },
  [GW_CLOCK_RESPOND] = { { 1, CH }, { 2, WH }, { 1, WD }, { 1, WD }, { 1, WD } },
  [GW_CLOCK_HANDLE] = { { 24, CH }, { 1, WD }, { 3, WD }, { 7, WD }, { 15, WD } },
  [GW_CLOCK_VERIFY] = { { 1, WD }, { 1, WD }, { 1, WD }, { 2, WD }, { 3, WD } },
  [GW_CLOCK_VISIT] = { { 3, WD }, { 3, WD }, { 3, WD }, { 5, WD }, { 5, WD } },
};

static const struct
{
  const char *id;
  const char *label;
} clocks[GW_N_CLOCKS] = {
  [GW_CLOCK_TRIAGE] = { "triage", N_ ("Triage") },
  [GW_CLOCK_ACCEPT] = { "accept", N_ ("Signing for") },
  [GW_CLOCK_RESPOND] = { "respond", N_ ("First response") },
  [GW_CLOCK_HANDLE] = { "handle", N_ ("Handling") },
  [GW_CLOCK_VERIFY] = { "verify", N_ ("Verification") },
  [GW_CLOCK_VISIT] = { "visit", N_ ("Call-back") },
  [GW_CLOCK_LEGAL] = { "legal", N_ ("Legal period") },
};

/* Filing does not end triage: the matter still waits to be dispatched. While paused no clock runs;
 * the stopped handle clock goes on with RESUME. */
static const GwClockKind clock_of_state[GW_N_STATES] = {
  [GW_STATE_REPORTED] = GW_CLOCK_TRIAGE, [GW_STATE_FILED] = GW_CLOCK_TRIAGE,
  [GW_STATE_WAITING] = GW_CLOCK_ACCEPT,  [GW_STATE_HANDLING] = GW_CLOCK_HANDLE,
  [GW_STATE_HANDLED] = GW_CLOCK_VERIFY,  [GW_STATE_EVALUATING] = GW_CLOCK_VISIT,
};

static const char *const urgencies[] = { "normal", "urgent", "emergency" };

/* Words and not colours alone, so that a reader without colours is told the same. */
static const char *const lamps[] = {
  [GW_LAMP_NONE] = N_ ("No limit"),      [GW_LAMP_GREEN] = N_ ("In time"),
  [GW_LAMP_AMBER] = N_ ("Due soon"),     [GW_LAMP_RED] = N_ ("Overdue"),
  [GW_LAMP_GREY] = N_ ("Clock stopped"),
};

static gboolean
is_clock (GwClockKind kind)
{
  return (guint)kind < GW_N_CLOCKS && clocks[kind].id != NULL;
}

static guint
column_of (GwUrgency urgency, int level)
{
  if (urgency == GW_URGENCY_EMERGENCY)
    return EMERGENCY;
  if (urgency == GW_URGENCY_URGENT)
    return URGENT;
  return level <= 1 ? NORMAL : level == 2 ? COMPLEX : DIFFICULT;
}

GwLimit
gw_limit_default (GwClockKind kind, GwUrgency urgency, int level)
{
  GwLimit none = { 0, GW_UNIT_WORKING_DAY };

  g_return_val_if_fail (is_clock (kind), none);

  return kind == GW_CLOCK_LEGAL ? none : defaults[kind][column_of (urgency, level)];
}

GwClockKind
gw_state_clock (GwMatterState state)
{
  return (guint)state < GW_N_STATES ? clock_of_state[state] : (GwClockKind)0;
}

const char *
gw_clock_kind_id (GwClockKind kind)
{
  g_return_val_if_fail (is_clock (kind), NULL);

  return clocks[kind].id;
}

const char *
gw_clock_kind_label (GwClockKind kind)
{
  g_return_val_if_fail (is_clock (kind), NULL);

  return _ (clocks[kind].label);
}

gboolean
gw_clock_kind_from_id (const char *id, GwClockKind *kind)
{
  for (guint i = 1; id != NULL && i < GW_N_CLOCKS; i++)
    if (g_str_equal (clocks[i].id, id))
      {
        *kind = (GwClockKind)i;
        return TRUE;
      }
  return FALSE;
}

const char *
gw_urgency_id (GwUrgency urgency)
{
  g_return_val_if_fail (urgency >= GW_URGENCY_NORMAL && urgency <= GW_URGENCY_EMERGENCY, NULL);

  return urgencies[urgency - GW_URGENCY_NORMAL];
}

gboolean
gw_urgency_from_id (const char *id, GwUrgency *urgency)
{
  for (guint i = 0; id != NULL && i < G_N_ELEMENTS (urgencies); i++)
    if (g_str_equal (urgencies[i], id))
      {
        *urgency = (GwUrgency)(GW_URGENCY_NORMAL + i);
        return TRUE;
      }
  return FALSE;
}

GwLamp
gw_lamp_of (
    const GwCalendar *calendar, gint64 start, gint64 due, GwUnit unit, gboolean paused, gint64 now)
{
  gint64 limit;
  gint64 elapsed;

  g_return_val_if_fail (calendar != NULL, GW_LAMP_NONE);

  if (due == 0)
    return GW_LAMP_NONE;
  if (paused)
    return GW_LAMP_GREY;
  if (now >= due)
    return GW_LAMP_RED;
  if (now <= start)
    return GW_LAMP_GREEN;

  limit = gw_calendar_counted_seconds (calendar, start, due, unit);
  elapsed = gw_calendar_counted_seconds (calendar, start, now, unit);
  return elapsed * 3 >= limit * 2 ? GW_LAMP_AMBER : GW_LAMP_GREEN;
}

const char *
gw_lamp_label (GwLamp lamp)
{
  g_return_val_if_fail ((guint)lamp < G_N_ELEMENTS (lamps), NULL);

  return _ (lamps[lamp]);
}
