/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-sidebar.h"

#include "gw-ui.h"
#include <glib/gi18n-lib.h>

typedef enum
{
  ROW_PAGE,   /* key: page */
  ROW_OWN,    /* open matters of the own unit */
  ROW_MODULE, /* key: module id */
  ROW_TYPE,   /* key: type key; known from the file alone */
} RowKind;

typedef struct
{
  RowKind kind;
  char *key;           /* owned */
  const char *heading; /* msgid, nullable */
  GtkLabel *count;     /* borrowed child */
} Row;

struct _GwSidebar
{
  AdwBin parent;
  GwFilterModel *model; /* owned */
  char *page;           /* owned */
  GtkListBox *rows;
};

G_DEFINE_FINAL_TYPE (GwSidebar, gw_sidebar, ADW_TYPE_BIN)

/* One core, one base, five preventions, five governances: words of the model, not of a module. */
static const struct
{
  const char *group, *heading, *icon;
} groups[] = {
  { "core", N_ ("One core"), "starred-symbolic" },
  { "base", N_ ("One base"), "system-users-symbolic" },
  { "risk", N_ ("Five preventions"), "security-medium-symbolic" },
  { "gov", N_ ("Five governances"), "emblem-ok-symbolic" },
};
static const char other_heading[] = N_ ("Other records");

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->key);
  g_free (row);
}

static Row *
row_of (GtkListBoxRow *widget)
{
  return g_object_get_data (G_OBJECT (widget), "gw-row");
}

static void
add_row (GwSidebar *self,
         RowKind kind,
         const char *key,
         const char *title,
         const char *icon,
         const char *heading)
{
  GtkWidget *widget = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *count = gtk_label_new (NULL);
  Row *row = g_new0 (Row, 1);

  *row = (Row){ kind, g_strdup (key), heading, GTK_LABEL (count) };
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_add_css_class (count, "dim-label");
  gtk_box_append (GTK_BOX (box), count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (widget), box);
  gw_ui_set_name (widget, title);
  g_object_set_data_full (G_OBJECT (widget), "gw-row", row, row_free);
  gtk_list_box_append (self->rows, widget);
}

static void
header_cb (GtkListBoxRow *widget, GtkListBoxRow *before, gpointer data)
{
  Row *row = row_of (widget), *last = before != NULL ? row_of (before) : NULL;
  GtkWidget *label = NULL;

  if (row->heading == NULL || (last != NULL && last->heading == row->heading))
    {
      gtk_list_box_row_set_header (widget, NULL);
      return;
    }
  label = gtk_label_new (_ (row->heading));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "sidebar-heading");
  gtk_list_box_row_set_header (widget, label);
}

static void
add_modules (GwSidebar *self, GwSession *session)
{
  GPtrArray *modules = gw_session_get_modules (session);

  for (gsize g = 0; g < G_N_ELEMENTS (groups); g++)
    for (guint i = 0; i < modules->len; i++)
      {
        const GwModuleSpec *module = g_ptr_array_index (modules, i);

        if (g_strcmp0 (module->group, groups[g].group) == 0)
          add_row (self, ROW_MODULE, module->id, module->name, groups[g].icon, groups[g].heading);
      }
}

static void
add_other_types (GwSidebar *self, GwSession *session)
{
  GPtrArray *types = gw_session_get_types (session);

  for (guint i = 1; i < types->len; i++)
    {
      const GwTypeSpec *type = g_ptr_array_index (types, i);

      if (type != NULL && !type->loaded)
        add_row (self, ROW_TYPE, type->key,
                 type->label_plural != NULL ? type->label_plural : type->label,
                 "text-x-generic-symbolic", other_heading);
    }
}

static void
add_count (GwAreaCount *sum, const GwSelection *selection, GwSession *session, const Row *row)
{
  GPtrArray *types = gw_session_get_types (session);

  for (guint i = 1; i < types->len && i <= selection->n_types; i++)
    {
      const GwTypeSpec *type = g_ptr_array_index (types, i);

      if (type == NULL || (row->kind == ROW_MODULE && g_strcmp0 (type->module, row->key) != 0) ||
          (row->kind == ROW_TYPE && g_strcmp0 (type->key, row->key) != 0))
        continue;
      sum->open += selection->by_type[i].open;
      sum->total += selection->by_type[i].total;
    }
}

