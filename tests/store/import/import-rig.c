/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-rig.h"

#include "gw-demo.h"
#include "gw-session-private.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>

#define DEMO_VARIABLE "GW_TEST_DEMO"

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_assert_cmpint (g_unlink (file), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

int
rig_run (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("import-demo-XXXXXX", &error);
  g_autofree char *demo = NULL;
  int status;

  g_assert_no_error (error);
  demo = g_build_filename (folder, "demo.gridwork", NULL);
  gw_demo_create (demo, 300, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_setenv (DEMO_VARIABLE, demo, TRUE));
  status = g_test_run ();
  remove_folder (folder);
  return status;
}

void
rig_sit_down (Rig *self, GwRole role)
{
  GPtrArray *accounts = gw_session_get_accounts (self->session);

  for (guint i = 1; i < accounts->len; i++)
    {
      const GwAccount *account = g_ptr_array_index (accounts, i);

      if (account != NULL && (account->roles & (1u << role)) != 0)
        {
          g_assert_true (gw_session_take_seat (self->session, account->id, role, NULL));
          return;
        }
    }
  g_assert_not_reached ();
}

void
rig_set_up (Rig *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) demo = g_file_new_for_path (g_getenv (DEMO_VARIABLE));
  g_autoptr (GFile) copy = NULL;
  g_autoptr (GwClock) clock = NULL;

  self->folder = g_dir_make_tmp ("import-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "centre.gridwork", NULL);
  copy = g_file_new_for_path (self->path);
  g_file_copy (demo, copy, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  /* 2026-11-24 in China */
  clock = gw_clock_new_fixed (G_GINT64_CONSTANT (1795500000));
  self->session = gw_session_open_sync (self->path, GW_SESSION_REQUIRE_WRITE, clock, &error);
  g_assert_no_error (error);
  rig_sit_down (self, GW_ROLE_DISPATCHER);
}

void
rig_tear_down (Rig *self, gconstpointer unused)
{
  gw_session_close (self->session);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&self->session);
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self->path);
}

char *
rig_write (Rig *self, const char *name, const char *bytes, gssize length)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (self->folder, name, NULL);

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);
  return path;
}

GwImportPlan *
rig_plan (Rig *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  GwImportPlan *plan = gw_session_plan_import_sync (self->session, path, RIG_TYPE, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

GwImportPlan *
rig_plan_text (Rig *self, const char *text)
{
  g_autofree char *path = rig_write (self, "table.csv", text, -1);

  return rig_plan (self, path);
}

char *
rig_problems (GwImportPlan *plan, guint64 i)
{
  GPtrArray *problems = gw_import_plan_get_problems (plan, i);
  GString *text = g_string_new (NULL);

  for (guint j = 0; j < problems->len; j++)
    {
      const GwRowProblem *problem = g_ptr_array_index (problems, j);

      g_string_append_printf (text, "%s%s", j > 0 ? "\n" : "", problem->message);
    }
  return g_string_free (text, FALSE);
}

char *
rig_place (GwImportPlan *plan, guint64 i)
{
  guint64 row;
  GwRowVerdict verdict;
  const char *const *cells;
  const char *place;
  guint n_cells;

  g_assert_true (gw_import_plan_get_row (plan, i, &row, &verdict, &cells, &n_cells, &place));
  return g_strdup (place);
}

guint
rig_count (Rig *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GwSelection) selection = gw_session_select_sync (self->session, filter, &error);

  g_assert_no_error (error);
  return (guint)selection->n;
}

/* Long imports are written without look-ups of parents: they must be there all the same. */
static void
assert_parents (Rig *self)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *check = NULL;

  g_assert_cmpint (sqlite3_open_v2 (self->path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db, "PRAGMA foreign_key_check", -1, &check, NULL), ==,
                   SQLITE_OK);
  g_assert_cmpint (sqlite3_step (check), ==, SQLITE_DONE);
  sqlite3_finalize (check);
  sqlite3_close (db);
}

void
rig_assert_sound (Rig *self)
{
  g_autoptr (GError) error = NULL;
  GwVerifyReport report = { 0 };

  g_assert_cmpint (gw_store_check_counters (gw_session_get_store (self->session), &error), ==, 0);
  g_assert_no_error (error);
  gw_store_verify (gw_session_get_store (self->session), &report, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (report.problem, ==, NULL);
  gw_verify_report_clear (&report);
  assert_parents (self);
}
