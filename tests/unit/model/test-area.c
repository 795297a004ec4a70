/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-area-mention.h"
#include "gw-error.h"
#include "model-fixtures.h"

enum
{ /* ids of the small district below */
  DISTRICT = 1,
  JIEFU,    /* a street */
  RENLI,    /* a town */
  JIEFU_C,  /* community of the street */
  STONE_C,  /* 石桥社区居委会, of the street */
  STONE_V,  /* 石桥村委会, of the town */
  GRID,     /* in JIEFU_C */
  MICRO_1,  /* in GRID */
  MICRO_2,  /* in GRID */
  OLD_V,    /* merged into STONE_V */
  SPLIT_V,  /* split up: no successor */
  OLDEST_V, /* merged into OLD_V */
};

static GPtrArray *
small_areas (void)
{
  GPtrArray *areas = g_ptr_array_new ();

  fixture_add_area (areas, 0, GW_LEVEL_DISTRICT, "510903", "船山区");
  fixture_add_area (areas, DISTRICT, GW_LEVEL_TOWNSHIP, "510903006", "介福路街道");
  fixture_add_area (areas, DISTRICT, GW_LEVEL_TOWNSHIP, "510903101", "仁里镇");
  fixture_add_area (areas, JIEFU, GW_LEVEL_COMMUNITY, "510903006002", "介福路社区居委会");
  fixture_add_area (areas, JIEFU, GW_LEVEL_COMMUNITY, "510903006001", "石桥社区居委会");
  fixture_add_area (areas, RENLI, GW_LEVEL_COMMUNITY, "510903101201", "石桥村委会");
  fixture_add_area (areas, JIEFU_C, GW_LEVEL_GRID, "510903006002001", "第1网格");
  fixture_add_area (areas, GRID, GW_LEVEL_MICRO, "51090300600200101", "第1网格甲");
  fixture_add_area (areas, GRID, GW_LEVEL_MICRO, "51090300600200102", "第1网格乙");
  fixture_add_area (areas, RENLI, GW_LEVEL_COMMUNITY, "510903101202", "放羊村委会");
  fixture_add_area (areas, RENLI, GW_LEVEL_COMMUNITY, "510903101203", "松林村委会");
  fixture_add_area (areas, RENLI, GW_LEVEL_COMMUNITY, "510903101204", "保安寺村委会");
  fixture_area (areas, OLD_V)->valid_to = 18443;
  fixture_area (areas, OLD_V)->successor = STONE_V;
  fixture_area (areas, SPLIT_V)->valid_to = 18443;
  fixture_area (areas, OLDEST_V)->valid_to = 17000;
  fixture_area (areas, OLDEST_V)->successor = OLD_V;
  return areas;
}

static GwAreaTree *
small_tree (void)
{
  g_autoptr (GError) error = NULL;
  GwAreaTree *tree = gw_area_tree_new_take (small_areas (), &error);

  g_assert_no_error (error);
  return tree;
}

static void
test_structure (void)
{
  g_autoptr (GwAreaTree) tree = small_tree ();
  g_autoptr (GwAreaTree) again = gw_area_tree_ref (tree);
  g_autofree char *path = gw_area_tree_path (tree, MICRO_1, " › ");
  g_autofree char *whole = gw_area_tree_path (tree, DISTRICT, " › ");
  g_autofree char *none = gw_area_tree_path (tree, 99, " › ");

  g_assert_cmpuint (gw_area_tree_size (again), ==, OLDEST_V);
  g_assert_cmpuint (gw_area_tree_root (tree)->id, ==, DISTRICT);
  g_assert_null (gw_area_tree_get (tree, GW_AREA_NONE));
  g_assert_null (gw_area_tree_get (tree, OLDEST_V + 1));
  g_assert_cmpstr (path, ==, "介福路街道 › 介福路社区居委会 › 第1网格 › 第1网格甲");
  g_assert_cmpstr (whole, ==, "船山区");
  g_assert_cmpstr (none, ==, "");
}

