/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading-bench.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "gw-csv.h"

#define SLICE 5000
#define N_NAMES 2000
#define YEARS_SECONDS (4 * 365 * 86400)

const GwActor bench_program = { .purpose = "benchmark" };
const GwActor bench_clerk = { .account = 1, .role = GW_ROLE_DUTY_OFFICER, .purpose = "benchmark" };

typedef struct
{
  GRand *random;
  GPtrArray *titles, *clauses; /* owned strings */
  guint rows, first;           /* of the slice */
  guint total;
} Maker;

static void
die_on (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

double
bench_seconds (void)
{
  return (double)g_get_monotonic_time () / G_USEC_PER_SEC;
}

static int
compare_times (const void *a, const void *b)
{
  double left = *(const double *)a, right = *(const double *)b;

  return (left > right) - (left < right);
}

/* Of this thread: what else runs on the machine does not count. */
static double
cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

double
bench_median_ms (guint rounds, void (*func) (gpointer data), gpointer data)
{
  g_autofree double *times = g_new (double, rounds);

  for (guint i = 0; i < rounds; i++)
    {
      double start = cpu_ms ();

      func (data);
      times[i] = cpu_ms () - start;
    }
  qsort (times, rounds, sizeof *times, compare_times);
  return times[rounds / 2];
}

gint64
bench_file_size (const char *path)
{
  static const char *const suffixes[] = { "", "-wal" };
  gint64 size = 0;

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      GStatBuf info;

      if (g_stat (name, &info) == 0)
        size += info.st_size;
    }
  return size;
}

/* ---- set-up ---- */

static void
add_area (GPtrArray *areas, guint32 parent, GwAreaLevel level)
{
  GwArea *area = g_new0 (GwArea, 1);

  area->id = areas->len + 1;
  area->parent = parent;
  area->level = level;
  area->kind = GW_AREA_URBAN;
  area->valid_to = G_MAXINT32;
  area->code = g_strdup_printf ("5109%08u", area->id);
  area->name = g_strdup_printf ("区划%u", area->id);
  g_ptr_array_add (areas, area);
}

static GPtrArray *
make_areas (void)
{
  static const guint counts[] = { 1, 20, 76, 227, 565 };
  GPtrArray *areas = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_area_free);
  guint32 first_parent = 0, n_parents = 1;

  for (guint level = 0; level < G_N_ELEMENTS (counts); level++)
    {
      guint32 first = areas->len + 1;

      for (guint i = 0; i < counts[level]; i++)
        add_area (areas, level == 0 ? 0 : first_parent + i % n_parents,
                  (GwAreaLevel)(GW_LEVEL_DISTRICT + level));
      first_parent = first;
      n_parents = counts[level];
    }
  return areas;
}

