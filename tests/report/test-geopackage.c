/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-geopackage.h"

#include "store-fixture.h"
#include <sqlite3.h>

static gint64
ask (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;
  gint64 answer = -1;

  g_assert_cmpint (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL), ==, SQLITE_OK);
  if (sqlite3_step (statement) == SQLITE_ROW)
    answer = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return answer;
}

static void
write_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwGeopackage) file = gw_geopackage_new (path, "matters", "about \"it\"", &error);

  g_assert_no_error (error);
  gw_geopackage_add_column (file, "title", "TEXT");
  gw_geopackage_add_column (file, "level", "REAL");
  gw_geopackage_add_column (file, "reported", "DATETIME");
  g_assert_true (gw_geopackage_start (file, &error));
  for (gint32 i = 0; i < 500; i++)
    {
      gw_geopackage_set_text (file, 0, "物业'纠纷");
      gw_geopackage_set_number (file, 1, i);
      gw_geopackage_set_time (file, 2, 1672466400);
      g_assert_true (gw_geopackage_add_row (file, i % 10 != 0, 1055000000 + i * 1000,
                                            305000000 + i * 500, &error));
    }
  g_assert_true (gw_geopackage_finish (file, &error));
  g_assert_no_error (error);
}

static void
test_write (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->folder, "out.gpkg", NULL);
  sqlite3 *db = NULL;

  write_file (path);
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  g_assert_cmpint (ask (db, "PRAGMA application_id"), ==, 0x47504B47);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM matters"), ==, 500);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM matters WHERE geom IS NULL"), ==, 50);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM rtree_matters_geom"), ==, 450);
  g_assert_cmpint (ask (db, "SELECT rtreecheck('rtree_matters_geom') = 'ok'"), ==, 1);
  g_assert_cmpint (ask (db, "SELECT count(*) FROM gpkg_spatial_ref_sys"), ==, 3);
  g_assert_cmpint (ask (db, "SELECT reported = '2022-12-31T06:00:00.000Z' FROM matters"), ==, 1);
  sqlite3_close (db);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/geopackage/write", test_write);
  return g_test_run ();
}
