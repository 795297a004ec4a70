/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "gw-snapshot.h"
#include "reading-rig.h"

#define DAY 86400

static const guint8 some_hash[32] = { 1, 2, 3 };

static GwMatterFacts
make_facts (gint64 id)
{
  return (GwMatterFacts){ .id = id,
                          .reported = RIG_NOW + id % DAY,
                          .type = 1 + (guint32)id % 2,
                          .area = 1 + (guint32)id % 7,
                          .x = (gint32)id,
                          .y = G_MININT32,
                          .number_seq = (guint32)id,
                          .state = GW_STATE_REPORTED,
                          .sensitivity = GW_SENSITIVITY_INTERNAL };
}

static void
put (GwSnapshotWriter *writer, gint64 id, gint32 x)
{
  GwMatterFacts facts = make_facts (id);

  facts.x = x;
  g_assert_true (gw_snapshot_writer_put (writer, &facts));
}

static gint32
x_of (const GwSnapshot *snapshot, guint id)
{
  return snapshot->chunks[id >> GW_SNAPSHOT_CHUNK_BITS]->columns.x[id & GW_SNAPSHOT_CHUNK_MASK];
}

static void
test_old_snapshots_stay (void)
{
  g_autoptr (GwSnapshotWriter) writer = gw_snapshot_writer_new ();
  g_autoptr (GwSnapshot) first = NULL, second = NULL, third = NULL;

  for (guint id = 1; id <= 10000; id++)
    put (writer, id, (gint32)id);
  first = gw_snapshot_writer_publish (writer, 1);
  put (writer, 5000, -1);
  put (writer, 10001, 7);
  second = gw_snapshot_writer_publish (writer, 2);
  put (writer, 5000, -2);
  third = gw_snapshot_writer_publish (writer, 3);
  g_assert_cmpuint (first->n, ==, 10001);
  g_assert_cmpuint (second->n, ==, 10002);
  g_assert_cmpint (x_of (first, 5000), ==, 5000);
  g_assert_cmpint (x_of (second, 5000), ==, -1);
  g_assert_cmpint (x_of (third, 5000), ==, -2);
  g_assert_cmpint (x_of (second, 10001), ==, 7);
  /* Only what changed was copied; what was appended went behind what readers see. */
  g_assert_true (first->chunks[0] == third->chunks[0]);
  g_assert_true (first->chunks[1] != second->chunks[1]);
  g_assert_true (first->chunks[2] == third->chunks[2]);
}

static void
test_impossible_ids_are_refused (void)
{
  g_autoptr (GwSnapshotWriter) writer = gw_snapshot_writer_new ();
  static const gint64 ids[] = { 0, -1, G_MAXINT64, G_GINT64_CONSTANT (1) << 40 };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      GwMatterFacts facts = make_facts (ids[i]);

      g_assert_false (gw_snapshot_writer_put (writer, &facts));
    }
}

typedef struct
{
  char *folder, *path;
} Place;

