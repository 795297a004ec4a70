/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-situation-page.h"

#include "gw-filter-bar.h"
#include "gw-map-view.h"
#include "gw-matter-list.h"
#include "gw-matter-pane.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>

#define DETAIL_WIDTH 400
#define LIST_MIN_HEIGHT 120
/* A map that cannot be painted holds up nobody longer. */
#define PATIENCE_MS 2000

struct _GwSituationPage
{
  AdwBin parent;
  GwFilterModel *model; /* owned */
  GtkWidget *bar;       /* GwFilterBar */
  GtkWidget *map;       /* GwMapView */
  GtkWidget *list;      /* nullable: GwMatterList, made once the map is painted */
  GStrv hidden;         /* owned, nullable: columns of the list */
  guint later;          /* source that makes the list; 0 = none */
  GtkWidget *detail;    /* owned, nullable: GwMatterPane, made for the first matter */
  char *number;         /* owned, nullable: of the selected matter */
  GCancellable *asking; /* owned, nullable */
  gboolean narrow;
  guint moving; /* idle source that moves the detail; 0 = none */
  int detail_width;
  gboolean unplaced; /* the detail waits for the page to get a size */

  GtkStack *stack;
  GtkBox *column;
  GtkPaned *across;
  GtkPaned *down;
  AdwBin *cover;
};

G_DEFINE_FINAL_TYPE (GwSituationPage, gw_situation_page, ADW_TYPE_BIN)

static void open_cb (GwSituationPage *self);

/* Its first lines cost more than all the rest of the window. */
static void
make_list (GwSituationPage *self)
{
  GwMatterList *list = NULL;

  g_clear_handle_id (&self->later, g_source_remove);
  if (self->list != NULL)
    return;
  self->list = gw_matter_list_new (self->model);
  list = GW_MATTER_LIST (self->list);
  if (self->hidden != NULL)
    gw_matter_list_set_hidden (list, (const char *const *)self->hidden);
  gtk_widget_set_size_request (self->list, -1, LIST_MIN_HEIGHT);
  /* The menu button lies outside the list, whose actions it switches. */
  gtk_widget_insert_action_group (self->bar, "columns", gw_matter_list_get_column_actions (list));
  gw_filter_bar_set_view_menu (GW_FILTER_BAR (self->bar), gw_matter_list_get_column_menu (list));
  g_signal_connect_object (self->list, "open", G_CALLBACK (open_cb), self, G_CONNECT_SWAPPED);
  gtk_paned_set_end_child (self->down, self->list);
  g_signal_emit_by_name (self, "ready");
}

static gboolean
later_cb (gpointer data)
{
  GwSituationPage *self = data;

  self->later = 0;
  make_list (self);
  return G_SOURCE_REMOVE;
}

/* After the frame that has just been painted. */
static void
drawn_cb (GwSituationPage *self)
{
  if (self->list != NULL)
    return;
  g_clear_handle_id (&self->later, g_source_remove);
  self->later = g_idle_add (later_cb, self);
}

/* Holds the place of the list, so that nothing moves when it comes. */
static GtkWidget *
list_place_new (void)
{
  GtkWidget *place = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_widget_set_size_request (place, -1, LIST_MIN_HEIGHT);
  return place;
}

static void
done_cb (GwSituationPage *self, const char *message, gint64 matter)
{
  gw_ui_toast (GTK_WIDGET (self), message);
}

static void
close_cb (GwSituationPage *self)
{
  gw_filter_model_set_matter (self->model, 0);
  gw_matter_list_focus (GW_MATTER_LIST (gw_situation_page_get_list (self)));
}

static void
make_detail (GwSituationPage *self)
{
  self->detail = g_object_ref_sink (gw_matter_pane_new (gw_filter_model_get_session (self->model)));
  gtk_widget_set_size_request (self->detail, 340, -1);
  gtk_widget_add_css_class (self->detail, "detail-pane");
  g_signal_connect_object (self->detail, "done", G_CALLBACK (done_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->detail, "close", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
}

static gboolean
is_detail_beside (GwSituationPage *self)
{
  return self->detail != NULL && gtk_paned_get_end_child (self->across) == self->detail;
}

static void
remember_width (GwSituationPage *self)
{
  if (!self->unplaced && is_detail_beside (self) && gtk_widget_get_width (self->detail) > 0)
    self->detail_width = gtk_widget_get_width (self->detail);
}

/* At the start of the program there is no size yet to divide. */
static void
divide (GwSituationPage *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->across));

  self->unplaced = width <= 0;
  if (!self->unplaced)
    gtk_paned_set_position (self->across, width - self->detail_width);
}

