/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-demo.h"

#include "demo/gw-demo-matters.h"
#include "gw-error.h"
#include "gw-module-host.h"
#include "gw-paths.h"
#include "gw-select.h"
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/* Enough rows to a transaction that its fsync does not count, few enough to cancel soon. */
#define CASES_PER_TRANSACTION 2000u

typedef struct
{
  GwDemoTable *table;
  GwDemoDistrict *district;
  GwModuleHost *host;
  GwStore *store;
  GwCalendar *calendar;
  GwDemoMatters *matters;
  GwDesk *desk;
  guint64 seed;
  guint from, to; /* cases of the running transaction */
} Demo;

static void
demo_clear (Demo *self)
{
  g_clear_pointer (&self->desk, gw_desk_unref);
  g_clear_pointer (&self->matters, gw_demo_matters_free);
  g_clear_pointer (&self->calendar, gw_calendar_unref);
  g_clear_pointer (&self->store, gw_store_unref);
  g_clear_pointer (&self->host, gw_module_host_free);
  g_clear_pointer (&self->district, gw_demo_district_free);
  g_clear_pointer (&self->table, gw_demo_table_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Demo, demo_clear)

static const GwActor program = { .role = GW_ROLE_SYSADMIN, .purpose = "demo" };

static GwCalendar *
load_calendar (GError **error)
{
  g_autofree char *path = gw_path_data ("calendars/cn-2018-2026.csv");
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, error);
  g_autoptr (GBytes) bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;

  return bytes != NULL ? gw_calendar_new_from_csv (bytes, error) : NULL;
}

/* ---- the district ---- */

static gboolean
put_meta (Demo *self, GwTx *tx, GError **error)
{
  g_autoptr (GBytes) river = gw_lines_to_bytes (self->district->river);
  gsize length;
  const guint8 *data = g_bytes_get_data (river, &length);
  g_autofree char *text = g_base64_encode (data, length);
  g_autofree char *key = g_strdup_printf ("%" G_GUINT64_FORMAT, self->seed);

  return gw_tx_put_meta (tx, GW_META_DEMO, "1", error) &&
         gw_tx_put_meta (tx, GW_META_CENTRE, "510903", error) &&
         gw_tx_put_meta (tx, GW_META_CASE_KEY, key, error) &&
         gw_tx_put_meta (tx, "centre-name", "船山区综治中心", error) &&
         gw_tx_put_meta (tx, "river", text, error);
}

static gboolean
put_district (GwTx *tx, gpointer data, GError **error)
{
  Demo *self = data;

  if (!put_meta (self, tx, error) || !gw_tx_put_areas (tx, self->district->areas, error) ||
      !gw_tx_put_calendar (tx, self->calendar, error))
    return FALSE;
  for (guint i = 0; i < self->district->orgs->len; i++)
    if (!gw_tx_put_org (tx, g_ptr_array_index (self->district->orgs, i), error))
      return FALSE;
  for (guint i = 0; i < self->district->accounts->len; i++)
    if (!gw_tx_put_account (tx, g_ptr_array_index (self->district->accounts, i), error))
      return FALSE;
  return TRUE;
}

/* ---- the types: those of loaded modules, and descriptions of the others ---- */

static const GwTypeSpec *
module_type (Demo *self, const char *key)
{
  GPtrArray *modules = gw_module_host_get_modules (self->host);

  for (guint i = 0; i < modules->len; i++)
    {
      const GwModuleSpec *module = g_ptr_array_index (modules, i);

      for (guint j = 0; j < module->types->len; j++)
        {
          const GwTypeSpec *type = g_ptr_array_index (module->types, j);

          if (g_str_equal (type->key, key))
            return type;
        }
    }
  return NULL;
}

static GwTypeSpec *
described_type (const GwDemoCategory *category)
{
  GwTypeSpec *type = gw_type_spec_new ();

  type->key = g_strdup (category->key);
  type->module = g_strndup (category->key, strcspn (category->key, "/"));
  type->table = g_strdup (category->table);
  type->number_code = g_strdup (category->number_code);
  type->label = g_strdup (category->label);
  type->label_plural = g_strdup (category->label);
  type->version = 1;
  return type;
}

