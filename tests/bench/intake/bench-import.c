/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import of a CSV file against `sqlite3 .import` of the same file, searchable time, ogr2ogr, and
 * what an edit costs meanwhile. Prints ratios of one run and PASS or FAIL. */
#include "bench-import-file.h"

#include "gw-demo.h"
#include "gw-import-plan.h"
#include "gw-select.h"
#include "gw-session-private.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#define N_EDITS 200u
#define EDIT_INTERVAL_MS 50u

typedef struct
{
  char *folder, *file, *csv; /* owned */
  guint n_rows;
  gboolean failed;
} Bench;

static double
seconds_since (gint64 start)
{
  return (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static double
cpu_seconds (int who)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (who, &usage), ==, 0);
  return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}

static void
judge (Bench *bench, const char *what, double ratio, double must)
{
  gboolean good = ratio <= must;

  g_print ("%-46s %6.2f  must %4.1f  %s\n", what, ratio, must, good ? "PASS" : "FAIL");
  bench->failed = bench->failed || !good;
}

/* ---- peers ---- */

static gboolean
run (const char *const *argv)
{
  int status = 0;

  return g_spawn_sync (NULL, (char **)argv, NULL,
                       G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL |
                           G_SPAWN_STDERR_TO_DEV_NULL,
                       NULL, NULL, NULL, NULL, &status, NULL) &&
         g_spawn_check_wait_status (status, NULL);
}

static double
time_sqlite (Bench *bench)
{
  g_autofree char *target = g_build_filename (bench->folder, "peer.db", NULL);
  g_autofree char *import = g_strdup_printf (".import --csv %s rows", bench->csv);
  const char *argv[] = { "sqlite3", target, import, NULL };
  gint64 start = g_get_monotonic_time ();
  double cpu = cpu_seconds (RUSAGE_CHILDREN), wall;

  g_assert_true (run (argv));
  wall = seconds_since (start);
  g_print ("sqlite3 .import                     %8.2f s wall %8.2f s CPU\n", wall,
           cpu_seconds (RUSAGE_CHILDREN) - cpu);
  g_unlink (target);
  return wall;
}

/* 0 when there is no ogr2ogr. */
static double
time_ogr (Bench *bench)
{
  g_autofree char *target = g_build_filename (bench->folder, "peer.gpkg", NULL);
  const char *argv[] = { "ogr2ogr",
                         "-f",
                         "GPKG",
                         target,
                         bench->csv,
                         "-oo",
                         "X_POSSIBLE_NAMES=经度",
                         "-oo",
                         "Y_POSSIBLE_NAMES=纬度",
                         NULL };
  gint64 start = g_get_monotonic_time ();
  double wall;

  if (!run (argv))
    return 0;
  wall = seconds_since (start);
  g_print ("ogr2ogr to GeoPackage               %8.2f s wall\n", wall);
  g_unlink (target);
  return wall;
}

/* ---- ours ---- */

static GwSession *
open_session (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  GwSession *session = gw_session_open_sync (bench->file, GW_SESSION_REQUIRE_WRITE, NULL, &error);
  GPtrArray *accounts;

  g_assert_no_error (error);
  accounts = gw_session_get_accounts (session);
  for (guint i = 1; i < accounts->len; i++)
    {
      const GwAccount *account = g_ptr_array_index (accounts, i);

      if (account != NULL && gw_session_take_seat (session, account->id, GW_ROLE_DISPATCHER, NULL))
        break;
    }
  return session;
}

static void
make_store (Bench *bench)
{
  g_autoptr (GError) error = NULL;

  gw_demo_create (bench->file, 1000, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  double visible, searchable;
} Ours;

static Ours
time_ours (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSession) session = open_session (bench);
  g_autoptr (GwImportPlan) plan = NULL;
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GwSelection) selection = NULL;
  guint n_rows = 0, n_refused = 0;
  Ours ours = { 0 };
  gint64 start = g_get_monotonic_time ();
  double cpu = cpu_seconds (RUSAGE_SELF), helper = cpu_seconds (RUSAGE_CHILDREN), planned;

  plan = gw_session_plan_import_sync (session, bench->csv, "risk.dispute/dispute", NULL, &error);
  g_assert_no_error (error);
  planned = seconds_since (start);
  filter->batch = gw_session_commit_import_sync (session, plan, &n_rows, &n_refused, &error);
  g_assert_no_error (error);
  selection = gw_session_select_sync (session, filter, &error);
  g_assert_no_error (error);
  ours.visible = seconds_since (start);
  g_assert_cmpuint (n_rows, ==, bench->n_rows);
  g_assert_cmpint (selection->n, ==, bench->n_rows);
  g_print ("ours, checked                       %8.2f s wall\n", planned);
  g_print (
      "ours, placed, journalled, visible   %8.2f s wall %8.2f s CPU %8.2f s CPU of the reader\n",
      ours.visible, cpu_seconds (RUSAGE_SELF) - cpu, cpu_seconds (RUSAGE_CHILDREN) - helper);
  g_assert_true (gw_store_wait_search (gw_session_get_store (session), NULL, &error));
  ours.searchable = seconds_since (start);
  g_print ("ours, searchable                    %8.2f s wall\n", ours.searchable);
  g_clear_object (&plan);
  gw_session_close (session);
  return ours;
}

/* ---- edits meanwhile ---- */

typedef struct
{
  GwSession *session;
  gint64 matter;
  GArray *times; /* double, ms */
  guint n;
  gboolean done;
} Edits;

