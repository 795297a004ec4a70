/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-area-mention.h"

#include "gw-area-name.h"
#include "gw-text.h"
#include <string.h>

/* What people leave away. A grid or micro-area is named in full. */
static const char *
short_suffix (GwNameClass name_class)
{
  switch (name_class)
    {
    case GW_NAME_COMMUNITY:
      return "社区";
    case GW_NAME_VILLAGE:
      return "村";
    case GW_NAME_STREET:
      return "街道";
    case GW_NAME_PLAIN:
    case GW_NAME_TOWN:
    default:
      return NULL;
    }
}

/* How many bytes of @text name @area; 0 = none. */
static gsize
named_bytes (const GwArea *area, const char *text)
{
  g_autofree char *name = gw_text_fold (area->name);
  g_autofree char *stem = NULL, *shorter = NULL;
  GwNameClass name_class = GW_NAME_PLAIN;
  const char *suffix = NULL;

  if (strstr (text, name) != NULL)
    return strlen (name);
  stem = gw_area_name_stem_of_folded (name, &name_class);
  suffix = short_suffix (name_class);
  if (suffix == NULL)
    return 0;
  shorter = g_strconcat (stem, suffix, NULL);
  return strstr (text, shorter) != NULL ? strlen (shorter) : 0;
}

static gboolean
is_above_named (const GwAreaTree *self, const GwArea *area, const char *text)
{
  const GwArea *above = gw_area_tree_get (self, area->parent);

  while (above != NULL && above->level > GW_LEVEL_DISTRICT)
    {
      if (named_bytes (above, text) > 0)
        return TRUE;
      above = gw_area_tree_get (self, above->parent);
    }
  return FALSE;
}

/* A lower area says more, then one whose surroundings are named, then a longer name. */
static guint64
rank_of (const GwAreaTree *self, const GwArea *area, const char *text, gsize bytes)
{
  return (guint64)area->level << 32 | (guint64)is_above_named (self, area, text) << 31 |
         (guint64)bytes;
}

guint32
gw_area_tree_find_mention (const GwAreaTree *self, const char *text)
{
  g_autofree char *folded = NULL;
  guint64 best = 0;
  guint32 found = GW_AREA_NONE;

  g_return_val_if_fail (self != NULL, GW_AREA_NONE);
  folded = gw_text_fold (text != NULL ? text : "");
  for (guint32 id = 1; id <= gw_area_tree_size (self); id++)
    {
      const GwArea *area = gw_area_tree_get (self, id);
      gsize bytes = 0;
      guint64 rank = 0;

      if (area == NULL || area->level == GW_LEVEL_DISTRICT || !gw_area_is_current (area))
        continue;
      bytes = named_bytes (area, folded);
      if (bytes == 0)
        continue;
      rank = rank_of (self, area, folded, bytes);
      if (rank >= best)
        found = rank > best ? id : GW_AREA_NONE;
      best = MAX (best, rank);
    }
  return found;
}
