/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-search-index-private.h"

#include <glib/gstdio.h>
#include <string.h>

#include "gw-initials-tokenizer.h"
#include "gw-zh-tokenizer.h"

/* Bytes of postings that FTS5 gathers before it writes a segment. Its default of 1 MiB makes a
 * first load write every posting about five times over in merges. */
#define HASH_BYTES "67108864"
/* Pages of work per step of joining segments. */
#define TIDY_PAGES "200"
/* A rebuild pays when one text in WORN_SHARE is dead, and more than WORN_LEAST. */
#define WORN_SHARE 10
#define WORN_LEAST 200

static const char schema[] =
    "CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), watermark INTEGER NOT NULL,"
    "  hash BLOB NOT NULL, life INTEGER NOT NULL) STRICT;"
    "CREATE TABLE doc (doc INTEGER PRIMARY KEY, matter INTEGER NOT NULL, hash INTEGER NOT NULL)"
    "  STRICT;"
    "CREATE TABLE dead (n INTEGER PRIMARY KEY, doc INTEGER NOT NULL) STRICT;"
    "CREATE VIRTUAL TABLE words USING fts5 (text, title, content = '', columnsize = 0,"
    "  tokenize = '" GW_ZH_TOKENIZER "');"
    "CREATE VIRTUAL TABLE initials USING fts5 (title, address, content = '', columnsize = 0,"
    "  tokenize = '" GW_INITIALS_TOKENIZER "');"
    "INSERT INTO words (words, rank) VALUES ('hashsize', " HASH_BYTES ");"
    "INSERT INTO words (words, rank) VALUES ('automerge', 0);"
    "INSERT INTO words (words, rank) VALUES ('crisismerge', 64);"
    "INSERT INTO initials (initials, rank) VALUES ('hashsize', " HASH_BYTES ");"
    "INSERT INTO initials (initials, rank) VALUES ('automerge', 0);"
    "INSERT INTO initials (initials, rank) VALUES ('crisismerge', 64);"
    "INSERT INTO state (id, watermark, hash, life)"
    " VALUES (1, 0, zeroblob (32), abs (random ()) | 1);";

static gboolean
create_schema (GwDb *db, GError **error)
{
  if (!gw_db_exec (db, "PRAGMA page_size = 4096", error) || !gw_db_use_wal (db, FALSE, error) ||
      !gw_db_begin_write (db, error))
    return FALSE;
  if (gw_db_exec (db, schema, error) &&
      gw_db_exec (db,
                  "PRAGMA user_version = " G_STRINGIFY (
                      GW_SEARCH_FORMAT) ";"
                                        "PRAGMA application_id = " G_STRINGIFY (
                                            GW_SEARCH_APPLICATION_ID),
                  error) &&
      gw_db_commit (db, error))
    return TRUE;
  gw_db_rollback (db);
  return FALSE;
}

static void
remove_files (GwSearchIndex *self)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (self->path, suffixes[i], NULL);

      (void)g_unlink (path);
    }
}

/* What the writing thread remembers, read anew: at the start and after a rollback. */
static gboolean
load_docs (GwSearchIndex *self, GError **error)
{
  gint64 last = 0, n_dead = 0, life;

  g_array_set_size (self->docs, 0);
  if (!gw_search_index_sync_map (self, self->writer, &life, error) ||
      !gw_db_query_int64 (self->writer, "SELECT coalesce (max (doc), 0) FROM doc", &last, error) ||
      !gw_db_query_int64 (self->writer, "SELECT count (*) FROM dead", &n_dead, error))
    return FALSE;
  self->next_doc = (guint32)last + 1;
  self->n_dead = (guint)n_dead;
  for (guint doc = 1; doc < self->matters->len; doc++)
    if (gw_search_map_get (self->matters, doc) != 0)
      gw_search_map_set (self->docs, gw_search_map_get (self->matters, doc), doc);
  return TRUE;
}

static gboolean
open_existing (GwSearchIndex *self, gint64 *watermark, guint8 hash[32], GError **error)
{
  self->writer = gw_search_index_open_connection (self, GW_DB_READ_WRITE, error);
  return self->writer != NULL && gw_search_index_check_format (self->writer, error) &&
         gw_db_use_wal (self->writer, FALSE, error) &&
         gw_search_index_read_state (self->writer, watermark, hash, error) &&
         load_docs (self, error);
}

gboolean
gw_search_index_reset (GwSearchIndex *self, GError **error)
{
  gboolean good;

  g_rw_lock_writer_lock (&self->life);
  gw_search_index_close_idle (self);
  g_clear_pointer (&self->writer, gw_db_close);
  remove_files (self);
  self->writer = gw_search_index_open_connection (self, GW_DB_CREATE, error);
  good = self->writer != NULL && create_schema (self->writer, error) && load_docs (self, error);
  g_rw_lock_writer_unlock (&self->life);
  return good;
}

gboolean
gw_search_index_open_writer (GwSearchIndex *self,
                             gint64 *watermark,
                             guint8 hash[32],
                             GError **error)
{
  if (open_existing (self, watermark, hash, NULL))
    return TRUE;
  *watermark = 0;
  memset (hash, 0, 32);
  return gw_search_index_reset (self, error);
}

void
gw_search_index_close_writer (GwSearchIndex *self)
{
  g_clear_pointer (&self->writer, gw_db_close);
}

gboolean
gw_search_index_begin (GwSearchIndex *self, GError **error)
{
  self->n_put = 0;
  return gw_db_begin_write (self->writer, error);
}

guint
gw_search_index_n_put (GwSearchIndex *self)
{
  return self->n_put;
}

