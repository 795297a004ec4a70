/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells what is wrong with a module, rule by rule. */

#include "gw-check.h"
#include "gw-config.h"
#include "gw-locale.h"
#include "gw-paths.h"
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <stdio.h>

enum
{
  EXIT_GOOD = 0,
  EXIT_FAULTY = 1,
  EXIT_USAGE = 2
};

static const char *const results[GW_N_CHECKS] = { "pass", "warn", "fail" };

static void
count (GPtrArray *findings, guint counts[GW_N_CHECKS])
{
  for (guint i = 0; i < GW_N_CHECKS; i++)
    counts[i] = 0;
  for (guint i = 0; i < findings->len; i++)
    counts[((const GwFinding *)g_ptr_array_index (findings, i))->result]++;
}

/* ---- for people ---- */

static void
print_finding (const GwFinding *finding, gboolean quiet)
{
  g_autofree char *word = g_ascii_strup (results[finding->result], -1);

  if (finding->result == GW_CHECK_PASS)
    {
      if (!quiet)
        printf ("%s %-18s %s\n", word, finding->rule, gw_check_get_title (finding->rule));
      return;
    }
  printf ("%s %-18s %s\n", word, finding->rule, finding->text);
  printf ("     %-18s %s\n", "", gw_check_get_mend (finding->rule));
}

static void
print_text (const char *path, GPtrArray *findings, const char *const *reads, gboolean quiet)
{
  guint counts[GW_N_CHECKS];

  printf ("%s\n", path);
  for (guint i = 0; i < findings->len; i++)
    print_finding (g_ptr_array_index (findings, i), quiet);
  if (reads != NULL)
    {
      g_autofree char *list = g_strjoinv (", ", (char **)reads);

      printf (_ ("Data access: %s\n"), *list != '\0' ? list : _ ("nothing"));
    }
  count (findings, counts);
  printf (_ ("%u passed, %u warnings, %u failed\n"), counts[GW_CHECK_PASS], counts[GW_CHECK_WARN],
          counts[GW_CHECK_FAIL]);
}

/* ---- for programs ---- */

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void
add_module (JsonBuilder *builder, const char *path, GPtrArray *findings, const char *const *reads)
{
  json_builder_begin_object (builder);
  add_string (builder, "module", path);
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    {
      const GwFinding *finding = g_ptr_array_index (findings, i);

      json_builder_begin_object (builder);
      add_string (builder, "rule", finding->rule);
      add_string (builder, "result", results[finding->result]);
      add_string (builder, "found", finding->text);
      if (finding->result != GW_CHECK_PASS)
        add_string (builder, "mend", gw_check_get_mend (finding->rule));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "reads");
  json_builder_begin_array (builder);
  for (; reads != NULL && *reads != NULL; reads++)
    json_builder_add_string_value (builder, *reads);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
print_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, TRUE);

  puts (text);
}

static int
check_all (char **paths, gboolean quiet, JsonBuilder *builder)
{
  int status = EXIT_GOOD;

  for (char **path = paths; *path != NULL; path++)
    {
      g_autoptr (GPtrArray) findings = gw_check_module (*path);
      guint counts[GW_N_CHECKS];
      g_auto (GStrv) reads = NULL;

      count (findings, counts);
      if (counts[GW_CHECK_FAIL] > 0)
        status = EXIT_FAULTY;
      else
        reads = gw_check_dup_reads (*path);
      if (builder != NULL)
        add_module (builder, *path, findings, (const char *const *)reads);
      else
        print_text (*path, findings, (const char *const *)reads, quiet);
    }
  return status;
}

static void
list_rules (void)
{
  for (guint i = 0; gw_check_get_rule (i) != NULL; i++)
    printf ("%-18s %s\n", gw_check_get_rule (i), gw_check_get_title (gw_check_get_rule (i)));
}

int
main (int argc, char **argv)
{
  gboolean json = FALSE, quiet = FALSE, list = FALSE;
  g_auto (GStrv) paths = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one JSON document"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, N_ ("Do not print what passed"), NULL },
    { "list", 0, 0, G_OPTION_ARG_NONE, &list, N_ ("Print the rules and end"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, NULL },
    { NULL }
  };
  g_autofree char *folder = gw_path_locale ();
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  gw_locale_init (folder);
  context = g_option_context_new (_ ("MODULE.so… – check a module of Gridwork"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error) || (paths == NULL && !list))
    {
      g_printerr ("gridwork-plugin-check: %s\n",
                  error != NULL ? error->message : _ ("name a module"));
      return EXIT_USAGE;
    }
  if (list)
    {
      list_rules ();
      return EXIT_GOOD;
    }
  builder = json ? json_builder_new () : NULL;
  if (builder != NULL)
    json_builder_begin_array (builder);
  status = check_all (paths, quiet, builder);
  if (builder != NULL)
    {
      json_builder_end_array (builder);
      print_json (builder);
    }
  return status;
}
