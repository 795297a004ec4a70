/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-demo.h"
#include "session-rig.h"
#include <glib/gstdio.h>

/* Committed values: they change only with the demo's data or rules, on purpose. */
#define SMALL_FINGERPRINT "8d15e2c0ab3cdaf58cf253bea2fb777ba7cd77f878aa2bf874b4401ac9003269"
#define PUBLISHED_FINGERPRINT "27936e422d08bf2d813de80bf615bc06002a8f9614b495d52ed42c9391aceafe"

static void
test_small (SessionRig *rig, gconstpointer unused)
{
  g_autofree char *other = session_rig_file (rig, "other.gridwork");
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  session_rig_reopen (rig, GW_SESSION_READ_ONLY);
  gw_demo_create (other, RIG_ROWS, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  first = gw_demo_fingerprint (other, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first, ==, SMALL_FINGERPRINT);
  (void)g_unlink (other);
  gw_demo_create (other, RIG_ROWS, 7, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  second = gw_demo_fingerprint (other, &error);
  g_assert_cmpstr (first, !=, second);
}

static void
test_exists (SessionRig *rig, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (gw_demo_create (rig->path, 10, 0, NULL, NULL, NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_EXISTS);
  g_assert_cmpuint (session_rig_count (rig, ""), ==, RIG_ROWS);
}

static void
test_cancel (SessionRig *rig, gconstpointer unused)
{
  g_autofree char *other = session_rig_file (rig, "cancelled.gridwork");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (gw_demo_create (other, 100, 0, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
}

/* Every matter lies in the area it names, and the areas fill the tree. */
static void
test_places (SessionRig *rig, gconstpointer unused)
{
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSelection) selection = gw_session_select_sync (rig->session, filter, &error);
  guint without = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < selection->n; i++)
    {
      if (selection->x[i] == G_MININT32)
        {
          without++;
          continue;
        }
      g_assert_cmpuint (gw_session_locate (rig->session, selection->x[i], selection->y[i]), ==,
                        selection->areas[i]);
    }
  /* Those of merged villages are known by their community only. */
  g_assert_cmpuint (without, <, RIG_ROWS / 50);
}

/* The totals of the published account, through the program's own figures. */
static void
test_published (SessionRig *rig, gconstpointer unused)
{
  static const struct
  {
    const char *filter;
    guint n;
  } cases[] = {
    { "", 64259 },
    { "type=risk.dispute/dispute", 22946 },
    { "type=risk.dispute/dispute state=closed,archived", 22736 },
    { "type=risk.safety/hazard", 5363 },
    { "type=risk.safety/hazard state=closed,archived", 5284 },
    { "type=risk.safety/road_hazard", 132 },
    { "type=risk.safety/traffic_violation", 17511 },
    { "type=risk.safety/unit_inspection", 897 },
    { "type=risk.network/vulnerability", 11 },
    { "type=risk.network/notice", 40 },
    { "type=risk.network/bulletin", 219 },
    { "type=risk.network/crime_case", 41 },
    { "type=risk.network/crime_case state=closed,archived", 35 },
    { "type=gov.law/legal_aid", 2522 },
    { "type=gov.political/lecture", 385 },
    { "type=gov.political/study_session", 36 },
    { "type=gov.moral/activity", 3000 },
    { "type=gov.smart/service_item", 8000 },
  };
  g_autofree char *path = session_rig_file (rig, "published.gridwork");
  g_autoptr (GError) error = NULL;
  g_autofree char *fingerprint = NULL;
  GwVerifyReport report = { 0 };

  gw_demo_create (path, 0, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  fingerprint = gw_demo_fingerprint (path, &error);
  g_assert_cmpstr (fingerprint, ==, PUBLISHED_FINGERPRINT);
  g_free (rig->path);
  rig->path = g_steal_pointer (&path);
  session_rig_reopen (rig, 0);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].filter);
      g_assert_cmpuint (session_rig_count (rig, cases[i].filter), ==, cases[i].n);
    }
  g_assert_cmpfloat_with_epsilon (session_rig_figure (rig, "", "dis.success"), 99.1, 0.05);
  gw_session_verify_sync (rig->session, &report, &error);
  g_assert_no_error (error);
  g_assert_null (report.problem);
  g_assert_cmpint (report.matters, ==, 64259);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  SESSION_ADD ("/demo/small", test_small);
  SESSION_ADD ("/demo/exists", test_exists);
  SESSION_ADD ("/demo/cancel", test_cancel);
  SESSION_ADD ("/demo/places", test_places);
  SESSION_ADD ("/demo/published", test_published);
  return g_test_run ();
}
