/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The library of one module. */

#include "gw-note.h"
#include "gw-type.h"

G_BEGIN_DECLS

/* Maps the library for good and copies its tables; its constructors run. @note is what
 * gw_note_read() found in the file; @plugin (out, nullable): its symbol, for the module's code.
 * Errors name what was found, what was expected, what to do. Blocking. */
GwModuleSpec *gw_module_file_load (const char *path,
                                   const GwNote *note,
                                   const GwPlugin **plugin,
                                   GError **error);
/* (transfer full): hexadecimal SHA-256 of the content, the name of a verdict: a new build is a new
 * file and free at once. Blocking. */
char *gw_module_file_digest (const char *path, GError **error);

G_END_DECLS
