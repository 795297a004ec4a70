/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The text by which a matter is found: title, summary, address and the fields that their type
 * flags SEARCH, of class OPEN or INTERNAL only, each folded, one per line. */

#include "gw-db-private.h"
#include "gw-record-table-private.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 matter;
  const char *title;   /* as entered */
  const char *address; /* as entered, nullable */
  const GString *all;  /* folded, lines; borrowed until the callback returns */
  gsize title_length;  /* of the title's line at the start of @all, in bytes */
  gboolean indexable;  /* neither withdrawn nor RESTRICTED: may enter the index */
} GwSearchText;

/* TRUE when the texts as entered already say enough of @matter: folding them, most of the work, is
 * left out. @address nullable. */
typedef gboolean (*GwSearchRawFunc) (
    gint64 matter, const char *title, const char *summary, const char *address, gpointer data);
/* FALSE ends the reading early, without an error. */
typedef gboolean (*GwSearchTextFunc) (const GwSearchText *text, gpointer data);

/* Calls @raw (nullable), then @func, for each matter of @ids (ascending, no doubles) that is there.
 */
gboolean gw_search_text_read (GwDb *db,
                              GwRecordTables *types,
                              const gint64 *ids,
                              guint n,
                              GwSearchRawFunc raw,
                              GwSearchTextFunc func,
                              gpointer data,
                              GError **error);

G_END_DECLS
