/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-cli.h"

#include <glib/gi18n.h>
#include <math.h>

/* ---- figures ---- */

static void
figures_json (GPtrArray *figures, gboolean demo)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "demo");
  json_builder_add_boolean_value (builder, demo);
  json_builder_set_member_name (builder, "figures");
  json_builder_begin_array (builder);
  for (guint i = 0; i < figures->len; i++)
    {
      const GwFigure *figure = g_ptr_array_index (figures, i);

      json_builder_begin_object (builder);
      gw_cli_json_string (builder, "id", figure->id);
      gw_cli_json_string (builder, "label", figure->label);
      gw_cli_json_string (builder, "value", figure->value);
      gw_cli_json_string (builder, "unit", figure->unit);
      gw_cli_json_string (builder, "filter", figure->filter);
      json_builder_set_member_name (builder, "number");
      if (isnan (figure->number))
        json_builder_add_null_value (builder);
      else
        json_builder_add_double_value (builder, figure->number);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  gw_cli_print_json (builder);
}

GwExit
gw_cli_figures (const GwCliOptions *options, char **arguments, guint n)
{
  GwExit status = GW_EXIT_DONE;
  g_autoptr (GwSession) session =
      gw_cli_open (options, arguments[0], GW_SESSION_READ_ONLY, &status);
  g_autoptr (GwFilter) filter = session != NULL ? gw_cli_filter (options, session) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) figures = NULL;

  if (filter == NULL)
    return session == NULL ? status : GW_EXIT_UNUSABLE;
  figures = gw_session_figures_sync (session, filter, &error);
  if (figures == NULL)
    return gw_cli_fail (options, error);
  if (options->json)
    {
      figures_json (figures, gw_session_is_demo (session));
      return GW_EXIT_DONE;
    }
  if (gw_session_is_demo (session))
    g_print ("%s\n", _ ("Demonstration data: synthetic matters, schematic borders"));
  for (guint i = 0; i < figures->len; i++)
    {
      const GwFigure *figure = g_ptr_array_index (figures, i);

      g_print ("%-24s %14s %s\t%s\n", figure->id, figure->value, figure->unit, figure->label);
    }
  return GW_EXIT_DONE;
}

/* ---- list ---- */

static void
row_json (JsonBuilder *builder, GwSession *session, const GwMatter *row)
{
  GPtrArray *types = gw_session_get_types (session);
  const GwTypeSpec *type = row->type < types->len ? g_ptr_array_index (types, row->type) : NULL;
  const GwArea *area = gw_area_tree_get (gw_session_get_areas (session), row->area);
  g_autofree char *reported = gw_time_format_iso (row->reported);
  g_autofree char *due = row->due != 0 ? gw_time_format_iso (row->due) : NULL;

  gw_cli_json_string (builder, "number", row->number);
  gw_cli_json_string (builder, "case_code", row->case_code);
  gw_cli_json_string (builder, "type", type != NULL ? type->key : NULL);
  gw_cli_json_string (builder, "state", gw_state_id (row->state));
  gw_cli_json_string (builder, "title", row->title);
  gw_cli_json_string (builder, "area", area != NULL ? area->code : NULL);
  gw_cli_json_string (builder, "reported", reported);
  gw_cli_json_string (builder, "due", due);
}

static void
print_rows (const GwCliOptions *options,
            GwSession *session,
            const GwSelection *selection,
            GPtrArray *rows)
{
  JsonBuilder *builder = options->json ? json_builder_new () : NULL;

  if (builder != NULL)
    {
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "total");
      json_builder_add_int_value (builder, selection->n);
      json_builder_set_member_name (builder, "matters");
      json_builder_begin_array (builder);
    }
  for (guint i = 0; i < rows->len; i++)
    {
      const GwMatter *row = g_ptr_array_index (rows, i);

      if (row == NULL)
        continue;
      if (builder == NULL)
        {
          g_print ("%s  %s  %s  %s\n", row->number, row->case_code, gw_state_label (row->state),
                   row->title);
          continue;
        }
      json_builder_begin_object (builder);
      row_json (builder, session, row);
      json_builder_end_object (builder);
    }
  if (builder == NULL)
    {
      g_print (_ ("%u of %u matters\n"), rows->len, selection->n);
      return;
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  gw_cli_print_json (builder);
}

