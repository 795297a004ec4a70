/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a connection adds to FTS5. */

#include <glib.h>
#include <sqlite3.h>

/* SQLITE_OK or why not. @functions is copied. */
int gw_fts5_add_tokenizer (sqlite3 *db, const char *name, fts5_tokenizer *functions);

/* FALSE ends the collecting. */
typedef gboolean (*GwFts5RowFunc) (gint64 rowid, gpointer data);
typedef struct
{
  GwFts5RowFunc func;
  gpointer data;
} GwFts5Sink;

/* The type of the pointer that "gw_collect" takes. */
#define GW_FTS5_SINK "gw-fts5-sink"

/* Makes "gw_collect (table, sink)" known: called on the first row of a query of one phrase, it
 * hands all rows of the phrase to the sink without a step of SQLite's machine for each, which costs
 * several times as much as the row itself. */
int gw_fts5_add_collect (sqlite3 *db);
