/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-matter-item.h"

struct _GwMatterItem
{
  GObject parent;
  gint64 id;
  gint64 seq;
  guint64 touched;
  GwMatter *row;    /* owned, nullable */
  GPtrArray *cells; /* owned; cells borrowed */
};

G_DEFINE_FINAL_TYPE (GwMatterItem, gw_matter_item, G_TYPE_OBJECT)

static void
gw_matter_item_finalize (GObject *object)
{
  GwMatterItem *self = GW_MATTER_ITEM (object);

  g_clear_pointer (&self->row, gw_matter_free);
  g_ptr_array_unref (self->cells);
  G_OBJECT_CLASS (gw_matter_item_parent_class)->finalize (object);
}

static void
gw_matter_item_class_init (GwMatterItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = gw_matter_item_finalize;
}

static void
gw_matter_item_init (GwMatterItem *self)
{
  self->cells = g_ptr_array_new ();
  self->seq = -1;
}

GwMatterItem *
gw_matter_item_new (gint64 id)
{
  GwMatterItem *self = g_object_new (GW_TYPE_MATTER_ITEM, NULL);

  self->id = id;
  return self;
}

gint64
gw_matter_item_get_id (GwMatterItem *self)
{
  g_return_val_if_fail (GW_IS_MATTER_ITEM (self), 0);
  return self->id;
}

const GwMatter *
gw_matter_item_get_row (GwMatterItem *self)
{
  g_return_val_if_fail (GW_IS_MATTER_ITEM (self), NULL);
  return self->row;
}

void
gw_matter_item_take_row (GwMatterItem *self, GwMatter *row)
{
  g_return_if_fail (GW_IS_MATTER_ITEM (self));
  g_clear_pointer (&self->row, gw_matter_free);
  self->row = row;
}

void
gw_matter_item_add_cell (GwMatterItem *self, gpointer cell)
{
  g_return_if_fail (GW_IS_MATTER_ITEM (self));
  g_ptr_array_add (self->cells, cell);
}

void
gw_matter_item_remove_cell (GwMatterItem *self, gpointer cell)
{
  g_return_if_fail (GW_IS_MATTER_ITEM (self));
  g_ptr_array_remove_fast (self->cells, cell);
}

GPtrArray *
gw_matter_item_get_cells (GwMatterItem *self)
{
  g_return_val_if_fail (GW_IS_MATTER_ITEM (self), NULL);
  return self->cells;
}

gint64
gw_matter_item_get_seq (GwMatterItem *self)
{
  g_return_val_if_fail (GW_IS_MATTER_ITEM (self), -1);
  return self->seq;
}

void
gw_matter_item_set_seq (GwMatterItem *self, gint64 seq)
{
  g_return_if_fail (GW_IS_MATTER_ITEM (self));
  self->seq = seq;
}

guint64
gw_matter_item_get_touched (GwMatterItem *self)
{
  g_return_val_if_fail (GW_IS_MATTER_ITEM (self), 0);
  return self->touched;
}

void
gw_matter_item_set_touched (GwMatterItem *self, guint64 touched)
{
  g_return_if_fail (GW_IS_MATTER_ITEM (self));
  self->touched = touched;
}
