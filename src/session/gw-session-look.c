/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-session-private.h"

#include "gw-error.h"
#include "gw-expression.h"
#include "gw-select.h"
#include <glib/gi18n-lib.h>
#include <math.h>

/* ---- selections ---- */

static gpointer
do_select (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  if (!gw_call_may (call, GW_MAY_LIST, _ ("Looking at matters"), error))
    return NULL;
  return gw_store_select (call->store, &call->actor, data, cancellable, error);
}

void
gw_session_select_async (GwSession *self,
                         const GwFilter *filter,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  gw_session_run (self, do_select, gw_filter_copy (filter), (GDestroyNotify)gw_filter_free,
                  (GDestroyNotify)gw_selection_unref, cancellable, callback, data);
}

GwSelection *
gw_session_select_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  return gw_session_finish (self, result, error);
}

GwSelection *
gw_session_select_sync (GwSession *self, const GwFilter *filter, GError **error)
{
  return gw_session_run_here (self, do_select, (gpointer)filter, error);
}

typedef struct
{
  GwFilter *filter; /* owned */
  guint n;
} FirstJob;

static void
first_job_free (FirstJob *job)
{
  gw_filter_free (job->filter);
  g_free (job);
}

static gpointer
do_select_first (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  FirstJob *job = data;

  if (!gw_call_may (call, GW_MAY_LIST, _ ("Looking at matters"), error))
    return NULL;
  return gw_store_select_first (call->store, &call->actor, job->filter, job->n, cancellable, error);
}

void
gw_session_select_first_async (GwSession *self,
                               const GwFilter *filter,
                               guint n,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  FirstJob *job = g_new0 (FirstJob, 1);

  job->filter = gw_filter_copy (filter);
  job->n = n;
  gw_session_run (self, do_select_first, job, (GDestroyNotify)first_job_free,
                  (GDestroyNotify)gw_selection_unref, cancellable, callback, data);
}

GwSelection *
gw_session_select_first_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  return gw_session_finish (self, result, error);
}

/* ---- rows ---- */

static void
matter_free_nullable (gpointer matter)
{
  if (matter != NULL)
    gw_matter_free (matter);
}

static const GwClockRow *
running_clock (GArray *clocks)
{
  for (guint i = clocks->len; i-- > 0;)
    {
      const GwClockRow *clock = &g_array_index (clocks, GwClockRow, i);

      if (clock->outcome == GW_OUTCOME_RUNNING || clock->outcome == GW_OUTCOME_PAUSED)
        return clock;
    }
  return NULL;
}

static GwLamp
lamp_of (GwCall *call, const GwClockRow *clock)
{
  return gw_lamp_of (gw_desk_calendar (call->facts->desk), clock->start, clock->due, clock->unit,
                     clock->outcome == GW_OUTCOME_PAUSED,
                     gw_clock_now (gw_store_clock (call->store)));
}

/* Only the clock knows when a third of its time is left. */
static gboolean
light_lamp (GwCall *call, GwMatter *row, GError **error)
{
  g_autoptr (GArray) clocks = NULL;
  const GwClockRow *clock = NULL;

  if (row == NULL || !gw_state_is_open (row->state))
    return TRUE;
  clocks = gw_store_list_clocks (call->store, row->id, error);
  if (clocks == NULL)
    return FALSE;
  clock = running_clock (clocks);
  row->lamp = clock != NULL ? lamp_of (call, clock) : GW_LAMP_NONE;
  return TRUE;
}

static gpointer
do_rows (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  GArray *ids = data;
  g_autoptr (GPtrArray) rows = NULL;

  if (!gw_call_may (call, GW_MAY_LIST, _ ("Looking at matters"), error))
    return NULL;
  rows = gw_store_get_rows (call->store, &call->actor, (const gint64 *)(gpointer)ids->data,
                            ids->len, cancellable, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!light_lamp (call, g_ptr_array_index (rows, i), error))
      return NULL;
  return g_steal_pointer (&rows);
}

static GArray *
ids_array (const gint64 *ids, guint n)
{
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  g_array_append_vals (array, ids, n);
  return array;
}

void
gw_session_fetch_rows_async (GwSession *self,
                             const gint64 *ids,
                             guint n,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  gw_session_run (self, do_rows, ids_array (ids, n), (GDestroyNotify)g_array_unref,
                  (GDestroyNotify)g_ptr_array_unref, cancellable, callback, data);
}

GPtrArray *
gw_session_fetch_rows_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  return gw_session_finish (self, result, error);
}

GPtrArray *
gw_session_fetch_rows_sync (GwSession *self, const gint64 *ids, guint n, GError **error)
{
  g_autoptr (GArray) array = ids_array (ids, n);

  return gw_session_run_here (self, do_rows, array, error);
}

/* ---- one matter with everything ---- */

void
gw_matter_view_free (GwMatterView *self)
{
  if (self == NULL)
    return;
  matter_free_nullable (self->matter);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->assignments, g_ptr_array_unref);
  g_clear_pointer (&self->clocks, g_array_unref);
  g_clear_pointer (&self->offers, g_array_unref);
  g_free (self->due_why);
  g_free (self);
}

