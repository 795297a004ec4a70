/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Restricted matters: who may read their texts and see their places. The rule is that of gw-mask:
 * the units that handle the matter, leading or taking part, in a role that has the right. */

#include "gw-search.h"

G_BEGIN_DECLS

/* The restricted matters of @snapshot that @actor may read. What was found last is remembered: a
 * person who types asks again and again. Blocking. NULL with @error. */
GwSearchSet *gw_search_find_readable (GwSearch *self,
                                      const GwActor *actor,
                                      const GwSnapshot *snapshot,
                                      GCancellable *cancellable,
                                      GError **error);
/* FALSE: no restricted matter is for @actor, whoever handles it. */
gboolean gw_restricted_may_any (const GwActor *actor);

G_END_DECLS
