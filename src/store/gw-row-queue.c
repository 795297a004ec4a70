/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-row-queue-private.h"

#include <string.h>

typedef struct
{
  int kind; /* of SQLite */
  guint32 length;
  union
  {
    gint64 integer;
    double real;
    gsize offset; /* in the bytes of the queue */
  } value;
} Cell;

struct _GwRowQueue
{
  sqlite3 *handle;    /* borrowed */
  sqlite3_stmt *stmt; /* owned */
  guint n_columns, n_rows, rank;
  Cell *cells;       /* owned: GW_ROW_QUEUE_ROWS + 1 rows */
  GByteArray *bytes; /* owned: texts and blobs of the rows that wait */
  gsize row_start;   /* where the bytes of the row under way begin */
};

typedef struct
{
  sqlite3_vtab base;
  GwRowQueue *queue; /* borrowed */
} Table;

typedef struct
{
  sqlite3_vtab_cursor base;
  guint row;
} Cursor;

/* ---- the virtual table: what SQLite asks for ---- */

static int
connect_cb (sqlite3 *handle,
            void *data,
            int n_args,
            const char *const *args,
            sqlite3_vtab **table,
            char **message)
{
  GwRowQueue *queue = data;
  g_autoptr (GString) sql = g_string_new ("CREATE TABLE waiting (");
  int rc;

  for (guint i = 0; i < queue->n_columns; i++)
    g_string_append_printf (sql, "%sc%u", i > 0 ? ", " : "", i);
  g_string_append_c (sql, ')');
  rc = sqlite3_declare_vtab (handle, sql->str);
  if (rc != SQLITE_OK)
    return rc;
  *table = (sqlite3_vtab *)g_new0 (Table, 1);
  ((Table *)*table)->queue = queue;
  return SQLITE_OK;
}

static int
disconnect_cb (sqlite3_vtab *table)
{
  g_free (table);
  return SQLITE_OK;
}

static int
best_index_cb (sqlite3_vtab *table, sqlite3_index_info *info)
{
  info->estimatedCost = GW_ROW_QUEUE_ROWS;
  info->estimatedRows = GW_ROW_QUEUE_ROWS;
  return SQLITE_OK;
}

static int
open_cb (sqlite3_vtab *table, sqlite3_vtab_cursor **cursor)
{
  *cursor = (sqlite3_vtab_cursor *)g_new0 (Cursor, 1);
  return SQLITE_OK;
}

static int
close_cb (sqlite3_vtab_cursor *cursor)
{
  g_free (cursor);
  return SQLITE_OK;
}

static int
filter_cb (
    sqlite3_vtab_cursor *cursor, int number, const char *text, int n_args, sqlite3_value **args)
{
  ((Cursor *)cursor)->row = 0;
  return SQLITE_OK;
}

static int
next_cb (sqlite3_vtab_cursor *cursor)
{
  ((Cursor *)cursor)->row++;
  return SQLITE_OK;
}

static int
eof_cb (sqlite3_vtab_cursor *cursor)
{
  return ((Cursor *)cursor)->row >= ((Table *)cursor->pVtab)->queue->n_rows;
}

/* The bytes stay where they are until the statement has ended. */
static int
column_cb (sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column)
{
  const GwRowQueue *queue = ((Table *)cursor->pVtab)->queue;
  const Cell *cell = &queue->cells[((Cursor *)cursor)->row * queue->n_columns + (guint)column];
  const char *bytes = (const char *)queue->bytes->data;

  if (cell->kind == SQLITE_INTEGER)
    sqlite3_result_int64 (context, cell->value.integer);
  else if (cell->kind == SQLITE_FLOAT)
    sqlite3_result_double (context, cell->value.real);
  else if (cell->kind == SQLITE_TEXT)
    sqlite3_result_text (context, bytes + cell->value.offset, (int)cell->length, SQLITE_STATIC);
  else if (cell->kind == SQLITE_BLOB)
    sqlite3_result_blob (context, bytes + cell->value.offset, (int)cell->length, SQLITE_STATIC);
  else
    sqlite3_result_null (context);
  return SQLITE_OK;
}

static int
rowid_cb (sqlite3_vtab_cursor *cursor, sqlite3_int64 *id)
{
  *id = ((Cursor *)cursor)->row;
  return SQLITE_OK;
}

static const sqlite3_module module = {
  .xConnect = connect_cb,
  .xBestIndex = best_index_cb,
  .xDisconnect = disconnect_cb,
  .xOpen = open_cb,
  .xClose = close_cb,
  .xFilter = filter_cb,
  .xNext = next_cb,
  .xEof = eof_cb,
  .xColumn = column_cb,
  .xRowid = rowid_cb,
};

