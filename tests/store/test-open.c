/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user can meet when opening a file, and that nothing is lost by it. */
#include "gw-config.h"
#include "gw-migrate-private.h"
#include "store-fixture.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static GwStore *
open_with (Fixture *self, GwOpenFlags flags, GError **error)
{
  return gw_store_open (self->path, flags, self->clock, error);
}

/* The message says where and what to do: it names the file. */
static void
assert_refused (Fixture *self, GwOpenFlags flags, GwError code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwStore) store = open_with (self, flags, &error);

  g_assert_null (store);
  g_assert_error (error, GW_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, "centre.gridwork"));
  g_assert_cmpuint (strlen (error->message), >, 40);
}

static void
close_store (Fixture *self)
{
  g_clear_pointer (&self->store, gw_store_unref);
}

static void
poke (const char *path, goffset offset, const void *bytes, gsize n)
{
  int fd = g_open (path, O_RDWR | O_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, bytes, n, offset), ==, (gssize)n);
  close (fd);
}

static void
test_close_leaves_one_file (Fixture *self, gconstpointer unused)
{
  g_autofree char *wal = g_strconcat (self->path, "-wal", NULL);
  g_autofree char *lock = g_strconcat (self->path, ".lock", NULL);
  g_autofree guint8 *header = NULL;
  gsize length;

  fixture_insert (self, 0);
  g_assert_true (g_file_test (lock, G_FILE_TEST_EXISTS));
  close_store (self);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (lock, G_FILE_TEST_EXISTS));
  /* The raw header says what the file is, without SQLite. */
  g_assert_true (g_file_get_contents (self->path, (char **)&header, &length, NULL));
  g_assert_cmpmem (header + 68, 4, "GWK1", 4);
  g_assert_cmpuint (header[63], ==, GW_STORE_FORMAT);
}

