/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A module's rules over the fields of a form: which are asked for, and whether they fit together.
 */

#include "gw-field-editor.h"

G_BEGIN_DECLS

/* @editors: GwFieldEditor of one record of @type. Shows and hides them, and writes the words of the
 * first rule that does not hold beside its field; beside an empty field only when @strict, since
 * nobody has come to it yet. Returns that editor (borrowed), NULL when all hold. The rules are
 * expressions in memory: no file and no lock of the store is touched. */
GwFieldEditor *gw_field_rules_judge (const GwTypeSpec *type, GPtrArray *editors, gboolean strict);

G_END_DECLS
