/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-cli.h"

#include "gw-demo.h"
#include "gw-error.h"
#include "gw-import-plan.h"
#include "gw-session-bus.h"
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

/* A line that rewrites itself is for people at a terminal only. */
static void
progress_cb (double fraction, gpointer data)
{
  if (isatty (STDERR_FILENO))
    g_printerr ("\r%3.0f %%%s", fraction * 100, fraction >= 1 ? "\n" : "");
}

/* ---- demo ---- */

GwExit
gw_cli_demo (const GwCliOptions *options, char **arguments, guint n)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *fingerprint = NULL;

  if (options->rows < 0)
    {
      g_printerr ("gridwork-cli: %s\n", _ ("--rows: give a number from 1"));
      return GW_EXIT_UNUSABLE;
    }
  if (!gw_demo_create (arguments[0], (guint64)options->rows, (guint64)options->seed, progress_cb,
                       NULL, NULL, &error))
    return gw_cli_fail (options, error);
  fingerprint = gw_demo_fingerprint (arguments[0], &error);
  if (fingerprint == NULL)
    return gw_cli_fail (options, error);
  if (options->json)
    {
      JsonBuilder *builder = json_builder_new ();

      json_builder_begin_object (builder);
      gw_cli_json_string (builder, "file", arguments[0]);
      gw_cli_json_string (builder, "fingerprint", fingerprint);
      json_builder_end_object (builder);
      gw_cli_print_json (builder);
    }
  else
    g_print (_ ("%s made, fingerprint %s\n"), arguments[0], fingerprint);
  return GW_EXIT_DONE;
}

/* ---- verb ---- */

static gboolean
find_org (GwSession *session, const char *text, guint32 *id, GError **error)
{
  GPtrArray *orgs = gw_session_get_orgs (session);

  for (guint i = 1; i < orgs->len; i++)
    {
      const GwOrg *org = g_ptr_array_index (orgs, i);

      if (org != NULL && (g_str_equal (org->code, text) || g_str_equal (org->name, text)))
        {
          *id = org->id;
          return TRUE;
        }
    }
  return gw_throw (error, GW_ERROR_NOT_FOUND, _ ("--org: there is no organisation “%s”"), text);
}

static gboolean
add_changes (GwVerbRequest *request, char **set, GError **error)
{
  request->changes = gw_values_new ();
  for (char **pair = set; pair != NULL && *pair != NULL; pair++)
    {
      char *equals = strchr (*pair, '=');

      if (equals == NULL || equals == *pair)
        return gw_throw (error, GW_ERROR_INVALID, _ ("--set: “%s” is not FIELD=VALUE"), *pair);
      g_hash_table_insert (request->changes, g_strndup (*pair, (gsize)(equals - *pair)),
                           equals[1] != '\0' ? g_strdup (equals + 1) : NULL);
    }
  return TRUE;
}

static GwVerbRequest *
request_of (const GwCliOptions *options, GwSession *session, char **arguments, GError **error)
{
  g_autoptr (GwVerbRequest) request = NULL;
  gint64 id = gw_session_find_sync (session, arguments[1], error);
  GwVerb verb;

  if (id == 0)
    return NULL;
  if (!gw_verb_from_id (arguments[2], &verb))
    return gw_throw_null (error, GW_ERROR_INVALID, _ ("there is no verb “%s”"), arguments[2]);
  request = gw_verb_request_new (id, verb);
  request->days = (guint)MAX (options->days, 0);
  request->level = options->level;
  request->reason = g_strdup (options->reason);
  request->reason_code = g_strdup (options->reason_code);
  request->other_way = g_strdup (options->other_way);
  request->result = g_strdup (options->result);
  request->answer = g_strdup (options->answer);
  request->solved = g_strdup (options->solved);
  request->channel = g_strdup (options->channel);
  request->note = g_strdup (options->note);
  if (options->org != NULL && !find_org (session, options->org, &request->org, error))
    return NULL;
  if (options->master != NULL &&
      (request->master = gw_session_find_sync (session, options->master, error)) == 0)
    return NULL;
  if (verb == GW_VERB_CORRECT && !add_changes (request, options->set, error))
    return NULL;
  return g_steal_pointer (&request);
}

