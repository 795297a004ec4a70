/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-db-statement-private.h"

#include <string.h>

struct _GwStatement
{
  GwDb *db;
  sqlite3_stmt *stmt; /* owned */
  int bind_rc;        /* the first bind that failed */
  gboolean cached, busy;
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
  sqlite3_finalize (self->stmt);
  g_free (self);
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
  (void)sqlite3_reset (self->stmt);
  (void)sqlite3_clear_bindings (self->stmt);
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
  note_bind (self, sqlite3_bind_int64 (self->stmt, position, value));
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
  note_bind (self, sqlite3_bind_double (self->stmt, position, value));
}

void
gw_statement_set_text (GwStatement *self, int position, const char *text)
{
  note_bind (self, sqlite3_bind_text (self->stmt, position, text, -1, SQLITE_STATIC));
}

void
gw_statement_set_blob (GwStatement *self, int position, gconstpointer data, gsize length)
{
  note_bind (self, sqlite3_bind_blob64 (self->stmt, position, data, length, SQLITE_STATIC));
}

void
gw_statement_set_null (GwStatement *self, int position)
{
  note_bind (self, sqlite3_bind_null (self->stmt, position));
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
    return gw_throw (error, GW_ERROR_FAILED, "binding values to \"%s\": %s",
                     sqlite3_sql (self->stmt), sqlite3_errstr (self->bind_rc));
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

gboolean
gw_statement_run (GwStatement *self, GError **error)
{
  gboolean row = TRUE;

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
