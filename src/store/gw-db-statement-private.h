/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a connection and its statements know of each other. */

#include "gw-db-private.h"

G_BEGIN_DECLS

GHashTable *gw_db_private_cache (GwDb *self);
/* Where the statement whose text lies at this address was seen last; the text must be compared. */
GwStatement **gw_db_private_recent (GwDb *self, const char *sql);
/* A write or fsync did not arrive. */
void gw_db_private_mark_failed (GwDb *self);
void gw_statement_private_free (GwStatement *self);

G_END_DECLS
