/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-id-raster-private.h"

#include <stdlib.h>
#include <string.h>

/* A frame of two pixels around the tile, so that borders look the same on both sides of a seam. */
#define FRAME 2
#define SIDE (GW_ID_TILE_SIZE + 2 * FRAME)

struct _GwIdRaster
{
  guint n_areas;
  GwWorldBox box;
  GwWorldPoint *points; /* owned: the rings of all areas in a row */
  guint *ring_starts;   /* owned, n_rings + 1 */
  guint *area_rings;    /* owned, n_areas + 1: the first ring of each */
  GwWorldBox *boxes;    /* owned, per area; x0 > x1 for none */
  guint16 *groups;      /* owned, nullable, per area */
};

/* How far an area comes into a tile. */
typedef enum
{
  REACH_NONE,
  REACH_FRAME, /* not into it, but its border may */
  REACH_TILE,
} Reach;

/* One tile in the making. */
typedef struct
{
  gint64 x, y;      /* world place of the centre of the first pixel of the frame */
  guint shift;      /* logarithm of the world units per pixel */
  guint16 *ids;     /* owned, SIDE * SIDE */
  guint16 *columns; /* owned, SIDE rows of @width: where the border of the area at hand
                     * crosses the centre line of the row */
  guint width;
  guint n_columns[SIDE];    /* crossings of each row, more than @width if they do not fit */
  guint first_row, end_row; /* rows that the area reaches */
} Canvas;

static guint
count_rings (const GwRings *const *areas, guint n_areas, guint *n_points)
{
  guint n_rings = 0;

  *n_points = 0;
  for (guint i = 0; i < n_areas; i++)
    {
      if (areas[i] != NULL)
        {
          n_rings += gw_rings_get_n_rings (areas[i]);
          *n_points += gw_rings_get_n_points (areas[i]);
        }
    }
  return n_rings;
}

static void
include (GwWorldBox *box, GwWorldBox other)
{
  box->x0 = MIN (box->x0, other.x0);
  box->y0 = MIN (box->y0, other.y0);
  box->x1 = MAX (box->x1, other.x1);
  box->y1 = MAX (box->y1, other.y1);
}

/* Copies the rings of one area to @points; returns how many points. */
static guint
project_ring (const GwRings *rings, guint ring, GwWorldPoint *points, GwWorldBox *box)
{
  guint n_points;
  const GwPoint *from = gw_rings_get_ring (rings, ring, &n_points);

  for (guint i = 0; i < n_points; i++)
    {
      points[i] = gw_mercator_from_lattice (from[i]);
      include (box, (GwWorldBox){ points[i].x, points[i].y, points[i].x, points[i].y });
    }
  return n_points;
}

GwIdRaster *
gw_id_raster_new (const GwRings *const *areas, const guint16 *groups, guint n_areas)
{
  const GwWorldBox empty = { G_MAXUINT32, G_MAXUINT32, 0, 0 };
  GwIdRaster *self;
  guint n_points, n_rings, ring = 0, at = 0;

  g_return_val_if_fail (n_areas <= GW_ID_MAX_AREAS, NULL);

  self = g_atomic_rc_box_new0 (GwIdRaster);
  n_rings = count_rings (areas, n_areas, &n_points);
  self->n_areas = n_areas;
  self->points = g_new (GwWorldPoint, n_points + 1);
  self->ring_starts = g_new (guint, n_rings + 1);
  self->area_rings = g_new (guint, n_areas + 1);
  self->boxes = g_new (GwWorldBox, n_areas + 1);
  self->groups = groups != NULL ? g_memdup2 (groups, sizeof *groups * n_areas) : NULL;
  self->box = empty;
  for (guint i = 0; i < n_areas; i++)
    {
      self->area_rings[i] = ring;
      self->boxes[i] = empty;
      for (guint k = 0; areas[i] != NULL && k < gw_rings_get_n_rings (areas[i]); k++)
        {
          self->ring_starts[ring++] = at;
          at += project_ring (areas[i], k, self->points + at, &self->boxes[i]);
        }
      include (&self->box, self->boxes[i]);
    }
  self->area_rings[n_areas] = ring;
  self->ring_starts[ring] = at;
  return self;
}

GwIdRaster *
gw_id_raster_ref (const GwIdRaster *raster)
{
  return g_atomic_rc_box_acquire ((GwIdRaster *)raster);
}

static void
raster_clear (gpointer data)
{
  GwIdRaster *self = data;

  g_free (self->points);
  g_free (self->ring_starts);
  g_free (self->area_rings);
  g_free (self->boxes);
  g_free (self->groups);
}

void
gw_id_raster_unref (GwIdRaster *raster)
{
  g_atomic_rc_box_release_full (raster, raster_clear);
}

GwWorldBox
gw_id_raster_get_box (const GwIdRaster *raster)
{
  return raster->box;
}

static gboolean
is_reaching (const Canvas *canvas, GwWorldBox box)
{
  gint64 extent = (gint64)SIDE << canvas->shift;

  return box.x0 <= box.x1 && box.x0 <= canvas->x + extent && box.x1 >= canvas->x - extent &&
         box.y0 <= canvas->y + extent && box.y1 >= canvas->y - extent;
}

/* The first row whose centre is not north of the place, within the canvas. */
static guint
get_row (const Canvas *canvas, guint32 y)
{
  gint64 row = (y - canvas->y + ((gint64)1 << canvas->shift) - 1) >> canvas->shift;

  return (guint)CLAMP (row, 0, SIDE);
}

/* The first column whose centre is not west of the place, given in pixels. */
static guint16
get_column (double px)
{
  double clamped = CLAMP (px, 0.0, (double)SIDE);
  guint16 column = (guint16)clamped;

  return (guint16)(column + (clamped > column));
}

