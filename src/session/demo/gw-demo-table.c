/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-demo-table.h"

#include "gw-csv.h"
#include "gw-error.h"
#include "gw-paths.h"
#include <string.h>

static const char *const profiles[GW_DEMO_PROFILES] = { "office", "dispute", "hazard", "traffic",
                                                        "event" };

static void
text_free (GwDemoText *text)
{
  g_free (text->code);
  g_free (text->title);
  g_free (text->summary);
  g_free (text);
}

static void
category_free (GwDemoCategory *category)
{
  g_free (category->key);
  g_free (category->table);
  g_free (category->number_code);
  g_free (category->module_label);
  g_free (category->label);
  g_free (category->place);
  g_free (category->lead);
  g_ptr_array_unref (category->texts);
  g_free (category);
}

static void
org_free (GwDemoOrg *org)
{
  g_free (org->code);
  g_free (org->name);
  g_free (org->kind);
  g_free (org->lead);
  g_free (org);
}

void
gw_demo_table_free (GwDemoTable *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->categories);
  g_ptr_array_unref (self->orgs);
  g_free (self);
}

/* Rows without the header line, each with exactly @columns cells. */
static GPtrArray *
load_rows (const char *name, guint columns, GError **error)
{
  g_autofree char *relative = g_build_filename ("demo", name, NULL);
  g_autofree char *path = gw_path_data (relative);
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, error))
    return NULL;
  rows = gw_csv_parse (text, length, error);
  if (rows == NULL)
    {
      gw_prefix (error, "%s", name);
      return NULL;
    }
  for (guint i = 0; i < rows->len; i++)
    if (g_strv_length (g_ptr_array_index (rows, i)) != columns)
      return gw_throw_null (error, GW_ERROR_CORRUPT, "%s, line %u: %u cells are expected", name,
                            i + 1, columns);
  if (rows->len > 0)
    g_ptr_array_remove_index (rows, 0);
  return g_steal_pointer (&rows);
}

static gboolean
load_cumulative (const char *name, guint n, guint64 *columns, GError **error)
{
  g_autoptr (GPtrArray) rows = load_rows (name, GW_DEMO_PROFILES, error);

  if (rows == NULL)
    return FALSE;
  if (rows->len != n)
    return gw_throw (error, GW_ERROR_CORRUPT, "%s: %u lines, %u are expected", name, rows->len, n);
  for (guint p = 0; p < GW_DEMO_PROFILES; p++)
    for (guint i = 0; i < n; i++)
      {
        const char *const *cells = g_ptr_array_index (rows, i);

        columns[p * n + i] =
            g_ascii_strtoull (cells[p], NULL, 10) + (i > 0 ? columns[p * n + i - 1] : 0);
      }
  return TRUE;
}

static gboolean
load_durations (GwDemoTable *self, GError **error)
{
  g_autoptr (GPtrArray) rows = load_rows ("durations.csv", GW_DEMO_PROFILES, error);

  if (rows == NULL)
    return FALSE;
  if (rows->len != GW_DEMO_DURATIONS)
    return gw_throw (error, GW_ERROR_CORRUPT, "durations.csv: %u lines, %u are expected", rows->len,
                     GW_DEMO_DURATIONS);
  for (guint p = 0; p < GW_DEMO_PROFILES; p++)
    for (guint i = 0; i < GW_DEMO_DURATIONS; i++)
      {
        const char *const *cells = g_ptr_array_index (rows, i);

        self->durations[p][i] = g_ascii_strtoll (cells[p], NULL, 10);
      }
  return TRUE;
}

static guint
profile_of (const char *name)
{
  for (guint p = 0; p < GW_DEMO_PROFILES; p++)
    if (g_str_equal (profiles[p], name))
      return p;
  return 0;
}

static gboolean
load_categories (GwDemoTable *self, GError **error)
{
  g_autoptr (GPtrArray) rows = load_rows ("categories.csv", 10, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const char *const *cells = g_ptr_array_index (rows, i);
      GwDemoCategory *category = g_new0 (GwDemoCategory, 1);

      category->key = g_strdup (cells[0]);
      category->table = g_strdup (cells[1]);
      category->number_code = g_strdup (cells[2]);
      category->module_label = g_strdup (cells[3]);
      category->label = g_strdup (cells[4]);
      category->total = g_ascii_strtoull (cells[5], NULL, 10);
      category->closed = g_ascii_strtoull (cells[6], NULL, 10);
      category->profile = profile_of (cells[7]);
      category->place = g_strdup (cells[8]);
      category->lead = g_strdup (cells[9]);
      category->texts = g_ptr_array_new_with_free_func ((GDestroyNotify)text_free);
      g_ptr_array_add (self->categories, category);
    }
  return rows != NULL;
}

