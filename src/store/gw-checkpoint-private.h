/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Moves the write-ahead log into the file on a thread of its own, so that no verb pays for it.
 * When the log grows beyond 64 MiB, slices wait until next to nothing is left to move (store.md 9).
 *
 * The log begins anew only when a write finds all of it moved. While verbs come one after the other
 * there is always a commit behind the last round, so the writer moves that rest itself between two
 * transactions: else the log would never end and slices would wait for ever. */

#include "gw-db-private.h"

G_BEGIN_DECLS

#define GW_WAL_PAUSE_BYTES (64 * 1024 * 1024)
/* So much the writer moves itself: a few milliseconds beside the sync. */
#define GW_WAL_REST_BYTES (1024 * 1024)

typedef struct _GwCheckpoint GwCheckpoint;

/* Starts the thread. @ready is called on it when the writer should finish. */
GwCheckpoint *gw_checkpoint_new (const char *path, GFunc ready, gpointer data, GError **error);
/* Stops the thread. */
void gw_checkpoint_free (GwCheckpoint *self);

/* A commit left the log with this many pages. Any thread. */
void gw_checkpoint_note (GwCheckpoint *self, guint pages);
/* TRUE while slices have to wait. Any thread. */
gboolean gw_checkpoint_is_behind (GwCheckpoint *self);
/* On the writer's thread, between two transactions: moves the rest of a long log with @db, the
 * connection of the writer, when there is little of it; slices go on afterwards. Cheap otherwise.
 */
void gw_checkpoint_finish (GwCheckpoint *self, GwDb *db);

G_END_DECLS
