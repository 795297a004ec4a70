/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-shortcuts-page.h"

#include "gw-actions.h"
#include "gw-page-frame.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

struct _GwShortcutsPage
{
  AdwBin parent;
};

G_DEFINE_FINAL_TYPE (GwShortcutsPage, gw_shortcuts_page, ADW_TYPE_BIN)

/* A row can be activated: the page is a list of commands as well. */
static GtkWidget *
row_new (const GwCommand *command)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *keys = gw_actions_dup_accel_label (command);
  GtkWidget *label = gtk_label_new (keys);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), gw_actions_title (command));
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "keys");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (row), command->action);
  return row;
}

static GtkWidget *
group_new (GwSection section)
{
  GtkWidget *group = adw_preferences_group_new ();
  guint n = 0;
  const GwCommand *commands = gw_actions_list (&n);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group),
                                   gw_actions_section_title (section));
  for (guint i = 0; i < n; i++)
    if (commands[i].section == section && commands[i].accels != NULL)
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row_new (&commands[i]));
  return group;
}

static void
gw_shortcuts_page_class_init (GwShortcutsPageClass *klass)
{
}

static void
gw_shortcuts_page_init (GwShortcutsPage *self)
{
  GtkWidget *page = adw_preferences_page_new ();

  for (GwSection section = 0; section < GW_N_SECTIONS; section++)
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                              ADW_PREFERENCES_GROUP (group_new (section)));
  adw_bin_set_child (ADW_BIN (self), gw_page_frame_new (_ ("Keyboard Shortcuts"), page));
}

GtkWidget *
gw_shortcuts_page_new (void)
{
  return g_object_new (GW_TYPE_SHORTCUTS_PAGE, NULL);
}
