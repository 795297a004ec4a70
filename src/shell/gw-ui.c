/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-ui.h"

#include "gw-clock.h"
#include <glib/gi18n-lib.h>

GtkWidget *
gw_ui_icon_button (const char *icon, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, name);
  gw_ui_set_name (button, name);
  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  if (action != NULL)
    gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  return button;
}

void
gw_ui_set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
gw_ui_set_description (GtkWidget *widget, const char *description)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

void
gw_ui_toast (GtkWidget *from, const char *message)
{
  gtk_widget_activate_action (from, "win.toast", "s", message);
}

void
gw_ui_toast_undo (GtkWidget *from, const char *message, const char *action)
{
  gtk_widget_activate_action (from, "win.toast-undo", "(ss)", message, action);
}

void
gw_ui_toast_error (GtkWidget *from, const GError *error)
{
  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gw_ui_toast (from, error->message);
}

/* Different shapes, so that the colour is never alone. */
static const struct
{
  const char *glyph, *css;
} lamps[] = {
  [GW_LAMP_NONE] = { "–", "lamp-none" },   [GW_LAMP_GREEN] = { "●", "lamp-green" },
  [GW_LAMP_AMBER] = { "◆", "lamp-amber" }, [GW_LAMP_RED] = { "▲", "lamp-red" },
  [GW_LAMP_GREY] = { "■", "lamp-grey" },
};

const char *
gw_ui_lamp_glyph (GwLamp lamp)
{
  return (guint)lamp < G_N_ELEMENTS (lamps) ? lamps[lamp].glyph : "–";
}

const char *
gw_ui_lamp_class (GwLamp lamp)
{
  return (guint)lamp < G_N_ELEMENTS (lamps) ? lamps[lamp].css : "lamp-none";
}

char *
gw_ui_format_day (gint64 utc, gint64 now)
{
  int year = 0, month = 0, day = 0, this_year = 0, skip = 0;

  if (utc == 0)
    return g_strdup ("");
  gw_day_to_ymd (gw_day_of_time (utc), &year, &month, &day);
  gw_day_to_ymd (gw_day_of_time (now), &this_year, &skip, &skip);
  if (year == this_year)
    /* Translators: month and day of this year, in numbers. */
    return g_strdup_printf (C_ ("date", "%1$d/%2$d"), month, day);
  /* Translators: year, month, day in numbers. */
  return g_strdup_printf (C_ ("date", "%1$d-%2$02d-%3$02d"), year, month, day);
}

char *
gw_ui_format_due (gint64 due, gint64 now)
{
  int days = 0;

  if (due == 0)
    return g_strdup ("");
  days = gw_day_of_time (due) - gw_day_of_time (now);
  if (due < now && days == 0)
    return g_strdup (_ ("overdue since today"));
  if (days < 0)
    return g_strdup_printf (ngettext ("%d day over", "%d days over", (gulong)-days), -days);
  if (days == 0)
    {
      g_autofree char *text = gw_time_format (due);
      return g_strdup_printf (_ ("today %s"), text + strlen ("2026-11-24 "));
    }
  return g_strdup_printf (ngettext ("%d day left", "%d days left", (gulong)days), days);
}

char *
gw_ui_format_count (guint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
  GString *text = g_string_new (NULL);
  gsize length = strlen (digits);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (text, FALSE);
}

static GtkWidget *
neighbour (GtkWidget *widget, GtkDirectionType direction)
{
  return direction == GTK_DIR_TAB_FORWARD ? gtk_widget_get_next_sibling (widget)
                                          : gtk_widget_get_prev_sibling (widget);
}

/* Walks from @list to the next widget outside it, as Ctrl+Tab would. Asking the window to move the
 * focus does not do: it asks the list first, and a GtkPaned leads back into it. */
static gboolean
leave_list (GtkWidget *list, GtkDirectionType direction)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (list));

  for (GtkWidget *from = list; from != NULL && from != root; from = gtk_widget_get_parent (from))
    for (GtkWidget *to = neighbour (from, direction); to != NULL; to = neighbour (to, direction))
      if (gtk_widget_get_mapped (to) && gtk_widget_child_focus (to, direction))
        return TRUE;
  if (root == NULL)
    return FALSE;
  gtk_window_set_focus (GTK_WINDOW (root), NULL); /* round the corner */
  return gtk_widget_child_focus (root, direction);
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, gpointer data)
{
  GtkWidget *list = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (keys));

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_ISO_Left_Tab || (key == GDK_KEY_Tab && (state & GDK_SHIFT_MASK) != 0))
    return leave_list (list, GTK_DIR_TAB_BACKWARD);
  if (key == GDK_KEY_Tab || key == GDK_KEY_KP_Tab)
    return leave_list (list, GTK_DIR_TAB_FORWARD);
  return GDK_EVENT_PROPAGATE;
}

void
gw_ui_leave_on_tab (GtkWidget *list)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), NULL);
  gtk_widget_add_controller (list, keys);
}

static void
open_menu_cb (GtkMenuButton *button, gpointer menu)
{
  if (gtk_menu_button_get_menu_model (button) != menu)
    gtk_menu_button_set_menu_model (button, menu);
}

void
gw_ui_set_menu (GtkMenuButton *button, GMenuModel *menu)
{
  gtk_menu_button_set_create_popup_func (button, open_menu_cb, g_object_ref (menu), g_object_unref);
}

void
gw_ui_remove_children (GtkWidget *box)
{
  for (GtkWidget *child = gtk_widget_get_first_child (box); child != NULL;)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      gtk_box_remove (GTK_BOX (box), child);
      child = next;
    }
}

void
gw_ui_close_on_escape (GtkWindow *window)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape,
                                                                                  0),
                                                          gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (GTK_WIDGET (window), keys);
}
