/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-cli.h"

#include "gw-config.h"
#include "gw-locale.h"
#include "gw-paths.h"
#include <glib/gi18n.h>

static const struct
{
  const char *name;
  guint min, max; /* arguments after the name */
  const char *usage;
  GwCliFunc run;
} commands[] = {
  { "demo", 1, 1, "demo FILE [--rows N] [--seed S]", gw_cli_demo },
  { "figures", 1, 1, "figures FILE [--area CODE] [--type T]", gw_cli_figures },
  { "import", 2, 2,
    "import FILE --type TYPE INPUT [--crs CRS] [--encoding E] [--sheet S] [--dry-run]",
    gw_cli_import },
  { "undo", 2, 2, "undo FILE BATCH", gw_cli_undo },
  { "list", 1, 1, "list FILE [--type T] [--state S] [--area CODE] [--text Q] [--limit N]",
    gw_cli_list },
  { "show", 2, 2, "show FILE NUMBER", gw_cli_show },
  { "verb", 3, 3, "verb FILE NUMBER VERB [--org CODE] [--reason TEXT] …", gw_cli_verb },
  { "export", 2, 2, "export FILE OUTPUT [--purpose TEXT]", gw_cli_export },
  { "verify", 1, 1, "verify FILE", gw_cli_verify },
  { "backup", 2, 2, "backup FILE OUTPUT", gw_cli_backup },
  { "modules", 0, 0, "modules", gw_cli_modules },
  { "enable", 1, 1, "enable MODULE", gw_cli_enable },
  { "disable", 1, 1, "disable MODULE", gw_cli_disable },
  { "retry", 1, 1, "retry MODULE", gw_cli_retry },
};

static GwExit
usage (void)
{
  g_printerr ("%s\n", _ ("Usage: gridwork-cli [OPTION…] COMMAND FILE …"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_printerr ("  gridwork-cli %s\n", commands[i].usage);
  g_printerr ("%s\n", _ ("See gridwork-cli --help and the manual page gridwork-cli(1)."));
  return GW_EXIT_UNUSABLE;
}

static GwExit
run (const GwCliOptions *options)
{
  guint n = options->arguments != NULL ? g_strv_length (options->arguments) : 0;

  for (guint i = 0; n > 0 && i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, options->arguments[0]))
      {
        if (n - 1 < commands[i].min || n - 1 > commands[i].max)
          break;
        return commands[i].run (options, options->arguments + 1, n - 1);
      }
  return usage ();
}

static void
options_clear (GwCliOptions *o)
{
  char *texts[] = { o->as,     o->clock,  o->type,        o->state,     o->area,
                    o->text,   o->crs,    o->encoding,    o->sheet,     o->purpose,
                    o->org,    o->reason, o->reason_code, o->other_way, o->result,
                    o->answer, o->solved, o->channel,     o->note,      o->master };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_strfreev (o->set);
  g_strfreev (o->arguments);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GwCliOptions, options_clear)

int
main (int argc, char **argv)
{
  g_auto (GwCliOptions) o = { .limit = 50 };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &o.json, N_ ("Print one JSON document"), NULL },
    { "safe-mode", 0, 0, G_OPTION_ARG_NONE, &o.safe_mode, N_ ("Start without modules"), NULL },
    { "as", 0, 0, G_OPTION_ARG_STRING, &o.as, N_ ("Account and role to work as"), "LOGIN[:ROLE]" },
    { "test-clock", 0, 0, G_OPTION_ARG_STRING, &o.clock, N_ ("Work at that time"), "TIME" },
    { "rows", 0, 0, G_OPTION_ARG_INT64, &o.rows, N_ ("demo: number of matters"), "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &o.seed, N_ ("demo: seed"), "S" },
    { "type", 0, 0, G_OPTION_ARG_STRING, &o.type, N_ ("Kind of matter"), "TYPE" },
    { "state", 0, 0, G_OPTION_ARG_STRING, &o.state, N_ ("States, parted by commas"), "STATE" },
    { "area", 0, 0, G_OPTION_ARG_STRING, &o.area, N_ ("Area and all below it"), "CODE" },
    { "text", 0, 0, G_OPTION_ARG_STRING, &o.text, N_ ("Words, initials, number or case code"),
      "Q" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &o.limit, N_ ("list: at most so many rows (50)"), "N" },
    { "crs", 0, 0, G_OPTION_ARG_STRING, &o.crs, N_ ("import: wgs84, gcj02, bd09 or cgcs2000"),
      "CRS" },
    { "encoding", 0, 0, G_OPTION_ARG_STRING, &o.encoding,
      N_ ("import: utf-8, gb18030, utf-16, utf-16le or utf-16be"), "ENCODING" },
    { "sheet", 0, 0, G_OPTION_ARG_STRING, &o.sheet, N_ ("import: name of the sheet"), "SHEET" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &o.dry_run, N_ ("import: check only"), NULL },
    { "purpose", 0, 0, G_OPTION_ARG_STRING, &o.purpose, N_ ("export: what for"), "TEXT" },
    { "org", 0, 0, G_OPTION_ARG_STRING, &o.org, N_ ("verb: code or name of the unit"), "CODE" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &o.reason, N_ ("verb: reason in words"), "TEXT" },
    { "reason-code", 0, 0, G_OPTION_ARG_STRING, &o.reason_code, N_ ("verb: reason of the list"),
      "ID" },
    { "other-way", 0, 0, G_OPTION_ARG_STRING, &o.other_way, N_ ("reject: the other lawful way"),
      "ID" },
    { "result", 0, 0, G_OPTION_ARG_STRING, &o.result, N_ ("done: what was done"), "TEXT" },
    { "answer", 0, 0, G_OPTION_ARG_STRING, &o.answer, N_ ("record: answer of the call-back"),
      "ID" },
    { "solved", 0, 0, G_OPTION_ARG_STRING, &o.solved, N_ ("record: yes, partly, no, unknown"),
      "ID" },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &o.channel, N_ ("record: visit, phone, online"), "ID" },
    { "days", 0, 0, G_OPTION_ARG_INT, &o.days, N_ ("pause: 1 to 30"), "N" },
    { "level", 0, 0, G_OPTION_ARG_INT, &o.level, N_ ("transfer: 1 to 3"), "N" },
    { "master", 0, 0, G_OPTION_ARG_STRING, &o.master, N_ ("merge: number of the master"),
      "NUMBER" },
    { "note", 0, 0, G_OPTION_ARG_STRING, &o.note, N_ ("verb: a note"), "TEXT" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o.set, N_ ("correct: new value"), "FIELD=VALUE" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &o.arguments, NULL, NULL },
    { NULL }
  };
  g_autofree char *locale_dir = gw_path_locale ();
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;

  gw_locale_init (locale_dir);
  context = g_option_context_new (_ ("COMMAND FILE … – work on a Gridwork file without a screen"));
  g_option_context_add_main_entries (context, entries, GW_GETTEXT_DOMAIN);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("gridwork-cli: %s\n", error->message);
      return GW_EXIT_UNUSABLE;
    }
  return (int)run (&o);
}
