/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Orders the ids of a selection by the columns of the snapshot. */

#include "gw-filter.h"
#include "gw-snapshot.h"

G_BEGIN_DECLS

/* Whether ids are best collected from the highest down, so that they come nearly in order. */
gboolean gw_select_order_descends (GwSort sort);
/* @ids in ascending or descending order as gw_select_order_descends says. Equal keys keep that
 * order, so that the result is always the same. @type_ranks: place of each type's number code,
 * @area_ranks: place of each area's code; both by id, 0 beyond the end. */
void gw_select_order (const GwSnapshot *snapshot,
                      GwSort sort,
                      guint32 *ids,
                      guint n,
                      const GArray *type_ranks,
                      const GArray *area_ranks);

G_END_DECLS
