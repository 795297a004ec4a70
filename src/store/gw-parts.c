/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-parts-private.h"

static GwAssignment *
read_assignment (GwStatement *row)
{
  GwAssignment *assignment = g_new0 (GwAssignment, 1);

  assignment->id = gw_statement_get_int64 (row, 0);
  assignment->matter = gw_statement_get_int64 (row, 1);
  assignment->org = (guint32)gw_statement_get_int64 (row, 2);
  assignment->part = (int)gw_statement_get_int64 (row, 3);
  assignment->sent = gw_statement_get_int64 (row, 4);
  assignment->due = gw_statement_get_int64 (row, 5);
  assignment->accepted = gw_statement_get_int64 (row, 6);
  assignment->returned = gw_statement_get_int64 (row, 7);
  assignment->done = gw_statement_get_int64 (row, 8);
  assignment->return_reason = gw_statement_dup_text (row, 9);
  assignment->opinion = gw_statement_dup_text (row, 10);
  return assignment;
}

GPtrArray *
gw_parts_list_assignments (GwDb *db, gint64 matter, GError **error)
{
  g_autoptr (GwStatement) select = NULL;
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_assignment_free);
  gboolean row = TRUE;

  select = gw_statement_prepare (db,
                                 "SELECT id, matter, org, part, sent, due, accepted, returned,"
                                 " done, return_reason, opinion FROM assignment"
                                 " WHERE matter = :matter ORDER BY id",
                                 error);
  if (select == NULL)
    return NULL;
  gw_statement_bind_int64 (select, ":matter", matter);
  while (gw_statement_step (select, &row, error))
    {
      if (!row)
        return g_steal_pointer (&list);
      g_ptr_array_add (list, read_assignment (select));
    }
  return NULL;
}

static GwClockRow
read_clock (GwStatement *row)
{
  GwClockRow clock = { 0 };

  clock.id = gw_statement_get_int64 (row, 0);
  clock.matter = gw_statement_get_int64 (row, 1);
  clock.kind = (GwClockKind)gw_statement_get_int64 (row, 2);
  clock.unit = (GwUnit)gw_statement_get_int64 (row, 3);
  clock.outcome = (GwOutcome)gw_statement_get_int64 (row, 4);
  clock.n = (guint)gw_statement_get_int64 (row, 5);
  clock.start = gw_statement_get_int64 (row, 6);
  clock.due = gw_statement_get_int64 (row, 7);
  clock.stop = gw_statement_get_int64 (row, 8);
  clock.paused_since = gw_statement_get_int64 (row, 9);
  clock.paused_seconds = gw_statement_get_int64 (row, 10);
  return clock;
}

GArray *
gw_parts_list_clocks (GwDb *db, gint64 matter, GError **error)
{
  g_autoptr (GwStatement) select = NULL;
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (GwClockRow));
  gboolean row = TRUE;

  select = gw_statement_prepare (db,
                                 "SELECT id, matter, kind, unit, outcome, n, start, due, stop,"
                                 " paused_since, paused_seconds FROM clock"
                                 " WHERE matter = :matter ORDER BY id",
                                 error);
  if (select == NULL)
    return NULL;
  gw_statement_bind_int64 (select, ":matter", matter);
  while (gw_statement_step (select, &row, error))
    {
      GwClockRow clock;

      if (!row)
        return g_steal_pointer (&list);
      clock = read_clock (select);
      g_array_append_vals (list, &clock, 1);
    }
  return NULL;
}

gboolean
gw_parts_is_handling (GwDb *db, gint64 matter, guint32 org, gboolean *is, GError **error)
{
  g_autoptr (GwStatement) select = NULL;

  select = gw_statement_prepare (db,
                                 "SELECT 1 FROM assignment WHERE matter = :matter AND org = :org"
                                 " AND part IN (1, 2) AND returned IS NULL LIMIT 1",
                                 error);
  if (select == NULL)
    return FALSE;
  gw_statement_bind_int64 (select, ":matter", matter);
  gw_statement_bind_int64 (select, ":org", org);
  return gw_statement_step (select, is, error);
}
