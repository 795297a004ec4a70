/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-filter-model.h"

struct _GwFilterModel
{
  GObject parent;
  GwSession *session;     /* owned */
  GwFilter *filter;       /* owned */
  GwSelection *selection; /* owned, nullable */
  GCancellable *asking;   /* owned, nullable: the question on its way */
  char *problem;          /* owned, nullable */
  gint64 matter;
  gboolean stale; /* the data changed while a question was on its way */
};

G_DEFINE_FINAL_TYPE (GwFilterModel, gw_filter_model, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_LOADING,
  PROP_PROBLEM,
  N_PROPS
};
enum
{
  SIGNAL_CHANGED,
  SIGNAL_SELECTION_CHANGED,
  SIGNAL_MATTER_CHANGED,
  N_SIGNALS
};
static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void ask (GwFilterModel *self);

static void
set_problem (GwFilterModel *self, const char *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROBLEM]);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GwFilterModel) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwSelection) selection =
      gw_session_select_finish (GW_SESSION (source), result, &error);

  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* a newer question is on its way, or the window is gone */
  g_debug ("filter: %u matters", selection != NULL ? selection->n : 0);
  g_clear_object (&self->asking);
  set_problem (self, error ? error->message : NULL);
  if (selection != NULL)
    {
      g_clear_pointer (&self->selection, gw_selection_unref);
      self->selection = g_steal_pointer (&selection);
      g_signal_emit (self, signals[SIGNAL_SELECTION_CHANGED], 0);
    }
  if (self->stale)
    ask (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

static void
ask (GwFilterModel *self)
{
  if (self->session == NULL)
    return; /* it was left */
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  self->stale = FALSE;
  gw_session_select_async (self->session, self->filter, self->asking, answered_cb,
                           g_object_ref (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

/* An import commits many times a second: questions that are on their way may finish, or no answer
 * would arrive before its end. */
static void
data_changed_cb (GwFilterModel *self)
{
  if (self->asking != NULL)
    self->stale = TRUE;
  else
    ask (self);
}

/* Another seat may see other matters: an answer for the last one must not appear. */
static void
seat_changed_cb (GwFilterModel *self)
{
  ask (self);
}

static void
gw_filter_model_dispose (GObject *object)
{
  GwFilterModel *self = GW_FILTER_MODEL (object);

  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gw_filter_model_parent_class)->dispose (object);
}

static void
gw_filter_model_finalize (GObject *object)
{
  GwFilterModel *self = GW_FILTER_MODEL (object);

  gw_filter_free (self->filter);
  g_clear_pointer (&self->selection, gw_selection_unref);
  g_free (self->problem);
  G_OBJECT_CLASS (gw_filter_model_parent_class)->finalize (object);
}

static void
gw_filter_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  GwFilterModel *self = GW_FILTER_MODEL (object);

  switch (id)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, gw_filter_model_is_loading (self));
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
gw_filter_model_class_init (GwFilterModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = gw_filter_model_dispose;
  object_class->finalize = gw_filter_model_finalize;
  object_class->get_property = gw_filter_model_get_property;
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_PROBLEM] =
      g_param_spec_string ("problem", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_SELECTION_CHANGED] = g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0,
                                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_MATTER_CHANGED] =
      g_signal_new ("matter-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
gw_filter_model_init (GwFilterModel *self)
{
  self->filter = gw_filter_new ();
}

GwFilterModel *
gw_filter_model_new (GwSession *session)
{
  GwFilterModel *self = NULL;

  g_return_val_if_fail (GW_IS_SESSION (session), NULL);
  self = g_object_new (GW_TYPE_FILTER_MODEL, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "changed", G_CALLBACK (data_changed_cb), self);
  g_signal_connect_swapped (session, "seat-changed", G_CALLBACK (seat_changed_cb), self);
  ask (self);
  return self;
}

GwSession *
gw_filter_model_get_session (GwFilterModel *self)
{
  g_return_val_if_fail (GW_IS_FILTER_MODEL (self), NULL);
  return self->session;
}

const GwFilter *
gw_filter_model_get (GwFilterModel *self)
{
  g_return_val_if_fail (GW_IS_FILTER_MODEL (self), NULL);
  return self->filter;
}

void
gw_filter_model_set (GwFilterModel *self, const GwFilter *filter)
{
  GwFilter *old = NULL;

  g_return_if_fail (GW_IS_FILTER_MODEL (self) && filter != NULL);
  if (gw_filter_equal (self->filter, filter))
    return;
  old = self->filter; /* @filter may be a part of it */
  self->filter = gw_filter_copy (filter);
  gw_filter_free (old);
  ask (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
gw_filter_model_set_area (GwFilterModel *self, guint32 area)
{
  g_autoptr (GwFilter) filter = gw_filter_copy (gw_filter_model_get (self));

  filter->area = area;
  gw_filter_model_set (self, filter);
}

void
gw_filter_model_set_text (GwFilterModel *self, const char *text)
{
  g_autoptr (GwFilter) filter = gw_filter_copy (gw_filter_model_get (self));

  g_free (filter->text);
  filter->text = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  gw_filter_model_set (self, filter);
}

void
gw_filter_model_set_sort (GwFilterModel *self, GwSort sort)
{
  g_autoptr (GwFilter) filter = gw_filter_copy (gw_filter_model_get (self));

  filter->sort = sort;
  gw_filter_model_set (self, filter);
}

void
gw_filter_model_set_type (GwFilterModel *self, const char *module, const char *type)
{
  g_autoptr (GwFilter) filter = gw_filter_copy (gw_filter_model_get (self));

  g_free (filter->module);
  g_free (filter->type);
  filter->module = g_strdup (module);
  filter->type = g_strdup (type);
  gw_filter_model_set (self, filter);
}

void
gw_filter_model_clear (GwFilterModel *self)
{
  g_autoptr (GwFilter) filter = gw_filter_new ();

  filter->sort = gw_filter_model_get (self)->sort;
  gw_filter_model_set (self, filter);
}

GwSelection *
gw_filter_model_get_selection (GwFilterModel *self)
{
  g_return_val_if_fail (GW_IS_FILTER_MODEL (self), NULL);
  return self->selection;
}

gboolean
gw_filter_model_is_loading (GwFilterModel *self)
{
  g_return_val_if_fail (GW_IS_FILTER_MODEL (self), FALSE);
  return self->asking != NULL;
}

const char *
gw_filter_model_get_problem (GwFilterModel *self)
{
  g_return_val_if_fail (GW_IS_FILTER_MODEL (self), NULL);
  return self->problem;
}

gint64
gw_filter_model_get_matter (GwFilterModel *self)
{
  g_return_val_if_fail (GW_IS_FILTER_MODEL (self), 0);
  return self->matter;
}

void
gw_filter_model_set_matter (GwFilterModel *self, gint64 id)
{
  g_return_if_fail (GW_IS_FILTER_MODEL (self));
  if (self->matter == id)
    return;
  self->matter = id;
  g_signal_emit (self, signals[SIGNAL_MATTER_CHANGED], 0);
}