static void
test_ancestors (void)
{
  g_autoptr (GwAreaTree) tree = small_tree ();

  g_assert_cmpuint (gw_area_tree_ancestor (tree, MICRO_2, GW_LEVEL_MICRO), ==, MICRO_2);
  g_assert_cmpuint (gw_area_tree_ancestor (tree, MICRO_2, GW_LEVEL_GRID), ==, GRID);
  g_assert_cmpuint (gw_area_tree_ancestor (tree, MICRO_2, GW_LEVEL_TOWNSHIP), ==, JIEFU);
  g_assert_cmpuint (gw_area_tree_ancestor (tree, MICRO_2, GW_LEVEL_CITY), ==, GW_AREA_NONE);
  g_assert_cmpuint (gw_area_tree_ancestor (tree, JIEFU, GW_LEVEL_GRID), ==, GW_AREA_NONE);
  g_assert_cmpuint (gw_area_tree_ancestor (tree, 99, GW_LEVEL_GRID), ==, GW_AREA_NONE);
  g_assert_cmpuint (gw_area_tree_ancestor (tree, GW_AREA_NONE, GW_LEVEL_GRID), ==, GW_AREA_NONE);
  g_assert_true (gw_area_tree_contains (tree, JIEFU, MICRO_1));
  g_assert_true (gw_area_tree_contains (tree, MICRO_1, MICRO_1));
  g_assert_false (gw_area_tree_contains (tree, MICRO_1, JIEFU));
  g_assert_false (gw_area_tree_contains (tree, RENLI, MICRO_1));
  g_assert_false (gw_area_tree_contains (tree, GW_AREA_NONE, MICRO_1));
}

static void
test_children_and_leaves (void)
{
  g_autoptr (GwAreaTree) tree = small_tree ();
  g_autoptr (GArray) leaves = gw_area_tree_leaves (tree, DISTRICT);
  g_autoptr (GArray) town = gw_area_tree_leaves (tree, RENLI);
  g_autoptr (GArray) none = gw_area_tree_leaves (tree, GW_AREA_NONE);
  const guint32 expected[] = { STONE_C, STONE_V, MICRO_1, MICRO_2 };
  guint n;
  const GwArea *const *children = gw_area_tree_children (tree, JIEFU, &n);

  g_assert_cmpuint (n, ==, 2); /* by code, not by id */
  g_assert_cmpuint (children[0]->id, ==, STONE_C);
  g_assert_cmpuint (children[1]->id, ==, JIEFU_C);
  children = gw_area_tree_children (tree, RENLI, &n);
  g_assert_cmpuint (n, ==, 1); /* merged villages are no children any more */
  g_assert_cmpuint (children[0]->id, ==, STONE_V);
  (void)gw_area_tree_children (tree, MICRO_1, &n);
  g_assert_cmpuint (n, ==, 0);
  children = gw_area_tree_children (tree, GW_AREA_NONE, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpuint (children[0]->id, ==, DISTRICT);

  g_assert_cmpmem (leaves->data, leaves->len * sizeof (guint32), expected, sizeof expected);
  g_assert_cmpuint (town->len, ==, 1);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_successors (void)
{
  g_autoptr (GwAreaTree) tree = small_tree ();

  g_assert_cmpuint (gw_area_tree_current (tree, STONE_V), ==, STONE_V);
  g_assert_cmpuint (gw_area_tree_current (tree, OLD_V), ==, STONE_V);
  g_assert_cmpuint (gw_area_tree_current (tree, OLDEST_V), ==, STONE_V);
  g_assert_cmpuint (gw_area_tree_current (tree, SPLIT_V), ==, GW_AREA_NONE);
  g_assert_cmpuint (gw_area_tree_current (tree, 99), ==, GW_AREA_NONE);
}

static void
test_codes (void)
{
  static const struct
  {
    const char *code;
    guint32 id;
  } cases[] = {
    { "510903", DISTRICT },
    { "510903000000", DISTRICT },
    { "510903006000", JIEFU },
    { "510903101202", OLD_V },
    { "510903006002001", GRID },
    { "510903999000", 0 },
    { "", 0 },
    { "51090", 0 },
    { NULL, 0 },
  };
  g_autoptr (GwAreaTree) tree = small_tree ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const GwArea *area = gw_area_tree_find_code (tree, cases[i].code);

      g_assert_cmpuint (area == NULL ? 0 : area->id, ==, cases[i].id);
    }
}

static char *
ids_of (GPtrArray *areas)
{
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < areas->len; i++)
    g_string_append_printf (ids, "%s%u", i > 0 ? " " : "",
                            ((const GwArea *)g_ptr_array_index (areas, i))->id);
  return g_string_free (ids, FALSE);
}

