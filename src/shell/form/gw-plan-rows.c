/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-plan-rows.h"

#include <gtk/gtk.h>

#define MAX_PROBLEMS 100000u

struct _GwPlanRow
{
  GObject parent_instance;
  guint64 index;
};

G_DEFINE_FINAL_TYPE (GwPlanRow, gw_plan_row, G_TYPE_OBJECT)

static void
gw_plan_row_class_init (GwPlanRowClass *klass)
{
}

static void
gw_plan_row_init (GwPlanRow *self)
{
}

guint64
gw_plan_row_get_index (GwPlanRow *self)
{
  return self->index;
}

struct _GwPlanRows
{
  GObject parent_instance;
  GwImportPlan *plan; /* owned */
  GArray *chosen;     /* owned, nullable, guint64: indexes of the rows with a problem */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (GwPlanRows,
                               gw_plan_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
gw_plan_rows_get_item_type (GListModel *model)
{
  return GW_TYPE_PLAN_ROW;
}

static guint
gw_plan_rows_get_n_items (GListModel *model)
{
  GwPlanRows *self = GW_PLAN_ROWS (model);

  return self->chosen != NULL ? self->chosen->len : (guint)gw_import_plan_n_rows (self->plan);
}

static gpointer
gw_plan_rows_get_item (GListModel *model, guint position)
{
  GwPlanRows *self = GW_PLAN_ROWS (model);
  GwPlanRow *row;

  if (position >= gw_plan_rows_get_n_items (model))
    return NULL;
  row = g_object_new (GW_TYPE_PLAN_ROW, NULL);
  row->index = self->chosen != NULL ? g_array_index (self->chosen, guint64, position) : position;
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = gw_plan_rows_get_item_type;
  iface->get_n_items = gw_plan_rows_get_n_items;
  iface->get_item = gw_plan_rows_get_item;
}

static void
gw_plan_rows_dispose (GObject *object)
{
  GwPlanRows *self = GW_PLAN_ROWS (object);

  g_clear_object (&self->plan);
  g_clear_pointer (&self->chosen, g_array_unref);
  G_OBJECT_CLASS (gw_plan_rows_parent_class)->dispose (object);
}

static void
gw_plan_rows_class_init (GwPlanRowsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gw_plan_rows_dispose;
}

static void
gw_plan_rows_init (GwPlanRows *self)
{
}

static guint64
next_problem (GwImportPlan *plan, guint64 from)
{
  return MIN (gw_import_plan_next (plan, from, GW_ROW_REFUSED),
              gw_import_plan_next (plan, from, GW_ROW_WARNED));
}

GwPlanRows *
gw_plan_rows_new (GwImportPlan *plan, gboolean problems_only)
{
  GwPlanRows *self = g_object_new (GW_TYPE_PLAN_ROWS, NULL);

  self->plan = g_object_ref (plan);
  if (!problems_only)
    return self;
  self->chosen = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (guint64 i = next_problem (plan, 0); i != G_MAXUINT64 && self->chosen->len < MAX_PROBLEMS;
       i = next_problem (plan, i + 1))
    g_array_append_val (self->chosen, i);
  return self;
}

guint
gw_plan_rows_next_problem (GwPlanRows *self, guint from)
{
  guint64 i;

  if (self->chosen != NULL)
    return from < self->chosen->len ? from : GTK_INVALID_LIST_POSITION;
  i = next_problem (self->plan, from);
  return i != G_MAXUINT64 ? (guint)i : GTK_INVALID_LIST_POSITION;
}
