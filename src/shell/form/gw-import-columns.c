/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-import-columns.h"

#include "gw-plan-rows.h"
#include <glib/gi18n-lib.h>

/* More columns than that nobody reads across; the mapping above shows all of them. */
#define MAX_CELLS 30u

typedef enum
{
  SHOW_VERDICT,
  SHOW_ROW,
  SHOW_PROBLEMS,
  SHOW_PLACE,
  SHOW_CELL,
} Shown;

typedef struct
{
  GwImportPlan *plan; /* owned */
  Shown shown;
  guint cell;
} Column;

static void
column_free (gpointer data, GClosure *closure)
{
  Column *column = data;

  g_object_unref (column->plan);
  g_free (column);
}

/* Shape and word beside the colour. */
static const struct
{
  const char *glyph, *word, *class;
} verdicts[] = {
  [GW_ROW_GOOD] = { "●", N_ ("good"), "success" },
  [GW_ROW_WARNED] = { "◆", N_ ("remark"), "warning" },
  [GW_ROW_REFUSED] = { "▲", N_ ("refused"), "error" },
};

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
show_verdict (GtkLabel *label, GwRowVerdict verdict)
{
  g_autofree char *text =
      g_strdup_printf ("%s %s", verdicts[verdict].glyph, _ (verdicts[verdict].word));

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (label), verdicts[i].class);
  gtk_widget_add_css_class (GTK_WIDGET (label), verdicts[verdict].class);
  gtk_label_set_text (label, text);
}

static void
show_problems (GtkLabel *label, GwImportPlan *plan, guint64 index)
{
  GPtrArray *problems = gw_import_plan_get_problems (plan, index);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < problems->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "",
                            ((GwRowProblem *)g_ptr_array_index (problems, i))->message);
  gtk_label_set_text (label, text->str);
  gtk_label_set_single_line_mode (label, problems->len <= 1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), text->len > 0 ? text->str : NULL);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  const Column *column = data;
  GtkLabel *label = GTK_LABEL (gtk_list_item_get_child (item));
  guint64 index = gw_plan_row_get_index (GW_PLAN_ROW (gtk_list_item_get_item (item)));
  const char *const *cells = NULL;
  const char *place = NULL;
  GwRowVerdict verdict = GW_ROW_GOOD;
  g_autofree char *number = NULL;
  guint64 source_row = 0;
  guint n = 0;

  if (!gw_import_plan_get_row (column->plan, index, &source_row, &verdict, &cells, &n, &place))
    return;
  switch (column->shown)
    {
    case SHOW_VERDICT:
      show_verdict (label, verdict);
      break;
    case SHOW_ROW:
      number = g_strdup_printf ("%" G_GUINT64_FORMAT, source_row);
      gtk_label_set_text (label, number);
      break;
    case SHOW_PROBLEMS:
      show_problems (label, column->plan, index);
      break;
    case SHOW_PLACE:
      gtk_label_set_text (label, place != NULL ? place : "");
      break;
    case SHOW_CELL:
      gtk_label_set_text (label, column->cell < n && cells[column->cell] != NULL
                                     ? cells[column->cell]
                                     : "");
      break;
    }
}

static void
add_column (
    GtkColumnView *view, GwImportPlan *plan, Shown shown, guint cell, const char *title, int width)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) added = NULL;
  Column *column = g_new0 (Column, 1);

  column->plan = g_object_ref (plan);
  column->shown = shown;
  column->cell = cell;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect_data (factory, "bind", G_CALLBACK (bind_cb), column, column_free, 0);
  added = gtk_column_view_column_new (title, factory);
  gtk_column_view_column_set_resizable (added, TRUE);
  gtk_column_view_column_set_fixed_width (added, width);
  gtk_column_view_append_column (view, added);
}

static void
remove_columns (GtkColumnView *view)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  guint n;

  while ((n = g_list_model_get_n_items (columns)) > 0)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (columns, n - 1);

      gtk_column_view_remove_column (view, column);
    }
}

void
gw_import_columns_fill (GtkColumnView *view, GwImportPlan *plan)
{
  GPtrArray *columns = gw_import_plan_get_columns (plan);

  remove_columns (view);
  add_column (view, plan, SHOW_VERDICT, 0, _ ("Verdict"), 90);
  add_column (view, plan, SHOW_ROW, 0, _ ("Row"), 60);
  add_column (view, plan, SHOW_PROBLEMS, 0, _ ("What Is Wrong, and the Mend"), 320);
  add_column (view, plan, SHOW_PLACE, 0, _ ("Assigned To"), 220);
  for (guint i = 0; i < columns->len && i < MAX_CELLS; i++)
    {
      const GwPlanColumn *facts = g_ptr_array_index (columns, i);

      add_column (view, plan, SHOW_CELL, i, facts->header, 140);
    }
}
