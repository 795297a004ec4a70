/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-select-pass.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "gw-derived-private.h"
#include "gw-restricted.h"
#include "gw-select-memory.h"
#include "gw-select-order.h"

G_STATIC_ASSERT (GW_SEARCH_SET_BLOCK_BITS == GW_SNAPSHOT_CHUNK_BITS);

/* Between two looks at the cancellable. */
#define CHUNKS_PER_LOOK 32

void
gw_pass_clear (GwPass *self)
{
  g_clear_pointer (&self->snapshot, gw_snapshot_unref);
  g_clear_pointer (&self->tree, gw_area_tree_unref);
  g_clear_pointer (&self->tables, gw_record_tables_unref);
  g_clear_pointer (&self->matches, gw_search_set_free);
  g_clear_pointer (&self->readable, gw_search_set_free);
  g_clear_pointer (&self->area_bits, g_free);
  g_clear_pointer (&self->types, g_free);
  g_clear_pointer (&self->ids, g_free);
  g_clear_pointer (&self->by_area, g_free);
  g_clear_pointer (&self->by_type, g_free);
}

/* ---- the filter as tables ---- */

static void
prepare_states (GwPass *self)
{
  const GwFilter *filter = self->filter;

  for (guint state = 1; state < GW_N_STATES; state++)
    {
      gboolean open = gw_state_is_open (state);
      gboolean asked = filter->states == 0 || (filter->states & 1u << state) != 0;

      if ((filter->open_only || filter->overdue_only) && !open)
        asked = FALSE;
      self->states[state] = (guint8)((asked ? GW_PASS_ASKED : 0) | (open ? GW_PASS_OPEN : 0));
    }
}

static void
prepare_areas (GwPass *self)
{
  guint32 inside = self->filter->area, scope = self->actor->scope_area;

  self->n_areas = gw_area_tree_size (self->tree);
  self->area_bits = g_new0 (guint8, self->n_areas + 1);
  self->by_area = g_new0 (GwAreaCount, self->n_areas + 1);
  for (guint32 id = 0; id <= self->n_areas; id++)
    {
      guint8 bits = 0;

      if (scope == GW_AREA_NONE || (id != 0 && gw_area_tree_contains (self->tree, scope, id)))
        bits |= GW_PASS_IN_SCOPE;
      if (inside == GW_AREA_NONE || (id != 0 && gw_area_tree_contains (self->tree, inside, id)))
        bits |= GW_PASS_INSIDE;
      self->area_bits[id] = bits;
    }
}

static void
prepare_types (GwPass *self)
{
  const GwFilter *filter = self->filter;

  self->all_types = filter->module == NULL && filter->type == NULL;
  self->n_types = MAX (gw_record_tables_size (self->tables), 1) - 1;
  self->types = g_new0 (guint8, self->n_types + 1);
  self->by_type = g_new0 (GwAreaCount, self->n_types + 1);
  for (guint i = 1; i <= self->n_types; i++)
    {
      const GwRecordTable *table = gw_record_tables_get (self->tables, i);
      const GwTypeSpec *type = table != NULL ? table->spec : NULL;

      self->types[i] = type != NULL &&
                       (filter->module == NULL || g_str_equal (filter->module, type->module)) &&
                       (filter->type == NULL || g_str_equal (filter->type, type->key));
    }
}

static void
prepare_times (GwPass *self)
{
  self->clock = gw_clock_now (gw_store_clock (self->store));
  self->now = (guint32)CLAMP (self->clock, 0, G_MAXUINT32);
  self->today = gw_day_of_time (self->clock);
  self->trend_start =
      (guint32)CLAMP (gw_time_of_day (self->today - (GW_TREND_DAYS - 1), 0, 0, 0), 1, G_MAXUINT32);
  self->from = (guint32)CLAMP (self->filter->from, 0, G_MAXUINT32);
  self->to =
      self->filter->to == 0 ? G_MAXUINT32 : (guint32)CLAMP (self->filter->to, 0, G_MAXUINT32);
}

static gboolean
check_role (const GwActor *actor, GError **error)
{
  const guint32 needed = GW_MAY_LIST | GW_MAY_READ | GW_MAY_FIGURES;

  return actor->account == 0 || (gw_role_may (actor->role) & needed) != 0 ||
         gw_throw (error, GW_ERROR_REFUSED, _ ("Your role may not look at matters"));
}

