/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures and layers that a module computes by SQL of its own. SQL text could go round any view
 * that narrows what it sees, so jurisdiction and the reader's area are applied to the answer. */
#include "gw-session-private.h"

#include "gw-module-sql.h"
#include <math.h>
#include <string.h>

/* What a statement cannot take part in: its figure would not say what the list beside it shows. */
gboolean
gw_shares_follow (const GwFilter *filter)
{
  g_autoptr (GwFilter) rest = gw_filter_copy (filter);

  rest->area = GW_AREA_NONE;
  rest->from = rest->to = 0;
  rest->sort = GW_SORT_REPORTED_DESC;
  g_clear_pointer (&rest->module, g_free);
  g_clear_pointer (&rest->type, g_free);
  return gw_filter_is_empty (rest);
}

static gboolean
is_within (GwCall *call, const GwFilter *filter, guint32 area)
{
  GwAreaTree *tree = call->facts->tree;

  if (gw_area_tree_get (tree, area) == NULL)
    return call->actor.scope_area == GW_AREA_NONE && filter->area == GW_AREA_NONE;
  return (call->actor.scope_area == GW_AREA_NONE ||
          gw_area_tree_contains (tree, call->actor.scope_area, area)) &&
         (filter->area == GW_AREA_NONE || gw_area_tree_contains (tree, filter->area, area));
}

static double
value_of (const GwAreaShare *sum, gboolean percent)
{
  if (!sum->has_den)
    return sum->num;
  /* No denominator is no data: neither 0 nor 100 (domain.md 4b.6). */
  return fabs (sum->den) > 0 ? (percent ? 100 : 1) * sum->num / sum->den : NAN;
}

static void
add_share (GwAreaShare *sum, const GwAreaShare *share)
{
  sum->num += share->num;
  sum->den += share->den;
  sum->has_den |= share->has_den;
}

static GArray *
ask (GwCall *call,
     const char *ns,
     const char *sql,
     const GwFilter *filter,
     GCancellable *cancellable,
     GError **error)
{
  return gw_module_sql_shares (gw_store_path (call->store), ns, sql, filter->from, filter->to,
                               cancellable, error);
}

gboolean
gw_shares_sum (GwCall *call,
               const GwModuleSpec *module,
               const GwIndicatorSpec *indicator,
               const GwFilter *filter,
               double *value,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GArray) shares = ask (call, module->ns, indicator->sql, filter, cancellable, error);
  GwAreaShare sum = { 0 };

  if (shares == NULL)
    return FALSE;
  for (guint i = 0; i < shares->len; i++)
    {
      const GwAreaShare *share = &g_array_index (shares, GwAreaShare, i);

      if (is_within (call, filter, share->area))
        add_share (&sum, share);
    }
  *value = value_of (&sum, strcmp (indicator->unit, "%") == 0);
  return TRUE;
}

GArray *
gw_shares_by_area (GwCall *call,
                   const GwModuleSpec *module,
                   const GwLayerSpec *layer,
                   const GwFilter *filter,
                   GCancellable *cancellable,
                   GError **error)
{
  GwAreaTree *tree = call->facts->tree;
  guint n = gw_area_tree_size (tree) + 1;
  g_autoptr (GArray) shares = ask (call, module->ns, layer->sql, filter, cancellable, error);
  g_autofree GwAreaShare *sums = g_new0 (GwAreaShare, n);
  g_autofree gboolean *has = g_new0 (gboolean, n);
  GArray *values = NULL;

  if (shares == NULL)
    return NULL;
  for (guint i = 0; i < shares->len; i++)
    {
      const GwAreaShare *share = &g_array_index (shares, GwAreaShare, i);
      const GwArea *area = gw_area_tree_get (tree, share->area);

      if (area == NULL || !is_within (call, filter, share->area))
        continue;
      for (; area != NULL; area = gw_area_tree_get (tree, area->parent))
        {
          add_share (&sums[area->id], share);
          has[area->id] = TRUE;
        }
    }
  values = g_array_sized_new (FALSE, FALSE, sizeof (double), n);
  for (guint i = 0; i < n; i++)
    {
      double value = has[i] ? value_of (&sums[i], FALSE) : NAN;

      g_array_append_val (values, value);
    }
  return values;
}
