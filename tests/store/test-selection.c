/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "reading-rig.h"

#define DAY 86400

/* ---- random matters ---- */

static GwMatter *
random_matter (GRand *random)
{
  static const GwMatterState states[] = { GW_STATE_DRAFT,    GW_STATE_REPORTED, GW_STATE_FILED,
                                          GW_STATE_HANDLING, GW_STATE_PAUSED,   GW_STATE_CLOSED,
                                          GW_STATE_REJECTED, GW_STATE_MERGED };
  GwMatter *matter = rig_matter ("题", "");

  matter->type = (guint32)g_rand_int_range (random, 1, 3);
  matter->state = states[g_rand_int_range (random, 0, G_N_ELEMENTS (states))];
  matter->area = (guint32)g_rand_int_range (random, 0, RIG_N_AREAS + 1);
  matter->lead_org = (guint32)g_rand_int_range (random, 0, 3);
  matter->exercise = g_rand_int_range (random, 0, 10) == 0;
  if (g_rand_int_range (random, 0, 10) == 0)
    matter->sensitivity = GW_SENSITIVITY_RESTRICTED;
  matter->has_point = g_rand_boolean (random);
  matter->x = matter->has_point ? g_rand_int_range (random, 1050000000, 1060000000) : 0;
  matter->y = matter->has_point ? g_rand_int_range (random, 300000000, 310000000) : 0;
  matter->reported = RIG_NOW - g_rand_int_range (random, 0, 700 * DAY);
  if (g_rand_boolean (random)) /* many fall on the same second */
    matter->reported = RIG_NOW - g_rand_int_range (random, 0, 40) * DAY;
  if (g_rand_boolean (random))
    matter->due = matter->reported + g_rand_int_range (random, 0, 100 * DAY);
  if (!gw_state_is_open (matter->state) && matter->state != GW_STATE_DRAFT)
    matter->closed = matter->reported + g_rand_int_range (random, 0, 20 * DAY);
  return matter;
}

static Rig *
make_rig (GRand *random, guint n)
{
  Rig *rig = rig_new ();
  GPtrArray *matters = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_matter_free);

  while (n-- > 0)
    g_ptr_array_add (matters, random_matter (random));
  rig_put (rig, matters);
  return rig;
}

static GwFilter *
random_filter (GRand *random)
{
  GwFilter *filter = gw_filter_new ();

  if (g_rand_int_range (random, 0, 3) == 0)
    filter->module = g_strdup (g_rand_boolean (random) ? "risk.b" : "risk.x");
  if (g_rand_int_range (random, 0, 3) == 0)
    filter->type = g_strdup ("risk.a/two");
  if (g_rand_int_range (random, 0, 3) == 0)
    filter->states = g_rand_int (random) & ((1u << GW_N_STATES) - 1);
  filter->open_only = g_rand_int_range (random, 0, 4) == 0;
  filter->overdue_only = g_rand_int_range (random, 0, 4) == 0;
  if (g_rand_boolean (random))
    filter->area = (guint32)g_rand_int_range (random, 0, RIG_N_AREAS + 1);
  if (g_rand_int_range (random, 0, 4) == 0)
    filter->org = (guint32)g_rand_int_range (random, 1, 3);
  if (g_rand_int_range (random, 0, 3) == 0)
    filter->from = RIG_NOW - g_rand_int_range (random, 0, 300 * DAY);
  if (g_rand_int_range (random, 0, 3) == 0)
    filter->to = RIG_NOW - g_rand_int_range (random, 0, 300 * DAY);
  if (g_rand_int_range (random, 0, 4) == 0)
    {
      filter->has_box = TRUE;
      filter->west = 1052000000;
      filter->south = 302000000;
      filter->east = 1058000000;
      filter->north = 309000000;
    }
  filter->sort = (GwSort)g_rand_int_range (random, 0, GW_SORT_AREA + 1);
  return filter;
}

/* ---- the right answer, one matter at a time ---- */

typedef struct
{
  Rig *rig;
  GwAreaTree *tree;
  const GwFilter *filter;
  const GwActor *actor;
} Oracle;

static gboolean
is_below (const Oracle *self, guint32 area, guint32 above)
{
  return above == GW_AREA_NONE ||
         (area != GW_AREA_NONE && gw_area_tree_contains (self->tree, above, area));
}

