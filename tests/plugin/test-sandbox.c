/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-sql-sandbox-migrate.h"
#include "gw-sql-sandbox.h"
#include "gw-store.h"
#include "sandbox-cases.h"
#include <glib/gstdio.h>
#include <sqlite3.h>

/* A real file of the program, with a table of the module, one of its record types and one of
 * somebody else. */
typedef struct
{
  char *folder, *path; /* owned */
} Fixture;

static void
execute (const char *path, const char *sql)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (db);
}

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwClock) clock = gw_clock_new_fixed (1700000000);
  g_autoptr (GwStore) store = NULL;

  fixture->folder = g_dir_make_tmp ("gw-sql-sandbox-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "centre.gridwork", NULL);
  store = gw_store_open (fixture->path, GW_OPEN_CREATE, clock, &error);
  g_assert_no_error (error);
  gw_store_close (store);
  execute (fixture->path,
           "INSERT INTO record_type VALUES (1, 'risk.dispute/dispute', 'risk.dispute',"
           "  'm_dis_dispute', 'DIS', 1, '{}');"
           "CREATE TABLE m_dis_dispute (id INTEGER PRIMARY KEY REFERENCES matter (id), dtype TEXT);"
           "CREATE TABLE m_dis_note (id INTEGER PRIMARY KEY, matter INTEGER REFERENCES matter (id),"
           "  word TEXT);"
           "CREATE INDEX m_dis_note_matter ON m_dis_note (matter);"
           "CREATE TABLE m_oth_secret (id INTEGER PRIMARY KEY, word TEXT);"
           "INSERT INTO matter (id, uid, number, case_code, type, state, urgency, severity,"
           "  sensitivity, loc_precision, level, exercise, reported, rev, source, title, summary)"
           "  VALUES (1, zeroblob (16), 'N1', 'C1', 1, 2, 1, 1, 1, 4, 1, 0, 1700000000, 1, 'grid',"
           "  't', 's');");
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      (void)g_unlink (path);
    }
  (void)g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static gboolean
row_cb (GwSqlSandboxRow *row, gpointer data, GError **error)
{
  (*(guint *)data)++;
  return TRUE;
}

/* Compiled and run: what the check passes must not fail later. */
static gboolean
try_read (Fixture *fixture, const char *sql, GError **error)
{
  g_autoptr (GwSqlSandbox) sandbox = gw_sql_sandbox_open (fixture->path, "dis", error);
  guint rows = 0;

  g_assert_nonnull (sandbox);
  return gw_sql_sandbox_check (sandbox, sql, NULL, error) &&
         gw_sql_sandbox_query (sandbox, sql, NULL, GW_SQL_SANDBOX_OPERATIONS, row_cb, &rows, NULL,
                               error);
}

