/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-snapshot.h"

#include <string.h>

/* Beyond this share of all matters a scan from front to back is quicker than rows by id. */
#define CATCH_UP_SHARE 8
#define CATCH_UP_ALWAYS 5000

#define COLUMNS \
  "id, reported, due, closed, batch, type, area, lead_org, x, y, state, sensitivity, withdrawn, " \
  "exercise, number"

static guint32
number_seq (const char *number)
{
  const char *last = number != NULL ? strrchr (number, '-') : NULL;

  return last != NULL ? (guint32)g_ascii_strtoull (last + 1, NULL, 10) : 0;
}

static void
read_facts (GwStatement *row, GwMatterFacts *facts)
{
  *facts = (GwMatterFacts){ 0 };
  facts->id = gw_statement_get_int64 (row, 0);
  facts->reported = gw_statement_get_int64 (row, 1);
  facts->due = gw_statement_get_int64 (row, 2);
  facts->closed = gw_statement_get_int64 (row, 3);
  facts->batch = gw_statement_get_int64 (row, 4);
  facts->type = (guint32)gw_statement_get_int64 (row, 5);
  facts->area = (guint32)gw_statement_get_int64 (row, 6);
  facts->lead_org = (guint32)gw_statement_get_int64 (row, 7);
  facts->x = gw_statement_is_null (row, 8) ? G_MININT32 : (gint32)gw_statement_get_int64 (row, 8);
  facts->y = gw_statement_is_null (row, 9) ? G_MININT32 : (gint32)gw_statement_get_int64 (row, 9);
  facts->state = (guint8)gw_statement_get_int64 (row, 10);
  facts->sensitivity = (guint8)gw_statement_get_int64 (row, 11);
  facts->withdrawn = gw_statement_get_int64 (row, 12) != 0;
  facts->exercise = gw_statement_get_int64 (row, 13) != 0;
  facts->number_seq = number_seq (gw_statement_get_text (row, 14));
}

/* Every row of @statement into @writer. */
static gboolean
put_rows (GwStatement *statement, GwSnapshotWriter *writer, GError **error)
{
  gboolean row;

  for (;;)
    {
      GwMatterFacts facts;

      if (!gw_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      read_facts (statement, &facts);
      if (!gw_snapshot_writer_put (writer, &facts))
        return gw_throw (error, GW_ERROR_CORRUPT,
                         "reading the matters: found one with the id %" G_GINT64_FORMAT, facts.id);
    }
}

static gboolean
query_last_seq (GwDb *db, gint64 *seq, GError **error)
{
  g_autoptr (GError) failure = NULL;

  *seq = 0;
  if (gw_db_query_int64 (db, "SELECT coalesce (max (seq), 0) FROM event", seq, &failure) ||
      failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static GwSnapshot *
build_in_read (GwDb *db, GError **error)
{
  g_autoptr (GwSnapshotWriter) writer = gw_snapshot_writer_new ();
  g_autoptr (GwStatement) all = NULL;
  gint64 seq;

  if (!query_last_seq (db, &seq, error))
    return NULL;
  all = gw_statement_prepare (db, "SELECT " COLUMNS " FROM matter ORDER BY id", error);
  if (all == NULL || !put_rows (all, writer, error))
    return NULL;
  return gw_snapshot_writer_publish (writer, seq);
}

GwSnapshot *
gw_snapshot_build (GwDb *db, GCancellable *cancellable, GError **error)
{
  GwSnapshot *snapshot;

  if (!gw_db_begin_read (db, error))
    return NULL;
  gw_db_set_cancellable (db, cancellable);
  snapshot = build_in_read (db, error);
  gw_db_set_cancellable (db, NULL);
  gw_db_end_read (db);
  return snapshot;
}

/* The matters that events behind @seq name, once each. */
static GArray *
changed_since (GwDb *db, gint64 seq, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GwStatement) statement = gw_statement_prepare (
      db, "SELECT DISTINCT matter FROM event WHERE seq > :seq AND matter IS NOT NULL", error);
  gboolean row;

  if (statement == NULL)
    return NULL;
  gw_statement_bind_int64 (statement, ":seq", seq);
  for (;;)
    {
      gint64 id;

      if (!gw_statement_step (statement, &row, error))
        return NULL;
      if (!row)
        return g_steal_pointer (&ids);
      id = gw_statement_get_int64 (statement, 0);
      g_array_append_val (ids, id);
    }
}

static GwSnapshot *
catch_up_in_read (GwDb *db, const GwSnapshot *base, GError **error)
{
  g_autoptr (GwSnapshotWriter) writer = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GwStatement) one = NULL;
  gint64 seq;

  if (!query_last_seq (db, &seq, error))
    return NULL;
  if (seq - base->seq > MAX (CATCH_UP_ALWAYS, base->n / CATCH_UP_SHARE))
    return NULL;
  ids = changed_since (db, base->seq, error);
  one = ids != NULL
            ? gw_statement_prepare (db, "SELECT " COLUMNS " FROM matter WHERE id = :id", error)
            : NULL;
  if (one == NULL)
    return NULL;
  writer = gw_snapshot_writer_new_from (base);
  for (guint i = 0; i < ids->len; i++)
    {
      gw_statement_bind_int64 (one, ":id", g_array_index (ids, gint64, i));
      if (!put_rows (one, writer, error))
        return NULL;
      gw_statement_reset (one);
    }
  return gw_snapshot_writer_publish (writer, seq);
}

GwSnapshot *
gw_snapshot_catch_up (GwDb *db, const GwSnapshot *base, GCancellable *cancellable, GError **error)
{
  GwSnapshot *snapshot;

  if (!gw_db_begin_read (db, error))
    return NULL;
  gw_db_set_cancellable (db, cancellable);
  snapshot = catch_up_in_read (db, base, error);
  gw_db_set_cancellable (db, NULL);
  gw_db_end_read (db);
  return snapshot;
}
