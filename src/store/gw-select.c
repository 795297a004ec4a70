/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-select.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gw-derived-private.h"
#include "gw-select-memory.h"
#include "gw-select-order.h"
#include "gw-text.h"

/* Between two looks at the cancellable. */
#define CHUNKS_PER_LOOK 32

enum
{
  AREA_IN_SCOPE = 1 << 0,
  AREA_INSIDE = 1 << 1, /* of the filter's area clause */
};

/* One pass over the columns: the filter turned into tables, and what is counted. */
typedef struct
{
  const GwActor *actor;
  const GwFilter *filter;
  const GwSnapshot *snapshot;
  GwSearchSet *matches; /* owned, nullable: the text clause */
  guint8 states[256];   /* bit 0: asked for, bit 1: open */
  guint8 *area_bits;    /* owned: by area id, n_areas + 1 */
  guint8 *types;        /* owned: by type number, n_types + 1 */
  guint n_areas, n_types;
  guint32 now, from, to;
  gint32 today;

  guint32 *ids; /* owned */
  guint n;
  guint8 *lamps;                       /* unused until gathered */
  GwAreaCount *by_area, *by_type, sum; /* the first two owned */
  guint32 trend_reported[GW_TREND_DAYS], trend_closed[GW_TREND_DAYS];
} Pass;

enum
{
  STATE_ASKED = 1 << 0,
  STATE_OPEN = 1 << 1,
};