static char *
dump_schema (sqlite3 *db)
{
  g_autoptr (GString) text = g_string_new (NULL);
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (db, "SELECT name || coalesce (sql, '') FROM sqlite_schema",
                                       -1, &statement, NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (statement) == SQLITE_ROW)
    g_string_append (text, (const char *)sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A refused migration leaves the schema as it was and the connection usable. */
static gboolean
try_migrate (Fixture *fixture, const char *sql, GError **error)
{
  sqlite3 *db = NULL;
  g_autofree char *before = NULL, *after = NULL;
  gboolean good;

  g_assert_cmpint (sqlite3_open (fixture->path, &db), ==, SQLITE_OK);
  sqlite3_exec (db, "PRAGMA foreign_keys = on; BEGIN IMMEDIATE", NULL, NULL, NULL);
  before = dump_schema (db);
  good = gw_sql_sandbox_migrate (db, "dis", sql, error);
  after = dump_schema (db);
  if (!good)
    g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (sqlite3_exec (db, "SELECT title FROM matter", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (db, "ROLLBACK", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  return good;
}

static gboolean
try_expression (const char *text, GError **error)
{
  static const char *const fields[] = { "persons", "kind", NULL };
  g_autoptr (GwSqlSandboxExpression) expression =
      gw_sql_sandbox_expression_new (text, fields, error);
  gboolean holds;

  return expression != NULL && gw_sql_sandbox_expression_evaluate (expression, NULL, &holds, error);
}

static gboolean
try_case (Fixture *fixture, const SandboxCase *one, GError **error)
{
  switch (one->kind)
    {
    case CASE_READ:
      return try_read (fixture, one->sql, error);
    case CASE_MIGRATE:
      return try_migrate (fixture, one->sql, error);
    case CASE_EXPRESSION:
      return try_expression (one->sql, error);
    default:
      g_assert_not_reached ();
    }
}

static Verdict
verdict_of (const GError *error)
{
  if (error == NULL)
    return GOOD;
  if (g_error_matches (error, GW_ERROR, GW_ERROR_REFUSED))
    return REFUSED;
  return g_error_matches (error, GW_ERROR, GW_ERROR_LIMIT) ? LIMIT : INVALID;
}

static void
test_cases (Fixture *fixture, gconstpointer unused)
{
  guint wrong = 0;

  g_assert_cmpuint (n_sandbox_cases, >=, 120);
  for (guint i = 0; i < n_sandbox_cases; i++)
    {
      const SandboxCase *one = &sandbox_cases[i];
      g_autoptr (GError) error = NULL;
      const char *message;

      (void)try_case (fixture, one, &error);
      message = error != NULL ? error->message : "";
      if (verdict_of (error) == one->verdict &&
          (one->mention == NULL || strstr (message, one->mention) != NULL))
        continue;
      wrong++;
      g_test_message ("%s\n  is %d, should be %d: %s", one->sql, (int)verdict_of (error),
                      (int)one->verdict, message);
    }
  g_test_message ("%u statements", n_sandbox_cases);
  g_assert_cmpuint (wrong, ==, 0);
}

static void
test_columns (Fixture *fixture, gconstpointer unused)
{
  static const char *const promised[] = { "area_id", "num", NULL };
  g_autoptr (GwSqlSandbox) sandbox = gw_sql_sandbox_open (fixture->path, "dis", NULL);
  g_autoptr (GError) error = NULL;

  gw_sql_sandbox_check (sandbox,
                        "SELECT area AS area_id, count(*) AS num FROM matter GROUP BY area",
                        promised, &error);
  g_assert_no_error (error);
  g_assert_false (gw_sql_sandbox_check (sandbox, "SELECT area AS area_id, count(*) FROM matter",
                                        promised, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "AS num"));
}

/* The statement of data access names shared columns only, each once, in order. */
static void
test_reads (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GwSqlSandbox) sandbox = gw_sql_sandbox_open (fixture->path, "dis", NULL);
  g_auto (GStrv) reads = NULL;
  g_autofree char *line = NULL;

  g_assert_true (
      gw_sql_sandbox_check (sandbox,
                            "SELECT m.area, d.dtype FROM matter m JOIN m_dis_dispute d ON "
                            "d.id = m.id WHERE m.area IN (SELECT id FROM area)",
                            NULL, NULL));
  reads = gw_sql_sandbox_dup_reads (sandbox);
  line = g_strjoinv (" ", reads);
  g_assert_cmpstr (line, ==, "area.id matter.area matter.id");
}

static gboolean
number_cb (GwSqlSandboxRow *row, gpointer data, GError **error)
{
  g_assert_false (gw_sql_sandbox_row_is_null (row, 0));
  *(gint64 *)data = gw_sql_sandbox_row_int64 (row, 0);
  return TRUE;
}

static void
test_values (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GwSqlSandbox) sandbox = gw_sql_sandbox_open (fixture->path, "dis", NULL);
  g_autoptr (GVariant) params =
      g_variant_ref_sink (g_variant_new_parsed ("{'from': <int64 1600000000>, 'unused': <'x'>}"));
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  gw_sql_sandbox_query (sandbox, "SELECT count(*) FROM matter WHERE reported >= :from", params,
                        GW_SQL_SANDBOX_OPERATIONS, number_cb, &n, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, 1);
}

/* A budget in operations gives the same verdict whatever else the machine does. */
static void
test_budget (Fixture *fixture, gconstpointer unused)
{
  static const char *const sql =
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT "
      "count(*) FROM n";
  g_autoptr (GwSqlSandbox) sandbox = gw_sql_sandbox_open (fixture->path, "dis", NULL);
  guint64 first = 0;

  for (guint i = 0; i < 3; i++)
    {
      gint64 n = 0;

      g_assert_true (gw_sql_sandbox_query (sandbox, sql, NULL, GW_SQL_SANDBOX_OPERATIONS, number_cb,
                                           &n, NULL, NULL));
      g_assert_cmpint (n, ==, 100000);
      if (i == 0)
        first = gw_sql_sandbox_get_operations (sandbox);
      g_assert_cmpuint (gw_sql_sandbox_get_operations (sandbox), ==, first);
    }
  g_assert_cmpuint (first, >, 0);
}

static void
test_cancel (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GwSqlSandbox) sandbox = gw_sql_sandbox_open (fixture->path, "dis", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint rows = 0;

  g_cancellable_cancel (cancellable);
  g_assert_false (gw_sql_sandbox_query (
      sandbox,
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
      NULL, G_MAXUINT64, row_cb, &rows, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gboolean
holds (const char *text, const char *values)
{
  static const char *const fields[] = { "persons", "kind", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSqlSandboxExpression) expression =
      gw_sql_sandbox_expression_new (text, fields, &error);
  g_autoptr (GVariant) parsed = g_variant_ref_sink (g_variant_new_parsed (values));
  gboolean answer = FALSE;

  g_assert_no_error (error);
  gw_sql_sandbox_expression_evaluate (expression, parsed, &answer, &error);
  g_assert_no_error (error);
  return answer;
}

static void
test_expression (Fixture *fixture, gconstpointer unused)
{
  g_assert_true (holds ("persons >= 3", "{'persons': <int64 3>}"));
  g_assert_false (holds ("persons >= 3", "{'persons': <int64 2>}"));
  g_assert_false (holds ("persons >= 3", "{'kind': <'land'>}")); /* not known is not true */
  g_assert_true (holds ("kind = 'land' OR persons > 9", "{'kind': <'land'>}"));
  g_assert_true (holds ("0.5", "{'kind': <'land'>}"));
}

#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sandbox/cases", test_cases);
  ADD ("/sandbox/columns", test_columns);
  ADD ("/sandbox/reads", test_reads);
  ADD ("/sandbox/values", test_values);
  ADD ("/sandbox/budget", test_budget);
  ADD ("/sandbox/cancel", test_cancel);
  ADD ("/sandbox/expression", test_expression);
  return g_test_run ();
}