static GwExit
print_state (const GwCliOptions *options, const char *number, const char *state)
{
  GwMatterState parsed;

  if (options->json)
    {
      JsonBuilder *builder = json_builder_new ();

      json_builder_begin_object (builder);
      gw_cli_json_string (builder, "number", number);
      gw_cli_json_string (builder, "state", state);
      json_builder_end_object (builder);
      gw_cli_print_json (builder);
    }
  else
    g_print ("%s  %s\n", number,
             gw_state_from_id (state, &parsed) ? gw_state_label (parsed) : state);
  return GW_EXIT_DONE;
}

/* The window of the same user holds the file: the verb goes through it, in the seat that sits
 * there. */
static GwExit
verb_over_bus (const GwCliOptions *options, GwSession *session, char **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwVerbRequest) request = request_of (options, session, arguments, &error);
  g_autofree char *state = NULL;

  if (request == NULL)
    return gw_cli_fail (options, error);
  state = gw_session_bus_apply_sync (gw_session_get_path (session), arguments[1], request, &error);
  return state != NULL ? print_state (options, arguments[1], state) : gw_cli_fail (options, error);
}

GwExit
gw_cli_verb (const GwCliOptions *options, char **arguments, guint n)
{
  GwExit status = GW_EXIT_DONE;
  g_autoptr (GwSession) session = gw_cli_open (options, arguments[0], 0, &status);
  g_autoptr (GError) error = NULL;
  g_autoptr (GwVerbRequest) request = NULL;
  g_autoptr (GwMatter) matter = NULL;

  if (session == NULL)
    return status;
  if (gw_session_is_read_only (session) && gw_session_get_holder (session) != NULL)
    return verb_over_bus (options, session, arguments);
  request = request_of (options, session, arguments, &error);
  matter = request != NULL ? gw_session_apply_sync (session, request, &error) : NULL;
  if (matter == NULL)
    return gw_cli_fail (options, error);
  return print_state (options, matter->number, gw_state_id (matter->state));
}

/* ---- import ---- */

static gboolean
set_crs (const GwCliOptions *options, GwImportPlan *plan, GError **error)
{
  GwCrs crs;

  if (options->crs == NULL)
    return TRUE;
  if (!gw_crs_from_id (options->crs, &crs))
    return gw_throw (error, GW_ERROR_INVALID,
                     _ ("--crs: “%s” is none of wgs84, gcj02, bd09, cgcs2000"), options->crs);
  return gw_import_plan_recheck_sync (plan, -1, NULL, crs, error);
}

#define MAX_PROBLEMS 200u

static void
problems_text (GwImportPlan *plan)
{
  GPtrArray *whole = gw_import_plan_get_file_problems (plan);
  guint shown = 0;

  for (guint i = 0; i < whole->len; i++)
    g_printerr ("%s\n", ((const GwRowProblem *)g_ptr_array_index (whole, i))->message);
  for (guint64 i = 0; i < gw_import_plan_n_rows (plan) && shown < MAX_PROBLEMS; i++)
    {
      GPtrArray *problems = gw_import_plan_get_problems (plan, i);

      for (guint j = 0; j < problems->len && shown < MAX_PROBLEMS; j++, shown++)
        {
          const GwRowProblem *problem = g_ptr_array_index (problems, j);

          g_printerr ("%s\n", problem->message);
        }
    }
}

static void
problem_json (JsonBuilder *builder, const GwRowProblem *problem)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "row");
  json_builder_add_int_value (builder, (gint64)problem->row);
  json_builder_set_member_name (builder, "column");
  json_builder_add_int_value (builder, problem->column);
  json_builder_set_member_name (builder, "fatal");
  json_builder_add_boolean_value (builder, problem->fatal);
  gw_cli_json_string (builder, "message", problem->message);
  json_builder_end_object (builder);
}

