/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A module's tables, copied and checked: after this nothing of the program points into the library.
 */

#include "gridwork/gw-plugin.h"
#include "gw-type.h"

G_BEGIN_DECLS

/* @translate gives the label of a message id (transfer full). Errors name the
 * table, its row and the rule: GW_ERROR_REFUSED what privacy forbids, GW_ERROR_TOO_NEW what only a
 * later interface knows, GW_ERROR_INVALID everything else. */
typedef char *(*GwTranslateFunc) (const char *message, gpointer data);
GwModuleSpec *gw_copy_module (const GwPlugin *plugin,
                              GwTranslateFunc translate,
                              gpointer data,
                              GError **error);

G_END_DECLS
