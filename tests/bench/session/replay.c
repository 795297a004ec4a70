/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "replay.h"

#include <sqlite3.h>
#include <string.h>

/* A table and the column that names the matter. */
typedef struct
{
  const char *table, *key, *matter;
} Table;

/* Not here: number_sequence and counter, which have a row for many matters: see add_shared. */
static const Table tables[] = {
  { "matter", "id", "id" },      { "m_disp_dispute", "id", "id" }, { "event", "seq", "matter" },
  { "event_body", "seq", NULL }, { "assignment", "id", "matter" }, { "clock", "id", "matter" },
};

typedef struct
{
  sqlite3_stmt *statement; /* borrowed */
  GPtrArray *values;       /* owned sqlite3_value */
} Step;

struct _Replay
{
  sqlite3 *source, *target;
  GPtrArray *statements; /* owned sqlite3_stmt */
  GHashTable *by_sql;    /* owned text -> statement, borrowed */
  GPtrArray *matters;    /* owned GArray of Step */
  sqlite3_stmt *begin, *commit;
  guint n_rows;
};

static void
check (sqlite3 *db, gboolean good)
{
  if (!good)
    g_error ("replay: %s", sqlite3_errmsg (db));
}

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  check (db, sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) == SQLITE_OK);
  return statement;
}

static sqlite3_stmt *
target_statement (Replay *self, const char *sql)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->by_sql, sql);

  if (statement != NULL)
    return statement;
  statement = prepare (self->target, sql);
  g_ptr_array_add (self->statements, statement);
  g_hash_table_insert (self->by_sql, g_strdup (sql), statement);
  return statement;
}

static void
free_step (gpointer data)
{
  g_ptr_array_unref (((Step *)data)->values);
}

static void
add_step (Replay *self, GArray *steps, const char *sql, GPtrArray *values)
{
  Step step = { target_statement (self, sql), values };

  g_array_append_val (steps, step);
  self->n_rows++;
}

static GPtrArray *
new_values (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)sqlite3_value_free);
}

/* ---- rows of one matter ---- */

static void
add_insert (Replay *self, GArray *steps, const Table *table, sqlite3_stmt *row)
{
  g_autoptr (GString) sql = g_string_new (NULL), marks = g_string_new (NULL);
  GPtrArray *values = new_values ();

  g_string_printf (sql, "INSERT INTO %s (", table->table);
  for (int i = 1; i < sqlite3_column_count (row); i++)
    {
      g_string_append_printf (sql, "%s%s", i > 1 ? ", " : "", sqlite3_column_name (row, i));
      g_string_append (marks, i > 1 ? ", ?" : "?");
      g_ptr_array_add (values, sqlite3_value_dup (sqlite3_column_value (row, i)));
    }
  g_string_append_printf (sql, ") VALUES (%s)", marks->str);
  add_step (self, steps, sql->str, values);
}

static gboolean
is_equal (sqlite3_stmt *a, sqlite3_stmt *b, int column)
{
  int n = sqlite3_column_bytes (a, column);

  return sqlite3_column_type (a, column) == sqlite3_column_type (b, column) &&
         n == sqlite3_column_bytes (b, column) &&
         (n == 0 ||
          memcmp (sqlite3_column_blob (a, column), sqlite3_column_blob (b, column), (gsize)n) == 0);
}

/* Only the columns that changed, as somebody would write it by hand. */
static void
add_update (Replay *self, GArray *steps, const Table *table, sqlite3_stmt *row, sqlite3_stmt *old)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  GPtrArray *values = new_values ();

  g_string_printf (sql, "UPDATE %s SET ", table->table);
  for (int i = 1; i < sqlite3_column_count (row); i++)
    {
      if (is_equal (row, old, i))
        continue;
      g_string_append_printf (sql, "%s%s = ?", values->len > 0 ? ", " : "",
                              sqlite3_column_name (row, i));
      g_ptr_array_add (values, sqlite3_value_dup (sqlite3_column_value (row, i)));
    }
  if (values->len == 0)
    {
      g_ptr_array_unref (values);
      return;
    }
  g_string_append_printf (sql, " WHERE %s = ?", table->key);
  g_ptr_array_add (values, sqlite3_value_dup (sqlite3_column_value (row, 0)));
  add_step (self, steps, sql->str, values);
}

static void
add_rows (Replay *self, GArray *steps, const Table *table, gint64 matter)
{
  g_autofree char *where = table->matter != NULL
                               ? g_strdup_printf ("%s = ?1", table->matter)
                               : g_strdup ("seq IN (SELECT seq FROM event WHERE matter = ?1)");
  g_autofree char *sql = g_strdup_printf ("SELECT %s, * FROM main.%s WHERE %s ORDER BY 1",
                                          table->key, table->table, where);
  g_autofree char *old_sql = g_strdup_printf ("SELECT %s, * FROM before.%s WHERE %s = ?1",
                                              table->key, table->table, table->key);
  sqlite3_stmt *rows = prepare (self->source, sql), *old = prepare (self->source, old_sql);

  sqlite3_bind_int64 (rows, 1, matter);
  while (sqlite3_step (rows) == SQLITE_ROW)
    {
      sqlite3_reset (old);
      sqlite3_bind_value (old, 1, sqlite3_column_value (rows, 0));
      if (sqlite3_step (old) == SQLITE_ROW)
        add_update (self, steps, table, rows, old);
      else
        add_insert (self, steps, table, rows);
    }
  sqlite3_finalize (rows);
  sqlite3_finalize (old);
}

