/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-select.h"

#include <string.h>

#include "gw-derived-private.h"
#include "gw-select-order.h"
#include "gw-select-pass.h"
#include "gw-text.h"

/* ---- the result ---- */

static void
add_count (GwAreaCount *to, const GwAreaCount *from)
{
  to->total += from->total;
  to->open += from->open;
  to->overdue += from->overdue;
  to->closed += from->closed;
}

/* From leaves to the root; entry 0 becomes the whole district. */
static void
sum_areas (GwPass *self)
{
  for (guint32 id = 1; id <= self->n_areas; id++)
    add_count (&self->by_area[0], &self->by_area[id]);
  for (guint level = GW_N_LEVELS; level-- > 0;)
    for (guint32 id = 1; id <= self->n_areas; id++)
      {
        const GwArea *area = gw_area_tree_get (self->tree, id);

        if (area != NULL && (guint)area->level == level && area->parent != GW_AREA_NONE)
          add_count (&self->by_area[area->parent], &self->by_area[id]);
      }
}

static GwSelection *
make_selection (const GwPass *self)
{
  GwSelection *selection = gw_selection_new (self->n, self->n_areas, self->n_types);

  selection->seq = self->snapshot->seq;
  selection->now = self->clock;
  gw_pass_gather (self, self->ids, selection);
  memcpy ((gpointer)selection->by_area, self->by_area, (self->n_areas + 1) * sizeof *self->by_area);
  memcpy ((gpointer)selection->by_type, self->by_type, (self->n_types + 1) * sizeof *self->by_type);
  selection->sum = self->sum;
  memcpy (selection->trend_reported, self->trend_reported, sizeof self->trend_reported);
  memcpy (selection->trend_closed, self->trend_closed, sizeof self->trend_closed);
  selection->reported_today = self->trend_reported[GW_TREND_DAYS - 1];
  selection->closed_today = self->trend_closed[GW_TREND_DAYS - 1];
  return selection;
}

/* ---- ranks for sorting ---- */

typedef struct
{
  const char *text; /* borrowed, nullable */
  guint32 id;
} Ranked;

static gint
compare_ranked (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (((const Ranked *)a)->text, ((const Ranked *)b)->text);
}

/* The place of each id when its texts are in order; element 0 of @texts is id 0. */
static GArray *
rank_texts (GArray *texts)
{
  GArray *ranks = g_array_sized_new (FALSE, TRUE, sizeof (guint32), texts->len);

  g_array_set_size (ranks, texts->len);
  g_array_sort (texts, compare_ranked);
  for (guint i = 0; i < texts->len; i++)
    g_array_index (ranks, guint32, g_array_index (texts, Ranked, i).id) = i;
  return ranks;
}

static GArray *
rank_areas (const GwAreaTree *tree)
{
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof (Ranked));

  for (guint32 id = 0; id <= gw_area_tree_size (tree); id++)
    {
      const GwArea *area = gw_area_tree_get (tree, id);
      Ranked ranked = { area != NULL ? area->code : NULL, id };

      g_array_append_val (texts, ranked);
    }
  return rank_texts (texts);
}

static GArray *
rank_types (GwRecordTables *types)
{
  g_autoptr (GArray) texts = g_array_new (FALSE, FALSE, sizeof (Ranked));

  for (guint32 id = 0; id < gw_record_tables_size (types); id++)
    {
      const GwRecordTable *table = gw_record_tables_get (types, id);
      Ranked ranked = { table != NULL ? table->spec->number_code : NULL, id };

      g_array_append_val (texts, ranked);
    }
  return rank_texts (texts);
}

static void
order_pass (GwPass *self)
{
  g_autoptr (GArray) type_ranks = rank_types (self->tables);
  g_autoptr (GArray) area_ranks = self->filter->sort == GW_SORT_AREA
                                      ? rank_areas (self->tree)
                                      : g_array_new (FALSE, FALSE, sizeof (guint32));

  gw_select_order (self->snapshot, self->filter->sort, self->ids, self->n, type_ranks, area_ranks);
}

/* ---- public ---- */

static gboolean
find_text (GwPass *self, GCancellable *cancellable, GError **error)
{
  GwSearchQuery query = { .actor = self->actor,
                          .text = self->filter->text,
                          .snapshot = self->snapshot,
                          .tree = self->tree,
                          .types = self->tables };

  if (query.text == NULL || gw_text_is_blank (query.text))
    return TRUE;
  self->matches = gw_derived_search (self->store, &query, cancellable, error);
  return self->matches != NULL;
}

/**
 * gw_store_select:
 * @actor: who asks; the scope is applied here
 * @filter: what is asked for
 * @cancellable: (nullable):
 *
 * Everything that list, map and figures show for @filter. Blocking, for worker threads; the first
 * call after opening waits until the snapshot is built. Matters of an exercise are in the lists but
 * in no figure.
 *
 * Returns: (transfer full): NULL with %G_IO_ERROR_CANCELLED or an error of reading the file
 */
GwSelection *
gw_store_select (GwStore *self,
                 const GwActor *actor,
                 const GwFilter *filter,
                 GCancellable *cancellable,
                 GError **error)
{
  g_auto (GwPass) pass = { .actor = actor, .filter = filter, .store = self };

  if (!gw_pass_begin (&pass, cancellable, error) || !find_text (&pass, cancellable, error) ||
      !gw_pass_run (&pass, cancellable, error))
    return NULL;
  order_pass (&pass);
  sum_areas (&pass);
  return make_selection (&pass);
}