static gboolean
put_types (GwTx *tx, gpointer data, GError **error)
{
  Demo *self = data;

  for (guint i = 0; i < self->table->categories->len; i++)
    {
      const GwDemoCategory *category = g_ptr_array_index (self->table->categories, i);
      const GwTypeSpec *known = module_type (self, category->key);
      g_autoptr (GwTypeSpec) described = known == NULL ? described_type (category) : NULL;

      if (!gw_tx_put_type (tx, known != NULL ? known : described, &self->matters->type_numbers[i],
                           error))
        return FALSE;
    }
  return TRUE;
}

/* ---- the matters ---- */

static gboolean
put_cases (GwTx *tx, gpointer data, GError **error)
{
  Demo *self = data;

  gw_tx_defer_counters (tx, TRUE);
  for (guint i = self->from; i < self->to; i++)
    {
      g_autoptr (GwCase) matter_case = gw_demo_matters_case (self->matters, self->desk, i, error);

      if (matter_case == NULL || !gw_desk_save (self->desk, tx, matter_case, error))
        return gw_prefix (error, "demo matter %u", i + 1);
    }
  return self->to < self->matters->facts->len || gw_tx_flush_counters (tx, error);
}

static gboolean
put_matters (
    Demo *self, GwProgressFunc progress, gpointer data, GCancellable *cancellable, GError **error)
{
  guint n = self->matters->facts->len;

  for (self->from = 0; self->from < n; self->from = self->to)
    {
      self->to = MIN (self->from + CASES_PER_TRANSACTION, n);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !gw_store_write (self->store, GW_LANE_SLICE, &program, put_cases, self, cancellable,
                           error))
        return FALSE;
      if (progress != NULL)
        progress ((double)self->to / n, data);
    }
  return TRUE;
}

static gboolean
load_reference (Demo *self, guint64 rows, GError **error)
{
  g_autoptr (GwAreaTree) tree = gw_store_load_areas (self->store, error);
  g_autoptr (GPtrArray) orgs = NULL;

  if (tree == NULL)
    return FALSE;
  self->matters = gw_demo_matters_new (self->table, self->district, tree, rows, self->seed);
  if (!gw_store_write (self->store, GW_LANE_VERB, &program, put_types, self, NULL, error))
    return FALSE;
  orgs = gw_store_load_orgs (self->store, error);
  if (orgs == NULL)
    return FALSE;
  g_autoptr (GPtrArray) types = gw_store_load_types (self->store, error);
  if (types == NULL)
    return FALSE;
  self->desk = gw_desk_new (tree, self->calendar, orgs, types);
  return TRUE;
}

static gboolean
create (Demo *self,
        const char *path,
        guint64 rows,
        GwProgressFunc progress,
        gpointer data,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (GwClock) clock = gw_clock_new_system ();

  self->table = gw_demo_table_load (error);
  if (self->table == NULL)
    return FALSE;
  self->district = gw_demo_district_load (self->table, error);
  self->calendar = self->district != NULL ? load_calendar (error) : NULL;
  if (self->calendar == NULL)
    return FALSE;
  self->host = gw_module_host_load (NULL);
  self->store = gw_store_open (path, GW_OPEN_CREATE | GW_OPEN_REQUIRE_WRITE, clock, error);
  if (self->store == NULL ||
      !gw_store_write (self->store, GW_LANE_VERB, &program, put_district, self, NULL, error) ||
      !load_reference (self, rows != 0 ? rows : gw_demo_table_total (self->table), error))
    return FALSE;
  return put_matters (self, progress, data, cancellable, error);
}

static void
remove_file (const char *path)
{
  static const char *const suffixes[] = { "",        "-wal",        "-shm",        ".lock",
                                          ".search", ".search-wal", ".search-shm", ".snapshot" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);

      (void)g_unlink (name);
    }
}

