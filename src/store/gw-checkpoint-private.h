/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Moves the write-ahead log into the file on a thread of its own, so that no verb pays for it.
 * When the log grows beyond 64 MiB, slices wait until what is not yet moved is below 16 MiB
 * (store.md 9). */

#include "gw-db-private.h"

G_BEGIN_DECLS

#define GW_WAL_PAUSE_BYTES (64 * 1024 * 1024)
#define GW_WAL_RESUME_BYTES (16 * 1024 * 1024)

typedef struct _GwCheckpoint GwCheckpoint;

/* Starts the thread. @resumed is called on it when slices may go on. */
GwCheckpoint *gw_checkpoint_new (const char *path, GFunc resumed, gpointer data, GError **error);
/* Stops the thread. */
void gw_checkpoint_free (GwCheckpoint *self);

/* A commit left the log with this many pages. Any thread. */
void gw_checkpoint_note (GwCheckpoint *self, guint pages);
/* TRUE while slices have to wait. Any thread. */
gboolean gw_checkpoint_is_behind (GwCheckpoint *self);

G_END_DECLS
