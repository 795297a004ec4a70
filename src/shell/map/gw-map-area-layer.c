/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-area-layer.h"

#include "gw-map-stamp.h"
#include "gw-map-worker.h"
#include "gw-simplify.h"
#include <math.h>
#include <string.h>

/* While the zoom moves, new tiles are asked for so often at most; the old ones are shown scaled. */
#define ZOOM_PAUSE_MS 90
#define MAX_TILES 240
/* Textures that go to the GPU in one frame: 256 KiB each. */
#define UPLOADS_PER_FRAME 6
#define WORLD_UNITS 4294967296.0

typedef struct
{
  GskRenderNode *node; /* owned */
  guint serial;        /* of the paint */
  guint64 used;        /* the last frame that showed it */
} Tile;

typedef struct
{
  guint32 column0, column1, row0, row1;
} Range;

struct _GwMapAreaLayer
{
  GwMapLayer parent;
  GwMapWorker *worker; /* owned */
  GwMapPaint *paint;   /* owned, nullable */
  guint serial;        /* of @paint */
  GHashTable *tiles;   /* owned: GwMapTileKey -> Tile */
  guint64 n_frames;
  double shown_world_px; /* the zoom of the last picture without holes */
  gboolean is_cairo;
  double asked_world_px;
  guint asked_serial;
  Range asked;
  double last_world_px;
  gint64 zoomed_at; /* frame time when the zoom moved last */
  guint pause;      /* source id */
  GwRings *hover;   /* owned, nullable */
  guint32 hover_colour;
  GskRenderNode *hover_node; /* owned, nullable: for @hover_frame */
  GwMapFrame hover_frame;
};

G_DEFINE_FINAL_TYPE (GwMapAreaLayer, gw_map_area_layer, GW_TYPE_MAP_LAYER)

static void
tile_free (gpointer data)
{
  Tile *tile = data;

  gsk_render_node_unref (tile->node);
  g_free (tile);
}

static void
ready_cb (gpointer data, const GwMapTileKey *key, guint serial, cairo_surface_t *surface)
{
  GwMapAreaLayer *self = data;
  Tile *tile = NULL;

  if (serial != self->serial)
    return;
  tile = g_new0 (Tile, 1);
  tile->node =
      gw_map_stamp_new (surface, gtk_widget_get_scale_factor (GTK_WIDGET (self)), self->is_cairo);
  tile->serial = serial;
  g_hash_table_replace (self->tiles, g_memdup2 (key, sizeof *key), tile);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static Range
get_range (const GwMapFrame *frame, guint32 margin)
{
  double last = floor (frame->world_px / GW_MAP_TILE_PX);
  double x0 = floor (frame->origin_x / GW_MAP_TILE_PX) - margin;
  double y0 = floor (frame->origin_y / GW_MAP_TILE_PX) - margin;
  double x1 = floor ((frame->origin_x + frame->width * frame->scale - 1) / GW_MAP_TILE_PX) + margin;
  double y1 =
      floor ((frame->origin_y + frame->height * frame->scale - 1) / GW_MAP_TILE_PX) + margin;

  return (Range){ (guint32)CLAMP (x0, 0, last), (guint32)CLAMP (x1, 0, last),
                  (guint32)CLAMP (y0, 0, last), (guint32)CLAMP (y1, 0, last) };
}

static gboolean
is_in (const Range *range, guint32 column, guint32 row)
{
  return column >= range->column0 && column <= range->column1 && row >= range->row0 &&
         row <= range->row1;
}

static gboolean
is_fresh (GwMapAreaLayer *self, const GwMapTileKey *key)
{
  const Tile *tile = g_hash_table_lookup (self->tiles, key);

  return tile != NULL && tile->serial == self->serial;
}

typedef struct
{
  GwMapTileKey key;
  double distance;
} Wish;

static int
compare_wishes (gconstpointer a, gconstpointer b)
{
  const Wish *x = a, *y = b;

  return (x->distance > y->distance) - (x->distance < y->distance);
}

/* What is missing, from the middle outwards; what does not show yet comes after all that does. */
static GArray *
collect_wishes (GwMapAreaLayer *self, const GwMapFrame *frame)
{
  Range seen = get_range (frame, 0), near = get_range (frame, 1);
  g_autoptr (GArray) wishes = g_array_new (FALSE, FALSE, sizeof (Wish));
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (GwMapTileKey));
  double middle_x = frame->origin_x + frame->width * frame->scale / 2.0;
  double middle_y = frame->origin_y + frame->height * frame->scale / 2.0;

  for (guint32 row = near.row0; row <= near.row1; row++)
    for (guint32 column = near.column0; column <= near.column1; column++)
      {
        Wish wish = { .key = { frame->world_px, column, row } };

        if (is_fresh (self, &wish.key))
          continue;
        wish.distance = hypot ((column + 0.5) * GW_MAP_TILE_PX - middle_x,
                               (row + 0.5) * GW_MAP_TILE_PX - middle_y) +
                        (is_in (&seen, column, row) ? 0 : 1e9);
        g_array_append_val (wishes, wish);
      }
  g_array_sort (wishes, compare_wishes);
  for (guint i = 0; i < wishes->len; i++)
    g_array_append_val (keys, g_array_index (wishes, Wish, i).key);
  return keys;
}