/* Puts the detail where the width of the page wants it: beside, over, or nowhere. */
static void
place_detail (GwSituationPage *self)
{
  gboolean wanted = gw_filter_model_get_matter (self->model) != 0;
  gboolean beside = wanted && !self->narrow, over = wanted && self->narrow;

  if (wanted && self->detail == NULL)
    make_detail (self);
  remember_width (self);
  if (is_detail_beside (self) && !beside)
    gtk_paned_set_end_child (self->across, NULL);
  if (adw_bin_get_child (self->cover) != NULL && !over)
    adw_bin_set_child (self->cover, NULL);
  if (beside && (self->unplaced || !is_detail_beside (self)))
    {
      gtk_paned_set_end_child (self->across, self->detail);
      divide (self);
    }
  if (over && adw_bin_get_child (self->cover) == NULL)
    adw_bin_set_child (self->cover, self->detail);
  gtk_stack_set_visible_child_name (self->stack, over ? "detail" : "main");
}

static void
row_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwSituationPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gw_session_fetch_rows_finish (GW_SESSION (source), result, &error);
  const GwMatter *row = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->asking);
  row = rows != NULL && rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  self->number = row != NULL ? g_strdup (row->number) : NULL;
  g_signal_emit_by_name (self, "number-changed");
}

/* The settings remember a matter by its number: ids are good for one file alone. */
static void
ask_number (GwSituationPage *self, gint64 matter)
{
  g_clear_pointer (&self->number, g_free);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  if (matter == 0)
    return;
  self->asking = g_cancellable_new ();
  gw_session_fetch_rows_async (gw_filter_model_get_session (self->model), &matter, 1, self->asking,
                               row_cb, g_object_ref (self));
}

static void
matter_changed_cb (GwSituationPage *self)
{
  gint64 matter = gw_filter_model_get_matter (self->model);

  ask_number (self, matter);
  place_detail (self);
  if (self->detail != NULL)
    gw_matter_pane_set_matter (GW_MATTER_PANE (self->detail), matter);
}

static void
open_cb (GwSituationPage *self)
{
  if (self->detail != NULL)
    (void)gtk_widget_child_focus (self->detail, GTK_DIR_TAB_FORWARD);
}

static gboolean
move_cb (gpointer data)
{
  GwSituationPage *self = data;

  self->moving = 0;
  place_detail (self);
  return G_SOURCE_REMOVE;
}

static void
gw_situation_page_measure (GtkWidget *widget,
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

/* libadwaita has breakpoints from 1.4 on. Children cannot move while they get their place. */
static void
gw_situation_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GwSituationPage *self = GW_SITUATION_PAGE (widget);
  gboolean narrow = width < GW_DETAIL_MIN_WIDTH - 220;

  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (widget)), width, height, baseline, NULL);
  if (narrow == self->narrow && !self->unplaced)
    return;
  self->narrow = narrow;
  if (self->moving == 0)
    self->moving = g_idle_add (move_cb, self);
}

static void
gw_situation_page_dispose (GObject *object)
{
  GwSituationPage *self = GW_SITUATION_PAGE (object);

  g_clear_handle_id (&self->moving, g_source_remove);
  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_pointer (&self->hidden, g_strfreev);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->number, g_free);
  g_clear_object (&self->detail);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (gw_situation_page_parent_class)->dispose (object);
}

