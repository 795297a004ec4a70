/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-matter.h"

static void
test_copy_is_deep (void)
{
  g_autoptr (GwMatter) matter = gw_matter_new ();
  g_autoptr (GwMatter) copy = NULL;

  matter->id = 4;
  matter->title = g_strdup ("title");
  matter->number = g_strdup ("510903-DIS-2026-000001");
  matter->values = gw_values_new ();
  g_hash_table_insert (matter->values, g_strdup ("dtype"), g_strdup ("labour"));

  copy = gw_matter_copy (matter);
  g_hash_table_insert (matter->values, g_strdup ("dtype"), g_strdup ("medical"));
  matter->title[0] = 'X';
  g_assert_cmpint (copy->id, ==, 4);
  g_assert_cmpstr (copy->title, ==, "title");
  g_assert_cmpstr (copy->number, ==, matter->number);
  g_assert_cmpstr (g_hash_table_lookup (copy->values, "dtype"), ==, "labour");
  g_assert_null (copy->result);
}

static void
test_free_takes_nothing (void)
{
  gw_matter_free (NULL);
  gw_assignment_free (NULL);
  gw_event_free (NULL);
  gw_verb_request_free (NULL);
  gw_intake_free (NULL);
  gw_area_free (NULL);
  gw_org_free (NULL);
  gw_account_free (NULL);
  g_assert_null (gw_values_copy (NULL));
}

static void
test_org_kinds (void)
{
  g_assert_cmpuint (g_strv_length ((char **)gw_org_kinds ()), ==, 15); /* domain.md 4b.1 */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matter/copy-is-deep", test_copy_is_deep);
  g_test_add_func ("/matter/free-takes-nothing", test_free_takes_nothing);
  g_test_add_func ("/matter/org-kinds", test_org_kinds);
  return g_test_run ();
}
