/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-contents.h"

#include "gw-state.h"
#include "gw-ui.h"
#include <glib/gi18n-lib.h>
#include <string.h>

#define WIDTH 320
#define HEIGHT 360

typedef enum
{
  ENTRY_AREA,
  ENTRY_FEATURE,
  ENTRY_MATTER,
} EntryKind;

typedef struct
{
  EntryKind kind;
  guint number; /* area, or index of the stop */
  gint64 matter;
  GtkWidget *title, *details; /* borrowed from the row */
} Entry;

struct _GwMapContents
{
  AdwBin parent;
  GwSession *session;    /* owned */
  GtkWidget *title;      /* GtkLabel */
  GtkWidget *rows;       /* GtkListBox */
  GPtrArray *entries;    /* owned: Entry, one a row */
  gboolean had_focus;    /* before the rows were made anew */
  GCancellable *reading; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (GwMapContents, gw_map_contents, ADW_TYPE_BIN)

static guint area_signal, feature_signal, matter_signal;

static void
stop_reading (GwMapContents *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
activated_cb (GwMapContents *self, GtkListBoxRow *row)
{
  const Entry *entry = g_ptr_array_index (self->entries, (guint)gtk_list_box_row_get_index (row));

  switch (entry->kind)
    {
    case ENTRY_AREA:
      g_signal_emit (self, area_signal, 0, entry->number);
      break;
    case ENTRY_FEATURE:
      g_signal_emit (self, feature_signal, 0, entry->number);
      break;
    case ENTRY_MATTER:
    default:
      g_signal_emit (self, matter_signal, 0, entry->matter);
      break;
    }
}

static void
gw_map_contents_dispose (GObject *object)
{
  GwMapContents *self = GW_MAP_CONTENTS (object);

  stop_reading (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gw_map_contents_parent_class)->dispose (object);
}

static void
gw_map_contents_finalize (GObject *object)
{
  g_ptr_array_unref (GW_MAP_CONTENTS (object)->entries);
  G_OBJECT_CLASS (gw_map_contents_parent_class)->finalize (object);
}

static void
gw_map_contents_class_init (GwMapContentsClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_map_contents_dispose;
  G_OBJECT_CLASS (klass)->finalize = gw_map_contents_finalize;
  area_signal = g_signal_new ("area", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                              G_TYPE_UINT);
  feature_signal = g_signal_new ("feature", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_UINT);
  matter_signal = g_signal_new ("matter", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_INT64);
}

static void
gw_map_contents_init (GwMapContents *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6),
            *scroller = gtk_scrolled_window_new ();

  self->entries = g_ptr_array_new_with_free_func (g_free);
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_widget_add_css_class (self->title, "heading");
  self->rows = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->rows), GTK_SELECTION_NONE);
  gw_ui_set_name (self->rows, _ ("What is on the map"));
  gw_ui_leave_on_tab (self->rows);
  g_signal_connect_object (self->rows, "row-activated", G_CALLBACK (activated_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->rows);
  gtk_widget_set_size_request (scroller, WIDTH, HEIGHT);
  gtk_box_append (GTK_BOX (box), self->title);
  gtk_box_append (GTK_BOX (box), scroller);
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
gw_map_contents_new (GwSession *session)
{
  GwMapContents *self = g_object_new (GW_TYPE_MAP_CONTENTS, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

/* ---- rows ---- */

static GtkWidget *
add_line (GtkWidget *box, const char *text, gboolean is_detail)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (is_detail)
    {
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dim-label");
    }
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
name_row (const Entry *entry)
{
  GtkWidget *row = gtk_widget_get_ancestor (entry->title, GTK_TYPE_LIST_BOX_ROW);
  const char *details = gtk_label_get_text (GTK_LABEL (entry->details));
  g_autofree char *name = g_strdup_printf (*details != '\0' ? "%s, %s" : "%s%s",
                                           gtk_label_get_text (GTK_LABEL (entry->title)), details);

  gw_ui_set_name (row, name);
  gtk_widget_set_visible (entry->details, *details != '\0');
}

static Entry *
add (GwMapContents *self, EntryKind kind, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", 2);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  Entry *entry = g_new0 (Entry, 1);

  entry->kind = kind;
  entry->title = add_line (box, lines[0] != NULL ? lines[0] : "", FALSE);
  entry->details = add_line (box, lines[0] != NULL && lines[1] != NULL ? lines[1] : "", TRUE);
  gtk_widget_add_css_class (box, "map-entry");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_append (GTK_LIST_BOX (self->rows), row);
  g_ptr_array_add (self->entries, entry);
  name_row (entry);
  return entry;
}

void
gw_map_contents_begin (GwMapContents *self, const char *title)
{
  GtkWidget *child = NULL;

  g_return_if_fail (GW_IS_MAP_CONTENTS (self));
  stop_reading (self);
  self->had_focus = gtk_widget_get_focus_child (self->rows) != NULL;
  while ((child = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->rows), child);
  g_ptr_array_set_size (self->entries, 0);
  gtk_label_set_text (GTK_LABEL (self->title), title);
}

void
gw_map_contents_add_up (GwMapContents *self, guint32 area, const char *name)
{
  g_autofree char *text = NULL;

  g_return_if_fail (GW_IS_MAP_CONTENTS (self));
  text = g_strdup_printf (_ ("Up to %s"), name);
  add (self, ENTRY_AREA, text)->number = area;
}

void
gw_map_contents_add_area (GwMapContents *self, guint32 area, const char *text)
{
  g_return_if_fail (GW_IS_MAP_CONTENTS (self));
  add (self, ENTRY_AREA, text)->number = area;
}

void
gw_map_contents_add_feature (GwMapContents *self, guint index, const char *text)
{
  g_return_if_fail (GW_IS_MAP_CONTENTS (self));
  add (self, ENTRY_FEATURE, text)->number = index;
}

void
gw_map_contents_add_matter (GwMapContents *self, gint64 id, const char *text)
{
  g_return_if_fail (GW_IS_MAP_CONTENTS (self));
  add (self, ENTRY_MATTER, text)->matter = id;
}

static const Entry *
find_matter (GwMapContents *self, gint64 id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->kind == ENTRY_MATTER && entry->matter == id)
        return entry;
    }
  return NULL;
}

static void
rows_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwMapContents) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gw_session_fetch_rows_finish (GW_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  gw_ui_toast_error (GTK_WIDGET (self), error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const GwMatter *matter = g_ptr_array_index (rows, i);
      const Entry *entry = matter != NULL ? find_matter (self, matter->id) : NULL;
      g_autofree char *details = NULL;

      if (entry == NULL)
        continue;
      details = g_strdup_printf ("%s · %s", matter->number, gw_state_label (matter->state));
      gtk_label_set_text (GTK_LABEL (entry->title), matter->title);
      gtk_label_set_text (GTK_LABEL (entry->details), details);
      name_row (entry);
    }
}

static void
read_matters (GwMapContents *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->kind == ENTRY_MATTER)
        g_array_append_val (ids, entry->matter);
    }
  if (ids->len == 0)
    return;
  self->reading = g_cancellable_new ();
  gw_session_fetch_rows_async (self->session, (const gint64 *)(gpointer)ids->data, ids->len,
                               self->reading, rows_cb, g_object_ref (self));
}

void
gw_map_contents_end (GwMapContents *self)
{
  GtkListBoxRow *first = NULL;

  g_return_if_fail (GW_IS_MAP_CONTENTS (self));
  read_matters (self);
  first = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->rows), 0);
  if (self->had_focus && first != NULL)
    (void)gtk_widget_grab_focus (GTK_WIDGET (first));
}
