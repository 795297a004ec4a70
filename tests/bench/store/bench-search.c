/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chinese search over a million matters, first 50 hits, against LIKE on the same file and against
 * FTS5 with the trigram tokenizer over the same texts; index sizes and building times. store.md
 * goals 11 to 13.
 *
 *   bench-search [FILE [ROWS]]
 *
 * FILE is made when it is not there and kept; FILE.trigram beside it is the peer's. */

#include <glib/gstdio.h>
#include <locale.h>
#include <sqlite3.h>
#include <stdlib.h>

#include "reading-bench.h"

#define SHOWN 50

typedef struct
{
  GwStore *store;
  sqlite3 *live, *trigram; /* the peers' connections */
  const char *word;
  guint n_ours, n_peer; /* hits among the first 50 */
  guint n_all;
} Match;

static void
die_unless (gboolean good, sqlite3 *db)
{
  if (!good)
    g_error ("%s", sqlite3_errmsg (db));
}

static void
run_first (gpointer data)
{
  Match *self = data;
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSelection) page = NULL;

  filter->text = g_strdup (self->word);
  page = gw_store_select_first (self->store, &bench_clerk, filter, SHOWN, NULL, &error);
  if (page == NULL)
    g_error ("%s", error->message);
  self->n_ours = page->n;
}

static void
run_all (gpointer data)
{
  Match *self = data;
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSelection) selection = NULL;

  filter->text = g_strdup (self->word);
  selection = gw_store_select (self->store, &bench_clerk, filter, NULL, &error);
  if (selection == NULL)
    g_error ("%s", error->message);
  self->n_all = selection->n;
}

static guint
run_sql (sqlite3 *db, const char *sql, const char *word)
{
  g_autofree char *pattern = g_strdup_printf ("%%%s%%", word);
  sqlite3_stmt *statement = NULL;
  guint n = 0;

  die_unless (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK, db);
  sqlite3_bind_text (statement, 1, pattern, -1, SQLITE_STATIC);
  while (sqlite3_step (statement) == SQLITE_ROW)
    n++;
  sqlite3_finalize (statement);
  return n;
}

static void
run_like (gpointer data)
{
  Match *self = data;

  self->n_peer =
      run_sql (self->live,
               "SELECT id FROM matter WHERE sensitivity = 1 AND (title LIKE ?1 OR"
               " summary LIKE ?1 OR address LIKE ?1) ORDER BY reported DESC, id DESC LIMIT 50",
               self->word);
}

/* Three or more characters go through the index. Of two there are no trigrams: all that is left is
 * reading the table, which the + asks for. */
static void
run_trigram (gpointer data)
{
  Match *self = data;
  gboolean indexed = g_utf8_strlen (self->word, -1) >= 3;

  self->n_peer = run_sql (self->trigram,
                          indexed ? "SELECT rowid FROM t WHERE title LIKE ?1 UNION"
                                    " SELECT rowid FROM t WHERE summary LIKE ?1"
                                    " ORDER BY 1 DESC LIMIT 50"
                                  : "SELECT rowid FROM t WHERE +title LIKE ?1 OR +summary LIKE ?1"
                                    " ORDER BY rowid DESC LIMIT 50",
                          self->word);
}

/* The same without the limit: what a map and figures need. */
static void
run_trigram_all (gpointer data)
{
  Match *self = data;
  gboolean indexed = g_utf8_strlen (self->word, -1) >= 3;

  self->n_peer = run_sql (self->trigram,
                          indexed ? "SELECT rowid FROM t WHERE title LIKE ?1 UNION"
                                    " SELECT rowid FROM t WHERE summary LIKE ?1"
                                  : "SELECT rowid FROM t WHERE +title LIKE ?1 OR +summary LIKE ?1",
                          self->word);
}

