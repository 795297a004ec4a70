/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-rig.h"

#include "gw-csv.h"
#include <json-glib/json-glib.h>

static gint64
export_to (SessionRig *rig, const char *path, const char *purpose, GError **error)
{
  g_autoptr (GwFilter) filter = gw_filter_new ();

  filter->type = g_strdup ("risk.dispute/dispute");
  return gw_session_export_sync (rig->session, filter, path, purpose, error);
}

static void
test_csv (SessionRig *rig, gconstpointer unused)
{
  g_autofree char *path = session_rig_file (rig, "out.csv");
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  gsize length;
  gint64 n = export_to (rig, path, "季度分析", &error);

  g_assert_no_error (error);
  g_assert_cmpint (n, ==, session_rig_count (rig, "type=risk.dispute/dispute"));
  g_assert_true (g_file_get_contents (path, &text, &length, &error));
  g_assert_true (g_str_has_prefix (text, "\xEF\xBB\xBF"));
  rows = gw_csv_parse (text, length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rows->len, ==, n + 1);
  /* Restricted and internal fields are no columns. */
  g_assert_null (strstr (text, "escalation"));
  g_assert_null (strstr (text, "Demands"));
}

static void
test_geojson (SessionRig *rig, gconstpointer unused)
{
  g_autofree char *path = session_rig_file (rig, "out.geojson");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  gint64 n = export_to (rig, path, "季度分析", &error);
  JsonObject *root;

  g_assert_no_error (error);
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "features")), ==, n);
  g_assert_nonnull (strstr (json_object_get_string_member (root, "description"), "季度分析"));
}

static void
test_others (SessionRig *rig, gconstpointer unused)
{
  static const struct
  {
    const char *name, *magic;
  } cases[] = { { "out.xlsx", "PK" }, { "out.gpkg", "SQLite format 3" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = session_rig_file (rig, cases[i].name);
      g_autofree char *text = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (export_to (rig, path, "季度分析", &error), >, 0);
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &text, NULL, &error));
      g_assert_true (g_str_has_prefix (text, cases[i].magic));
    }
}

static void
test_refused (SessionRig *rig, gconstpointer unused)
{
  g_autofree char *path = session_rig_file (rig, "out.csv");
  g_autofree char *unknown = session_rig_file (rig, "out.doc");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (export_to (rig, path, "", &error), ==, -1);
  g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (export_to (rig, unknown, "季度分析", &error), ==, -1);
  g_assert_error (error, GW_ERROR, GW_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  session_rig_sit (rig, "intake");
  g_assert_cmpint (export_to (rig, path, "季度分析", &error), ==, -1);
  g_assert_error (error, GW_ERROR, GW_ERROR_REFUSED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  SESSION_ADD ("/export/csv", test_csv);
  SESSION_ADD ("/export/geojson", test_geojson);
  SESSION_ADD ("/export/others", test_others);
  SESSION_ADD ("/export/refused", test_refused);
  return g_test_run ();
}
