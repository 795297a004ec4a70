/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-counters-private.h"

typedef struct
{
  gint64 key; /* first: the hash table looks at it through the cell's address */
  GwCounterCell cell;
} Entry;

struct _GwCounters
{
  GHashTable *entries; /* owned: Entry as set */
};

/* Month 24 bits, type 16 bits, area 24 bits: in this order, so that keys sort as the table does. */
#define AREA_BITS 24
#define TYPE_BITS 16

static gint64
key_of (gint32 month, guint32 type, guint32 area)
{
  return ((gint64)month << (AREA_BITS + TYPE_BITS)) | ((gint64)type << AREA_BITS) | area;
}

GwCounters *
gw_counters_new (void)
{
  GwCounters *self = g_new0 (GwCounters, 1);

  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  return self;
}

void
gw_counters_free (GwCounters *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->entries);
  g_free (self);
}

void
gw_counters_add (GwCounters *self, const GwCounterCell *cell)
{
  gint64 key = key_of (cell->month, cell->type, cell->area);
  Entry *entry = g_hash_table_lookup (self->entries, &key);

  if (entry != NULL)
    {
      entry->cell.opened += cell->opened;
      entry->cell.closed += cell->closed;
      return;
    }
  entry = g_new (Entry, 1);
  entry->key = key;
  entry->cell = *cell;
  g_hash_table_add (self->entries, entry);
}

static gint32
month_of (gint64 time)
{
  int year, month, day;

  gw_day_to_ymd (gw_day_of_time (time), &year, &month, &day);
  return year * 12 + month - 1;
}

void
gw_counters_add_matter (GwCounters *self,
                        guint32 type,
                        GwMatterState state,
                        guint32 area,
                        gint64 reported,
                        gint64 closed,
                        int sign)
{
  GwCounterCell cell = { .type = type, .area = area };

  if (state == GW_STATE_DRAFT)
    return;
  cell.month = month_of (reported);
  cell.opened = sign;
  if (gw_state_is_open (state))
    {
      gw_counters_add (self, &cell);
      return;
    }
  if (closed != 0 && month_of (closed) != cell.month)
    {
      gw_counters_add (self, &cell);
      cell.month = month_of (closed);
      cell.opened = 0;
    }
  cell.closed = sign;
  gw_counters_add (self, &cell);
}

void
gw_counters_merge (GwCounters *self, const GwCounters *other)
{
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, other->entries);
  while (g_hash_table_iter_next (&iter, &entry, NULL))
    gw_counters_add (self, &((Entry *)entry)->cell);
}

void
gw_counters_clear (GwCounters *self)
{
  g_hash_table_remove_all (self->entries);
}

guint
gw_counters_size (const GwCounters *self)
{
  return g_hash_table_size (self->entries);
}

static int
compare_cells (gconstpointer a, gconstpointer b)
{
  const GwCounterCell *x = a, *y = b;
  gint64 left = key_of (x->month, x->type, x->area), right = key_of (y->month, y->type, y->area);

  return (left > right) - (left < right);
}

GArray *
gw_counters_list (const GwCounters *self)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (GwCounterCell));
  GHashTableIter iter;
  gpointer entry;

  g_hash_table_iter_init (&iter, self->entries);
  while (g_hash_table_iter_next (&iter, &entry, NULL))
    {
      const GwCounterCell *cell = &((Entry *)entry)->cell;

      if (cell->opened != 0 || cell->closed != 0)
        g_array_append_vals (cells, cell, 1);
    }
  g_array_sort (cells, compare_cells);
  return cells;
}

guint
gw_counters_differ (const GwCounters *a, const GwCounters *b)
{
  g_autoptr (GwCounters) difference = gw_counters_new ();
  g_autoptr (GArray) cells = gw_counters_list (b);

  gw_counters_merge (difference, a);
  for (guint i = 0; i < cells->len; ++i)
    {
      GwCounterCell cell = g_array_index (cells, GwCounterCell, i);

      cell.opened = -cell.opened;
      cell.closed = -cell.closed;
      gw_counters_add (difference, &cell);
    }
  g_array_unref (g_steal_pointer (&cells));
  cells = gw_counters_list (difference);
  return cells->len;
}

gboolean
gw_counters_write (const GwCounters *self, GwDb *db, GError **error)
{
  g_autoptr (GArray) cells = gw_counters_list (self);
  g_autoptr (GwStatement) upsert = NULL;

  upsert = gw_statement_prepare (
      db,
      "INSERT INTO counter (month, type, area, opened, closed) VALUES (?1, ?2, ?3, ?4, ?5)"
      " ON CONFLICT (month, type, area) DO UPDATE"
      " SET opened = opened + ?4, closed = closed + ?5",
      error);
  if (upsert == NULL)
    return FALSE;
  for (guint i = 0; i < cells->len; ++i)
    {
      const GwCounterCell *cell = &g_array_index (cells, GwCounterCell, i);

      gw_statement_set_int64 (upsert, 1, cell->month);
      gw_statement_set_int64 (upsert, 2, cell->type);
      gw_statement_set_int64 (upsert, 3, cell->area);
      gw_statement_set_int64 (upsert, 4, cell->opened);
      gw_statement_set_int64 (upsert, 5, cell->closed);
      if (!gw_statement_run (upsert, error))
        return FALSE;
    }
  return TRUE;
}

GwCounters *
gw_counters_read (GwDb *db, GError **error)
{
  g_autoptr (GwCounters) self = gw_counters_new ();
  g_autoptr (GwStatement) all = NULL;
  gboolean row = TRUE;

  all = gw_statement_prepare (db, "SELECT month, type, area, opened, closed FROM counter", error);
  if (all == NULL)
    return NULL;
  while (gw_statement_step (all, &row, error))
    {
      GwCounterCell cell = { 0 };

      if (!row)
        return g_steal_pointer (&self);
      cell.month = (gint32)gw_statement_get_int64 (all, 0);
      cell.type = (guint32)gw_statement_get_int64 (all, 1);
      cell.area = (guint32)gw_statement_get_int64 (all, 2);
      cell.opened = gw_statement_get_int64 (all, 3);
      cell.closed = gw_statement_get_int64 (all, 4);
      gw_counters_add (self, &cell);
    }
  return NULL;
}

GwCounters *
gw_counters_recount (GwDb *db, GError **error)
{
  g_autoptr (GwCounters) self = gw_counters_new ();
  g_autoptr (GwStatement) all = NULL;
  gboolean row = TRUE;

  all = gw_statement_prepare (
      db, "SELECT type, state, area, reported, closed FROM matter WHERE withdrawn = 0", error);
  if (all == NULL)
    return NULL;
  while (gw_statement_step (all, &row, error))
    {
      if (!row)
        return g_steal_pointer (&self);
      gw_counters_add_matter (self, (guint32)gw_statement_get_int64 (all, 0),
                              (GwMatterState)gw_statement_get_int64 (all, 1),
                              (guint32)gw_statement_get_int64 (all, 2),
                              gw_statement_get_int64 (all, 3), gw_statement_get_int64 (all, 4), 1);
    }
  return NULL;
}

gboolean
gw_counters_rebuild (GwDb *db, GError **error)
{
  g_autoptr (GwCounters) counted = gw_counters_recount (db, error);

  return counted != NULL && gw_db_exec (db, "DELETE FROM counter", error) &&
         gw_counters_write (counted, db, error);
}