static gboolean
pause_cb (gpointer data)
{
  GwMapAreaLayer *self = data;

  self->pause = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

/* TRUE while the zoom is on its way and there is something to show meanwhile. */
static gboolean
is_zooming (GwMapAreaLayer *self, const GwMapFrame *frame)
{
  gint64 now = g_get_monotonic_time ();

  if (fabs (frame->world_px - self->last_world_px) > 1e-6)
    self->zoomed_at = now;
  self->last_world_px = frame->world_px;
  if (self->shown_world_px <= 0 || now - self->zoomed_at > ZOOM_PAUSE_MS * 1000)
    return FALSE;
  if (self->pause == 0)
    self->pause = g_timeout_add (ZOOM_PAUSE_MS + 5, pause_cb, self);
  return TRUE;
}

static void
ask (GwMapAreaLayer *self, const GwMapFrame *frame)
{
  Range near = get_range (frame, 1);
  g_autoptr (GArray) keys = NULL;

  if (self->paint == NULL)
    return;
  if (self->asked_serial == self->serial && fabs (self->asked_world_px - frame->world_px) < 1e-6 &&
      memcmp (&near, &self->asked, sizeof near) == 0)
    return;
  if (fabs (frame->world_px - self->shown_world_px) > 1e-6 && is_zooming (self, frame))
    return;
  keys = collect_wishes (self, frame);
  gw_map_worker_ask (self->worker, self->paint, self->serial,
                     (const GwMapTileKey *)(gpointer)keys->data, keys->len);
  self->asked_serial = self->serial;
  self->asked_world_px = frame->world_px;
  self->asked = near;
}

/* The last whole picture, larger or smaller than it was. */
static void
append_old (GwMapAreaLayer *self, GtkSnapshot *snapshot, const GwMapFrame *frame)
{
  float grow = (float)(frame->world_px / self->shown_world_px);
  GHashTableIter iter;
  gpointer key = NULL, value = NULL;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT ((float)(-frame->origin_x / frame->scale),
                                                (float)(-frame->origin_y / frame->scale)));
  gtk_snapshot_scale (snapshot, grow, grow);
  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const GwMapTileKey *at = key;
      Tile *tile = value;

      if (fabs (at->world_px - self->shown_world_px) > 1e-6)
        continue;
      tile->used = self->n_frames;
      gw_map_stamp_append (snapshot, tile->node, (double)at->column * GW_MAP_TILE_PX / frame->scale,
                           (double)at->row * GW_MAP_TILE_PX / frame->scale);
    }
  gtk_snapshot_restore (snapshot);
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  gtk_widget_queue_draw (widget);
  return G_SOURCE_REMOVE;
}

static gboolean
append_tile (GwMapAreaLayer *self,
             GtkSnapshot *snapshot,
             const GwMapFrame *frame,
             const GwMapTileKey *key,
             guint *uploads)
{
  Tile *tile = g_hash_table_lookup (self->tiles, key);

  if (tile == NULL)
    return FALSE;
  if (tile->used == 0 && !self->is_cairo && ++*uploads > UPLOADS_PER_FRAME)
    return FALSE;
  tile->used = self->n_frames;
  gw_map_stamp_append (snapshot, tile->node,
                       ((double)key->column * GW_MAP_TILE_PX - frame->origin_x) / frame->scale,
                       ((double)key->row * GW_MAP_TILE_PX - frame->origin_y) / frame->scale);
  return TRUE;
}

