/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A module with tables, rules and figures of its own, on a real file. */
#include "gw-module-sql.h"
#include "gw-session.h"
#include "gw-test-object.h"
#include "gw-type-rules.h"
#include "session-rig.h"

#include <glib/gstdio.h>
#include <math.h>

#define LAMP "test.lamps/lamp"

/* Opens the rig's file with one module of tests/modules and no other. */
static void
open_with (SessionRig *rig, const char *module)
{
  g_autofree char *name = g_strconcat (module, ".so", NULL);
  g_autofree char *from = g_build_filename (g_getenv ("GW_TEST_MODULE_DIR"), name, NULL);
  g_autofree char *folder = session_rig_file (rig, "modules");
  g_autofree char *to = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from), target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_setenv ("GW_PLUGIN_PATH", folder, TRUE);
  session_rig_reopen (rig, 0);
  g_unsetenv ("GW_PLUGIN_PATH");
  g_assert_cmpint (g_unlink (to), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static GwIntake *
lamp_intake (SessionRig *rig, const char *cause, const char *lamps)
{
  GwIntake *intake = session_rig_intake (rig);

  g_free (intake->type);
  intake->type = g_strdup (LAMP);
  g_hash_table_remove_all (intake->values);
  g_hash_table_insert (intake->values, g_strdup ("cause"), g_strdup (cause));
  g_hash_table_insert (intake->values, g_strdup ("lamps"), g_strdup (lamps));
  return intake;
}

static void
set (GwIntake *intake, const char *field, const char *value)
{
  g_hash_table_insert (intake->values, g_strdup (field), g_strdup (value));
}

static guint
count_townships (SessionRig *rig)
{
  GwAreaTree *tree = gw_session_get_areas (rig->session);
  guint n = 0;

  for (guint32 id = 1; id <= gw_area_tree_size (tree); id++)
    n += gw_area_tree_get (tree, id)->level == GW_LEVEL_TOWNSHIP;
  return n;
}

/* The figures of the module are those of its own tables and of the matters, and follow the reader's
 * area and period. */
static void
test_figures (SessionRig *rig, gconstpointer unused)
{
  g_autoptr (GwIntake) first = NULL, second = NULL;
  g_autoptr (GwMatter) one = NULL, other = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *here = NULL, *elsewhere = NULL;
  GwAreaTree *tree = NULL;
  guint32 town;

  open_with (rig, "lamps");
  g_assert_cmpstr (gw_session_get_module_problems (rig->session)[0], ==, NULL);
  session_rig_sit (rig, "duty");
  first = lamp_intake (rig, "lamp", "3");
  second = lamp_intake (rig, "cable", "4");
  one = gw_session_submit_sync (rig->session, first, &error);
  g_assert_no_error (error);
  other = gw_session_submit_sync (rig->session, second, &error);
  g_assert_no_error (error);

  g_assert_cmpfloat_with_epsilon (session_rig_figure (rig, "", "lmp.dark"), 7, 1e-9);
  g_assert_cmpfloat_with_epsilon (session_rig_figure (rig, "", "lmp.stock"),
                                  100.0 * 7 / (100 * count_townships (rig)), 1e-9);
  tree = gw_session_get_areas (rig->session);
  town = gw_area_tree_ancestor (tree, one->area, GW_LEVEL_TOWNSHIP);
  here = g_strdup_printf ("area=%s", gw_area_tree_get (tree, town)->code);
  g_assert_cmpfloat_with_epsilon (session_rig_figure (rig, here, "lmp.dark"), 7, 1e-9);
  g_assert_cmpfloat_with_epsilon (session_rig_figure (rig, here, "lmp.stock"), 7, 1e-9);
  for (guint32 id = 1; elsewhere == NULL && id <= gw_area_tree_size (tree); id++)
    if (id != town && gw_area_tree_get (tree, id)->level == GW_LEVEL_TOWNSHIP)
      elsewhere = g_strdup_printf ("area=%s", gw_area_tree_get (tree, id)->code);
  g_assert_cmpfloat_with_epsilon (session_rig_figure (rig, elsewhere, "lmp.dark"), 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (session_rig_figure (rig, "to=2020-01-01", "lmp.dark"), 0, 1e-9);
  /* A condition that no statement can follow: better no figure than one of something else. */
  g_assert_false (session_rig_has_figure (rig, "open=yes", "lmp.dark"));
}

static void
layer_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GArray **values = data;

  *values = gw_session_layer_finish (GW_SESSION (source), result, &error);
  g_assert_no_error (error);
}

/* An area has what it and all its parts have; an area without any has no value. */
static void
test_layer (SessionRig *rig, gconstpointer unused)
{
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GArray) values = NULL;
  GwAreaTree *tree = NULL;

  open_with (rig, "lamps");
  session_rig_sit (rig, "duty");
  gw_session_layer_async (rig->session, "lmp.stock.area", filter, GW_LEVEL_TOWNSHIP, NULL, layer_cb,
                          &values);
  while (values == NULL)
    g_main_context_iteration (NULL, TRUE);
  tree = gw_session_get_areas (rig->session);
  for (guint32 id = 1; id <= gw_area_tree_size (tree); id++)
    {
      double value = g_array_index (values, double, id);
      GwAreaLevel level = gw_area_tree_get (tree, id)->level;

      if (level == GW_LEVEL_TOWNSHIP)
        g_assert_cmpfloat_with_epsilon (value, 100, 1e-9);
      else if (level == GW_LEVEL_DISTRICT)
        g_assert_cmpfloat_with_epsilon (value, 100 * count_townships (rig), 1e-9);
      else
        g_assert_true (isnan (value));
    }
}

