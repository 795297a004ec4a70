/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-search-text.h"

#include "gw-zh-tokenizer.h"

/* Rows by range as long as at most this many rows are read for one that is wanted. */
#define RANGE_WASTE 8
#define RANGE_LEAST 16

#define COLUMNS "id, title, summary, address, type, sensitivity, withdrawn"

typedef struct
{
  GwDb *db;              /* borrowed */
  GwRecordTables *types; /* borrowed */
  char **field_sql;      /* owned: by type number, "" = no fields to search */
  guint *n_fields;       /* owned: columns of each */
  GString *all, *part;
  GwSearchRawFunc raw;
  GwSearchTextFunc func;
  gpointer data;
  gboolean stopped;
} Reading;

static void
reading_clear (Reading *self)
{
  for (guint i = 0; i < gw_record_tables_size (self->types); i++)
    g_free (self->field_sql[i]);
  g_free (self->field_sql);
  g_free (self->n_fields);
  g_string_free (self->all, TRUE);
  g_string_free (self->part, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static gboolean
is_searched (const GwFieldSpec *field)
{
  return (field->flags & GW_FIELD_SEARCH) != 0 && field->privacy <= GW_CLASS_INTERNAL &&
         field->kind != GW_FIELD_CODE && field->kind != GW_FIELD_CODES;
}

/* Names come from a description that the store has checked; quoted all the same. */
static char *
make_field_sql (const GwRecordTable *table, guint *n)
{
  g_autoptr (GString) columns = g_string_new (NULL);
  char *sql, *copy;

  for (guint i = 0; table != NULL && i < table->fields->len; i++)
    {
      const GwFieldSpec *field = g_ptr_array_index (table->fields, i);

      if (!is_searched (field))
        continue;
      ++*n;
      g_string_append_printf (columns, "%s\"%s\"", columns->len > 0 ? ", " : "", field->id);
    }
  if (columns->len == 0)
    return g_strdup ("");
  /* nocheck:sql-text – names of columns and table, checked when the type was defined */
  sql = sqlite3_mprintf ("SELECT %s FROM \"%w\" WHERE id = :id", columns->str, table->spec->table);
  copy = g_strdup (sql);
  sqlite3_free (sql);
  return copy;
}

static void
append_line (Reading *self, const char *text)
{
  if (text == NULL)
    return;
  gw_zh_fold (self->part, text);
  if (self->part->len == 0)
    return;
  if (self->all->len > 0)
    g_string_append_c (self->all, '\n');
  g_string_append_len (self->all, self->part->str, (gssize)self->part->len);
}

static gboolean
append_fields (Reading *self, gint64 matter, gint64 type, GError **error)
{
  g_autoptr (GwStatement) statement = NULL;
  gboolean row;

  if (type < 0 || type >= gw_record_tables_size (self->types))
    return TRUE;
  if (self->field_sql[type] == NULL)
    self->field_sql[type] =
        make_field_sql (gw_record_tables_get (self->types, (guint32)type), &self->n_fields[type]);
  if (*self->field_sql[type] == '\0')
    return TRUE;
  statement = gw_statement_prepare (self->db, self->field_sql[type], error);
  if (statement == NULL)
    return FALSE;
  gw_statement_bind_int64 (statement, ":id", matter);
  if (!gw_statement_step (statement, &row, error))
    return FALSE;
  for (guint i = 0; row && i < self->n_fields[type]; i++)
    append_line (self, gw_statement_get_text (statement, (int)i));
  return TRUE;
}

/* The row under @statement, handed on. */
static gboolean
hand_over (Reading *self, GwStatement *statement, GError **error)
{
  GwSearchText text = { .matter = gw_statement_get_int64 (statement, 0),
                        .title = gw_statement_get_text (statement, 1),
                        .address = gw_statement_get_text (statement, 3),
                        .all = self->all };
  const char *summary = gw_statement_get_text (statement, 2);

  if (self->raw != NULL && self->raw (text.matter, text.title, summary, text.address, self->data))
    return TRUE;
  g_string_truncate (self->all, 0);
  append_line (self, text.title);
  text.title_length = self->all->len;
  append_line (self, summary);
  append_line (self, text.address);
  if (!append_fields (self, text.matter, gw_statement_get_int64 (statement, 4), error))
    return FALSE;
  text.indexable =
      gw_statement_get_int64 (statement, 5) == 1 && gw_statement_get_int64 (statement, 6) == 0;
  self->stopped = !self->func (&text, self->data);
  return TRUE;
}

/* One pass from the first to the last id: much quicker than single look-ups when ids are dense. */
static gboolean
read_range (Reading *self, const gint64 *ids, guint n, GError **error)
{
  g_autoptr (GwStatement) statement =
      gw_statement_prepare (self->db,
                            "SELECT " COLUMNS
                            " FROM matter WHERE id BETWEEN :first AND :last ORDER BY id",
                            error);
  guint next = 0;
  gboolean row;

  if (statement == NULL)
    return FALSE;
  gw_statement_bind_int64 (statement, ":first", ids[0]);
  gw_statement_bind_int64 (statement, ":last", ids[n - 1]);
  while (next < n && !self->stopped)
    {
      gint64 id;

      if (!gw_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      id = gw_statement_get_int64 (statement, 0);
      while (next < n && ids[next] < id)
        next++;
      if (next < n && ids[next] == id && !hand_over (self, statement, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_single (Reading *self, GwStatement *statement, gint64 id, GError **error)
{
  gboolean row;

  gw_statement_set_int64 (statement, 1, id);
  if (!gw_statement_step (statement, &row, error) || (row && !hand_over (self, statement, error)))
    return FALSE;
  gw_statement_reset (statement);
  return TRUE;
}

/* How many ids from @ids on lie dense enough to be read as one range. */
static guint
dense_run (const gint64 *ids, guint n)
{
  guint end = 1;

  while (end < n && ids[end] - ids[end - 1] <= RANGE_WASTE)
    end++;
  return end;
}

gboolean
gw_search_text_read (GwDb *db,
                     GwRecordTables *types,
                     const gint64 *ids,
                     guint n,
                     GwSearchRawFunc raw,
                     GwSearchTextFunc func,
                     gpointer data,
                     GError **error)
{
  g_auto (Reading) self = { .db = db,
                            .types = types,
                            .field_sql = g_new0 (char *, gw_record_tables_size (types) + 1),
                            .n_fields = g_new0 (guint, gw_record_tables_size (types) + 1),
                            .all = g_string_new (NULL),
                            .part = g_string_new (NULL),
                            .raw = raw,
                            .func = func,
                            .data = data };
  g_autoptr (GwStatement) single = NULL;

  single = gw_statement_prepare (db, "SELECT " COLUMNS " FROM matter WHERE id = ?1", error);
  if (single == NULL)
    return FALSE;
  for (guint i = 0; i < n && !self.stopped;)
    {
      guint run = dense_run (ids + i, n - i);

      if (run < RANGE_LEAST)
        run = 1;
      if (run == 1 ? !read_single (&self, single, ids[i], error)
                   : !read_range (&self, ids + i, run, error))
        return FALSE;
      i += run;
    }
  return TRUE;
}