static gboolean
is_whole (GwMapAreaLayer *self, const GwMapFrame *frame)
{
  Range seen = get_range (frame, 0);

  for (guint32 row = seen.row0; row <= seen.row1; row++)
    for (guint32 column = seen.column0; column <= seen.column1; column++)
      if (!g_hash_table_contains (self->tiles, &(GwMapTileKey){ frame->world_px, column, row }))
        return FALSE;
  return TRUE;
}

static void
painted_cb (GdkFrameClock *clock, gpointer data)
{
  g_signal_handlers_disconnect_by_func (clock, painted_cb, data);
  g_debug ("map: areas are drawn");
  g_signal_emit_by_name (data, "drawn");
}

/* There is nothing left out in this picture; tests/bench/start waits for the first one. */
static void
note_whole (GwMapAreaLayer *self, double world_px)
{
  if (self->shown_world_px <= 0)
    g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (self)), "after-paint",
                             G_CALLBACK (painted_cb), self, 0);
  self->shown_world_px = world_px;
}

static void
append_tiles (GwMapAreaLayer *self, GtkSnapshot *snapshot, const GwMapFrame *frame)
{
  Range seen = get_range (frame, 0);
  guint uploads = 0;

  for (guint32 row = seen.row0; row <= seen.row1; row++)
    for (guint32 column = seen.column0; column <= seen.column1; column++)
      {
        GwMapTileKey key = { frame->world_px, column, row };

        (void)append_tile (self, snapshot, frame, &key, &uploads);
      }
  if (uploads > UPLOADS_PER_FRAME)
    (void)gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
  else if (is_whole (self, frame))
    note_whole (self, frame->world_px);
}

static gboolean
is_stale_cb (gpointer key, gpointer value, gpointer data)
{
  const GwMapAreaLayer *self = data;
  const Tile *tile = value;

  return tile->used < self->n_frames;
}

static void
trace_rings (cairo_t *cr, const GwRings *rings, const GwMapFrame *frame)
{
  for (guint i = 0; i < gw_rings_get_n_rings (rings); i++)
    {
      guint n = 0;
      const GwPoint *points = gw_rings_get_ring (rings, i, &n);

      for (guint j = 0; j < n; j++)
        {
          double x = 0, y = 0;

          gw_map_frame_to_px (frame, gw_mercator_from_lattice (points[j]), &x, &y);
          cairo_line_to (cr, x, y);
        }
      cairo_close_path (cr);
    }
}

static GskRenderNode *
draw_hover (GwMapAreaLayer *self, const GwMapFrame *frame)
{
  GskRenderNode *node =
      gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, (float)frame->width, (float)frame->height));
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);
  g_autoptr (GwRings) rings =
      gw_simplify_rings (self->hover,
                         gw_simplify_tolerance_m (gw_map_frame_get_plain_zoom (frame), 0.5,
                                                  gw_rings_get_box (self->hover).y0));

  trace_rings (cr, rings, frame);
  cairo_set_source_rgba (cr, (self->hover_colour >> 16 & 0xff) / 255.0,
                         (self->hover_colour >> 8 & 0xff) / 255.0,
                         (self->hover_colour & 0xff) / 255.0, (self->hover_colour >> 24) / 255.0);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  cairo_destroy (cr);
  return node;
}

static void
append_hover (GwMapAreaLayer *self, GtkSnapshot *snapshot, const GwMapFrame *frame)
{
  if (self->hover_node == NULL || !gw_map_frame_is_equal (frame, &self->hover_frame))
    {
      g_clear_pointer (&self->hover_node, gsk_render_node_unref);
      self->hover_node = draw_hover (self, frame);
      self->hover_frame = *frame;
    }
  gtk_snapshot_append_node (snapshot, self->hover_node);
}

static void
gw_map_area_layer_draw (GwMapLayer *layer, GtkSnapshot *snapshot, const GwMapFrame *frame)
{
  GwMapAreaLayer *self = GW_MAP_AREA_LAYER (layer);

  self->n_frames++;
  ask (self, frame);
  if (self->shown_world_px > 0 && fabs (self->shown_world_px - frame->world_px) > 1e-6)
    append_old (self, snapshot, frame);
  append_tiles (self, snapshot, frame);
  if (self->hover != NULL)
    append_hover (self, snapshot, frame);
  if (g_hash_table_size (self->tiles) > MAX_TILES)
    {
      (void)g_hash_table_foreach_remove (self->tiles, is_stale_cb, self);
      self->asked_world_px = 0; /* what lay ready beyond the rim went too */
    }
}

