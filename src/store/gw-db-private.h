/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One connection to one SQLite file, and its statements.
 *
 * Always true:
 *  - a connection is used by one thread at a time (SQLite is opened with NOMUTEX);
 *  - every connection runs with cell_size_check, trusted_schema off, DEFENSIVE, mmap_size 0,
 *    foreign keys and secure_delete on, so that no caller has to remember them;
 *  - statements are cached by their text; a borrowed one goes back with gw_statement_release,
 *    which resets it, so that no forgotten statement holds a snapshot;
 *  - binding never fails by itself: the first wrong bind makes the next step fail. */

#include <gio/gio.h>
#include <sqlite3.h>

#include "gw-error.h"

G_BEGIN_DECLS

typedef struct _GwDb GwDb;
typedef struct _GwStatement GwStatement;

typedef enum
{
  GW_DB_READ,       /* query_only; sees the WAL of a living writer */
  GW_DB_READ_WRITE, /* the file is there */
  GW_DB_CREATE,     /* makes the file when it is not there */
  GW_DB_IMMUTABLE,  /* reading from a medium that cannot be written: no -shm is made */
} GwDbMode;

#define GW_DB_PAGE_SIZE 4096

/* Opens and sets the pragmas; does not touch journal_mode (see gw_db_use_wal). */
GwDb *gw_db_open (const char *path, GwDbMode mode, GError **error);
/* Finalises the cache and closes. NULL is fine. */
void gw_db_close (GwDb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwDb, gw_db_close)

sqlite3 *gw_db_handle (GwDb *self);
const char *gw_db_path (const GwDb *self);
/* WAL and the given synchronous word ("FULL" for the store, "NORMAL" for derived files). */
gboolean gw_db_use_wal (GwDb *self, gboolean full, GError **error);
/* TRUE after a write or fsync error: the connection must be closed and opened anew. */
gboolean gw_db_has_failed (const GwDb *self);
/* Long statements end with G_IO_ERROR_CANCELLED; NULL takes it off. Borrowed. */
void gw_db_set_cancellable (GwDb *self, GCancellable *cancellable);

/* One or more statements without values. */
gboolean gw_db_exec (GwDb *self, const char *sql, GError **error);
/* First column of the first row; FALSE without @error when there is no row. */
gboolean gw_db_query_int64 (GwDb *self, const char *sql, gint64 *value, GError **error);
gboolean gw_db_begin_read (GwDb *self, GError **error);
void gw_db_end_read (GwDb *self);
gboolean gw_db_begin_write (GwDb *self, GError **error); /* BEGIN IMMEDIATE */
gboolean gw_db_commit (GwDb *self, GError **error);
void gw_db_rollback (GwDb *self);

/* Until the end of the transaction rows of gw_statement_prepare_insert wait and are written some
 * hundred at a time. Whatever is prepared by gw_statement_prepare, and the commit, sees them. */
void gw_db_hold_rows (GwDb *self, gboolean hold);
gboolean gw_db_flush_rows (GwDb *self, GError **error);

/* Reads every page; CORRUPT says what is wrong first. */
gboolean gw_db_quick_check (GwDb *self, GError **error);

/* Turns the connection's last failure into a GError that says what to do. Returns FALSE. */
gboolean gw_db_throw (GwDb *self, int rc, GError **error);
/* The same without a connection (opening, backup); @path for the message. */
gboolean gw_db_throw_code (
    const char *path, int rc, int system_errno, const char *detail, GError **error);

/* A statement from the cache, reset and without values; when the cached one is in use, a second one
 * that lives until released. Borrowed from @db. */
GwStatement *gw_statement_prepare (GwDb *db, const char *sql, GError **error);
/* The same for an INSERT of one row that may wait for others, see gw_db_hold_rows. Lower ranks are
 * written first. */
#define GW_RANK_MATTER 0u
#define GW_RANK_PART 1u /* refers to a matter */
GwStatement *gw_statement_prepare_insert (GwDb *db, const char *sql, guint rank, GError **error);
void gw_statement_release (GwStatement *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwStatement, gw_statement_release)

/* By name (":id"). Texts and blobs are borrowed until the statement is released or rebound. */
void gw_statement_bind_int64 (GwStatement *self, const char *name, gint64 value);
void gw_statement_bind_id (GwStatement *self, const char *name, gint64 value); /* 0 -> NULL */
void gw_statement_bind_double (GwStatement *self, const char *name, double value);
void gw_statement_bind_text (GwStatement *self, const char *name, const char *text);
void gw_statement_bind_blob (GwStatement *self, const char *name, gconstpointer data, gsize length);
void gw_statement_bind_null (GwStatement *self, const char *name);
/* For a function of ours that asks for @type; borrowed until rebound. */
void gw_statement_bind_pointer (GwStatement *self,
                                const char *name,
                                gpointer pointer,
                                const char *type);
/* By position from 1, for the hot path of imports. */
void gw_statement_set_int64 (GwStatement *self, int position, gint64 value);
void gw_statement_set_id (GwStatement *self, int position, gint64 value); /* 0 -> NULL */
void gw_statement_set_double (GwStatement *self, int position, double value);
void gw_statement_set_text (GwStatement *self, int position, const char *text);
void gw_statement_set_blob (GwStatement *self, int position, gconstpointer data, gsize length);
void gw_statement_set_null (GwStatement *self, int position);

/* *row FALSE at the end. */
gboolean gw_statement_step (GwStatement *self, gboolean *row, GError **error);
/* Runs to the end and resets; values stay bound. */
gboolean gw_statement_run (GwStatement *self, GError **error);
/* Ready for the next values; values stay bound. */
void gw_statement_reset (GwStatement *self);

gint64 gw_statement_get_int64 (GwStatement *self, int column); /* NULL reads as 0 */
double gw_statement_get_double (GwStatement *self, int column);
const char *gw_statement_get_text (GwStatement *self, int column); /* nullable, until next step */
char *gw_statement_dup_text (GwStatement *self, int column);       /* nullable */
gconstpointer gw_statement_get_blob (GwStatement *self, int column, gsize *length);
gboolean gw_statement_is_null (GwStatement *self, int column);

G_END_DECLS
