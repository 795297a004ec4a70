/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-expression.h"

#include "gw-error.h"
#include "gw-select.h"
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

struct _GwExpression
{
  double factor;
  GwFilter *num; /* owned */
  GwFilter *den; /* owned, nullable: a plain count */
};

void
gw_expression_free (GwExpression *self)
{
  if (self == NULL)
    return;
  gw_filter_free (self->num);
  gw_filter_free (self->den);
  g_free (self);
}

static void
skip_space (const char **at)
{
  while (g_ascii_isspace (**at))
    (*at)++;
}

static gboolean
take (const char **at, const char *word)
{
  skip_space (at);
  if (!g_str_has_prefix (*at, word))
    return FALSE;
  *at += strlen (word);
  return TRUE;
}

/* A parenthesis inside quotes belongs to the search text. */
static const char *
find_close (const char *at)
{
  gboolean quoted = FALSE;

  for (; *at != '\0'; at++)
    {
      if (*at == '"')
        quoted = !quoted;
      else if (*at == ')' && !quoted)
        return at;
    }
  return NULL;
}

static GwFilter *
take_count (const char **at, const char *start, GwAreaTree *tree, GError **error)
{
  g_autofree char *text = NULL;
  const char *close;
  GwFilter *filter;

  if (!take (at, "count") || !take (at, "("))
    return gw_throw_null (error, GW_ERROR_INVALID, _ ("“%s”: count(…) is expected at character %u"),
                          start, (guint)g_utf8_pointer_to_offset (start, *at) + 1);
  close = find_close (*at);
  if (close == NULL)
    return gw_throw_null (error, GW_ERROR_INVALID, _ ("“%s”: the closing parenthesis is missing"),
                          start);
  text = g_strndup (*at, (gsize)(close - *at));
  filter = gw_filter_from_text (text, tree, error);
  if (filter == NULL)
    gw_prefix (error, "“%s”", start);
  *at = close + 1;
  return filter;
}

static void
take_factor (const char **at, double *factor)
{
  char *end = NULL;
  const char *before = *at;

  skip_space (at);
  *factor = g_ascii_strtod (*at, &end);
  if (end != *at)
    {
      *at = end;
      if (take (at, "*"))
        return;
    }
  *at = before;
  *factor = 1;
}

GwExpression *
gw_expression_parse (const char *text, GwAreaTree *tree, GError **error)
{
  g_autoptr (GwExpression) self = g_new0 (GwExpression, 1);
  const char *at = text;

  take_factor (&at, &self->factor);
  self->num = take_count (&at, text, tree, error);
  if (self->num == NULL)
    return NULL;
  if (take (&at, "/"))
    {
      self->den = take_count (&at, text, tree, error);
      if (self->den == NULL)
        return NULL;
    }
  skip_space (&at);
  if (*at != '\0')
    return gw_throw_null (error, GW_ERROR_INVALID, _ ("“%s”: “%s” is not understood"), text, at);
  return g_steal_pointer (&self);
}

gboolean
gw_expression_is_ratio (const GwExpression *self)
{
  return self->den != NULL;
}

/* What is counted is the definition's own (type, state, clock); everything else, where, when, whose
 * and which words, is asked by @base. A figure that took the state from @base as well would be
 * trivial: of the open matters none is resolved. */
static GwFilter *
narrow_filter (const GwFilter *count, const GwFilter *base)
{
  GwFilter *filter = gw_filter_copy (base);

  g_free (filter->module);
  g_free (filter->type);
  filter->module = g_strdup (count->module);
  filter->type = g_strdup (count->type);
  filter->states = count->states;
  filter->open_only = count->open_only;
  filter->overdue_only = count->overdue_only;
  if (count->text != NULL)
    {
      g_free (filter->text);
      filter->text = g_strdup (count->text);
    }
  return filter;
}

GwFilter *
gw_expression_narrow (const GwExpression *self, const GwFilter *base)
{
  return narrow_filter (self->num, base);
}

static GwSelection *
select_count (GwStore *store,
              const GwActor *actor,
              const GwFilter *count,
              const GwFilter *base,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GwFilter) filter = narrow_filter (count, base);

  return gw_store_select (store, actor, filter, cancellable, error);
}

static double
divide (const GwExpression *self, double num, double den)
{
  if (self->den == NULL)
    return self->factor * num;
  return den > 0 ? self->factor * num / den : NAN;
}

gboolean
gw_expression_compute (const GwExpression *self,
                       GwStore *store,
                       const GwActor *actor,
                       const GwFilter *base,
                       double *value,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GwSelection) num = select_count (store, actor, self->num, base, cancellable, error);
  g_autoptr (GwSelection) den = NULL;

  if (num == NULL)
    return FALSE;
  if (self->den != NULL)
    {
      den = select_count (store, actor, self->den, base, cancellable, error);
      if (den == NULL)
        return FALSE;
    }
  *value = divide (self, num->n, den != NULL ? den->n : 0);
  return TRUE;
}

GArray *
gw_expression_compute_areas (const GwExpression *self,
                             GwStore *store,
                             const GwActor *actor,
                             const GwFilter *base,
                             GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (GwSelection) num = select_count (store, actor, self->num, base, cancellable, error);
  g_autoptr (GwSelection) den = NULL;
  GArray *values;

  if (num == NULL)
    return NULL;
  if (self->den != NULL)
    {
      den = select_count (store, actor, self->den, base, cancellable, error);
      if (den == NULL)
        return NULL;
    }
  values = g_array_sized_new (FALSE, FALSE, sizeof (double), num->n_areas + 1);
  for (guint i = 0; i <= num->n_areas; i++)
    {
      double value = divide (self, num->by_area[i].total, den != NULL ? den->by_area[i].total : 0);

      g_array_append_val (values, value);
    }
  return values;
}
