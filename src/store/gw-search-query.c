/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-search-query.h"

#include <string.h>

#include "gw-restricted.h"
#include "gw-search-exact.h"

/* So many entries are read in a moment; beyond, the follower is asked to go on beside an import. */
#define FAR_BEHIND 20000

void
gw_search_run_clear (GwSearchRun *self)
{
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->read, gw_search_set_free);
  g_clear_pointer (&self->changed, gw_search_set_free);
  if (self->db != NULL)
    {
      gw_db_set_cancellable (self->db, NULL);
      gw_db_end_read (self->db);
    }
  gw_store_private_reader_clear (&self->store);
  gw_search_reader_end (&self->index);
}

/* ---- what must be read whatever the index says ---- */

static guint32
rights_of (const GwActor *actor)
{
  return actor->account == 0 ? G_MAXUINT32 : gw_role_may (actor->role);
}

/* Restricted matters are in no index: those the actor may read are read, others fit no word. */
static gboolean
choose_read (GwSearchRun *self, GError **error)
{
  const GwSearchQuery *query = self->query;
  g_autoptr (GwSearchSet) readable =
      gw_search_find_readable (self->search, query->actor, query->snapshot, self->cancellable,
                               error);

  if (readable == NULL)
    return FALSE;
  g_clear_pointer (&self->read, gw_search_set_free);
  self->read = gw_search_set_copy (self->changed);
  for (gint64 id = gw_search_set_next (self->read, 0); id >= 0;
       id = gw_search_set_next (self->read, id + 1))
    {
      const GwSnapshotColumns *columns =
          &query->snapshot->chunks[id >> GW_SNAPSHOT_CHUNK_BITS]->columns;

      if ((columns->flags[id & GW_SNAPSHOT_CHUNK_MASK] & GW_ROW_RESTRICTED) != 0)
        gw_search_set_remove (self->read, id);
    }
  gw_search_set_or (self->read, readable);
  return TRUE;
}

static void
add_all_listed (const GwSnapshot *snapshot, GwSearchSet *set)
{
  for (guint id = 1; id < snapshot->n; id++)
    if ((snapshot->chunks[id >> GW_SNAPSHOT_CHUNK_BITS]
             ->columns.flags[id & GW_SNAPSHOT_CHUNK_MASK] &
         GW_ROW_LISTED) != 0)
      gw_search_set_add (set, id);
}

static gboolean
add_changed_since (GwDb *db, gint64 seq, GwSearchSet *set, GError **error)
{
  g_autoptr (GwStatement) statement =
      gw_statement_prepare (db, "SELECT matter FROM event WHERE seq > :seq AND matter IS NOT NULL",
                            error);
  gboolean row;

  if (statement == NULL)
    return FALSE;
  gw_statement_bind_int64 (statement, ":seq", seq);
  for (;;)
    {
      if (!gw_statement_step (statement, &row, error))
        return FALSE;
      if (!row)
        return TRUE;
      gw_search_set_add (set, gw_statement_get_int64 (statement, 0));
    }
}

static gboolean
index_fits_journal (GwSearchReader *reader, GwDb *db)
{
  guint8 hash[32];

  return gw_snapshot_journal_hash (db, reader->watermark, hash, NULL) &&
         memcmp (hash, reader->hash, sizeof hash) == 0;
}

/* Without the index every text is read. */
static gboolean
do_without_index (GwSearchRun *self, GError **error)
{
  self->asked_from = 1;
  add_all_listed (self->query->snapshot, self->changed);
  return choose_read (self, error);
}

static gboolean
prepare_texts (GwSearchRun *self, GError **error)
{
  self->changed = gw_search_set_new (self->query->snapshot->n);
  if ((rights_of (self->query->actor) & (GW_MAY_LIST | GW_MAY_READ)) == 0)
    {
      self->asked_from = 1;
      self->read = gw_search_set_new (self->query->snapshot->n);
      return TRUE;
    }
  if (self->index.db == NULL || !index_fits_journal (&self->index, self->db))
    return do_without_index (self, error);
  self->asked_from = MAX (1, gw_search_reader_n_docs (&self->index));
  if (gw_store_last_seq (self->search->store) - self->index.watermark > FAR_BEHIND)
    gw_search_ask (self->search);
  return add_changed_since (self->db, self->index.watermark, self->changed, error) &&
         choose_read (self, error);
}

/* ---- begin ---- */

/* The index first: what it does not hold, the later snapshot of the journal names. */
static gboolean
open_both (GwSearchRun *self, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!gw_search_reader_begin (&self->index, self->search->index, &failure))
    {
      g_debug ("search without index: %s", failure->message);
      if (g_error_matches (failure, GW_ERROR, GW_ERROR_CORRUPT))
        gw_search_report_damage (self->search);
    }
  if (!gw_store_private_reader (&self->store, self->search->store, self->cancellable, error) ||
      !gw_db_begin_read (self->store.db, error))
    return FALSE;
  self->db = self->store.db;
  gw_db_set_cancellable (self->db, self->cancellable);
  return TRUE;
}

static gboolean
find_given (GwSearchRun *self, GError **error)
{
  for (guint i = 0; i < self->words->len; i++)
    {
      GwSearchWord *word = g_ptr_array_index (self->words, i);

      if (!gw_search_find_number (self->search->store, self->db, self->query, word->text,
                                  word->given, error))
        return FALSE;
      gw_search_find_place (self->query, word->text, word->initials != NULL, word->given);
    }
  return TRUE;
}

