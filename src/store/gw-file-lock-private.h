/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who may write a file: an open-file-description lock on a side file that also says who holds it.
 * The kernel drops the lock with the process, so a killed program leaves no lock behind. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct _GwFileLock GwFileLock;

/* Takes the lock of @path ("<store>.lock"). NULL without @error when somebody holds it: then
 * *holder (transfer full) says who, where and since when. NULL with @error when the folder cannot
 * be written. @now: UTC seconds, for the record. */
GwFileLock *gw_file_lock_take (const char *path, gint64 now, char **holder, GError **error);
void gw_file_lock_release (GwFileLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwFileLock, gw_file_lock_release)

G_END_DECLS
