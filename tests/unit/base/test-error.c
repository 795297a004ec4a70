/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-error.h"

static void
test_throw (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (gw_throw (&error, GW_ERROR_NOT_FOUND, "no matter with id %d", 7));
  g_assert_error (error, GW_ERROR, GW_ERROR_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "no matter with id 7");
  g_assert_false (gw_throw (NULL, GW_ERROR_FAILED, "nobody asks"));
}

static void
test_throw_null (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (gw_throw_null (&error, GW_ERROR_BUSY, "%s is open", "a.gridwork"));
  g_assert_error (error, GW_ERROR, GW_ERROR_BUSY);
  g_assert_cmpstr (error->message, ==, "a.gridwork is open");
}

static void
test_prefix_keeps_domain_and_code (void)
{
  g_autoptr (GError) error = NULL;

  gw_throw (&error, GW_ERROR_FULL, "no space, 100%% used");
  g_assert_false (gw_prefix (&error, "writing %s", "list.csv"));
  g_assert_error (error, GW_ERROR, GW_ERROR_FULL);
  g_assert_cmpstr (error->message, ==, "writing list.csv: no space, 100% used");
  g_assert_false (gw_prefix (NULL, "writing"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/throw", test_throw);
  g_test_add_func ("/error/throw-null", test_throw_null);
  g_test_add_func ("/error/prefix-keeps-domain-and-code", test_prefix_keeps_domain_and_code);
  return g_test_run ();
}
