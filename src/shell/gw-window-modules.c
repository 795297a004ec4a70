/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run that died inside a module: the window says so and offers to go without. */
#include "gw-window-private.h"

#include "gw-application.h"
#include <glib/gi18n-lib.h>

gboolean
gw_window_tell_death (GwWindow *self)
{
  const char *death = gw_session_get_last_death (self->session);

  if (death == NULL || self->death_answered)
    return FALSE;
  gw_banner_show (GW_BANNER (self->banner), "warning", death, _ ("Start Without Modules"),
                  "win.without-modules", _ ("Go On"), "win.with-modules");
  return TRUE;
}

static void
answered_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwWindow *self = data;

  if (self->session == NULL)
    return;
  self->death_answered = TRUE;
  gw_banner_hide (GW_BANNER (self->banner));
  if (g_str_equal (g_action_get_name (G_ACTION (action)), "without-modules"))
    gw_application_reopen (GW_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))),
                           GW_SESSION_NO_MODULES);
  else
    gw_window_ask_drafts (self);
}

void
gw_window_add_module_actions (GwWindow *self)
{
  static const GActionEntry entries[] = {
    { "without-modules", answered_cb, NULL, NULL, NULL, { 0 } },
    { "with-modules", answered_cb, NULL, NULL, NULL, { 0 } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
