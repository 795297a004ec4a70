/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-locate-build-private.h"

static void
toggle (GArray *inside, guint16 area)
{
  for (guint i = 0; i < inside->len; i++)
    {
      if (g_array_index (inside, guint16, i) == area)
        {
          g_array_remove_index_fast (inside, i);
          return;
        }
    }
  g_array_append_val (inside, area);
}

void
gw_locate_sweep_to (GwLocateSweep *sweep, guint32 place)
{
  for (; sweep->next < sweep->end && sweep->next->place <= place; sweep->next++)
    toggle (sweep->inside, (guint16)sweep->next->index);
}

void
gw_locate_sweep_start (GwLocateSweep *sweep, const GwLocateMarks *crossings, guint row)
{
  sweep->next = crossings->marks + crossings->starts[row];
  sweep->end = crossings->marks + crossings->starts[row + 1];
  g_array_set_size (sweep->inside, 0);
}

gboolean
gw_locate_sweep_is_inside (const GwLocateSweep *sweep, guint16 area)
{
  for (guint i = 0; i < sweep->inside->len; i++)
    {
      if (g_array_index (sweep->inside, guint16, i) == area)
        return TRUE;
    }
  return FALSE;
}

guint16
gw_locate_sweep_get_lowest (const GwLocateSweep *sweep)
{
  guint16 lowest = GW_LOCATE_NONE;

  for (guint i = 0; i < sweep->inside->len; i++)
    lowest = MIN (lowest, g_array_index (sweep->inside, guint16, i));
  return lowest;
}
