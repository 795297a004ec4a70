/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-matter-list.h"

#include "gw-matter-cell.h"
#include "gw-matter-list-model.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

struct _GwMatterList
{
  AdwBin parent;
  GwFilterModel *model;                       /* owned */
  GwMatterListModel *lines;                   /* owned */
  GtkSingleSelection *one;                    /* owned by the table */
  GtkColumnViewColumn *columns[GW_N_COLUMNS]; /* borrowed from the table */
  gboolean wanted[GW_N_COLUMNS];              /* what the reader chose */
  int width;
  guint fitting;                /* idle source; 0 = none */
  GSimpleActionGroup *switches; /* owned */
  GMenu *menu;                  /* owned */
  int probed;                   /* the column whose sorter was asked last; -1 = none */
  gboolean syncing;             /* the selected line follows the model, not the reader */
  gboolean sorting;             /* the header follows the filter */

  GtkStack *stack;
  GtkColumnView *table;
  GtkScrolledWindow *scroller;
  AdwStatusPage *empty;
  GtkButton *empty_button;
};

G_DEFINE_FINAL_TYPE (GwMatterList, gw_matter_list, ADW_TYPE_BIN)

static GQuark
column_quark (void)
{
  return g_quark_from_static_string ("gw-column");
}

/* The selection knows by the date alone what is over; the row knows its clock. */
static GwLamp
lamp_of (GwMatterList *self, GwMatterItem *item)
{
  GwSelection *selection = gw_matter_list_model_get_selection (self->lines);
  const GwMatter *row = gw_matter_item_get_row (item);
  gint position = -1;

  if (row != NULL)
    return row->lamp;
  position = selection != NULL ? gw_selection_find (selection, gw_matter_item_get_id (item)) : -1;
  return position >= 0 ? (GwLamp)selection->lamps[position] : GW_LAMP_NONE;
}

/* A screen reader says a line by its row, which GTK leaves without a name before 4.12. */
static void
name_row (GtkWidget *label, const GwMatter *row, GwLamp lamp)
{
  GtkWidget *cell = gtk_widget_get_parent (label);
  GtkWidget *line = cell != NULL ? gtk_widget_get_parent (cell) : NULL;
  g_autofree char *name = NULL;

  if (line == NULL || row == NULL)
    return;
  name = g_strdup_printf ("%s, %s, %s, %s", row->title != NULL ? row->title : "", row->number,
                          gw_state_label (row->state), gw_lamp_label (lamp));
  gw_ui_set_name (line, name);
}

static void
fill_cell (GwMatterList *self, GtkListItem *cell)
{
  GwMatterItem *item = gtk_list_item_get_item (cell);
  GtkWidget *label = gtk_list_item_get_child (cell);
  GwColumn column = GPOINTER_TO_INT (g_object_get_qdata (G_OBJECT (cell), column_quark ()));
  GwSession *session = gw_filter_model_get_session (self->model);
  GwLamp lamp = lamp_of (self, item);
  g_autofree char *text = NULL;

  text = gw_matter_cell_text (column, gw_matter_item_get_row (item), lamp, session,
                              gw_session_now (session));
  gtk_label_set_label (GTK_LABEL (label), text);
  if (column == GW_COLUMN_TITLE)
    name_row (label, gw_matter_item_get_row (item), lamp);
  if (column == GW_COLUMN_LAMP)
    {
      const char *classes[] = { gw_ui_lamp_class (lamp), "lamp", NULL };
      gtk_widget_set_css_classes (label, classes);
    }
  else if (column == GW_COLUMN_DUE)
    {
      const char *classes[] = { "numeric", lamp == GW_LAMP_RED ? "lamp-red" : NULL, NULL };
      gtk_widget_set_css_classes (label, classes);
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *cell, gpointer data)
{
  GwColumn column = GPOINTER_TO_INT (data);
  GtkWidget *label = gtk_label_new (NULL);

  g_object_set_qdata (G_OBJECT (cell), column_quark (), GINT_TO_POINTER (column));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           column == GW_COLUMN_AREA ? PANGO_ELLIPSIZE_MIDDLE : PANGO_ELLIPSIZE_END);
  if (column == GW_COLUMN_NUMBER || column == GW_COLUMN_REPORTED)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (cell, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *cell, GwMatterList *self)
{
  gw_matter_item_add_cell (gtk_list_item_get_item (cell), cell);
  fill_cell (self, cell);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *cell, GwMatterList *self)
{
  gw_matter_item_remove_cell (gtk_list_item_get_item (cell), cell);
}

static void
row_loaded_cb (GwMatterList *self, GwMatterItem *item)
{
  GPtrArray *cells = gw_matter_item_get_cells (item);

  for (guint i = 0; i < cells->len; i++)
    fill_cell (self, g_ptr_array_index (cells, i));
}

/* Before GTK 4.10 a column view does not say by which column it sorts. Its sorter does: it asks the
 * sorter of that column first, which notes who it is and answers "larger"; a turned header turns
 * the answer. */
typedef struct
{
  GwMatterList *list; /* borrowed: dies with the column */
  GwColumn column;
} Probe;

static int
probe_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  Probe *probe = data;

  probe->list->probed = (int)probe->column;
  return 1;
}

