/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-count.h"

#include "gw-limit.h"
#include "gw-state.h"
#include <glib/gi18n-lib.h>

static const char *const ids[GW_MAP_N_COUNTS] = {
  [GW_MAP_COUNT_OPEN] = "open",
  [GW_MAP_COUNT_OVERDUE] = "overdue",
  [GW_MAP_COUNT_ALL] = "all",
};

const char *
gw_map_count_id (GwMapCount self)
{
  return ids[self];
}

GwMapCount
gw_map_count_from_id (const char *id)
{
  for (guint i = 0; i < GW_MAP_N_COUNTS; i++)
    if (g_str_equal (ids[i], id))
      return (GwMapCount)i;
  return GW_MAP_COUNT_OPEN;
}

const char *
gw_map_count_label (GwMapCount self)
{
  switch (self)
    {
    case GW_MAP_COUNT_OPEN:
      return _ ("Open matters");
    case GW_MAP_COUNT_OVERDUE:
      return _ ("Overdue matters");
    case GW_MAP_COUNT_ALL:
    default:
      return _ ("Matters of the filter");
    }
}

GwMapCount
gw_map_count_under (GwMapCount self, const GwFilter *filter)
{
  return filter->states != 0 || filter->open_only || filter->overdue_only ? GW_MAP_COUNT_ALL : self;
}

guint32
gw_map_count_of (GwMapCount self, const GwAreaCount *count)
{
  return self == GW_MAP_COUNT_OPEN      ? count->open
         : self == GW_MAP_COUNT_OVERDUE ? count->overdue
                                        : count->total;
}

gboolean
gw_map_count_has (GwMapCount self, const GwSelection *selection, guint i)
{
  return self == GW_MAP_COUNT_ALL ||
         (gw_state_is_open (selection->states[i]) &&
          (self == GW_MAP_COUNT_OPEN || selection->lamps[i] == GW_LAMP_RED));
}