static void
show_counts (GwSidebar *self)
{
  GwSelection *selection = gw_filter_model_get_selection (self->model);
  GwSession *session = gw_filter_model_get_session (self->model);
  GtkListBoxRow *widget = NULL;

  for (int i = 0; (widget = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    {
      Row *row = row_of (widget);
      GwAreaCount sum = { 0 };
      g_autofree char *open = NULL, *total = NULL, *hint = NULL;

      if (row->kind == ROW_OWN || g_strcmp0 (row->key, "situation") == 0 || selection == NULL)
        continue;
      add_count (&sum, selection, session, row);
      open = gw_ui_format_count (sum.open);
      total = gw_ui_format_count (sum.total);
      hint = g_strdup_printf (_ ("%s open of %s"), open, total);
      gtk_label_set_label (row->count, open);
      gtk_widget_set_tooltip_text (GTK_WIDGET (widget), hint);
      gw_ui_set_description (GTK_WIDGET (widget), hint);
    }
}

static gboolean
is_own (GwSidebar *self, const GwFilter *filter)
{
  const GwActor *actor = gw_session_get_actor (gw_filter_model_get_session (self->model));

  return filter->open_only && actor->org != 0 && filter->org == actor->org;
}

static gboolean
is_current (GwSidebar *self, const Row *row)
{
  const GwFilter *filter = gw_filter_model_get (self->model);
  gboolean typed = filter->module != NULL || filter->type != NULL;

  if (!g_str_equal (self->page, "situation") && !g_str_equal (self->page, "matters"))
    return FALSE;
  switch (row->kind)
    {
    case ROW_PAGE:
      return !typed && !is_own (self, filter) && g_str_equal (self->page, row->key);
    case ROW_OWN:
      return !typed && is_own (self, filter);
    case ROW_MODULE:
      return g_strcmp0 (filter->module, row->key) == 0 ||
             (filter->type != NULL && g_str_has_prefix (filter->type, row->key) &&
              filter->type[strlen (row->key)] == '/');
    case ROW_TYPE:
      return g_strcmp0 (filter->type, row->key) == 0;
    default:
      return FALSE;
    }
}

static void
show_current (GwSidebar *self)
{
  GtkListBoxRow *widget = NULL;

  for (int i = 0; (widget = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    {
      gboolean current = is_current (self, row_of (widget));

      if (current)
        gtk_widget_add_css_class (GTK_WIDGET (widget), "current");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (widget), "current");
      gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_SELECTED, current,
                                   -1);
    }
}

static void
activate (GwSidebar *self, const Row *row)
{
  GwSession *session = gw_filter_model_get_session (self->model);
  g_autoptr (GwFilter) filter = gw_filter_copy (gw_filter_model_get (self->model));
  gboolean was_own = is_own (self, filter);
  const char *page = g_str_equal (self->page, "matters") ? "matters" : "situation";

  g_clear_pointer (&filter->module, g_free);
  g_clear_pointer (&filter->type, g_free);
  if (was_own)
    {
      filter->org = 0;
      filter->open_only = FALSE;
    }
  switch (row->kind)
    {
    case ROW_PAGE:
      page = row->key;
      break;
    case ROW_OWN:
      filter->org = gw_session_get_actor (session)->org;
      filter->open_only = TRUE;
      break;
    case ROW_MODULE:
      filter->module = g_strdup (row->key);
      break;
    case ROW_TYPE:
      filter->type = g_strdup (row->key);
      break;
    default:
      break;
    }
  gw_filter_model_set (self->model, filter);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s", page);
  show_current (self);
}

static void
row_activated_cb (GtkListBox *rows, GtkListBoxRow *widget, GwSidebar *self)
{
  activate (self, row_of (widget));
}

static void
rebuild (GwSidebar *self)
{
  GwSession *session = gw_filter_model_get_session (self->model);
  GtkListBoxRow *widget = NULL;

  while ((widget = gtk_list_box_get_row_at_index (self->rows, 0)) != NULL)
    gtk_list_box_remove (self->rows, GTK_WIDGET (widget));
  add_row (self, ROW_PAGE, "situation", _ ("Situation"), "mark-location-symbolic", NULL);
  add_row (self, ROW_PAGE, "matters", _ ("Matters"), "view-list-symbolic", NULL);
  if (gw_session_get_actor (session)->org != 0)
    add_row (self, ROW_OWN, "own", _ ("Open at my unit"), "task-due-symbolic", NULL);
  add_modules (self, session);
  add_other_types (self, session);
  show_counts (self);
  show_current (self);
}

static void
data_changed_cb (GwSidebar *self, gboolean reference_data)
{
  if (reference_data)
    rebuild (self);
}

static void
gw_sidebar_dispose (GObject *object)
{
  GwSidebar *self = GW_SIDEBAR (object);

  g_clear_object (&self->model);
  g_clear_pointer (&self->page, g_free);
  G_OBJECT_CLASS (gw_sidebar_parent_class)->dispose (object);
}

static void
gw_sidebar_class_init (GwSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_sidebar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, GW_RESOURCE_PREFIX "/gw-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, GwSidebar, rows);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
gw_sidebar_init (GwSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->page = g_strdup ("situation");
  gtk_list_box_set_header_func (self->rows, header_cb, NULL, NULL);
  gw_ui_leave_on_tab (GTK_WIDGET (self->rows));
}

GtkWidget *
gw_sidebar_new (GwFilterModel *model)
{
  GwSidebar *self = NULL;
  GwSession *session = NULL;

  g_return_val_if_fail (GW_IS_FILTER_MODEL (model), NULL);
  self = g_object_new (GW_TYPE_SIDEBAR, NULL);
  self->model = g_object_ref (model);
  session = gw_filter_model_get_session (model);
  rebuild (self);
  g_signal_connect_object (model, "selection-changed", G_CALLBACK (show_counts), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "changed", G_CALLBACK (show_current), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (data_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "seat-changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
gw_sidebar_set_page (GwSidebar *self, const char *page)
{
  g_return_if_fail (GW_IS_SIDEBAR (self) && page != NULL);
  g_free (self->page);
  self->page = g_strdup (page);
  show_current (self);
}

gboolean
gw_sidebar_activate_module (GwSidebar *self, guint n)
{
  GtkListBoxRow *widget = NULL;

  g_return_val_if_fail (GW_IS_SIDEBAR (self), FALSE);
  for (int i = 0; (widget = gtk_list_box_get_row_at_index (self->rows, i)) != NULL; i++)
    {
      Row *row = row_of (widget);

      if (row->kind != ROW_MODULE || --n > 0)
        continue;
      activate (self, row);
      return TRUE;
    }
  return FALSE;
}