/* Both neighbours of a shared edge start from its northern end and so calculate the same columns:
 * no pixel falls between them. */
static void
cross_edge (Canvas *canvas, GwWorldPoint a, GwWorldPoint b)
{
  const double px_per_unit = 1.0 / (double)(1u << canvas->shift);
  guint first, end;
  double slope, px;

  if (a.y > b.y)
    {
      GwWorldPoint other = a;

      a = b;
      b = other;
    }
  first = get_row (canvas, a.y);
  end = get_row (canvas, b.y);
  if (first >= end)
    return;
  slope = ((double)b.x - a.x) / ((double)b.y - a.y);
  px = ((double)(a.x - canvas->x) + slope * (double)(canvas->y - a.y)) * px_per_unit;
  for (guint row = first; row < end; row++)
    {
      guint n = canvas->n_columns[row]++;

      if (n < canvas->width)
        canvas->columns[row * canvas->width + n] = get_column (px + slope * row);
    }
}

static void
cross_edges (const GwIdRaster *self, Canvas *canvas, guint16 area)
{
  for (guint row = canvas->first_row; row < canvas->end_row; row++)
    canvas->n_columns[row] = 0;
  for (guint ring = self->area_rings[area]; ring < self->area_rings[area + 1]; ring++)
    {
      const GwWorldPoint *points = self->points + self->ring_starts[ring];
      guint n_points = self->ring_starts[ring + 1] - self->ring_starts[ring];

      for (guint i = 0, j = n_points - 1; i < n_points; j = i++)
        cross_edge (canvas, points[j], points[i]);
    }
}

static guint
get_most_columns (const Canvas *canvas)
{
  guint most = 0;

  for (guint row = canvas->first_row; row < canvas->end_row; row++)
    most = MAX (most, canvas->n_columns[row]);
  return most;
}

static int
compare_columns (gconstpointer a, gconstpointer b)
{
  return *(const guint16 *)a - *(const guint16 *)b;
}

static void
sort_columns (guint16 *columns, guint n)
{
  if (n == 2 && columns[0] > columns[1])
    {
      guint16 other = columns[0];

      columns[0] = columns[1];
      columns[1] = other;
    }
  else if (n > 2)
    {
      qsort (columns, n, sizeof *columns, compare_columns);
    }
}

/* Returns what part of the canvas the span takes, of the tile itself and of the frame. */
static Reach
fill_span (Canvas *canvas, guint row, guint from, guint to, guint16 area)
{
  guint16 *ids = canvas->ids + row * SIDE;

  for (guint column = from; column < to; column++)
    ids[column] = area;
  if (from >= to)
    return REACH_NONE;
  return row >= FRAME && row < SIDE - FRAME && to > FRAME && from < SIDE - FRAME ? REACH_TILE
                                                                                 : REACH_FRAME;
}

static Reach
fill_rows (Canvas *canvas, guint16 area)
{
  Reach reach = REACH_NONE;

  for (guint row = canvas->first_row; row < canvas->end_row; row++)
    {
      guint16 *columns = canvas->columns + row * canvas->width;

      sort_columns (columns, canvas->n_columns[row]);
      for (guint i = 0; i + 1 < canvas->n_columns[row]; i += 2)
        reach = MAX (reach, fill_span (canvas, row, columns[i], columns[i + 1], area));
    }
  return reach;
}

static Reach
draw_area (const GwIdRaster *self, Canvas *canvas, guint16 area)
{
  guint most;

  canvas->first_row = get_row (canvas, self->boxes[area].y0);
  canvas->end_row = get_row (canvas, self->boxes[area].y1);
  cross_edges (self, canvas, area);
  most = get_most_columns (canvas);
  if (most > canvas->width)
    {
      canvas->width = most;
      canvas->columns = g_renew (guint16, canvas->columns, (gsize)SIDE * most);
      cross_edges (self, canvas, area);
    }
  return fill_rows (canvas, area);
}

GwIdTile *
gw_id_raster_draw (const GwIdRaster *raster, guint zoom, guint column, guint row)
{
  g_autofree guint16 *ids = NULL;
  g_autofree guint8 *shown = NULL;
  Canvas canvas = { .width = 8 };
  Reach most = REACH_NONE;

  g_return_val_if_fail (zoom <= 22, NULL);

  canvas.shift = 24 - zoom;
  canvas.x = ((gint64)column * GW_ID_TILE_SIZE - FRAME) * ((gint64)1 << canvas.shift) +
             ((gint64)1 << (canvas.shift - 1));
  canvas.y = ((gint64)row * GW_ID_TILE_SIZE - FRAME) * ((gint64)1 << canvas.shift) +
             ((gint64)1 << (canvas.shift - 1));
  if (!is_reaching (&canvas, raster->box))
    return NULL;
  canvas.ids = ids = g_malloc (sizeof *ids * SIDE * SIDE);
  memset (ids, 0xff, sizeof *ids * SIDE * SIDE);
  canvas.columns = g_new (guint16, SIDE * canvas.width);
  shown = g_new0 (guint8, raster->n_areas / 8 + 1);
  /* The lowest index is painted last and wins. */
  for (guint i = raster->n_areas; i-- > 0;)
    {
      Reach reach = is_reaching (&canvas, raster->boxes[i])
                        ? draw_area (raster, &canvas, (guint16)i)
                        : REACH_NONE;

      most = MAX (most, reach);
      if (reach == REACH_TILE)
        shown[i / 8] |= (guint8)(1 << i % 8);
    }
  g_free (canvas.columns);
  return most == REACH_NONE ? NULL
                            : gw_id_tile_new (ids, SIDE, FRAME, raster->groups, raster->n_areas,
                                              g_steal_pointer (&shown));
}
