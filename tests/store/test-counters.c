/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counters equal the recount after anything; batches can be taken back. */
#include "store-fixture.h"

#include <sqlite3.h>

#define N_OPERATIONS 20000
#define PER_TRANSACTION 50

typedef struct
{
  Fixture *fixture;
  GRand *random;
  GPtrArray *alive; /* of gint64 in pointers: matters that are not withdrawn */
  guint n;
} Storm;

static gboolean
withdraw_in (GwTx *tx, gint64 id, GError **error)
{
  g_autoptr (GwMatter) matter = gw_tx_get_matter (tx, id, error);
  GwEvent event = { 0 };

  if (matter == NULL)
    return FALSE;
  event.matter = id;
  event.verb = GW_VERB_WITHDRAW;
  event.from = event.to = matter->state;
  return gw_tx_withdraw_matter (tx, matter, error) && gw_tx_append_event (tx, &event, error);
}

/* Another area, another time of reporting, another closing time. */
static gboolean
shake_in (GwTx *tx, Storm *storm, gint64 id, GError **error)
{
  g_autoptr (GwMatter) before = gw_tx_get_matter (tx, id, error);
  g_autoptr (GwMatter) after = before != NULL ? gw_matter_copy (before) : NULL;
  GwEvent event = { 0 };

  if (before == NULL)
    return FALSE;
  after->area = (guint32)g_rand_int_range (storm->random, 1, FIXTURE_N_AREAS + 1);
  after->reported = FIXTURE_NOW - g_rand_int_range (storm->random, 0, 800) * 86400;
  after->state = (GwMatterState)g_rand_int_range (storm->random, 1, GW_N_STATES);
  after->closed = g_rand_boolean (storm->random)
                      ? 0
                      : FIXTURE_NOW - g_rand_int_range (storm->random, 0, 800) * 86400;
  event.matter = id;
  event.verb = GW_VERB_CORRECT;
  event.from = before->state;
  event.to = after->state;
  return gw_tx_update_matter (tx, before, after, error) && gw_tx_append_event (tx, &event, error);
}

static gboolean
operate (GwTx *tx, Storm *storm, GError **error)
{
  gint kind = g_rand_int_range (storm->random, 0, 10);
  g_autoptr (GwMatter) matter = NULL;
  guint which;

  if (storm->alive->len < 10 || kind < 4)
    {
      matter = fixture_matter (storm->fixture, storm->n++);
      if (!fixture_insert_in (tx, matter, error))
        return FALSE;
      g_ptr_array_add (storm->alive, GSIZE_TO_POINTER ((gsize)matter->id));
      return TRUE;
    }
  which = (guint)g_rand_int_range (storm->random, 0, (gint32)storm->alive->len);
  if (kind < 9)
    return shake_in (tx, storm, (gint64)GPOINTER_TO_SIZE (g_ptr_array_index (storm->alive, which)),
                     error);
  return withdraw_in (tx,
                      (gint64)GPOINTER_TO_SIZE (g_ptr_array_steal_index_fast (storm->alive, which)),
                      error);
}

static gboolean
storm_cb (GwTx *tx, gpointer data, GError **error)
{
  Storm *storm = data;

  /* Now and then counters wait in memory, and now and then they are written. */
  switch (g_rand_int_range (storm->random, 0, 8))
    {
    case 0:
      gw_tx_defer_counters (tx, TRUE);
      break;
    case 1:
      gw_tx_defer_counters (tx, FALSE);
      break;
    case 2:
      if (!gw_tx_flush_counters (tx, error))
        return FALSE;
      break;
    default:
      break;
    }
  for (guint i = 0; i < PER_TRANSACTION; ++i)
    if (!operate (tx, storm, error))
      return FALSE;
  return TRUE;
}

static gint64
sum_of (GArray *cells, gboolean closed)
{
  gint64 sum = 0;

  for (guint i = 0; i < cells->len; ++i)
    {
      const GwCounterCell *cell = &g_array_index (cells, GwCounterCell, i);

      sum += closed ? cell->closed : cell->opened;
    }
  return sum;
}

static void
test_storm (Fixture *self, gconstpointer unused)
{
  g_autoptr (GRand) random = g_rand_new_with_seed ((guint32)g_test_rand_int ());
  g_autoptr (GPtrArray) alive = g_ptr_array_new ();
  g_autoptr (GArray) cells = NULL;
  Storm storm = { self, random, alive, 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_OPERATIONS / PER_TRANSACTION; ++i)
    {
      gw_store_write (self->store, GW_LANE_SLICE, &self->program, storm_cb, &storm, NULL, &error);
      g_assert_no_error (error);
      if (i % 50 == 0)
        g_assert_cmpint (gw_store_check_counters (self->store, &error), ==, 0);
      if (i % 133 == 0)
        fixture_reopen (self);
    }
  g_assert_cmpint (gw_store_check_counters (self->store, &error), ==, 0);
  g_assert_no_error (error);
  cells = gw_store_read_counters (self->store, &error);
  g_assert_cmpint (sum_of (cells, FALSE), >, sum_of (cells, TRUE));
  g_assert_cmpint (sum_of (cells, FALSE), <=, alive->len);
  fixture_assert_sound (self->store);
}

