/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-demo-matters.h"

#include "gw-demo-random.h"

/* Purposes of random streams; a new one takes a new number, so that the old ones keep their values.
 */
enum
{
  STREAM_DAY = 1,
  STREAM_HOUR,
  STREAM_SECOND,
  STREAM_LEAF,
  STREAM_POINT,
  STREAM_DURATION,
  STREAM_OPEN,
  STREAM_SPOT,
  STREAM_OLD,
};

#define FIRST_DAY 18262  /* 2020-01-01 */
#define MERGER_DAY 18444 /* 2020-07-01: the list of 2020 holds the merged villages */
#define N_PLACES 4u
static const char *const places[N_PLACES] = { "pop", "mixed", "core", "road" };

typedef struct
{
  GArray *leaves;                /* guint32 */
  GArray *old_villages;          /* guint32 */
  guint64 *cumulative[N_PLACES]; /* per leaf */
} Weights;

static void
weights_clear (Weights *self)
{
  g_clear_pointer (&self->leaves, g_array_unref);
  g_clear_pointer (&self->old_villages, g_array_unref);
  for (guint p = 0; p < N_PLACES; p++)
    g_clear_pointer (&self->cumulative[p], g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Weights, weights_clear)

static guint64
root_of (guint64 value)
{
  guint64 root = 0;

  for (guint64 bit = G_GUINT64_CONSTANT (1) << 31; bit != 0; bit >>= 1)
    if ((root + bit) * (root + bit) <= value)
      root += bit;
  return root;
}

/* Whole numbers only: where people live, in between, the dense core, along the roads. */
static guint64
leaf_weight (const GwDemoDistrict *district, guint32 leaf, guint place)
{
  guint64 people = g_array_index (district->population, guint64, leaf);
  guint64 size = g_array_index (district->size_m2, guint64, leaf) / 100 + 1;

  switch (place)
    {
    case 0:
      return people + 1;
    case 1:
      return root_of (people * size) + 1;
    case 2:
      return people * people / size + 1;
    default:
      return root_of (size) + root_of (people) * 4 + 1;
    }
}

static void
weigh (Weights *self, const GwDemoDistrict *district, GwAreaTree *tree)
{
  self->leaves = gw_area_tree_leaves (tree, gw_area_tree_root (tree)->id);
  self->old_villages = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint p = 0; p < N_PLACES; p++)
    {
      self->cumulative[p] = g_new (guint64, self->leaves->len);
      for (guint i = 0; i < self->leaves->len; i++)
        self->cumulative[p][i] =
            leaf_weight (district, g_array_index (self->leaves, guint32, i), p) +
            (i > 0 ? self->cumulative[p][i - 1] : 0);
    }
  for (guint32 id = 1; id <= gw_area_tree_size (tree); id++)
    if (!gw_area_is_current (gw_area_tree_get (tree, id)))
      g_array_append_val (self->old_villages, id);
}

