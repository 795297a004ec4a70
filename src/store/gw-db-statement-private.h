/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a connection and its statements know of each other. */

#include "gw-db-private.h"
#include "gw-row-queue-private.h"

G_BEGIN_DECLS

GHashTable *gw_db_private_cache (GwDb *self);
/* Where the statement whose text lies at this address was seen last; the text must be compared. */
GwStatement **gw_db_private_recent (GwDb *self, const char *sql);
/* A write or fsync did not arrive. */
void gw_db_private_mark_failed (GwDb *self);
/* Rows that wait: whether they do, a name for one more queue, its place in the order of writing,
 * and that one more row waits. */
gboolean gw_db_private_holds_rows (const GwDb *self);
char *gw_db_private_name_queue (const GwDb *self);
void gw_db_private_add_queue (GwDb *self, GwRowQueue *queue);
void gw_db_private_note_row (GwDb *self);
void gw_statement_private_free (GwStatement *self);

G_END_DECLS
