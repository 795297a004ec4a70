/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-select.h"

#include <string.h>

#include "gw-derived-private.h"
#include "gw-select-order.h"
#include "gw-select-pass.h"
#include "gw-text.h"

/* The newest rows, without looking at the others: chunks from the last one down until no older one
 * can hold a newer row, and of the texts only those that may belong to them. */

/* Texts read one by one; with more it is quicker to read them in order, all of them. */
#define MAX_CHECKED 2000
/* Texts of the first question and the most of a further one, as a multiple of those before. */
#define FIRST_TEXTS 2048
#define MAX_GROWTH 8

typedef struct
{
  guint32 reported, id;
} Row;

typedef struct
{
  GwPass pass;
  GwSearchRun run;
  gpointer hold; /* owned, nullable: what the run needs open */
  guint wanted;
  GArray *rows;            /* owned: Row, in the order of the result, at most @wanted */
  GArray *unsure;          /* owned: Row of one chunk whose text must be read */
  guint32 *newest;         /* owned: by chunk, of it and those before */
  GwSearchSet *good, *bad; /* owned, nullable: whose text was read */
  guint n_checked;
  GCancellable *cancellable;
} First;

static void
first_clear (First *self)
{
  gw_search_run_clear (&self->run);
  if (self->hold != NULL)
    gw_derived_release (self->hold);
  gw_pass_clear (&self->pass);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->unsure, g_array_unref);
  g_clear_pointer (&self->newest, g_free);
  g_clear_pointer (&self->good, gw_search_set_free);
  g_clear_pointer (&self->bad, gw_search_set_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (First, first_clear)

/* ---- the rows so far ---- */

/* The newest first; of two of one second the later one. */
static gint
compare_rows (gconstpointer a, gconstpointer b)
{
  const Row *left = a, *right = b;

  if (left->reported != right->reported)
    return left->reported > right->reported ? -1 : 1;
  return left->id > right->id ? -1 : left->id < right->id;
}

static gboolean
is_full (const First *self)
{
  return self->rows->len == self->wanted;
}

static const Row *
last_row (const First *self)
{
  return &g_array_index (self->rows, Row, self->rows->len - 1);
}

static gboolean
would_enter (const First *self, const Row *row)
{
  return !is_full (self) || compare_rows (row, last_row (self)) < 0;
}

/* Most rows come in order, at the end. */
static void
enter (First *self, const Row *row)
{
  guint at;

  if (is_full (self))
    g_array_set_size (self->rows, self->wanted - 1);
  at = self->rows->len;
  while (at > 0 && compare_rows (row, &g_array_index (self->rows, Row, at - 1)) < 0)
    at--;
  g_array_insert_vals (self->rows, at, row, 1);
}

/* ---- chunks ---- */

static void
find_newest (First *self)
{
  const GwSnapshot *snapshot = self->pass.snapshot;
  guint32 newest = 0;

  self->newest = g_new (guint32, MAX (1, snapshot->n_chunks));
  for (guint i = 0; i < snapshot->n_chunks; i++)
    {
      newest = MAX (newest, gw_snapshot_chunk_newest (snapshot->chunks[i]));
      self->newest[i] = newest;
    }
}

/* The rows of a chunk that the filter takes and that are new enough; those that may have to be
 * read for it are put aside. */
static void
enter_sure (First *self, guint chunk, const GwSearchSet *candidates, const GwSearchSet *sure)
{
  const GwSnapshot *snapshot = self->pass.snapshot;
  gint64 id = (gint64)chunk << GW_SNAPSHOT_CHUNK_BITS;
  gint64 end = MIN (id + GW_SNAPSHOT_CHUNK, snapshot->n);

  g_array_set_size (self->unsure, 0);
  for (id = MAX (id, 1); id < end; id++)
    {
      Row row;

      if (candidates != NULL)
        id = gw_search_set_next (candidates, id);
      if (id < 0 || id >= end)
        break;
      row.id = (guint32)id;
      row.reported = snapshot->chunks[chunk]->columns.reported[row.id & GW_SNAPSHOT_CHUNK_MASK];
      if (!would_enter (self, &row) || !gw_pass_takes (&self->pass, row.id))
        continue;
      if (sure == NULL || gw_search_set_has (sure, id))
        enter (self, &row);
      else
        g_array_append_val (self->unsure, row);
    }
}

/* Whether the text of @id fits, which was not sure; asked once. */
static gboolean
check_text (First *self, guint32 id, gboolean *fits, GError **error)
{
  if (self->good == NULL)
    {
      self->good = gw_search_set_new (self->pass.snapshot->n);
      self->bad = gw_search_set_new (self->pass.snapshot->n);
    }
  *fits = gw_search_set_has (self->good, id);
  if (*fits || gw_search_set_has (self->bad, id))
    return TRUE;
  self->n_checked++;
  if (!gw_search_run_check_one (&self->run, id, fits, error))
    return FALSE;
  gw_search_set_add (*fits ? self->good : self->bad, id);
  return TRUE;
}

static gboolean
enter_unsure (First *self, GError **error)
{
  g_array_sort (self->unsure, compare_rows);
  for (guint i = 0; i < self->unsure->len && self->n_checked <= MAX_CHECKED; i++)
    {
      const Row *row = &g_array_index (self->unsure, Row, i);
      gboolean fits;

      if (!would_enter (self, row))
        break;
      if (!check_text (self, row->id, &fits, error))
        return FALSE;
      if (fits)
        enter (self, row);
    }
  return TRUE;
}

/* No row of a chunk up to @chunk can enter: of two of one second the later comes first. */
static gboolean
is_settled (const First *self, guint chunk)
{
  return is_full (self) && self->newest[chunk] <= last_row (self)->reported;
}

static gboolean
walk_chunks (First *self, const GwSearchSet *candidates, const GwSearchSet *sure, GError **error)
{
  g_array_set_size (self->rows, 0);
  for (guint chunk = self->pass.snapshot->n_chunks;
       chunk-- > 0 && !is_settled (self, chunk) && self->n_checked <= MAX_CHECKED;)
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
        return FALSE;
      enter_sure (self, chunk, candidates, sure);
      if (!enter_unsure (self, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- texts ---- */

/* No matter up to @unseen can enter, which may come later than the last of one second with it. */
static gboolean
is_unseen_settled (const First *self, guint32 unseen)
{
  const GwSnapshot *snapshot = self->pass.snapshot;
  guint chunk = MIN (unseen >> GW_SNAPSHOT_CHUNK_BITS, snapshot->n_chunks - 1);
  const guint32 *reported = snapshot->chunks[chunk]->columns.reported;
  guint32 newest = chunk > 0 ? self->newest[chunk - 1] : 0;
  guint rows = MIN (unseen, snapshot->n - 1) + 1 - (chunk << GW_SNAPSHOT_CHUNK_BITS);

  for (guint row = 0; row < rows; row++)
    newest = MAX (newest, reported[row]);
  return is_full (self) && newest < last_row (self)->reported;
}

/* As many as will do if the rest is like what was seen. */
static gint64
guess_texts (const First *self)
{
  gint64 seen = self->run.n_asked, missing = self->wanted - self->rows->len;

  if (seen == 0)
    return FIRST_TEXTS;
  if (missing == 0)
    return MAX (FIRST_TEXTS, seen / 2);
  return CLAMP (seen * missing * 5 / 4 / MAX (1, self->rows->len), FIRST_TEXTS, seen * MAX_GROWTH);
}

static gboolean
walk_texts (First *self, GError **error)
{
  for (guint32 unseen = 1; unseen != 0;)
    {
      g_autoptr (GwSearchSet) candidates = NULL, sure = NULL;

      if (!gw_search_run_ask_more (&self->run, guess_texts (self), error))
        return FALSE;
      candidates = gw_search_run_fits (&self->run, FALSE);
      sure = gw_search_run_fits (&self->run, TRUE);
      if (!walk_chunks (self, candidates, sure, error))
        return FALSE;
      unseen = gw_search_run_unseen (&self->run);
      if (self->n_checked > MAX_CHECKED || is_unseen_settled (self, unseen))
        break;
    }
  return TRUE;
}

static gboolean
find_rows (First *self, GwStore *store, GError **error)
{
  const GwFilter *filter = self->pass.filter;
  GwSearchQuery query = { .actor = self->pass.actor,
                          .text = filter->text,
                          .snapshot = self->pass.snapshot,
                          .tree = self->pass.tree,
                          .types = self->pass.tables };

  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->unsure = g_array_new (FALSE, FALSE, sizeof (Row));
  if (self->wanted == 0 || self->pass.snapshot->n_chunks == 0)
    return TRUE;
  find_newest (self);
  if (filter->text == NULL || gw_text_is_blank (filter->text))
    return walk_chunks (self, NULL, NULL, error);
  self->run.query = &query;
  self->run.cancellable = self->cancellable;
  if (!gw_derived_begin_search (store, &self->run, &self->hold, error))
    return FALSE;
  return self->run.words->len == 0 ? walk_chunks (self, NULL, NULL, error)
                                   : walk_texts (self, error);
}

/* ---- public ---- */

static GwSelection *
make_page (const First *self)
{
  g_autofree guint32 *ids = g_new (guint32, self->rows->len + 1);
  GwSelection *page = gw_selection_new (self->rows->len, self->pass.n_areas, self->pass.n_types);

  for (guint i = 0; i < self->rows->len; i++)
    ids[i] = g_array_index (self->rows, Row, i).id;
  page->seq = self->pass.snapshot->seq;
  page->now = self->pass.clock;
  gw_pass_gather (&self->pass, ids, page);
  return page;
}

/* The first @n of a whole selection. */
static GwSelection *
cut (const GwSelection *all, guint n)
{
  GwSelection *page = gw_selection_new (MIN (n, all->n), all->n_areas, all->n_types);

  page->seq = all->seq;
  page->now = all->now;
  page->ids = g_memdup2 (all->ids, page->n * sizeof *all->ids);
  page->x = g_memdup2 (all->x, page->n * sizeof *all->x);
  page->y = g_memdup2 (all->y, page->n * sizeof *all->y);
  page->states = g_memdup2 (all->states, page->n * sizeof *all->states);
  page->lamps = g_memdup2 (all->lamps, page->n * sizeof *all->lamps);
  page->areas = g_memdup2 (all->areas, page->n * sizeof *all->areas);
  page->types = g_memdup2 (all->types, page->n * sizeof *all->types);
  return page;
}

static GwSelection *
select_and_cut (GwStore *self,
                const GwActor *actor,
                const GwFilter *filter,
                guint n,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GwSelection) all = gw_store_select (self, actor, filter, cancellable, error);

  return all != NULL ? cut (all, n) : NULL;
}

/**
 * gw_store_select_first:
 * @actor: who asks; the scope is applied here
 * @filter: what is asked for
 * @n: rows wanted
 * @cancellable: (nullable):
 *
 * The first rows of what gw_store_select gives. Blocking, for worker threads. Other orders than the
 * newest first, and words that can only be found by reading many texts, cost the whole selection.
 *
 * Returns: (transfer full): a selection of at most @n rows whose figures are all 0; NULL with
 *   %G_IO_ERROR_CANCELLED or an error of reading the file
 */
GwSelection *
gw_store_select_first (GwStore *self,
                       const GwActor *actor,
                       const GwFilter *filter,
                       guint n,
                       GCancellable *cancellable,
                       GError **error)
{
  g_auto (First) first = { .pass = { .actor = actor, .filter = filter, .store = self },
                           .wanted = n,
                           .cancellable = cancellable };

  if (filter->sort != GW_SORT_REPORTED_DESC)
    return select_and_cut (self, actor, filter, n, cancellable, error);
  if (!gw_pass_begin (&first.pass, cancellable, error) || !find_rows (&first, self, error))
    return NULL;
  if (first.n_checked > MAX_CHECKED)
    return select_and_cut (self, actor, filter, n, cancellable, error);
  return make_page (&first);
}
