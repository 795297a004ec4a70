/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-id-raster-private.h"

#include <math.h>
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
  guint16 *groups;      /* owned, per area; all 0 without parents */
};

/* One tile in the making. */
typedef struct
{
  gint64 x, y;       /* world place of the centre of the first pixel of the frame */
  double units;      /* per pixel */
  guint shift;       /* its logarithm */
  guint16 *ids;      /* owned, SIDE * SIDE */
  GArray *crossings; /* owned, Crossing: of the area being drawn */
  guint16 *columns;  /* owned: the same by row */
  gsize columns_size;
  guint counts[SIDE + 1];
} Canvas;

typedef struct
{
  guint16 row, column;
} Crossing;

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
  self->groups =
      groups != NULL ? g_memdup2 (groups, sizeof *groups * n_areas) : g_new0 (guint16, n_areas + 1);
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

/* The first pixel whose centre is not before the place, within the canvas. */
static guint
get_pixel (const Canvas *canvas, double offset)
{
  double pixel = ceil (offset / canvas->units);

  return pixel <= 0 ? 0 : pixel >= SIDE ? SIDE : (guint)pixel;
}

/* Both neighbours of a shared edge start from its northern end and so calculate the same columns:
 * no pixel falls between them. */
static void
cross_edge (Canvas *canvas, GwWorldPoint a, GwWorldPoint b)
{
  guint first, last;
  double slope;

  if (a.y > b.y)
    {
      GwWorldPoint other = a;

      a = b;
      b = other;
    }
  first = get_pixel (canvas, (double)(a.y - canvas->y));
  last = get_pixel (canvas, (double)(b.y - canvas->y));
  if (first >= last)
    return;
  slope = ((double)b.x - a.x) / ((double)b.y - a.y);
  for (guint row = first; row < last; row++)
    {
      double y = (double)(canvas->y - a.y) + row * canvas->units;
      double x = (double)(a.x - canvas->x) + slope * y;
      Crossing crossing = { (guint16)row, (guint16)get_pixel (canvas, x) };

      g_array_append_val (canvas->crossings, crossing);
      canvas->counts[row]++;
    }
}

/* Crossings by row, each row in order; rows hold two to four as a rule. */
static void
sort_crossings (Canvas *canvas)
{
  const Crossing *crossings = (const Crossing *)(gpointer)canvas->crossings->data;
  guint sum = 0;

  if (canvas->columns_size < canvas->crossings->len)
    {
      canvas->columns_size = 2 * canvas->crossings->len;
      canvas->columns = g_renew (guint16, canvas->columns, canvas->columns_size);
    }
  for (guint row = 0; row < SIDE; row++)
    {
      guint n = canvas->counts[row];

      canvas->counts[row] = sum;
      sum += n;
    }
  for (guint i = 0; i < canvas->crossings->len; i++)
    {
      guint at = canvas->counts[crossings[i].row]++;

      canvas->columns[at] = crossings[i].column;
    }
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

/* After sort_crossings each count is where the row ends. */
static void
fill_rows (Canvas *canvas, guint16 area)
{
  guint from = 0;

  for (guint row = 0; row < SIDE; row++)
    {
      guint n = canvas->counts[row] - from;
      guint16 *columns = canvas->columns + from;

      sort_columns (columns, n);
      for (guint i = 0; i + 1 < n; i += 2)
        {
          for (guint column = columns[i]; column < columns[i + 1]; column++)
            canvas->ids[row * SIDE + column] = area;
        }
      from += n;
    }
}

static void
draw_area (const GwIdRaster *self, Canvas *canvas, guint16 area)
{
  g_array_set_size (canvas->crossings, 0);
  memset (canvas->counts, 0, sizeof canvas->counts);
  for (guint ring = self->area_rings[area]; ring < self->area_rings[area + 1]; ring++)
    {
      const GwWorldPoint *points = self->points + self->ring_starts[ring];
      guint n_points = self->ring_starts[ring + 1] - self->ring_starts[ring];

      for (guint i = 0, j = n_points - 1; i < n_points; j = i++)
        cross_edge (canvas, points[j], points[i]);
    }
  if (canvas->crossings->len == 0)
    return;
  sort_crossings (canvas);
  fill_rows (canvas, area);
}

GwIdTile *
gw_id_raster_draw (const GwIdRaster *raster, guint zoom, guint column, guint row)
{
  g_autoptr (GArray) crossings = NULL;
  g_autofree guint16 *ids = NULL;
  Canvas canvas = { 0 };
  GwIdTile *tile = NULL;

  g_return_val_if_fail (zoom <= 22, NULL);

  canvas.shift = 24 - zoom;
  canvas.units = (double)(1u << canvas.shift);
  canvas.x = ((gint64)column * GW_ID_TILE_SIZE - FRAME) * ((gint64)1 << canvas.shift) +
             ((gint64)1 << (canvas.shift - 1));
  canvas.y = ((gint64)row * GW_ID_TILE_SIZE - FRAME) * ((gint64)1 << canvas.shift) +
             ((gint64)1 << (canvas.shift - 1));
  if (!is_reaching (&canvas, raster->box))
    return NULL;
  canvas.ids = ids = g_malloc (sizeof *ids * SIDE * SIDE);
  memset (ids, 0xff, sizeof *ids * SIDE * SIDE);
  canvas.crossings = crossings = g_array_sized_new (FALSE, FALSE, sizeof (Crossing), 4 * SIDE);
  /* The lowest index is painted last and wins. */
  for (guint i = raster->n_areas; i-- > 0;)
    {
      if (is_reaching (&canvas, raster->boxes[i]))
        draw_area (raster, &canvas, (guint16)i);
    }
  tile = gw_id_tile_new (ids, SIDE, FRAME, raster->groups, raster->n_areas);
  g_free (canvas.columns);
  return tile;
}