static void
edit_once (Edits *edits)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwVerbRequest) request = gw_verb_request_new (edits->matter, GW_VERB_NOTE);
  g_autoptr (GwMatter) matter = NULL;
  gint64 start;
  double ms;

  request->note = g_strdup_printf ("已联系承办单位了解进展 %u", edits->n++);
  start = g_get_monotonic_time ();
  matter = gw_session_apply_sync (edits->session, request, &error);
  g_assert_no_error (error);
  ms = seconds_since (start) * 1000;
  g_array_append_val (edits->times, ms);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static double
quantile (GArray *times, double q)
{
  g_array_sort (times, compare_doubles);
  return g_array_index (times, double, (guint)(q * (times->len - 1)));
}

static gboolean
edit_cb (gpointer data)
{
  edit_once (data);
  return G_SOURCE_CONTINUE;
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Edits *edits = data;
  g_autoptr (GError) error = NULL;

  gw_session_commit_import_finish (GW_SESSION (source), result, NULL, NULL, &error);
  g_assert_no_error (error);
  edits->done = TRUE;
}

static gint64
find_open_matter (GwSession *session)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GwSelection) selection = NULL;

  filter->open_only = TRUE;
  selection = gw_session_select_sync (session, filter, &error);
  g_assert_no_error (error);
  g_assert_cmpint (selection->n, >, 0);
  return selection->ids[0];
}

static void
race_edits (Bench *bench)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSession) session = open_session (bench);
  g_autoptr (GwImportPlan) plan = NULL;
  Edits edits = { .session = session, .times = g_array_new (FALSE, FALSE, sizeof (double)) };
  double alone, alone_median, meanwhile;
  guint source;

  edits.matter = find_open_matter (session);
  for (guint i = 0; i < N_EDITS; i++)
    {
      edit_once (&edits);
      /* nocheck:sleep – a benchmark paces its edits */
      g_usleep (10000); /* a person is slower than this, and the checkpoint takes part */
    }
  alone = quantile (edits.times, 0.99);
  alone_median = quantile (edits.times, 0.5);
  g_array_set_size (edits.times, 0);
  plan = gw_session_plan_import_sync (session, bench->csv, "risk.dispute/dispute", NULL, &error);
  g_assert_no_error (error);
  gw_session_commit_import_async (session, plan, NULL, NULL, NULL, committed_cb, &edits);
  source = g_timeout_add (EDIT_INTERVAL_MS, edit_cb, &edits);
  while (!edits.done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (source);
  meanwhile = quantile (edits.times, 0.99);
  g_print ("edit alone                          %8.2f ms p50 %8.2f ms p99\n", alone_median, alone);
  g_print ("edit during an import               %8.2f ms p50 %8.2f ms p99 (%u edits)\n",
           quantile (edits.times, 0.5), meanwhile, edits.times->len);
  judge (bench, "p99 of an edit during an import / without", meanwhile / alone, 3);
  g_array_unref (edits.times);
  g_clear_object (&plan);
  gw_session_close (session);
}

/* ---- all ---- */

static void
remove_store (Bench *bench)
{
  static const char *const suffixes[] = { "",       "-wal",    "-shm",        ".lock",
                                          ".index", ".search", ".search-wal", ".search-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (bench->file, suffixes[i], NULL);

      (void)g_unlink (path);
    }
}

static void
run_all (Bench *bench, gboolean skip_edits)
{
  double before, after, ogr;
  Ours ours;

  before = time_sqlite (bench);
  ours = time_ours (bench);
  after = time_sqlite (bench);
  ogr = time_ogr (bench);
  judge (bench, "import / sqlite3 .import", ours.visible / ((before + after) / 2), 3);
  judge (bench, "searchable / sqlite3 .import", ours.searchable / ((before + after) / 2), 10);
  if (ogr > 0)
    g_print ("%-46s %6.2f\n", "import / ogr2ogr to GeoPackage", ours.visible / ogr);
  remove_store (bench);
  if (skip_edits)
    return;
  make_store (bench);
  race_edits (bench);
}

int
main (int argc, char **argv)
{
  int n_rows = 1000000;
  gboolean skip_edits = FALSE, keep = FALSE;
  char *folder = NULL;
  const GOptionEntry entries[] = {
    { "rows", 0, 0, G_OPTION_ARG_INT, &n_rows, "Rows of the file", "N" },
    { "skip-edits", 0, 0, G_OPTION_ARG_NONE, &skip_edits, "Leave out the edits", NULL },
    { "folder", 0, 0, G_OPTION_ARG_FILENAME, &folder, "Folder for the files", "FOLDER" },
    { "keep", 0, 0, G_OPTION_ARG_NONE, &keep, "Keep the files", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Bench bench = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  (void)g_setenv ("GW_READER", BENCH_READER, FALSE);
  bench.n_rows = (guint)MAX (n_rows, 1);
  bench.folder = folder != NULL ? folder : g_dir_make_tmp ("bench-import-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (bench.folder, 0700), ==, 0);
  bench.file = g_build_filename (bench.folder, "centre.gridwork", NULL);
  bench.csv = g_build_filename (bench.folder, "disputes.csv", NULL);
  make_store (&bench);
  {
    g_autoptr (GwSession) session = open_session (&bench);

    bench_import_file_write (bench.csv, session, bench.n_rows);
    gw_session_close (session);
  }
  run_all (&bench, skip_edits);
  remove_store (&bench);
  if (!keep)
    {
      (void)g_unlink (bench.csv);
      (void)g_rmdir (bench.folder);
    }
  g_free (bench.folder);
  g_free (bench.file);
  g_free (bench.csv);
  return bench.failed ? 1 : 0;
}