static void
sort_changed_cb (GwMatterList *self)
{
  g_autoptr (GwMatterItem) one = NULL, other = NULL;
  GtkOrdering order = GTK_ORDERING_EQUAL;
  GwSort sort = GW_SORT_REPORTED_DESC;

  if (self->sorting)
    return;
  /* Two of them: an item is equal to itself unasked. */
  one = gw_matter_item_new (0);
  other = gw_matter_item_new (0);
  self->probed = -1;
  order = gtk_sorter_compare (gtk_column_view_get_sorter (self->table), one, other);
  if (self->probed >= 0)
    sort = gw_matter_cell_spec ((GwColumn)self->probed)->sort;
  if (sort == GW_SORT_REPORTED_ASC && order == GTK_ORDERING_SMALLER)
    sort = GW_SORT_REPORTED_DESC;
  gw_filter_model_set_sort (self->model, sort);
}

/* The arrow in the header says what the filter says. */
static void
show_sort (GwMatterList *self)
{
  GwSort sort = gw_filter_model_get (self->model)->sort;
  GtkSortType direction = sort == GW_SORT_REPORTED_DESC ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING;

  self->sorting = TRUE;
  for (guint i = 0; i < GW_N_COLUMNS; i++)
    {
      const GwColumnSpec *spec = gw_matter_cell_spec ((GwColumn)i);

      if (spec->sorts && (spec->sort == sort ||
                          (spec->sort == GW_SORT_REPORTED_ASC && sort == GW_SORT_REPORTED_DESC)))
        gtk_column_view_sort_by_column (self->table, self->columns[i], direction);
    }
  self->sorting = FALSE;
}

static void
scroll_to (GwMatterList *self, guint position)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->table)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
}

static void
show_matter (GwMatterList *self)
{
  GwSelection *selection = gw_matter_list_model_get_selection (self->lines);
  gint64 matter = gw_filter_model_get_matter (self->model);
  gint position = selection != NULL && matter != 0 ? gw_selection_find (selection, matter) : -1;
  guint wanted = position >= 0 ? (guint)position : GTK_INVALID_LIST_POSITION;

  if (gtk_single_selection_get_selected (self->one) == wanted)
    return;
  self->syncing = TRUE;
  gtk_single_selection_set_selected (self->one, wanted);
  self->syncing = FALSE;
  if (position >= 0)
    scroll_to (self, wanted);
}

static void
selected_cb (GwMatterList *self)
{
  GwMatterItem *item = gtk_single_selection_get_selected_item (self->one);

  if (!self->syncing && item != NULL)
    gw_filter_model_set_matter (self->model, gw_matter_item_get_id (item));
}

static void
row_activated_cb (GtkColumnView *table, guint position, GwMatterList *self)
{
  gtk_single_selection_set_selected (self->one, position);
  g_signal_emit_by_name (self, "open");
}

static void
show_empty (GwMatterList *self)
{
  const GwFilter *filter = gw_filter_model_get (self->model);
  GwSession *session = gw_filter_model_get_session (self->model);
  g_autoptr (GwFilter) any = gw_filter_new ();

  any->sort = filter->sort;
  if (gw_filter_equal (any, filter))
    {
      adw_status_page_set_title (self->empty, _ ("No matters yet"));
      adw_status_page_set_description (self->empty,
                                       gw_session_may (session, GW_MAY_REPORT)
                                           ? _ ("Take one in, or drop a table of a hotline here")
                                           : _ ("Nothing was taken in that this seat may see"));
      gtk_button_set_label (self->empty_button, _ ("_Take In a Matter"));
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->empty_button),
                                               "win.new-matter::");
    }
  else
    {
      adw_status_page_set_title (self->empty, _ ("No matter fits the filter"));
      adw_status_page_set_description (self->empty,
                                       _ ("Take a condition away, or look for other words"));
      gtk_button_set_label (self->empty_button, _ ("_Clear the Filter"));
      gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (self->empty_button),
                                               "win.clear-filter");
    }
}

static void
selection_changed_cb (GwMatterList *self)
{
  GwSelection *selection = gw_filter_model_get_selection (self->model);
  guint n = selection != NULL ? selection->n : 0;

  self->syncing = TRUE;
  gw_matter_list_model_set_selection (self->lines, selection);
  self->syncing = FALSE;
  show_matter (self);
  if (n == 0)
    show_empty (self);
  gtk_stack_set_visible_child_name (self->stack, n > 0               ? "list"
                                                 : selection != NULL ? "empty"
                                                                     : "waiting");
}

