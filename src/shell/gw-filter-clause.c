/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-filter-clause.h"

#include "gw-ui.h"
#include <glib/gi18n-lib.h>

static const struct
{
  const char *id, *label;
  int days; /* back from today; 0 = since the first of January */
} periods[] = {
  { "today", N_ ("Reported today"), 1 },
  { "week", N_ ("Reported in 7 days"), 7 },
  { "month", N_ ("Reported in 30 days"), 30 },
  { "year", N_ ("Reported this year"), 0 },
};

void
gw_filter_clause_free (GwFilterClause *self)
{
  if (self == NULL)
    return;
  g_free (self->label);
  g_free (self);
}

static void
add (GPtrArray *list, GwClauseKind kind, GwMatterState state, char *label)
{
  GwFilterClause *clause = g_new0 (GwFilterClause, 1);

  *clause = (GwFilterClause){ kind, state, label };
  g_ptr_array_add (list, clause);
}

static gint64
period_start (gsize i, gint64 now)
{
  gint32 today = gw_day_of_time (now);
  int year = 0, month = 0, day = 0;

  if (periods[i].days > 0)
    return gw_time_of_day (today - periods[i].days + 1, 0, 0, 0);
  gw_day_to_ymd (today, &year, &month, &day);
  return gw_time_of_day (gw_day_from_ymd (year, 1, 1), 0, 0, 0);
}

gboolean
gw_filter_clause_set_period (GwFilter *filter, const char *id, gint64 now)
{
  filter->from = filter->to = 0;
  if (*id == '\0')
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (periods); i++)
    if (g_str_equal (periods[i].id, id))
      {
        filter->from = period_start (i, now);
        return TRUE;
      }
  return FALSE;
}

const char *
gw_filter_clause_get_period (const GwFilter *filter, gint64 now)
{
  if (filter->from == 0 && filter->to == 0)
    return "";
  for (gsize i = 0; i < G_N_ELEMENTS (periods); i++)
    if (filter->to == 0 && filter->from == period_start (i, now))
      return periods[i].id;
  return "other";
}

static char *
period_label (const GwFilter *filter, gint64 now)
{
  const char *id = gw_filter_clause_get_period (filter, now);
  g_autofree char *from = NULL, *to = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (periods); i++)
    if (g_str_equal (periods[i].id, id))
      return g_strdup (_ (periods[i].label));
  from = filter->from != 0 ? gw_day_format (gw_day_of_time (filter->from)) : g_strdup ("…");
  to = filter->to != 0 ? gw_day_format (gw_day_of_time (filter->to - 1)) : g_strdup ("…");
  return g_strdup_printf (_ ("Reported %s to %s"), from, to);
}

static char *
kind_label (const GwFilter *filter, GwSession *session)
{
  GPtrArray *modules = gw_session_get_modules (session);
  const GwTypeSpec *type =
      filter->type != NULL ? gw_session_find_type (session, filter->type) : NULL;

  if (type != NULL)
    return g_strdup (type->label);
  for (guint i = 0; filter->type == NULL && i < modules->len; i++)
    {
      const GwModuleSpec *module = g_ptr_array_index (modules, i);

      if (g_strcmp0 (module->id, filter->module) == 0)
        return g_strdup (module->name);
    }
  return g_strdup (filter->type != NULL ? filter->type : filter->module);
}

GPtrArray *
gw_filter_clause_list (const GwFilter *filter, GwSession *session)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_filter_clause_free);
  GPtrArray *orgs = gw_session_get_orgs (session);

  if (filter->module != NULL || filter->type != NULL)
    add (list, GW_CLAUSE_KIND, 0, kind_label (filter, session));
  if (filter->open_only)
    add (list, GW_CLAUSE_OPEN, 0, g_strdup (_ ("Open")));
  if (filter->overdue_only)
    add (list, GW_CLAUSE_OVERDUE, 0, g_strdup (_ ("Overdue")));
  for (GwMatterState state = GW_STATE_DRAFT; state < GW_N_STATES; state++)
    if ((filter->states & (1u << state)) != 0)
      add (list, GW_CLAUSE_STATE, state, g_strdup (gw_state_label (state)));
  if (filter->org != 0)
    {
      const GwOrg *org = filter->org < orgs->len ? g_ptr_array_index (orgs, filter->org) : NULL;

      add (list, GW_CLAUSE_ORG, 0, g_strdup (org != NULL ? org->name : "?"));
    }
  if (filter->from != 0 || filter->to != 0)
    add (list, GW_CLAUSE_PERIOD, 0, period_label (filter, gw_session_now (session)));
  if (filter->batch != 0)
    add (list, GW_CLAUSE_BATCH, 0, g_strdup_printf (_ ("Batch %ld"), (long)filter->batch));
  if (filter->has_box)
    add (list, GW_CLAUSE_BOX, 0, g_strdup (_ ("Only what the map shows")));
  if (filter->text != NULL)
    add (list, GW_CLAUSE_TEXT, 0, g_strdup_printf (_ ("“%s”"), filter->text));
  return list;
}

void
gw_filter_clause_remove (const GwFilterClause *self, GwFilter *filter)
{
  switch (self->kind)
    {
    case GW_CLAUSE_KIND:
      g_clear_pointer (&filter->module, g_free);
      g_clear_pointer (&filter->type, g_free);
      break;
    case GW_CLAUSE_OPEN:
      filter->open_only = FALSE;
      break;
    case GW_CLAUSE_OVERDUE:
      filter->overdue_only = FALSE;
      break;
    case GW_CLAUSE_ORG:
      filter->org = 0;
      break;
    case GW_CLAUSE_PERIOD:
      filter->from = filter->to = 0;
      break;
    case GW_CLAUSE_BATCH:
      filter->batch = 0;
      break;
    case GW_CLAUSE_BOX:
      filter->has_box = FALSE;
      filter->west = filter->south = filter->east = filter->north = 0;
      break;
    case GW_CLAUSE_TEXT:
      g_clear_pointer (&filter->text, g_free);
      break;
    case GW_CLAUSE_STATE:
      filter->states &= ~(1u << self->state);
      break;
    default:
      g_assert_not_reached ();
    }
}
