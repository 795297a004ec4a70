/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Finds, checks, loads and copies modules. After loading, everything the program uses is its own
 * copy (GwModuleSpec); the library stays mapped until the program ends. */

#include "gw-type.h"

G_BEGIN_DECLS

typedef struct _GwModuleHost GwModuleHost;

/* Looks through @dirs in order (NULL: gw_paths of the program); first id wins. Blocking: worker or
 * start of a command. Never fails as a whole: a file that cannot be used is a line of
 * gw_module_host_get_problems that names the file, what was found, what was expected, the mend. */
GwModuleHost *gw_module_host_load (const char *const *dirs);
void gw_module_host_free (GwModuleHost *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwModuleHost, gw_module_host_free)

GPtrArray *gw_module_host_get_modules (GwModuleHost *self); /* GwModuleSpec, order of the model */
const char *const *gw_module_host_get_problems (GwModuleHost *self);

G_END_DECLS