static gboolean
prepare_readable (GwPass *self, GCancellable *cancellable, GError **error)
{
  if (self->actor->account == 0 || !gw_restricted_may_any (self->actor))
    return TRUE;
  self->readable =
      gw_derived_readable (self->store, self->actor, self->snapshot, cancellable, error);
  return self->readable != NULL;
}

gboolean
gw_pass_begin (GwPass *self, GCancellable *cancellable, GError **error)
{
  self->snapshot = gw_derived_wait_snapshot (self->store, cancellable, error);
  if (self->snapshot == NULL || !check_role (self->actor, error))
    return FALSE;
  self->tree = gw_store_private_dup_tree (self->store, error);
  if (self->tree == NULL)
    return FALSE;
  self->tables = gw_store_private_dup_tables (self->store, error);
  if (self->tables == NULL)
    return FALSE;
  prepare_states (self);
  prepare_areas (self);
  prepare_types (self);
  prepare_times (self);
  return prepare_readable (self, cancellable, error);
}

/* ---- one row ---- */

/* The place of a restricted matter is for the units that handle it, also by way of the box. */
static gboolean
shows_point (const GwPass *self, const GwSnapshotColumns *columns, guint row, guint32 id)
{
  return columns->x[row] != G_MININT32 &&
         ((columns->flags[row] & GW_ROW_RESTRICTED) == 0 || self->actor->account == 0 ||
          (self->readable != NULL && gw_search_set_has (self->readable, id)));
}

static gboolean
is_in_box (const GwPass *self, const GwSnapshotColumns *columns, guint row, guint32 id)
{
  const GwFilter *filter = self->filter;
  gint32 x = columns->x[row], y = columns->y[row];

  return x >= filter->west && x <= filter->east && y >= filter->south && y <= filter->north &&
         shows_point (self, columns, row, id);
}

static guint32
area_of (const GwPass *self, const GwSnapshotColumns *columns, guint row)
{
  return columns->area[row] <= self->n_areas ? columns->area[row] : 0;
}

static guint32
type_of (const GwPass *self, const GwSnapshotColumns *columns, guint row)
{
  return columns->type[row] <= self->n_types ? columns->type[row] : 0;
}

static gboolean
is_overdue (const GwPass *self, const GwSnapshotColumns *columns, guint row)
{
  return (self->states[columns->state[row]] & GW_PASS_OPEN) != 0 && columns->due[row] != 0 &&
         columns->due[row] < self->now;
}

/* Everything but the clauses of area and type, which some counts leave out. */
static inline gboolean
is_in_reach (const GwPass *self, const GwSnapshotColumns *columns, guint row)
{
  const GwFilter *filter = self->filter;
  guint32 reported = columns->reported[row];

  return (columns->flags[row] & GW_ROW_LISTED) != 0 &&
         (self->states[columns->state[row]] & GW_PASS_ASKED) != 0 &&
         (self->area_bits[area_of (self, columns, row)] & GW_PASS_IN_SCOPE) != 0 &&
         reported >= self->from && reported < self->to &&
         (!filter->overdue_only || is_overdue (self, columns, row)) &&
         (filter->org == 0 || columns->org[row] == filter->org) &&
         (filter->batch == 0 || columns->batch[row] == filter->batch);
}

static inline gboolean
is_inside (const GwPass *self, const GwSnapshotColumns *columns, guint row, guint32 id)
{
  return (self->area_bits[area_of (self, columns, row)] & GW_PASS_INSIDE) != 0 &&
         (!self->filter->has_box || is_in_box (self, columns, row, id));
}

static inline gboolean
is_asked (const GwPass *self, const GwSnapshotColumns *columns, guint row)
{
  return self->all_types || self->types[type_of (self, columns, row)] != 0;
}

gboolean
gw_pass_takes (const GwPass *self, guint32 id)
{
  const GwSnapshotColumns *columns = gw_pass_columns (self, id);
  guint row = id & GW_SNAPSHOT_CHUNK_MASK;

  return is_in_reach (self, columns, row) && is_inside (self, columns, row, id) &&
         is_asked (self, columns, row);
}

/* ---- counting ---- */

/* What is closed is the rest: see gw_pass_run. */
static inline void
count_one (GwAreaCount *count, gboolean open, gboolean overdue)
{
  count->total++;
  if (!open)
    return;
  count->open++;
  count->overdue += overdue ? 1 : 0;
}

