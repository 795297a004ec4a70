/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-case-private.h"

GwClockRow *
gw_case_running_clock (const GwCase *self)
{
  for (guint i = self->clocks->len; i-- > 0;)
    {
      GwClockRow *clock = &g_array_index (self->clocks, GwClockRow, i);

      if (clock->outcome == GW_OUTCOME_RUNNING || clock->outcome == GW_OUTCOME_PAUSED)
        return clock;
    }
  return NULL;
}

static void
stop_clock (GwCase *self, GwClockRow *clock, gint64 at)
{
  clock->stop = at;
  clock->outcome = at <= clock->due ? GW_OUTCOME_MET : GW_OUTCOME_LATE;
  gw_case_touch_clock (self, clock);
}

static void
start_clock (GwCase *self, const GwCaseWorld *world, GwClockKind kind, gint64 at)
{
  GwLimit limit = gw_limit_default (kind, self->matter->urgency, self->matter->level);
  GwClockRow clock = { .matter = self->matter->id,
                       .kind = kind,
                       .unit = limit.unit,
                       .outcome = GW_OUTCOME_RUNNING,
                       .n = limit.n,
                       .start = at };

  if (limit.n == 0)
    return;
  clock.due = gw_calendar_add (world->calendar, at, limit.n, limit.unit);
  g_array_append_val (self->clocks, clock);
  gw_case_touch_clock (self, &g_array_index (self->clocks, GwClockRow, self->clocks->len - 1));
  self->matter->due = clock.due;
}

static void
pause_clock (GwCase *self, gint64 at)
{
  GwClockRow *clock = gw_case_running_clock (self);

  if (clock == NULL)
    return;
  clock->outcome = GW_OUTCOME_PAUSED;
  clock->paused_since = at;
  gw_case_touch_clock (self, clock);
  self->matter->due = 0;
}

/* What was left when the pause began is what is left when it ends, counted in the clock's own kind
 * of time: a pause over a holiday week gives nothing and takes nothing. */
static gint64
due_after_pause (const GwCaseWorld *world, const GwClockRow *clock, gint64 at)
{
  gint64 left;

  if (clock->due <= clock->paused_since)
    return clock->due;
  if (clock->unit == GW_UNIT_WORKING_MINUTE || clock->unit == GW_UNIT_WORKING_HOUR ||
      clock->unit == GW_UNIT_WORKING_DAY)
    {
      left = gw_calendar_counted_seconds (world->calendar, clock->paused_since, clock->due,
                                          GW_UNIT_WORKING_MINUTE);
      return gw_calendar_add (world->calendar, at, (guint)((left + 59) / 60),
                              GW_UNIT_WORKING_MINUTE);
    }
  return clock->due + (at - clock->paused_since);
}

static void
resume_clock (GwCase *self, const GwCaseWorld *world, gint64 at)
{
  GwClockRow *clock = gw_case_running_clock (self);

  if (clock == NULL || clock->outcome != GW_OUTCOME_PAUSED)
    return;
  /* Pausing and resuming at once changes nothing. */
  if (at > clock->paused_since)
    clock->due = due_after_pause (world, clock, at);
  clock->paused_seconds += at - clock->paused_since;
  clock->paused_since = 0;
  clock->outcome = GW_OUTCOME_RUNNING;
  gw_case_touch_clock (self, clock);
  self->matter->due = clock->due;
}

void
gw_case_move_clocks (
    GwCase *self, const GwCaseWorld *world, GwMatterState from, GwMatterState to, gint64 at)
{
  GwClockKind kind = gw_state_clock (to);
  GwClockRow *running;

  if (to == GW_STATE_PAUSED)
    {
      pause_clock (self, at);
      return;
    }
  if (from == GW_STATE_PAUSED)
    {
      resume_clock (self, world, at);
      return;
    }
  running = gw_case_running_clock (self);
  if (running != NULL && running->kind == kind)
    return; /* two states under one clock: triage runs until the dispatch */
  if (running != NULL)
    stop_clock (self, running, at);
  self->matter->due = 0;
  if (kind != 0)
    start_clock (self, world, kind, at);
}