static gboolean
is_overdue (const GwMatter *matter)
{
  return gw_state_is_open (matter->state) && matter->due != 0 && matter->due < RIG_NOW;
}

/* Everything but area, box and type. */
static gboolean
fits_rest (const Oracle *self, const GwMatter *matter)
{
  const GwFilter *filter = self->filter;

  return matter->state != GW_STATE_DRAFT &&
         (filter->states == 0 || (filter->states & 1u << matter->state) != 0) &&
         (!filter->open_only || gw_state_is_open (matter->state)) &&
         (!filter->overdue_only || is_overdue (matter)) &&
         (filter->org == 0 || matter->lead_org == filter->org) &&
         (filter->from == 0 || matter->reported >= filter->from) &&
         (filter->to == 0 || matter->reported < filter->to) &&
         is_below (self, matter->area, self->actor->scope_area);
}

static gboolean
shows_point (const Oracle *self, const GwMatter *matter)
{
  if (!matter->has_point)
    return FALSE;
  return matter->sensitivity == GW_SENSITIVITY_INTERNAL || self->actor->account == 0 ||
         ((gw_role_may (self->actor->role) & GW_MAY_RESTRICTED) != 0 &&
          matter->lead_org == self->actor->org);
}

static gboolean
fits_place (const Oracle *self, const GwMatter *matter)
{
  const GwFilter *filter = self->filter;

  if (!is_below (self, matter->area, filter->area))
    return FALSE;
  return !filter->has_box ||
         (shows_point (self, matter) && matter->x >= filter->west && matter->x <= filter->east &&
          matter->y >= filter->south && matter->y <= filter->north);
}

static gboolean
fits_type (const Oracle *self, const GwMatter *matter)
{
  const char *module = matter->type == 1 ? "risk.b" : "risk.a";
  const char *key = matter->type == 1 ? "risk.b/one" : "risk.a/two";

  return (self->filter->module == NULL || g_str_equal (self->filter->module, module)) &&
         (self->filter->type == NULL || g_str_equal (self->filter->type, key));
}

static void
count (GwAreaCount *to, const GwMatter *matter)
{
  to->total++;
  if (gw_state_is_open (matter->state))
    to->open++;
  else
    to->closed++;
  if (is_overdue (matter))
    to->overdue++;
}

static void
assert_counts (const GwAreaCount *found, const GwAreaCount *right)
{
  g_assert_cmpuint (found->total, ==, right->total);
  g_assert_cmpuint (found->open, ==, right->open);
  g_assert_cmpuint (found->overdue, ==, right->overdue);
  g_assert_cmpuint (found->closed, ==, right->closed);
}

static void
check_figures (const Oracle *self, const GwSelection *selection)
{
  GwAreaCount by_area[RIG_N_AREAS + 1] = { { 0 } }, by_type[3] = { { 0 } }, sum = { 0 };
  guint32 reported[GW_TREND_DAYS] = { 0 }, closed[GW_TREND_DAYS] = { 0 };
  gint32 today = gw_day_of_time (RIG_NOW);

  for (guint id = 1; id < self->rig->matters->len; id++)
    {
      const GwMatter *matter = rig_get (self->rig, id);

      if (matter == NULL || matter->exercise || !fits_rest (self, matter))
        continue;
      for (guint32 area = 0; fits_type (self, matter) && area <= RIG_N_AREAS; area++)
        if (is_below (self, matter->area, area))
          count (&by_area[area], matter);
      if (fits_place (self, matter))
        count (&by_type[matter->type], matter);
      if (!fits_place (self, matter) || !fits_type (self, matter))
        continue;
      count (&sum, matter);
      if (today - gw_day_of_time (matter->reported) < GW_TREND_DAYS)
        reported[GW_TREND_DAYS - 1 - (today - gw_day_of_time (matter->reported))]++;
      if (!gw_state_is_open (matter->state) && today >= gw_day_of_time (matter->closed) &&
          today - gw_day_of_time (matter->closed) < GW_TREND_DAYS)
        closed[GW_TREND_DAYS - 1 - (today - gw_day_of_time (matter->closed))]++;
    }
  g_assert_cmpuint (selection->n_areas, ==, RIG_N_AREAS);
  for (guint32 area = 0; area <= RIG_N_AREAS; area++)
    assert_counts (&selection->by_area[area], &by_area[area]);
  for (guint32 type = 0; type <= 2; type++)
    assert_counts (&selection->by_type[type], &by_type[type]);
  assert_counts (&selection->sum, &sum);
  g_assert_cmpmem (selection->trend_reported, sizeof reported, reported, sizeof reported);
  g_assert_cmpmem (selection->trend_closed, sizeof closed, closed, sizeof closed);
  g_assert_cmpuint (selection->reported_today, ==, reported[GW_TREND_DAYS - 1]);
  g_assert_cmpuint (selection->closed_today, ==, closed[GW_TREND_DAYS - 1]);
}

