/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-view-private.h"

typedef struct
{
  GwSelection *selection; /* owned */
  GwMapCount count;
} IndexWork;

static void
index_work_free (gpointer data)
{
  IndexWork *work = data;

  gw_selection_unref (work->selection);
  g_free (work);
}

static void
index_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const IndexWork *work = data;
  const GwSelection *selection = work->selection;
  g_autofree guint8 *mask = NULL;

  if (work->count != GW_MAP_COUNT_ALL)
    {
      mask = g_malloc (MAX (selection->n, 1));
      for (guint i = 0; i < selection->n; i++)
        mask[i] = (guint8)gw_map_count_has (work->count, selection, i);
    }
  g_task_return_pointer (task,
                         gw_cluster_index_new (selection->x, selection->y, mask, selection->n),
                         (GDestroyNotify)gw_cluster_index_unref);
}

static void
show_points (GwMapView *self, const GwClusterIndex *index, GwSelection *selection)
{
  guint n_counted =
      selection != NULL ? gw_map_count_of (gw_map_view_get_count (self), &selection->sum) : 0;

  self->n_placed = index != NULL ? gw_cluster_index_get_n_visible (index) : 0;
  self->n_placeless = index != NULL && n_counted > self->n_placed ? n_counted - self->n_placed : 0;
  gw_map_point_layer_set_points (self->point_layer, index, selection);
  gtk_widget_queue_draw (GTK_WIDGET (self->label_layer));
  gw_map_view_forget_stops (self);
  if (self->areas != NULL)
    gw_map_view_update_legend (self);
}

static void
indexed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GwMapView *self = GW_MAP_VIEW (source);
  const IndexWork *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GwClusterIndex) index = g_task_propagate_pointer (G_TASK (result), NULL);

  if (index == NULL || g_task_get_cancellable (G_TASK (result)) != self->index_task)
    return;
  g_clear_object (&self->index_task);
  show_points (self, index, work->selection);
}

static void
cancel (GCancellable **task)
{
  if (*task != NULL)
    g_cancellable_cancel (*task);
  g_clear_object (task);
}

void
gw_map_view_update_points (GwMapView *self)
{
  GwSelection *selection = gw_filter_model_get_selection (self->model);
  IndexWork *work = NULL;
  g_autoptr (GTask) task = NULL;

  cancel (&self->index_task);
  if (selection == NULL || !self->shows_points)
    {
      show_points (self, NULL, NULL);
      return;
    }
  work = g_new0 (IndexWork, 1);
  work->selection = gw_selection_ref (selection);
  work->count = gw_map_view_get_count (self);
  self->index_task = g_cancellable_new ();
  task = g_task_new (self, self->index_task, indexed_cb, NULL);
  g_task_set_task_data (task, work, index_work_free);
  g_task_run_in_thread (task, index_thread);
}

/* ---- the selected matter ---- */

static void
set_pin (GwMapView *self, gint64 matter, GwPoint place)
{
  self->pinned = matter;
  gw_map_point_layer_set_pin (self->point_layer, place);
  if (gw_point_is_valid (place))
    gw_map_camera_bring_into_view (self->camera, place);
}

static void
row_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwMapView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gw_session_fetch_rows_finish (GW_SESSION (source), result, &error);
  const GwMatter *matter = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->pin_task);
  matter = rows != NULL && rows->len > 0 ? g_ptr_array_index (rows, 0) : NULL;
  if (matter != NULL && matter->has_point)
    set_pin (self, matter->id, (GwPoint){ matter->x, matter->y });
}

void
gw_map_view_update_pin (GwMapView *self)
{
  gint64 id = gw_filter_model_get_matter (self->model);
  GwSelection *selection = gw_filter_model_get_selection (self->model);
  gint row = id != 0 && selection != NULL ? gw_selection_find (selection, id) : -1;

  cancel (&self->pin_task);
  if (id != 0 && id == self->pinned)
    return;
  set_pin (self, id,
           row >= 0 ? (GwPoint){ selection->x[row], selection->y[row] }
                    : (GwPoint){ GW_LATTICE_NONE, GW_LATTICE_NONE });
  if (id == 0 || row >= 0)
    return;
  /* The filter leaves it out, or its answer is not there yet. */
  self->pin_task = g_cancellable_new ();
  gw_session_fetch_rows_async (self->session, &id, 1, self->pin_task, row_cb, g_object_ref (self));
}