static void
judge_clock (GwCall *call, GwMatterView *view)
{
  const GwClockRow *clock = running_clock (view->clocks);
  const GwCalendar *calendar = gw_desk_calendar (call->facts->desk);

  if (clock == NULL)
    return;
  view->due = clock->outcome == GW_OUTCOME_PAUSED ? 0 : clock->due;
  view->lamp = lamp_of (call, clock);
  view->due_why = gw_calendar_explain (calendar, clock->start, clock->n, clock->unit);
}

static gboolean
load_view (GwCall *call, GwMatterView *view, gint64 id, GError **error)
{
  GPtrArray *types = call->facts->types;

  view->matter = gw_store_get_matter (call->store, &call->actor, id, error);
  if (view->matter == NULL)
    return FALSE;
  if (view->matter->type < types->len)
    view->type = g_ptr_array_index (types, view->matter->type);
  view->events = gw_store_list_events (call->store, &call->actor, id, error);
  if (view->events == NULL)
    return FALSE;
  view->assignments = gw_store_list_assignments (call->store, id, error);
  if (view->assignments == NULL)
    return FALSE;
  view->clocks = gw_store_list_clocks (call->store, id, error);
  return view->clocks != NULL;
}

static gpointer
do_view (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GwMatterView) view = g_new0 (GwMatterView, 1);

  if (!gw_call_may (call, GW_MAY_LIST, _ ("Looking at matters"), error) ||
      !load_view (call, view, *(gint64 *)data, error))
    return NULL;
  judge_clock (call, view);
  view->offers = gw_desk_offers (call->facts->desk, &call->actor, view->matter, view->assignments,
                                 gw_clock_now (gw_store_clock (call->store)));
  return g_steal_pointer (&view);
}

void
gw_session_view_async (GwSession *self,
                       gint64 matter,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  gw_session_run (self, do_view, g_memdup2 (&matter, sizeof matter), g_free,
                  (GDestroyNotify)gw_matter_view_free, cancellable, callback, data);
}

/* The type of a view is lent by the reference data it was read with; it is looked up again in what
 * the session holds now, which may be newer. */
static GwMatterView *
lend_type (GwSession *self, GwMatterView *view)
{
  GPtrArray *types = gw_session_get_types (self);

  if (view != NULL)
    view->type =
        view->matter->type < types->len ? g_ptr_array_index (types, view->matter->type) : NULL;
  return view;
}

GwMatterView *
gw_session_view_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  return lend_type (self, gw_session_finish (self, result, error));
}

GwMatterView *
gw_session_view_sync (GwSession *self, gint64 matter, GError **error)
{
  return lend_type (self, gw_session_run_here (self, do_view, &matter, error));
}

static gpointer
do_find (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 id = gw_store_find_matter (call->store, data, error);

  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

void
gw_session_find_async (GwSession *self,
                       const char *number_or_code,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  gw_session_run (self, do_find, g_strdup (number_or_code), g_free, g_free, cancellable, callback,
                  data);
}

gint64
gw_session_find_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *id = gw_session_finish (self, result, error);

  return id != NULL ? *id : 0;
}

gint64
gw_session_find_sync (GwSession *self, const char *number_or_code, GError **error)
{
  return gw_store_find_matter (gw_session_get_store (self), number_or_code, error);
}

/* ---- layers ---- */

typedef struct
{
  char *layer;
  GwFilter *filter;
} LayerJob;

static void
layer_job_free (LayerJob *job)
{
  g_free (job->layer);
  gw_filter_free (job->filter);
  g_free (job);
}

static const GwLayerSpec *
find_layer (const GwReference *facts, const char *id, const GwModuleSpec **owner)
{
  for (guint i = 0; i < facts->modules->len; i++)
    {
      const GwModuleSpec *module = g_ptr_array_index (facts->modules, i);

      for (guint j = 0; j < module->layers->len; j++)
        {
          const GwLayerSpec *layer = g_ptr_array_index (module->layers, j);

          if (g_str_equal (layer->id, id))
            {
              *owner = module;
              return layer;
            }
        }
    }
  return NULL;
}

static gpointer
do_layer (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  LayerJob *job = data;
  const GwModuleSpec *module = NULL;
  const GwLayerSpec *layer = find_layer (call->facts, job->layer, &module);
  g_autoptr (GwExpression) expression = NULL;

  if (layer == NULL)
    return gw_throw_null (error, GW_ERROR_NOT_FOUND, _ ("There is no map layer “%s”"), job->layer);
  if (!gw_call_may (call, GW_MAY_FIGURES, layer->label, error))
    return NULL;
  if (layer->sql != NULL)
    return gw_shares_by_area (call, module, layer, job->filter, cancellable, error);
  expression = gw_expression_parse (layer->expression, call->facts->tree, error);
  return expression != NULL ? gw_expression_compute_areas (expression, call->store, &call->actor,
                                                           job->filter, cancellable, error)
                            : NULL;
}

void
gw_session_layer_async (GwSession *self,
                        const char *layer,
                        const GwFilter *filter,
                        GwAreaLevel level,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  LayerJob *job = g_new0 (LayerJob, 1);

  job->layer = g_strdup (layer);
  job->filter = gw_filter_copy (filter);
  gw_session_run (self, do_layer, job, (GDestroyNotify)layer_job_free,
                  (GDestroyNotify)g_array_unref, cancellable, callback, data);
}

GArray *
gw_session_layer_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  return gw_session_finish (self, result, error);
}
