/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Rows of one INSERT that wait to be written together.
 *
 * A statement of its own per row costs SQLite more than the row: opening the table and each index,
 * finding the end of each, binding. A hundred rows that are read from a virtual table by one
 * INSERT ... SELECT share that. Values are copied: whoever adds them may free them at once. */

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef struct _GwRowQueue GwRowQueue;

#define GW_ROW_QUEUE_ROWS 128u

/* @sql: "INSERT ... VALUES (...)" whose @n_columns places stand in the order of the columns; @name
 * names the virtual table and is unique in the connection; @rank is for whoever keeps several. A
 * code of SQLite. */
int gw_row_queue_new (sqlite3 *handle,
                      const char *name,
                      const char *sql,
                      guint n_columns,
                      guint rank,
                      GwRowQueue **queue);
void gw_row_queue_free (GwRowQueue *self);

/* Of the row under way; positions from 1, what is not set is NULL. */
int gw_row_queue_set_int64 (GwRowQueue *self, int position, gint64 value);
int gw_row_queue_set_double (GwRowQueue *self, int position, double value);
int gw_row_queue_set_null (GwRowQueue *self, int position);
/* @kind: SQLITE_TEXT or SQLITE_BLOB. */
int gw_row_queue_set_bytes (
    GwRowQueue *self, int position, int kind, gconstpointer data, gsize length);
/* The row under way is whole and waits; the next one begins. */
void gw_row_queue_end_row (GwRowQueue *self);
/* The row under way is given up. */
void gw_row_queue_drop_row (GwRowQueue *self);

guint gw_row_queue_rank (const GwRowQueue *self);
guint gw_row_queue_n_waiting (const GwRowQueue *self);
/* Writes what waits. A code of SQLite; nothing waits afterwards, whatever it is. */
int gw_row_queue_flush (GwRowQueue *self);
void gw_row_queue_clear (GwRowQueue *self);

G_END_DECLS
