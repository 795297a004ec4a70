/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-db-statement-private.h"
#include "gw-row-queue-private.h"

#include <string.h>

struct _GwStatement
{
  GwDb *db;
  sqlite3_stmt *stmt; /* owned */
  GwRowQueue *queue;  /* owned, nullable: of an INSERT whose rows may wait */
  int bind_rc;        /* the first bind that failed */
  gboolean cached, busy;
  gboolean held; /* the row under way goes to the queue */
};

static GwStatement *
statement_new (GwDb *db, const char *sql, gboolean cached, GError **error)
{
  GwStatement *self;
  sqlite3_stmt *stmt = NULL;
  int rc = sqlite3_prepare_v3 (gw_db_handle (db), sql, -1, cached ? SQLITE_PREPARE_PERSISTENT : 0,
                               &stmt, NULL);

  if (rc != SQLITE_OK)
    {
      gw_db_throw (db, rc, error);
      return NULL;
    }
  self = g_new0 (GwStatement, 1);
  self->db = db;
  self->stmt = stmt;
  self->cached = cached;
  return self;
}

void
gw_statement_private_free (GwStatement *self)
{
  gw_row_queue_free (self->queue);
  sqlite3_finalize (self->stmt);
  g_free (self);
}

static GwStatement *
find_or_make (GwDb *db, const char *sql, GError **error)
{
  GHashTable *cache = gw_db_private_cache (db);
  GwStatement **recent = gw_db_private_recent (db, sql);
  GwStatement *self = *recent;

  /* Comparing costs a tenth of hashing a text of some hundred bytes, at every row of an import. */
  if (self == NULL || strcmp (sqlite3_sql (self->stmt), sql) != 0)
    self = g_hash_table_lookup (cache, sql);
  if (self != NULL && self->busy)
    self = statement_new (db, sql, FALSE, error);
  else if (self == NULL)
    {
      self = statement_new (db, sql, TRUE, error);
      if (self != NULL)
        g_hash_table_insert (cache, (gpointer)sqlite3_sql (self->stmt), self);
    }
  if (self == NULL)
    return NULL;
  self->busy = TRUE;
  if (self->cached)
    *recent = self;
  return self;
}

static gboolean
make_queue (GwStatement *self, guint rank, GError **error)
{
  g_autofree char *name = gw_db_private_name_queue (self->db);
  const char *sql = sqlite3_sql (self->stmt);
  guint n = (guint)sqlite3_bind_parameter_count (self->stmt);
  int rc = gw_row_queue_new (gw_db_handle (self->db), name, sql, n, rank, &self->queue);

  if (rc != SQLITE_OK)
    return gw_db_throw (self->db, rc, error);
  gw_db_private_add_queue (self->db, self->queue);
  return TRUE;
}

/**
 * gw_statement_prepare:
 * @db: the connection that owns the statement
 * @sql: one statement; its text is the key of the cache
 *
 * Returns: (transfer none) (nullable): a statement without values; release it at the end of the
 *   scope. NULL with @error.
 */
GwStatement *
gw_statement_prepare (GwDb *db, const char *sql, GError **error)
{
  return gw_db_flush_rows (db, error) ? find_or_make (db, sql, error) : NULL;
}

/**
 * gw_statement_prepare_insert:
 * @sql: "INSERT ... VALUES (...)" with its places in the order of the columns
 * @rank: rows of a lower rank are written first: those that others refer to
 *
 * Like gw_statement_prepare(), but while gw_db_hold_rows() is on the rows wait and are written
 * some hundred at a time: before the next other statement, before the commit, or when there are
 * enough. So what a row breaks may be told by a later call.
 *
 * Returns: (transfer none) (nullable): a statement without values. NULL with @error.
 */
GwStatement *
gw_statement_prepare_insert (GwDb *db, const char *sql, guint rank, GError **error)
{
  GwStatement *self = find_or_make (db, sql, error);

  if (self == NULL || !self->cached || !gw_db_private_holds_rows (db))
    return self;
  if (self->queue == NULL && !make_queue (self, rank, error))
    {
      gw_statement_release (self);
      return NULL;
    }
  self->held = TRUE;
  return self;
}

void
gw_statement_release (GwStatement *self)
{
  if (self == NULL)
    return;
  if (!self->cached)
    {
      gw_statement_private_free (self);
      return;
    }
  if (self->held)
    gw_row_queue_drop_row (self->queue);
  else
    {
      (void)sqlite3_reset (self->stmt);
      (void)sqlite3_clear_bindings (self->stmt);
    }
  self->held = FALSE;
  self->bind_rc = SQLITE_OK;
  self->busy = FALSE;
}

static void
note_bind (GwStatement *self, int rc)
{
  if (G_UNLIKELY (rc != SQLITE_OK) && self->bind_rc == SQLITE_OK)
    self->bind_rc = rc;
}

/* Position 0 for a name that is not there makes the bind fail with SQLITE_RANGE. */
static int
position_of (GwStatement *self, const char *name)
{
  return sqlite3_bind_parameter_index (self->stmt, name);
}

void
gw_statement_set_int64 (GwStatement *self, int position, gint64 value)
{
  note_bind (self, self->held ? gw_row_queue_set_int64 (self->queue, position, value)
                              : sqlite3_bind_int64 (self->stmt, position, value));
}

