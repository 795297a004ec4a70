/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-levels.h"

#include <math.h>

/* An area is about as wide as its name. */
#define MIN_AREA_PX 72.0
/* Of its box, a district fills some such part. */
#define FILLED_PART 0.6

struct _GwMapLevels
{
  GwAreaTree *tree;               /* owned */
  GwMapAreas *areas[GW_N_LEVELS]; /* owned, nullable */
  GwMapRingsFunc get_rings;
  gpointer data;
};

GwMapLevels *
gw_map_levels_new (GwAreaTree *tree, GwMapRingsFunc get_rings, gpointer data)
{
  GwMapLevels *self = g_new0 (GwMapLevels, 1);

  self->tree = gw_area_tree_ref (tree);
  self->get_rings = get_rings;
  self->data = data;
  return self;
}

void
gw_map_levels_free (GwMapLevels *self)
{
  for (guint i = 0; i < GW_N_LEVELS; i++)
    g_clear_pointer (&self->areas[i], gw_map_areas_unref);
  gw_area_tree_unref (self->tree);
  g_free (self);
}

GwMapAreas *
gw_map_levels_get (GwMapLevels *self, GwAreaLevel level)
{
  g_return_val_if_fail ((guint)level < GW_N_LEVELS, NULL);
  if (self->areas[level] == NULL)
    self->areas[level] = gw_map_areas_new (self->tree, level, self->get_rings, self->data);
  return self->areas[level];
}

static guint
count_parts (const GwAreaTree *tree, guint32 area, GwAreaLevel level)
{
  const GwArea *at = gw_area_tree_get (tree, area);
  guint n_children = 0, n = 0;
  const GwArea *const *children = gw_area_tree_children (tree, area, &n_children);

  if (at->level >= level || n_children == 0)
    return 1;
  for (guint i = 0; i < n_children; i++)
    n += count_parts (tree, children[i]->id, level);
  return n;
}

GwAreaLevel
gw_map_levels_choose (GwMapLevels *self, guint32 base, double base_px)
{
  GwAreaLevel coarsest = gw_map_areas_level_below (self->tree, base), level = GW_LEVEL_MICRO;
  const GwArea *root = gw_area_tree_root (self->tree);

  if (root == NULL)
    return coarsest;
  if (base == GW_AREA_NONE)
    base = root->id;
  for (; level > coarsest; level--)
    if (base_px * sqrt (FILLED_PART / count_parts (self->tree, base, level)) >= MIN_AREA_PX)
      return level;
  return coarsest;
}