/* Most matters are older than the trend: they cost a comparison. */
static inline void
count_trend (const GwPass *self, guint32 *trend, guint32 time)
{
  gint32 age;

  if (time < self->trend_start)
    return;
  age = self->today - gw_day_of_time (time);
  if (age >= 0 && age < GW_TREND_DAYS)
    trend[GW_TREND_DAYS - 1 - age]++;
}

static inline void
visit_row (GwPass *self, const GwSnapshotColumns *columns, guint row, guint32 id)
{
  gboolean open, overdue, figure, inside, asked;

  if (!is_in_reach (self, columns, row))
    return;
  inside = is_inside (self, columns, row, id);
  asked = is_asked (self, columns, row);
  if (inside && asked)
    self->ids[self->n++] = id;
  figure = (columns->flags[row] & GW_ROW_EXERCISE) == 0;
  if (!figure)
    return;
  open = (self->states[columns->state[row]] & GW_PASS_OPEN) != 0;
  overdue = is_overdue (self, columns, row);
  if (asked)
    count_one (&self->by_area[area_of (self, columns, row)], open, overdue);
  if (inside)
    count_one (&self->by_type[type_of (self, columns, row)], open, overdue);
  if (!inside || !asked)
    return;
  count_one (&self->sum, open, overdue);
  count_trend (self, self->trend_reported, columns->reported[row]);
  if (!open)
    count_trend (self, self->trend_closed, columns->closed[row]);
}

/* ---- the pass ---- */

/* With a text clause most rows fall out by whole words of its bits. */
static void
visit_matches (GwPass *self, const GwSnapshotColumns *columns, guint first, gboolean down)
{
  const guint64 *words = self->matches->blocks[first >> GW_SEARCH_SET_BLOCK_BITS];

  for (guint done = 0; words != NULL && done < GW_SEARCH_SET_WORDS; done++)
    {
      guint i = down ? GW_SEARCH_SET_WORDS - 1 - done : done;

      for (guint64 bits = words[i]; bits != 0;)
        {
          guint bit = (guint)(down ? 63 - __builtin_clzll (bits) : __builtin_ctzll (bits));

          bits &= ~(G_GUINT64_CONSTANT (1) << bit);
          visit_row (self, columns, i * 64 + bit, first + i * 64 + bit);
        }
    }
}

static void
visit_rows (GwPass *self, const GwSnapshotColumns *columns, guint first, guint rows, gboolean down)
{
  for (guint k = 0; k < rows; k++)
    {
      guint row = down ? rows - 1 - k : k;

      visit_row (self, columns, row, first + row);
    }
}

static void
count_closed (GwAreaCount *counts, guint n)
{
  for (guint i = 0; i < n; i++)
    counts[i].closed = counts[i].total - counts[i].open;
}

gboolean
gw_pass_run (GwPass *self, GCancellable *cancellable, GError **error)
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
        visit_matches (self, columns, first, descends);
      else
        visit_rows (self, columns, first, rows, descends);
    }
  count_closed (self->by_area, self->n_areas + 1);
  count_closed (self->by_type, self->n_types + 1);
  count_closed (&self->sum, 1);
  return TRUE;
}

static guint8
lamp_of (const GwPass *self, const GwSnapshotColumns *columns, guint row)
{
  guint8 state = columns->state[row];

  if (columns->due[row] == 0 || (self->states[state] & GW_PASS_OPEN) == 0)
    return GW_LAMP_NONE;
  if (state == GW_STATE_PAUSED)
    return GW_LAMP_GREY;
  return columns->due[row] < self->now ? GW_LAMP_RED : GW_LAMP_GREEN;
}

void
gw_pass_gather (const GwPass *self, const guint32 *from, GwSelection *selection)
{
  guint n = selection->n;
  gint64 *ids = gw_select_new (gint64, n);
  gint32 *x = gw_select_new (gint32, n), *y = gw_select_new (gint32, n);
  guint8 *states = gw_select_new (guint8, n), *lamps = gw_select_new (guint8, n);
  guint32 *areas = gw_select_new (guint32, n), *types = gw_select_new (guint32, n);

  for (guint i = 0; i < n; i++)
    {
      guint32 id = from[i], row = id & GW_SNAPSHOT_CHUNK_MASK;
      const GwSnapshotColumns *columns = gw_pass_columns (self, id);
      gboolean point = shows_point (self, columns, row, id);

      ids[i] = id;
      x[i] = point ? columns->x[row] : G_MININT32;
      y[i] = point ? columns->y[row] : G_MININT32;
      states[i] = columns->state[row];
      lamps[i] = lamp_of (self, columns, row);
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