static void
assert_refused (SessionRig *rig, const GwIntake *intake, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = gw_session_submit_sync (rig->session, intake, &error);

  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_null (matter);
}

/* Values that do not fit together are refused on every way in, with the module's own words. */
static void
test_rules (SessionRig *rig, gconstpointer unused)
{
  g_autoptr (GwIntake) dates = NULL, other = NULL;
  g_autoptr (GwMatter) matter = NULL, corrected = NULL;
  g_autoptr (GwVerbRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  open_with (rig, "lamps");
  session_rig_sit (rig, "duty");
  dates = lamp_intake (rig, "lamp", "3");
  set (dates, "broken", "2022-12-05");
  set (dates, "lit", "2022-12-04");
  assert_refused (rig, dates, "Lit again: this day lies before the day it went dark");
  other = lamp_intake (rig, "other", "3");
  assert_refused (rig, other, "Which cause: say what the other cause is");

  /* What is not known forbids nothing. */
  g_hash_table_remove (dates->values, "broken");
  matter = gw_session_submit_sync (rig->session, dates, &error);
  g_assert_no_error (error);

  /* A correction of one field must not break the rule of another. */
  request = gw_verb_request_new (matter->id, GW_VERB_CORRECT);
  request->changes = gw_values_new ();
  g_hash_table_insert (request->changes, g_strdup ("broken"), g_strdup ("2022-12-06"));
  request->reason = g_strdup ("the day was told later");
  corrected = gw_session_apply_sync (rig->session, request, &error);
  g_assert_null (corrected);
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "before the day it went dark"));
}

static void
test_shown (SessionRig *rig, gconstpointer unused)
{
  g_autoptr (GHashTable) values = gw_values_new ();
  const GwTypeSpec *type = NULL;

  open_with (rig, "lamps");
  type = gw_session_find_type (rig->session, LAMP);
  g_assert_false (gw_type_spec_shows (type, "cause_text", NULL));
  g_hash_table_insert (values, g_strdup ("cause"), g_strdup ("lamp"));
  g_assert_false (gw_type_spec_shows (type, "cause_text", values));
  g_hash_table_insert (values, g_strdup ("cause"), g_strdup ("other"));
  g_assert_true (gw_type_spec_shows (type, "cause_text", values));
  g_assert_true (gw_type_spec_shows (type, "cause", values));
}

/* The file opens without the module, says why, and keeps what it had. */
static void
assert_dropped (SessionRig *rig, const char *module, const char *reason)
{
  const char *const *problems = NULL;

  open_with (rig, module);
  g_assert_cmpuint (gw_session_get_modules (rig->session)->len, ==, 0);
  problems = gw_session_get_module_problems (rig->session);
  g_assert_nonnull (problems[0]);
  g_assert_null (problems[1]);
  if (strstr (problems[0], reason) == NULL)
    g_error ("“%s” lacks “%s”", problems[0], reason);
  g_assert_false (gw_session_find_type (rig->session, LAMP)->loaded);
}

/* What the administrator is told before a module is enabled: every shared column it reads. */
static void
test_reads (SessionRig *rig, gconstpointer unused)
{
  g_auto (GStrv) reads = NULL;
  g_autoptr (GError) error = NULL;

  open_with (rig, "lamps");
  g_assert_true (gw_module_sql_check (rig->path,
                                      g_ptr_array_index (gw_session_get_modules (rig->session), 0),
                                      &reads, &error));
  g_assert_no_error (error);
  g_assert_true (g_strv_contains ((const char *const *)reads, "matter.area"));
  g_assert_true (g_strv_contains ((const char *const *)reads, "matter.reported"));
  for (guint i = 0; reads[i] != NULL; i++)
    g_assert_true (g_str_has_prefix (reads[i], "matter."));
}

static void
test_faults (SessionRig *rig, gconstpointer unused)
{
  open_with (rig, "lamps");
  g_assert_cmpstr (gw_session_get_module_problems (rig->session)[0], ==, NULL);
  /* Known of the module alone, before a file is touched. */
  assert_dropped (rig, "lamps-bad-step", "migration 2: ");
  /* Known of this file only. */
  assert_dropped (rig, "lamps-edited-step", "test.lamps: migration 2: ");
  assert_dropped (rig, "lamps-bad-figure", "key_place” is a restricted field");
  open_with (rig, "lamps");
  g_assert_cmpfloat_with_epsilon (session_rig_figure (rig, "", "lmp.dark"), 0, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  SESSION_ADD ("/module-sql/figures", test_figures);
  SESSION_ADD ("/module-sql/layer", test_layer);
  SESSION_ADD ("/module-sql/rules", test_rules);
  SESSION_ADD ("/module-sql/shown", test_shown);
  SESSION_ADD ("/module-sql/reads", test_reads);
  SESSION_ADD ("/module-sql/faults", test_faults);
  return g_test_run ();
}
