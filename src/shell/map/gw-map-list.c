/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-list.h"

#include "gw-state.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

#define MAX_HEIGHT 260
#define WIDTH 300

struct _GwMapList
{
  AdwBin parent;
  GtkWidget *rows;       /* GtkListBox */
  GtkWidget *popover;    /* borrowed while it is up; nullable */
  GCancellable *loading; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (GwMapList, gw_map_list, ADW_TYPE_BIN)

static guint chosen_signal;

static void
add_row (GwMapList *self, const GwMatter *matter)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *title = g_markup_escape_text (matter->title, -1);
  g_autofree char *subtitle =
      g_strdup_printf ("%s · %s", matter->number, gw_state_label (matter->state));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "matter", g_memdup2 (&matter->id, sizeof matter->id),
                          g_free);
  gtk_list_box_append (GTK_LIST_BOX (self->rows), row);
}

static void
rows_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwMapList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gw_session_fetch_rows_finish (GW_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gw_ui_toast_error (GTK_WIDGET (self), error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (g_ptr_array_index (rows, i) != NULL)
      add_row (self, g_ptr_array_index (rows, i));
}

static void
activated_cb (GwMapList *self, GtkListBoxRow *row)
{
  const gint64 *matter = g_object_get_data (G_OBJECT (row), "matter");

  g_signal_emit (self, chosen_signal, 0, *matter);
  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
gw_map_list_dispose (GObject *object)
{
  GwMapList *self = GW_MAP_LIST (object);

  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  G_OBJECT_CLASS (gw_map_list_parent_class)->dispose (object);
}

static void
gw_map_list_class_init (GwMapListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gw_map_list_dispose;
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
gw_map_list_init (GwMapList *self)
{
  self->rows = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->rows), GTK_SELECTION_NONE);
  gw_ui_set_name (self->rows, _ ("Matters at this place"));
  gw_ui_leave_on_tab (self->rows);
  g_signal_connect_object (self->rows, "row-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
gw_map_list_new (GwSession *session, const gint64 *ids, guint n, guint n_all)
{
  GwMapList *self = g_object_new (GW_TYPE_MAP_LIST, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new (), *heading = NULL;
  g_autofree char *count = gw_ui_format_count (n_all);
  g_autofree char *text =
      n < n_all ? g_strdup_printf (_ ("%1$s matters at this place, the first %2$u"), count, n)
                : g_strdup_printf (ngettext ("%s matter at this place", "%s matters at this place",
                                             n_all),
                                   count);

  heading = gtk_label_new (text);
  gtk_widget_add_css_class (heading, "heading");
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->rows);
  gtk_widget_set_size_request (scroller, WIDTH, -1);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), scroller);
  adw_bin_set_child (ADW_BIN (self), box);
  self->loading = g_cancellable_new ();
  gw_session_fetch_rows_async (session, ids, n, self->loading, rows_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

static gboolean
unparent_cb (gpointer popover)
{
  gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* Not at once: the popover is still at work. */
static void
closed_cb (GtkWidget *popover, GwMapList *self)
{
  self->popover = NULL;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

void
gw_map_list_popup (GwMapList *self, GtkWidget *parent, double x, double y)
{
  g_return_if_fail (GW_IS_MAP_LIST (self) && self->popover == NULL);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), GTK_WIDGET (self));
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover),
                               &(GdkRectangle){ (int)x - 8, (int)y - 8, 16, 16 });
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (closed_cb), self, 0);
  gtk_widget_set_parent (self->popover, parent);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}
