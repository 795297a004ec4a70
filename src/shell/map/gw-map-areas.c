/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-areas.h"

struct _GwMapAreas
{
  gatomicrefcount refs;
  GwAreaLevel level;
  guint n;
  guint32 *ids;               /* owned */
  guint16 *groups;            /* owned: numbers of the parents */
  const GwRings **rings;      /* owned, elements owned, nullable */
  GwWorldBox *boxes;          /* owned */
  GwWorldPoint *label_places; /* owned */
  guint n_ids;                /* area ids are below */
  gint *by_id;                /* owned: index by area id, -1 */
  GMutex lock;                /* of the raster */
  GwIdRaster *raster;         /* owned, nullable */
};

/* The leaves of a level that is finer than the division of the place stand for themselves. */
static void
collect (const GwAreaTree *tree, const GwArea *area, GwAreaLevel level, GArray *ids)
{
  guint n = 0;
  const GwArea *const *children = gw_area_tree_children (tree, area->id, &n);

  if (area->level >= level || n == 0)
    g_array_append_val (ids, area->id);
  else
    for (guint i = 0; i < n; i++)
      collect (tree, children[i], level, ids);
}

static void
take_area (GwMapAreas *self, const GwAreaTree *tree, guint i, const GwRings *rings)
{
  const GwArea *area = gw_area_tree_get (tree, self->ids[i]);

  self->by_id[area->id] = (gint)i;
  self->groups[i] = (guint16)(area->parent % G_MAXUINT16);
  if (rings == NULL)
    return;
  self->rings[i] = gw_rings_ref (rings);
  self->boxes[i] = gw_mercator_box_from_lattice (gw_rings_get_box (rings));
  self->label_places[i] = gw_mercator_from_lattice (area->label_x != 0 || area->label_y != 0
                                                        ? (GwPoint){ area->label_x, area->label_y }
                                                        : gw_rings_get_label_point (rings));
}

GwMapAreas *
gw_map_areas_new (const GwAreaTree *tree,
                  GwAreaLevel level,
                  GwMapRingsFunc get_rings,
                  gpointer data)
{
  GwMapAreas *self = g_new0 (GwMapAreas, 1);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  const GwArea *root = gw_area_tree_root (tree);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  self->level = level;
  if (root != NULL)
    collect (tree, root, level, ids);
  self->n = MIN (ids->len, GW_ID_MAX_AREAS);
  self->n_ids = gw_area_tree_size (tree) + 1;
  self->ids = g_new0 (guint32, MAX (self->n, 1));
  self->groups = g_new0 (guint16, MAX (self->n, 1));
  self->rings = g_new0 (const GwRings *, MAX (self->n, 1));
  self->boxes = g_new0 (GwWorldBox, MAX (self->n, 1));
  self->label_places = g_new0 (GwWorldPoint, MAX (self->n, 1));
  self->by_id = g_new (gint, self->n_ids);
  for (guint i = 0; i < self->n_ids; i++)
    self->by_id[i] = -1;
  for (guint i = 0; i < self->n; i++)
    {
      self->ids[i] = g_array_index (ids, guint32, i);
      take_area (self, tree, i, get_rings (data, self->ids[i]));
    }
  return self;
}

GwMapAreas *
gw_map_areas_ref (GwMapAreas *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
gw_map_areas_unref (GwMapAreas *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  for (guint i = 0; i < self->n; i++)
    if (self->rings[i] != NULL)
      gw_rings_unref ((GwRings *)self->rings[i]);
  g_free (self->ids);
  g_free (self->groups);
  g_free (self->rings);
  g_free (self->boxes);
  g_free (self->label_places);
  g_free (self->by_id);
  g_clear_pointer (&self->raster, gw_id_raster_unref);
  g_mutex_clear (&self->lock);
  g_free (self);
}

GwAreaLevel
gw_map_areas_get_level (const GwMapAreas *self)
{
  return self->level;
}

guint
gw_map_areas_get_n (const GwMapAreas *self)
{
  return self->n;
}

guint32
gw_map_areas_get_id (const GwMapAreas *self, guint i)
{
  g_return_val_if_fail (i < self->n, GW_AREA_NONE);
  return self->ids[i];
}

gint
gw_map_areas_find (const GwMapAreas *self, guint32 area)
{
  return area < self->n_ids ? self->by_id[area] : -1;
}

const GwRings *
gw_map_areas_get_rings (const GwMapAreas *self, guint i)
{
  g_return_val_if_fail (i < self->n, NULL);
  return self->rings[i];
}

GwWorldBox
gw_map_areas_get_box (const GwMapAreas *self, guint i)
{
  g_return_val_if_fail (i < self->n, (GwWorldBox){ 0 });
  return self->boxes[i];
}

GwWorldPoint
gw_map_areas_get_label_place (const GwMapAreas *self, guint i)
{
  g_return_val_if_fail (i < self->n, (GwWorldPoint){ 0 });
  return self->label_places[i];
}

guint32
gw_map_areas_find_shown (const GwMapAreas *self, const GwAreaTree *tree, guint32 leaf)
{
  const GwArea *area = gw_area_tree_get (tree, leaf);

  while (area != NULL && gw_map_areas_find (self, area->id) < 0)
    area = gw_area_tree_get (tree, area->parent);
  return area != NULL ? area->id : GW_AREA_NONE;
}

GwIdRaster *
gw_map_areas_get_raster (GwMapAreas *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->raster == NULL)
    self->raster = gw_id_raster_new (self->rings, self->groups, self->n);
  return self->raster;
}

GwAreaLevel
gw_map_areas_level_below (const GwAreaTree *tree, guint32 area)
{
  const GwArea *at = area != GW_AREA_NONE ? gw_area_tree_get (tree, area) : NULL;
  guint n = 0;
  const GwArea *const *children = NULL;

  if (at == NULL)
    at = gw_area_tree_root (tree);
  if (at == NULL)
    return GW_LEVEL_TOWNSHIP;
  children = gw_area_tree_children (tree, at->id, &n);
  return n > 0 ? children[0]->level : at->level;
}
