/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-search-index.h"

#include <glib/gstdio.h>
#include <string.h>

#include "gw-zh-tokenizer.h"

/* user_version of the file; another one is thrown away, never migrated. */
#define FORMAT 1
#define APPLICATION_ID 0x47574b53 /* "GWKS" */
/* Bytes of postings that FTS5 gathers before it writes a segment. Its default of 1 MiB makes a
 * first load write every posting about five times over in merges. */
#define HASH_BYTES "67108864"
/* Pages of work per step of joining segments. */
#define TIDY_PAGES "200"
/* A rebuild pays when one text in WORN_SHARE is dead, and more than WORN_LEAST. */
#define WORN_SHARE 10
#define WORN_LEAST 1000

struct _GwSearchIndex
{
  char *path;

  GRWLock life; /* for writing: the file is being replaced; no connection may be open */
  GMutex idle_lock;
  GQueue idle; /* GwDb for reading */

  GRWLock map_lock;
  GArray *matters;  /* guint32 by doc: whose text it is; 0 = dead or none */
  gint64 dead_seen; /* last row of "dead" that is in the map */

  /* The writing thread's own. */
  GwDb *writer; /* owned, nullable */
  GArray *docs; /* guint32 by matter: the doc of its current text; 0 = none */
  guint32 next_doc;
  guint n_dead, n_put;
  GString *pairs;
};

static const char schema[] =
    "CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 1), watermark INTEGER NOT NULL,"
    "  hash BLOB NOT NULL) STRICT;"
    "CREATE TABLE doc (doc INTEGER PRIMARY KEY, matter INTEGER NOT NULL, hash INTEGER NOT NULL)"
    "  STRICT;"
    "CREATE TABLE dead (n INTEGER PRIMARY KEY, doc INTEGER NOT NULL) STRICT;"
    "CREATE VIRTUAL TABLE words USING fts5 (text, content = '', columnsize = 0, detail = none,"
    "  tokenize = '" GW_ZH_TOKENIZER "');"
    "CREATE VIRTUAL TABLE initials USING fts5 (text, content = '', columnsize = 0, detail = none,"
    "  tokenize = 'ascii');"
    "INSERT INTO words (words, rank) VALUES ('hashsize', " HASH_BYTES ");"
    "INSERT INTO words (words, rank) VALUES ('automerge', 0);"
    "INSERT INTO words (words, rank) VALUES ('crisismerge', 64);"
    "INSERT INTO initials (initials, rank) VALUES ('hashsize', " HASH_BYTES ");"
    "INSERT INTO initials (initials, rank) VALUES ('automerge', 0);"
    "INSERT INTO initials (initials, rank) VALUES ('crisismerge', 64);"
    "INSERT INTO state (id, watermark, hash) VALUES (1, 0, zeroblob (32));";

GwSearchIndex *
gw_search_index_new (const char *path)
{
  GwSearchIndex *self = g_new0 (GwSearchIndex, 1);

  self->path = g_strdup (path);
  g_rw_lock_init (&self->life);
  g_rw_lock_init (&self->map_lock);
  g_mutex_init (&self->idle_lock);
  g_queue_init (&self->idle);
  self->matters = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->docs = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->pairs = g_string_new (NULL);
  return self;
}

static void
close_idle (GwSearchIndex *self)
{
  GwDb *db;

  while ((db = g_queue_pop_head (&self->idle)) != NULL)
    gw_db_close (db);
}

void
gw_search_index_free (GwSearchIndex *self)
{
  if (self == NULL)
    return;
  close_idle (self);
  gw_db_close (self->writer);
  g_rw_lock_clear (&self->life);
  g_rw_lock_clear (&self->map_lock);
  g_mutex_clear (&self->idle_lock);
  g_array_unref (self->matters);
  g_array_unref (self->docs);
  g_string_free (self->pairs, TRUE);
  g_free (self->path);
  g_free (self);
}

