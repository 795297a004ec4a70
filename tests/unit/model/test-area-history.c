/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The district as it was published from 2016 to 2023, with the mergers of 2019 and 2020 as chains
 * of successors: real names, real codes, real trouble. */
#include "gw-area-name.h"
#include "gw-clock.h"
#include "gw-csv.h"
#include "gw-error.h"
#include "gw-paths.h"
#include "model-fixtures.h"

#include <string.h>

#define FIRST_YEAR 2016
#define N_YEARS 8

static GPtrArray *
read_rows (const char *file)
{
  g_autofree char *relative = g_build_filename ("divisions", file, NULL);
  g_autofree char *path = gw_path_data (relative);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *rows;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  rows = gw_csv_parse (text, length, &error);
  g_assert_no_error (error);
  g_ptr_array_remove_index (rows, 0);
  return rows;
}

static gint32
new_year (guint index)
{
  return gw_day_from_ymd ((int)(FIRST_YEAR + index), 1, 1);
}

/* The last name and the years in which the code stood in the list. */
static void
take_life (GwArea *area, char **row)
{
  for (guint year = 0; year < N_YEARS; year++)
    {
      if (row[1 + year] == NULL || row[1 + year][0] == '\0')
        continue;
      if (area->name == NULL)
        area->valid_from = new_year (year);
      g_free (area->name);
      area->name = g_strdup (row[1 + year]);
      area->valid_to = year + 1 == N_YEARS ? G_MAXINT32 : new_year (year + 1);
    }
}

static void
add_rows (GPtrArray *areas, GHashTable *ids, GPtrArray *rows, GwAreaLevel level)
{
  for (guint i = 0; i < rows->len; i++)
    {
      char **row = g_ptr_array_index (rows, i);
      g_autofree char *above = g_strndup (row[0], strlen (row[0]) - 3);
      guint32 parent = GPOINTER_TO_UINT (g_hash_table_lookup (ids, above));
      guint32 id;

      g_assert_cmpuint (parent, !=, 0);
      id = fixture_add_area (areas, parent, level, row[0], NULL);
      take_life (fixture_area (areas, id), row);
      g_assert_nonnull (fixture_area (areas, id)->name);
      g_hash_table_insert (ids, fixture_area (areas, id)->code, GUINT_TO_POINTER (id));
    }
}

/* One to one by name: a village that got another code the year it lost its old one. Whole stems,
 * and only when exactly one area fits: the two 金桂 must not be mixed up. */
static guint32
guess_successor (GPtrArray *areas, const GwArea *old)
{
  GwNameClass old_class, new_class;
  g_autofree char *old_stem = gw_area_name_stem (old->name, &old_class);
  guint32 found = GW_AREA_NONE;

  for (guint i = 0; i < areas->len; i++)
    {
      const GwArea *area = g_ptr_array_index (areas, i);
      g_autofree char *stem = NULL;

      if (area == old || area->level != old->level || area->valid_from != old->valid_to)
        continue;
      stem = gw_area_name_stem (area->name, &new_class);
      if (!g_str_equal (stem, old_stem))
        continue;
      if (found != GW_AREA_NONE)
        return GW_AREA_NONE;
      found = area->id;
    }
  return found;
}

static GwAreaTree *
district (void)
{
  GPtrArray *areas = g_ptr_array_new ();
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) streets = read_rows ("chuanshan_streets_by_year.csv");
  g_autoptr (GPtrArray) villages = read_rows ("chuanshan_villages_by_year.csv");
  g_autoptr (GError) error = NULL;
  GwAreaTree *tree;

  fixture_add_area (areas, 0, GW_LEVEL_DISTRICT, "510903", "船山区");
  g_hash_table_insert (ids, (gpointer) "510903", GUINT_TO_POINTER (1));
  add_rows (areas, ids, streets, GW_LEVEL_TOWNSHIP);
  add_rows (areas, ids, villages, GW_LEVEL_COMMUNITY);
  for (guint i = 0; i < areas->len; i++)
    {
      GwArea *area = g_ptr_array_index (areas, i);

      if (!gw_area_is_current (area))
        area->successor = guess_successor (areas, area);
    }
  tree = gw_area_tree_new_take (areas, &error);
  g_assert_no_error (error);
  return tree;
}

static void
test_counts (void)
{
  g_autoptr (GwAreaTree) tree = district ();
  g_autoptr (GArray) leaves = gw_area_tree_leaves (tree, 1);
  guint townships;

  (void)gw_area_tree_children (tree, 1, &townships);
  g_assert_cmpuint (townships, ==, 24); /* data.md 1: 24 divisions, 247 units in 2023 */
  g_assert_cmpuint (leaves->len, ==, 247);
}