static void
problems_json (JsonBuilder *builder, GwImportPlan *plan)
{
  GPtrArray *whole = gw_import_plan_get_file_problems (plan);
  guint shown = 0;

  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < whole->len; i++)
    problem_json (builder, g_ptr_array_index (whole, i));
  for (guint64 i = 0; i < gw_import_plan_n_rows (plan) && shown < MAX_PROBLEMS; i++)
    {
      GPtrArray *problems = gw_import_plan_get_problems (plan, i);

      for (guint j = 0; j < problems->len && shown < MAX_PROBLEMS; j++, shown++)
        problem_json (builder, g_ptr_array_index (problems, j));
    }
  json_builder_end_array (builder);
}

static void
print_plan (
    const GwCliOptions *options, GwImportPlan *plan, gint64 batch, guint taken, guint refused)
{
  JsonBuilder *builder;

  if (!options->json)
    {
      problems_text (plan);
      g_print ("%s\n", gw_import_plan_get_format (plan));
      if (gw_import_plan_has_points (plan))
        g_print ("%s\n", gw_import_plan_get_crs_reason (plan));
      if (batch != 0)
        g_print (_ ("batch %ld: %u rows taken in, %u refused\n"), (long)batch, taken, refused);
      else
        g_print (_ ("%u rows can be taken in, %u are refused; nothing was written\n"), taken,
                 refused);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  gw_cli_json_string (builder, "format", gw_import_plan_get_format (plan));
  gw_cli_json_string (builder, "crs", gw_crs_to_id (gw_import_plan_get_crs (plan)));
  json_builder_set_member_name (builder, "batch");
  json_builder_add_int_value (builder, batch);
  json_builder_set_member_name (builder, "rows");
  json_builder_add_int_value (builder, taken);
  json_builder_set_member_name (builder, "refused");
  json_builder_add_int_value (builder, refused);
  problems_json (builder, plan);
  json_builder_end_object (builder);
  gw_cli_print_json (builder);
}

GwExit
gw_cli_import (const GwCliOptions *options, char **arguments, guint n)
{
  GwExit status = GW_EXIT_DONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSession) session = NULL;
  g_autoptr (GwImportPlan) plan = NULL;
  const GwImportChoice choice = { options->encoding, options->sheet };
  guint taken, refused;
  gint64 batch = 0;

  if (options->type == NULL)
    {
      g_printerr ("gridwork-cli: %s\n",
                  _ ("import: say what the rows are, for example --type risk.dispute/dispute"));
      return GW_EXIT_UNUSABLE;
    }
  session =
      gw_cli_open (options, arguments[0],
                   options->dry_run ? GW_SESSION_READ_ONLY : GW_SESSION_REQUIRE_WRITE, &status);
  if (session == NULL)
    return status;
  plan = gw_session_plan_import_sync (session, arguments[1], options->type, &choice, &error);
  if (plan == NULL || !set_crs (options, plan, &error))
    return gw_cli_fail (options, error);
  refused = (guint)gw_import_plan_n_verdict (plan, GW_ROW_REFUSED);
  taken = (guint)gw_import_plan_n_rows (plan) - refused;
  if (!options->dry_run && taken > 0)
    {
      batch = gw_session_commit_import_sync (session, plan, &taken, &refused, &error);
      if (batch == 0)
        return gw_cli_fail (options, error);
    }
  print_plan (options, plan, batch, taken, refused);
  return refused > 0 ? GW_EXIT_REFUSED : GW_EXIT_DONE;
}

GwExit
gw_cli_undo (const GwCliOptions *options, char **arguments, guint n)
{
  GwExit status = GW_EXIT_DONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSession) session =
      gw_cli_open (options, arguments[0], GW_SESSION_REQUIRE_WRITE, &status);
  guint withdrawn = 0, touched = 0;
  gint64 batch;

  if (session == NULL)
    return status;
  if (!g_ascii_string_to_signed (arguments[1], 10, 1, G_MAXINT64, &batch, &error) ||
      !gw_session_undo_batch_sync (session, batch, &withdrawn, &touched, &error))
    return gw_cli_fail (options, error);
  if (options->json)
    {
      JsonBuilder *builder = json_builder_new ();

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "withdrawn");
      json_builder_add_int_value (builder, withdrawn);
      json_builder_set_member_name (builder, "stayed");
      json_builder_add_int_value (builder, touched);
      json_builder_end_object (builder);
      gw_cli_print_json (builder);
    }
  else
    g_print (_ ("%u matters withdrawn, %u stay because somebody worked on them\n"), withdrawn,
             touched);
  return touched > 0 ? GW_EXIT_REFUSED : GW_EXIT_DONE;
}

