/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-filter.h"

GwFilter *
gw_filter_new (void)
{
  return g_new0 (GwFilter, 1);
}

GwFilter *
gw_filter_copy (const GwFilter *self)
{
  GwFilter *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->module = g_strdup (self->module);
  copy->type = g_strdup (self->type);
  copy->text = g_strdup (self->text);
  return copy;
}

void
gw_filter_free (GwFilter *self)
{
  if (self == NULL)
    return;
  g_free (self->module);
  g_free (self->type);
  g_free (self->text);
  g_free (self);
}

static gboolean
same_text (const char *a, const char *b)
{
  return g_strcmp0 (a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

static gboolean
same_box (const GwFilter *a, const GwFilter *b)
{
  if (!a->has_box || !b->has_box)
    return !a->has_box == !b->has_box;
  return a->west == b->west && a->south == b->south && a->east == b->east && a->north == b->north;
}

gboolean
gw_filter_equal (const GwFilter *a, const GwFilter *b)
{
  return same_text (a->module, b->module) && same_text (a->type, b->type) &&
         same_text (a->text, b->text) && a->states == b->states && !a->open_only == !b->open_only &&
         !a->overdue_only == !b->overdue_only && a->area == b->area && a->org == b->org &&
         a->from == b->from && a->to == b->to && a->batch == b->batch && same_box (a, b) &&
         a->sort == b->sort;
}

gboolean
gw_filter_is_empty (const GwFilter *self)
{
  GwFilter none = { .sort = self->sort };

  return gw_filter_equal (self, &none);
}
