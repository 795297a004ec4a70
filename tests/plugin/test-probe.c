/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The helper goes on after whatever a module did to its child, and its absence is told. */
#include "gw-probe.h"

#include "gw-probe-server.h"
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static GwVerdict *
examine (GwProbe *probe, const char *fixture)
{
  g_autofree char *name = g_strconcat (fixture, ".so", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("GW_TEST_FIXTURES"), name, NULL);
  g_autoptr (GError) error = NULL;
  GwVerdict *verdict = gw_probe_examine (probe, path, &error);

  g_assert_no_error (error);
  return verdict;
}

static void
test_one_helper (void)
{
  static const struct
  {
    const char *fixture;
    GwVerdictKind kind;
    int signal;
  } cases[] = {
    { "good", GW_VERDICT_FINE, 0 },
    { "begin-crash", GW_VERDICT_KILLED, SIGSEGV },
    { "begin-exit", GW_VERDICT_SILENT, 0 },
    { "wild-pointer", GW_VERDICT_KILLED, SIGSEGV },
    { "missing-symbol", GW_VERDICT_REFUSED, 0 },
    { "no-such-file", GW_VERDICT_REFUSED, 0 },
    { "good", GW_VERDICT_FINE, 0 },
  };
  g_autoptr (GwProbe) probe = gw_probe_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GwVerdict) verdict = examine (probe, cases[i].fixture);

      g_test_message ("%s: %u %d %s", cases[i].fixture, verdict->kind, verdict->signal,
                      verdict->reason != NULL ? verdict->reason : "");
      g_assert_cmpint (verdict->kind, ==, cases[i].kind);
      g_assert_cmpint (verdict->signal, ==, cases[i].signal);
    }
}

static void
test_no_helper (void)
{
  g_autoptr (GwProbe) probe = gw_probe_new ();
  g_autoptr (GwVerdict) verdict = NULL;
  g_autoptr (GError) error = NULL;

  g_setenv ("GW_LIBEXEC_DIR", "/nowhere", TRUE);
  verdict = gw_probe_examine (probe, "x.so", &error);
  g_unsetenv ("GW_LIBEXEC_DIR");
  g_assert_null (verdict);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "starting the examination of modules"));
}

/* The helper ends with the program that asked, and with whatever is no question. */
static void
test_other_side_gone (void)
{
  int pair[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET, 0, pair), ==, 0);
  (void)close (pair[0]);
  g_assert_cmpint (gw_probe_serve (pair[1]), ==, EXIT_SUCCESS);
  (void)close (pair[1]);
  g_assert_cmpint (gw_probe_serve (-1), ==, EXIT_FAILURE);
}

static void
test_text (void)
{
  static const char *const bad[] = { "",         "fine",    "fine 0",        "great 0 x",
                                     "fine -1 ", "fine x ", "killed 99999 ", "refused 0 \xff" };
  g_autoptr (GwVerdict) verdict = gw_verdict_new (GW_VERDICT_REFUSED, 0, "a b  c\nd");
  g_autofree char *text = gw_verdict_to_text (verdict);
  g_autoptr (GwVerdict) again = gw_verdict_from_text (text);

  g_assert_cmpint (again->kind, ==, GW_VERDICT_REFUSED);
  g_assert_cmpstr (again->reason, ==, "a b  c\nd");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_null (gw_verdict_from_text (bad[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plugin/probe/one-helper", test_one_helper);
  g_test_add_func ("/plugin/probe/no-helper", test_no_helper);
  g_test_add_func ("/plugin/probe/other-side-gone", test_other_side_gone);
  g_test_add_func ("/plugin/probe/text", test_text);
  return g_test_run ();
}
