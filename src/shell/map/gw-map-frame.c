/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-frame.h"

#include <math.h>

#define WORLD_UNITS 4294967296.0
#define TILE_PX 256.0

double
gw_map_zoom_to_plain (double zoom)
{
  double whole = floor (zoom);

  return whole + log2 (1.0 + (zoom - whole));
}

double
gw_map_zoom_from_plain (double plain)
{
  double whole = floor (plain);

  return whole + exp2 (plain - whole) - 1.0;
}

GwMapFrame
gw_map_frame_new (GwWorldPoint centre, double zoom, int width, int height, int scale)
{
  GwMapFrame self = { .width = width, .height = height, .scale = MAX (scale, 1) };

  self.world_px = TILE_PX * exp2 (gw_map_zoom_to_plain (zoom)) * self.scale;
  self.origin_x = round (centre.x / WORLD_UNITS * self.world_px - width * self.scale / 2.0);
  self.origin_y = round (centre.y / WORLD_UNITS * self.world_px - height * self.scale / 2.0);
  return self;
}

gboolean
gw_map_frame_is_equal (const GwMapFrame *a, const GwMapFrame *b)
{
  return fabs (a->world_px - b->world_px) < 1e-6 && fabs (a->origin_x - b->origin_x) < 0.5 &&
         fabs (a->origin_y - b->origin_y) < 0.5 && a->width == b->width && a->height == b->height &&
         a->scale == b->scale;
}

void
gw_map_frame_to_px (const GwMapFrame *self, GwWorldPoint place, double *x, double *y)
{
  *x = (place.x / WORLD_UNITS * self->world_px - self->origin_x) / self->scale;
  *y = (place.y / WORLD_UNITS * self->world_px - self->origin_y) / self->scale;
}

static guint32
to_units (double part)
{
  return (guint32)CLAMP (part * WORLD_UNITS, 0, (double)G_MAXUINT32);
}

GwWorldPoint
gw_map_frame_from_px (const GwMapFrame *self, double x, double y)
{
  return (GwWorldPoint){ to_units ((x * self->scale + self->origin_x) / self->world_px),
                         to_units ((y * self->scale + self->origin_y) / self->world_px) };
}

GwWorldBox
gw_map_frame_get_box (const GwMapFrame *self, double margin_px)
{
  GwWorldPoint a = gw_map_frame_from_px (self, -margin_px, -margin_px);
  GwWorldPoint b = gw_map_frame_from_px (self, self->width + margin_px, self->height + margin_px);

  return (GwWorldBox){ a.x, a.y, b.x, b.y };
}

double
gw_map_frame_units_per_px (const GwMapFrame *self)
{
  return WORLD_UNITS / self->world_px * self->scale;
}

double
gw_map_frame_get_plain_zoom (const GwMapFrame *self)
{
  return log2 (self->world_px / self->scale / TILE_PX);
}

double
gw_map_fit_box (GwWorldBox box, int width, int height, double padding_px, GwWorldPoint *centre)
{
  double room_x = MAX (width - 2 * padding_px, 16), room_y = MAX (height - 2 * padding_px, 16);
  double part_x = MAX ((double)box.x1 - box.x0, 1) / WORLD_UNITS;
  double part_y = MAX ((double)box.y1 - box.y0, 1) / WORLD_UNITS;
  double world_px = MIN (room_x / part_x, room_y / part_y);

  centre->x = (guint32)(((guint64)box.x0 + box.x1) / 2);
  centre->y = (guint32)(((guint64)box.y0 + box.y1) / 2);
  return CLAMP (gw_map_zoom_from_plain (log2 (world_px / TILE_PX)), GW_MAP_MIN_ZOOM,
                GW_MAP_MAX_ZOOM);
}

double
gw_map_frame_scale_bar (const GwMapFrame *self, double max_px, double *width_px)
{
  GwWorldPoint middle = gw_map_frame_from_px (self, self->width / 2.0, self->height / 2.0);
  double per_px = gw_mercator_metres_per_px (gw_map_frame_get_plain_zoom (self),
                                             gw_mercator_to_lattice (middle).y);
  double most = per_px * max_px, power = pow (10, floor (log10 (most)));
  double metres = most >= 5 * power ? 5 * power : most >= 2 * power ? 2 * power : power;

  *width_px = metres / per_px;
  return metres;
}
