/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which matters of the filter the map counts. Areas and circles ask here both, so that the circles
 * sum up to the areas. */

#include "gw-filter.h"
#include "gw-selection.h"

G_BEGIN_DECLS

typedef enum
{
  GW_MAP_COUNT_OPEN,
  GW_MAP_COUNT_OVERDUE,
  GW_MAP_COUNT_ALL,
} GwMapCount;
#define GW_MAP_N_COUNTS 3

const char *gw_map_count_id (GwMapCount self); /* "open" */
/* Of an id that nobody knows: open ones. */
GwMapCount gw_map_count_from_id (const char *id);
/* "Open matters": translated. */
const char *gw_map_count_label (GwMapCount self);
/* What is counted under @filter: one that names states itself is counted as it is. */
GwMapCount gw_map_count_under (GwMapCount self, const GwFilter *filter);

/* The one of the three numbers of an area. */
guint32 gw_map_count_of (GwMapCount self, const GwAreaCount *count);
/* Whether row @i of a selection is counted. */
gboolean gw_map_count_has (GwMapCount self, const GwSelection *selection, guint i);

G_END_DECLS