static void
test_names (void)
{
  static const struct
  {
    const char *name;
    const char *ids;
  } cases[] = {
    { "石桥社区居委会", "5" },
    { "石桥社区", "5" },
    { "石桥居委会", "5" },
    { "石桥村", "6" },
    { " 石桥村民委员会 ", "6" },
    { "石桥", "5 6" },
    { "仁里镇石桥", "6" },
    { "介福路街道石桥", "5" },
    { "船山区仁里镇石桥村委会", "6" },
    { "仁里镇石桥社区", "6" }, /* the only 石桥 of that town, whatever it is called */
    { "仁里镇仁里镇", "" },    /* nothing lies inside itself */
    { "放羊村", "10" },
    { "介福路街道办事处", "2" },
    { "介福路", "2 4" },
    { "第１网格", "7" }, /* full-width digit */
    { "社区", "" },
    { "村", "" },
    { "不存在村", "" },
    { "", "" },
    { NULL, "" },
  };
  g_autoptr (GwAreaTree) tree = small_tree ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) found = gw_area_tree_find_name (tree, cases[i].name);
      g_autofree char *ids = ids_of (found);

      g_test_message ("%s", cases[i].name == NULL ? "(null)" : cases[i].name);
      g_assert_cmpstr (ids, ==, cases[i].ids);
    }
}

static void
test_search (void)
{
  static const struct
  {
    const char *text;
    guint max;
    const char *ids;
  } cases[] = {
    { "石桥", 9, "5 6" },    { "桥", 9, "5 6" },  { "shiqiao", 9, "" },
    { "sq", 9, "5 6 1" },    { "JFL", 9, "2 4" }, { "510903006", 9, "2 5 4 7 8 9" },
    { "介福", 9, "2 4" },    { "介福", 1, "2" },  { "仁里 石桥", 9, "6" },
    { "放羊", 9, "" }, /* no longer an area one could choose */
    { "介福路 甲", 9, "8" }, { "", 9, "" },       { "石桥", 0, "" },
    { NULL, 9, "" },         { "rl sq", 9, "6" },
  };
  g_autoptr (GwAreaTree) tree = small_tree ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) found = gw_area_tree_search (tree, cases[i].text, cases[i].max);
      g_autofree char *ids = ids_of (found);

      g_test_message ("%s", cases[i].text == NULL ? "(null)" : cases[i].text);
      g_assert_cmpstr (ids, ==, cases[i].ids);
    }
}

typedef void (*Damage) (GPtrArray *areas);

static void
damage_id (GPtrArray *areas)
{
  fixture_area (areas, GRID)->id = 90;
}

static void
damage_parent (GPtrArray *areas)
{
  fixture_area (areas, GRID)->parent = JIEFU;
}

static void
damage_own_parent (GPtrArray *areas)
{
  fixture_area (areas, GRID)->parent = GRID;
}

static void
damage_no_such_parent (GPtrArray *areas)
{
  fixture_area (areas, GRID)->parent = 4000000000u;
}

static void
damage_second_root (GPtrArray *areas)
{
  fixture_area (areas, GRID)->parent = GW_AREA_NONE;
}

static void
damage_code_twice (GPtrArray *areas)
{
  g_free (fixture_area (areas, GRID)->code);
  fixture_area (areas, GRID)->code = g_strdup ("510903");
}

static void
damage_no_name (GPtrArray *areas)
{
  g_clear_pointer (&fixture_area (areas, GRID)->name, g_free);
}

static void
damage_level (GPtrArray *areas)
{
  fixture_area (areas, MICRO_1)->level = (GwAreaLevel)6;
}

static void
damage_circle (GPtrArray *areas)
{
  fixture_area (areas, STONE_V)->valid_to = 19000;
  fixture_area (areas, STONE_V)->successor = OLDEST_V;
}

static void
damage_own_successor (GPtrArray *areas)
{
  fixture_area (areas, OLD_V)->successor = OLD_V;
}

static void
damage_validity (GPtrArray *areas)
{
  fixture_area (areas, OLD_V)->valid_from = 19000;
}

