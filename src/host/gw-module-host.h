/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Finds, examines, loads and copies modules. A file is first read (its note), then judged by a
 * process of its own, and only then mapped here. After loading, everything the program uses is its
 * own copy (GwModuleSpec); the library stays mapped until the program ends. */

#include "gw-clock.h"
#include "gw-module-state.h"
#include "gw-type.h"

G_BEGIN_DECLS

typedef struct _GwModuleHost GwModuleHost;

/* Looks through @dirs in order (NULL: gw_paths of the program); first id wins. Blocking: worker or
 * start of a command. Never fails as a whole: a file that cannot be used is a line of
 * gw_module_host_get_problems that names the file, what was found, what was expected, the mend. */
GwModuleHost *gw_module_host_load (const char *const *dirs);
/* Deactivates what is active: GTK thread. */
void gw_module_host_free (GwModuleHost *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwModuleHost, gw_module_host_free)

/* Starts the code of the modules that have any; one that does not start is a problem more, and its
 * tables stay. GTK thread. */
void gw_module_host_activate (GwModuleHost *self, GwClock *clock);
/* What the module with @id offers under @extension_id; NULL when nothing. */
const void *gw_module_host_get_extension (GwModuleHost *self,
                                          const char *id,
                                          const char *extension_id);

GPtrArray *gw_module_host_get_modules (GwModuleHost *self); /* GwModuleSpec, order of the model */
GPtrArray *gw_module_host_get_files (GwModuleHost *self);   /* GwModuleFile, as they were found */
const char *const *gw_module_host_get_problems (GwModuleHost *self);
/* (nullable): the module in which the last run died, and where; for the person who starts again. */
const char *gw_module_host_get_last_death (GwModuleHost *self);

/* Forgets what is remembered of a file, so that the next load tries it again. Blocking. */
void gw_module_host_pardon (const char *digest);
/* The administrator's choice, kept for this user; it counts from the next load on. GW_ERROR of the
 * file system. Blocking. */
gboolean gw_module_host_set_enabled (const char *id, gboolean enabled, GError **error);
/* Takes a module out that cannot work with the file that was opened; its records stay readable by
 * their description. @reason becomes a line of the problems. */
void gw_module_host_drop (GwModuleHost *self, const char *id, const char *reason);

G_END_DECLS
