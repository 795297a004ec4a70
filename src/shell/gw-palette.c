/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-palette.h"

#include "gw-actions.h"
#include "gw-text.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_COMMANDS 12
#define MAX_AREAS 8
#define MAX_MATTERS 10

struct _GwPalette
{
  AdwWindow parent;
  GwSession *session;   /* owned, nullable */
  GwFilterModel *model; /* owned, nullable */
  GCancellable *asking; /* owned, nullable */
  GtkSearchEntry *entry;
  GtkListBox *rows;
};

G_DEFINE_FINAL_TYPE (GwPalette, gw_palette, ADW_TYPE_WINDOW)

/* @action is run on the window below, so that a row is nothing but a command with its argument. */
static void
add_row (GwPalette *self, const char *title, const char *note, const char *kind, const char *action)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title), *more = gtk_label_new (note),
            *what = gtk_label_new (kind);
  g_autofree char *name = g_strdup_printf ("%s %s", kind, title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (more), PANGO_ELLIPSIZE_START);
  gtk_label_set_max_width_chars (GTK_LABEL (more), 28);
  gtk_widget_add_css_class (more, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (what), 0);
  gtk_widget_add_css_class (what, "palette-kind");
  gtk_box_append (GTK_BOX (box), what);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), more);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gw_ui_set_name (row, name);
  g_object_set_data_full (G_OBJECT (row), "gw-action", g_strdup (action), g_free);
  gtk_list_box_append (self->rows, row);
}

static void
select_first (GwPalette *self)
{
  gtk_list_box_select_row (self->rows, gtk_list_box_get_row_at_index (self->rows, 0));
}

/* ---- what answers at once ---- */

static gboolean
fits (const char *title, const char *folded)
{
  g_autofree char *text = gw_text_fold (title);

  return strstr (text, folded) != NULL || gw_text_matches_initials (title, folded);
}

static void
add_commands (GwPalette *self, const char *folded)
{
  guint n = 0, found = 0;
  const GwCommand *commands = gw_actions_list (&n);

  for (guint i = 0; i < n && found < MAX_COMMANDS; i++)
    {
      const char *title = gw_actions_title (&commands[i]);
      g_autofree char *keys = NULL;

      if ((commands[i].flags & GW_COMMAND_HIDDEN) != 0 ||
          g_str_equal (commands[i].action, "win.palette") || !fits (title, folded) ||
          !gw_actions_is_allowed (&commands[i], self->session, NULL))
        continue;
      keys = gw_actions_dup_accel_label (&commands[i]);
      add_row (self, title, keys, _ ("Command"), commands[i].action);
      found++;
    }
}

static void
add_modules (GwPalette *self, const char *folded)
{
  GPtrArray *modules = gw_session_get_modules (self->session);

  for (guint i = 0; i < modules->len; i++)
    {
      const GwModuleSpec *module = g_ptr_array_index (modules, i);
      g_autofree char *action = NULL;

      if (!fits (module->name, folded))
        continue;
      action = g_strdup_printf ("win.module(%u)", i + 1);
      add_row (self, module->name, module->summary, _ ("Module"), action);
    }
}

static void
add_areas (GwPalette *self, const char *text)
{
  GwAreaTree *tree = gw_session_get_areas (self->session);
  g_autoptr (GPtrArray) areas = gw_area_tree_search (tree, text, MAX_AREAS);

  for (guint i = 0; i < areas->len; i++)
    {
      const GwArea *area = g_ptr_array_index (areas, i);
      g_autofree char *path = gw_area_tree_path (tree, area->parent, " › ");
      g_autofree char *action = g_strdup_printf ("win.area(uint32 %u)", area->id);

      add_row (self, area->name, path, gw_area_level_label (area->level), action);
    }
}

/* ---- what the file answers ---- */

static void
rows_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwPalette) self = data;
  g_autoptr (GPtrArray) rows = gw_session_fetch_rows_finish (GW_SESSION (source), result, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const GwMatter *row = g_ptr_array_index (rows, i);
      g_autofree char *action = NULL;

      if (row == NULL)
        continue;
      action = g_strdup_printf ("win.show-matter(int64 %" G_GINT64_FORMAT ")", row->id);
      add_row (self, row->title, row->number, _ ("Matter"), action);
    }
  if (rows != NULL && gtk_list_box_get_selected_row (self->rows) == NULL)
    select_first (self);
}

