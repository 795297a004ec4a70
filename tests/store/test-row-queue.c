/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows that wait are in the transaction like any other row. */
#include "gw-db-private.h"
#include "gw-row-queue-private.h"

#include <glib/gstdio.h>

#define INSERT "INSERT INTO part (id, parent, name) VALUES (?1, ?2, ?3)"
#define PARENT "INSERT INTO parent (id) VALUES (?1)"

typedef struct
{
  char *folder, *path; /* owned */
  GwDb *db;
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("gw-queue-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "t.db", NULL);
  self->db = gw_db_open (self->path, GW_DB_CREATE, &error);
  g_assert_no_error (error);
  gw_db_exec (self->db,
              "CREATE TABLE parent (id INTEGER PRIMARY KEY);"
              "CREATE TABLE part (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL"
              " REFERENCES parent (id), name TEXT CHECK (name <> 'bad')) STRICT",
              &error);
  g_assert_no_error (error);
  gw_db_begin_write (self->db, &error);
  g_assert_no_error (error);
  gw_db_hold_rows (self->db, TRUE);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  gw_db_close (self->db);
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

static gboolean
add_part (Fixture *self, gint64 id, const char *name, GError **error)
{
  g_autofree char *text = g_strdup (name); /* freed before the row is written */
  g_autoptr (GwStatement) insert =
      gw_statement_prepare_insert (self->db, INSERT, GW_RANK_PART, error);

  g_assert_nonnull (insert);
  gw_statement_set_int64 (insert, 1, id);
  gw_statement_set_int64 (insert, 2, 1);
  gw_statement_set_text (insert, 3, text);
  return gw_statement_run (insert, error);
}

static void
add_parent (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwStatement) insert =
      gw_statement_prepare_insert (self->db, PARENT, GW_RANK_MATTER, &error);

  gw_statement_set_int64 (insert, 1, 1);
  g_assert_true (gw_statement_run (insert, &error));
}

static gint64
count (Fixture *self, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  g_assert_true (gw_db_query_int64 (self->db, sql, &n, &error));
  g_assert_no_error (error);
  return n;
}

/* The statement of the parts is used first; its rows are written after their parent all the same.
 */
static void
test_seen_by_reads (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (add_part (self, 1, "一", &error));
  add_parent (self);
  g_assert_true (add_part (self, 2, NULL, &error));
  g_assert_cmpint (count (self, "SELECT count(*) FROM part"), ==, 2);
  g_assert_cmpint (count (self, "SELECT count(*) FROM part WHERE name = '一'"), ==, 1);
  g_assert_cmpint (count (self, "SELECT count(*) FROM part WHERE name IS NULL"), ==, 1);
  g_assert_true (gw_db_commit (self->db, &error));
}

static void
test_many (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  guint n = 2 * GW_ROW_QUEUE_ROWS + 1;

  add_parent (self);
  for (guint i = 1; i <= n; i++)
    {
      g_autofree char *name = g_strdup_printf ("第%u行", i);

      g_assert_true (add_part (self, i, name, &error));
    }
  g_assert_true (gw_db_commit (self->db, &error));
  g_assert_cmpint (count (self, "SELECT count(*) FROM part WHERE name = '第' || id || '行'"), ==,
                   n);
}

static void
test_broken_rule (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  add_parent (self);
  g_assert_true (add_part (self, 1, "good", &error));
  g_assert_true (add_part (self, 2, "bad", &error));
  g_assert_false (gw_db_commit (self->db, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
  gw_db_rollback (self->db);
  g_assert_cmpint (count (self, "SELECT count(*) FROM part"), ==, 0);
}

/* After a rollback nothing waits, and rows are written one by one again. */
static void
test_rollback (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  add_parent (self);
  g_assert_true (add_part (self, 1, "gone", &error));
  gw_db_rollback (self->db);
  g_assert_true (gw_db_begin_write (self->db, &error));
  add_parent (self);
  g_assert_true (add_part (self, 2, "kept", &error));
  g_assert_false (add_part (self, 3, "bad", &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
  g_assert_true (gw_db_commit (self->db, NULL));
  g_assert_cmpint (count (self, "SELECT id FROM part"), ==, 2);
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/store/row-queue/seen-by-reads", test_seen_by_reads);
  ADD ("/store/row-queue/many", test_many);
  ADD ("/store/row-queue/broken-rule", test_broken_rule);
  ADD ("/store/row-queue/rollback", test_rollback);
  return g_test_run ();
}
