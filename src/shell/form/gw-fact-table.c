/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-fact-table.h"

#include "gw-ui.h"
#include "gw-words.h"
#include <glib/gi18n-lib.h>

struct _GwFactTable
{
  AdwBin parent;
  GwSession *session; /* owned */
  int n_rows;
  GtkGrid *grid;
};

G_DEFINE_FINAL_TYPE (GwFactTable, gw_fact_table, ADW_TYPE_BIN)

static void
gw_fact_table_dispose (GObject *object)
{
  g_clear_object (&GW_FACT_TABLE (object)->session);
  adw_bin_set_child (ADW_BIN (object), NULL); /* else it is unparented twice */
  gtk_widget_dispose_template (GTK_WIDGET (object), GW_TYPE_FACT_TABLE);
  G_OBJECT_CLASS (gw_fact_table_parent_class)->dispose (object);
}

static void
gw_fact_table_class_init (GwFactTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = gw_fact_table_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               GW_RESOURCE_PREFIX "/form/gw-fact-table.ui");
  gtk_widget_class_bind_template_child (widget_class, GwFactTable, grid);
}

static void
gw_fact_table_init (GwFactTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
gw_fact_table_new (GwSession *session)
{
  GwFactTable *self = g_object_new (GW_TYPE_FACT_TABLE, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

static GtkWidget *
cell (GwFactTable *self, const char *text, int column, int span)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_grid_attach (self->grid, label, column, self->n_rows, span, 1);
  return label;
}

static GtkWidget *
add (GwFactTable *self, const char *name, const char *value)
{
  GtkWidget *title = NULL, *text = NULL;

  if (value == NULL || *value == '\0')
    return NULL;
  title = cell (self, name, 0, 1);
  text = cell (self, value, 1, 1);
  gtk_widget_add_css_class (title, "dim-label");
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  /* A selectable label that cannot be focused swallows Tab without taking it. */
  gtk_widget_set_can_focus (text, FALSE);
  gtk_widget_set_hexpand (text, TRUE);
  gw_ui_set_description (text, name);
  self->n_rows++;
  return text;
}

static void
add_covered (GwFactTable *self, const char *name)
{
  GtkWidget *text = add (self, name, _ ("•••• not for your role"));

  gtk_widget_add_css_class (text, "dim-label");
}

static const char *
kind_word (GwAreaKind kind)
{
  switch (kind)
    {
    case GW_AREA_URBAN:
      return _ ("urban");
    case GW_AREA_RURAL:
      return _ ("rural");
    case GW_AREA_NEIGHBOURING:
      return _ ("neighbouring");
    case GW_AREA_COMPOUND:
      return _ ("residential compound");
    case GW_AREA_VILLAGE:
      return _ ("village");
    case GW_AREA_MARKET:
      return _ ("market");
    case GW_AREA_SPECIAL:
      return _ ("special");
    default:
      return NULL;
    }
}

static void
add_place (GwFactTable *self, const GwMatter *matter)
{
  const GwAreaTree *tree = gw_session_get_areas (self->session);
  const GwArea *area = gw_area_tree_get (tree, matter->area);
  g_autofree char *path = NULL;
  g_autofree char *place = NULL;

  if (area != NULL)
    {
      const char *kind = kind_word (area->kind);

      path = gw_area_tree_path (tree, area->id, " › ");
      place = kind != NULL ? g_strdup_printf (_ ("%s (%s)"), path, kind) : g_strdup (path);
    }
  (void)add (self, _ ("Place"), place);
  (void)add (self, _ ("Address"), matter->address);
  if (matter->has_point)
    {
      g_autofree char *point = g_strdup_printf ("%.5f, %.5f", matter->x / 1e7, matter->y / 1e7);

      (void)add (self, _ ("Point"), point);
    }
}

static void
add_time (GwFactTable *self, const char *name, gint64 at)
{
  g_autofree char *text = at != 0 ? gw_time_format (at) : NULL;

  (void)add (self, name, text);
}

static void
add_own (GwFactTable *self, const GwMatterView *view)
{
  static const char *const levels[] = { "", "community", "township", "district" };
  const GwMatter *matter = view->matter;
  g_autofree char *kind = NULL;

  kind = view->type != NULL && !view->type->loaded
             ? g_strdup_printf (_ ("%s (module not loaded)"), view->type->label)
             : g_strdup (view->type != NULL ? view->type->label : NULL);
  (void)add (self, _ ("Summary"), matter->summary);
  (void)add (self, _ ("Result"), matter->result);
  (void)add (self, _ ("Type"), kind);
  add_place (self, matter);
  if (matter->level >= 1 && matter->level <= 3)
    (void)add (self, _ ("Level"), gw_term_label (levels[matter->level]));
  (void)add (self, _ ("Urgency"), gw_term_label (gw_urgency_id (matter->urgency)));
  (void)add (self, _ ("Source"), gw_term_label (matter->source));
  if (matter->lead_org != 0)
    (void)add (self, _ ("Lead unit"), gw_words_org (self->session, matter->lead_org));
  add_time (self, _ ("Happened on"), matter->occurred);
  add_time (self, _ ("Reported on"), matter->reported);
  add_time (self, _ ("Closed on"), matter->closed);
}

static void
add_helpers (GwFactTable *self, GPtrArray *assignments)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < assignments->len; i++)
    {
      const GwAssignment *assignment = g_ptr_array_index (assignments, i);

      if (assignment->part == 2 && assignment->returned == 0)
        g_string_append_printf (names, "%s%s", names->len > 0 ? _ (", ") : "",
                                gw_words_org (self->session, assignment->org));
    }
  (void)add (self, _ ("Co-handling"), names->str);
}

static void
add_fields (GwFactTable *self, const GwMatterView *view)
{
  for (guint i = 0; view->type != NULL && i < view->type->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (view->type->fields, i);
      const char *value = view->matter->values != NULL
                              ? g_hash_table_lookup (view->matter->values, field->id)
                              : NULL;
      g_autofree char *text = NULL;

      if (value != NULL)
        {
          text = gw_field_spec_display (field, view->type, value);
          (void)add (self, field->label, text);
        }
      else if (gw_words_is_masked (self->session, view, field))
        add_covered (self, field->label);
    }
}

void
gw_fact_table_show (GwFactTable *self, const GwMatterView *view)
{
  GtkWidget *child = NULL;

  g_return_if_fail (GW_IS_FACT_TABLE (self));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  self->n_rows = 0;
  if (view == NULL)
    return;
  add_own (self, view);
  add_helpers (self, view->assignments);
  add_fields (self, view);
}