GwExit
gw_cli_list (const GwCliOptions *options, char **arguments, guint n)
{
  GwExit status = GW_EXIT_DONE;
  g_autoptr (GwSession) session =
      gw_cli_open (options, arguments[0], GW_SESSION_READ_ONLY, &status);
  g_autoptr (GwFilter) filter = session != NULL ? gw_cli_filter (options, session) : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSelection) selection = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  if (filter == NULL)
    return session == NULL ? status : GW_EXIT_UNUSABLE;
  selection = gw_session_select_sync (session, filter, &error);
  if (selection == NULL)
    return gw_cli_fail (options, error);
  rows = gw_session_fetch_rows_sync (session, selection->ids,
                                     MIN (selection->n, (guint)MAX (options->limit, 0)), &error);
  if (rows == NULL)
    return gw_cli_fail (options, error);
  print_rows (options, session, selection, rows);
  return GW_EXIT_DONE;
}

/* ---- show ---- */

static const char *
org_name (GwSession *session, guint32 id)
{
  GPtrArray *orgs = gw_session_get_orgs (session);
  const GwOrg *org = id < orgs->len ? g_ptr_array_index (orgs, id) : NULL;

  return org != NULL ? org->name : "";
}

static void
view_text (GwSession *session, const GwMatterView *view)
{
  const GwMatter *matter = view->matter;
  g_autofree char *place = gw_area_tree_path (gw_session_get_areas (session), matter->area, " › ");
  g_autofree char *due = view->due != 0 ? gw_time_format (view->due) : g_strdup ("");

  g_print ("%s  %s  %s\n%s\n%s\n", matter->number, matter->case_code,
           gw_state_label (matter->state), matter->title, matter->summary);
  g_print ("%s  %s\n", place, matter->address != NULL ? matter->address : "");
  if (view->due != 0)
    g_print (_ ("due %s, %s\n"), due, gw_lamp_label (view->lamp));
  for (guint i = 0; i < view->events->len; i++)
    {
      const GwEvent *event = g_ptr_array_index (view->events, i);
      g_autofree char *at = gw_time_format (event->at);

      g_print ("  %s  %s  %s  %s\n", at, gw_verb_past (event->verb), org_name (session, event->org),
               event->reason != NULL ? event->reason : "");
    }
  for (guint i = 0; i < view->offers->len; i++)
    {
      const GwMove *move = &g_array_index (view->offers, GwMove, i);

      g_print ("  → %s (%s)\n", gw_verb_id (move->verb), gw_verb_label (move->verb));
    }
}

static void
view_json (GwSession *session, const GwMatterView *view)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  row_json (builder, session, view->matter);
  gw_cli_json_string (builder, "summary", view->matter->summary);
  gw_cli_json_string (builder, "address", view->matter->address);
  json_builder_set_member_name (builder, "rev");
  json_builder_add_int_value (builder, view->matter->rev);
  json_builder_set_member_name (builder, "timeline");
  json_builder_begin_array (builder);
  for (guint i = 0; i < view->events->len; i++)
    {
      const GwEvent *event = g_ptr_array_index (view->events, i);
      g_autofree char *at = gw_time_format_iso (event->at);

      json_builder_begin_object (builder);
      gw_cli_json_string (builder, "at", at);
      gw_cli_json_string (builder, "verb", gw_verb_id (event->verb));
      gw_cli_json_string (builder, "from", event->from != 0 ? gw_state_id (event->from) : NULL);
      gw_cli_json_string (builder, "to", event->to != 0 ? gw_state_id (event->to) : NULL);
      gw_cli_json_string (builder, "role", gw_role_id (event->role));
      gw_cli_json_string (builder, "org", org_name (session, event->org));
      gw_cli_json_string (builder, "reason", event->reason);
      gw_cli_json_string (builder, "hash", event->hash);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "offers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < view->offers->len; i++)
    json_builder_add_string_value (builder,
                                   gw_verb_id (g_array_index (view->offers, GwMove, i).verb));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  gw_cli_print_json (builder);
}

GwExit
gw_cli_show (const GwCliOptions *options, char **arguments, guint n)
{
  GwExit status = GW_EXIT_DONE;
  g_autoptr (GwSession) session =
      gw_cli_open (options, arguments[0], GW_SESSION_READ_ONLY, &status);
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatterView) view = NULL;
  gint64 id;

  if (session == NULL)
    return status;
  id = gw_session_find_sync (session, arguments[1], &error);
  view = id != 0 ? gw_session_view_sync (session, id, &error) : NULL;
  if (view == NULL)
    return gw_cli_fail (options, error);
  if (options->json)
    view_json (session, view);
  else
    view_text (session, view);
  return GW_EXIT_DONE;
}
