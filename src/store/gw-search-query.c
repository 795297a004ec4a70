/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-search-private.h"

#include <string.h>

#include "gw-search-exact.h"
#include "gw-search-word.h"
#include "gw-text.h"
#include "gw-zh-tokenizer.h"

/* Candidates whose text is read and compared. Beyond it the AND of bigrams stands as it is: with so
 * many hits a false one is rare, and reading would take longer than a person waits. */
#define MAX_CHECKED 65536

typedef struct
{
  GwSearch *search;
  const GwSearchQuery *query;
  GPtrArray *words;     /* owned: GwSearchWord */
  GwSearchReader index; /* its snapshot is older than that of @db */
  GwReader store;
  gboolean titles_only; /* the actor sees no other text */
  GwDb *db;             /* of @store, in a read transaction */
  GwSearchSet *result;  /* owned */
  GCancellable *cancellable;
} Run;

static void
run_clear (Run *self)
{
  g_clear_pointer (&self->words, g_ptr_array_unref);
  g_clear_pointer (&self->result, gw_search_set_free);
  if (self->db != NULL)
    {
      gw_db_set_cancellable (self->db, NULL);
      gw_db_end_read (self->db);
    }
  gw_store_private_reader_clear (&self->store);
  gw_search_reader_end (&self->index);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* ---- what must be read whatever the index says ---- */

static guint32
rights_of (const GwActor *actor)
{
  return actor->account == 0 ? G_MAXUINT32 : gw_role_may (actor->role);
}

gboolean
gw_search_may_read_restricted (const GwActor *actor, guint32 lead_org)
{
  if (actor->account == 0)
    return TRUE;
  return (gw_role_may (actor->role) & GW_MAY_RESTRICTED) != 0 && actor->org != 0 &&
         actor->org == lead_org;
}

/* Flags of eight rows at once. */
#define EIGHT_RESTRICTED (G_GUINT64_CONSTANT (0x0101010101010101) * GW_ROW_RESTRICTED)

static void
sort_restricted_row (const GwSearchQuery *query, guint id, GwSearchSet *read, GwSearchSet *hidden)
{
  const GwSnapshotColumns *columns =
      &query->snapshot->chunks[id >> GW_SNAPSHOT_CHUNK_BITS]->columns;
  guint row = id & GW_SNAPSHOT_CHUNK_MASK;

  if ((columns->flags[row] & GW_ROW_RESTRICTED) == 0)
    return;
  gw_search_set_add (gw_search_may_read_restricted (query->actor, columns->org[row]) ? read
                                                                                     : hidden,
                     id);
}

/* Restricted matters are in no index: those the actor may read are read, others fit no word. */
static void
sort_restricted (const GwSearchQuery *query, GwSearchSet *read, GwSearchSet *hidden)
{
  const GwSnapshot *snapshot = query->snapshot;

  for (guint first = 0; first < snapshot->n; first += 8)
    {
      guint64 flags;

      memcpy (&flags,
              snapshot->chunks[first >> GW_SNAPSHOT_CHUNK_BITS]->columns.flags +
                  (first & GW_SNAPSHOT_CHUNK_MASK),
              sizeof flags);
      if ((flags & EIGHT_RESTRICTED) == 0)
        continue;
      for (guint id = first; id < MIN (first + 8, snapshot->n); id++)
        sort_restricted_row (query, id, read, hidden);
    }
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

/* ---- the index ---- */

static gboolean
ask_index (Run *run, GError **error)
{
  GwSearchReader *reader = &run->index;

  for (guint i = 0; i < run->words->len; i++)
    {
      GwSearchWord *word = g_ptr_array_index (run->words, i);

      if (!gw_search_reader_match (reader, GW_SEARCH_WORDS, word->expression,
                                   word->exact ? word->sure : word->maybe, run->cancellable, error))
        return FALSE;
      if (word->pairs != NULL &&
          !gw_search_reader_match (reader, GW_SEARCH_INITIALS, word->pairs,
                                   word->exact_pairs ? word->sure : word->maybe, run->cancellable,
                                   error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
index_fits_journal (GwSearchReader *reader, GwDb *db)
{
  guint8 hash[32];

  return gw_snapshot_journal_hash (db, reader->watermark, hash, NULL) &&
         memcmp (hash, reader->hash, sizeof hash) == 0;
}

static void
forget_hits (Run *run)
{
  for (guint i = 0; i < run->words->len; i++)
    {
      GwSearchWord *word = g_ptr_array_index (run->words, i);

      memset (word->sure->words, 0, word->sure->n_words * sizeof *word->sure->words);
      memset (word->maybe->words, 0, word->maybe->n_words * sizeof *word->maybe->words);
    }
}

/* Hits of the index; @read gets the matters that it does not answer for. Damage is reported and
 * everything read instead. FALSE: cancelled, or the store itself fails. */
static gboolean
collect_from_index (Run *run, GwSearchSet *read, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (run->index.db == NULL || !index_fits_journal (&run->index, run->db))
    {
      add_all_listed (run->query->snapshot, read);
      return TRUE;
    }
  if (ask_index (run, &failure))
    return add_changed_since (run->db, run->index.watermark, read, error);
  if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
    return FALSE;
  g_debug ("search without index: %s", failure->message);
  gw_search_report_damage (run->search);
  forget_hits (run);
  add_all_listed (run->query->snapshot, read);
  return TRUE;
}

/* Nothing is sure of who sees titles only: the index knows all texts. */
static void
doubt_everything (Run *run)
{
  for (guint i = 0; i < run->words->len; i++)
    {
      GwSearchWord *word = g_ptr_array_index (run->words, i);

      gw_search_set_or (word->maybe, word->sure);
      gw_search_set_and_not (word->sure, word->sure);
    }
}

static gboolean
collect_texts (Run *run, GwSearchSet *read, GError **error)
{
  g_autoptr (GwSearchSet) hidden = gw_search_set_new (run->query->snapshot->n);

  if ((rights_of (run->query->actor) & (GW_MAY_LIST | GW_MAY_READ)) == 0)
    return TRUE;
  if (!collect_from_index (run, read, error))
    return FALSE;
  if (run->titles_only)
    doubt_everything (run);
  sort_restricted (run->query, read, hidden);
  gw_search_set_and_not (read, hidden);
  for (guint i = 0; i < run->words->len; i++)
    {
      GwSearchWord *word = g_ptr_array_index (run->words, i);

      gw_search_set_and_not (word->sure, hidden);
      gw_search_set_and_not (word->sure, read);
      gw_search_set_and_not (word->maybe, hidden);
      gw_search_set_or (word->maybe, read);
    }
  return TRUE;
}

/* ---- the check ---- */

static gboolean
raw_fits_word (const Run *run,
               const GwSearchWord *word,
               const char *title,
               const char *summary,
               const char *address)
{
  if (!word->ideographs)
    return FALSE;
  return strstr (title, word->text) != NULL ||
         (!run->titles_only && (strstr (summary, word->text) != NULL ||
                                (address != NULL && strstr (address, word->text) != NULL)));
}

/* Most candidates fit, and show it as they stand. */
static gboolean
check_raw (
    gint64 matter, const char *title, const char *summary, const char *address, gpointer data)
{
  Run *run = data;

  for (guint i = 0; i < run->words->len; i++)
    {
      GwSearchWord *word = g_ptr_array_index (run->words, i);

      if (!gw_search_set_has (word->sure, matter) &&
          !raw_fits_word (run, word, title, summary, address))
        return FALSE;
    }
  return TRUE;
}

static gboolean
title_has (const char *title, const char *word)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  gw_zh_fold (folded, title);
  return strstr (folded->str, word) != NULL;
}

static gboolean
text_fits_word (const Run *run, const GwSearchText *text, const GwSearchWord *word)
{
  if (strstr (text->all->str, word->text) != NULL &&
      (!run->titles_only || title_has (text->title, word->text)))
    return TRUE;
  return word->pairs != NULL && gw_text_matches_initials (text->title, word->text);
}

static gboolean
check_text (const GwSearchText *text, gpointer data)
{
  Run *run = data;

  for (guint i = 0; i < run->words->len; i++)
    {
      GwSearchWord *word = g_ptr_array_index (run->words, i);

      if (gw_search_set_has (word->sure, text->matter))
        continue;
      if (!text_fits_word (run, text, word))
        {
          gw_search_set_remove (run->result, text->matter);
          break;
        }
    }
  return !g_cancellable_is_cancelled (run->cancellable);
}

static gboolean
check_texts (Run *run, const GwSearchSet *set, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 id = gw_search_set_next (set, 1); id >= 0; id = gw_search_set_next (set, id + 1))
    g_array_append_val (ids, id);
  return gw_search_text_read (run->db, run->query->types, (const gint64 *)(gconstpointer)ids->data,
                              ids->len, check_raw, check_text, run, error) &&
         !g_cancellable_set_error_if_cancelled (run->cancellable, error);
}

/* What fits every word, surely or perhaps. */
static GwSearchSet *
fits_all (Run *run, gboolean surely)
{
  GwSearchSet *result = NULL;

  for (guint i = 0; i < run->words->len; i++)
    {
      GwSearchWord *word = g_ptr_array_index (run->words, i);
      g_autoptr (GwSearchSet) fits = gw_search_set_copy (word->sure);

      if (!surely)
        gw_search_set_or (fits, word->maybe);
      if (result != NULL)
        gw_search_set_and (result, fits);
      else
        result = g_steal_pointer (&fits);
    }
  return result;
}

/* AND of the words; what is not sure of every word is checked. */
static gboolean
intersect_words (Run *run, const GwSearchSet *read, GError **error)
{
  g_autoptr (GwSearchSet) unsure = NULL, sure = fits_all (run, TRUE);

  run->result = fits_all (run, FALSE);
  unsure = gw_search_set_copy (run->result);
  gw_search_set_and_not (unsure, sure);
  if (!run->titles_only && gw_search_set_count (unsure) > MAX_CHECKED)
    gw_search_set_and (unsure, read);
  return check_texts (run, unsure, error);
}

static gboolean
run_in_read (Run *run, GError **error)
{
  g_autoptr (GwSearchSet) read = gw_search_set_new (run->query->snapshot->n);

  if (!collect_texts (run, read, error))
    return FALSE;
  for (guint i = 0; i < run->words->len; i++)
    {
      GwSearchWord *word = g_ptr_array_index (run->words, i);

      if (!gw_search_find_number (run->search->store, run->db, run->query, word->text, word->sure,
                                  error))
        return FALSE;
      gw_search_find_place (run->query, word->text, word->sure);
    }
  return intersect_words (run, read, error);
}

/* The index first: what it does not hold, the later snapshot of the journal names. */
static gboolean
begin_reading (Run *run, GError **error)
{
  g_autoptr (GError) failure = NULL;

  run->titles_only = (rights_of (run->query->actor) & GW_MAY_READ) == 0;
  if (!gw_search_reader_begin (&run->index, run->search->index, &failure))
    {
      g_debug ("search without index: %s", failure->message);
      if (g_error_matches (failure, GW_ERROR, GW_ERROR_CORRUPT))
        gw_search_report_damage (run->search);
    }
  if (!gw_store_private_reader (&run->store, run->search->store, run->cancellable, error) ||
      !gw_db_begin_read (run->store.db, error))
    return FALSE;
  run->db = run->store.db;
  gw_db_set_cancellable (run->db, run->cancellable);
  return TRUE;
}

GwSearchSet *
gw_search_run (GwSearch *self,
               const GwSearchQuery *query,
               GCancellable *cancellable,
               GError **error)
{
  g_auto (Run) run = { .search = self, .query = query, .cancellable = cancellable };

  run.words = gw_search_split_words (query->text, query->snapshot->n);
  if (run.words->len == 0)
    {
      run.result = gw_search_set_new (query->snapshot->n);
      add_all_listed (query->snapshot, run.result);
      return g_steal_pointer (&run.result);
    }
  if (!begin_reading (&run, error) || !run_in_read (&run, error))
    return NULL;
  return g_steal_pointer (&run.result);
}