static gint
compare_values (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static const char *
area_code (const Oracle *self, const GwMatter *matter)
{
  const GwArea *area = gw_area_tree_get (self->tree, matter->area);

  return area != NULL ? area->code : "";
}

static gint
compare_matters (const Oracle *self, const GwMatter *a, const GwMatter *b)
{
  gint64 none = G_MAXINT64;

  switch (self->filter->sort)
    {
    case GW_SORT_REPORTED_ASC:
      return compare_values (a->reported, b->reported);
    case GW_SORT_DUE_ASC:
      return compare_values (a->due != 0 && gw_state_is_open (a->state) ? a->due : none,
                             b->due != 0 && gw_state_is_open (b->state) ? b->due : none);
    case GW_SORT_NUMBER_ASC:
      return strcmp (a->number, b->number);
    case GW_SORT_STATE:
      if (a->state != b->state)
        return compare_values (a->state, b->state);
      break;
    case GW_SORT_AREA:
      if (a->area != b->area)
        return strcmp (area_code (self, a), area_code (self, b));
      break;
    case GW_SORT_REPORTED_DESC:
      break;
    }
  return compare_values (b->reported, a->reported);
}

static void
check_order (const Oracle *self, const GwSelection *selection)
{
  for (guint i = 1; i < selection->n; i++)
    {
      const GwMatter *before = rig_get (self->rig, selection->ids[i - 1]);
      const GwMatter *after = rig_get (self->rig, selection->ids[i]);

      g_assert_cmpint (compare_matters (self, before, after), <=, 0);
    }
}

static void
check_rows (const Oracle *self, const GwSelection *selection)
{
  guint n = 0;

  for (guint id = 1; id < self->rig->matters->len; id++)
    {
      const GwMatter *matter = rig_get (self->rig, id);
      gboolean fits = matter != NULL && fits_rest (self, matter) && fits_place (self, matter) &&
                      fits_type (self, matter);
      gint at = gw_selection_find (selection, id);

      n += fits ? 1 : 0;
      g_assert_true ((at >= 0) == fits);
      if (!fits)
        continue;
      g_assert_cmpint (selection->ids[at], ==, id);
      g_assert_cmpint (selection->x[at], ==, shows_point (self, matter) ? matter->x : G_MININT32);
      g_assert_cmpint (selection->y[at], ==, shows_point (self, matter) ? matter->y : G_MININT32);
      g_assert_cmpint (selection->states[at], ==, matter->state);
      g_assert_cmpuint (selection->areas[at], ==, matter->area);
      g_assert_cmpuint (selection->types[at], ==, matter->type);
      if (is_overdue (matter) && matter->state != GW_STATE_PAUSED)
        g_assert_cmpint (selection->lamps[at], ==, GW_LAMP_RED);
      if (!gw_state_is_open (matter->state) || matter->due == 0)
        g_assert_cmpint (selection->lamps[at], ==, GW_LAMP_NONE);
    }
  g_assert_cmpuint (selection->n, ==, n);
}

static void
check (Rig *rig, const GwActor *actor, const GwFilter *filter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwAreaTree) tree = gw_store_load_areas (rig->store, &error);
  g_autoptr (GwSelection) selection = rig_select (rig, actor, filter);
  Oracle oracle = { rig, tree, filter, actor };

  g_assert_no_error (error);
  g_assert_cmpint (selection->seq, ==, gw_store_last_seq (rig->store));
  g_assert_cmpint (selection->now, ==, RIG_NOW);
  check_rows (&oracle, selection);
  check_order (&oracle, selection);
  check_figures (&oracle, selection);
}