static void
test_mention (void)
{
  static const struct
  {
    const char *text;
    guint32 area;
  } rows[] = {
    { "介福路社区18栋", JIEFU_C },
    { "介福路街道", JIEFU },
    { "介福路社区居委会对面", JIEFU_C },
    { "石桥村3组", STONE_V },
    { "石桥社区", STONE_C },
    { "介福路街道石桥社区12号", STONE_C },
    { "第1网格乙", MICRO_2 },
    { "仁里镇", RENLI },
    { "放羊村", GW_AREA_NONE },          /* no longer there */
    { "石桥", GW_AREA_NONE },            /* which one stays open */
    { "石桥社区和介福路社区", JIEFU_C }, /* the longer name of two on one level */
    { "船山区", GW_AREA_NONE },
    { "梨园街18栋", GW_AREA_NONE },
    { "", GW_AREA_NONE },
  };
  g_autoptr (GwAreaTree) tree = small_tree ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_test_message ("%s", rows[i].text);
      g_assert_cmpuint (gw_area_tree_find_mention (tree, rows[i].text), ==, rows[i].area);
    }
  g_assert_cmpuint (gw_area_tree_find_mention (tree, NULL), ==, GW_AREA_NONE);
}

static void
test_damaged_trees_are_refused (void)
{
  static const struct
  {
    Damage damage;
    const char *named; /* the message says which area */
  } cases[] = {
    { damage_id, "90" },
    { damage_parent, "510903006002001" },
    { damage_own_parent, "510903006002001" },
    { damage_no_such_parent, "510903006002001" },
    { damage_second_root, "510903006002001" },
    { damage_code_twice, "510903" },
    { damage_no_name, "7" },
    { damage_level, "51090300600200101" },
    { damage_circle, "510903101201" },
    { damage_own_successor, "510903101202" },
    { damage_validity, "510903101202" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      GPtrArray *areas = small_areas ();

      cases[i].damage (areas);
      g_assert_null (gw_area_tree_new_take (areas, &error));
      g_assert_error (error, GW_ERROR, GW_ERROR_CORRUPT);
      g_assert_nonnull (g_strrstr (error->message, cases[i].named));
    }
}

static void
test_empty (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwAreaTree) tree = gw_area_tree_new_take (g_ptr_array_new (), &error);
  g_autoptr (GPtrArray) found = NULL;
  guint n;

  g_assert_no_error (error);
  g_assert_null (gw_area_tree_root (tree));
  g_assert_cmpuint (gw_area_tree_size (tree), ==, 0);
  (void)gw_area_tree_children (tree, GW_AREA_NONE, &n);
  g_assert_cmpuint (n, ==, 0);
  found = gw_area_tree_search (tree, "a", 5);
  g_assert_cmpuint (found->len, ==, 0);
}

static void
test_ids (void)
{
  GwAreaKind kind;
  GwAreaLevel level;

  for (guint i = 0; i < GW_N_LEVELS; i++)
    {
      g_assert_true (gw_area_level_from_id (gw_area_level_id ((GwAreaLevel)i), &level));
      g_assert_cmpint (level, ==, i);
    }
  for (guint i = GW_AREA_URBAN; i <= GW_AREA_SPECIAL; i++)
    {
      g_assert_true (gw_area_kind_from_id (gw_area_kind_id ((GwAreaKind)i), &kind));
      g_assert_cmpint (kind, ==, i);
    }
  g_assert_false (gw_area_kind_from_id ("sea", &kind));
  g_assert_false (gw_area_level_from_id (NULL, &level));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/area/structure", test_structure);
  g_test_add_func ("/area/ancestors", test_ancestors);
  g_test_add_func ("/area/children-and-leaves", test_children_and_leaves);
  g_test_add_func ("/area/successors", test_successors);
  g_test_add_func ("/area/codes", test_codes);
  g_test_add_func ("/area/names", test_names);
  g_test_add_func ("/area/search", test_search);
  g_test_add_func ("/area/mention", test_mention);
  g_test_add_func ("/area/damaged-trees-are-refused", test_damaged_trees_are_refused);
  g_test_add_func ("/area/empty", test_empty);
  g_test_add_func ("/area/ids", test_ids);
  return g_test_run ();
}