static void
pass_clear (Pass *self)
{
  g_clear_pointer (&self->matches, gw_search_set_free);
  g_clear_pointer (&self->area_bits, g_free);
  g_clear_pointer (&self->types, g_free);
  g_clear_pointer (&self->ids, g_free);
  g_clear_pointer (&self->by_area, g_free);
  g_clear_pointer (&self->by_type, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pass, pass_clear)

/* ---- the filter as tables ---- */

static void
prepare_states (Pass *self)
{
  const GwFilter *filter = self->filter;

  for (guint state = 1; state < GW_N_STATES; state++)
    {
      gboolean open = gw_state_is_open (state);
      gboolean asked = filter->states == 0 || (filter->states & 1u << state) != 0;

      if ((filter->open_only || filter->overdue_only) && !open)
        asked = FALSE;
      self->states[state] = (guint8)((asked ? STATE_ASKED : 0) | (open ? STATE_OPEN : 0));
    }
}

static void
prepare_areas (Pass *self, const GwAreaTree *tree, const GwActor *actor)
{
  guint32 inside = self->filter->area, scope = actor->scope_area;

  self->n_areas = gw_area_tree_size (tree);
  self->area_bits = g_new0 (guint8, self->n_areas + 1);
  self->by_area = g_new0 (GwAreaCount, self->n_areas + 1);
  for (guint32 id = 0; id <= self->n_areas; id++)
    {
      guint8 bits = 0;

      if (scope == GW_AREA_NONE || (id != 0 && gw_area_tree_contains (tree, scope, id)))
        bits |= AREA_IN_SCOPE;
      if (inside == GW_AREA_NONE || (id != 0 && gw_area_tree_contains (tree, inside, id)))
        bits |= AREA_INSIDE;
      self->area_bits[id] = bits;
    }
}

static void
prepare_types (Pass *self, GwRecordTables *types)
{
  const GwFilter *filter = self->filter;

  self->n_types = MAX (gw_record_tables_size (types), 1) - 1;
  self->types = g_new0 (guint8, self->n_types + 1);
  self->by_type = g_new0 (GwAreaCount, self->n_types + 1);
  for (guint i = 1; i <= self->n_types; i++)
    {
      const GwRecordTable *table = gw_record_tables_get (types, i);
      const GwTypeSpec *type = table != NULL ? table->spec : NULL;

      self->types[i] = type != NULL &&
                       (filter->module == NULL || g_str_equal (filter->module, type->module)) &&
                       (filter->type == NULL || g_str_equal (filter->type, type->key));
    }
}

static void
prepare_times (Pass *self, gint64 now)
{
  self->now = (guint32)CLAMP (now, 0, G_MAXUINT32);
  self->today = gw_day_of_time (now);
  self->from = (guint32)CLAMP (self->filter->from, 0, G_MAXUINT32);
  self->to =
      self->filter->to == 0 ? G_MAXUINT32 : (guint32)CLAMP (self->filter->to, 0, G_MAXUINT32);
}

/* ---- the pass ---- */

/* The place of a restricted matter is for the unit that handles it, also by way of the box. */
static gboolean
shows_point (const Pass *self, const GwSnapshotColumns *columns, guint row)
{
  return columns->x[row] != G_MININT32 &&
         ((columns->flags[row] & GW_ROW_RESTRICTED) == 0 ||
          gw_search_may_read_restricted (self->actor, columns->org[row]));
}

static gboolean
is_in_box (const Pass *self, const GwSnapshotColumns *columns, guint row)
{
  const GwFilter *filter = self->filter;
  gint32 x = columns->x[row], y = columns->y[row];

  return x >= filter->west && x <= filter->east && y >= filter->south && y <= filter->north &&
         shows_point (self, columns, row);
}

static void
count_one (GwAreaCount *count, gboolean open, gboolean overdue)
{
  count->total++;
  count->open += open ? 1 : 0;
  count->overdue += overdue ? 1 : 0;
  count->closed += open ? 0 : 1;
}

static void
count_trend (guint32 *trend, gint32 today, guint32 time)
{
  gint32 age;

  if (time == 0)
    return;
  age = today - gw_day_of_time (time);
  if (age >= 0 && age < GW_TREND_DAYS)
    trend[GW_TREND_DAYS - 1 - age]++;
}

static void
visit_row (Pass *self, const GwSnapshotColumns *columns, guint row, guint32 id)
{
  const GwFilter *filter = self->filter;
  guint8 state = self->states[columns->state[row]];
  guint32 area = columns->area[row] <= self->n_areas ? columns->area[row] : 0;
  guint32 type = columns->type[row] <= self->n_types ? columns->type[row] : 0;
  guint32 reported = columns->reported[row], due = columns->due[row];
  gboolean open = (state & STATE_OPEN) != 0, overdue = open && due != 0 && due < self->now;
  gboolean figure = (columns->flags[row] & GW_ROW_EXERCISE) == 0, inside, asked;

  if ((columns->flags[row] & GW_ROW_LISTED) == 0 || (state & STATE_ASKED) == 0 ||
      (self->area_bits[area] & AREA_IN_SCOPE) == 0 || reported < self->from ||
      reported >= self->to || (filter->overdue_only && !overdue) ||
      (filter->org != 0 && columns->org[row] != filter->org) ||
      (filter->batch != 0 && columns->batch[row] != filter->batch))
    return;
  inside = (self->area_bits[area] & AREA_INSIDE) != 0 &&
           (!filter->has_box || is_in_box (self, columns, row));
  asked = self->types[type] != 0 || (filter->module == NULL && filter->type == NULL);
  if (asked && figure)
    count_one (&self->by_area[area], open, overdue);
  if (inside && figure)
    count_one (&self->by_type[type], open, overdue);
  if (!inside || !asked)
    return;
  self->ids[self->n++] = id;
  if (!figure)
    return;
  count_one (&self->sum, open, overdue);
  count_trend (self->trend_reported, self->today, reported);
  if (!open)
    count_trend (self->trend_closed, self->today, columns->closed[row]);
}

/* With a text clause most rows fall out by whole words of its bits. */
static void
visit_matches (Pass *self, const GwSnapshotColumns *columns, guint first, guint rows, gboolean down)
{
  const guint64 *words = self->matches->words + first / 64;
  guint n_words = (rows + 63) / 64;

  for (guint done = 0; done < n_words; done++)
    {
      guint i = down ? n_words - 1 - done : done;

      for (guint64 bits = words[i]; bits != 0;)
        {
          guint bit = (guint)(down ? 63 - __builtin_clzll (bits) : __builtin_ctzll (bits));

          bits &= ~(G_GUINT64_CONSTANT (1) << bit);
          visit_row (self, columns, i * 64 + bit, first + i * 64 + bit);
        }
    }
}

static void
visit_rows (Pass *self, const GwSnapshotColumns *columns, guint first, guint rows, gboolean down)
{
  for (guint k = 0; k < rows; k++)
    {
      guint row = down ? rows - 1 - k : k;

      visit_row (self, columns, row, first + row);
    }
}

static gboolean
run_pass (Pass *self, GCancellable *cancellable, GError **error)
{
  guint n = self->snapshot->n;
  gboolean descends = gw_select_order_descends (self->filter->sort);

  self->ids = gw_select_new (guint32, n);
  for (guint done = 0; done < self->snapshot->n_chunks; done++)
    {
      guint i = descends ? self->snapshot->n_chunks - 1 - done : done;
      guint first = i * GW_SNAPSHOT_CHUNK, rows = MIN (GW_SNAPSHOT_CHUNK, n - MIN (n, first));
      const GwSnapshotColumns *columns = &self->snapshot->chunks[i]->columns;

      if (done % CHUNKS_PER_LOOK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (self->matches != NULL)
        visit_matches (self, columns, first, rows, descends);
      else
        visit_rows (self, columns, first, rows, descends);
    }
  return TRUE;
}

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
sum_areas (Pass *self, const GwAreaTree *tree)
{
  for (guint32 id = 1; id <= self->n_areas; id++)
    add_count (&self->by_area[0], &self->by_area[id]);
  for (guint level = GW_N_LEVELS; level-- > 0;)
    for (guint32 id = 1; id <= self->n_areas; id++)
      {
        const GwArea *area = gw_area_tree_get (tree, id);

        if (area != NULL && (guint)area->level == level && area->parent != GW_AREA_NONE)
          add_count (&self->by_area[area->parent], &self->by_area[id]);
      }
}

static guint8
lamp_of (guint8 state, guint32 due, guint32 now)
{
  if (due == 0 || !gw_state_is_open (state))
    return GW_LAMP_NONE;
  if (state == GW_STATE_PAUSED)
    return GW_LAMP_GREY;
  return due < now ? GW_LAMP_RED : GW_LAMP_GREEN;
}

static void
gather (const Pass *self, GwSelection *selection)
{
  gint64 *ids = gw_select_new (gint64, self->n);
  gint32 *x = gw_select_new (gint32, self->n), *y = gw_select_new (gint32, self->n);
  guint8 *states = gw_select_new (guint8, self->n), *lamps = gw_select_new (guint8, self->n);
  guint32 *areas = gw_select_new (guint32, self->n), *types = gw_select_new (guint32, self->n);

  for (guint i = 0; i < self->n; i++)
    {
      guint32 id = self->ids[i], row = id & GW_SNAPSHOT_CHUNK_MASK;
      const GwSnapshotColumns *columns =
          &self->snapshot->chunks[id >> GW_SNAPSHOT_CHUNK_BITS]->columns;

      gboolean point = shows_point (self, columns, row);

      ids[i] = id;
      x[i] = point ? columns->x[row] : G_MININT32;
      y[i] = point ? columns->y[row] : G_MININT32;
      states[i] = columns->state[row];
      lamps[i] = lamp_of (columns->state[row], columns->due[row], self->now);
      areas[i] = columns->area[row];
      types[i] = columns->type[row];
    }
  selection->ids = ids;
  selection->x = x;
  selection->y = y;
  selection->states = states;
  selection->lamps = lamps;
  selection->areas = areas;
  selection->types = types;
}

static GwSelection *
make_selection (const Pass *self, gint64 now)
{
  GwSelection *selection = gw_selection_new (self->n, self->n_areas, self->n_types);

  selection->seq = self->snapshot->seq;
  selection->now = now;
  gather (self, selection);
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
order_pass (Pass *self, const GwAreaTree *tree, GwRecordTables *types)
{
  g_autoptr (GArray) type_ranks = rank_types (types);
  g_autoptr (GArray) area_ranks = self->filter->sort == GW_SORT_AREA
                                      ? rank_areas (tree)
                                      : g_array_new (FALSE, FALSE, sizeof (guint32));

  gw_select_order (self->snapshot, self->filter->sort, self->ids, self->n, type_ranks, area_ranks);
}

/* ---- public ---- */

static gboolean
check_role (const GwActor *actor, GError **error)
{
  const guint32 needed = GW_MAY_LIST | GW_MAY_READ | GW_MAY_FIGURES;

  return actor->account == 0 || (gw_role_may (actor->role) & needed) != 0 ||
         gw_throw (error, GW_ERROR_REFUSED, _ ("Your role may not look at matters"));
}

static gboolean
find_text (Pass *self,
           GwStore *store,
           const GwActor *actor,
           GwAreaTree *tree,
           GwRecordTables *types,
           GCancellable *cancellable,
           GError **error)
{
  GwSearchQuery query = { .actor = actor,
                          .text = self->filter->text,
                          .snapshot = self->snapshot,
                          .tree = tree,
                          .types = types };

  if (query.text == NULL || gw_text_is_blank (query.text))
    return TRUE;
  self->matches = gw_derived_search (store, &query, cancellable, error);
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
  g_auto (Pass) pass = { .actor = actor, .filter = filter };
  g_autoptr (GwSnapshot) snapshot = gw_derived_wait_snapshot (self, cancellable, error);
  g_autoptr (GwAreaTree) tree = NULL;
  g_autoptr (GwRecordTables) types = NULL;
  gint64 now = gw_clock_now (gw_store_clock (self));

  if (snapshot == NULL || !check_role (actor, error))
    return NULL;
  pass.snapshot = snapshot;
  tree = gw_store_private_dup_tree (self, error);
  types = tree != NULL ? gw_store_private_dup_tables (self, error) : NULL;
  if (types == NULL)
    return NULL;
  prepare_states (&pass);
  prepare_areas (&pass, tree, actor);
  prepare_types (&pass, types);
  prepare_times (&pass, now);
  if (!find_text (&pass, self, actor, tree, types, cancellable, error) ||
      !run_pass (&pass, cancellable, error))
    return NULL;
  order_pass (&pass, tree, types);
  sum_areas (&pass, tree);
  return make_selection (&pass, now);
}
