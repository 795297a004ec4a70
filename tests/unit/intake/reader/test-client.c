/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-reader-client.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gw-error.h"
#include "reader-harness.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("gridwork-reader-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, data == NULL ? "input.csv" : data, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  (void)g_remove (fixture->path);
  (void)g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
write_input (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, text, -1, &error));
  g_assert_no_error (error);
}

static char *
read_input (Fixture *fixture, const GwReaderOptions *options, GCancellable *cancellable)
{
  GString *log = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GwReaderSummary summary = { 0 };

  (void)gw_reader_client_read (fixture->path, options, &reader_harness_handler, log, &summary,
                               cancellable, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_string_append (log, "cancelled\n");
  else
    reader_harness_append_end (log, &summary, error);
  return g_string_free (log, FALSE);
}

static void
test_plain (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log = NULL;

  write_input (fixture, "编号,名称\n1,甲\n");
  log = read_input (fixture, NULL, NULL);
  g_assert_cmpstr (log, ==, "hello CSV UTF-8 ,\nheader 1: 编号|名称\nrow 2: 1|甲\nend 1\n");
}

/* The caged process must find the table of GB18030 that it loaded before the door shut. */
static void
test_gb18030 (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log = NULL;

  write_input (
      fixture,
      "\xb1\xe0\xba\xc5,\xc3\xfb\xb3\xc6\n1,\xc1\xda\xc0\xef\xd4\xeb\xc9\xf9\x81\x39\xef\x30\n");
  log = read_input (fixture, NULL, NULL);
  g_assert_cmpstr (log, ==,
                   "hello CSV GB18030 ,\nheader 1: 编号|名称\nrow 2: 1|邻里噪声㐁\nend 1\n");
}

static void
test_options (Fixture *fixture, gconstpointer data)
{
  GwReaderOptions options = { .separator = ';', .header_row = 2, .stop_after_rows = 1 };
  g_autofree char *log = NULL;

  write_input (fixture, "x,y;z\na;b\n1;2\n3;4\n");
  log = read_input (fixture, &options, NULL);
  g_assert_cmpstr (log, ==, "hello CSV UTF-8 ;\nheader 2: a|b\nrow 3: 1|2\nend 1 early\n");
}

static void
test_not_a_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *missing = read_input (fixture, NULL, NULL);
  g_autofree char *folder = NULL;
  g_autofree char *pipe = NULL;

  g_assert_true (g_str_has_prefix (missing, "error NOT_FOUND"));
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  folder = read_input (fixture, NULL, NULL);
  g_assert_nonnull (strstr (folder, "this is a folder"));
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  pipe = read_input (fixture, NULL, NULL);
  g_assert_nonnull (strstr (pipe, "a device, a pipe or a socket"));
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *log = NULL;

  write_input (fixture, "a,b\n1,2\n");
  g_cancellable_cancel (cancellable);
  log = read_input (fixture, NULL, cancellable);
  g_assert_cmpstr (log, ==, "cancelled\n");
}

static gboolean
cancel_cb (const GwReaderRow *rows, guint n_rows, gpointer user_data, GError **error)
{
  g_cancellable_cancel (user_data);
  return TRUE;
}

static gboolean
fail_cb (const GwReaderRow *rows, guint n_rows, gpointer user_data, GError **error)
{
  return gw_throw (error, GW_ERROR_EXISTS, "enough");
}

static void
write_many_rows (Fixture *fixture)
{
  g_autoptr (GString) text = g_string_new ("a,b\n");

  for (guint i = 0; i < 400000; i++)
    g_string_append_printf (text, "%u,some text to fill the pipe\n", i);
  write_input (fixture, text->str);
}

