/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-search-index-private.h"

#include <string.h>

#include "gw-fts5.h"
#include "gw-initials-tokenizer.h"
#include "gw-zh-tokenizer.h"

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
  self->highest = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->docs = g_array_new (FALSE, TRUE, sizeof (guint32));
  return self;
}

void
gw_search_index_close_idle (GwSearchIndex *self)
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
  gw_search_index_close_idle (self);
  gw_db_close (self->writer);
  g_rw_lock_clear (&self->life);
  g_rw_lock_clear (&self->map_lock);
  g_mutex_clear (&self->idle_lock);
  g_array_unref (self->matters);
  g_array_unref (self->highest);
  g_array_unref (self->docs);
  g_free (self->path);
  g_free (self);
}

/* ---- connections ---- */

GwDb *
gw_search_index_open_connection (GwSearchIndex *self, GwDbMode mode, GError **error)
{
  g_autoptr (GwDb) db = gw_db_open (self->path, mode, error);
  int rc;

  if (db == NULL)
    return NULL;
  rc = gw_zh_tokenizer_register (gw_db_handle (db));
  if (rc == SQLITE_OK)
    rc = gw_initials_tokenizer_register (gw_db_handle (db));
  if (rc == SQLITE_OK)
    rc = gw_fts5_add_collect (gw_db_handle (db));
  if (rc != SQLITE_OK)
    {
      gw_db_throw (db, rc, error);
      return NULL;
    }
  return g_steal_pointer (&db);
}

/* Texts are numbered without a gap, and no file has more matters than this: else it is damage, and
 * must not become an allocation. */
#define MAX_MATTER (1 << 28)

static gboolean
check_doc (const GArray *map, gint64 doc, gint64 matter, GError **error)
{
  return (doc == MAX (1, map->len) && matter > 0 && matter <= MAX_MATTER) ||
         gw_throw (error, GW_ERROR_CORRUPT,
                   "reading the search index: found text %" G_GINT64_FORMAT
                   " of matter %" G_GINT64_FORMAT,
                   doc, matter);
}

gboolean
gw_search_index_read_state (GwDb *db, gint64 *watermark, guint8 hash[32], GError **error)
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

gboolean
gw_search_index_check_format (GwDb *db, GError **error)
{
  gint64 version = -1, application = -1;

  if (!gw_db_query_int64 (db, "PRAGMA user_version", &version, error) ||
      !gw_db_query_int64 (db, "PRAGMA application_id", &application, error))
    return FALSE;
  return (version == GW_SEARCH_FORMAT && application == GW_SEARCH_APPLICATION_ID) ||
         gw_throw (error, GW_ERROR_FORMAT,
                   "opening the search index: found format %" G_GINT64_FORMAT, version);
}

/* ---- reading ---- */

/* Texts come in the order of their numbers: the last block is the one that may still grow. */
static void
note_highest (GwSearchIndex *self, gint64 doc, guint32 matter)
{
  guint block = (guint)(doc / GW_SEARCH_BLOCK);

  while (self->highest->len <= block)
    {
      guint32 before = self->highest->len > 0
                           ? g_array_index (self->highest, guint32, self->highest->len - 1)
                           : 0;

      g_array_append_val (self->highest, before);
    }
  g_array_index (self->highest, guint32, block) =
      MAX (matter, g_array_index (self->highest, guint32, block));
}

