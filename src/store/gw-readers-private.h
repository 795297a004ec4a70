/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A few reading connections, handed out and taken back. Nobody waits: when all are out another one
 * is opened, and closed again when it comes back to a full house. */

#include "gw-db-private.h"

G_BEGIN_DECLS

typedef struct _GwReaders GwReaders;

GwReaders *gw_readers_new (const char *path, GwDbMode mode);
/* Ends what is being read, waits until all have come back; later requests fail. */
void gw_readers_close (GwReaders *self);
/* After gw_readers_close. NULL is fine. */
void gw_readers_free (GwReaders *self);

GwDb *gw_readers_take (GwReaders *self, GCancellable *cancellable, GError **error);
void gw_readers_return (GwReaders *self, GwDb *db);
/* Ends the statements that run now. */
void gw_readers_interrupt (GwReaders *self);

G_END_DECLS