gboolean
gw_demo_create (const char *path,
                guint64 rows,
                guint64 seed,
                GwProgressFunc progress,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  g_auto (Demo) self = { .seed = seed != 0 ? seed : GW_DEMO_SEED };

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return gw_throw (error, GW_ERROR_EXISTS,
                     _ ("“%s” is there already: choose another name or remove it first"), path);
  if (!create (&self, path, rows, progress, data, cancellable, error))
    {
      /* Half a district helps nobody: what this call made, it takes away. */
      g_clear_pointer (&self.store, gw_store_unref);
      remove_file (path);
      return FALSE;
    }
  gw_store_close (self.store);
  return TRUE;
}

/* ---- fingerprint ---- */

#define ROWS_PER_PAGE 1000u

static void
add_number (GChecksum *sum, gint64 value)
{
  gint64 little = GINT64_TO_LE (value);

  g_checksum_update (sum, (const guchar *)&little, sizeof little);
}

static gboolean
add_matter (GChecksum *sum,
            GwStore *store,
            GPtrArray *types,
            GwAreaTree *tree,
            const GwMatter *matter,
            GError **error)
{
  const GwTypeSpec *type = g_ptr_array_index (types, matter->type);
  const GwArea *area = gw_area_tree_get (tree, matter->area);
  g_autoptr (GPtrArray) events = gw_store_list_events (store, &program, matter->id, error);

  if (events == NULL)
    return FALSE;
  g_checksum_update (sum, (const guchar *)type->key, -1);
  g_checksum_update (sum, (const guchar *)matter->number, -1);
  g_checksum_update (sum, (const guchar *)matter->title, -1);
  g_checksum_update (sum, (const guchar *)area->code, -1);
  add_number (sum, matter->reported);
  add_number (sum, matter->closed);
  add_number (sum, matter->due);
  add_number (sum, matter->state);
  add_number (sum, matter->has_point ? matter->x : G_MININT32);
  add_number (sum, matter->has_point ? matter->y : G_MININT32);
  for (guint i = 0; i < events->len; i++)
    {
      const GwEvent *event = g_ptr_array_index (events, i);

      add_number (sum, event->at);
      add_number (sum, event->verb);
      add_number (sum, event->to);
      add_number (sum, event->account);
    }
  return TRUE;
}

static gboolean
add_page (GChecksum *sum,
          GwStore *store,
          GPtrArray *types,
          GwAreaTree *tree,
          const gint64 *ids,
          guint n,
          GError **error)
{
  g_autoptr (GPtrArray) rows = gw_store_get_rows (store, &program, ids, n, NULL, error);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!add_matter (sum, store, types, tree, g_ptr_array_index (rows, i), error))
      return FALSE;
  return TRUE;
}

char *
gw_demo_fingerprint (const char *path, GError **error)
{
  g_autoptr (GwClock) clock = gw_clock_new_system ();
  /* Not read-only: then nothing of the reference data may be kept between two calls. */
  g_autoptr (GwStore) store = gw_store_open (path, GW_OPEN_DEFAULT, clock, error);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GwSelection) selection = NULL;
  g_autoptr (GwAreaTree) tree = NULL;
  g_autoptr (GPtrArray) types = NULL;

  if (store == NULL)
    return NULL;
  types = gw_store_load_types (store, error);
  tree = types != NULL ? gw_store_load_areas (store, error) : NULL;
  filter->sort = GW_SORT_REPORTED_ASC;
  selection = tree != NULL ? gw_store_select (store, &program, filter, NULL, error) : NULL;
  if (selection == NULL)
    return NULL;
  for (guint i = 0; i < selection->n; i += ROWS_PER_PAGE)
    if (!add_page (sum, store, types, tree, selection->ids + i,
                   MIN (ROWS_PER_PAGE, selection->n - i), error))
      return NULL;
  return g_strdup (g_checksum_get_string (sum));
}