static void
gw_situation_page_class_init (GwSituationPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_situation_page_dispose;
  widget_class->measure = gw_situation_page_measure;
  widget_class->size_allocate = gw_situation_page_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/pages/gw-situation-page.ui");
  gtk_widget_class_bind_template_child (widget_class, GwSituationPage, stack);
  gtk_widget_class_bind_template_child (widget_class, GwSituationPage, column);
  gtk_widget_class_bind_template_child (widget_class, GwSituationPage, across);
  gtk_widget_class_bind_template_child (widget_class, GwSituationPage, down);
  gtk_widget_class_bind_template_child (widget_class, GwSituationPage, cover);
  g_signal_new ("ready", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
  g_signal_new ("number-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
gw_situation_page_init (GwSituationPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Its own layout would hide the width from us. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  self->detail_width = DETAIL_WIDTH;
}

GtkWidget *
gw_situation_page_new (GwFilterModel *model)
{
  GwSituationPage *self = NULL;

  g_return_val_if_fail (GW_IS_FILTER_MODEL (model), NULL);
  self = g_object_new (GW_TYPE_SITUATION_PAGE, NULL);
  self->model = g_object_ref (model);
  self->bar = gw_filter_bar_new (model);
  self->map = gw_map_view_new (gw_filter_model_get_session (model), model);
  gtk_widget_set_size_request (self->map, 320, 160);
  gtk_box_prepend (self->column, self->bar);
  gtk_paned_set_start_child (self->down, self->map);
  gtk_paned_set_end_child (self->down, list_place_new ());
  g_signal_connect_object (self->map, "drawn", G_CALLBACK (drawn_cb), self, G_CONNECT_SWAPPED);
  self->later = g_timeout_add (PATIENCE_MS, later_cb, self);
  g_signal_connect_object (model, "matter-changed", G_CALLBACK (matter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  if (gw_filter_model_get_matter (model) != 0)
    matter_changed_cb (self);
  return GTK_WIDGET (self);
}

void
gw_situation_page_set_map_shown (GwSituationPage *self, gboolean shown)
{
  g_return_if_fail (GW_IS_SITUATION_PAGE (self));
  if (!shown)
    make_list (self);
  gtk_widget_set_visible (self->map, shown);
}

GtkWidget *
gw_situation_page_get_map (GwSituationPage *self)
{
  g_return_val_if_fail (GW_IS_SITUATION_PAGE (self), NULL);
  return self->map;
}

GtkWidget *
gw_situation_page_get_list (GwSituationPage *self)
{
  g_return_val_if_fail (GW_IS_SITUATION_PAGE (self), NULL);
  make_list (self);
  return self->list;
}

gboolean
gw_situation_page_go_back (GwSituationPage *self)
{
  g_return_val_if_fail (GW_IS_SITUATION_PAGE (self), FALSE);
  if (gw_filter_model_get_matter (self->model) == 0)
    return FALSE;
  close_cb (self);
  return TRUE;
}

char *
gw_situation_page_dup_number (GwSituationPage *self)
{
  g_return_val_if_fail (GW_IS_SITUATION_PAGE (self), NULL);
  return g_strdup (self->number);
}

GPtrArray *
gw_situation_page_list_panes (GwSituationPage *self)
{
  GPtrArray *panes = g_ptr_array_new ();
  GtkWidget *all[] = { NULL, NULL, NULL, NULL };

  g_return_val_if_fail (GW_IS_SITUATION_PAGE (self), panes);
  make_list (self);
  all[0] = self->bar;
  all[1] = self->map;
  all[2] = self->list;
  all[3] = self->detail;
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL && gtk_widget_get_mapped (all[i]))
      g_ptr_array_add (panes, all[i]);
  return panes;
}

void
gw_situation_page_save (GwSituationPage *self, GSettings *settings)
{
  g_autofree char *map = NULL;

  g_return_if_fail (GW_IS_SITUATION_PAGE (self));
  if (self->list != NULL)
    {
      g_strfreev (self->hidden);
      self->hidden = gw_matter_list_dup_hidden (GW_MATTER_LIST (self->list));
    }
  map = gw_map_view_dup_state (GW_MAP_VIEW (self->map));
  remember_width (self);
  g_settings_set_int (settings, "list-position", gtk_paned_get_position (self->down));
  g_settings_set_int (settings, "detail-width", self->detail_width);
  if (self->hidden != NULL)
    g_settings_set_strv (settings, "list-hidden-columns", (const char *const *)self->hidden);
  g_settings_set_string (settings, "map-state", map != NULL ? map : "");
}

void
gw_situation_page_restore (GwSituationPage *self, GSettings *settings)
{
  g_autofree char *map = NULL;

  g_return_if_fail (GW_IS_SITUATION_PAGE (self));
  g_strfreev (self->hidden);
  self->hidden = g_settings_get_strv (settings, "list-hidden-columns");
  map = g_settings_get_string (settings, "map-state");
  gtk_paned_set_position (self->down, g_settings_get_int (settings, "list-position"));
  self->detail_width = g_settings_get_int (settings, "detail-width");
  if (self->list != NULL)
    gw_matter_list_set_hidden (GW_MATTER_LIST (self->list), (const char *const *)self->hidden);
  if (*map != '\0')
    gw_map_view_restore_state (GW_MAP_VIEW (self->map), map);
}
