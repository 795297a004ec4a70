/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-map-classes.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Light to dark on a light window, dark to light on a dark one: more always stands out more. Each
 * step is told from the next by its lightness alone. */
static const guint32 palettes[2][GW_MAP_MAX_CLASSES] = {
  { 0xfff7d9a0, 0xfff0bd6c, 0xffe39a45, 0xffc66f2a, 0xff94441c },
  { 0xff745129, 0xff97692f, 0xffbb853b, 0xffdfa851, 0xffffd892 },
};
/* "No matters" is a colour, not a hole in the map. */
static const guint32 empty_colours[2] = { 0xffebebec, 0xff44454a };
static const guint32 no_data_colours[2] = { 0xffd0d0d6, 0xff303036 };
static const guint32 grounds[2] = { 0xfffafafa, 0xff242424 };

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;

  return (x > y) - (x < y);
}

static gboolean
is_classed (GwMapFigure figure, double value)
{
  return !isnan (value) && (figure == GW_MAP_FIGURE_VALUE || value > 0);
}

GwMapClasses
gw_map_classes_new (GwMapFigure figure, const double *values, guint n_values, guint n_classes)
{
  GwMapClasses self = { .figure = figure };
  g_autofree double *sorted = g_new (double, MAX (n_values, 1));
  guint n = 0, start = 0;

  n_classes = CLAMP (n_classes, 1, GW_MAP_MAX_CLASSES);
  for (guint i = 0; i < n_values; i++)
    if (is_classed (figure, values[i]))
      sorted[n++] = values[i];
  qsort (sorted, n, sizeof *sorted, compare_doubles);
  for (guint k = 0; k < n_classes && start < n; k++)
    {
      guint end = MAX (n * (k + 1) / n_classes, start + 1);

      while (end < n && sorted[end] <= sorted[end - 1])
        end++;
      self.from[self.n] = sorted[start];
      self.to[self.n++] = sorted[end - 1];
      start = end;
    }
  return self;
}

int
gw_map_classes_find (const GwMapClasses *self, double value)
{
  int found = 0;

  if (isnan (value))
    return GW_MAP_CLASS_NO_DATA;
  if (!is_classed (self->figure, value))
    return GW_MAP_CLASS_ZERO;
  if (self->n == 0)
    return GW_MAP_CLASS_NO_DATA;
  while (found + 1 < (int)self->n && value >= self->from[found + 1])
    found++;
  return found;
}

char *
gw_map_classes_dup_label (const GwMapClasses *self, int class_index)
{
  double from, to;

  if (class_index == GW_MAP_CLASS_ZERO)
    return g_strdup (_ ("no matters"));
  if (class_index < 0 || class_index >= (int)self->n)
    return g_strdup (_ ("no data"));
  from = self->from[class_index];
  to = self->to[class_index];
  if (self->figure == GW_MAP_FIGURE_VALUE)
    return to > from ? g_strdup_printf ("%.1f–%.1f", from, to) : g_strdup_printf ("%.1f", from);
  return to > from ? g_strdup_printf ("%.0f–%.0f", from, to) : g_strdup_printf ("%.0f", from);
}

guint32
gw_map_classes_get_colour (const GwMapClasses *self, int class_index, gboolean is_dark)
{
  const guint32 *palette = palettes[is_dark ? 1 : 0];

  if (class_index == GW_MAP_CLASS_ZERO)
    return empty_colours[is_dark ? 1 : 0];
  if (class_index < 0 || class_index >= (int)self->n)
    return no_data_colours[is_dark ? 1 : 0];
  /* Few classes are spread over the whole palette. */
  if (self->n == 1)
    return palette[GW_MAP_MAX_CLASSES / 2];
  return palette[(guint)class_index * (GW_MAP_MAX_CLASSES - 1) / (self->n - 1)];
}

guint32
gw_map_ground_colour (gboolean is_dark)
{
  return grounds[is_dark ? 1 : 0];
}

guint32
gw_map_colour_mix (guint32 colour, guint32 other, double part)
{
  guint32 mixed = colour & 0xff000000u;

  for (guint shift = 0; shift < 24; shift += 8)
    {
      double a = colour >> shift & 0xff, b = other >> shift & 0xff;

      mixed |= (guint32)lround (a + (b - a) * part) << shift;
    }
  return mixed;
}
