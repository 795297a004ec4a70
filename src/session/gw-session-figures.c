/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-session-private.h"

#include "gw-expression.h"
#include "gw-select.h"
#include <glib/gi18n-lib.h>
#include <math.h>

void
gw_figure_free (GwFigure *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->label);
  g_free (self->unit);
  g_free (self->value);
  g_free (self->filter);
  g_free (self->module);
  g_free (self);
}

/* Rounded half up on the decimal string (the rule of the published figures, domain.md 1.1), with
 * grouped thousands; independent of the locale's own separators. */
static char *
format_number (double number, guint decimals)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char digits[64];
  char *point;
  double scale = pow (10, decimals);
  gsize whole;

  if (isnan (number))
    return g_strdup (_ ("no data"));
  g_ascii_formatd (digits, sizeof digits,
                   decimals == 0 ? "%.0f" : (decimals == 1 ? "%.1f" : "%.2f"),
                   floor (number * scale + 0.5 + 1e-9) / scale);
  point = strchr (digits, '.');
  whole = point != NULL ? (gsize)(point - digits) : strlen (digits);
  for (gsize i = 0; digits[i] != '\0'; i++)
    {
      if (i > 0 && i < whole && (whole - i) % 3 == 0 && digits[i - 1] != '-')
        g_string_append_c (text, ',');
      g_string_append_c (text, digits[i]);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GwFigure *
figure_new (const char *id,
            const char *label,
            const char *unit,
            double number,
            guint decimals,
            const char *filter)
{
  GwFigure *figure = g_new0 (GwFigure, 1);

  figure->id = g_strdup (id);
  figure->label = g_strdup (label);
  figure->unit = g_strdup (unit);
  figure->number = number;
  figure->value = format_number (number, decimals);
  figure->filter = g_strdup (filter);
  return figure;
}

static guint
count_total (const GwSelection *selection)
{
  return selection->sum.total;
}

static guint
count_open (const GwSelection *selection)
{
  return selection->sum.open;
}

static guint
count_overdue (const GwSelection *selection)
{
  return selection->sum.overdue;
}

static guint
count_closed (const GwSelection *selection)
{
  return selection->sum.closed;
}

static guint32
ended_states (void)
{
  guint32 states = 0;

  for (guint state = 1; state < GW_N_STATES; state++)
    if (!gw_state_is_open (state))
      states |= 1u << state;
  return states;
}

/* What a common figure asks beside the reader's own filter. */
typedef struct
{
  const char *id, *label;
  guint (*count) (const GwSelection *selection);
  gboolean open, overdue, ended;
} CommonFigure;

static const CommonFigure common_figures[] = {
  { "matters.total", N_ ("Matters"), count_total, FALSE, FALSE, FALSE },
  { "matters.open", N_ ("Open"), count_open, TRUE, FALSE, FALSE },
  { "matters.overdue", N_ ("Overdue"), count_overdue, FALSE, TRUE, FALSE },
  { "matters.closed", N_ ("Closed"), count_closed, FALSE, FALSE, TRUE },
};

/* NULL: the reader asked for other states, nothing is left to list. */
static char *
common_filter (const CommonFigure *common, const GwFilter *base, GwAreaTree *tree)
{
  g_autoptr (GwFilter) filter = gw_filter_copy (base);

  filter->open_only |= common->open;
  filter->overdue_only |= common->overdue;
  if (common->ended)
    {
      filter->states = base->states == 0 ? ended_states () : base->states & ended_states ();
      if (filter->states == 0)
        return NULL;
    }
  return gw_filter_to_text (filter, tree);
}

/* The figures every centre has; those of the modules follow. */
static void
add_common (GwCall *call, GPtrArray *figures, const GwFilter *base, const GwSelection *selection)
{
  const char *unit = _ ("matters");
  g_autoptr (GwFilter) today = gw_filter_copy (base);
  g_autofree char *reported = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (common_figures); i++)
    {
      const CommonFigure *common = &common_figures[i];
      g_autofree char *filter = common_filter (common, base, call->facts->tree);

      g_ptr_array_add (figures, figure_new (common->id, _ (common->label), unit,
                                            common->count (selection), 0, filter));
    }
  today->from = MAX (base->from, gw_time_of_day (gw_day_of_time (selection->now), 0, 0, 0));
  reported = gw_filter_to_text (today, call->facts->tree);
  g_ptr_array_add (figures, figure_new ("matters.reported_today", _ ("Reported today"), unit,
                                        selection->reported_today, 0, reported));
  g_ptr_array_add (figures, figure_new ("matters.closed_today", _ ("Closed today"), unit,
                                        selection->closed_today, 0, NULL));
}

