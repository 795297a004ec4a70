/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs in a child: loads the module, looks at its tables, calls its code. */
#include "gw-check-private.h"

#include "gw-error.h"
#include "gw-module-file.h"
#include "gw-module-sql.h"
#include <glib/gi18n-lib.h>
#include <malloc.h>
#include <time.h>

#define QUICK_MS 20
#define MIN_CELL 5u
#define ROUNDS 200u
/* One small block for each round is 16 bytes; the heap itself may grow by a few pages. */
#define GROWTH_BYTES (ROUNDS * 16u)

/* ---- tables ---- */

static const char *
rule_of (const GError *error)
{
  static const struct
  {
    GwError code;
    const char *rule;
  } map[] = {
    { GW_ERROR_FAILED, "load.opens" },
    { GW_ERROR_FORMAT, "load.opens" },
    { GW_ERROR_REFUSED, "privacy.fields" },
    { GW_ERROR_TOO_NEW, "tables.new" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (map); i++)
    if (g_error_matches (error, GW_ERROR, (int)map[i].code))
      return map[i].rule;
  return "tables.valid";
}

static void
check_cells (GPtrArray *findings, const GwModuleSpec *spec)
{
  gboolean good = TRUE;

  for (guint i = 0; i < spec->indicators->len; i++)
    {
      const GwIndicatorSpec *indicator = g_ptr_array_index (spec->indicators, i);

      if (indicator->min_cell >= MIN_CELL)
        continue;
      good = FALSE;
      gw_check_add (findings, "privacy.min-cell", GW_CHECK_WARN,
                    _ ("indicator “%s”: min_cell is %u"), indicator->id, indicator->min_cell);
    }
  if (good)
    gw_check_pass (findings, "privacy.min-cell");
}

static gboolean
has_column (const GwTypeSpec *type)
{
  for (guint i = 0; i < type->fields->len; i++)
    if ((((const GwFieldSpec *)g_ptr_array_index (type->fields, i))->flags & GW_FIELD_IN_LIST) != 0)
      return TRUE;
  return FALSE;
}

static void
check_columns (GPtrArray *findings, const GwModuleSpec *spec)
{
  gboolean good = TRUE;

  for (guint i = 0; i < spec->types->len; i++)
    {
      const GwTypeSpec *type = g_ptr_array_index (spec->types, i);

      if (has_column (type))
        continue;
      good = FALSE;
      gw_check_add (findings, "list.columns", GW_CHECK_WARN, _ ("record type “%s”: no field"),
                    type->key);
    }
  if (good)
    gw_check_pass (findings, "list.columns");
}

static void
check_about (GPtrArray *findings, const GwPlugin *plugin)
{
  if (!GW_HAS (plugin, homepage))
    gw_check_add (findings, "texts.about", GW_CHECK_WARN, _ ("GwPlugin: homepage is not set"));
  else
    gw_check_pass (findings, "texts.about");
  if (!GW_HAS (plugin, gettext_domain))
    gw_check_add (findings, "texts.domain", GW_CHECK_WARN,
                  _ ("GwPlugin: gettext_domain is not set"));
  else
    gw_check_pass (findings, "texts.domain");
}

static GwModuleSpec *
load (const char *path, const GwPlugin **plugin, GError **error)
{
  GwNote note;

  return gw_note_read (path, &note, error) ? gw_module_file_load (path, &note, plugin, error)
                                           : NULL;
}

void
gw_check_tables (GPtrArray *findings, const char *path)
{
  static const char *const good[] = { "load.opens", "tables.valid", "tables.new",
                                      "privacy.fields" };
  const clock_t before = clock ();
  const GwPlugin *plugin = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwModuleSpec) spec = load (path, &plugin, &error);
  const guint spent = (guint)((clock () - before) * 1000 / CLOCKS_PER_SEC);

  if (spec == NULL)
    {
      gw_check_add (findings, rule_of (error), GW_CHECK_FAIL, "%s", error->message);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    gw_check_pass (findings, good[i]);
  if (spent >= QUICK_MS)
    gw_check_add (findings, "load.quick", GW_CHECK_WARN, _ ("it took %u ms"), spent);
  else
    gw_check_pass (findings, "load.quick");
  if (!gw_module_sql_try (spec, NULL, &error))
    gw_check_add (findings, "sql.allowed", GW_CHECK_FAIL, "%s", error->message);
  else
    gw_check_pass (findings, "sql.allowed");
  check_cells (findings, spec);
  check_columns (findings, spec);
  check_about (findings, plugin);
}

/* ---- code ---- */

static const void *
offer_nothing (GwHost *host, const char *interface_id)
{
  return NULL;
}

/* TRUE when the module started. */
static gboolean
run_once (const GwPlugin *plugin, GwHost *host, GError **error)
{
  gpointer state = NULL;

  if (GW_HAS (plugin, activate) && !plugin->activate (plugin, host, &state, error))
    return FALSE;
  if (GW_HAS (plugin, deactivate))
    plugin->deactivate (plugin, host, state);
  return TRUE;
}

static void
check_extensions (GPtrArray *findings, const GwPlugin *plugin)
{
  static const char *const unknown[] = { "", "gw.ext.nothing/99", "%s%n", "gw.ext.record/" };

  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    if (GW_HAS (plugin, get_extension) && plugin->get_extension (plugin, unknown[i]) != NULL)
      {
        gw_check_add (findings, "code.extensions", GW_CHECK_FAIL,
                      _ ("get_extension: “%s” is answered"), unknown[i]);
        return;
      }
  gw_check_pass (findings, "code.extensions");
}

static void
check_rounds (GPtrArray *findings, const GwPlugin *plugin, GwHost *host)
{
  gsize before = mallinfo2 ().uordblks;
  gsize after;

  for (guint i = 0; i < ROUNDS; i++)
    (void)run_once (plugin, host, NULL);
  after = mallinfo2 ().uordblks;
  if (after > before + GROWTH_BYTES)
    gw_check_add (findings, "code.rounds", GW_CHECK_FAIL,
                  _ ("activate and deactivate: %lu bytes are left of each round"),
                  (gulong)((after - before) / ROUNDS));
  else
    gw_check_pass (findings, "code.rounds");
}

void
gw_check_code (GPtrArray *findings, const char *path)
{
  GwHost host = { .struct_size = sizeof host,
                  .abi_major = GW_ABI_MAJOR,
                  .abi_minor = GW_ABI_MINOR,
                  .name = "gridwork-plugin-check",
                  .version = "0",
                  .get_interface = offer_nothing };
  const GwPlugin *plugin = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwModuleSpec) spec = load (path, &plugin, NULL);

  if (spec == NULL)
    return;
  if (run_once (plugin, &host, &error))
    {
      gw_check_pass (findings, "code.activate");
      check_rounds (findings, plugin, &host);
    }
  else if (error != NULL)
    gw_check_pass (findings, "code.activate");
  else
    gw_check_add (findings, "code.activate", GW_CHECK_FAIL, _ ("activate: FALSE without an error"));
  check_extensions (findings, plugin);
}