/* The rule in numbers: one matter through its life. */
static void
test_one_matter (Fixture *self, gconstpointer unused)
{
  g_autoptr (GArray) open = NULL, closed = NULL;
  gint64 id = fixture_insert (self, 40);
  const GwCounterCell *cell;

  open = gw_store_read_counters (self->store, NULL);
  g_assert_cmpuint (open->len, ==, 1);
  cell = &g_array_index (open, GwCounterCell, 0);
  g_assert_cmpint (cell->month, ==, 2026 * 12 + 10 - 1);
  g_assert_cmpuint (cell->area, ==, FIXTURE_FIRST_MICRO + 40 % 16);
  g_assert_cmpuint (cell->type, ==, self->type);
  g_assert_cmpint (cell->opened, ==, 1);
  g_assert_cmpint (cell->closed, ==, 0);
  fixture_move (self, id, GW_VERB_RECORD, GW_STATE_CLOSED, NULL);
  closed = gw_store_read_counters (self->store, NULL);
  g_assert_cmpuint (closed->len, ==, 2);
  cell = &g_array_index (closed, GwCounterCell, 1);
  g_assert_cmpint (cell->month, ==, 2026 * 12 + 11 - 1);
  g_assert_cmpint (cell->opened, ==, 0);
  g_assert_cmpint (cell->closed, ==, 1);
}

static void
test_wrong_counter_is_found (Fixture *self, gconstpointer unused)
{
  sqlite3 *db = NULL;

  for (guint i = 0; i < 20; ++i)
    fixture_insert (self, i);
  g_clear_pointer (&self->store, gw_store_unref);
  g_assert_cmpint (sqlite3_open (self->path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "UPDATE counter SET opened = opened + 1", NULL, NULL, NULL),
                   ==, SQLITE_OK);
  sqlite3_close (db);
  fixture_reopen (self);
  g_assert_cmpint (gw_store_check_counters (self->store, NULL), >, 0);
}

static gboolean
defer_cb (GwTx *tx, gpointer data, GError **error)
{
  Fixture *fixture = data;

  gw_tx_defer_counters (tx, TRUE);
  for (guint i = 0; i < 30; ++i)
    {
      g_autoptr (GwMatter) matter = fixture_matter (fixture, i);

      if (!fixture_insert_in (tx, matter, error))
        return FALSE;
    }
  return TRUE;
}

static void
copy_to (const char *from, const char *to, const char *suffix)
{
  g_autofree char *source = g_strconcat (from, suffix, NULL);
  g_autofree char *target = g_strconcat (to, suffix, NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (source, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (target, bytes, (gssize)length, NULL));
}

/* What a power cut in the middle of an import leaves: file and log without the counters that were
 * in memory. Opening counts anew. */
static void
test_lost_memory (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "cut.gridwork", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GwStore) store = NULL;
  g_autofree char *mark = NULL, *after = NULL;
  g_autoptr (GArray) cells = NULL;

  fixture_insert (self, 0);
  gw_store_write (self->store, GW_LANE_SLICE, &self->program, defer_cb, self, NULL, &error);
  g_assert_no_error (error);
  mark = gw_store_dup_meta (self->store, "counter.upto");
  g_assert_cmpstr (mark, ==, "1");
  g_assert_cmpint (gw_store_check_counters (self->store, NULL), ==, 0);
  copy_to (self->path, path, "");
  copy_to (self->path, path, "-wal");
  store = gw_store_open (path, GW_OPEN_REQUIRE_WRITE, self->clock, &error);
  g_assert_no_error (error);
  after = gw_store_dup_meta (store, "counter.upto");
  g_assert_null (after);
  cells = gw_store_read_counters (store, NULL);
  g_assert_cmpint (sum_of (cells, FALSE), ==, 31);
  fixture_assert_sound (store);
}

/* ---- batches ---- */

typedef struct
{
  Fixture *fixture;
  gint64 id;
  guint n;
  GArray *found; /* owned by the test */
  guint touched;
} Import;