static void
add_column (GwMatterList *self, GwColumn column)
{
  const GwColumnSpec *spec = gw_matter_cell_spec (column);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) made = NULL;

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), GINT_TO_POINTER (column));
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, 0);
  made = gtk_column_view_column_new (gw_matter_cell_title (column), factory);
  gtk_column_view_column_set_resizable (made, TRUE);
  gtk_column_view_column_set_expand (made, spec->width == 0);
  if (spec->sorts)
    {
      Probe *probe = g_new0 (Probe, 1);
      g_autoptr (GtkSorter) sorter = NULL;

      *probe = (Probe){ self, column };
      sorter = GTK_SORTER (gtk_custom_sorter_new (probe_cb, probe, g_free));
      gtk_column_view_column_set_sorter (made, sorter);
    }
  gtk_column_view_append_column (self->table, made);
  self->columns[column] = made; /* the table holds it */
  self->wanted[column] = spec->shown;
}

/* ---- which columns ---- */

static gboolean
is_shown (GwMatterList *self, guint column)
{
  return self->wanted[column] &&
         (self->width == 0 || self->width >= gw_matter_cell_spec ((GwColumn)column)->needs);
}

/* The area tells most where there is room for it. */
static int
column_width (GwMatterList *self, guint column)
{
  int width = gw_matter_cell_spec ((GwColumn)column)->width;

  return column == GW_COLUMN_AREA ? CLAMP (self->width / 5, width, width + 120) : width;
}

/* GTK 4.8 keeps room for the fixed width of a hidden column: it loses that as well. */
static void
fit_columns (GwMatterList *self)
{
  for (guint i = 0; i < GW_N_COLUMNS; i++)
    {
      const GwColumnSpec *spec = gw_matter_cell_spec ((GwColumn)i);
      gboolean shown = is_shown (self, i);

      if (spec->width > 0 && shown != gtk_column_view_column_get_visible (self->columns[i]))
        gtk_column_view_column_set_fixed_width (self->columns[i],
                                                shown ? column_width (self, i) : -1);
      gtk_column_view_column_set_visible (self->columns[i], shown);
    }
}

static gboolean
fit_cb (gpointer data)
{
  GwMatterList *self = data;

  self->fitting = 0;
  fit_columns (self);
  return G_SOURCE_REMOVE;
}

static void
gw_matter_list_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
gw_matter_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GwMatterList *self = GW_MATTER_LIST (widget);

  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
  if (width == self->width)
    return;
  self->width = width;
  if (self->fitting == 0)
    self->fitting = g_idle_add (fit_cb, self);
}

static void
switch_cb (GSimpleAction *action, GVariant *value, gpointer data)
{
  GwMatterList *self = data;

  for (guint i = 0; i < GW_N_COLUMNS; i++)
    if (g_str_equal (gw_matter_cell_spec ((GwColumn)i)->id, g_action_get_name (G_ACTION (action))))
      self->wanted[i] = g_variant_get_boolean (value);
  g_simple_action_set_state (action, value);
  fit_columns (self);
}

/* One switch a column; the title always stays. */
static void
add_column_menu (GwMatterList *self)
{
  self->switches = g_simple_action_group_new ();
  self->menu = g_menu_new ();
  for (guint i = 0; i < GW_N_COLUMNS; i++)
    {
      const GwColumnSpec *spec = gw_matter_cell_spec ((GwColumn)i);
      g_autofree char *detailed = g_strdup_printf ("columns.%s", spec->id);
      g_autoptr (GSimpleAction) action = NULL;

      if (i == GW_COLUMN_TITLE)
        continue;
      action =
          g_simple_action_new_stateful (spec->id, NULL, g_variant_new_boolean (self->wanted[i]));
      g_signal_connect_object (action, "change-state", G_CALLBACK (switch_cb), self, 0);
      g_action_map_add_action (G_ACTION_MAP (self->switches), G_ACTION (action));
      g_menu_append (self->menu, gw_matter_cell_title ((GwColumn)i), detailed);
    }
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", G_ACTION_GROUP (self->switches));
  for (guint i = 0; i < GW_N_COLUMNS; i++)
    gtk_column_view_column_set_header_menu (self->columns[i], G_MENU_MODEL (self->menu));
}

static void
gw_matter_list_dispose (GObject *object)
{
  GwMatterList *self = GW_MATTER_LIST (object);

  self->sorting = self->syncing = TRUE; /* the table says good-bye with signals */
  g_clear_handle_id (&self->fitting, g_source_remove);
  if (self->lines != NULL)
    g_object_run_dispose (G_OBJECT (self->lines)); /* a page on its way would keep it reading */
  g_clear_object (&self->lines);
  g_clear_object (&self->model);
  g_clear_object (&self->menu);
  g_clear_object (&self->switches);
  G_OBJECT_CLASS (gw_matter_list_parent_class)->dispose (object);
}

