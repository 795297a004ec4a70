/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-cli.h"

#include "gw-error.h"
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

void
gw_cli_print_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, TRUE);

  /* JSON is UTF-8 whatever the terminal speaks (RFC 8259 8.1). */
  fputs (text, stdout);
  fputc ('\n', stdout);
  g_object_unref (builder);
}

void
gw_cli_json_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static GwExit
status_of (const GError *error)
{
  if (g_error_matches (error, GW_ERROR, GW_ERROR_REFUSED) ||
      g_error_matches (error, GW_ERROR, GW_ERROR_STALE))
    return GW_EXIT_REFUSED;
  return GW_EXIT_UNUSABLE;
}

GwExit
gw_cli_fail (const GwCliOptions *options, const GError *error)
{
  GwExit status = status_of (error);

  g_printerr ("gridwork-cli: %s\n", error->message);
  if (options->json)
    {
      JsonBuilder *builder = json_builder_new ();

      json_builder_begin_object (builder);
      gw_cli_json_string (builder, "error", error->message);
      json_builder_set_member_name (builder, "status");
      json_builder_add_int_value (builder, status);
      json_builder_end_object (builder);
      gw_cli_print_json (builder);
    }
  return status;
}

static const GwAccount *
find_login (GwSession *session, const char *login)
{
  GPtrArray *accounts = gw_session_get_accounts (session);

  for (guint i = 1; i < accounts->len; i++)
    {
      const GwAccount *account = g_ptr_array_index (accounts, i);

      if (account != NULL && g_str_equal (account->login, login))
        return account;
    }
  return NULL;
}

/* The first role the account holds, when none is named. */
static GwRole
first_role (guint32 roles)
{
  guint role = 0;

  while (role + 1 < GW_N_ROLES && (roles & (1u << role)) == 0)
    role++;
  return (GwRole)role;
}

static gboolean
take_seat (GwSession *session, const char *as, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (as, ":", 2);
  const GwAccount *account = find_login (session, parts[0]);
  GwRole role;

  if (account == NULL)
    return gw_throw (error, GW_ERROR_NOT_FOUND, _ ("--as: there is no account “%s” in this file"),
                     parts[0]);
  role = first_role (account->roles);
  if (parts[1] != NULL && !gw_role_from_id (parts[1], &role))
    return gw_throw (error, GW_ERROR_INVALID, _ ("--as: there is no role “%s”"), parts[1]);
  return gw_session_take_seat (session, account->id, role, error);
}

static GwClock *
clock_of (const GwCliOptions *options, GError **error)
{
  gint64 at;

  if (options->clock == NULL)
    return gw_clock_new_system ();
  if (gw_time_parse (options->clock, &at, NULL))
    return gw_clock_new_fixed (at);
  return gw_throw_null (error, GW_ERROR_INVALID,
                        _ ("--test-clock: “%s” is no time; write 2022-12-31T10:00"),
                        options->clock);
}

GwSession *
gw_cli_open (const GwCliOptions *options, const char *path, GwSessionFlags flags, GwExit *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwClock) clock = clock_of (options, &error);
  const GwSessionFlags all = flags | (options->safe_mode ? GW_SESSION_NO_MODULES : 0);
  g_autoptr (GwSession) session =
      clock != NULL ? gw_session_open_sync (path, all, clock, &error) : NULL;

  if (session == NULL || (options->as != NULL && !take_seat (session, options->as, &error)))
    {
      *status = gw_cli_fail (options, error);
      return NULL;
    }
  for (const char *const *problem = gw_session_get_module_problems (session); *problem != NULL;
       problem++)
    g_printerr (_ ("module not loaded: %s\n"), *problem);
  if (gw_session_get_last_death (session) != NULL)
    g_printerr (_ ("%s; --safe-mode starts without modules\n"),
                gw_session_get_last_death (session));
  return g_steal_pointer (&session);
}

static gboolean
set_states (GwFilter *filter, const char *text, GError **error)
{
  g_auto (GStrv) ids = g_strsplit (text, ",", -1);

  for (char **id = ids; *id != NULL; id++)
    {
      GwMatterState state;

      if (!gw_state_from_id (*id, &state))
        return gw_throw (error, GW_ERROR_INVALID, _ ("--state: there is no state “%s”"), *id);
      filter->states |= 1u << state;
    }
  return TRUE;
}

static gboolean
fill_filter (const GwCliOptions *options, GwSession *session, GwFilter *filter, GError **error)
{
  if (options->area != NULL)
    {
      const GwArea *area = gw_area_tree_find_code (gw_session_get_areas (session), options->area);

      if (area == NULL)
        return gw_throw (error, GW_ERROR_NOT_FOUND,
                         _ ("--area: there is no area with the code “%s”"), options->area);
      filter->area = area->id;
    }
  if (options->type != NULL && gw_session_find_type (session, options->type) == NULL)
    return gw_throw (error, GW_ERROR_NOT_FOUND,
                     _ ("--type: there is no kind of matter “%s” in this file"), options->type);
  filter->type = g_strdup (options->type);
  filter->text = g_strdup (options->text);
  return options->state == NULL || set_states (filter, options->state, error);
}

GwFilter *
gw_cli_filter (const GwCliOptions *options, GwSession *session)
{
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GError) error = NULL;

  if (fill_filter (options, session, filter, &error))
    return g_steal_pointer (&filter);
  gw_cli_fail (options, error);
  return NULL;
}