/* FNV-1a by words of eight bytes, going on from @hash. */
static guint64
mix_text (guint64 hash, const char *text, gsize length)
{
  gsize i = 0;

  hash ^= length;
  for (; i + sizeof hash <= length; i += sizeof hash)
    {
      guint64 word;

      memcpy (&word, text + i, sizeof word);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9fb21c651e98df25);
      hash ^= hash >> 32;
    }
  for (; i < length; i++)
    hash = (hash ^ (guchar)text[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash;
}

/* Decides whether a text must be indexed again. The address is in it twice: a line that moves from
 * the summary to the address changes what initials find, and no line. */
static gint64
hash_text (const GwSearchText *text)
{
  const char *address = text->address != NULL ? text->address : "";
  guint64 hash = mix_text (G_GUINT64_CONSTANT (0xcbf29ce484222325), text->all->str, text->all->len);

  return (gint64)(mix_text (hash, address, strlen (address)) + text->title_length);
}

static gboolean
is_indexed (GwSearchIndex *self, guint32 doc, gint64 hash, gboolean *same, GError **error)
{
  g_autoptr (GwStatement) statement =
      gw_statement_prepare (self->writer, "SELECT hash FROM doc WHERE doc = :doc", error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  gw_statement_bind_int64 (statement, ":doc", doc);
  if (!gw_statement_step (statement, &row, error))
    return FALSE;
  *same = row && gw_statement_get_int64 (statement, 0) == hash;
  return TRUE;
}

static gboolean
bury (GwSearchIndex *self, guint32 doc, GError **error)
{
  g_autoptr (GwStatement) statement =
      gw_statement_prepare (self->writer, "INSERT INTO dead (doc) VALUES (:doc)", error);

  if (statement == NULL)
    return FALSE;
  gw_statement_bind_int64 (statement, ":doc", doc);
  self->n_dead++;
  return gw_statement_run (statement, error);
}

static gboolean
insert_texts (GwSearchIndex *self,
              const char *sql,
              guint32 doc,
              const char *first,
              const char *second,
              GError **error)
{
  g_autoptr (GwStatement) statement = gw_statement_prepare (self->writer, sql, error);

  if (statement == NULL)
    return FALSE;
  gw_statement_set_int64 (statement, 1, doc);
  gw_statement_set_text (statement, 2, first);
  gw_statement_set_text (statement, 3, second);
  return gw_statement_run (statement, error);
}

static gboolean
insert_doc (GwSearchIndex *self, const GwSearchText *text, gint64 hash, GError **error)
{
  g_autoptr (GwStatement) statement =
      gw_statement_prepare (self->writer, "INSERT INTO doc (doc, matter, hash) VALUES (?1, ?2, ?3)",
                            error);
  guint32 doc = self->next_doc++;

  if (statement == NULL)
    return FALSE;
  gw_statement_set_int64 (statement, 1, doc);
  gw_statement_set_int64 (statement, 2, text->matter);
  gw_statement_set_int64 (statement, 3, hash);
  gw_search_map_set (self->docs, text->matter, doc);
  return gw_statement_run (statement, error) &&
         insert_texts (self, "INSERT INTO words (rowid, text, title) VALUES (?1, ?2, ?3)", doc,
                       text->all->str + text->title_length, text->title, error) &&
         insert_texts (self, "INSERT INTO initials (rowid, title, address) VALUES (?1, ?2, ?3)",
                       doc, text->title, text->address, error);
}

gboolean
gw_search_index_put (GwSearchIndex *self, const GwSearchText *text, GError **error)
{
  guint32 old = gw_search_map_get (self->docs, text->matter);
  gint64 hash = hash_text (text);
  gboolean same = FALSE;

  self->n_put++;
  if (old != 0 && text->indexable && !is_indexed (self, old, hash, &same, error))
    return FALSE;
  if (same)
    return TRUE;
  if (old != 0)
    {
      gw_search_map_set (self->docs, text->matter, 0);
      if (!bury (self, old, error))
        return FALSE;
    }
  return !text->indexable || text->all->len == 0 || insert_doc (self, text, hash, error);
}

gboolean
gw_search_index_commit (GwSearchIndex *self,
                        gint64 watermark,
                        const guint8 hash[32],
                        GError **error)
{
  g_autoptr (GwStatement) statement =
      gw_statement_prepare (self->writer, "UPDATE state SET watermark = :watermark, hash = :hash",
                            error);
  gint64 life;

  if (statement == NULL)
    return FALSE;
  gw_statement_bind_int64 (statement, ":watermark", watermark);
  gw_statement_bind_blob (statement, ":hash", hash, 32);
  return gw_statement_run (statement, error) && gw_db_commit (self->writer, error) &&
         gw_search_index_sync_map (self, self->writer, &life, error);
}

void
gw_search_index_rollback (GwSearchIndex *self)
{
  if (self->writer == NULL)
    return;
  gw_db_rollback (self->writer);
  if (!load_docs (self, NULL))
    g_debug ("the search index cannot be read back, it will be rebuilt");
}

gboolean
gw_search_index_tidy (GwSearchIndex *self, gboolean *more, GError **error)
{
  int before = sqlite3_total_changes (gw_db_handle (self->writer)), changes;

  if (!gw_db_exec (self->writer,
                   "INSERT INTO words (words, rank) VALUES ('merge', " TIDY_PAGES ");"
                   "INSERT INTO initials (initials, rank) VALUES ('merge', " TIDY_PAGES ")",
                   error))
    return FALSE;
  /* FTS5 promises: a command that found nothing to do counts less than two changes. */
  changes = sqlite3_total_changes (gw_db_handle (self->writer)) - before;
  *more = changes > 2;
  return TRUE;
}

gboolean
gw_search_index_is_worn (GwSearchIndex *self)
{
  return self->n_dead > WORN_LEAST && self->n_dead > self->next_doc / WORN_SHARE;
}
