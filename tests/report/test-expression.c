/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-expression.h"

#include "store-fixture.h"
#include <math.h>

static GwAreaTree *
tree_of (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GwAreaTree *tree = gw_store_load_areas (fixture->store, &error);

  g_assert_no_error (error);
  return tree;
}

static void
test_parse (Fixture *fixture, gconstpointer unused)
{
  static const struct
  {
    const char *text;
    gboolean good, ratio;
  } cases[] = {
    { "count()", TRUE, FALSE },
    { "count(open=yes)", TRUE, FALSE },
    { "100 * count(state=closed) / count()", TRUE, TRUE },
    { " count ( ) / count(text=\"a) b\") ", TRUE, TRUE },
    { "", FALSE, FALSE },
    { "count", FALSE, FALSE },
    { "count(open=yes", FALSE, FALSE },
    { "count(colour=red)", FALSE, FALSE },
    { "count() / ", FALSE, FALSE },
    { "count() / count() / count()", FALSE, FALSE },
    { "SELECT 1", FALSE, FALSE },
  };
  g_autoptr (GwAreaTree) tree = tree_of (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GwExpression) expression = gw_expression_parse (cases[i].text, tree, &error);

      g_test_message ("%s", cases[i].text);
      g_assert_true ((expression != NULL) == cases[i].good);
      if (expression == NULL)
        g_assert_error (error, GW_ERROR, GW_ERROR_INVALID);
      else
        g_assert_true (gw_expression_is_ratio (expression) == cases[i].ratio);
    }
}

static double
value_of (Fixture *fixture, const char *text, guint32 area)
{
  g_autoptr (GwAreaTree) tree = tree_of (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GwExpression) expression = gw_expression_parse (text, tree, &error);
  g_autoptr (GwFilter) base = gw_filter_new ();
  double value = -1;

  g_assert_no_error (error);
  base->area = area;
  gw_expression_compute (expression, fixture->store, &fixture->program, base, &value, NULL, &error);
  g_assert_no_error (error);
  return value;
}

static void
test_compute (Fixture *fixture, gconstpointer unused)
{
  g_assert_true (isnan (value_of (fixture, "100 * count() / count()", GW_AREA_NONE)));
  for (guint i = 0; i < 12; i++)
    fixture_insert (fixture, i);
  fixture_move (fixture, 1, GW_VERB_REJECT, GW_STATE_REJECTED, "no");
  g_assert_cmpfloat_with_epsilon (value_of (fixture, "count()", GW_AREA_NONE), 12, 1e-9);
  g_assert_cmpfloat_with_epsilon (value_of (fixture, "count(state=rejected)", GW_AREA_NONE), 1,
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (value_of (fixture, "100 * count(state=rejected) / count()",
                                            GW_AREA_NONE),
                                  100.0 / 12, 1e-9);
}

/* The value of an area is the value of a question about that area alone. */
static void
test_areas (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (GwAreaTree) tree = tree_of (fixture);
  g_autoptr (GwExpression) expression = NULL;
  g_autoptr (GwFilter) base = gw_filter_new ();
  g_autoptr (GArray) values = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 40; i++)
    fixture_insert (fixture, i);
  expression = gw_expression_parse ("count(open=yes)", tree, &error);
  values = gw_expression_compute_areas (expression, fixture->store, &fixture->program, base, NULL,
                                        &error);
  g_assert_no_error (error);
  for (guint32 id = 1; id <= gw_area_tree_size (tree); id++)
    g_assert_cmpfloat_with_epsilon (g_array_index (values, double, id),
                                    value_of (fixture, "count(open=yes)", id), 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD ("/expression/parse", test_parse);
  FIXTURE_ADD ("/expression/compute", test_compute);
  FIXTURE_ADD ("/expression/areas", test_areas);
  return g_test_run ();
}
