/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-type-rules.h"

GwTypeRules *
gw_type_rules_ref (GwTypeRules *self)
{
  if (self != NULL)
    g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
gw_type_rules_unref (GwTypeRules *self)
{
  if (self != NULL && g_atomic_ref_count_dec (&self->refs))
    self->free (self);
}

gboolean
gw_type_spec_check_values (const GwTypeSpec *self,
                           GHashTable *values,
                           const char **field,
                           GError **error)
{
  return self->rules == NULL || self->rules->check (self->rules, values, field, error);
}

gboolean
gw_type_spec_shows (const GwTypeSpec *self, const char *field, GHashTable *values)
{
  return self->rules == NULL || self->rules->shows (self->rules, field, values);
}
