/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-error.h"
#include "gw-filter.h"
#include "model-fixtures.h"

static GwAreaTree *
small_tree (void)
{
  GPtrArray *areas = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GwAreaTree *tree;

  fixture_add_area (areas, 0, GW_LEVEL_DISTRICT, "510903", "船山区");
  fixture_add_area (areas, 1, GW_LEVEL_TOWNSHIP, "510903001", "南津路街道");
  tree = gw_area_tree_new_take (areas, &error);
  g_assert_no_error (error);
  return tree;
}

static void
test_text_as_documented (void)
{
  g_autoptr (GwAreaTree) tree = small_tree ();
  g_autoptr (GwFilter) filter = gw_filter_new ();
  g_autofree char *text = NULL;

  filter->type = g_strdup ("risk.dispute/dispute");
  filter->states = (1u << GW_STATE_FILED) | (1u << GW_STATE_WAITING);
  filter->area = 2;
  filter->text = g_strdup ("物业 \"三号\" \\");
  filter->has_box = TRUE;
  filter->west = -1;
  filter->south = 0;
  filter->east = 1055812345;
  filter->north = 305300000;
  text = gw_filter_to_text (filter, tree);
  g_assert_cmpstr (text, ==,
                   "type=risk.dispute/dispute state=filed,waiting area=510903001 "
                   "box=-0.0000001,0.0000000,105.5812345,30.5300000 "
                   "text=\"物业 \\\"三号\\\" \\\\\"");
}

static char *
maybe_word (void)
{
  static const char *const words[] = { "risk.dispute", "物业", "a b", "\"",  "\\",
                                       "x=y",          "\\\"", "\n",  "a\tb" };

  return g_test_rand_bit () ? NULL
                            : g_strdup (words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
}

static GwFilter *
random_filter (void)
{
  GwFilter *filter = gw_filter_new ();

  filter->module = maybe_word ();
  filter->type = maybe_word ();
  filter->text = maybe_word ();
  filter->states = (guint32)g_test_rand_int_range (0, 1 << GW_N_STATES) & ~1u;
  filter->open_only = g_test_rand_bit ();
  filter->overdue_only = g_test_rand_bit ();
  filter->area = (guint32)g_test_rand_int_range (0, 3);
  filter->org = g_test_rand_bit () ? (guint32)g_test_rand_int () : 0;
  filter->from = g_test_rand_bit () ? 0 : g_test_rand_int_range (1, G_MAXINT32);
  filter->to = g_test_rand_bit () ? 0 : g_test_rand_int_range (1, G_MAXINT32);
  filter->batch = g_test_rand_int_range (0, 3);
  filter->has_box = g_test_rand_bit ();
  filter->west = g_test_rand_int_range (-1800000000, 0);
  filter->east = g_test_rand_int_range (0, 1800000000);
  filter->south = g_test_rand_int_range (-900000000, 0);
  filter->north = g_test_rand_int_range (0, 900000000);
  filter->sort = (GwSort)g_test_rand_int_range (0, GW_SORT_AREA + 1);
  return filter;
}

static void
test_round_trip (void)
{
  g_autoptr (GwAreaTree) tree = small_tree ();

  for (guint round = 0; round < 5000; round++)
    {
      g_autoptr (GwFilter) filter = random_filter ();
      g_autoptr (GwFilter) copy = gw_filter_copy (filter);
      const GwAreaTree *known = g_test_rand_bit () ? tree : NULL;
      g_autofree char *text = gw_filter_to_text (filter, known);
      g_autoptr (GError) error = NULL;
      g_autoptr (GwFilter) back = gw_filter_from_text (text, known, &error);

      g_assert_no_error (error);
      if (!gw_filter_equal (filter, back))
        g_error ("%s", text);
      g_assert_true (gw_filter_equal (filter, copy));
    }
}

/* Changing any one member makes another filter. */
static void
test_equality (void)
{
  g_autoptr (GwFilter) none = gw_filter_new ();

  g_assert_true (gw_filter_is_empty (none));
  for (guint member = 0; member < 14; member++)
    {
      g_autoptr (GwFilter) filter = gw_filter_new ();
      char **texts[] = { &filter->module, &filter->type, &filter->text };

      if (member < 3)
        *texts[member] = g_strdup ("x");
      filter->states = member == 3;
      filter->open_only = member == 4;
      filter->overdue_only = member == 5;
      filter->area = member == 6;
      filter->org = member == 7;
      filter->from = member == 8;
      filter->to = member == 9;
      filter->batch = member == 10;
      filter->has_box = member == 11;
      filter->sort = member == 12 ? GW_SORT_AREA : GW_SORT_REPORTED_DESC;
      filter->west = member == 13;
      /* The box of a filter without box says nothing; the order hides no row. */
      g_assert_cmpint (gw_filter_equal (filter, none), ==, member == 13);
      g_assert_cmpint (gw_filter_is_empty (filter), ==, member >= 12);
    }
}

static void
test_reading (void)
{
  g_autoptr (GwAreaTree) tree = small_tree ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GwFilter) filter = gw_filter_from_text (
      "  open=yes\n area=510903001000 from=2026-03-01 to=2026-03-31 text=漏水 ", tree, &error);

  g_assert_no_error (error);
  g_assert_true (filter->open_only);
  g_assert_cmpuint (filter->area, ==, 2);
  g_assert_cmpint (filter->from, ==, gw_time_of_day (gw_day_from_ymd (2026, 3, 1), 0, 0, 0));
  g_assert_cmpint (filter->to, ==, gw_time_of_day (gw_day_from_ymd (2026, 4, 1), 0, 0, 0));
  g_assert_cmpstr (filter->text, ==, "漏水");
}

static void
test_refusals (void)
{
  static const char *const texts[] = {
    "colour=red",
    "open",
    "open=maybe",
    "state=lost",
    "state=",
    "area=999999",
    "area=#9",
    "area=#0",
    "org=-1",
    "org=99999999999",
    "from=yesterday",
    "box=1,2,3",
    "box=1,2,3,4,5",
    "box=5,0,1,1",
    "box=1,2,x,4",
    "box=181,0,182,1",
    "box=1.12345678,0,2,1",
    "text=\"open",
    "sort=random",
    "=x",
    "batch=0",
    "type=",
    "\xff=1",
  };
  g_autoptr (GwAreaTree) tree = small_tree ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("row %u", i);
      g_assert_null (gw_filter_from_text (texts[i], tree, &error));
      g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/filter/text-as-documented", test_text_as_documented);
  g_test_add_func ("/filter/round-trip", test_round_trip);
  g_test_add_func ("/filter/equality", test_equality);
  g_test_add_func ("/filter/reading", test_reading);
  g_test_add_func ("/filter/refusals", test_refusals);
  return g_test_run ();
}
