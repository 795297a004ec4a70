/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything of a module is there because the module is, and its records stay readable without it.
 */
#include "gw-module-host.h"
#include "session-rig.h"

static void
test_loaded (SessionRig *rig, gconstpointer unused)
{
  GPtrArray *modules = gw_session_get_modules (rig->session);
  const GwModuleSpec *module;

  g_assert_cmpuint (modules->len, ==, 1);
  module = g_ptr_array_index (modules, 0);
  g_assert_cmpstr (module->id, ==, "risk.dispute");
  g_assert_cmpuint (module->types->len, ==, 1);
  g_assert_cmpuint (module->layers->len, ==, 1);
  g_assert_cmpuint (module->imports->len, ==, 1);
  g_assert_cmpstr (gw_session_get_module_problems (rig->session)[0], ==, NULL);
  g_assert_true (gw_session_find_type (rig->session, "risk.dispute/dispute")->loaded);
}

static void
test_without (SessionRig *rig, gconstpointer unused)
{
  guint before = session_rig_count (rig, "type=risk.dispute/dispute");
  g_autoptr (GError) error = NULL;
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GwSelection) selection = NULL;
  g_autoptr (GwMatterView) view = NULL;

  session_rig_reopen (rig, GW_SESSION_NO_MODULES);
  g_assert_cmpuint (gw_session_get_modules (rig->session)->len, ==, 0);
  g_assert_cmpuint (session_rig_count (rig, "type=risk.dispute/dispute"), ==, before);
  filter->type = g_strdup ("risk.dispute/dispute");
  selection = gw_session_select_sync (rig->session, filter, &error);
  view = gw_session_view_sync (rig->session, selection->ids[0], &error);
  g_assert_no_error (error);
  g_assert_false (view->type->loaded);
  g_assert_cmpuint (view->type->fields->len, >, 3);
  g_assert_nonnull (g_hash_table_lookup (view->matter->values, "dtype"));
}

/* A new file of a program without modules: no record type, no complaint. */
static void
test_none (SessionRig *rig, gconstpointer unused)
{
  g_autofree char *path = session_rig_file (rig, "new.gridwork");
  g_autoptr (GError) error = NULL;

  g_assert_finalize_object (rig->session);
  /* As a user has it who took the module away, not by a switch of the program. */
  g_setenv ("GW_PLUGIN_PATH", rig->folder, TRUE);
  rig->session = gw_session_open_sync (path, GW_SESSION_CREATE, rig->clock, &error);
  g_unsetenv ("GW_PLUGIN_PATH");
  g_assert_no_error (error);
  g_assert_cmpuint (gw_session_get_modules (rig->session)->len, ==, 0);
  g_assert_cmpstr (gw_session_get_module_problems (rig->session)[0], ==, NULL);
  for (guint i = 1; i < gw_session_get_types (rig->session)->len; i++)
    g_assert_null (g_ptr_array_index (gw_session_get_types (rig->session), i));
}

static gint64
export_rows (SessionRig *rig, const char *name)
{
  g_autofree char *path = session_rig_file (rig, name);
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GError) error = NULL;
  gint64 n;

  filter->type = g_strdup ("risk.dispute/dispute");
  n = gw_session_export_sync (rig->session, filter, path, "季度分析", &error);
  g_assert_no_error (error);
  return n;
}

/* Without the module its records stay readable by everything that reads: list, search by text,
 * the fields of one matter as the module named them, and the export. */
