/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-matter.h"

GwMatter *
gw_matter_new (void)
{
  GwMatter *self = g_new0 (GwMatter, 1);

  self->state = GW_STATE_REPORTED;
  self->urgency = GW_URGENCY_NORMAL;
  self->severity = GW_SEVERITY_GENERAL;
  self->sensitivity = GW_SENSITIVITY_INTERNAL;
  self->precision = GW_PRECISION_GRID;
  self->level = 1;
  return self;
}

GHashTable *
gw_values_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

GHashTable *
gw_values_copy (GHashTable *values)
{
  GHashTable *copy;
  GHashTableIter iter;
  gpointer key, value;

  if (values == NULL)
    return NULL;
  copy = gw_values_new ();
  g_hash_table_iter_init (&iter, values);
  while (g_hash_table_iter_next (&iter, &key, &value))
    g_hash_table_insert (copy, g_strdup (key), g_strdup (value));
  return copy;
}

GwMatter *
gw_matter_copy (const GwMatter *self)
{
  GwMatter *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->number = g_strdup (self->number);
  copy->case_code = g_strdup (self->case_code);
  copy->source = g_strdup (self->source);
  copy->title = g_strdup (self->title);
  copy->summary = g_strdup (self->summary);
  copy->address = g_strdup (self->address);
  copy->result = g_strdup (self->result);
  copy->values = gw_values_copy (self->values);
  return copy;
}

void
gw_matter_free (GwMatter *self)
{
  if (self == NULL)
    return;
  g_free (self->number);
  g_free (self->case_code);
  g_free (self->source);
  g_free (self->title);
  g_free (self->summary);
  g_free (self->address);
  g_free (self->result);
  g_clear_pointer (&self->values, g_hash_table_unref);
  g_free (self);
}

void
gw_assignment_free (GwAssignment *self)
{
  if (self == NULL)
    return;
  g_free (self->return_reason);
  g_free (self->opinion);
  g_free (self);
}

void
gw_event_free (GwEvent *self)
{
  if (self == NULL)
    return;
  g_free (self->reason);
  g_free (self->delta);
  g_free (self);
}
