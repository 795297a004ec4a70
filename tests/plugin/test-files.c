/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of modules: which are taken, which are refused and with what words. */
#include "gw-module-host.h"
#include "gw-type.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  char *folder; /* owned */
} Fixture;

static void
set_up (Fixture *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("gw-plugin-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *self, gconstpointer unused)
{
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      (void)g_unlink (path);
    }
  (void)g_rmdir (self->folder);
  g_free (self->folder);
}

/* Puts the library of @fixture as @name into the folder of the test. The linker knows a library it
 * has seen by its path, so a name stands for one content only. */
static void
give (Fixture *self, const char *fixture, const char *name)
{
  g_autofree char *file = g_strconcat (fixture, ".so", NULL);
  g_autofree char *from = g_build_filename (g_getenv ("GW_TEST_FIXTURES"), file, NULL);
  g_autofree char *to = g_build_filename (self->folder, name, NULL);
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size = 0;

  g_file_get_contents (from, &bytes, &size, &error);
  g_assert_no_error (error);
  g_file_set_contents (to, bytes, (gssize)size, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (to, 0644), ==, 0);
}

static void
take_away (Fixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static GwModuleHost *
load (Fixture *self)
{
  const char *dirs[] = { self->folder, NULL };

  return gw_module_host_load (dirs);
}

static const char *
id_of (GwModuleHost *host, guint i)
{
  return ((GwModuleSpec *)g_ptr_array_index (gw_module_host_get_modules (host), i))->id;
}

static void
test_good (Fixture *self, gconstpointer unused)
{
  g_autoptr (GwModuleHost) host = NULL;

  give (self, "good", "good.so");
  host = load (self);
  g_assert_cmpstr (gw_module_host_get_problems (host)[0], ==, NULL);
  g_assert_cmpuint (gw_module_host_get_modules (host)->len, ==, 1);
  g_assert_cmpstr (id_of (host, 0), ==, "test.good");
}

static void
test_faults (Fixture *self, gconstpointer unused)
{
  static const struct
  {
    const char *fixture, *says;
  } cases[] = {
    { "begin-crash", "killed by signal 11" },
    { "begin-exit", "ended without an answer" },
    { "begin-loop", "killed by signal 24" },
    { "begin-sleep", "no answer within three seconds" },
    { "field-twice", "the field “title” stands there twice" },
    { "foreign-abi", "built for plugin interface 9." },
    { "missing-symbol", "gw_nobody_has_this" },
    { "newer-member", "thing[1] uses a member that is newer than this program" },
    { "no-module", "GwModule is missing" },
    { "no-note", "no Gridwork note" },
    { "no-privacy", "field “test.good/thing.title” has no privacy class" },
    { "no-symbol", "does not export" },
    { "other-id", "the note says" },
    { "wild-pointer", "killed by signal 11" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strconcat (cases[i].fixture, ".so", NULL);
      g_autoptr (GwModuleHost) host = NULL;
      const char *const *problems;

      give (self, cases[i].fixture, name);
      host = load (self);
      problems = gw_module_host_get_problems (host);
      g_test_message ("%s: %s", cases[i].fixture, problems[0]);
      g_assert_cmpuint (gw_module_host_get_modules (host)->len, ==, 0);
      g_assert_cmpuint (g_strv_length ((GStrv)problems), ==, 1);
      g_assert_nonnull (strstr (problems[0], name));
      g_assert_nonnull (strstr (problems[0], cases[i].says));
      take_away (self, name);
    }
}

/* The linker maps a file as long as its headers say and meets the end of it while it reads. */
static void
test_cut_short (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "cut.so", NULL);
  guint killed = 0;

  give (self, "good", "cut.so");
  for (goffset size = 12288; size >= 1024; size -= 1024)
    {
      g_autoptr (GwModuleHost) host = NULL;
      const char *const *problems;

      g_assert_cmpint (truncate (path, size), ==, 0);
      host = load (self);
      problems = gw_module_host_get_problems (host);
      g_assert_cmpuint (gw_module_host_get_modules (host)->len, ==, 0);
      g_assert_cmpuint (g_strv_length ((GStrv)problems), ==, 1);
      g_test_message ("%" G_GOFFSET_FORMAT ": %s", size, problems[0]);
      killed += strstr (problems[0], "killed by signal 7 ") != NULL;
    }
  g_assert_cmpuint (killed, >, 0);
}

/* Of two files that want the same name the first in the alphabet has it. */
static void
test_taken (Fixture *self, gconstpointer unused)
{
  static const struct
  {
    const char *second, *says;
  } cases[] = {
    { "good", "id “test.good” is already taken" },
    { "same-namespace", "namespace “good” is already taken by “test.good”" },
    { "same-number", "number code “GDX” is already taken by “test.good/thing”" },
  };

  give (self, "good", "a.so");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = g_strdup_printf ("b-%s.so", cases[i].second);
      g_autoptr (GwModuleHost) host = NULL;

      give (self, cases[i].second, name);
      host = load (self);
      g_assert_cmpuint (gw_module_host_get_modules (host)->len, ==, 1);
      g_assert_cmpstr (id_of (host, 0), ==, "test.good");
      g_assert_cmpuint (g_strv_length ((GStrv)gw_module_host_get_problems (host)), ==, 1);
      g_assert_nonnull (strstr (gw_module_host_get_problems (host)[0], cases[i].says));
      take_away (self, name);
    }
}

/* A refused module leaves its names to the next file. */
static void
test_second_chance (Fixture *self, gconstpointer unused)
{
  g_autoptr (GwModuleHost) host = NULL;

  give (self, "other-id", "a.so");
  give (self, "good", "b.so");
  host = load (self);
  g_assert_cmpuint (gw_module_host_get_modules (host)->len, ==, 1);
  g_assert_cmpuint (g_strv_length ((GStrv)gw_module_host_get_problems (host)), ==, 1);
  g_assert_nonnull (strstr (gw_module_host_get_problems (host)[0], "a.so: "));
}

static void
test_open_to_others (Fixture *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "good.so", NULL);
  g_autoptr (GwModuleHost) host = NULL;

  give (self, "good", "good.so");
  g_assert_cmpint (g_chmod (path, 0666), ==, 0);
  host = load (self);
  g_assert_cmpuint (gw_module_host_get_modules (host)->len, ==, 0);
  g_assert_nonnull (strstr (gw_module_host_get_problems (host)[0], "chmod go-w"));
}

static void
test_nothing_there (Fixture *self, gconstpointer unused)
{
  g_autofree char *nowhere = g_build_filename (self->folder, "nowhere", NULL);
  const char *dirs[] = { nowhere, self->folder, NULL };
  g_autoptr (GwModuleHost) host = gw_module_host_load (dirs);

  g_assert_cmpuint (gw_module_host_get_modules (host)->len, ==, 0);
  g_assert_cmpstr (gw_module_host_get_problems (host)[0], ==, NULL);
}

int
main (int argc, char **argv)
{
  /* What an earlier run remembers of the same files is no test of this one. */
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
#define ADD(name, func) g_test_add (name, Fixture, NULL, set_up, func, tear_down)
  ADD ("/plugin/files/good", test_good);
  ADD ("/plugin/files/faults", test_faults);
  ADD ("/plugin/files/cut-short", test_cut_short);
  ADD ("/plugin/files/taken", test_taken);
  ADD ("/plugin/files/second-chance", test_second_chance);
  ADD ("/plugin/files/open-to-others", test_open_to_others);
  ADD ("/plugin/files/nothing-there", test_nothing_there);
  return g_test_run ();
}