void
gw_statement_set_id (GwStatement *self, int position, gint64 value)
{
  if (value == 0)
    gw_statement_set_null (self, position);
  else
    gw_statement_set_int64 (self, position, value);
}

void
gw_statement_set_double (GwStatement *self, int position, double value)
{
  note_bind (self, self->held ? gw_row_queue_set_double (self->queue, position, value)
                              : sqlite3_bind_double (self->stmt, position, value));
}

void
gw_statement_set_text (GwStatement *self, int position, const char *text)
{
  if (self->held && text != NULL)
    note_bind (self,
               gw_row_queue_set_bytes (self->queue, position, SQLITE_TEXT, text, strlen (text)));
  else if (!self->held)
    note_bind (self, sqlite3_bind_text (self->stmt, position, text, -1, SQLITE_STATIC));
}

void
gw_statement_set_blob (GwStatement *self, int position, gconstpointer data, gsize length)
{
  if (self->held)
    note_bind (self, gw_row_queue_set_bytes (self->queue, position, SQLITE_BLOB, data, length));
  else
    note_bind (self, sqlite3_bind_blob64 (self->stmt, position, data, length, SQLITE_STATIC));
}

void
gw_statement_set_null (GwStatement *self, int position)
{
  note_bind (self, self->held ? gw_row_queue_set_null (self->queue, position)
                              : sqlite3_bind_null (self->stmt, position));
}

void
gw_statement_bind_int64 (GwStatement *self, const char *name, gint64 value)
{
  gw_statement_set_int64 (self, position_of (self, name), value);
}

void
gw_statement_bind_id (GwStatement *self, const char *name, gint64 value)
{
  gw_statement_set_id (self, position_of (self, name), value);
}

void
gw_statement_bind_double (GwStatement *self, const char *name, double value)
{
  gw_statement_set_double (self, position_of (self, name), value);
}

void
gw_statement_bind_text (GwStatement *self, const char *name, const char *text)
{
  gw_statement_set_text (self, position_of (self, name), text);
}

void
gw_statement_bind_blob (GwStatement *self, const char *name, gconstpointer data, gsize length)
{
  gw_statement_set_blob (self, position_of (self, name), data, length);
}

void
gw_statement_bind_null (GwStatement *self, const char *name)
{
  gw_statement_set_null (self, position_of (self, name));
}

void
gw_statement_bind_pointer (GwStatement *self, const char *name, gpointer pointer, const char *type)
{
  note_bind (self,
             sqlite3_bind_pointer (self->stmt, position_of (self, name), pointer, type, NULL));
}

static gboolean
throw_bind (const GwStatement *self, GError **error)
{
  return gw_throw (error, GW_ERROR_FAILED, "binding values to \"%s\": %s", sqlite3_sql (self->stmt),
                   sqlite3_errstr (self->bind_rc));
}

/**
 * gw_statement_step:
 * @row: (out): whether there is a row to read
 *
 * Returns: %FALSE with @error when a bind or the step failed
 */
gboolean
gw_statement_step (GwStatement *self, gboolean *row, GError **error)
{
  int rc;

  if (G_UNLIKELY (self->bind_rc != SQLITE_OK))
    return throw_bind (self, error);
  rc = sqlite3_step (self->stmt);
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    {
      gw_db_throw (self->db, rc, error);
      (void)sqlite3_reset (self->stmt);
      return FALSE;
    }
  *row = rc == SQLITE_ROW;
  return TRUE;
}

static gboolean
hold_row (GwStatement *self, GError **error)
{
  if (G_UNLIKELY (self->bind_rc != SQLITE_OK))
    return throw_bind (self, error);
  gw_row_queue_end_row (self->queue);
  gw_db_private_note_row (self->db);
  return gw_row_queue_n_waiting (self->queue) < GW_ROW_QUEUE_ROWS ||
         gw_db_flush_rows (self->db, error);
}

gboolean
gw_statement_run (GwStatement *self, GError **error)
{
  gboolean row = TRUE;

  if (self->held)
    return hold_row (self, error);
  while (row)
    if (!gw_statement_step (self, &row, error))
      return FALSE;
  (void)sqlite3_reset (self->stmt);
  return TRUE;
}

void
gw_statement_reset (GwStatement *self)
{
  (void)sqlite3_reset (self->stmt);
}

gint64
gw_statement_get_int64 (GwStatement *self, int column)
{
  return sqlite3_column_int64 (self->stmt, column);
}

double
gw_statement_get_double (GwStatement *self, int column)
{
  return sqlite3_column_double (self->stmt, column);
}

const char *
gw_statement_get_text (GwStatement *self, int column)
{
  return (const char *)sqlite3_column_text (self->stmt, column);
}

char *
gw_statement_dup_text (GwStatement *self, int column)
{
  return g_strdup (gw_statement_get_text (self, column));
}

gconstpointer
gw_statement_get_blob (GwStatement *self, int column, gsize *length)
{
  gconstpointer data = sqlite3_column_blob (self->stmt, column);

  *length = (gsize)sqlite3_column_bytes (self->stmt, column);
  return data;
}

gboolean
gw_statement_is_null (GwStatement *self, int column)
{
  return sqlite3_column_type (self->stmt, column) == SQLITE_NULL;
}
