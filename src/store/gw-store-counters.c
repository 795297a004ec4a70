/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading and proving the counters. */
#include "gw-counters-private.h"
#include "gw-store-private.h"

/* Table and memory at one position of the journal: the lock keeps a commit that moves cells from
 * one to the other from coming in between. Leaves @db in a read transaction. */
static GwCounters *
read_all (GwStore *self, GwDb *db, gint64 *seq, GError **error)
{
  g_autoptr (GwCounters) pending = gw_counters_new ();
  GwCounters *counters;
  gboolean begun;

  g_rw_lock_reader_lock (&self->pending_lock);
  /* BEGIN alone takes no snapshot; the first reading does. */
  begun = gw_db_begin_read (db, error) &&
          gw_db_query_int64 (db, "SELECT coalesce(max(seq), 0) FROM event", seq, error);
  gw_counters_merge (pending, self->pending);
  g_rw_lock_reader_unlock (&self->pending_lock);
  if (!begun)
    return NULL;
  counters = gw_counters_read (db, error);
  if (counters != NULL)
    gw_counters_merge (counters, pending);
  return counters;
}

GArray *
gw_store_read_counters (GwStore *self, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  g_autoptr (GwCounters) counters = NULL;
  gint64 seq = 0;

  if (!gw_store_private_reader (&reader, self, NULL, error))
    return NULL;
  counters = read_all (self, reader.db, &seq, error);
  return counters != NULL ? gw_counters_list (counters) : NULL;
}

/**
 * gw_store_check_counters:
 *
 * Counts the matters and compares with the counters and with the snapshot that lists and figures
 * are made from. Blocking; reads every matter.
 *
 * Returns: number of cells that differ; 0 when all is right; -1 with @error
 */
gint64
gw_store_check_counters (GwStore *self, GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  g_autoptr (GwCounters) kept = NULL, counted = NULL;
  g_autoptr (GArray) cells = NULL;
  gint64 seq = 0, differences, derived;

  if (!gw_store_private_reader (&reader, self, NULL, error))
    return -1;
  kept = read_all (self, reader.db, &seq, error);
  if (kept == NULL)
    return -1;
  counted = gw_counters_recount (reader.db, error);
  if (counted == NULL)
    return -1;
  differences = gw_counters_differ (kept, counted);
  gw_store_private_reader_clear (&reader);
  cells = gw_counters_list (counted);
  derived = gw_store_private_check_derived (self, cells, seq, error);
  return derived < 0 ? -1 : differences + derived;
}