static gboolean
set_up_cb (GwTx *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) areas = make_areas ();

  if (!gw_tx_put_meta (tx, "centre.code", "510903", error) || !gw_tx_put_areas (tx, areas, error))
    return FALSE;
  for (guint i = 1; i <= 10; i++)
    {
      g_autoptr (GwTypeSpec) type = gw_type_spec_new ();
      guint32 number;

      type->key = g_strdup_printf ("bench.m%u/t", i);
      type->module = g_strdup_printf ("bench.m%u", i);
      type->table = g_strdup_printf ("m_bench_%u", i);
      type->number_code = g_strdup_printf ("B%02u", i);
      type->label = g_strdup (type->key);
      type->label_plural = g_strdup (type->key);
      type->version = 1;
      if (!gw_tx_put_type (tx, type, &number, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- texts ---- */

static void
split_clauses (GPtrArray *clauses, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "。", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (clauses, g_strdup (parts[i]));
}

static void
load_texts (Maker *self)
{
  g_autofree char *bytes = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;
  const char *folder = g_getenv ("GW_DATA_DIR");
  g_autofree char *path =
      g_build_filename (folder != NULL ? folder : "data", "demo", "texts.csv", NULL);
  gsize length;

  (void)g_file_get_contents (path, &bytes, &length, &error);
  die_on (error);
  rows = gw_csv_parse (bytes, length, &error);
  die_on (error);
  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->clauses = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 1; i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);

      if (g_strv_length (row) < 4)
        continue;
      g_ptr_array_add (self->titles, g_strdup (row[2]));
      split_clauses (self->clauses, row[3]);
    }
}

static const char *
pick (Maker *self, GPtrArray *texts)
{
  return g_ptr_array_index (texts, (guint)g_rand_int_range (self->random, 0, (gint32)texts->len));
}

/* Names of places as they are: two characters, few of them often, most of them seldom. */
static void
append_name (Maker *self, GString *out)
{
  guint32 rank = (guint32)(N_NAMES * g_rand_double (self->random) * g_rand_double (self->random));

  if (rank == N_NAMES / 10)
    g_string_append (out, "桂花");
  else
    {
      g_string_append_unichar (out, 0x4e00 + rank * 7 % 3000);
      g_string_append_unichar (out, 0x4e00 + rank * 11 % 2999);
    }
}

static char *
make_title (Maker *self)
{
  GString *out = g_string_new (NULL);

  append_name (self, out);
  g_string_append_printf (out, "路%d号", g_rand_int_range (self->random, 1, 300));
  g_string_append (out, pick (self, self->titles));
  return g_string_free (out, FALSE);
}

static char *
make_summary (Maker *self)
{
  GString *out = g_string_new (NULL);

  append_name (self, out);
  g_string_append (out, "小区");
  for (guint i = 0; i < 3; i++)
    g_string_append_printf (out, "%s。", pick (self, self->clauses));
  return g_string_free (out, FALSE);
}

/* ---- matters ---- */

static GwMatter *
make_matter (Maker *self, guint n)
{
  GwMatter *matter = gw_matter_new ();
  gint64 span = YEARS_SECONDS, age = span - span * n / MAX (1, self->total);

  matter->type = (guint32)g_rand_int_range (self->random, 1, 11);
  matter->state = n % 10 == 0 ? GW_STATE_HANDLING : GW_STATE_CLOSED;
  matter->urgency = GW_URGENCY_NORMAL;
  matter->severity = GW_SEVERITY_GENERAL;
  matter->sensitivity = n % 100 == 7 ? GW_SENSITIVITY_RESTRICTED : GW_SENSITIVITY_INTERNAL;
  matter->precision = GW_PRECISION_GRID;
  matter->level = 1;
  matter->area = (guint32)g_rand_int_range (self->random, 325, BENCH_N_AREAS + 1);
  matter->has_point = TRUE;
  matter->x = g_rand_int_range (self->random, 1054000000, 1058000000);
  matter->y = g_rand_int_range (self->random, 303000000, 308000000);
  /* Nearly in the order of entry, as real reports are. */
  matter->reported = BENCH_NOW - age - g_rand_int_range (self->random, 0, 3 * 86400);
  matter->due = matter->reported + 20 * 86400;
  if (matter->state == GW_STATE_CLOSED)
    matter->closed = matter->reported + g_rand_int_range (self->random, 3600, 15 * 86400);
  matter->source = g_strdup ("hotline");
  matter->title = make_title (self);
  matter->summary = make_summary (self);
  return matter;
}

static gboolean
slice_cb (GwTx *tx, gpointer data, GError **error)
{
  Maker *self = data;

  gw_tx_defer_counters (tx, TRUE);
  for (guint i = 0; i < self->rows; i++)
    {
      g_autoptr (GwMatter) matter = make_matter (self, self->first + i);
      GwEvent event = { .verb = GW_VERB_SUBMIT, .from = GW_STATE_DRAFT, .to = matter->state };

      if (!gw_tx_insert_matter (tx, matter, error))
        return FALSE;
      event.matter = matter->id;
      if (!gw_tx_append_event (tx, &event, error))
        return FALSE;
    }
  return self->first + self->rows < self->total || gw_tx_flush_counters (tx, error);
}

static void
fill (GwStore *store, guint rows)
{
  Maker maker = { .random = g_rand_new_with_seed (1), .total = rows };
  g_autoptr (GError) error = NULL;

  load_texts (&maker);
  (void)gw_store_write (store, GW_LANE_VERB, &bench_program, set_up_cb, NULL, NULL, &error);
  die_on (error);
  for (maker.first = 0; maker.first < rows; maker.first += maker.rows)
    {
      maker.rows = MIN (SLICE, rows - maker.first);
      (void)gw_store_write (store, GW_LANE_SLICE, &bench_program, slice_cb, &maker, NULL, &error);
      die_on (error);
    }
  g_rand_free (maker.random);
  g_ptr_array_unref (maker.titles);
  g_ptr_array_unref (maker.clauses);
}

GwStore *
bench_open (const char *path, guint rows, double *seconds)
{
  g_autoptr (GwClock) clock = gw_clock_new_fixed (BENCH_NOW);
  g_autoptr (GError) error = NULL;
  gboolean there = g_file_test (path, G_FILE_TEST_EXISTS);
  GwStore *store = gw_store_open (path, GW_OPEN_CREATE | GW_OPEN_REQUIRE_WRITE | GW_OPEN_NO_CHECK,
                                  clock, &error);
  double start = bench_seconds ();

  die_on (error);
  if (!there)
    fill (store, rows);
  if (seconds != NULL)
    *seconds = there ? 0 : bench_seconds () - start;
  return store;
}
