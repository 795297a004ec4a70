/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Who may see what of a matter: the one place that decides it for every answer of the store.
 *
 * - the program itself (account 0) sees everything;
 * - a restricted matter shows its text, place and fields only to a role that may see RESTRICTED
 *   and whose unit leads or takes part in handling it;
 * - OPEN fields are shown to whoever may list, INTERNAL ones and the texts to whoever may read,
 *   RESTRICTED ones as above. VAULT fields never come out of here. */

#include "gw-db-private.h"
#include "gw-matter.h"
#include "gw-records.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean texts;      /* summary, address, result, reasons */
  gboolean whole;      /* title and place */
  gboolean internal;   /* INTERNAL fields */
  gboolean restricted; /* RESTRICTED fields */
  gboolean list_only;  /* only fields flagged IN_LIST */
} GwMask;

/* Errors: REFUSED when the role may not list matters. */
gboolean gw_mask_make (
    GwMask *self, GwDb *db, const GwActor *actor, const GwMatter *matter, GError **error);
/* A GwFieldTest of gw-record-table-private.h; @data is the mask. */
gboolean gw_mask_shows (const GwFieldSpec *field, gpointer data);
/* Takes away the header texts and the point that may not be seen. */
void gw_mask_apply (const GwMask *self, GwMatter *matter);

G_END_DECLS