/* ---- the queue ---- */

static int
prepare (GwRowQueue *self, const char *name, const char *sql)
{
  const char *values = strstr (sql, " VALUES (");
  g_autofree char *text = NULL;

  if (values == NULL)
    return SQLITE_MISUSE;
  text = g_strdup_printf ("%.*s SELECT * FROM %s", (int)(values - sql), sql, name);
  return sqlite3_prepare_v3 (self->handle, text, -1, SQLITE_PREPARE_PERSISTENT, &self->stmt, NULL);
}

int
gw_row_queue_new (sqlite3 *handle,
                  const char *name,
                  const char *sql,
                  guint n_columns,
                  guint rank,
                  GwRowQueue **queue)
{
  GwRowQueue *self = g_new0 (GwRowQueue, 1);
  int rc;

  self->handle = handle;
  self->n_columns = n_columns;
  self->rank = rank;
  self->cells = g_new0 (Cell, (GW_ROW_QUEUE_ROWS + 1) * n_columns);
  self->bytes = g_byte_array_new ();
  rc = sqlite3_create_module_v2 (handle, name, &module, self, NULL);
  if (rc == SQLITE_OK)
    rc = prepare (self, name, sql);
  if (rc == SQLITE_OK)
    *queue = self;
  else
    gw_row_queue_free (self);
  return rc;
}

void
gw_row_queue_free (GwRowQueue *self)
{
  if (self == NULL)
    return;
  sqlite3_finalize (self->stmt);
  g_byte_array_unref (self->bytes);
  g_free (self->cells);
  g_free (self);
}

static Cell *
cell_at (GwRowQueue *self, int position)
{
  if (position < 1 || (guint)position > self->n_columns)
    return NULL;
  return &self->cells[self->n_rows * self->n_columns + (guint)position - 1];
}

int
gw_row_queue_set_int64 (GwRowQueue *self, int position, gint64 value)
{
  Cell *cell = cell_at (self, position);

  if (cell == NULL)
    return SQLITE_RANGE;
  cell->kind = SQLITE_INTEGER;
  cell->value.integer = value;
  return SQLITE_OK;
}

int
gw_row_queue_set_double (GwRowQueue *self, int position, double value)
{
  Cell *cell = cell_at (self, position);

  if (cell == NULL)
    return SQLITE_RANGE;
  cell->kind = SQLITE_FLOAT;
  cell->value.real = value;
  return SQLITE_OK;
}

int
gw_row_queue_set_null (GwRowQueue *self, int position)
{
  Cell *cell = cell_at (self, position);

  if (cell == NULL)
    return SQLITE_RANGE;
  cell->kind = SQLITE_NULL;
  return SQLITE_OK;
}

int
gw_row_queue_set_bytes (GwRowQueue *self, int position, int kind, gconstpointer data, gsize length)
{
  Cell *cell = cell_at (self, position);

  if (cell == NULL)
    return SQLITE_RANGE;
  if (length > G_MAXINT32)
    return SQLITE_TOOBIG;
  cell->kind = kind;
  cell->length = (guint32)length;
  cell->value.offset = self->bytes->len;
  g_byte_array_append (self->bytes, data, (guint)length);
  return SQLITE_OK;
}

static void
begin_row (GwRowQueue *self)
{
  memset (&self->cells[self->n_rows * self->n_columns], 0, self->n_columns * sizeof (Cell));
  self->row_start = self->bytes->len;
}

void
gw_row_queue_end_row (GwRowQueue *self)
{
  self->n_rows++;
  begin_row (self);
}

void
gw_row_queue_drop_row (GwRowQueue *self)
{
  g_byte_array_set_size (self->bytes, (guint)self->row_start);
  begin_row (self);
}

guint
gw_row_queue_rank (const GwRowQueue *self)
{
  return self->rank;
}

guint
gw_row_queue_n_waiting (const GwRowQueue *self)
{
  return self->n_rows;
}

void
gw_row_queue_clear (GwRowQueue *self)
{
  self->n_rows = 0;
  g_byte_array_set_size (self->bytes, 0);
  begin_row (self);
}

int
gw_row_queue_flush (GwRowQueue *self)
{
  int rc = self->n_rows > 0 ? sqlite3_step (self->stmt) : SQLITE_DONE;

  (void)sqlite3_reset (self->stmt);
  gw_row_queue_clear (self);
  return rc == SQLITE_DONE ? SQLITE_OK : rc;
}