static void
selected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwPalette) self = data;
  g_autoptr (GwSelection) found =
      gw_session_select_first_finish (GW_SESSION (source), result, NULL);

  if (found != NULL && found->n > 0)
    gw_session_fetch_rows_async (self->session, found->ids, found->n, self->asking, rows_cb,
                                 g_object_ref (self));
}

static void
ask_matters (GwPalette *self, const char *text)
{
  g_autoptr (GwFilter) filter = gw_filter_new ();

  filter->text = g_strdup (text);
  self->asking = g_cancellable_new ();
  gw_session_select_first_async (self->session, filter, MAX_MATTERS, self->asking, selected_cb,
                                 g_object_ref (self));
}

static void
stop_asking (GwPalette *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

/* ---- the box ---- */

static void
find (GwPalette *self, const char *typed)
{
  char only = *typed != '\0' && strchr (">@#", *typed) != NULL ? *typed : '\0';
  g_autofree char *text = gw_text_tidy (only != '\0' ? typed + 1 : typed);
  g_autofree char *folded = gw_text_fold (text);
  GtkListBoxRow *row = NULL;

  stop_asking (self);
  while ((row = gtk_list_box_get_row_at_index (self->rows, 0)) != NULL)
    gtk_list_box_remove (self->rows, GTK_WIDGET (row));
  if (only == '\0' || only == '>')
    add_commands (self, folded);
  if (self->session != NULL && *text != '\0' && (only == '\0' || only == '@'))
    add_areas (self, text);
  if (self->session != NULL && only == '\0')
    add_modules (self, folded);
  if (self->session != NULL && *text != '\0' && (only == '\0' || only == '#'))
    ask_matters (self, text);
  select_first (self);
}

static void
changed_cb (GtkSearchEntry *entry, GwPalette *self)
{
  find (self, gtk_editable_get_text (GTK_EDITABLE (entry)));
}

static void
run (GwPalette *self, GtkListBoxRow *row)
{
  g_autofree char *action = NULL, *name = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autoptr (GtkWindow) below = NULL;

  if (row == NULL)
    return;
  action = g_strdup (g_object_get_data (G_OBJECT (row), "gw-action"));
  below = g_object_ref (gtk_window_get_transient_for (GTK_WINDOW (self)));
  if (!g_action_parse_detailed_name (action, &name, &target, NULL))
    return;
  gtk_window_close (GTK_WINDOW (self));
  (void)gtk_widget_activate_action_variant (GTK_WIDGET (below), name, target);
}

static void
entry_activated_cb (GtkSearchEntry *entry, GwPalette *self)
{
  run (self, gtk_list_box_get_selected_row (self->rows));
}

static void
row_activated_cb (GtkListBox *rows, GtkListBoxRow *row, GwPalette *self)
{
  run (self, row);
}

static void
stopped_cb (GtkSearchEntry *entry, GwPalette *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

/* Up and down move through the list while the entry keeps the focus. */
static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, GwPalette *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->rows);
  int step = key == GDK_KEY_Down ? 1 : key == GDK_KEY_Up ? -1 : 0;

  if (step == 0)
    return GDK_EVENT_PROPAGATE;
  row =
      gtk_list_box_get_row_at_index (self->rows,
                                     row != NULL ? MAX (0, gtk_list_box_row_get_index (row) + step)
                                                 : 0);
  if (row != NULL)
    gtk_list_box_select_row (self->rows, row);
  return GDK_EVENT_STOP;
}

static void
gw_palette_dispose (GObject *object)
{
  GwPalette *self = GW_PALETTE (object);

  stop_asking (self);
  g_clear_object (&self->session);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (gw_palette_parent_class)->dispose (object);
}

static void
gw_palette_class_init (GwPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_palette_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, GW_RESOURCE_PREFIX "/gw-palette.ui");
  gtk_widget_class_bind_template_child (widget_class, GwPalette, entry);
  gtk_widget_class_bind_template_child (widget_class, GwPalette, rows);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stopped_cb);
}

static void
gw_palette_init (GwPalette *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
gw_palette_present (GtkWindow *parent, GwSession *session, GwFilterModel *model)
{
  GwPalette *self = g_object_new (GW_TYPE_PALETTE, "transient-for", parent, NULL);

  (void)g_set_object (&self->session, session);
  (void)g_set_object (&self->model, model);
  find (self, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  gtk_window_present (GTK_WINDOW (self));
  return GTK_WIDGET (self);
}
