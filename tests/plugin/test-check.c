/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each rule of the check has a module that breaks it, and only it. */
#include "gw-check.h"

#include <string.h>

static GPtrArray *
check (const char *fixture)
{
  g_autofree char *name = g_strconcat (fixture, ".so", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("GW_TEST_FIXTURES"), name, NULL);

  return gw_check_module (path);
}

static const GwFinding *
find (GPtrArray *findings, const char *rule)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const GwFinding *finding = g_ptr_array_index (findings, i);

      if (g_str_equal (finding->rule, rule))
        return finding;
    }
  return NULL;
}

static void
test_broken (void)
{
  static const struct
  {
    const char *fixture, *rule;
    GwCheckResult result;
    const char *says;
  } cases[] = {
    { "activate-crash", "code.activate", GW_CHECK_FAIL, "killed by signal 11" },
    { "activate-deep", "code.activate", GW_CHECK_FAIL, "killed by signal 11" },
    { "activate-exit", "code.activate", GW_CHECK_FAIL, "ended without an answer" },
    { "activate-leak", "code.rounds", GW_CHECK_FAIL, "bytes are left of each round" },
    { "activate-silent", "code.activate", GW_CHECK_FAIL, "FALSE without an error" },
    { "answers-all", "code.extensions", GW_CHECK_FAIL, "is answered" },
    { "begin-crash", "load.survives", GW_CHECK_FAIL, "killed by signal 11" },
    { "begin-exit", "load.survives", GW_CHECK_FAIL, "ended without an answer" },
    { "begin-loop", "elf.constructors", GW_CHECK_FAIL, ".init_array: 1" },
    { "exec-stack", "elf.stack", GW_CHECK_FAIL, "PT_GNU_STACK" },
    { "field-twice", "tables.valid", GW_CHECK_FAIL, "the field “title” stands there twice" },
    { "foreign-abi", "elf.note", GW_CHECK_FAIL, "built for plugin interface 9." },
    { "links-sqlite", "elf.links", GW_CHECK_FAIL, "libsqlite3" },
    { "missing-symbol", "load.opens", GW_CHECK_FAIL, "undefined symbol: gw_nobody_has_this" },
    { "missing-symbol", "elf.exports", GW_CHECK_FAIL, "gw_uses_it" },
    { "missing-symbol", "elf.relro", GW_CHECK_WARN, "DT_FLAGS" },
    { "newer-member", "tables.new", GW_CHECK_FAIL, "thing[1] uses a member" },
    { "no-note", "elf.note", GW_CHECK_FAIL, "no Gridwork note" },
    { "no-privacy", "privacy.fields", GW_CHECK_FAIL, "has no privacy class" },
    { "no-symbol", "elf.exports", GW_CHECK_FAIL, "gw_plugin_0 is missing" },
    { "run-path", "elf.path", GW_CHECK_FAIL, "/opt/lamps" },
    { "wild-pointer", "load.survives", GW_CHECK_FAIL, "killed by signal 11" },
    { "good", "texts.about", GW_CHECK_WARN, "homepage" },
    { "good", "texts.domain", GW_CHECK_WARN, "gettext_domain" },
    { "good", "list.columns", GW_CHECK_WARN, "test.good/thing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = check (cases[i].fixture);
      const GwFinding *finding = find (findings, cases[i].rule);

      g_test_message ("%s: %s", cases[i].fixture, finding != NULL ? finding->text : "no finding");
      g_assert_nonnull (finding);
      g_assert_cmpint (finding->result, ==, cases[i].result);
      g_assert_nonnull (strstr (finding->text, cases[i].says));
    }
}

/* What the SQL of a module does is tried in an empty file in memory. */
static void
test_sql (void)
{
  static const struct
  {
    const char *module, *says;
  } cases[] = {
    { "lamps", NULL },
    { "lamps-bad-step", "migration 2: " },
    { "lamps-bad-figure", "key_place” is a restricted field" },
    { "lamps-private", "reading “matter.title”" },
    { "lamps-rename", "schema outside m_lmp_*" },
    { "lamps-trigger", "CREATE TRIGGER is not for modules" },
    { "lamps-write", "“matter” is not a name of this module" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path =
          g_strdup_printf ("%s/%s.so", g_getenv ("GW_TEST_MODULE_DIR"), cases[i].module);
      g_autoptr (GPtrArray) findings = gw_check_module (path);
      const GwFinding *finding = find (findings, "sql.allowed");

      g_assert_nonnull (finding);
      g_test_message ("%s: %s", cases[i].module, finding->text);
      g_assert_cmpint (finding->result, ==, cases[i].says != NULL ? GW_CHECK_FAIL : GW_CHECK_PASS);
      if (cases[i].says != NULL)
        g_assert_nonnull (strstr (finding->text, cases[i].says));
    }
}

/* Every shared column that the SQL reads, as SQLite told it while compiling. */
static void
test_reads (void)
{
  g_autofree char *path = g_strdup_printf ("%s/lamps.so", g_getenv ("GW_TEST_MODULE_DIR"));
  g_auto (GStrv) reads = gw_check_dup_reads (path);

  g_assert_nonnull (reads);
  g_assert_true (g_strv_contains ((const char *const *)reads, "matter.area"));
  g_assert_true (g_strv_contains ((const char *const *)reads, "matter.reported"));
}

/* Every rule passes for a module that is as it should be. */
static void
test_good (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("GW_TEST_MODULES"), "risk-dispute.so", NULL);
  g_autoptr (GPtrArray) findings = gw_check_module (path);
  g_auto (GStrv) reads = gw_check_dup_reads (path);

  for (guint i = 0; gw_check_get_rule (i) != NULL; i++)
    {
      const GwFinding *finding = find (findings, gw_check_get_rule (i));

      g_assert_nonnull (finding);
      g_assert_cmpint (finding->result, ==, GW_CHECK_PASS);
      g_assert_cmpstr (finding->rule, ==, ((GwFinding *)g_ptr_array_index (findings, i))->rule);
      g_assert_nonnull (gw_check_get_title (finding->rule));
      g_assert_nonnull (gw_check_get_mend (finding->rule));
    }
  g_assert_true (g_strv_contains ((const char *const *)reads, "matter.state"));
}

/* A module that was built with the header of a release long ago is as good as it was then. */
static void
test_frozen (void)
{
  g_autoptr (GPtrArray) findings = gw_check_module (g_getenv ("GW_TEST_FROZEN"));

  g_assert_cmpint (find (findings, "tables.valid")->result, ==, GW_CHECK_PASS);
  for (guint i = 0; i < findings->len; i++)
    g_assert_cmpint (((GwFinding *)g_ptr_array_index (findings, i))->result, !=, GW_CHECK_FAIL);
}

/* A fault of the file takes nothing else with it. */
static void
test_alone (void)
{
  static const char *const fixtures[] = { "exec-stack", "links-sqlite", "run-path" };

  for (guint i = 0; i < G_N_ELEMENTS (fixtures); i++)
    {
      g_autoptr (GPtrArray) findings = check (fixtures[i]);
      guint failed = 0;

      for (guint j = 0; j < findings->len; j++)
        failed += ((GwFinding *)g_ptr_array_index (findings, j))->result == GW_CHECK_FAIL;
      g_assert_cmpuint (failed, ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plugin/check/broken", test_broken);
  g_test_add_func ("/plugin/check/sql", test_sql);
  g_test_add_func ("/plugin/check/reads", test_reads);
  g_test_add_func ("/plugin/check/good", test_good);
  g_test_add_func ("/plugin/check/frozen", test_frozen);
  g_test_add_func ("/plugin/check/alone", test_alone);
  return g_test_run ();
}