/* A new matter takes the next number and counts in its cell. */
static void
add_shared (Replay *self, GArray *steps, gint64 matter)
{
  sqlite3_stmt *row = prepare (
      self->source,
      "SELECT t.number_code, CAST (strftime ('%Y', m.reported + 28800, 'unixepoch') AS INTEGER),"
      " CAST (strftime ('%m', m.reported + 28800, 'unixepoch') AS INTEGER), m.type,"
      " coalesce (m.area, 0) FROM matter m JOIN record_type t ON t.number = m.type"
      " WHERE m.id = ?1 AND m.id NOT IN (SELECT id FROM before.matter WHERE id = ?1)");

  sqlite3_bind_int64 (row, 1, matter);
  if (sqlite3_step (row) == SQLITE_ROW)
    {
      GPtrArray *number = new_values (), *cell = new_values ();
      g_autofree char *count =
          g_strdup_printf ("INSERT INTO counter (month, type, area, opened, closed)"
                           " VALUES (%d, ?, ?, 1, 0) ON CONFLICT (month, type, area)"
                           " DO UPDATE SET opened = opened + 1",
                           sqlite3_column_int (row, 1) * 12 + sqlite3_column_int (row, 2) - 1);

      g_ptr_array_add (number, sqlite3_value_dup (sqlite3_column_value (row, 0)));
      g_ptr_array_add (number, sqlite3_value_dup (sqlite3_column_value (row, 1)));
      g_ptr_array_add (cell, sqlite3_value_dup (sqlite3_column_value (row, 3)));
      g_ptr_array_add (cell, sqlite3_value_dup (sqlite3_column_value (row, 4)));
      add_step (self, steps,
                "INSERT INTO number_sequence (code, year, last) VALUES (?, ?, 1)"
                " ON CONFLICT (code, year) DO UPDATE SET last = last + 1",
                number);
      add_step (self, steps, count, cell);
    }
  sqlite3_finalize (row);
}

static GArray *
collect_steps (Replay *self, gint64 matter)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (Step));

  g_array_set_clear_func (steps, free_step);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    add_rows (self, steps, &tables[i], matter);
  add_shared (self, steps, matter);
  return steps;
}

/* ---- the peer ---- */

/* What gw_db_open and gw_db_use_wal set on the store's own connection. Checkpoints are SQLite's
 * own, every thousand pages, where the store has a thread for them. */
static const char pragmas[] =
    "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF;"
    "PRAGMA secure_delete = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;";

Replay *
replay_new (const char *before, const char *after, const char *target, gint64 first, guint n)
{
  Replay *self = g_new0 (Replay, 1);
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS before", before);

  self->statements = g_ptr_array_new_with_free_func ((GDestroyNotify)sqlite3_finalize);
  self->by_sql = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->matters = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  check (self->source, sqlite3_open (after, &self->source) == SQLITE_OK);
  check (self->source, sqlite3_exec (self->source, attach, NULL, NULL, NULL) == SQLITE_OK);
  check (self->target, sqlite3_open (target, &self->target) == SQLITE_OK);
  check (self->target, sqlite3_exec (self->target, pragmas, NULL, NULL, NULL) == SQLITE_OK);
  self->begin = prepare (self->target, "BEGIN IMMEDIATE");
  self->commit = prepare (self->target, "COMMIT");
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->matters, collect_steps (self, first + i));
  return self;
}

void
replay_free (Replay *self)
{
  sqlite3_finalize (self->begin);
  sqlite3_finalize (self->commit);
  g_ptr_array_unref (self->matters);
  g_ptr_array_unref (self->statements);
  g_hash_table_unref (self->by_sql);
  sqlite3_close (self->source);
  sqlite3_close (self->target);
  g_free (self);
}

static void
run (Replay *self, sqlite3_stmt *statement)
{
  check (self->target, sqlite3_step (statement) == SQLITE_DONE);
  sqlite3_reset (statement);
}

void
replay_run (Replay *self, guint i)
{
  GArray *steps = g_ptr_array_index (self->matters, i);

  run (self, self->begin);
  for (guint s = 0; s < steps->len; s++)
    {
      const Step *step = &g_array_index (steps, Step, s);

      for (guint v = 0; v < step->values->len; v++)
        sqlite3_bind_value (step->statement, (int)v + 1, g_ptr_array_index (step->values, v));
      run (self, step->statement);
    }
  run (self, self->commit);
}

double
replay_rows (const Replay *self)
{
  return self->matters->len > 0 ? (double)self->n_rows / self->matters->len : 0;
}
