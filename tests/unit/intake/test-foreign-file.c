/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that change, shrink, grow or go while they are read: rows and digest are of one and the
 * same state of the file, or nothing is. */
#include "gw-error.h"
#include "gw-foreign-file.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Enough for the reader to tell twice how far it is. */
#define N_ROWS 300000u

typedef void (*Change) (const char *path);

typedef struct
{
  char *folder, *path; /* owned */
  GwTypeSpec *type;
  GPtrArray *columns;
  GwMatcher *matcher;
  Change change;
  guint n_changes;
} Fixture;

static void
write_table (const char *path)
{
  g_autoptr (GString) text = g_string_new ("标题,地址\n");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_ROWS; i++)
    g_string_append_printf (text, "占道经营第 %u 次,顺江路 %u 号\n", i, i % 200);
  g_file_set_contents (path, text->str, (gssize)text->len, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *self, gconstpointer unused)
{
  GwImportColumnSpec *column = gw_import_column_spec_new ();

  self->folder = g_dir_make_tmp ("foreign-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->path = g_build_filename (self->folder, "table.csv", NULL);
  write_table (self->path);
  column->field = g_strdup ("title");
  column->headers = g_strdup ("标题");
  self->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_import_column_spec_free);
  g_ptr_array_add (self->columns, column);
  self->type = gw_type_spec_new ();
  self->matcher = gw_matcher_new (self->type, self->columns);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  gw_matcher_free (self->matcher);
  g_ptr_array_unref (self->columns);
  gw_type_spec_free (self->type);
  (void)g_remove (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

/* The rows come through a pipe that holds less than the file, so at the first word about the
 * progress the reader has not reached the end. */
static void
progress_cb (double fraction, gpointer data)
{
  Fixture *self = data;

  if (self->n_changes++ == 0 && self->change != NULL)
    self->change (self->path);
}

static GwForeignFile *
read_file (Fixture *self, Change change, GError **error)
{
  self->change = change;
  return gw_foreign_file_read (self->path, self->matcher, NULL, self->folder, progress_cb, self,
                               NULL, error);
}

static char *
digest_of (const char *path)
{
  g_autofree char *content = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)content, length);
}

static void
test_digest (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwForeignFile) file = read_file (self, NULL, &error);
  g_autofree char *digest = digest_of (self->path);

  g_assert_no_error (error);
  g_assert_cmpuint (self->n_changes, >=, 1);
  g_assert_cmpuint (gw_stage_n_rows (gw_foreign_file_get_stage (file)), ==, N_ROWS);
  g_assert_cmpstr (gw_foreign_file_wait_digest (file, &error), ==, digest);
}

/* Once read, the bytes are here: what happens to the file later is no matter. */
static void
test_changed_later (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = digest_of (self->path);
  g_autoptr (GwForeignFile) file = read_file (self, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (gw_foreign_file_wait_digest (file, &error), ==, digest);
  g_assert_cmpint (truncate (self->path, 10), ==, 0);
  g_assert_cmpstr (gw_foreign_file_wait_digest (file, &error), ==, digest);
}

static void
cut (const char *path)
{
  g_assert_cmpint (truncate (path, 1000), ==, 0);
}

static void
grow (const char *path)
{
  int fd = open (path, O_WRONLY | O_APPEND | O_CLOEXEC);
  const char row[] = "又一件,顺江路\n";

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, row, sizeof row - 1), ==, sizeof row - 1);
  g_assert_cmpint (close (fd), ==, 0);
}

/* As many bytes as before, so that only the time tells. */
static void
write_over (const char *path)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, "X", 1, 20), ==, 1);
  g_assert_cmpint (close (fd), ==, 0);
}

static void
test_changed (Fixture *self, gconstpointer data)
{
  static const Change changes[] = { cut, grow, write_over };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GwForeignFile) file = NULL;

      write_table (self->path);
      self->n_changes = 0;
      file = read_file (self, changes[i], &error);
      g_assert_null (file);
      g_assert_cmpuint (self->n_changes, >=, 1);
      g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "table.csv"));
      g_assert_nonnull (strstr (error->message, "open it again"));
    }
}

static void
take_away (const char *path)
{
  g_assert_cmpint (g_unlink (path), ==, 0);
}

/* The name is gone, the file that was opened is not. */
static void
test_removed (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = digest_of (self->path);
  g_autoptr (GwForeignFile) file = read_file (self, take_away, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (gw_stage_n_rows (gw_foreign_file_get_stage (file)), ==, N_ROWS);
  g_assert_cmpstr (gw_foreign_file_wait_digest (file, &error), ==, digest);
}

/* A name with nothing behind it that could be read. */
static void
test_no_file (Fixture *self, gconstpointer unused)
{
  static const struct
  {
    mode_t kind; /* 0: nothing is there */
    const char *word;
  } cases[] = { { 0, "moved or renamed" }, { S_IFIFO, "a pipe" }, { S_IFSOCK, "a socket" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GwForeignFile) file = NULL;

      (void)g_remove (self->path);
      if (cases[i].kind != 0)
        g_assert_cmpint (mknod (self->path, cases[i].kind | 0600, 0), ==, 0);
      file = read_file (self, NULL, &error);
      g_assert_null (file);
      g_assert_nonnull (strstr (error->message, cases[i].word));
    }
}

static void
test_no_right (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwForeignFile) file = NULL;

  if (geteuid () == 0)
    {
      g_test_skip ("root may read everything");
      return;
    }
  g_assert_cmpint (g_chmod (self->path, 0), ==, 0);
  file = read_file (self, NULL, &error);
  g_assert_null (file);
  g_assert_nonnull (strstr (error->message, "you may not read this file"));
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/intake/foreign-file/digest", test_digest);
  ADD ("/intake/foreign-file/changed-later", test_changed_later);
  ADD ("/intake/foreign-file/changed", test_changed);
  ADD ("/intake/foreign-file/removed", test_removed);
  ADD ("/intake/foreign-file/no-file", test_no_file);
  ADD ("/intake/foreign-file/no-right", test_no_right);
  return g_test_run ();
}
