/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The code of one module while the program runs: what the program offers it, and every call into
 * it, each between crumbs. */

#include "gridwork/gw-plugin.h"
#include "gw-clock.h"
#include "gw-crumb.h"

G_BEGIN_DECLS

typedef struct _GwModuleLife GwModuleLife;

/* @plugin: the symbol of a library that stays mapped. @module: its number on @trail (nullable). */
GwModuleLife *gw_module_life_new (const GwPlugin *plugin, GwCrumbTrail *trail, guint module);
/* Deactivates first when that is due: GTK thread. NULL is fine. */
void gw_module_life_free (GwModuleLife *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwModuleLife, gw_module_life_free)

/* Whether it has any code at all. */
gboolean gw_module_life_has_code (const GwModuleLife *self);
gboolean gw_module_life_is_active (const GwModuleLife *self);

/* A module without activate succeeds at once. Errors are the module's own. GTK thread. */
gboolean gw_module_life_activate (GwModuleLife *self, GwClock *clock, GError **error);
void gw_module_life_deactivate (GwModuleLife *self);
/* What the module offers under that id, NULL when nothing. Any thread. */
const void *gw_module_life_get_extension (GwModuleLife *self, const char *id);

G_END_DECLS
