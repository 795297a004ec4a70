/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one filter costs: list in order, map, figures by area and type and trend from the columns,
 * against GROUP BY on the same file. store.md goal 9, map.md 4.4 to 4.6.
 *
 *   bench-select [FILE [ROWS]] */

#include <sqlite3.h>
#include <stdlib.h>

#include "reading-bench.h"

typedef struct
{
  GwStore *store;
  sqlite3 *db;
  GwFilter *filter;
  const char *sql;
  guint n;
} Match;

static void
run_ours (gpointer data)
{
  Match *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSelection) selection =
      gw_store_select (self->store, &bench_program, self->filter, NULL, &error);

  if (selection == NULL)
    g_error ("%s", error->message);
  self->n = selection->n;
}

static void
run_sql (gpointer data)
{
  Match *self = data;
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (self->db, self->sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (self->db));
  while (sqlite3_step (statement) == SQLITE_ROW)
    ;
  sqlite3_finalize (statement);
}

static void
compare (Match *self, const char *name)
{
  double ours, sql;

  run_ours (self);
  ours = bench_median_ms (9, run_ours, self);
  sql = bench_median_ms (3, run_sql, self);
  g_print ("%-44s %8u rows  ours %7.2f ms   SQL %8.1f ms = %5.0fx\n", name, self->n, ours, sql,
           sql / ours);
}

#define FIGURES "SELECT area, type, count(*), sum(state < 9) FROM matter "

int
main (int argc, char **argv)
{
  const char *path = argc > 1 ? argv[1] : "bench-search.gridwork";
  guint rows = argc > 2 ? (guint)g_ascii_strtoull (argv[2], NULL, 10) : 1000000;
  Match match = { 0 };

  match.store = bench_open (path, rows, NULL);
  match.filter = gw_filter_new ();
  if (sqlite3_open (path, &match.db) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (match.db));
  match.sql = FIGURES "GROUP BY area, type";
  compare (&match, "everything, newest first");
  match.filter->open_only = TRUE;
  match.sql = FIGURES "WHERE state < 9 GROUP BY area, type";
  compare (&match, "open, newest first");
  match.filter->area = 2;
  compare (&match, "open in one township, newest first");
  match.filter->open_only = FALSE;
  match.filter->area = 0;
  match.filter->sort = GW_SORT_AREA;
  match.sql = FIGURES "GROUP BY area, type";
  compare (&match, "everything, by area");
  match.filter->sort = GW_SORT_NUMBER_ASC;
  compare (&match, "everything, by number");
  sqlite3_close (match.db);
  gw_filter_free (match.filter);
  gw_store_close (match.store);
  gw_store_unref (match.store);
  return 0;
}