/* First index whose cumulative weight is above the random share. */
static guint
pick (const guint64 *cumulative, guint n, guint64 random)
{
  guint64 value = gw_demo_below (random, cumulative[n - 1]);
  guint low = 0, high = n - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (cumulative[middle] > value)
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

static GwPoint
point_in_box (GwBox box, guint64 random)
{
  guint64 second = gw_demo_mix (random);

  return (GwPoint){ box.x0 + (gint32)gw_demo_below (random, (guint64)(box.x1 - box.x0) + 1),
                    box.y0 + (gint32)gw_demo_below (second, (guint64)(box.y1 - box.y0) + 1) };
}

static GwPoint
point_in_leaf (const GwRings *rings, guint64 random)
{
  GwBox box = gw_rings_get_box (rings);

  for (guint try = 0; try < 64; try++)
    {
      GwPoint point = point_in_box (box, random);

      if (gw_rings_contains (rings, point))
        return point;
      random = gw_demo_mix (random + try + 1);
    }
  return gw_rings_get_label_point (rings);
}

#define SPOT_RADIUS 4000 /* 1e-7 degree: some forty metres */

/* A third of the matters stand around a few spots of their micro-area: a market, a gate, a
 * crossing. */
static GwPoint
place_point (const GwRings *rings, guint64 seed, guint category, guint32 leaf, guint32 index)
{
  guint64 random = gw_demo_random (seed, category, STREAM_POINT, index);
  guint64 spot = gw_demo_random (seed, category, STREAM_SPOT, index);
  GwPoint centre, near;

  if (spot % 3 != 0)
    return point_in_leaf (rings, random);
  centre = point_in_leaf (rings, gw_demo_random (seed, 200, STREAM_SPOT, leaf * 4u + spot / 3 % 4));
  near.x = centre.x + (gint32)gw_demo_below (random, 2 * SPOT_RADIUS) - SPOT_RADIUS;
  near.y = centre.y + (gint32)gw_demo_below (gw_demo_mix (random), 2 * SPOT_RADIUS) - SPOT_RADIUS;
  return gw_rings_contains (rings, near) ? near : centre;
}

static gint64
duration_of (const GwDemoMatters *self, guint profile, guint category, guint32 index)
{
  guint64 random = gw_demo_random (self->seed, category, STREAM_DURATION, index);
  guint quantile = (guint)(random >> 56);
  gint64 low = self->table->durations[profile][quantile];
  gint64 high = self->table->durations[profile][MIN (quantile + 1, GW_DEMO_DURATIONS - 1)];

  return low + (gint64)gw_demo_below (gw_demo_mix (random), (guint64)(high - low) + 1);
}

static void
set_time (const GwDemoMatters *self, GwDemoFact *fact, guint profile)
{
  guint c = fact->category;
  guint day = pick (self->table->days[profile], GW_DEMO_DAYS,
                    gw_demo_random (self->seed, c, STREAM_DAY, fact->index));
  guint hour = pick (self->table->hours[profile], 24,
                     gw_demo_random (self->seed, c, STREAM_HOUR, fact->index));
  guint second =
      (guint)gw_demo_below (gw_demo_random (self->seed, c, STREAM_SECOND, fact->index), 3600);

  fact->reported =
      gw_time_of_day (FIRST_DAY + (gint32)day, (int)hour, (int)second / 60, (int)second % 60);
}

/* One in two hundred of the time before the merger is known by its old village only: such files
 * exist. */
static void
set_place (const GwDemoMatters *self, GwDemoFact *fact, const Weights *weights, guint place)
{
  guint64 old = gw_demo_random (self->seed, fact->category, STREAM_OLD, fact->index);
  guint i;

  if (gw_day_of_time (fact->reported) < MERGER_DAY && old % 200 == 0 &&
      weights->old_villages->len > 0)
    {
      fact->area = g_array_index (weights->old_villages, guint32,
                                  gw_demo_below (gw_demo_mix (old), weights->old_villages->len));
      fact->x = fact->y = GW_LATTICE_NONE;
      return;
    }
  i = pick (weights->cumulative[place], weights->leaves->len,
            gw_demo_random (self->seed, fact->category, STREAM_LEAF, fact->index));
  fact->area = g_array_index (weights->leaves, guint32, i);
  GwPoint point = place_point (g_ptr_array_index (self->district->rings, fact->area), self->seed,
                               fact->category, fact->area, fact->index);
  fact->x = point.x;
  fact->y = point.y;
}

typedef struct
{
  gint64 score;
  guint32 index;
} Score;

static gint
compare_scores (gconstpointer a, gconstpointer b)
{
  const Score *left = a, *right = b;

  if (left->score != right->score)
    return left->score > right->score ? -1 : 1;
  return left->index < right->index ? -1 : 1;
}

/* The open ones are the recent and slow ones; their number is exact. */
static void
leave_open (const GwDemoMatters *self, GwDemoFact *facts, guint64 n, guint64 n_open, guint profile)
{
  g_autofree Score *scores = g_new (Score, n);

  if (n_open == 0)
    return;
  for (guint32 i = 0; i < n; i++)
    {
      guint64 random = gw_demo_random (self->seed, facts[i].category, STREAM_OPEN, i);

      scores[i].index = i;
      scores[i].score = facts[i].reported + 3 * duration_of (self, profile, facts[i].category, i) +
                        (gint64)gw_demo_below (random, 30 * 86400);
    }
  qsort (scores, n, sizeof (Score), compare_scores);
  for (guint64 i = 0; i < n_open; i++)
    facts[scores[i].index].closed = G_MAXINT64;
}

static guint
place_of (const char *name)
{
  guint p = 0;

  while (p + 1 < N_PLACES && !g_str_equal (places[p], name))
    p++;
  return p;
}

static void
make_category (GwDemoMatters *self, const Weights *weights, guint c, guint64 n, guint64 n_closed)
{
  const GwDemoCategory *category = g_ptr_array_index (self->table->categories, c);
  guint first = self->facts->len;
  guint place = place_of (category->place);
  gint64 end = gw_time_of_day (FIRST_DAY + GW_DEMO_DAYS, 0, 0, 0) - 1;
  GwDemoFact *facts;

  g_array_set_size (self->facts, first + (guint)n);
  facts = &g_array_index (self->facts, GwDemoFact, first);
  for (guint32 i = 0; i < n; i++)
    {
      facts[i].category = (guint8)c;
      facts[i].index = i;
      set_time (self, &facts[i], category->profile);
      set_place (self, &facts[i], weights, place);
      /* Whoever reports in the last ten minutes of the period is closed a little behind it. */
      facts[i].closed =
          MAX (facts[i].reported + 600,
               MIN (facts[i].reported + duration_of (self, category->profile, c, i), end));
    }
  leave_open (self, facts, n, n - n_closed, category->profile);
}

static gint
compare_facts (gconstpointer a, gconstpointer b)
{
  const GwDemoFact *left = a, *right = b;

  if (left->reported != right->reported)
    return left->reported < right->reported ? -1 : 1;
  if (left->category != right->category)
    return left->category < right->category ? -1 : 1;
  return left->index < right->index ? -1 : left->index > right->index;
}

GwDemoMatters *
gw_demo_matters_new (const GwDemoTable *table,
                     const GwDemoDistrict *district,
                     GwAreaTree *tree,
                     guint64 rows,
                     guint64 seed)
{
  GwDemoMatters *self = g_new0 (GwDemoMatters, 1);
  g_autofree guint64 *totals = NULL;
  g_autofree guint64 *closed = NULL;
  g_auto (Weights) weights = { 0 };

  self->table = table;
  self->district = district;
  self->seed = seed;
  self->tree = gw_area_tree_ref (tree);
  self->type_numbers = g_new0 (guint32, table->categories->len);
  self->facts = g_array_new (FALSE, TRUE, sizeof (GwDemoFact));
  weigh (&weights, district, tree);
  gw_demo_quotas (table, rows, &totals, &closed);
  for (guint c = 0; c < table->categories->len; c++)
    if (totals[c] > 0)
      make_category (self, &weights, c, totals[c], closed[c]);
  qsort (self->facts->data, self->facts->len, sizeof (GwDemoFact), compare_facts);
  return self;
}

void
gw_demo_matters_free (GwDemoMatters *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->facts);
  gw_area_tree_unref (self->tree);
  g_free (self->type_numbers);
  g_free (self);
}
