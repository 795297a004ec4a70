/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-check-private.h"

#include "gw-module-file.h"
#include "gw-module-sql.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>

/* Texts between processes are lines of three fields. */
#define FIELD '\x1f'

static const struct
{
  const char *rule, *title, *mend;
} rules[] = {
  { "elf.note", N_ ("carries a note for this interface and this processor"),
    N_ ("Build it with GW_PLUGIN against the headers of this version, for this machine") },
  { "elf.exports", N_ ("exports one symbol, gw_plugin_0"),
    N_ ("Compile with -fvisibility=hidden; make other functions static") },
  { "elf.constructors", N_ ("runs nothing while it is loaded"),
    N_ ("Move what a constructor does into activate") },
  { "elf.stack", N_ ("has no executable stack"), N_ ("Link with -Wl,-z,noexecstack") },
  { "elf.text", N_ ("has no relocations in its code"), N_ ("Compile with -fPIC") },
  { "elf.relro", N_ ("is read-only and bound once it is loaded"),
    N_ ("Link with -Wl,-z,relro,-z,now") },
  { "elf.path", N_ ("names no folder to look for libraries"), N_ ("Link without -rpath") },
  { "elf.links", N_ ("links the C library and GLib's family at most"),
    N_ ("Drop the library; ask the program for what it offers by interface") },
  { "load.opens", N_ ("can be loaded, with all its symbols"),
    N_ ("Link what it uses, or take the use out") },
  { "load.survives", N_ ("lets the program live while it is loaded"),
    N_ ("Run it under a debugger: load the file with dlopen (RTLD_NOW)") },
  { "load.quick", N_ ("is loaded in under 20 ms of processor time"),
    N_ ("Do nothing in constructors; keep tables static and const") },
  { "tables.valid", N_ ("its tables keep the rules"), N_ ("Mend the row that is named") },
  { "tables.new", N_ ("uses nothing newer than this program"),
    N_ ("Leave the member unset, or ask for a newer program") },
  { "privacy.fields", N_ ("each field has a class, and none holds what may not be held"),
    N_ ("Choose OPEN, INTERNAL, RESTRICTED or VAULT; leave out what identifies a person") },
  { "privacy.min-cell", N_ ("figures hide cells under 5"), N_ ("Set min_cell to 5 or more") },
  { "sql.allowed", N_ ("its SQL runs in an empty file and touches nothing that is not its own"),
    N_ ("Keep to your own tables and the columns that the message names") },
  { "texts.about", N_ ("names its licence and its home"), N_ ("Set license and homepage") },
  { "texts.domain", N_ ("can be translated"),
    N_ ("Set gettext_domain and ship a Chinese catalogue") },
  { "list.columns", N_ ("each record type shows a field in its list"),
    N_ ("Give one or two fields the flag GW_IN_LIST") },
  { "code.extensions", N_ ("answers NULL for extensions it does not know"),
    N_ ("Compare the id and return NULL at the end of get_extension") },
  { "code.activate", N_ ("starts in a program that offers nothing, or says why not"),
    N_ ("Test every interface for NULL; set the error when activate returns FALSE") },
  { "code.rounds", N_ ("gives back what it takes, 200 times"),
    N_ ("Free in deactivate what activate made") },
};

const char *
gw_check_get_rule (guint i)
{
  return i < G_N_ELEMENTS (rules) ? rules[i].rule : NULL;
}

const char *
gw_check_get_title (const char *rule)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].rule, rule))
      return _ (rules[i].title);
  g_return_val_if_reached (NULL);
}

const char *
gw_check_get_mend (const char *rule)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (g_str_equal (rules[i].rule, rule))
      return _ (rules[i].mend);
  g_return_val_if_reached (NULL);
}

/* ---- findings ---- */

static void
finding_free (GwFinding *finding)
{
  g_free (finding->text);
  g_free (finding);
}

static GPtrArray *
findings_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)finding_free);
}

static void
add (GPtrArray *findings, const char *rule, GwCheckResult result, char *text)
{
  GwFinding *finding = g_new0 (GwFinding, 1);

  finding->rule = rule;
  finding->result = result;
  finding->text = text;
  g_ptr_array_add (findings, finding);
}

void
gw_check_add (GPtrArray *findings, const char *rule, GwCheckResult result, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  add (findings, rule, result, g_strdup_vprintf (format, values));
  va_end (values);
}

void
gw_check_pass (GPtrArray *findings, const char *rule)
{
  add (findings, rule, GW_CHECK_PASS, g_strdup (""));
}

static guint
place_of (const char *rule)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (rules) && !g_str_equal (rules[i].rule, rule))
    i++;
  return i;
}

static gint
compare_places (gconstpointer a, gconstpointer b)
{
  const GwFinding *left = *(const GwFinding *const *)a;
  const GwFinding *right = *(const GwFinding *const *)b;

  return (gint)place_of (left->rule) - (gint)place_of (right->rule);
}