/* Texts that this connection's snapshot knows and the map does not. */
static gboolean
add_born (GwSearchIndex *self, GwDb *db, GError **error)
{
  g_autoptr (GwStatement) born =
      gw_statement_prepare (db, "SELECT doc, matter FROM doc WHERE doc >= :next ORDER BY doc",
                            error);
  gboolean row;

  if (born == NULL)
    return FALSE;
  gw_statement_bind_int64 (born, ":next", self->matters->len);
  for (;;)
    {
      gint64 doc, matter;

      if (!gw_statement_step (born, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      doc = gw_statement_get_int64 (born, 0);
      matter = gw_statement_get_int64 (born, 1);
      if (!check_doc (self->matters, doc, matter, error))
        return FALSE;
      gw_search_map_set (self->matters, doc, (guint32)matter);
      note_highest (self, doc, (guint32)matter);
    }
}

static gboolean
remove_died (GwSearchIndex *self, GwDb *db, GError **error)
{
  g_autoptr (GwStatement) died =
      gw_statement_prepare (db, "SELECT n, doc FROM dead WHERE n > :seen ORDER BY n", error);
  gboolean row;

  if (died == NULL)
    return FALSE;
  gw_statement_bind_int64 (died, ":seen", self->dead_seen);
  for (;;)
    {
      gint64 doc;

      if (!gw_statement_step (died, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      self->dead_seen = gw_statement_get_int64 (died, 0);
      doc = gw_statement_get_int64 (died, 1);
      if (doc > 0 && doc < self->matters->len)
        gw_search_map_set (self->matters, doc, 0);
    }
}

static gboolean
extend_map (GwSearchIndex *self, GwDb *db, gint64 life, GError **error)
{
  if (self->life_id != life)
    {
      g_array_set_size (self->matters, 0);
      g_array_set_size (self->highest, 0);
      self->dead_seen = 0;
      self->life_id = life;
    }
  return add_born (self, db, error) && remove_died (self, db, error);
}

static gboolean
read_life (GwDb *db, gint64 *life, GError **error)
{
  g_autoptr (GwStatement) statement = gw_statement_prepare (db, "SELECT life FROM state", error);
  gboolean row;

  if (statement == NULL || !gw_statement_step (statement, &row, error))
    return FALSE;
  *life = row ? gw_statement_get_int64 (statement, 0) : 0;
  return *life != 0 ||
         gw_throw (error, GW_ERROR_CORRUPT, "reading the search index: it has no state");
}

/* The map may know more than this snapshot: what it knows in addition concerns matters that changed
 * behind the watermark, and those are compared by reading. */
gboolean
gw_search_index_sync_map (GwSearchIndex *self, GwDb *db, gint64 *life, GError **error)
{
  gboolean good;

  if (!read_life (db, life, error))
    return FALSE;
  g_rw_lock_writer_lock (&self->map_lock);
  good = extend_map (self, db, *life, error);
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
    self->db = gw_search_index_open_connection (index, GW_DB_READ, error);
  if (self->db != NULL && gw_db_begin_read (self->db, error) &&
      gw_search_index_check_format (self->db, error) &&
      gw_search_index_read_state (self->db, &self->watermark, self->hash, error) &&
      gw_search_index_sync_map (index, self->db, &self->life, error))
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

/* ---- matching ---- */

#define ROWS_PER_LOOK 4096

typedef struct
{
  const GArray *matters; /* by doc */
  GwSearchSet *set;
  GCancellable *cancellable;
  guint n;
} Collecting;

static gboolean
collect_one (gint64 doc, gpointer data)
{
  Collecting *self = data;

  gw_search_set_add (self->set, gw_search_map_get (self->matters, doc));
  return ++self->n % ROWS_PER_LOOK != 0 || !g_cancellable_is_cancelled (self->cancellable);
}

static gboolean
collect_rows (GwStatement *statement, Collecting *collecting, GError **error)
{
  gboolean row;

  for (;;)
    {
      if (!gw_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      (void)collect_one (gw_statement_get_int64 (statement, 0), collecting);
    }
}

static gboolean
collect_phrase (GwStatement *statement, Collecting *collecting, GError **error)
{
  GwFts5Sink sink = { collect_one, collecting };
  gboolean row;

  gw_statement_bind_pointer (statement, ":sink", &sink, GW_FTS5_SINK);
  return gw_statement_step (statement, &row, error) &&
         !g_cancellable_set_error_if_cancelled (collecting->cancellable, error);
}

/* Runs @statement on the map. Another program may have put a new file in the place of the one that
 * this connection reads: then the map speaks of another one. */
static gboolean
collect (GwSearchReader *self,
         GwStatement *statement,
         gboolean (*func) (GwStatement *, Collecting *, GError **),
         GwSearchSet *set,
         GCancellable *cancellable,
         GError **error)
{
  Collecting collecting = { self->index->matters, set, cancellable, 0 };
  gboolean good;

  gw_db_set_cancellable (self->db, cancellable);
  g_rw_lock_reader_lock (&self->index->map_lock);
  good = self->index->life_id == self->life
             ? func (statement, &collecting, error)
             : gw_throw (error, GW_ERROR_STALE, "reading the search index: it was replaced");
  g_rw_lock_reader_unlock (&self->index->map_lock);
  gw_db_set_cancellable (self->db, NULL);
  gw_search_set_remove (set, 0); /* texts without a matter */
  return good;
}

gboolean
gw_search_reader_match (GwSearchReader *self,
                        GwSearchTable table,
                        const char *expression,
                        gboolean phrase,
                        GwSearchSet *set,
                        GCancellable *cancellable,
                        GError **error)
{
  static const char *const phrases[] = {
    [GW_SEARCH_WORDS] = "SELECT gw_collect (words, :sink) FROM words"
                        " WHERE words MATCH :expression LIMIT 1",
    [GW_SEARCH_INITIALS] = "SELECT gw_collect (initials, :sink) FROM initials"
                           " WHERE initials MATCH :expression LIMIT 1",
  };
  static const char *const others[] = {
    [GW_SEARCH_WORDS] = "SELECT rowid FROM words WHERE words MATCH :expression",
    [GW_SEARCH_INITIALS] = "SELECT rowid FROM initials WHERE initials MATCH :expression",
  };
  g_autoptr (GwStatement) statement =
      gw_statement_prepare (self->db, phrase ? phrases[table] : others[table], error);

  if (statement == NULL)
    return FALSE;
  gw_statement_bind_text (statement, ":expression", expression);
  return collect (self, statement, phrase ? collect_phrase : collect_rows, set, cancellable, error);
}

gboolean
gw_search_reader_match_range (GwSearchReader *self,
                              GwSearchTable table,
                              const char *expression,
                              gint64 from,
                              gint64 to,
                              GwSearchSet *set,
                              GCancellable *cancellable,
                              GError **error)
{
  static const char *const queries[] = {
    [GW_SEARCH_WORDS] = "SELECT rowid FROM words WHERE words MATCH :expression"
                        " AND rowid BETWEEN :from AND :last",
    [GW_SEARCH_INITIALS] = "SELECT rowid FROM initials WHERE initials MATCH :expression"
                           " AND rowid BETWEEN :from AND :last",
  };
  g_autoptr (GwStatement) statement = gw_statement_prepare (self->db, queries[table], error);

  if (statement == NULL)
    return FALSE;
  gw_statement_bind_text (statement, ":expression", expression);
  gw_statement_bind_int64 (statement, ":from", from);
  gw_statement_bind_int64 (statement, ":last", to - 1);
  return collect (self, statement, collect_rows, set, cancellable, error);
}

gint64
gw_search_reader_n_docs (GwSearchReader *self)
{
  gint64 n;

  g_rw_lock_reader_lock (&self->index->map_lock);
  n = self->index->matters->len;
  g_rw_lock_reader_unlock (&self->index->map_lock);
  return n;
}

guint32
gw_search_reader_highest (GwSearchReader *self, gint64 doc)
{
  gint64 block = doc / GW_SEARCH_BLOCK - 1;
  guint32 highest;

  g_rw_lock_reader_lock (&self->index->map_lock);
  highest = gw_search_map_get (self->index->highest, block);
  g_rw_lock_reader_unlock (&self->index->map_lock);
  return highest;
}
