/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-label.h"

#include "geo-demo.h"

#include <math.h>

static void
test_priority (void)
{
  const struct
  {
    const char *text;
    GwLabelBox boxes[3];
    gboolean expected[3];
  } cases[] = {
    { "apart: all",
      { { 0, 0, 50, 20, 1 }, { 100, 0, 50, 20, 1 }, { 0, 100, 50, 20, 1 } },
      { 1, 1, 1 } },
    { "over each other: the higher",
      { { 0, 0, 50, 20, 1 }, { 10, 5, 50, 20, 2 }, { 300, 0, 9, 9, 0 } },
      { 0, 1, 1 } },
    { "equal: the first",
      { { 0, 0, 50, 20, 1 }, { 10, 5, 50, 20, 1 }, { 20, 10, 50, 20, 1 } },
      { 1, 0, 0 } },
    { "the loser gives way to a third",
      { { 0, 0, 50, 20, 3 }, { 40, 0, 50, 20, 2 }, { 80, 0, 50, 20, 1 } },
      { 1, 0, 1 } },
    { "the gap counts",
      { { 0, 0, 50, 20, 3 }, { 53, 0, 50, 20, 2 }, { 0, 25, 50, 20, 1 } },
      { 1, 0, 1 } },
    { "out of the picture",
      { { -60, 0, 50, 20, 3 }, { 400, 0, 50, 20, 2 }, { 0, -20, 50, 20, 1 } },
      { 0, 0, 0 } },
    { "cut by the edge",
      { { -25, -10, 50, 20, 3 }, { 390, 290, 50, 20, 2 }, { 0, 0, 5, 5, 1 } },
      { 1, 1, 0 } },
    { "no number",
      { { NAN, 0, 50, 20, 3 }, { 0, 0, 50, NAN, 2 }, { 0, 0, 5, 5, 1 } },
      { 0, 0, 1 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean is_visible[3];
      guint n = gw_label_place (cases[i].boxes, 3, 400, 300, 4, is_visible), expected = 0;

      g_test_message ("%s", cases[i].text);
      for (guint k = 0; k < 3; k++)
        {
          g_assert_cmpint (is_visible[k], ==, cases[i].expected[k]);
          expected += cases[i].expected[k] != 0;
        }
      g_assert_cmpuint (n, ==, expected);
    }
}

static gboolean
is_touching (const GwLabelBox *a, const GwLabelBox *b, float gap)
{
  return a->x < b->x + b->width + gap && b->x < a->x + a->width + gap &&
         a->y < b->y + b->height + gap && b->y < a->y + a->height + gap;
}

/* None of those that show touch; each that does not show touches a shown one of no less priority.
 */
static void
test_many (void)
{
  enum
  {
    N = 3000,
    GAP = 20
  };
  g_autofree GwLabelBox *boxes = g_new (GwLabelBox, N);
  g_autofree gboolean *is_visible = g_new (gboolean, N), *again = g_new (gboolean, N);
  guint n;

  for (guint i = 0; i < N; i++)
    {
      boxes[i].x = (float)geo_demo_random_int (1, i, -90, 1590);
      boxes[i].y = (float)geo_demo_random_int (2, i, -10, 990);
      boxes[i].width = (float)geo_demo_random_int (3, i, 91, 300);
      boxes[i].height = (float)geo_demo_random_int (4, i, 12, 40);
      boxes[i].priority = geo_demo_random_int (5, i, 0, 20);
    }
  n = gw_label_place (boxes, N, 1600, 1000, GAP, is_visible);
  g_assert_cmpuint (n, >, 50);
  g_assert_cmpuint (gw_label_place (boxes, N, 1600, 1000, GAP, again), ==, n);
  for (guint i = 0; i < N; i++)
    {
      gboolean has_reason = FALSE;

      g_assert_cmpint (is_visible[i], ==, again[i]);
      for (guint k = 0; k < N; k++)
        {
          if (k == i || !is_visible[k] || !is_touching (&boxes[i], &boxes[k], GAP))
            continue;
          g_assert_false (is_visible[i]);
          has_reason |= boxes[k].priority >= boxes[i].priority;
        }
      g_assert_true (is_visible[i] || has_reason);
    }
}

static void
test_none (void)
{
  g_assert_cmpuint (gw_label_place (NULL, 0, 0, 0, 0, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label/priority", test_priority);
  g_test_add_func ("/label/many", test_many);
  g_test_add_func ("/label/none", test_none);
  return g_test_run ();
}
