/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one thread that writes, and its queue of two lanes: verbs go before slices. */

#include "gw-checkpoint-private.h"
#include "gw-store.h"

G_BEGIN_DECLS

typedef struct _GwWriter GwWriter;

/* Takes @db. The thread starts at once. @store is borrowed and outlives the writer. */
GwWriter *gw_writer_new (GwStore *store, GwDb *db, GwCheckpoint *checkpoint, GError **error);
/* Runs what is queued, then stops the thread and closes the connection; later requests fail. */
void gw_writer_stop (GwWriter *self);
/* After gw_writer_stop. NULL is fine. */
void gw_writer_free (GwWriter *self);

/* See gw_store_write. */
gboolean gw_writer_run (GwWriter *self,
                        GwLane lane,
                        const GwActor *actor,
                        GwTxFunc func,
                        gpointer data,
                        GCancellable *cancellable,
                        GError **error);
/* A verb is queued: a slice under way should end. Any thread. */
gboolean gw_writer_has_verb (GwWriter *self);
/* Slices may go on. Any thread. */
void gw_writer_wake (GwWriter *self);

G_END_DECLS