static guint32
map_get (const GArray *map, gint64 at)
{
  return at >= 0 && at < map->len ? g_array_index (map, guint32, at) : 0;
}

static void
map_set (GArray *map, gint64 at, guint32 value)
{
  if (at >= map->len)
    g_array_set_size (map, (guint)at + 1);
  g_array_index (map, guint32, at) = value;
}

/* ---- connections ---- */

static GwDb *
open_connection (GwSearchIndex *self, GwDbMode mode, GError **error)
{
  g_autoptr (GwDb) db = gw_db_open (self->path, mode, error);
  int rc;

  if (db == NULL)
    return NULL;
  rc = gw_zh_tokenizer_register (gw_db_handle (db));
  if (rc != SQLITE_OK)
    {
      gw_db_throw (db, rc, error);
      return NULL;
    }
  return g_steal_pointer (&db);
}

/* An id that no table of ours can hold is damage. */
static gboolean
check_id (gint64 id, GError **error)
{
  return (id > 0 && id < G_MAXINT32) ||
         gw_throw (error, GW_ERROR_CORRUPT,
                   "reading the search index: found the number %" G_GINT64_FORMAT, id);
}

static gboolean
read_state (GwDb *db, gint64 *watermark, guint8 hash[32], GError **error)
{
  g_autoptr (GwStatement) statement =
      gw_statement_prepare (db, "SELECT watermark, hash FROM state", error);
  gconstpointer bytes = NULL;
  gsize length = 0;
  gboolean row = FALSE;

  if (statement == NULL || !gw_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    bytes = gw_statement_get_blob (statement, 1, &length);
  if (bytes == NULL || length != 32)
    return gw_throw (error, GW_ERROR_CORRUPT, "reading the search index: it has no state");
  *watermark = gw_statement_get_int64 (statement, 0);
  memcpy (hash, bytes, 32);
  return TRUE;
}

static gboolean
check_format (GwDb *db, GError **error)
{
  gint64 version = -1, application = -1;

  if (!gw_db_query_int64 (db, "PRAGMA user_version", &version, error) ||
      !gw_db_query_int64 (db, "PRAGMA application_id", &application, error))
    return FALSE;
  return (version == FORMAT && application == APPLICATION_ID) ||
         gw_throw (error, GW_ERROR_FORMAT,
                   "opening the search index: found format %" G_GINT64_FORMAT, version);
}

/* ---- reading ---- */

/* Texts and deaths that this connection's snapshot knows and the map does not. */
static gboolean
extend_map (GwSearchIndex *self, GwDb *db, GError **error)
{
  g_autoptr (GwStatement) born =
      gw_statement_prepare (db, "SELECT doc, matter FROM doc WHERE doc >= :next ORDER BY doc",
                            error);
  g_autoptr (GwStatement) died =
      born != NULL
          ? gw_statement_prepare (db, "SELECT n, doc FROM dead WHERE n > :seen ORDER BY n", error)
          : NULL;
  gboolean row = TRUE;

  if (died == NULL)
    return FALSE;
  gw_statement_bind_int64 (born, ":next", self->matters->len);
  gw_statement_bind_int64 (died, ":seen", self->dead_seen);
  while (row)
    {
      if (!gw_statement_step (born, &row, error))
        return FALSE;
      if (row && !check_id (gw_statement_get_int64 (born, 0), error))
        return FALSE;
      if (row)
        map_set (self->matters, gw_statement_get_int64 (born, 0),
                 (guint32)gw_statement_get_int64 (born, 1));
    }
  for (row = TRUE; row;)
    {
      if (!gw_statement_step (died, &row, error))
        return FALSE;
      if (!row)
        continue;
      self->dead_seen = gw_statement_get_int64 (died, 0);
      if (gw_statement_get_int64 (died, 1) < self->matters->len)
        map_set (self->matters, gw_statement_get_int64 (died, 1), 0);
    }
  return TRUE;
}

/* The map may know more than this snapshot: what it knows in addition concerns matters that changed
 * behind the watermark, and those are compared by reading. */
static gboolean
sync_map (GwSearchIndex *self, GwDb *db, GError **error)
{
  gboolean good;

  g_rw_lock_writer_lock (&self->map_lock);
  good = extend_map (self, db, error);
  g_rw_lock_writer_unlock (&self->map_lock);
  return good;
}

gboolean
gw_search_reader_begin (GwSearchReader *self, GwSearchIndex *index, GError **error)
{
  g_rw_lock_reader_lock (&index->life);
  self->index = index;
  g_mutex_lock (&index->idle_lock);
  self->db = g_queue_pop_head (&index->idle);
  g_mutex_unlock (&index->idle_lock);
  if (self->db == NULL)
    self->db = open_connection (index, GW_DB_READ, error);
  if (self->db != NULL && gw_db_begin_read (self->db, error) && check_format (self->db, error) &&
      read_state (self->db, &self->watermark, self->hash, error) &&
      sync_map (index, self->db, error))
    return TRUE;
  g_clear_pointer (&self->db, gw_db_close);
  gw_search_reader_end (self);
  return FALSE;
}

void
gw_search_reader_end (GwSearchReader *self)
{
  GwSearchIndex *index = g_steal_pointer (&self->index);

  if (index == NULL)
    return;
  if (self->db != NULL)
    {
      gw_db_set_cancellable (self->db, NULL);
      gw_db_end_read (self->db);
      g_mutex_lock (&index->idle_lock);
      g_queue_push_head (&index->idle, g_steal_pointer (&self->db));
      g_mutex_unlock (&index->idle_lock);
    }
  g_rw_lock_reader_unlock (&index->life);
}

static gboolean
collect_matches (GwSearchReader *self, GwStatement *statement, GwSearchSet *set, GError **error)
{
  const GArray *matters = self->index->matters;
  gboolean row;

  for (;;)
    {
      if (!gw_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      gw_search_set_add (set, map_get (matters, gw_statement_get_int64 (statement, 0)));
    }
}

gboolean
gw_search_reader_match (GwSearchReader *self,
                        GwSearchTable table,
                        const char *expression,
                        GwSearchSet *set,
                        GCancellable *cancellable,
                        GError **error)
{
  g_autoptr (GwStatement) statement =
      gw_statement_prepare (self->db,
                            table == GW_SEARCH_WORDS
                                ? "SELECT rowid FROM words WHERE words MATCH :expression"
                                : "SELECT rowid FROM initials WHERE initials MATCH :expression",
                            error);
  gboolean good;

  if (statement == NULL)
    return FALSE;
  gw_statement_bind_text (statement, ":expression", expression);
  gw_db_set_cancellable (self->db, cancellable);
  g_rw_lock_reader_lock (&self->index->map_lock);
  good = collect_matches (self, statement, set, error);
  g_rw_lock_reader_unlock (&self->index->map_lock);
  gw_db_set_cancellable (self->db, NULL);
  gw_search_set_remove (set, 0); /* texts without a matter */
  return good;
}

/* ---- writing ---- */

static gboolean
create_schema (GwDb *db, GError **error)
{
  if (!gw_db_exec (db, "PRAGMA page_size = 4096", error) || !gw_db_use_wal (db, FALSE, error) ||
      !gw_db_begin_write (db, error))
    return FALSE;
  if (gw_db_exec (db, schema, error) &&
      gw_db_exec (db,
                  "PRAGMA user_version = " G_STRINGIFY (
                      FORMAT) ";"
                              "PRAGMA application_id = " G_STRINGIFY (APPLICATION_ID),
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
  gint64 last = 0, n_dead = 0;

  g_array_set_size (self->docs, 0);
  if (!sync_map (self, self->writer, error) ||
      !gw_db_query_int64 (self->writer, "SELECT coalesce (max (doc), 0) FROM doc", &last, error) ||
      !gw_db_query_int64 (self->writer, "SELECT count (*) FROM dead", &n_dead, error))
    return FALSE;
  self->next_doc = (guint32)last + 1;
  self->n_dead = (guint)n_dead;
  for (guint doc = 1; doc < self->matters->len; doc++)
    if (map_get (self->matters, doc) != 0)
      map_set (self->docs, map_get (self->matters, doc), doc);
  return TRUE;
}

static gboolean
open_existing (GwSearchIndex *self, gint64 *watermark, guint8 hash[32], GError **error)
{
  self->writer = open_connection (self, GW_DB_READ_WRITE, error);
  return self->writer != NULL && check_format (self->writer, error) &&
         gw_db_use_wal (self->writer, FALSE, error) &&
         read_state (self->writer, watermark, hash, error) && load_docs (self, error);
}

gboolean
gw_search_index_reset (GwSearchIndex *self, GError **error)
{
  gboolean good;

  g_rw_lock_writer_lock (&self->life);
  close_idle (self);
  g_clear_pointer (&self->writer, gw_db_close);
  remove_files (self);
  g_array_set_size (self->matters, 0);
  self->dead_seen = 0;
  self->writer = open_connection (self, GW_DB_CREATE, error);
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

/* FNV-1a by words of eight bytes; decides whether a text must be indexed again. */
static gint64
hash_text (const GString *text)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325) ^ text->len, word;
  gsize i = 0;

  for (; i + sizeof word <= text->len; i += sizeof word)
    {
      memcpy (&word, text->str + i, sizeof word);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9fb21c651e98df25);
      hash ^= hash >> 32;
    }
  for (; i < text->len; i++)
    hash = (hash ^ (guchar)text->str[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return (gint64)hash;
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
insert_text (GwSearchIndex *self, const char *sql, guint32 doc, const char *text, GError **error)
{
  g_autoptr (GwStatement) statement = gw_statement_prepare (self->writer, sql, error);

  if (statement == NULL)
    return FALSE;
  gw_statement_set_int64 (statement, 1, doc);
  gw_statement_set_text (statement, 2, text);
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
  map_set (self->docs, text->matter, doc);
  gw_search_initial_pairs (self->pairs, text->title);
  return gw_statement_run (statement, error) &&
         insert_text (self, "INSERT INTO words (rowid, text) VALUES (?1, ?2)", doc, text->all->str,
                      error) &&
         (self->pairs->len == 0 ||
          insert_text (self, "INSERT INTO initials (rowid, text) VALUES (?1, ?2)", doc,
                       self->pairs->str, error));
}

gboolean
gw_search_index_put (GwSearchIndex *self, const GwSearchText *text, GError **error)
{
  guint32 old = map_get (self->docs, text->matter);
  gint64 hash = hash_text (text->all);
  gboolean same = FALSE;

  self->n_put++;
  if (old != 0 && text->indexable && !is_indexed (self, old, hash, &same, error))
    return FALSE;
  if (same)
    return TRUE;
  if (old != 0)
    {
      map_set (self->docs, text->matter, 0);
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

  if (statement == NULL)
    return FALSE;
  gw_statement_bind_int64 (statement, ":watermark", watermark);
  gw_statement_bind_blob (statement, ":hash", hash, 32);
  return gw_statement_run (statement, error) && gw_db_commit (self->writer, error) &&
         sync_map (self, self->writer, error);
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
  /* FTS5 promises: fewer than two changes per command mean that there was nothing to do. */
  changes = sqlite3_total_changes (gw_db_handle (self->writer)) - before;
  *more = changes > 3;
  return TRUE;
}

gboolean
gw_search_index_is_worn (GwSearchIndex *self)
{
  return self->n_dead > WORN_LEAST && self->n_dead > self->next_doc / WORN_SHARE;
}
