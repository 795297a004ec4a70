/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A centre's file that the check at start finds damaged: the person is told, and no list of rows
 * goes into it. */
#include "import-rig.h"

#include "gw-error.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#define TABLE \
  "工单编号,标题,诉求内容,纠纷类型,涉及人数,受理渠道,受理时间,事发地址,社区代码\n" \
  "RX1,井盖争议,两户有分歧,邻里纠纷,2人,热线,2022-12-30 09:10,井巷1号,510903001001\n"

/* The first page of an index that neither opening nor an import reads. */
static goffset
find_page (const char *path)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *select = NULL;
  goffset page;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (db,
                                       "SELECT rootpage FROM sqlite_schema"
                                       " WHERE name = 'visit_matter'",
                                       -1, &select, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (select), ==, SQLITE_ROW);
  page = (goffset)(sqlite3_column_int64 (select, 0) - 1) * 4096;
  g_assert_cmpint (sqlite3_finalize (select), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (db), ==, SQLITE_OK);
  return page;
}

static void
damage (const char *path)
{
  goffset page = find_page (path);
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, "\xff\xff\xff\xff", 4, page), ==, 4);
  g_assert_cmpint (close (fd), ==, 0);
}

static void
reopen (Rig *self)
{
  g_autoptr (GError) error = NULL;

  self->session = gw_session_open_sync (self->path, GW_SESSION_REQUIRE_WRITE, NULL, &error);
  g_assert_no_error (error);
  rig_sit_down (self, GW_ROLE_DISPATCHER);
}

static void
damaged_cb (GwSession *session, guint *n_told)
{
  ++*n_told;
}

static void
test_damaged (Rig *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwImportPlan) plan = NULL;
  guint n_told = 0, n_before;

  gw_session_close (self->session);
  g_clear_object (&self->session);
  damage (self->path);
  reopen (self);
  g_signal_connect (self->session, "damaged", G_CALLBACK (damaged_cb), &n_told);
  g_assert_null (gw_session_get_damage (self->session));
  n_before = rig_count (self);
  plan = rig_plan_text (self, TABLE);
  g_assert_cmpint (gw_session_commit_import_sync (self->session, plan, NULL, NULL, &error), ==, 0);
  g_assert_error (error, GW_ERROR, GW_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "centre.gridwork"));
  while (n_told == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_cmpstr (gw_session_get_damage (self->session), ==, error->message);
  g_assert_cmpuint (rig_count (self), ==, n_before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/import/damaged", Rig, NULL, rig_set_up, test_damaged, rig_tear_down);
  return rig_run (argc, argv);
}