static void
test_second_instance (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwStore) second = NULL;
  g_autoptr (GwMatter) matter = NULL;
  g_autofree char *pid = g_strdup_printf ("%d", (int)getpid ());
  gint64 draft = 0, id = fixture_insert (self, 0);

  assert_refused (self, GW_OPEN_REQUIRE_WRITE, GW_ERROR_BUSY);
  second = open_with (self, GW_OPEN_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_true (gw_store_is_read_only (second));
  g_assert_nonnull (strstr (gw_store_holder (second), pid));
  g_assert_nonnull (strstr (gw_store_holder (second), g_get_host_name ()));
  matter = gw_store_get_matter (second, &self->program, id, &error);
  g_assert_no_error (error);
  /* It sees what the first writes from now on, and cannot write itself. */
  fixture_insert (self, 1);
  g_assert_cmpint (gw_store_last_seq (second), ==, 2);
  g_assert_false (gw_store_save_draft (second, &self->program, &draft, "x", "y", &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_READ_ONLY);
  g_assert_nonnull (strstr (error->message, pid));
  g_clear_pointer (&second, gw_store_unref);
  g_clear_error (&error);

  close_store (self);
  second = open_with (self, GW_OPEN_REQUIRE_WRITE, &error);
  g_assert_no_error (error);
  g_assert_false (gw_store_is_read_only (second));
  g_assert_null (gw_store_holder (second));
}

/* The same file by another name is the same file. */
static void
test_second_instance_by_link (Fixture *self, gconstpointer unused)
{
  g_autofree char *link_path = g_build_filename (self->folder, "link.gridwork", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (symlink (self->path, link_path), ==, 0);
  g_assert_null (gw_store_open (link_path, GW_OPEN_REQUIRE_WRITE, self->clock, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_BUSY);
}

static void
test_lock_left_by_killed_program (Fixture *self, gconstpointer unused)
{
  g_autofree char *lock = g_strconcat (self->path, ".lock", NULL);

  close_store (self);
  g_assert_true (g_file_set_contents (lock, "[holder]\nhost=gone\npid=1\nstart=0\n", -1, NULL));
  fixture_reopen (self);
  g_assert_false (gw_store_is_read_only (self->store));
}

static void
test_newer_version (Fixture *self, gconstpointer unused)
{
  const guint8 version[4] = { 0, 0, 0, GW_STORE_FORMAT + 1 };
  g_autofree char *before = NULL, *after = NULL;
  gsize n_before, n_after;

  close_store (self);
  poke (self->path, 60, version, sizeof version);
  g_assert_true (g_file_get_contents (self->path, &before, &n_before, NULL));
  assert_refused (self, GW_OPEN_DEFAULT, GW_ERROR_TOO_NEW);
  assert_refused (self, GW_OPEN_READ_ONLY, GW_ERROR_TOO_NEW);
  g_assert_true (g_file_get_contents (self->path, &after, &n_after, NULL));
  g_assert_cmpmem (before, n_before, after, n_after);
}

static void
test_no_gridwork_file (Fixture *self, gconstpointer unused)
{
  const guint8 other[4] = { 'G', 'P', 'K', 'G' };
  g_autoptr (GError) error = NULL;

  close_store (self);
  poke (self->path, 68, other, sizeof other);
  assert_refused (self, GW_OPEN_DEFAULT, GW_ERROR_FORMAT);
  g_assert_true (g_file_set_contents (self->path, "id,title\n1,物业\n", -1, NULL));
  assert_refused (self, GW_OPEN_DEFAULT, GW_ERROR_FORMAT);
  assert_refused (self, GW_OPEN_CREATE, GW_ERROR_FORMAT);
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  g_assert_cmpint (g_mkdir (self->path, 0700), ==, 0);
  assert_refused (self, GW_OPEN_DEFAULT, GW_ERROR_FORMAT);
}

static void
test_missing (Fixture *self, gconstpointer unused)
{
  g_autofree char *elsewhere = g_build_filename (self->folder, "no", "centre.gridwork", NULL);
  g_autoptr (GError) error = NULL;

  close_store (self);
  g_assert_cmpint (g_unlink (self->path), ==, 0);
  assert_refused (self, GW_OPEN_DEFAULT, GW_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  g_assert_null (gw_store_open (elsewhere, GW_OPEN_CREATE, self->clock, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_NOT_FOUND);
}

static void
test_empty (Fixture *self, gconstpointer unused)
{
  close_store (self);
  g_assert_cmpint (truncate (self->path, 0), ==, 0);
  assert_refused (self, GW_OPEN_DEFAULT, GW_ERROR_CORRUPT);
  self->store = open_with (self, GW_OPEN_CREATE, NULL);
  g_assert_nonnull (self->store);
}

static void
test_cut_short (Fixture *self, gconstpointer unused)
{
  struct stat info;

  for (guint i = 0; i < 50; ++i)
    fixture_insert (self, i);
  close_store (self);
  g_assert_cmpint (stat (self->path, &info), ==, 0);
  g_assert_cmpint (truncate (self->path, info.st_size / 2), ==, 0);
  assert_refused (self, GW_OPEN_DEFAULT, GW_ERROR_CORRUPT);
}

static void
test_read_only_file (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = NULL;
  gint64 id = fixture_insert (self, 0), draft = 0;

  close_store (self);
  g_assert_cmpint (g_chmod (self->path, 0444), ==, 0);
  g_assert_cmpint (g_chmod (self->folder, 0555), ==, 0);
  assert_refused (self, GW_OPEN_REQUIRE_WRITE, GW_ERROR_READ_ONLY);
  self->store = open_with (self, GW_OPEN_DEFAULT, &error);
  g_assert_no_error (error);
  g_assert_true (gw_store_is_read_only (self->store));
  g_assert_null (gw_store_holder (self->store));
  matter = gw_store_get_matter (self->store, &self->program, id, &error);
  g_assert_no_error (error);
  g_assert_false (gw_store_save_draft (self->store, &self->program, &draft, "x", "y", &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_READ_ONLY);
  fixture_assert_sound (self->store);
  g_assert_cmpint (g_chmod (self->folder, 0755), ==, 0);
}

static void
test_network (Fixture *self, gconstpointer unused)
{
#if GW_TEST_HOOKS
  static const char *const types[] = { "0x6969", "0xFF534D42", "0xFE534D42", "0x01021997" };

  close_store (self);
  for (guint i = 0; i < G_N_ELEMENTS (types); ++i)
    {
      g_setenv ("GW_TEST_FS_TYPE", types[i], TRUE);
      assert_refused (self, GW_OPEN_DEFAULT, GW_ERROR_NETWORK_FILE);
      assert_refused (self, GW_OPEN_REQUIRE_WRITE, GW_ERROR_NETWORK_FILE);
    }
  self->store = open_with (self, GW_OPEN_READ_ONLY, NULL);
  g_assert_nonnull (self->store);
  g_unsetenv ("GW_TEST_FS_TYPE");
#else
  g_test_skip ("built without test hooks");
#endif
}

/* One flipped byte in every page of the file, one at a time: no crash, no endless loop; whatever is
 * still readable is right, everything else is GW_ERROR_CORRUPT (or FORMAT, TOO_NEW for the header),
 * and the verification never accepts a page that matters and was changed. */
static void
assert_expected (const GError *error, goffset offset)
{
  gboolean expected = error != NULL && error->domain == GW_ERROR &&
                      (error->code == GW_ERROR_CORRUPT || error->code == GW_ERROR_FORMAT ||
                       error->code == GW_ERROR_TOO_NEW || error->code == GW_ERROR_FAILED ||
                       error->code == GW_ERROR_INVALID);

  if (!expected)
    g_test_message ("offset %ld: %s", (long)offset, error != NULL ? error->message : "no error");
  g_assert_true (expected);
}

/* An empty page, one of the free list or the rest of a long text has no cell pointers to damage. */
static gboolean
has_cells (const guint8 *page, gboolean first)
{
  const guint8 *header = page + (first ? 100 : 0);

  return (header[0] == 2 || header[0] == 5 || header[0] == 10 || header[0] == 13) &&
         (header[3] != 0 || header[4] != 0);
}

static gboolean
is_found (Fixture *self, goffset offset)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwStore) store = open_with (self, GW_OPEN_REQUIRE_WRITE, &error);
  GwVerifyReport report = { 0 };
  gboolean found;

  if (store == NULL)
    {
      assert_expected (error, offset);
      return TRUE;
    }
  found = !gw_store_wait_check (store, NULL, &error);
  g_clear_error (&error);
  if (!gw_store_verify (store, &report, NULL, NULL, NULL, &error))
    {
      assert_expected (error, offset);
      found = TRUE;
    }
  found = found || report.problem != NULL;
  gw_verify_report_clear (&report);
  return found;
}

static void
test_damage (Fixture *self, gconstpointer unused)
{
  g_autofree char *good = NULL;
  gsize length;
  guint pages = 0, found = 0;

  for (guint i = 0; i < 120; ++i)
    fixture_move (self, fixture_insert (self, i), GW_VERB_FILE, GW_STATE_FILED,
                  "一段足够长的说明文字，用来占满页面");
  close_store (self);
  g_assert_true (g_file_get_contents (self->path, &good, &length, NULL));
  for (goffset page = 0; page < (goffset)length; page += 4096, ++pages)
    {
      /* The cell pointers behind the page header, or the header of page 1. */
      goffset offset = page + (page == 0 ? 100 + 9 : 9);
      guint8 bytes[4];

      memcpy (bytes, good + offset, sizeof bytes);
      for (guint i = 0; i < sizeof bytes; ++i)
        bytes[i] ^= 0x5a;
      poke (self->path, offset, bytes, sizeof bytes);
      if (is_found (self, offset))
        ++found;
      else if (has_cells ((const guint8 *)good + page, page == 0))
        {
          g_test_message ("damage of page %ld was not found", (long)(page / 4096 + 1));
          g_test_fail ();
        }
      g_assert_true (g_file_set_contents (self->path, good, (gssize)length, NULL));
    }
  g_test_message ("%u of %u damaged pages were found", found, pages);
  g_assert_cmpuint (pages, >, 40);
  g_assert_cmpuint (found, >, pages / 2);
  self->store = open_with (self, GW_OPEN_REQUIRE_WRITE, NULL);
  fixture_assert_sound (self->store);
}

static void
test_migration_checksum (Fixture *self, gconstpointer unused)
{
  static const GwMigration steps[] = {
    { 1, "base", "CREATE TABLE a (x INTEGER) STRICT;" },
    { 2, "more", "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO a VALUES (7);" },
    { 3, "wrong", "CREATE TABLE c (x INTEGER) STRICT; INSERT INTO nowhere VALUES (7);" },
  };
  static const GwMigration edited[] = { { 1, "base", "CREATE TABLE a (x INTEGER) STRICT; " } };
  g_autofree char *path = g_build_filename (self->folder, "steps", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GwDb) db = gw_db_open (path, GW_DB_CREATE, &error);
  gint64 value = 0;

  g_assert_no_error (error);
  g_assert_false (gw_migrate (db, steps, 1, FALSE, 5, &error));
  g_clear_error (&error);
  g_assert_true (gw_migrate (db, steps, 1, TRUE, 5, &error));
  g_assert_true (gw_migrate (db, steps, 2, TRUE, 6, &error));
  g_assert_true (gw_migrate (db, steps, 2, FALSE, 7, &error));
  g_assert_no_error (error);
  g_assert_true (gw_db_query_int64 (db, "PRAGMA user_version", &value, &error));
  g_assert_cmpint (value, ==, 2);
  /* A step is whole or not there. */
  g_assert_false (gw_migrate (db, steps, 3, TRUE, 8, &error));
  g_clear_error (&error);
  g_assert_false (
      gw_db_query_int64 (db, "SELECT 1 FROM sqlite_schema WHERE name = 'c'", &value, &error));
  g_assert_no_error (error);
  g_assert_true (gw_db_query_int64 (db, "PRAGMA user_version", &value, &error));
  g_assert_cmpint (value, ==, 2);
  g_assert_false (gw_migrate (db, steps, 3, FALSE, 8, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (gw_migrate (db, edited, 1, TRUE, 9, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_CORRUPT);
  g_assert_nonnull (strstr (error->message, "base"));
}

static void
test_check_at_start (Fixture *self, gconstpointer unused)
{
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (gw_store_wait_check (self->store, NULL, &error));
  g_assert_no_error (error);
  g_cancellable_cancel (cancelled);
  fixture_reopen (self);
  (void)gw_store_wait_check (self->store, cancelled, &error);
  g_clear_error (&error);
  g_assert_true (gw_store_wait_check (self->store, NULL, &error));
}

static void
test_after_close (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 draft = 0;

  gw_store_close (self->store);
  gw_store_close (self->store);
  g_assert_false (gw_store_save_draft (self->store, &self->program, &draft, "x", "y", &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (gw_store_get_matter (self->store, &self->program, 1, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_FAILED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/store/open/close-leaves-one-file", test_close_leaves_one_file);
  FIXTURE_ADD ("/store/open/second-instance", test_second_instance);
  FIXTURE_ADD ("/store/open/second-instance-by-link", test_second_instance_by_link);
  FIXTURE_ADD ("/store/open/lock-left-by-killed-program", test_lock_left_by_killed_program);
  FIXTURE_ADD ("/store/open/newer-version", test_newer_version);
  FIXTURE_ADD ("/store/open/no-gridwork-file", test_no_gridwork_file);
  FIXTURE_ADD ("/store/open/missing", test_missing);
  FIXTURE_ADD ("/store/open/empty", test_empty);
  FIXTURE_ADD ("/store/open/cut-short", test_cut_short);
  FIXTURE_ADD ("/store/open/read-only-file", test_read_only_file);
  FIXTURE_ADD ("/store/open/network", test_network);
  FIXTURE_ADD ("/store/open/damage", test_damage);
  FIXTURE_ADD ("/store/open/migration-checksum", test_migration_checksum);
  FIXTURE_ADD ("/store/open/check-at-start", test_check_at_start);
  FIXTURE_ADD ("/store/open/after-close", test_after_close);
  return g_test_run ();
}
