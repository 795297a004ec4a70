/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-list.h"

#include "gw-matter-list-model.h"
#include "gw-state.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

#define ROWS_SHOWN 6
#define ROW_HEIGHT 48
#define WIDTH 300

struct _GwMapList
{
  AdwBin parent;
  GtkWidget *rows; /* GtkListView */
};

G_DEFINE_FINAL_TYPE (GwMapList, gw_map_list, ADW_TYPE_BIN)

static guint chosen_signal;

/* ---- rows ---- */

static GtkWidget *
new_line (GtkBox *box, const char *class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (class != NULL)
    {
      gtk_widget_add_css_class (label, class);
      gtk_widget_add_css_class (label, "dim-label");
    }
  gtk_box_append (box, label);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  (void)new_line (GTK_BOX (box), NULL);
  (void)new_line (GTK_BOX (box), "caption");
  gtk_widget_set_size_request (box, -1, ROW_HEIGHT - 12);
  gtk_list_item_set_child (item, box);
}

static void
show_row (GtkWidget *box, GwMatterItem *item)
{
  const GwMatter *row = gw_matter_item_get_row (item);
  GtkWidget *title = gtk_widget_get_first_child (box);
  g_autofree char *below =
      row != NULL ? g_strdup_printf ("%s · %s", row->number, gw_state_label (row->state)) : NULL;

  gtk_label_set_text (GTK_LABEL (title), row != NULL ? row->title : "…");
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (title)), below != NULL ? below : "");
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_list_item_get_child (item);

  gw_matter_item_add_cell (gtk_list_item_get_item (item), box);
  show_row (box, gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gw_matter_item_remove_cell (gtk_list_item_get_item (item), gtk_list_item_get_child (item));
}

static void
row_loaded_cb (GwMapList *self, GwMatterItem *item)
{
  GPtrArray *cells = gw_matter_item_get_cells (item);

  for (guint i = 0; i < cells->len; i++)
    show_row (g_ptr_array_index (cells, i), item);
}

static void
activated_cb (GwMapList *self, guint position)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (self->rows)));
  g_autoptr (GwMatterItem) item = g_list_model_get_item (model, position);

  g_signal_emit (self, chosen_signal, 0, gw_matter_item_get_id (item));
}

/* ---- the widget ---- */

static void
gw_map_list_class_init (GwMapListClass *klass)
{
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
gw_map_list_init (GwMapList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), NULL);
  self->rows = gtk_list_view_new (NULL, factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->rows), TRUE);
  gw_ui_set_name (self->rows, _ ("Matters close together"));
  gw_ui_leave_on_tab (self->rows);
  g_signal_connect_object (self->rows, "activate", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
}

static GtkWidget *
new_heading (guint n)
{
  g_autofree char *count = gw_ui_format_count (n);
  g_autofree char *text =
      g_strdup_printf (ngettext ("%s matter close together", "%s matters close together", n),
                       count);
  GtkWidget *heading = gtk_label_new (text);

  gtk_widget_add_css_class (heading, "heading");
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  return heading;
}

static GtkWidget *
new_scroller (GwMapList *self, guint n)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->rows);
  gtk_widget_set_size_request (scroller, WIDTH, (int)MIN (n, ROWS_SHOWN) * ROW_HEIGHT);
  return scroller;
}

GtkWidget *
gw_map_list_new (GwSession *session, const gint64 *ids, guint n, gint64 seq)
{
  GwMapList *self = g_object_new (GW_TYPE_MAP_LIST, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  g_autoptr (GwSelection) selection = gw_selection_new (n, 0, 0);
  GwMatterListModel *model = gw_matter_list_model_new (session);
  g_autoptr (GtkNoSelection) rows = gtk_no_selection_new (G_LIST_MODEL (model));

  selection->seq = seq;
  selection->ids = g_memdup2 (ids, n * sizeof *ids);
  g_signal_connect_object (model, "row-loaded", G_CALLBACK (row_loaded_cb), self,
                           G_CONNECT_SWAPPED);
  gw_matter_list_model_set_selection (model, selection);
  gtk_list_view_set_model (GTK_LIST_VIEW (self->rows), GTK_SELECTION_MODEL (rows));
  gtk_box_append (GTK_BOX (box), new_heading (n));
  gtk_box_append (GTK_BOX (box), new_scroller (self, n));
  adw_bin_set_child (ADW_BIN (self), box);
  return GTK_WIDGET (self);
}

void
gw_map_list_focus (GwMapList *self)
{
  g_return_if_fail (GW_IS_MAP_LIST (self));
  (void)gtk_widget_grab_focus (self->rows);
}
