/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What can be known of a file before SQLite touches it. */

#include <glib.h>

G_BEGIN_DECLS

#define GW_APPLICATION_ID 0x47574B31 /* "GWK1" */

typedef struct
{
  gboolean exists, empty;
  gboolean may_write; /* file (when it is there) and folder */
  gboolean has_wal;   /* "<path>-wal" with something in it */
  char *network;      /* nullable: name of the network file system */
} GwFileState;

void gw_file_state_clear (GwFileState *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (GwFileState, gw_file_state_clear)

/* Looks at name, folder, file system and the first 100 bytes. Errors: FORMAT (a folder, no Gridwork
 * file), TOO_NEW, CORRUPT (cut short), NOT_FOUND (the folder is not there), READ_ONLY (not
 * readable). A missing or empty file is no error here. */
gboolean gw_file_state_read (GwFileState *self, const char *path, GError **error);

/* fsync of the folder that holds @path, so that a new name survives a power cut. */
gboolean gw_file_state_sync_folder (const char *path, GError **error);

G_END_DECLS