static void
forget_tiles (GwMapAreaLayer *self)
{
  g_hash_table_remove_all (self->tiles);
  self->shown_world_px = 0;
  self->asked_world_px = 0;
}

static void
gw_map_area_layer_realize (GtkWidget *widget)
{
  GwMapAreaLayer *self = GW_MAP_AREA_LAYER (widget);
  gboolean is_cairo = FALSE;

  GTK_WIDGET_CLASS (gw_map_area_layer_parent_class)->realize (widget);
  is_cairo = gw_map_stamp_is_cairo (widget);
  if (is_cairo != self->is_cairo)
    forget_tiles (self);
  self->is_cairo = is_cairo;
}

static void
gw_map_area_layer_dispose (GObject *object)
{
  GwMapAreaLayer *self = GW_MAP_AREA_LAYER (object);

  g_clear_pointer (&self->worker, gw_map_worker_free);
  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_pointer (&self->paint, gw_map_paint_unref);
  g_clear_pointer (&self->hover, gw_rings_unref);
  g_clear_pointer (&self->hover_node, gsk_render_node_unref);
  G_OBJECT_CLASS (gw_map_area_layer_parent_class)->dispose (object);
}

static void
gw_map_area_layer_finalize (GObject *object)
{
  g_hash_table_unref (GW_MAP_AREA_LAYER (object)->tiles);
  G_OBJECT_CLASS (gw_map_area_layer_parent_class)->finalize (object);
}

static void
gw_map_area_layer_class_init (GwMapAreaLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gw_map_area_layer_dispose;
  G_OBJECT_CLASS (klass)->finalize = gw_map_area_layer_finalize;
  GTK_WIDGET_CLASS (klass)->realize = gw_map_area_layer_realize;
  GW_MAP_LAYER_CLASS (klass)->draw = gw_map_area_layer_draw;
  g_signal_new ("drawn", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 0);
}

static void
gw_map_area_layer_init (GwMapAreaLayer *self)
{
  self->tiles =
      g_hash_table_new_full (gw_map_tile_key_hash, gw_map_tile_key_equal, g_free, tile_free);
  self->worker = gw_map_worker_new (ready_cb, self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (forget_tiles), NULL);
}

GwMapAreaLayer *
gw_map_area_layer_new (ShumateViewport *viewport)
{
  return g_object_new (GW_TYPE_MAP_AREA_LAYER, "viewport", viewport, NULL);
}

void
gw_map_area_layer_set_paint (GwMapAreaLayer *self, GwMapPaint *paint)
{
  g_return_if_fail (GW_IS_MAP_AREA_LAYER (self));
  g_clear_pointer (&self->paint, gw_map_paint_unref);
  self->paint = gw_map_paint_ref (paint);
  self->serial++;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
gw_map_area_layer_set_hover (GwMapAreaLayer *self, const GwRings *rings, guint32 colour)
{
  g_return_if_fail (GW_IS_MAP_AREA_LAYER (self));
  if (rings == self->hover)
    return;
  g_clear_pointer (&self->hover_node, gsk_render_node_unref);
  g_clear_pointer (&self->hover, gw_rings_unref);
  self->hover = rings != NULL ? gw_rings_ref (rings) : NULL;
  self->hover_colour = colour;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
gw_map_area_layer_is_complete (GwMapAreaLayer *self)
{
  GwMapFrame frame = { 0 };
  Range seen;

  g_return_val_if_fail (GW_IS_MAP_AREA_LAYER (self), FALSE);
  if (self->paint == NULL || !gw_map_layer_get_frame (GW_MAP_LAYER (self), &frame))
    return FALSE;
  seen = get_range (&frame, 0);
  for (guint32 row = seen.row0; row <= seen.row1; row++)
    for (guint32 column = seen.column0; column <= seen.column1; column++)
      if (!is_fresh (self, &(GwMapTileKey){ frame.world_px, column, row }))
        return FALSE;
  return TRUE;
}