/* ---- export, verify, backup ---- */

GwExit
gw_cli_export (const GwCliOptions *options, char **arguments, guint n)
{
  GwExit status = GW_EXIT_DONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSession) session =
      gw_cli_open (options, arguments[0], GW_SESSION_REQUIRE_WRITE, &status);
  g_autoptr (GwFilter) filter = session != NULL ? gw_cli_filter (options, session) : NULL;
  gint64 rows;

  if (filter == NULL)
    return session == NULL ? status : GW_EXIT_UNUSABLE;
  rows = gw_session_export_sync (session, filter, arguments[1],
                                 options->purpose != NULL ? options->purpose : _ ("command line"),
                                 &error);
  if (rows < 0)
    return gw_cli_fail (options, error);
  if (options->json)
    {
      JsonBuilder *builder = json_builder_new ();

      json_builder_begin_object (builder);
      gw_cli_json_string (builder, "file", arguments[1]);
      json_builder_set_member_name (builder, "rows");
      json_builder_add_int_value (builder, rows);
      json_builder_end_object (builder);
      gw_cli_print_json (builder);
    }
  else
    g_print (_ ("%ld matters written to %s\n"), (long)rows, arguments[1]);
  return GW_EXIT_DONE;
}

GwExit
gw_cli_verify (const GwCliOptions *options, char **arguments, guint n)
{
  GwExit status = GW_EXIT_DONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSession) session =
      gw_cli_open (options, arguments[0], GW_SESSION_READ_ONLY, &status);
  GwVerifyReport report = { 0 };
  gboolean accepted;

  if (session == NULL)
    return status;
  if (!gw_session_verify_sync (session, &report, &error))
    return gw_cli_fail (options, error);
  accepted = report.problem == NULL;
  if (options->json)
    {
      JsonBuilder *builder = json_builder_new ();

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "accepted");
      json_builder_add_boolean_value (builder, accepted);
      json_builder_set_member_name (builder, "events");
      json_builder_add_int_value (builder, report.events);
      json_builder_set_member_name (builder, "matters");
      json_builder_add_int_value (builder, report.matters);
      gw_cli_json_string (builder, "head", report.head);
      gw_cli_json_string (builder, "problem", report.problem);
      json_builder_end_object (builder);
      gw_cli_print_json (builder);
    }
  else if (accepted)
    g_print (_ ("accepted: %ld events, %ld matters, head %s\n"), (long)report.events,
             (long)report.matters, report.head);
  else
    g_print (_ ("NOT accepted, first at entry %ld: %s\n"), (long)report.first_bad, report.problem);
  gw_verify_report_clear (&report);
  return accepted ? GW_EXIT_DONE : GW_EXIT_REFUSED;
}

GwExit
gw_cli_backup (const GwCliOptions *options, char **arguments, guint n)
{
  GwExit status = GW_EXIT_DONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSession) session =
      gw_cli_open (options, arguments[0], GW_SESSION_READ_ONLY, &status);

  if (session == NULL)
    return status;
  if (!gw_session_backup_sync (session, arguments[1], &error))
    return gw_cli_fail (options, error);
  if (options->json)
    {
      JsonBuilder *builder = json_builder_new ();

      json_builder_begin_object (builder);
      gw_cli_json_string (builder, "file", arguments[1]);
      json_builder_end_object (builder);
      gw_cli_print_json (builder);
    }
  else
    g_print (_ ("checked copy written to %s\n"), arguments[1]);
  return GW_EXIT_DONE;
}
