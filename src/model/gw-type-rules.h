/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a module says about the values of one record beyond single fields: which of them must fit
 * together, and which field is asked for at all. The model only knows that it can be asked; the
 * host compiles the expressions and hangs them on the type, so that intake, workflow and forms,
 * which stand on different layers, all ask the same rules. */

#include "gw-type.h"

G_BEGIN_DECLS

/* Always true: every function may be called from any thread at any time. */
struct _GwTypeRules
{
  gatomicrefcount refs;
  /* Whether @values (field id -> canonical text) fit together. FALSE with GW_ERROR_INVALID, which
   * names the field, and the id of that field in @field (nullable, borrowed from the rules). */
  gboolean (*check) (GwTypeRules *self, GHashTable *values, const char **field, GError **error);
  /* Whether @field is asked for while the others are @values. */
  gboolean (*shows) (GwTypeRules *self, const char *field, GHashTable *values);
  void (*free) (GwTypeRules *self);
};

/* Nullable both. */
GwTypeRules *gw_type_rules_ref (GwTypeRules *self);
void gw_type_rules_unref (GwTypeRules *self);

/**
 * gw_type_spec_check_values:
 * @self: a record type
 * @values: (nullable): field id -> canonical text; each has passed gw_field_spec_check()
 * @field: (out) (optional) (nullable) (transfer none): the field whose rule does not hold
 * @error: GW_ERROR_INVALID with the rule's own words
 *
 * Asks the rules that a module gave to its type; a type without rules takes everything. A rule of a
 * field that the record does not show is not asked.
 *
 * Returns: whether all of them hold. Any thread.
 */
gboolean gw_type_spec_check_values (const GwTypeSpec *self,
                                    GHashTable *values,
                                    const char **field,
                                    GError **error);
/**
 * gw_type_spec_shows:
 * @self: a record type
 * @field: id of one of its fields
 * @values: (nullable): field id -> canonical text
 *
 * Returns: whether the field is asked for. Any thread.
 */
gboolean gw_type_spec_shows (const GwTypeSpec *self, const char *field, GHashTable *values);

G_END_DECLS