/* Out of the window: the file may be closed now, whoever still holds the widget. */
static void
gw_matter_list_unroot (GtkWidget *widget)
{
  GwMatterList *self = GW_MATTER_LIST (widget);

  if (self->lines != NULL)
    g_object_run_dispose (G_OBJECT (self->lines));
  GTK_WIDGET_CLASS (gw_matter_list_parent_class)->unroot (widget);
}

static void
gw_matter_list_class_init (GwMatterListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_matter_list_dispose;
  widget_class->unroot = gw_matter_list_unroot;
  widget_class->measure = gw_matter_list_measure;
  widget_class->size_allocate = gw_matter_list_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/list/gw-matter-list.ui");
  gtk_widget_class_bind_template_child (widget_class, GwMatterList, stack);
  gtk_widget_class_bind_template_child (widget_class, GwMatterList, table);
  gtk_widget_class_bind_template_child (widget_class, GwMatterList, scroller);
  gtk_widget_class_bind_template_child (widget_class, GwMatterList, empty);
  gtk_widget_class_bind_template_child (widget_class, GwMatterList, empty_button);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
gw_matter_list_init (GwMatterList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Its own layout would hide the width from us. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_stack_set_visible_child_name (self->stack, "waiting");
  gw_ui_leave_on_tab (GTK_WIDGET (self->table));
}

GtkWidget *
gw_matter_list_new (GwFilterModel *model)
{
  GwMatterList *self = NULL;

  g_return_val_if_fail (GW_IS_FILTER_MODEL (model), NULL);
  self = g_object_new (GW_TYPE_MATTER_LIST, NULL);
  self->model = g_object_ref (model);
  self->lines = gw_matter_list_model_new (gw_filter_model_get_session (model));
  for (guint i = 0; i < GW_N_COLUMNS; i++)
    add_column (self, (GwColumn)i);
  add_column_menu (self);
  for (guint i = 0; i < GW_N_COLUMNS; i++)
    gtk_column_view_column_set_visible (self->columns[i], i == GW_COLUMN_TITLE);
  fit_columns (self);

  self->one = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->lines)));
  gtk_single_selection_set_autoselect (self->one, FALSE);
  gtk_single_selection_set_can_unselect (self->one, TRUE);
  gtk_column_view_set_model (self->table, GTK_SELECTION_MODEL (self->one));
  g_object_unref (self->one);

  show_sort (self);
  g_signal_connect_object (self->lines, "row-loaded", G_CALLBACK (row_loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->one, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed",
                           G_CALLBACK (sort_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (selection_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "matter-changed", G_CALLBACK (show_matter), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "changed", G_CALLBACK (show_sort), self, G_CONNECT_SWAPPED);
  if (gw_filter_model_get_selection (model) != NULL)
    selection_changed_cb (self);
  return GTK_WIDGET (self);
}

void
gw_matter_list_focus (GwMatterList *self)
{
  g_return_if_fail (GW_IS_MATTER_LIST (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->table));
}

GtkWidget *
gw_matter_list_get_table (GwMatterList *self)
{
  g_return_val_if_fail (GW_IS_MATTER_LIST (self), NULL);
  return GTK_WIDGET (self->table);
}

GStrv
gw_matter_list_dup_hidden (GwMatterList *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (GW_IS_MATTER_LIST (self), NULL);
  for (guint i = 0; i < GW_N_COLUMNS; i++)
    if (!self->wanted[i])
      g_strv_builder_add (builder, gw_matter_cell_spec ((GwColumn)i)->id);
  return g_strv_builder_end (builder);
}

void
gw_matter_list_set_hidden (GwMatterList *self, const char *const *ids)
{
  g_return_if_fail (GW_IS_MATTER_LIST (self) && ids != NULL);
  for (guint i = 0; i < GW_N_COLUMNS; i++)
    {
      const char *id = gw_matter_cell_spec ((GwColumn)i)->id;

      if (i != GW_COLUMN_TITLE)
        g_action_group_change_action_state (G_ACTION_GROUP (self->switches), id,
                                            g_variant_new_boolean (!g_strv_contains (ids, id)));
    }
}

GMenuModel *
gw_matter_list_get_column_menu (GwMatterList *self)
{
  g_return_val_if_fail (GW_IS_MATTER_LIST (self), NULL);
  return G_MENU_MODEL (self->menu);
}

GActionGroup *
gw_matter_list_get_column_actions (GwMatterList *self)
{
  g_return_val_if_fail (GW_IS_MATTER_LIST (self), NULL);
  return G_ACTION_GROUP (self->switches);
}