static void
check_random (Rig *rig, GRand *random, guint n)
{
  const GwActor actors[] = {
    rig_program,
    { .account = 1, .org = 1, .role = GW_ROLE_UNIT_HANDLER, .purpose = "test" },
    { .account = 1, .org = 2, .role = GW_ROLE_INTAKE, .scope_area = 2, .purpose = "test" },
  };

  while (n-- > 0)
    {
      g_autoptr (GwFilter) filter = random_filter (random);

      check (rig, &actors[g_rand_int_range (random, 0, G_N_ELEMENTS (actors))], filter);
    }
}

/* ---- tests ---- */

static void
test_random_filters (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (Rig) rig = make_rig (random, 700);

  check_random (rig, random, 300);
}

static void
test_empty_file (void)
{
  g_autoptr (Rig) rig = rig_new ();
  g_autoptr (GwFilter) filter = gw_filter_new ();

  check (rig, &rig_program, filter);
}

static void
test_each_change_shows_at_once (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autoptr (Rig) rig = make_rig (random, 100);

  for (guint i = 0; i < 100; i++)
    {
      gint64 id = g_rand_int_range (random, 1, (gint32)rig->matters->len);
      GwMatter *after = rig_get (rig, id);

      if (after != NULL && i % 4 != 3)
        {
          after = gw_matter_copy (after);
          after->state = gw_state_is_open (after->state) ? GW_STATE_CLOSED : GW_STATE_FILED;
          after->closed = gw_state_is_open (after->state) ? 0 : RIG_NOW - 60;
          after->area = (guint32)g_rand_int_range (random, 1, RIG_N_AREAS + 1);
          after->has_point = FALSE;
          after->x = after->y = 0;
          rig_update (rig, after);
        }
      else if (after != NULL)
        rig_withdraw (rig, id);
      rig_put_one (rig, random_matter (random));
      check_random (rig, random, 2);
    }
  g_assert_cmpint (gw_store_check_counters (rig->store, NULL), ==, 0);
}

/* What was given out stays what it was, whatever is written later. */
static void
test_selection_does_not_change (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  g_autoptr (Rig) rig = make_rig (random, 50);
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autoptr (GwSelection) before = rig_select (rig, &rig_program, filter);
  g_autofree gint64 *ids = g_memdup2 (before->ids, before->n * sizeof *before->ids);
  guint n = before->n;

  for (guint i = 0; i < 20; i++)
    rig_put_one (rig, random_matter (random));
  g_assert_cmpuint (before->n, ==, n);
  g_assert_cmpmem (before->ids, n * sizeof *ids, ids, n * sizeof *ids);
}

typedef struct
{
  Rig *rig;
  gint stop; /* atomic */
} Reading;

static gpointer
read_on (gpointer data)
{
  Reading *self = data;
  g_autoptr (GwFilter) filter = gw_filter_new ();
  gint64 seq = 0;
  guint n = 0;

  while (g_atomic_int_get (&self->stop) == 0)
    {
      g_autoptr (GwSelection) selection = rig_select (self->rig, &rig_program, filter);

      g_assert_cmpint (selection->seq, >=, seq);
      g_assert_cmpuint (selection->n, >=, n);
      g_assert_cmpuint (selection->n, ==, selection->sum.total);
      seq = selection->seq;
      n = selection->n;
    }
  return NULL;
}

static void
test_readers_beside_a_writer (void)
{
  g_autoptr (Rig) rig = rig_new ();
  Reading reading = { rig, 0 };
  GThread *threads[2];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("read", read_on, &reading);
  for (guint i = 0; i < 60; i++)
    {
      GPtrArray *matters = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_matter_free);

      for (guint k = 0; k < 100; k++)
        g_ptr_array_add (matters, rig_matter ("题", ""));
      rig_put (rig, matters);
    }
  g_atomic_int_set (&reading.stop, 1);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/selection/random-filters", test_random_filters);
  g_test_add_func ("/selection/empty-file", test_empty_file);
  g_test_add_func ("/selection/each-change-shows-at-once", test_each_change_shows_at_once);
  g_test_add_func ("/selection/selection-does-not-change", test_selection_does_not_change);
  g_test_add_func ("/selection/readers-beside-a-writer", test_readers_beside_a_writer);
  return g_test_run ();
}