/* The sum over townships is the whole, and nobody is counted twice. */
static void
test_leaves_partition_the_district (void)
{
  g_autoptr (GwAreaTree) tree = district ();
  g_autoptr (GArray) all = gw_area_tree_leaves (tree, 1);
  guint n, sum = 0;
  const GwArea *const *townships = gw_area_tree_children (tree, 1, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GArray) leaves = gw_area_tree_leaves (tree, townships[i]->id);

      sum += leaves->len;
      for (guint j = 0; j < leaves->len; j++)
        {
          guint32 leaf = g_array_index (leaves, guint32, j);

          g_assert_true (gw_area_tree_contains (tree, townships[i]->id, leaf));
          g_assert_cmpuint (gw_area_tree_ancestor (tree, leaf, GW_LEVEL_TOWNSHIP), ==,
                            townships[i]->id);
        }
    }
  g_assert_cmpuint (sum, ==, all->len);
}

static void
test_chains (void)
{
  static const struct
  {
    const char *old_code;
    const char *new_code;
  } cases[] = {
    { "510903003001", "510903002009" }, /* 滨河路, street dissolved in 2019 */
    { "510903010008", "510903014012" }, /* 张飞梁 */
    { "510903102218", "510903100217" }, /* 清河村, town merged */
    { "510903100010", "510903016002" }, /* 金桂: two moves in two years, past its namesake */
    { "510903106001", "510903106001" }, /* the namesake never moved */
    { "510903017200", "510903017001" }, /* 任家渡: village became a community in 2020 */
    { "510903102207", NULL },           /* 冬春村: moved in 2019, then merged away in 2020 */
    { "510903001001", "510903001001" }, /* never changed */
  };
  g_autoptr (GwAreaTree) tree = district ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GwArea *old = gw_area_tree_find_code (tree, cases[i].old_code);
      const GwArea *now = gw_area_tree_get (tree, gw_area_tree_current (tree, old->id));

      g_test_message ("%s %s", old->code, old->name);
      g_assert_cmpstr (now == NULL ? NULL : now->code, ==, cases[i].new_code);
    }
}

/* Whatever the chain, its end is valid today, on the same level, and its own end. */
static void
test_every_chain_ends (void)
{
  g_autoptr (GwAreaTree) tree = district ();
  guint moved = 0;

  for (guint32 id = 1; id <= gw_area_tree_size (tree); id++)
    {
      const GwArea *area = gw_area_tree_get (tree, id);
      guint32 now = gw_area_tree_current (tree, id);

      if (now == GW_AREA_NONE)
        {
          g_assert_false (gw_area_is_current (area));
          continue;
        }
      moved += now != id;
      g_assert_true (gw_area_is_current (gw_area_tree_get (tree, now)));
      g_assert_cmpint (gw_area_tree_get (tree, now)->level, ==, area->level);
      g_assert_cmpuint (gw_area_tree_current (tree, now), ==, now);
    }
  g_assert_cmpuint (moved, >, 40);
}

/* Every published name finds its own area, written in full, without suffix, and behind its town. */
static void
test_every_name_finds_itself (void)
{
  g_autoptr (GwAreaTree) tree = district ();

  for (guint32 id = 1; id <= gw_area_tree_size (tree); id++)
    {
      const GwArea *area = gw_area_tree_get (tree, id);
      const GwArea *town = gw_area_tree_get (tree, area->parent);
      GwNameClass name_class;
      g_autofree char *stem = gw_area_name_stem (area->name, &name_class);
      g_autofree char *long_name = town == NULL ? NULL : g_strconcat (town->name, area->name, NULL);
      const char *names[] = { area->name, stem, long_name };

      for (guint i = 0; i < G_N_ELEMENTS (names) && names[i] != NULL; i++)
        {
          g_autoptr (GPtrArray) found = gw_area_tree_find_name (tree, names[i]);

          if (!g_ptr_array_find (found, area, NULL))
            g_error ("%s does not find %s", names[i], area->code);
        }
    }
}

/* data.md 1: two communities of one name in 2023. */
static void
test_same_name_twice (void)
{
  g_autoptr (GwAreaTree) tree = district ();
  g_autoptr (GPtrArray) both = gw_area_tree_search (tree, "金桂社区", 9);
  g_autoptr (GPtrArray) named = gw_area_tree_find_name (tree, "金桂社区");
  g_autoptr (GPtrArray) one = gw_area_tree_find_name (tree, "西宁街道金桂社区");

  g_assert_cmpuint (both->len, ==, 2);
  g_assert_cmpuint (named->len, >, 2); /* those of the past as well */
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (((const GwArea *)g_ptr_array_index (one, 0))->code, ==, "510903016002");
}

/* data.md 1: rare characters must survive. */
static void
test_rare_characters (void)
{
  g_autoptr (GwAreaTree) tree = district ();
  g_autoptr (GPtrArray) found = gw_area_tree_search (tree, "五里垭", 9);

  g_assert_cmpuint (found->len, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/area-history/counts", test_counts);
  g_test_add_func ("/area-history/leaves-partition", test_leaves_partition_the_district);
  g_test_add_func ("/area-history/chains", test_chains);
  g_test_add_func ("/area-history/every-chain-ends", test_every_chain_ends);
  g_test_add_func ("/area-history/every-name-finds-itself", test_every_name_finds_itself);
  g_test_add_func ("/area-history/same-name-twice", test_same_name_twice);
  g_test_add_func ("/area-history/rare-characters", test_rare_characters);
  return g_test_run ();
}