/* ---- to a child and back ---- */

typedef struct
{
  void (*check) (GPtrArray *findings, const char *path);
  const char *path;
} Job;

static GwVerdict *
run_job (gpointer data)
{
  const Job *job = data;
  g_autoptr (GPtrArray) findings = findings_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  job->check (findings, job->path);
  for (guint i = 0; i < findings->len; i++)
    {
      const GwFinding *finding = g_ptr_array_index (findings, i);

      g_string_append_printf (text, "%s%c%u%c", finding->rule, FIELD, finding->result, FIELD);
      /* One line each: what stands in a module's text may be anything. */
      for (const char *at = finding->text; *at != '\0'; at++)
        g_string_append_c (text, *at == '\n' || *at == FIELD ? ' ' : *at);
      g_string_append_c (text, '\n');
    }
  return gw_verdict_new (GW_VERDICT_REFUSED, 0, text->str);
}

static void
read_findings (GPtrArray *findings, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      const char separator[] = { FIELD, '\0' };
      g_auto (GStrv) fields = g_strsplit (*line, separator, 3);
      guint64 result = 0;

      if (g_strv_length (fields) == 3 && place_of (fields[0]) < G_N_ELEMENTS (rules) &&
          g_ascii_string_to_unsigned (fields[1], 10, 0, GW_N_CHECKS - 1, &result, NULL))
        add (findings, rules[place_of (fields[0])].rule, (GwCheckResult)result,
             g_strdup (fields[2]));
    }
}

/* FALSE when the child did not live to tell. */
static gboolean
check_apart (GPtrArray *findings,
             const char *path,
             void (*check) (GPtrArray *findings, const char *path),
             const char *rule)
{
  Job job = { check, path };
  g_autoptr (GwVerdict) verdict = gw_probe_apart (run_job, &job);
  g_autofree char *message = gw_verdict_dup_message (verdict);

  if (verdict->kind == GW_VERDICT_REFUSED)
    {
      read_findings (findings, verdict->reason);
      return TRUE;
    }
  gw_check_add (findings, rule, GW_CHECK_FAIL, "%s", message);
  return FALSE;
}

static gboolean
has_failed (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    if (((const GwFinding *)g_ptr_array_index (findings, i))->result == GW_CHECK_FAIL)
      return TRUE;
  return FALSE;
}

GPtrArray *
gw_check_module (const char *path)
{
  GPtrArray *findings = findings_new ();

  if (gw_check_elf (findings, path) &&
      check_apart (findings, path, gw_check_tables, "load.survives"))
    {
      gw_check_pass (findings, "load.survives");
      /* What cannot be loaded is not run. */
      if (!has_failed (findings))
        (void)check_apart (findings, path, gw_check_code, "code.activate");
    }
  g_ptr_array_sort (findings, compare_places);
  return findings;
}

/* ---- what the module looks at ---- */

/* The words before "=" inside count(…): parts of a matter. What SQL reads, SQLite itself tells. */
static void
collect (GHashTable *reads, const char *expression)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\b([a-z_]+)=", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (expression == NULL)
    return;
  for (g_regex_match (regex, expression, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *word = g_match_info_fetch (match, 1);

      g_hash_table_add (reads, g_strconcat ("matter.", word, NULL));
    }
}

static GwVerdict *
read_job (gpointer path)
{
  g_autoptr (GHashTable) reads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) columns = NULL;
  g_autofree const char **names = NULL;
  g_autoptr (GwModuleSpec) spec = NULL;
  g_autofree char *text = NULL;
  GwNote note;

  if (gw_note_read (path, &note, NULL))
    spec = gw_module_file_load (path, &note, NULL, NULL);
  if (spec == NULL || !gw_module_sql_try (spec, &columns, NULL))
    return gw_verdict_new (GW_VERDICT_SILENT, 0, NULL);
  for (char **column = columns; *column != NULL; column++)
    g_hash_table_add (reads, g_strdup (*column));
  for (guint i = 0; i < spec->indicators->len; i++)
    collect (reads, ((const GwIndicatorSpec *)g_ptr_array_index (spec->indicators, i))->expression);
  for (guint i = 0; i < spec->layers->len; i++)
    collect (reads, ((const GwLayerSpec *)g_ptr_array_index (spec->layers, i))->expression);
  names = (const char **)g_hash_table_get_keys_as_array (reads, NULL);
  text = g_strjoinv (" ", (char **)names);
  return gw_verdict_new (GW_VERDICT_REFUSED, 0, text);
}

static gint
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

GStrv
gw_check_dup_reads (const char *path)
{
  g_autoptr (GwVerdict) verdict = gw_probe_apart (read_job, (gpointer)path);
  GStrv names;

  if (verdict->kind != GW_VERDICT_REFUSED)
    return NULL;
  names = g_strsplit (verdict->reason, " ", -1);
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  return names;
}
