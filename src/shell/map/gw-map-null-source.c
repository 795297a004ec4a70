/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-null-source.h"

#include "gw-map-frame.h"

struct _GwMapNullSource
{
  ShumateMapSource parent;
};

G_DEFINE_FINAL_TYPE (GwMapNullSource, gw_map_null_source, SHUMATE_TYPE_MAP_SOURCE)

/* A tile that is not DONE would keep older zoom levels alive. */
static void
gw_map_null_source_fill_tile_async (ShumateMapSource *source,
                                    ShumateTile *tile,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, data);

  shumate_tile_set_state (tile, SHUMATE_STATE_DONE);
  g_task_return_boolean (task, TRUE);
}

static gboolean
gw_map_null_source_fill_tile_finish (ShumateMapSource *source, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
gw_map_null_source_class_init (GwMapNullSourceClass *klass)
{
  ShumateMapSourceClass *source_class = SHUMATE_MAP_SOURCE_CLASS (klass);

  source_class->fill_tile_async = gw_map_null_source_fill_tile_async;
  source_class->fill_tile_finish = gw_map_null_source_fill_tile_finish;
}

static void
gw_map_null_source_init (GwMapNullSource *self)
{
  ShumateMapSource *source = SHUMATE_MAP_SOURCE (self);

  shumate_map_source_set_id (source, "none");
  shumate_map_source_set_min_zoom_level (source, GW_MAP_MIN_ZOOM);
  shumate_map_source_set_max_zoom_level (source, GW_MAP_MAX_ZOOM);
  shumate_map_source_set_tile_size (source, 256);
  shumate_map_source_set_projection (source, SHUMATE_MAP_PROJECTION_MERCATOR);
}

ShumateMapSource *
gw_map_null_source_new (void)
{
  return g_object_new (GW_TYPE_MAP_NULL_SOURCE, NULL);
}
