/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-config.h"

#include "gw-application-private.h"

#include "gw-error.h"
#include "gw-session-bus.h"
#include <glib/gi18n-lib.h>

/* Actions that reach D-Bus: scripts, the command line, tests. */

static void
set_result (GwApplication *self, const char *text)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "last-result");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (text));
}

static void
refuse (GwApplication *self, const GError *error)
{
  g_autofree char *text = g_strdup_printf ("error: %s", error->message);

  set_result (self, text);
  if (self->window != NULL)
    gw_window_toast (self->window, error->message);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwApplication) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = gw_session_bus_apply_finish (result, &error);
  g_autofree char *text = NULL;

  if (matter == NULL)
    {
      refuse (self, error);
      return;
    }
  text = g_strdup_printf ("done: %s %s", matter->number, gw_state_id (matter->state));
  set_result (self, text);
}

static void
verb_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwApplication *self = data;
  const char *number = NULL, *verb = NULL;
  g_autoptr (GVariant) arguments = NULL;
  g_autoptr (GError) error = NULL;

  set_result (self, "running");
  if (self->session == NULL)
    {
      (void)gw_throw (&error, GW_ERROR_REFUSED, _ ("no file is open; open or create one first"));
      refuse (self, error);
      return;
    }
  g_variant_get (value, "(&s&s@a{sv})", &number, &verb, &arguments);
  gw_session_bus_apply_async (self->session, number, verb, arguments, NULL, applied_cb,
                              g_object_ref (self));
}

static void
open_matter_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwApplication *self = data;

  if (self->window == NULL)
    return;
  gw_window_show_number (self->window, g_variant_get_string (value, NULL));
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
quit_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwApplication *self = data;

  if (self->window != NULL)
    gtk_window_close (GTK_WINDOW (self->window));
  else
    g_application_quit (G_APPLICATION (self));
}

/* The state follows by itself; asking for it makes it be of this moment. */
static void
debug_state_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwApplication *self = data;
  g_autofree char *state = NULL;

  if (self->window == NULL)
    return;
  state = gw_window_dup_debug_state (self->window);
  g_simple_action_set_state (action, g_variant_new_string (state));
}

void
gw_application_add_actions (GwApplication *self)
{
  static const GActionEntry entries[] = {
    { "verb", verb_cb, "(ssa{sv})", NULL, NULL, { 0 } },
    { "last-result", NULL, NULL, "''", NULL, { 0 } },
    { "open-matter", open_matter_cb, "s", NULL, NULL, { 0 } },
    { "quit", quit_cb, NULL, NULL, NULL, { 0 } },
  };
  static const GActionEntry hooks[] = {
    { "debug-state", debug_state_cb, NULL, "''", NULL, { 0 } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  if (GW_TEST_HOOKS)
    g_action_map_add_action_entries (G_ACTION_MAP (self), hooks, G_N_ELEMENTS (hooks), self);
}
