/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-view-private.h"

#include <math.h>

/* Zoomed in so far beyond what shows an area as a whole, its parts may show their own parts. */
#define FINER_ZOOM 0.6
/* Zoomed out so far from what was entered, the map is about the area above. */
#define LEAVE_ZOOM 1.25

static const GwRings *
get_rings_cb (gpointer data, guint32 area)
{
  return gw_session_get_rings (data, area);
}

static GwWorldBox
union_of (GwWorldBox a, GwWorldBox b)
{
  return (GwWorldBox){ MIN (a.x0, b.x0), MIN (a.y0, b.y0), MAX (a.x1, b.x1), MAX (a.y1, b.y1) };
}

/* An area without borders of its own reaches as far as its parts. */
GwWorldBox
gw_map_view_get_area_box (GwMapView *self, guint32 area)
{
  const GwRings *rings = gw_session_get_rings (self->session, area);
  GwWorldBox box = { G_MAXUINT32, G_MAXUINT32, 0, 0 };
  guint n = 0;
  const GwArea *const *children = NULL;

  if (rings != NULL)
    return gw_mercator_box_from_lattice (gw_rings_get_box (rings));
  children = gw_area_tree_children (gw_session_get_areas (self->session), area, &n);
  for (guint i = 0; i < n; i++)
    box = union_of (box, gw_map_view_get_area_box (self, children[i]->id));
  return box;
}

static guint32
root_of (GwMapView *self)
{
  const GwArea *root = gw_area_tree_root (gw_session_get_areas (self->session));

  return root != NULL ? root->id : GW_AREA_NONE;
}

/* The district itself is "everything". */
static guint32
plain_area (GwMapView *self, guint32 area)
{
  return area == root_of (self) ? GW_AREA_NONE : area;
}

static double
plain_zoom (GwMapView *self)
{
  return gw_map_zoom_to_plain (gw_map_camera_get_zoom (self->camera));
}

static GwAreaLevel
choose_level (GwMapView *self)
{
  guint32 base = self->base != GW_AREA_NONE ? self->base : root_of (self);
  GwWorldBox box = { 0 };

  if (self->level != GW_MAP_LEVEL_BY_ZOOM)
    return (GwAreaLevel)self->level;
  if (base != GW_AREA_NONE)
    box = gw_map_view_get_area_box (self, base);
  if (box.x0 >= box.x1 || box.y0 >= box.y1 ||
      plain_zoom (self) < gw_map_camera_get_fitting_zoom (self->camera, box) + FINER_ZOOM)
    return gw_map_areas_level_below (gw_session_get_areas (self->session), self->base);
  return gw_map_levels_choose (self->levels, self->base,
                               sqrt ((double)(box.x1 - box.x0) * (double)(box.y1 - box.y0)) /
                                   exp2 (32 - 8 - plain_zoom (self)));
}

static void
show_level (GwMapView *self)
{
  self->areas = gw_map_levels_get (self->levels, choose_level (self));
  gw_map_label_layer_set_areas (self->label_layer, self->areas,
                                gw_session_get_areas (self->session), self->base);
  gw_map_view_hover (self, GW_AREA_NONE);
  gw_map_view_forget_stops (self);
  gw_map_view_ask_layer (self);
  gw_map_view_update_ground (self);
}

static guint32
widen_base (GwMapView *self)
{
  GwAreaTree *tree = gw_session_get_areas (self->session);
  guint32 base = self->base;

  while (base != GW_AREA_NONE)
    {
      GwWorldBox box = gw_map_view_get_area_box (self, base);

      if (box.x0 > box.x1 ||
          plain_zoom (self) > gw_map_camera_get_fitting_zoom (self->camera, box) - LEAVE_ZOOM)
        break;
      base = plain_area (self, gw_area_tree_get (tree, base)->parent);
    }
  return base;
}

void
gw_map_view_update_level (GwMapView *self)
{
  guint32 base = self->base;

  if (self->areas == NULL || gtk_widget_get_width (GTK_WIDGET (self->map)) <= 0)
    return;
  self->base = widen_base (self);
  if (self->base != base || gw_map_areas_get_level (self->areas) != choose_level (self))
    show_level (self);
}

/* Chosen here, the map stays about what it is about, or turns to the neighbour beside. */
static guint32
base_around (GwMapView *self, guint32 area)
{
  GwAreaTree *tree = gw_session_get_areas (self->session);
  const GwArea *base = gw_area_tree_get (tree, self->base);

  if (base == NULL || area == GW_AREA_NONE)
    return GW_AREA_NONE;
  return gw_area_tree_contains (tree, base->id, area)
             ? base->id
             : gw_area_tree_ancestor (tree, area, base->level);
}

void
gw_map_view_use_area (GwMapView *self, guint32 area)
{
  area = plain_area (self, area);
  self->base = self->is_choosing ? base_around (self, area) : area;
  self->area = area;
  show_level (self);
}

void
gw_map_view_reload_areas (GwMapView *self)
{
  self->areas = NULL;
  g_clear_pointer (&self->levels, gw_map_levels_free);
  self->levels =
      gw_map_levels_new (gw_session_get_areas (self->session), get_rings_cb, self->session);
  gw_map_view_use_area (self, gw_filter_model_get (self->model)->area);
}

guint32
gw_map_view_find_area (GwMapView *self, double x, double y)
{
  GwMapFrame frame = { 0 };
  GwPoint place;
  guint32 leaf;

  if (self->areas == NULL || !gw_map_camera_get_frame (self->camera, &frame))
    return GW_AREA_NONE;
  place = gw_mercator_to_lattice (gw_map_frame_from_px (&frame, x, y));
  leaf = gw_session_locate (self->session, place.x, place.y);
  return gw_map_areas_find_shown (self->areas, gw_session_get_areas (self->session), leaf);
}

guint32
gw_map_view_find_pointed_area (GwMapView *self, double x, double y)
{
  return self->session != NULL && gw_session_has_locate (self->session)
             ? gw_map_view_find_area (self, x, y)
             : GW_AREA_NONE;
}

void
gw_map_view_choose_area (GwMapView *self, guint32 area)
{
  if (area == GW_AREA_NONE)
    return;
  self->is_choosing = TRUE;
  gw_filter_model_set_area (self->model, plain_area (self, area));
  self->is_choosing = FALSE;
}

void
gw_map_view_enter_area (GwMapView *self, guint32 area)
{
  gw_filter_model_set_area (self->model, plain_area (self, area));
  gw_map_view_show_area (self, area);
}

void
gw_map_view_be_about (GwMapView *self, guint32 area)
{
  area = plain_area (self, area);
  if (area != self->area || area == self->base)
    return;
  self->base = area;
  show_level (self);
}

gboolean
gw_map_view_leave_area (GwMapView *self)
{
  guint32 from = self->area != GW_AREA_NONE ? self->area : self->base;
  const GwArea *area = gw_area_tree_get (gw_session_get_areas (self->session), from);

  if (area == NULL)
    return FALSE;
  gw_map_view_enter_area (self, plain_area (self, area->parent));
  return TRUE;
}
