/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modules that end the program from inside, and what the next start says. Each run is a process of
 * its own that really dies. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

typedef struct
{
  char *folder; /* owned: modules and cache */
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("gw-deaths-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      remove_folder (below);
    }
  (void)g_remove (path);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  remove_folder (self->folder);
  g_free (self->folder);
}

static void
give (Fixture *self, const char *fixture)
{
  g_autofree char *name = g_strconcat (fixture, ".so", NULL);
  g_autofree char *from = g_build_filename (g_getenv ("GW_TEST_FIXTURES"), name, NULL);
  g_autofree char *to = g_build_filename (self->folder, name, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  g_file_get_contents (from, &bytes, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents_full (to, bytes, (gssize)size, G_FILE_SET_CONTENTS_NONE, 0644, &error);
  g_assert_no_error (error);
}

static GSubprocess *
start (Fixture *self)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_subprocess_launcher_setenv (launcher, "XDG_CACHE_HOME", self->folder, TRUE);
  g_subprocess_launcher_setenv (launcher, "GW_PLUGIN_PATH", self->folder, TRUE);
  /* A sanitizer would end the process in its own way, and count what a dying one holds. */
  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS",
                                "handle_segv=0:handle_abort=0:detect_leaks=0", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("GW_TEST_RUN_MODULES"), NULL);
  g_assert_no_error (error);
  return process;
}

/* What one run prints; @signal: what ended it, 0 for none. */
static char *
run (Fixture *self, int *signal)
{
  g_autoptr (GSubprocess) process = start (self);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  *signal = g_subprocess_get_if_signaled (process) ? g_subprocess_get_term_sig (process) : 0;
  g_test_message ("signal %d: %s", *signal, text);
  return text;
}

static void
assert_says (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("“%s” is not in: %s", part, text);
}

static void
test_good (Fixture *self, gconstpointer unused)
{
  g_autofree char *text = NULL;
  int signal;

  give (self, "good-code");
  text = run (self, &signal);
  g_assert_cmpint (signal, ==, 0);
  g_assert_cmpstr (text, ==, "loaded test.code, extension test.echo/1\n");
}

static void
test_reason (Fixture *self, gconstpointer unused)
{
  g_autofree char *text = NULL;
  int signal;

  give (self, "activate-no");
  text = run (self, &signal);
  g_assert_cmpint (signal, ==, 0);
  assert_says (text, "activate-no.so: it does not start: no lamps here");
}

/* Strong evidence counts at once, and the others go on. */
static void
test_strong (Fixture *self, gconstpointer unused)
{
  static const struct
  {
    const char *fixture;
    int signal;
    const char *says;
  } cases[] = {
    { "activate-crash", SIGSEGV, "last run died inside it (activate, signal 11): quarantined" },
    { "activate-abort", SIGABRT, "last run died inside it (activate, signal 6): quarantined" },
    { "activate-deep", SIGSEGV, "last run died inside it (activate, signal 11): quarantined" },
    { "activate-exit", 0, "last run died inside it (activate, signal 0): quarantined" },
  };

  give (self, "good-code");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autofree char *later = NULL;
      g_autofree char *name = g_strconcat (cases[i].fixture, ".so", NULL);
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      int signal;

      give (self, cases[i].fixture);
      before = run (self, &signal);
      g_assert_cmpint (signal, ==, cases[i].signal);
      g_assert_cmpstr (before, ==, "");

      after = run (self, &signal);
      g_assert_cmpint (signal, ==, 0);
      assert_says (after, name);
      assert_says (after, cases[i].says);
      assert_says (after, "loaded test.code, extension test.echo/1\n");
      assert_says (after, "death The last run died inside the module “test.good” (activate)");

      /* The quarantine stays, the news does not. */
      later = run (self, &signal);
      g_assert_cmpint (signal, ==, 0);
      assert_says (later, cases[i].says);
      g_assert_null (strstr (later, "death "));
      (void)g_unlink (path);
    }
}

/* Waits until the module has the floor, then does what a user does with a program that hangs. */
static void
hang_and_kill (Fixture *self)
{
  g_autoptr (GSubprocess) process = start (self);
  g_autoptr (GDataInputStream) lines =
      g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (line, ==, "inside");
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_term_sig (process), ==, SIGKILL);
}

/* A kill may have had any reason: the module is named, and quarantined the second time. */
static void
test_weak (Fixture *self, gconstpointer unused)
{
  g_autofree char *text = NULL;
  int signal;

  give (self, "callback-loop");
  hang_and_kill (self);
  hang_and_kill (self);
  text = run (self, &signal);
  g_assert_cmpint (signal, ==, 0);
  assert_says (text, "last run died inside it (get_extension, signal 0): quarantined");
  assert_says (text, "death The last run was ended while the module “test.good” was at work "
                     "(get_extension)");
}

/* What is left by a run that was killed outside every module accuses nobody. */
static void
test_nobody (Fixture *self, gconstpointer unused)
{
  g_autofree char *folder = g_build_filename (self->folder, "gridwork", "modules", NULL);
  g_autofree char *damaged = g_build_filename (folder, "run-AAAAAA.crumb", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  int signal;

  give (self, "good-code");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (damaged, "no page", -1, &error);
  g_assert_no_error (error);
  text = run (self, &signal);
  g_assert_cmpint (signal, ==, 0);
  g_assert_cmpstr (text, ==, "loaded test.code, extension test.echo/1\n");
  g_assert_false (g_file_test (damaged, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/plugin/deaths/good", test_good);
  ADD ("/plugin/deaths/reason", test_reason);
  ADD ("/plugin/deaths/strong", test_strong);
  ADD ("/plugin/deaths/weak", test_weak);
  ADD ("/plugin/deaths/nobody", test_nobody);
  return g_test_run ();
}