static void
test_readable (SessionRig *rig, gconstpointer unused)
{
  gint64 rows = export_rows (rig, "with.csv");
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GwSelection) selection = NULL;
  g_autoptr (GwMatterView) with = NULL;
  g_autoptr (GwMatterView) without = NULL;
  g_autoptr (GPtrArray) figures = NULL;
  g_autoptr (GError) error = NULL;

  filter->type = g_strdup ("risk.dispute/dispute");
  selection = gw_session_select_sync (rig->session, filter, &error);
  g_assert_no_error (error);
  with = gw_session_view_sync (rig->session, selection->ids[0], &error);
  g_assert_no_error (error);

  g_setenv ("GW_PLUGIN_PATH", rig->folder, TRUE);
  session_rig_reopen (rig, 0);
  g_unsetenv ("GW_PLUGIN_PATH");
  g_assert_cmpstr (gw_session_get_module_problems (rig->session)[0], ==, NULL);
  without = gw_session_view_sync (rig->session, selection->ids[0], &error);
  g_assert_no_error (error);
  g_assert_cmpstr (without->matter->title, ==, with->matter->title);
  g_assert_cmpuint (without->events->len, ==, with->events->len);
  g_assert_false (without->type->loaded);
  for (guint i = 0; i < without->type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (without->type->fields, i);
      const char *value = g_hash_table_lookup (without->matter->values, field->id);
      g_autofree char *shown = gw_field_spec_display (field, without->type, value);

      g_assert_cmpstr (value, ==, g_hash_table_lookup (with->matter->values, field->id));
      if (value != NULL && field->kind == GW_FIELD_CODE)
        g_assert_cmpstr (shown, !=, value); /* the word, not the code */
    }
  g_assert_cmpint (export_rows (rig, "without.csv"), ==, rows);
  figures = gw_session_figures_sync (rig->session, filter, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < figures->len; i++)
    g_assert_null (((GwFigure *)g_ptr_array_index (figures, i))->module);
}

static void
test_bad_files (SessionRig *rig, gconstpointer unused)
{
  static const struct
  {
    const char *name, *content, *says;
  } cases[] = {
    { "text.so", "not a library", "64-bit" },
    { "cut.so",
      "\x7f"
      "ELF",
      "64-bit" },
  };
  const char *dirs[] = { rig->folder, NULL };
  g_autoptr (GwModuleHost) host = NULL;
  const char *const *problems;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = session_rig_file (rig, cases[i].name);

      g_assert_true (g_file_set_contents (path, cases[i].content, -1, NULL));
    }
  host = gw_module_host_load (dirs);
  problems = gw_module_host_get_problems (host);
  g_assert_cmpuint (gw_module_host_get_modules (host)->len, ==, 0);
  g_assert_cmpuint (g_strv_length ((GStrv)problems), ==, G_N_ELEMENTS (cases));
  g_assert_nonnull (strstr (problems[0], "cut.so"));
  g_assert_nonnull (strstr (problems[1], cases[0].says));
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GMainLoop *loop = data;
  g_autoptr (GError) error = NULL;

  g_assert_true (gw_session_change_module_finish (result, &error));
  g_assert_no_error (error);
  g_main_loop_quit (loop);
}

static gboolean
is_switched_off (const char *id)
{
  g_autofree char *path =
      g_build_filename (g_get_user_config_dir (), "gridwork", "modules.ini", NULL);
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, id) != NULL;
}

/* What gw-session-modules writes is read by the next load; the files of this one stay as they are.
 */
static void
test_choice (SessionRig *rig, gconstpointer unused)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GPtrArray *files = gw_session_get_module_files (rig->session);
  const GwModuleFile *file = g_ptr_array_index (files, 0);

  g_assert_cmpuint (files->len, ==, 1);
  g_assert_cmpint (file->state, ==, GW_MODULE_LOADED);
  g_assert_null (gw_session_get_last_death (rig->session));
  /* A name of nobody: the other tests that run meanwhile want their modules. */
  gw_session_enable_module_async (rig->session, "test.nobody", FALSE, changed_cb, loop);
  g_main_loop_run (loop);
  g_assert_true (is_switched_off ("test.nobody"));
  gw_session_enable_module_async (rig->session, "test.nobody", TRUE, changed_cb, loop);
  g_main_loop_run (loop);
  g_assert_false (is_switched_off ("test.nobody"));
  gw_session_retry_module_async (rig->session, file->digest, changed_cb, loop);
  g_main_loop_run (loop);
  session_rig_reopen (rig, 0);
  g_assert_cmpuint (gw_session_get_modules (rig->session)->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  SESSION_ADD ("/modules/loaded", test_loaded);
  SESSION_ADD ("/modules/without", test_without);
  SESSION_ADD ("/modules/none", test_none);
  SESSION_ADD ("/modules/readable", test_readable);
  SESSION_ADD ("/modules/bad-files", test_bad_files);
  SESSION_ADD ("/modules/choice", test_choice);
  return g_test_run ();
}
