/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The note of a module, read from the file: a foreign interface is refused before any of its code,
 * constructors included, can run. */

#include "gridwork/gw-plugin.h"

G_BEGIN_DECLS

/* Checks that @path is an ELF library for this machine with a Gridwork note for this major of the
 * interface, owned by root or by the user and writable by nobody else. The file is untrusted: every
 * offset is checked. Errors: GW_ERROR_FORMAT, GW_ERROR_REFUSED; the text says what was found, what
 * was expected, what to do. Blocking. */
gboolean gw_note_read (const char *path, GwNote *note, GError **error);

G_END_DECLS
