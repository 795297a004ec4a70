/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Full disk, backup, and the queue of the writer. */
#include "gw-checkpoint-private.h"
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

static gboolean
insert_cb (GwTx *tx, gpointer data, GError **error)
{
  g_autoptr (GwMatter) matter = fixture_matter (data, 0);

  return fixture_insert_in (tx, matter, error);
}

static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static goffset
size_of (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 ? info.st_size : 0;
}

/* No file may grow beyond what is there plus a little: the next writes of the log fail, one page
 * later in each round, so that every place of a transaction is met. */
static void
test_full_disk (Fixture *self, gconstpointer unused)
{
  g_autofree char *wal = g_strconcat (self->path, "-wal", NULL);
  guint acknowledged = 0, full = 0;

  signal (SIGXFSZ, SIG_IGN);
  for (guint round = 0; round < 40; ++round)
    {
      g_autoptr (GError) error = NULL;

      limit_files ((rlim_t)MAX (size_of (wal), size_of (self->path)) + round * 1024);
      for (guint i = 0; i < 200 && error == NULL; ++i)
        acknowledged += gw_store_write (self->store, GW_LANE_VERB, &self->program, insert_cb, self,
                                        NULL, &error);
      limit_files (RLIM_INFINITY);
      if (error == NULL)
        continue;
      g_assert_error (error, GW_ERROR, GW_ERROR_FULL);
      g_assert_nonnull (strstr (error->message, "centre.gridwork"));
      ++full;
      /* Space is free again: the same open file goes on. */
      fixture_insert (self, round);
      ++acknowledged;
      g_assert_cmpint (gw_store_last_seq (self->store), ==, acknowledged);
    }
  g_test_message ("%u times full, %u acknowledged", full, acknowledged);
  g_assert_cmpuint (full, >=, 10);
  fixture_assert_sound (self->store);
  fixture_reopen (self);
  g_assert_cmpint (gw_store_last_seq (self->store), ==, acknowledged);
  fixture_assert_sound (self->store);
}

static void
test_full_disk_at_creation (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "new.gridwork", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GwStore) store = NULL;

  signal (SIGXFSZ, SIG_IGN);
  limit_files (8192);
  store = gw_store_open (path, GW_OPEN_CREATE, self->clock, &error);
  limit_files (RLIM_INFINITY);
  g_assert_null (store);
  g_assert_error (error, GW_ERROR, GW_ERROR_FULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  store = gw_store_open (path, GW_OPEN_CREATE, self->clock, &error);
  g_assert_no_error (error);
}

static void
progress_cb (double fraction, gpointer data)
{
  double *last = data;

  g_assert_cmpfloat (fraction, >=, *last);
  g_assert_cmpfloat (fraction, <=, 1.0);
  *last = fraction;
}