static gboolean
import_cb (GwTx *tx, gpointer data, GError **error)
{
  Import *import = data;
  GwBatch batch = { 0 };

  batch.file_name = (char *)"热线.csv";
  batch.type = (char *)FIXTURE_TYPE;
  batch.sha256 = (char *)"00";
  if (!gw_tx_add_batch (tx, &batch, error))
    return FALSE;
  import->id = batch.id;
  for (guint i = 0; i < import->n; ++i)
    {
      g_autoptr (GwMatter) matter = fixture_matter (import->fixture, i);

      matter->batch = batch.id;
      if (!fixture_insert_in (tx, matter, error))
        return FALSE;
    }
  return gw_tx_finish_batch (tx, batch.id, import->n, 2, error);
}

static gboolean
unknown_org_cb (GwTx *tx, gpointer data, GError **error)
{
  g_autoptr (GwMatter) matter = fixture_matter (data, 0);

  matter->lead_org = 77;
  return fixture_insert_in (tx, matter, error);
}

static gboolean
unknown_area_cb (GwTx *tx, gpointer data, GError **error)
{
  g_autoptr (GwMatter) matter = fixture_matter (data, 0);

  matter->area = FIXTURE_N_AREAS + 1;
  return fixture_insert_in (tx, matter, error);
}

/* In long imports SQLite does not look up what a row refers to; the store does. */
static void
test_references_of_slices (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  gw_store_write (self->store, GW_LANE_SLICE, &self->program, defer_cb, self, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (gw_store_write (self->store, GW_LANE_SLICE, &self->program, unknown_org_cb, self,
                                  NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (gw_store_write (self->store, GW_LANE_SLICE, &self->program, unknown_area_cb, self,
                                  NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_NOT_FOUND);
  fixture_assert_sound (self->store);
}

static gboolean
undo_cb (GwTx *tx, gpointer data, GError **error)
{
  Import *import = data;
  gint64 after = 0;

  for (;;)
    {
      guint touched = 0;
      g_autoptr (GArray) ids = gw_tx_batch_matters (tx, import->id, after, 7, &touched, error);

      if (ids == NULL)
        return FALSE;
      import->touched += touched;
      if (ids->len == 0)
        break;
      after = g_array_index (ids, gint64, ids->len - 1);
      for (guint i = 0; i < ids->len; ++i)
        if (!withdraw_in (tx, g_array_index (ids, gint64, i), error))
          return FALSE;
      g_array_append_vals (import->found, ids->data, ids->len);
    }
  return gw_tx_mark_batch_undone (tx, import->id, error);
}

static gboolean
undo_again_cb (GwTx *tx, gpointer data, GError **error)
{
  return gw_tx_mark_batch_undone (tx, ((Import *)data)->id, error);
}

static void
test_batch (Fixture *self, gconstpointer unused)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  Import import = { self, 0, 50, found, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) batches = NULL;
  g_autoptr (GwMatter) withdrawn = NULL;
  g_autoptr (GArray) cells = NULL;
  const GwBatch *batch;

  fixture_insert (self, 0);
  gw_store_write (self->store, GW_LANE_SLICE, &self->program, import_cb, &import, NULL, &error);
  g_assert_no_error (error);
  fixture_insert (self, 1);
  fixture_move (self, 10, GW_VERB_FILE, GW_STATE_FILED, "经核实予以登记");
  gw_store_write (self->store, GW_LANE_VERB, &self->program, undo_cb, &import, NULL, &error);
  g_assert_no_error (error);
  /* All but the one that somebody worked on; none of the others' matters. */
  g_assert_cmpuint (found->len, ==, 49);
  g_assert_cmpuint (import.touched, ==, 1);
  g_assert_cmpint (g_array_index (found, gint64, 0), ==, 2);
  cells = gw_store_read_counters (self->store, NULL);
  g_assert_cmpint (sum_of (cells, FALSE), ==, 3);
  /* Row and entries stay. */
  withdrawn = gw_store_get_matter (self->store, &self->program, 2, &error);
  g_assert_no_error (error);
  batches = gw_store_list_batches (self->store, &error);
  g_assert_cmpuint (batches->len, ==, 1);
  batch = g_ptr_array_index (batches, 0);
  g_assert_cmpuint (batch->n_rows, ==, 50);
  g_assert_cmpuint (batch->n_refused, ==, 2);
  g_assert_cmpint (batch->undone_at, ==, FIXTURE_NOW);
  g_assert_false (gw_store_write (self->store, GW_LANE_VERB, &self->program, undo_again_cb, &import,
                                  NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_NOT_FOUND);
  fixture_assert_sound (self->store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/store/counters/one-matter", test_one_matter);
  FIXTURE_ADD ("/store/counters/wrong-counter-is-found", test_wrong_counter_is_found);
  FIXTURE_ADD ("/store/counters/lost-memory", test_lost_memory);
  FIXTURE_ADD ("/store/counters/storm", test_storm);
  FIXTURE_ADD ("/store/counters/batch", test_batch);
  FIXTURE_ADD ("/store/counters/references-of-slices", test_references_of_slices);
  return g_test_run ();
}