static gboolean
load_texts (GwDemoTable *self, GError **error)
{
  g_autoptr (GPtrArray) rows = load_rows ("texts.csv", 4, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const char *const *cells = g_ptr_array_index (rows, i);
      GwDemoText *text = g_new0 (GwDemoText, 1);
      guint c = 0;

      text->code = g_strdup (cells[1]);
      text->title = g_strdup (cells[2]);
      text->summary = g_strdup (cells[3]);
      while (
          c + 1 < self->categories->len &&
          !g_str_equal (((GwDemoCategory *)g_ptr_array_index (self->categories, c))->key, cells[0]))
        c++;
      g_ptr_array_add (((GwDemoCategory *)g_ptr_array_index (self->categories, c))->texts, text);
    }
  return rows != NULL;
}

static gboolean
load_orgs (GwDemoTable *self, GError **error)
{
  g_autoptr (GPtrArray) rows = load_rows ("organisations.csv", 4, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const char *const *cells = g_ptr_array_index (rows, i);
      GwDemoOrg *org = g_new0 (GwDemoOrg, 1);

      org->code = g_strdup (cells[0]);
      org->name = g_strdup (cells[1]);
      org->kind = g_strdup (cells[2]);
      org->lead = g_strdup (cells[3]);
      g_ptr_array_add (self->orgs, org);
    }
  return rows != NULL;
}

GwDemoTable *
gw_demo_table_load (GError **error)
{
  g_autoptr (GwDemoTable) self = g_new0 (GwDemoTable, 1);

  self->categories = g_ptr_array_new_with_free_func ((GDestroyNotify)category_free);
  self->orgs = g_ptr_array_new_with_free_func ((GDestroyNotify)org_free);
  if (!load_cumulative ("days.csv", GW_DEMO_DAYS, self->days[0], error) ||
      !load_cumulative ("hours.csv", 24, self->hours[0], error) || !load_durations (self, error) ||
      !load_categories (self, error) || !load_texts (self, error) || !load_orgs (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

guint64
gw_demo_table_total (const GwDemoTable *self)
{
  guint64 total = 0;

  for (guint i = 0; i < self->categories->len; i++)
    total += ((const GwDemoCategory *)g_ptr_array_index (self->categories, i))->total;
  return total;
}

/* Largest remainder (Hare quota); ties go to the earlier category. */
static void
give_rest (guint64 *totals, const guint64 *rests, guint n, guint64 left)
{
  g_autofree gboolean *given = g_new0 (gboolean, n);

  for (; left > 0; left--)
    {
      guint best = n;

      for (guint i = 0; i < n; i++)
        if (!given[i] && (best == n || rests[i] > rests[best]))
          best = i;
      totals[best]++;
      given[best] = TRUE;
    }
}

void
gw_demo_quotas (const GwDemoTable *self, guint64 rows, guint64 **totals, guint64 **closed)
{
  guint n = self->categories->len;
  guint64 sum = gw_demo_table_total (self), made = 0;
  g_autofree guint64 *rests = g_new0 (guint64, n);

  *totals = g_new0 (guint64, n);
  *closed = g_new0 (guint64, n);
  for (guint i = 0; i < n; i++)
    {
      const GwDemoCategory *category = g_ptr_array_index (self->categories, i);
      unsigned __int128 share = (unsigned __int128)category->total * rows;

      (*totals)[i] = (guint64)(share / sum);
      rests[i] = (guint64)(share % sum);
      made += (*totals)[i];
    }
  give_rest (*totals, rests, n, rows - made);
  for (guint i = 0; i < n; i++)
    {
      const GwDemoCategory *category = g_ptr_array_index (self->categories, i);

      (*closed)[i] =
          (guint64)(((unsigned __int128)(*totals)[i] * category->closed * 2 + category->total) /
                    (category->total * 2));
    }
}