static void
place_make (Place *self)
{
  self->folder = g_dir_make_tmp ("gw-snapshot-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "s", NULL);
}

static void
place_clear (Place *self)
{
  (void)g_unlink (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->path);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static void
save_some (const Place *place, guint n)
{
  g_autoptr (GwSnapshotWriter) writer = gw_snapshot_writer_new ();
  g_autoptr (GwSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;

  for (guint id = 1; id <= n; id++)
    put (writer, id, (gint32)id * 3);
  snapshot = gw_snapshot_writer_publish (writer, 77);
  gw_snapshot_save (snapshot, place->path, some_hash, &error);
  g_assert_no_error (error);
}

static void
test_file_round_trip (void)
{
  static const guint sizes[] = { 0, 1, 4095, 4096, 9000 };
  g_auto (Place) place = { 0 };

  place_make (&place);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GwSnapshot) loaded = NULL;
      g_autoptr (GError) error = NULL;
      guint8 hash[32];

      save_some (&place, sizes[i]);
      loaded = gw_snapshot_load (place.path, hash, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (hash, sizeof hash, some_hash, sizeof some_hash);
      g_assert_cmpint (loaded->seq, ==, 77);
      g_assert_cmpuint (loaded->n, ==, sizes[i] == 0 ? 0 : sizes[i] + 1);
      for (guint id = 1; id <= sizes[i]; id++)
        g_assert_cmpint (x_of (loaded, id), ==, (gint32)id * 3);
    }
}

static void
assert_refused (const Place *place, int code)
{
  g_autoptr (GError) error = NULL;
  guint8 hash[32];

  g_assert_null (gw_snapshot_load (place->path, hash, &error));
  g_assert_error (error, GW_ERROR, code);
}

/* Any wrong byte and any wrong length. */
static void
test_damaged_file_is_refused (void)
{
  g_auto (Place) place = { 0 };
  g_autofree char *bytes = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  gsize length;

  place_make (&place);
  assert_refused (&place, GW_ERROR_NOT_FOUND);
  save_some (&place, 5000);
  g_assert_true (g_file_get_contents (place.path, &bytes, &length, NULL));
  for (guint i = 0; i < 200; i++)
    {
      /* the head byte by byte, then anywhere */
      gsize at = i < 100 ? i : (gsize)g_rand_int_range (random, 0, (gint32)length);
      char kept = bytes[at];

      bytes[at] ^= (char)(1 << g_rand_int_range (random, 0, 8));
      g_assert_true (g_file_set_contents (place.path, bytes, (gssize)length, NULL));
      assert_refused (&place, GW_ERROR_CORRUPT);
      bytes[at] = kept;
    }
  g_assert_true (g_file_set_contents (place.path, bytes, (gssize)length - 1, NULL));
  assert_refused (&place, GW_ERROR_CORRUPT);
  g_assert_true (g_file_set_contents (place.path, bytes, 10, NULL));
  assert_refused (&place, GW_ERROR_CORRUPT);
  g_assert_true (g_file_set_contents (place.path, "", 0, NULL));
  assert_refused (&place, GW_ERROR_CORRUPT);
}

/* ---- beside a store ---- */

static void
put_some (Rig *rig, guint n)
{
  GPtrArray *matters = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_matter_free);

  while (n-- > 0)
    g_ptr_array_add (matters, rig_matter ("题", ""));
  rig_put (rig, matters);
}

static void
assert_right (Rig *rig, guint n)
{
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GwSelection) selection = rig_select (rig, &rig_program, filter);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (selection->n, ==, n);
  g_assert_cmpint (selection->seq, ==, gw_store_last_seq (rig->store));
  g_assert_cmpint (gw_store_check_counters (rig->store, &error), ==, 0);
  g_assert_no_error (error);
}

static void
test_file_is_used_and_followed (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *path = rig_side_path (rig, "snapshot"), *old = NULL;
  gsize length;

  put_some (rig, 30);
  rig_close (rig);
  g_assert_true (g_file_get_contents (path, &old, &length, NULL));
  rig_open (rig, GW_OPEN_DEFAULT);
  assert_right (rig, 30);
  put_some (rig, 5);
  rig_withdraw (rig, 3);
  rig_close (rig);
  /* As after kill -9: the file is that of the last close. */
  g_assert_true (g_file_set_contents (path, old, (gssize)length, NULL));
  rig_open (rig, GW_OPEN_DEFAULT);
  assert_right (rig, 34);
}

static void
test_file_of_another_history (void)
{
  g_autoptr (Rig) rig = rig_new (), other = rig_new ();
  g_autofree char *from = rig_side_path (other, "snapshot"), *to = rig_side_path (rig, "snapshot");
  g_autofree char *bytes = NULL;
  gsize length;

  put_some (rig, 30);
  put_some (other, 20);
  rig_close (rig);
  rig_close (other);
  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize)length, NULL));
  rig_open (rig, GW_OPEN_DEFAULT);
  assert_right (rig, 30);
}

static void
test_file_gone_or_noise (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *path = rig_side_path (rig, "snapshot");

  put_some (rig, 30);
  rig_close (rig);
  g_assert_cmpint (g_unlink (path), ==, 0);
  rig_open (rig, GW_OPEN_DEFAULT);
  assert_right (rig, 30);
  rig_close (rig);
  g_assert_true (g_file_set_contents (path, "noise", 5, NULL));
  rig_open (rig, GW_OPEN_DEFAULT);
  put_some (rig, 1);
  assert_right (rig, 31);
}

static void
test_read_only_leaves_no_trace (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autofree char *path = rig_side_path (rig, "snapshot");

  put_some (rig, 30);
  rig_close (rig);
  g_assert_cmpint (g_unlink (path), ==, 0);
  rig_open (rig, GW_OPEN_READ_ONLY);
  assert_right (rig, 30);
  rig_close (rig);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/snapshot/old-snapshots-stay", test_old_snapshots_stay);
  g_test_add_func ("/snapshot/impossible-ids-are-refused", test_impossible_ids_are_refused);
  g_test_add_func ("/snapshot/file-round-trip", test_file_round_trip);
  g_test_add_func ("/snapshot/damaged-file-is-refused", test_damaged_file_is_refused);
  g_test_add_func ("/snapshot/file-is-used-and-followed", test_file_is_used_and_followed);
  g_test_add_func ("/snapshot/file-of-another-history", test_file_of_another_history);
  g_test_add_func ("/snapshot/file-gone-or-noise", test_file_gone_or_noise);
  g_test_add_func ("/snapshot/read-only-leaves-no-trace", test_read_only_leaves_no_trace);
  return g_test_run ();
}
