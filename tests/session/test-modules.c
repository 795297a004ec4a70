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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  SESSION_ADD ("/modules/loaded", test_loaded);
  SESSION_ADD ("/modules/without", test_without);
  SESSION_ADD ("/modules/bad-files", test_bad_files);
  return g_test_run ();
}