static GwFigure *
indicator_figure (GwCall *call,
                  const GwIndicatorSpec *indicator,
                  const GwFilter *base,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GwExpression) expression =
      gw_expression_parse (indicator->expression, call->facts->tree, error);
  g_autoptr (GwFilter) narrowed = NULL;
  g_autofree char *filter = NULL;
  double value = NAN;

  if (expression == NULL || !gw_expression_compute (expression, call->store, &call->actor, base,
                                                    &value, cancellable, error))
    return NULL;
  narrowed = gw_expression_narrow (expression, base);
  filter = gw_filter_to_text (narrowed, call->facts->tree);
  return figure_new (indicator->id, indicator->label, indicator->unit, value, indicator->decimals,
                     filter);
}

/* Without a list behind it: what the module counts need not be matters. A statement that fails, for
 * instance because it costs too much on this file, must not take the other figures along. */
static GwFigure *
shares_figure (GwCall *call,
               const GwModuleSpec *module,
               const GwIndicatorSpec *indicator,
               const GwFilter *base,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GError) reason = NULL;
  double value = NAN;

  if (!gw_shares_sum (call, module, indicator, base, &value, cancellable, &reason))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      g_debug ("indicator %s: %s", indicator->id, reason->message);
    }
  return figure_new (indicator->id, indicator->label, indicator->unit, value, indicator->decimals,
                     NULL);
}

static gboolean
add_module (GwCall *call,
            GPtrArray *figures,
            const GwModuleSpec *module,
            const GwFilter *base,
            GCancellable *cancellable,
            GError **error)
{
  for (guint i = 0; i < module->indicators->len; i++)
    {
      const GwIndicatorSpec *indicator = g_ptr_array_index (module->indicators, i);
      GwFigure *figure;

      if (indicator->sql != NULL && !gw_shares_follow (base))
        continue;
      figure = indicator->sql != NULL
                   ? shares_figure (call, module, indicator, base, cancellable, error)
                   : indicator_figure (call, indicator, base, cancellable, error);
      if (figure == NULL)
        return FALSE;
      figure->module = g_strdup (module->id);
      g_ptr_array_add (figures, figure);
    }
  return TRUE;
}

/* Of matters of another module the indicators of this one would say nothing. */
static gboolean
concerns_module (const GwFilter *filter, const GwModuleSpec *module)
{
  if (filter->module != NULL)
    return g_str_equal (filter->module, module->id);
  if (filter->type == NULL)
    return TRUE;
  for (guint i = 0; i < module->types->len; i++)
    {
      const GwTypeSpec *type = g_ptr_array_index (module->types, i);

      if (g_str_equal (type->key, filter->type))
        return TRUE;
    }
  return FALSE;
}

static gpointer
do_figures (GwCall *call, gpointer data, GCancellable *cancellable, GError **error)
{
  const GwFilter *filter = data;
  g_autoptr (GPtrArray) figures = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_figure_free);
  g_autoptr (GwSelection) selection = NULL;

  if (!gw_call_may (call, GW_MAY_FIGURES, _ ("Figures"), error))
    return NULL;
  selection = gw_store_select (call->store, &call->actor, filter, cancellable, error);
  if (selection == NULL)
    return NULL;
  add_common (call, figures, filter, selection);
  for (guint i = 0; i < call->facts->modules->len; i++)
    {
      const GwModuleSpec *module = g_ptr_array_index (call->facts->modules, i);

      if (concerns_module (filter, module) &&
          !add_module (call, figures, module, filter, cancellable, error))
        return NULL;
    }
  return g_steal_pointer (&figures);
}

void
gw_session_figures_async (GwSession *self,
                          const GwFilter *filter,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  gw_session_run (self, do_figures, gw_filter_copy (filter), (GDestroyNotify)gw_filter_free,
                  (GDestroyNotify)g_ptr_array_unref, cancellable, callback, data);
}

GPtrArray *
gw_session_figures_finish (GwSession *self, GAsyncResult *result, GError **error)
{
  return gw_session_finish (self, result, error);
}

GPtrArray *
gw_session_figures_sync (GwSession *self, const GwFilter *filter, GError **error)
{
  return gw_session_run_here (self, do_figures, (gpointer)filter, error);
}
