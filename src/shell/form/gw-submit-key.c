/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-submit-key.h"

void
gw_submit_key_add (GtkWidget *widget, GtkShortcutFunc func)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i], GDK_CONTROL_MASK),
                          gtk_callback_action_new (func, NULL, NULL)));
  gtk_widget_add_controller (widget, controller);
}
