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

/* The figures every centre has; those of the modules follow. */
static void
add_common (GPtrArray *figures, const GwSelection *selection)
{
  const char *unit = _ ("matters");
  const GwAreaCount *sum = &selection->sum;

  g_ptr_array_add (figures, figure_new ("matters.total", _ ("Matters"), unit, sum->total, 0, ""));
  g_ptr_array_add (figures,
                   figure_new ("matters.open", _ ("Open"), unit, sum->open, 0, "open=yes"));
  g_ptr_array_add (figures, figure_new ("matters.overdue", _ ("Overdue"), unit, sum->overdue, 0,
                                        "overdue=yes"));
  g_ptr_array_add (figures, figure_new ("matters.closed", _ ("Closed"), unit, sum->closed, 0,
                                        "state=closed,archived,rejected"));
  g_ptr_array_add (figures, figure_new ("matters.reported_today", _ ("Reported today"), unit,
                                        selection->reported_today, 0, NULL));
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
  g_autofree char *filter = NULL;
  double value = NAN;

  if (expression == NULL || !gw_expression_compute (expression, call->store, &call->actor, base,
                                                    &value, cancellable, error))
    return NULL;
  filter = gw_filter_to_text (gw_expression_get_filter (expression), call->facts->tree);
  return figure_new (indicator->id, indicator->label, indicator->unit, value, indicator->decimals,
                     filter);
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
      GwFigure *figure = indicator_figure (call, g_ptr_array_index (module->indicators, i), base,
                                           cancellable, error);

      if (figure == NULL)
        return FALSE;
      figure->module = g_strdup (module->id);
      g_ptr_array_add (figures, figure);
    }
  return TRUE;
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
  add_common (figures, selection);
  for (guint i = 0; i < call->facts->modules->len; i++)
    if (!add_module (call, figures, g_ptr_array_index (call->facts->modules, i), filter,
                     cancellable, error))
      return NULL;
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
