/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-export.h"

#include "store-fixture.h"

typedef struct
{
  GwExportJob job;
  GwSelection *selection;
} Rig;

static void
rig_fill (Rig *self, Fixture *fixture)
{
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1200; i++)
    fixture_insert (fixture, i);
  self->selection = gw_store_select (fixture->store, &fixture->program, filter, NULL, &error);
  g_assert_no_error (error);
  self->job = (GwExportJob){ .store = fixture->store,
                             .actor = fixture->program,
                             .tree = gw_store_load_areas (fixture->store, &error),
                             .orgs = gw_store_load_orgs (fixture->store, &error),
                             .types = gw_store_load_types (fixture->store, &error),
                             .account_label = "desk",
                             .purpose = "test",
                             .filter_text = "" };
  g_assert_no_error (error);
}

static void
rig_clear (Rig *self)
{
  gw_selection_unref (self->selection);
  gw_area_tree_unref (self->job.tree);
  g_ptr_array_unref (self->job.orgs);
  g_ptr_array_unref (self->job.types);
}

static void
cancel_cb (double fraction, gpointer data)
{
  g_cancellable_cancel (data);
}

/* Cancelled half-way: no file, neither whole nor in part, for any format. */
static void
test_cancel (Fixture *fixture, gconstpointer unused)
{
  Rig rig = { 0 };

  rig_fill (&rig, fixture);
  for (const char *const *suffix = gw_export_suffixes (); *suffix != NULL; suffix++)
    {
      g_autofree char *name = g_strconcat ("out", *suffix, NULL);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autofree char *part = g_strconcat (path, ".part", *suffix, NULL);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (gw_export_run (&rig.job, rig.selection, path, FALSE, cancel_cb, cancellable,
                                      cancellable, &error),
                       ==, -1);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
      g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
    }
  rig_clear (&rig);
}

static void
test_replace (Fixture *fixture, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (fixture->folder, "out.csv", NULL);
  g_autoptr (GError) error = NULL;
  Rig rig = { 0 };

  rig_fill (&rig, fixture);
  g_assert_true (g_file_set_contents (path, "kept", -1, NULL));
  g_assert_cmpint (gw_export_run (&rig.job, rig.selection, path, FALSE, NULL, NULL, NULL, &error),
                   ==, -1);
  g_assert_error (error, GW_ERROR, GW_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_cmpint (gw_export_run (&rig.job, rig.selection, path, TRUE, NULL, NULL, NULL, &error),
                   ==, 1200);
  g_assert_no_error (error);
  rig_clear (&rig);
}

static void
test_no_folder (Fixture *fixture, gconstpointer unused)
{
  Rig rig = { 0 };

  rig_fill (&rig, fixture);
  for (const char *const *suffix = gw_export_suffixes (); *suffix != NULL; suffix++)
    {
      g_autofree char *name = g_strconcat ("nowhere/out", *suffix, NULL);
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (gw_export_run (&rig.job, rig.selection, path, TRUE, NULL, NULL, NULL,
                                      &error),
                       ==, -1);
      g_assert_nonnull (error);
    }
  rig_clear (&rig);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/export/cancel", test_cancel);
  FIXTURE_ADD ("/export/replace", test_replace);
  FIXTURE_ADD ("/export/no-folder", test_no_folder);
  return g_test_run ();
}