static double
build_trigram (Match *self, const char *store_path, const char *path)
{
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS live", store_path);
  double start = bench_seconds ();

  die_unless (sqlite3_open (path, &self->trigram) == SQLITE_OK, self->trigram);
  die_unless (sqlite3_exec (self->trigram, attach, NULL, NULL, NULL) == SQLITE_OK, self->trigram);
  if (sqlite3_table_column_metadata (self->trigram, "main", "t", NULL, NULL, NULL, NULL, NULL,
                                     NULL) == SQLITE_OK)
    return 0;
  die_unless (sqlite3_exec (self->trigram,
                            "PRAGMA main.journal_mode = OFF; PRAGMA main.synchronous = OFF;", NULL,
                            NULL, NULL) == SQLITE_OK,
              self->trigram);
  die_unless (sqlite3_exec (self->trigram,
                            "CREATE VIRTUAL TABLE t USING fts5 (title, summary,"
                            " tokenize = 'trigram');"
                            "INSERT INTO t (rowid, title, summary)"
                            " SELECT id, title, summary FROM live.matter;"
                            "INSERT INTO t (t) VALUES ('optimize');",
                            NULL, NULL, NULL) == SQLITE_OK,
              self->trigram);
  return bench_seconds () - start;
}

/* Bytes of the index alone: the texts are stored beside it. */
static gint64
trigram_index_size (sqlite3 *db)
{
  sqlite3_stmt *statement = NULL;
  gint64 size = 0;

  if (sqlite3_prepare_v2 (db, "SELECT sum(length(block)) FROM t_data", -1, &statement, NULL) ==
          SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    size = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  return size;
}

static void
compare (Match *self, const char *word)
{
  double first, whole, like, trigram, all;

  self->word = word;
  run_first (self);
  first = bench_median_ms (9, run_first, self);
  run_all (self);
  whole = bench_median_ms (5, run_all, self);
  like = bench_median_ms (1, run_like, self);
  if (self->n_peer != self->n_ours)
    g_error ("%s: %u hits, LIKE has %u", word, self->n_ours, self->n_peer);
  trigram = bench_median_ms (3, run_trigram, self);
  all = bench_median_ms (1, run_trigram_all, self);
  g_print ("%s: %u hits, first 50 %.2f ms, all with their places and figures %.2f ms\n"
           "    LIKE, first 50        %8.1f ms = %7.1fx\n"
           "    trigram, first 50     %8.1f ms = %7.1fx\n"
           "    trigram, all hits     %8.1f ms = %7.1fx of all\n",
           word, self->n_all, first, whole, like, like / first, trigram, trigram / first, all,
           all / whole);
}

int
main (int argc, char **argv)
{
  const char *path = argc > 1 ? argv[1] : "bench-search.gridwork";
  guint rows = argc > 2 ? (guint)g_ascii_strtoull (argv[2], NULL, 10) : 1000000;
  g_autofree char *trigram_path = g_strconcat (path, ".trigram", NULL);
  g_autofree char *search_path = g_strconcat (path, ".search", NULL);
  static const char *const words[] = { "消防", "漏水", "桂花", "堵", "电梯维修", "桂花小区" };
  Match match = { 0 };
  g_autoptr (GError) error = NULL;
  double writing, start = bench_seconds (), indexed, trigram;

  setlocale (LC_ALL, "");
  match.store = bench_open (path, rows, &writing);
  if (!gw_store_wait_search (match.store, NULL, &error))
    g_error ("%s", error->message);
  indexed = bench_seconds () - start;
  g_print ("written in %.1f s, searchable after %.1f s\n", writing, indexed);
  die_unless (sqlite3_open (path, &match.live) == SQLITE_OK, match.live);
  trigram = build_trigram (&match, path, trigram_path);
  g_print ("trigram index built in %.1f s\n", trigram);
  g_print ("index size: ours %.1f MB (whole file), trigram %.1f MB (postings) = %.2f\n",
           (double)bench_file_size (search_path) / 1e6,
           (double)trigram_index_size (match.trigram) / 1e6,
           (double)trigram_index_size (match.trigram) / (double)bench_file_size (search_path));
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    compare (&match, words[i]);
  sqlite3_close (match.live);
  sqlite3_close (match.trigram);
  gw_store_close (match.store);
  gw_store_unref (match.store);
  return 0;
}