gboolean
gw_search_run_begin (GwSearchRun *self, GError **error)
{
  self->titles_only = (rights_of (self->query->actor) & GW_MAY_READ) == 0;
  self->words =
      gw_search_split_words (self->query->text, self->query->snapshot->n, self->titles_only);
  return self->words->len == 0 ||
         (open_both (self, error) && prepare_texts (self, error) && find_given (self, error));
}

/* ---- asking ---- */

static gboolean
ask_table (GwSearchRun *self,
           GwSearchTable table,
           const char *expression,
           gboolean phrase,
           gint64 from,
           GwSearchSet *set,
           GError **error)
{
  if (from == 1 && self->n_asked == 0)
    return gw_search_reader_match (&self->index, table, expression, phrase, set, self->cancellable,
                                   error);
  return gw_search_reader_match_range (&self->index, table, expression, from, self->asked_from, set,
                                       self->cancellable, error);
}

static gboolean
ask_words (GwSearchRun *self, gint64 from, GError **error)
{
  for (guint i = 0; i < self->words->len; i++)
    {
      GwSearchWord *word = g_ptr_array_index (self->words, i);

      if (!ask_table (self, GW_SEARCH_WORDS, word->expression, word->exact, from,
                      word->exact ? word->sure : word->maybe, error))
        return FALSE;
      if (word->initials != NULL &&
          !ask_table (self, GW_SEARCH_INITIALS, word->initials, TRUE, from, word->sure, error))
        return FALSE;
    }
  return TRUE;
}

static void
forget_hits (GwSearchRun *self)
{
  for (guint i = 0; i < self->words->len; i++)
    {
      GwSearchWord *word = g_ptr_array_index (self->words, i);

      gw_search_set_clear (word->sure);
      gw_search_set_clear (word->maybe);
    }
}

/* Damage is reported and everything read instead. FALSE: cancelled, or the store itself fails. */
static gboolean
ask_from (GwSearchRun *self, gint64 from, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (ask_words (self, from, &failure))
    {
      self->asked_from = from;
      return TRUE;
    }
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  g_debug ("search without index: %s", failure->message);
  gw_search_report_damage (self->search);
  forget_hits (self);
  return do_without_index (self, error);
}

gboolean
gw_search_run_ask_all (GwSearchRun *self, GError **error)
{
  if (self->asked_from == 1)
    return TRUE;
  return ask_from (self, 1, error);
}

gboolean
gw_search_run_ask_more (GwSearchRun *self, gint64 n, GError **error)
{
  gint64 from = MAX (1, (self->asked_from - n) / GW_SEARCH_BLOCK * GW_SEARCH_BLOCK);
  gint64 asked = self->asked_from - from;

  if (self->asked_from == 1)
    return TRUE;
  self->n_asked += asked;
  return ask_from (self, from, error);
}

guint32
gw_search_run_unseen (GwSearchRun *self)
{
  return self->asked_from == 1 ? 0 : gw_search_reader_highest (&self->index, self->asked_from);
}

/* ---- putting together ---- */

static GwSearchSet *
fits_word (const GwSearchRun *self, const GwSearchWord *word, gboolean surely)
{
  GwSearchSet *fits = gw_search_set_copy (word->sure);

  if (!surely)
    gw_search_set_or (fits, word->maybe);
  gw_search_set_and_not (fits, self->changed);
  if (surely)
    gw_search_set_and_not (fits, self->read);
  else
    gw_search_set_or (fits, self->read);
  gw_search_set_or (fits, word->given);
  return fits;
}

GwSearchSet *
gw_search_run_fits (const GwSearchRun *self, gboolean surely)
{
  GwSearchSet *result = NULL;

  for (guint i = 0; i < self->words->len; i++)
    {
      g_autoptr (GwSearchSet) fits = fits_word (self, g_ptr_array_index (self->words, i), surely);

      if (result != NULL)
        gw_search_set_and (result, fits);
      else
        result = g_steal_pointer (&fits);
    }
  return result;
}

/* ---- all at once ---- */

static GwSearchSet *
everything (const GwSnapshot *snapshot)
{
  GwSearchSet *set = gw_search_set_new (snapshot->n);

  add_all_listed (snapshot, set);
  return set;
}

GwSearchSet *
gw_search_run (GwSearch *self,
               const GwSearchQuery *query,
               GCancellable *cancellable,
               GError **error)
{
  g_auto (GwSearchRun) run = { .search = self, .query = query, .cancellable = cancellable };
  g_autoptr (GwSearchSet) result = NULL, unsure = NULL, sure = NULL;

  if (!gw_search_run_begin (&run, error))
    return NULL;
  if (run.words->len == 0)
    return everything (query->snapshot);
  if (!gw_search_run_ask_all (&run, error))
    return NULL;
  result = gw_search_run_fits (&run, FALSE);
  sure = gw_search_run_fits (&run, TRUE);
  unsure = gw_search_set_copy (result);
  gw_search_set_and_not (unsure, sure);
  return gw_search_run_check (&run, unsure, result, error) ? g_steal_pointer (&result) : NULL;
}
