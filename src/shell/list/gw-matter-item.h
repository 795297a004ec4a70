/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One line of the list: an id at once, its row when it has arrived. */

#include "gw-matter.h"
#include <glib-object.h>

G_BEGIN_DECLS

#define GW_TYPE_MATTER_ITEM (gw_matter_item_get_type ())
G_DECLARE_FINAL_TYPE (GwMatterItem, gw_matter_item, GW, MATTER_ITEM, GObject)

/* A line that knows its matter only; its row comes later. */
GwMatterItem *gw_matter_item_new (gint64 id);
gint64 gw_matter_item_get_id (GwMatterItem *self);
/* Nullable while it is on its way; borrowed until the next set_row. */
const GwMatter *gw_matter_item_get_row (GwMatterItem *self);
void gw_matter_item_take_row (GwMatterItem *self, GwMatter *row /* nullable */);

/* The cells that show it now (borrowed): so one signal of the model serves all rows, instead of a
 * handler in each cell. */
void gw_matter_item_add_cell (GwMatterItem *self, gpointer cell);
void gw_matter_item_remove_cell (GwMatterItem *self, gpointer cell);
GPtrArray *gw_matter_item_get_cells (GwMatterItem *self);

/* Bookkeeping of the model: the journal position of the row, and when it was last asked for. */
gint64 gw_matter_item_get_seq (GwMatterItem *self);
void gw_matter_item_set_seq (GwMatterItem *self, gint64 seq);
guint64 gw_matter_item_get_touched (GwMatterItem *self);
void gw_matter_item_set_touched (GwMatterItem *self, guint64 touched);

G_END_DECLS