static void
test_cancelled_midway (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GwReaderHandler handler = { .rows = cancel_cb };
  g_autoptr (GError) error = NULL;

  write_many_rows (fixture);
  g_assert_false (gw_reader_client_read (fixture->path, NULL, &handler, cancellable, NULL,
                                         cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_handler_fails (Fixture *fixture, gconstpointer data)
{
  GwReaderHandler handler = { .rows = fail_cb };
  g_autoptr (GError) error = NULL;

  write_many_rows (fixture);
  g_assert_false (gw_reader_client_read (fixture->path, NULL, &handler, NULL, NULL, NULL, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_EXISTS);
}

static void
progress_cb (guint64 done, guint64 all, gpointer user_data)
{
  guint64 *last = user_data;

  g_assert_cmpuint (done, >, *last);
  g_assert_cmpuint (done, <=, all);
  *last = done;
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  GwReaderHandler handler = { .progress = progress_cb };
  g_autoptr (GError) error = NULL;
  GwReaderSummary summary = { 0 };
  guint64 last = 0;

  write_many_rows (fixture);
  g_assert_true (
      gw_reader_client_read (fixture->path, NULL, &handler, &last, &summary, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (summary.n_rows, ==, 400000);
  g_assert_cmpuint (last, >, 0);
}

/* The position of a descriptor that the caller lent stays where it was. */
static void
test_descriptor (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  int fd;

  write_input (fixture, "a,b\n1,2\n");
  fd = g_open (fixture->path, O_RDONLY | O_CLOEXEC, 0);
  g_assert_cmpint (lseek (fd, 5, SEEK_SET), ==, 5);
  for (guint i = 0; i < 2; i++)
    {
      g_string_truncate (log, 0);
      g_assert_true (gw_reader_client_read_fd (fd, "x.csv", NULL, &reader_harness_handler, log,
                                               NULL, NULL, &error));
      g_assert_nonnull (strstr (log->str, "row 2: 1|2\n"));
    }
  g_assert_cmpint (lseek (fd, 0, SEEK_CUR), ==, 5);
  g_assert_true (g_close (fd, &error));
}

typedef struct
{
  const char *word;
  const char *text;
} Misdeed;

static const Misdeed misdeeds[] = {
  { "crash", "error FORMAT: reading “input.csv”: the reader broke down after row 0" },
  { "silent",
    "error LIMIT: reading “input.csv”: the reader was stopped because nothing came for 1" },
  { "burn", "error LIMIT: reading “input.csv”: the reader was stopped at its limit" },
  { "filter",
    "error FORMAT: reading “input.csv”: the reader was stopped after row 0 because it tried" },
  { "garbage", "error FORMAT: reading “input.csv”: the reader answered nonsense" },
  { "leave", "error FORMAT: reading “input.csv”: the reader answered nonsense before the first row "
             "(no end)" },
  { "hang-up", "error LIMIT: reading “input.csv”: the reader was stopped at its limit" },
  { "midway",
    "error LIMIT: reading “input.csv”: the reader was stopped because nothing came for 1" },
  { "descriptors", "(no end)" },
  { "session", "(no end)" },
};

static void
test_misdeeds (Fixture *fixture, gconstpointer data)
{
  g_autofree char *real = g_strdup (g_getenv ("GW_READER"));

  g_setenv ("GW_READER", g_getenv ("GW_FAKE_READER"), TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (misdeeds); i++)
    {
      /* Burning takes a second of computing, which a busy machine may stretch. */
      GwReaderOptions options = { .stall_seconds =
                                      strcmp (misdeeds[i].word, "burn") == 0 ? 60 : 1 };
      g_autofree char *log = NULL;

      write_input (fixture, misdeeds[i].word);
      log = read_input (fixture, &options, NULL);
      g_test_message ("%s: %s", misdeeds[i].word, log);
      g_assert_nonnull (strstr (log, misdeeds[i].text));
    }
  g_setenv ("GW_READER", real, TRUE);
}

static void
test_no_program (Fixture *fixture, gconstpointer data)
{
  g_autofree char *real = g_strdup (g_getenv ("GW_READER"));
  g_autofree char *log = NULL;

  write_input (fixture, "a,b\n1,2\n");
  g_setenv ("GW_READER", "/nonexistent/reader", TRUE);
  log = read_input (fixture, NULL, NULL);
  g_setenv ("GW_READER", real, TRUE);
  g_assert_true (g_str_has_prefix (log, "error UNSUPPORTED: looking for the reader"));
}

/* Without any cage nothing foreign may be read, and the user learns why. */
static void
test_no_cage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *real = g_strdup (g_getenv ("GW_READER"));
  g_autofree char *log = NULL;

  write_input (fixture, "no-cage");
  g_setenv ("GW_READER", g_getenv ("GW_FAKE_READER"), TRUE);
  log = read_input (fixture, NULL, NULL);
  g_setenv ("GW_READER", real, TRUE);
  g_assert_true (g_str_has_prefix (log, "error UNSUPPORTED: reading “input.csv”: this computer can "
                                        "lock the reader away neither with Landlock nor with"));
}

static void
add (const char *path, void (*run) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, run, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/reader/client/plain", test_plain);
  add ("/reader/client/gb18030", test_gb18030);
  add ("/reader/client/options", test_options);
  add ("/reader/client/not-a-file", test_not_a_file);
  add ("/reader/client/cancelled", test_cancelled);
  add ("/reader/client/cancelled-midway", test_cancelled_midway);
  add ("/reader/client/handler-fails", test_handler_fails);
  add ("/reader/client/progress", test_progress);
  add ("/reader/client/descriptor", test_descriptor);
  add ("/reader/client/misdeeds", test_misdeeds);
  add ("/reader/client/no-program", test_no_program);
  add ("/reader/client/no-cage", test_no_cage);
  return g_test_run ();
}
