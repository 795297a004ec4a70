/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rules of a record type: its check and show_if expressions, compiled. */

#include "gw-type-rules.h"

G_BEGIN_DECLS

/* Compiles the expressions of the fields of @type and hangs them on it; a type without any gets
 * none. Errors: GW_ERROR_INVALID or GW_ERROR_REFUSED with the field and the place in the text. */
gboolean gw_rules_compile (GwTypeSpec *type, GError **error);

G_END_DECLS
