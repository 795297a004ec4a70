/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-seat-dialog.h"

#include "gw-ui.h"
#include <glib/gi18n-lib.h>

/* One row a seat: a post and one of its roles. The search box narrows them; Return takes the first.
 */
typedef struct
{
  GwSession *session; /* owned */
  GtkWindow *window;
  GtkListBox *list;
  GtkEditable *search;
} Dialog;

static void
dialog_free (Dialog *self)
{
  g_object_unref (self->session);
  g_free (self);
}

static guint
row_number (GtkListBoxRow *row, const char *key)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), key));
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, Dialog *self)
{
  g_autoptr (GError) error = NULL;

  if (gw_session_take_seat (self->session, row_number (row, "account"),
                            (GwRole)row_number (row, "role"), &error))
    gtk_window_close (self->window);
  else
    gw_ui_toast_error (GTK_WIDGET (self->window), error);
}

static const char *
org_name (GwSession *session, guint32 id)
{
  GPtrArray *orgs = gw_session_get_orgs (session);
  const GwOrg *org = id < orgs->len ? g_ptr_array_index (orgs, id) : NULL;

  return org != NULL ? org->name : "";
}

static void
add_row (Dialog *self, const GwAccount *account, GwRole role)
{
  const GwActor *actor = gw_session_get_actor (self->session);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle =
      g_strdup_printf ("%s · %s", gw_role_label (role), org_name (self->session, account->org));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), account->label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "account", GUINT_TO_POINTER (account->id));
  g_object_set_data (G_OBJECT (row), "role", GUINT_TO_POINTER (role));
  if (actor->account == account->id && actor->role == role)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                               gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_box_append (self->list, row);
}

static void
add_rows (Dialog *self)
{
  GPtrArray *accounts = gw_session_get_accounts (self->session);

  for (guint i = 1; i < accounts->len; i++)
    {
      const GwAccount *account = g_ptr_array_index (accounts, i);

      for (guint role = 0; account != NULL && account->active && role < GW_N_ROLES; role++)
        if ((account->roles & (1u << role)) != 0)
          add_row (self, account, (GwRole)role);
    }
}

static gboolean
filter_cb (GtkListBoxRow *row, gpointer data)
{
  Dialog *self = data;
  const char *text = gtk_editable_get_text (self->search);

  return text[0] == '\0' ||
         strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), text) != NULL ||
         strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), text) != NULL;
}

static void
search_changed_cb (GtkEditable *search, Dialog *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

static void
search_activate_cb (GtkEditable *search, Dialog *self)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      {
        row_activated_cb (self->list, row, self);
        return;
      }
}

static GtkWidget *
build_content (Dialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *search = gtk_search_entry_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *nothing = gtk_label_new (_ ("No account fits. Change the search."));

  self->search = GTK_EDITABLE (search);
  self->list = GTK_LIST_BOX (list);
  gw_ui_set_name (search, _ ("Search an account"));
  gw_ui_set_name (list, _ ("Accounts"));
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (nothing, "dim-label");
  gtk_list_box_set_placeholder (self->list, nothing);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (self->list, filter_cb, self, NULL);
  gw_ui_leave_on_tab (list);
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect (search, "search-changed", G_CALLBACK (search_changed_cb), self);
  /* Escape is the entry's own key. */
  g_signal_connect_swapped (search, "stop-search", G_CALLBACK (gtk_window_close), self->window);
  g_object_set (search, "placeholder-text", _ ("Account, role or unit"), NULL);
  g_signal_connect (search, "activate", G_CALLBACK (search_activate_cb), self);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_box_append (GTK_BOX (box), search);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  return box;
}

/**
 * gw_seat_dialog_present:
 * @parent: the window it belongs to
 * @session: whose seat
 *
 * Lets people choose the post and role they work in. Main thread.
 */
void
gw_seat_dialog_present (GtkWindow *parent, GwSession *session)
{
  Dialog *self = g_new0 (Dialog, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->session = g_object_ref (session);
  self->window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_title (self->window, _ ("Who Is at the Desk"));
  gtk_window_set_default_size (self->window, 460, 560);
  gtk_window_set_modal (self->window, TRUE);
  gtk_window_set_transient_for (self->window, parent);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), build_content (self));
  adw_window_set_content (ADW_WINDOW (self->window), box);
  add_rows (self);
  gw_ui_close_on_escape (self->window);
  g_object_set_data_full (G_OBJECT (self->window), "gw-dialog", self, (GDestroyNotify)dialog_free);
  gtk_window_present (self->window);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}