static void
test_backup (Fixture *self, gconstpointer unused)
{
  g_autofree char *target = g_build_filename (self->folder, "copy.gridwork", NULL);
  g_autofree char *part = g_strconcat (target, ".part", NULL);
  g_autofree char *wal = g_strconcat (target, "-wal", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GwStore) copy = NULL;
  g_autoptr (GwMatter) matter = NULL;
  double last = 0.0;

  for (guint i = 0; i < 300; ++i)
    fixture_insert (self, i);
  gw_store_backup (self->store, target, progress_cb, &last, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (last, >=, 1.0);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  fixture_insert (self, 300);
  copy = gw_store_open (target, GW_OPEN_REQUIRE_WRITE, self->clock, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gw_store_last_seq (copy), ==, 300);
  matter = gw_store_get_matter (copy, &self->program, 300, &error);
  g_assert_no_error (error);
  fixture_assert_sound (copy);
  /* Never over something that is there. */
  g_assert_false (gw_store_backup (self->store, target, NULL, NULL, NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_EXISTS);
}

static void
test_backup_fails_cleanly (Fixture *self, gconstpointer unused)
{
  g_autofree char *target = g_build_filename (self->folder, "copy.gridwork", NULL);
  g_autofree char *part = g_strconcat (target, ".part", NULL);
  g_autofree char *nowhere = g_build_filename (self->folder, "no", "copy.gridwork", NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 100; ++i)
    fixture_insert (self, i);
  signal (SIGXFSZ, SIG_IGN);
  limit_files (65536);
  g_assert_false (gw_store_backup (self->store, target, NULL, NULL, NULL, &error));
  limit_files (RLIM_INFINITY);
  g_assert_error (error, GW_ERROR, GW_ERROR_FULL);
  g_clear_error (&error);
  g_cancellable_cancel (cancelled);
  g_assert_false (gw_store_backup (self->store, target, NULL, NULL, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (gw_store_backup (self->store, nowhere, NULL, NULL, NULL, &error));
  g_assert_nonnull (error);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

/* ---- the queue ---- */

typedef struct
{
  GMutex mutex;
  GCond changed;
  gboolean started, let_go, saw_verb;
  GString *order;
} Gate;

typedef struct
{
  Fixture *fixture;
  Gate *gate;
  GwLane lane;
  const char *name;
  GCancellable *cancellable;
  GError *error;
} Request;

static gboolean
hold_cb (GwTx *tx, gpointer data, GError **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->started = TRUE;
  g_cond_broadcast (&gate->changed);
  while (!gate->let_go)
    g_cond_wait (&gate->changed, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  gate->saw_verb = gw_tx_should_end (tx);
  return TRUE;
}

static gboolean
note_cb (GwTx *tx, gpointer data, GError **error)
{
  Request *request = data;

  g_string_append (request->gate->order, request->name);
  return TRUE;
}

static gpointer
hold_thread (gpointer data)
{
  Request *request = data;

  gw_store_write (request->fixture->store, request->lane, &request->fixture->program, hold_cb,
                  request->gate, NULL, &request->error);
  return NULL;
}

static gpointer
request_thread (gpointer data)
{
  Request *request = data;

  gw_store_write (request->fixture->store, request->lane, &request->fixture->program, note_cb,
                  request, request->cancellable, &request->error);
  return NULL;
}

static void
test_lanes (Fixture *self, gconstpointer unused)
{
  Gate gate = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Request hold = { self, &gate, GW_LANE_SLICE, "h", NULL, NULL };
  Request slice = { self, &gate, GW_LANE_SLICE, "s", NULL, NULL };
  Request gone = { self, &gate, GW_LANE_SLICE, "x", cancellable, NULL };
  Request verb = { self, &gate, GW_LANE_VERB, "v", NULL, NULL };
  GThread *threads[4];

  g_mutex_init (&gate.mutex);
  g_cond_init (&gate.changed);
  gate.order = g_string_new (NULL);
  threads[0] = g_thread_new ("hold", hold_thread, &hold);
  g_mutex_lock (&gate.mutex);
  while (!gate.started)
    g_cond_wait (&gate.changed, &gate.mutex);
  g_mutex_unlock (&gate.mutex);
  threads[1] = g_thread_new ("slice", request_thread, &slice);
  threads[2] = g_thread_new ("gone", request_thread, &gone);
  /* Taken out of the queue while the first one still runs. */
  g_cancellable_cancel (cancellable);
  g_thread_join (threads[2]);
  g_assert_error (gone.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&gone.error);
  threads[3] = g_thread_new ("verb", request_thread, &verb);
  while (!gw_store_has_waiting_verb (self->store))
    g_thread_yield ();
  g_mutex_lock (&gate.mutex);
  gate.let_go = TRUE;
  g_cond_broadcast (&gate.changed);
  g_mutex_unlock (&gate.mutex);
  g_thread_join (threads[0]);
  g_thread_join (threads[1]);
  g_thread_join (threads[3]);
  g_assert_no_error (slice.error);
  g_assert_no_error (verb.error);
  g_assert_true (gate.saw_verb);
  /* The slice may not have been queued when the verb was; it never came before it. */
  g_assert_cmpstr (gate.order->str, ==, "vs");
  g_string_free (gate.order, TRUE);
  g_mutex_clear (&gate.mutex);
  g_cond_clear (&gate.changed);
}

/* ---- the log ---- */

typedef struct
{
  GMutex mutex;
  GCond changed;
  gboolean is_ready;
} Ready;

static void
ready_cb (gpointer data, gpointer unused)
{
  Ready *self = data;

  g_mutex_lock (&self->mutex);
  self->is_ready = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
}

static void
wait_until_ready (Ready *self)
{
  g_mutex_lock (&self->mutex);
  while (!self->is_ready)
    g_cond_wait (&self->changed, &self->mutex);
  self->is_ready = FALSE;
  g_mutex_unlock (&self->mutex);
}

/* Beyond 64 MiB of log slices wait, until the writer has moved the rest of it. */
static void
test_pause_rule (Fixture *self, gconstpointer unused)
{
  const guint limit = GW_WAL_PAUSE_BYTES / GW_DB_PAGE_SIZE;
  Ready ready = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GwDb) db = gw_db_open (self->path, GW_DB_READ_WRITE, &error);
  GwCheckpoint *checkpoint;

  g_assert_no_error (error);
  g_mutex_init (&ready.mutex);
  g_cond_init (&ready.changed);
  checkpoint = gw_checkpoint_new (self->path, ready_cb, &ready, &error);
  g_assert_no_error (error);
  g_assert_false (gw_checkpoint_is_behind (checkpoint));
  gw_checkpoint_note (checkpoint, limit);
  g_assert_false (gw_checkpoint_is_behind (checkpoint));
  gw_checkpoint_note (checkpoint, limit + 1);
  g_assert_true (gw_checkpoint_is_behind (checkpoint));
  /* A round of the thread may be under way when the writer comes; then it is asked again. */
  while (gw_checkpoint_is_behind (checkpoint))
    {
      wait_until_ready (&ready);
      gw_checkpoint_finish (checkpoint, db);
    }
  /* The log did not begin anew, as with a reader on it: no slice waits for that for ever. */
  gw_checkpoint_note (checkpoint, limit + 2);
  g_assert_false (gw_checkpoint_is_behind (checkpoint));
  /* It did: the limit is the old one. */
  gw_checkpoint_note (checkpoint, 1);
  gw_checkpoint_note (checkpoint, limit + 1);
  g_assert_true (gw_checkpoint_is_behind (checkpoint));
  gw_checkpoint_free (checkpoint);
  g_mutex_clear (&ready.mutex);
  g_cond_clear (&ready.changed);
}

/* Each index is there for a query that the program asks; lists and worklists ask the snapshot. */
static void
test_plans (Fixture *self, gconstpointer unused)
{
  static const struct
  {
    const char *index, *sql;
  } cases[] = {
    { "matter_master", "EXPLAIN QUERY PLAN SELECT id FROM matter WHERE master = 3" },
    { "event_matter", "EXPLAIN QUERY PLAN SELECT seq FROM event WHERE matter = 3 ORDER BY seq" },
    { "sqlite_autoindex_matter_2",
      "EXPLAIN QUERY PLAN SELECT id FROM matter WHERE number = '510903-DIS-2026-000001'" },
    { "clock_matter", "EXPLAIN QUERY PLAN SELECT id FROM clock WHERE matter = 3 ORDER BY id" },
    { "PRIMARY KEY", "EXPLAIN QUERY PLAN SELECT matter FROM external_number"
                     " WHERE type = 1 AND source = 'hotline' AND number = 'RX1'" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GwDb) db = gw_db_open (self->path, GW_DB_READ, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); ++i)
    {
      g_autoptr (GwStatement) plan = gw_statement_prepare (db, cases[i].sql, &error);
      gboolean row = FALSE;

      g_assert_no_error (error);
      g_assert_true (gw_statement_step (plan, &row, &error));
      g_assert_true (row);
      g_test_message ("%s", gw_statement_get_text (plan, 3));
      g_assert_nonnull (strstr (gw_statement_get_text (plan, 3), cases[i].index));
      g_assert_true (gw_statement_step (plan, &row, &error));
      /* A second line would be a sort. */
      g_assert_false (row);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/store/care/full-disk", test_full_disk);
  FIXTURE_ADD ("/store/care/full-disk-at-creation", test_full_disk_at_creation);
  FIXTURE_ADD ("/store/care/backup", test_backup);
  FIXTURE_ADD ("/store/care/backup-fails-cleanly", test_backup_fails_cleanly);
  FIXTURE_ADD ("/store/care/lanes", test_lanes);
  FIXTURE_ADD ("/store/care/pause-rule", test_pause_rule);
  FIXTURE_ADD ("/store/care/plans", test_plans);
  return g_test_run ();
}
