/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-selection.h"

#define N 1000u

/* Ids that are not in order, as a filter sorted by due date gives them. */
static GwSelection *
some_selection (void)
{
  GwSelection *selection = gw_selection_new (N, 3, 2);
  gint64 *ids = g_new (gint64, N);

  for (guint i = 0; i < N; i++)
    ids[i] = 1 + (gint64)(i * 7919 % N) * 3;
  selection->ids = ids;
  return selection;
}

static void
test_find (void)
{
  g_autoptr (GwSelection) selection = some_selection ();
  g_autoptr (GwSelection) again = gw_selection_ref (selection);

  for (guint i = 0; i < N; i++)
    g_assert_cmpint (gw_selection_find (again, selection->ids[i]), ==, i);
  g_assert_cmpint (gw_selection_find (selection, 0), ==, -1);
  g_assert_cmpint (gw_selection_find (selection, 2), ==, -1);
  g_assert_cmpint (gw_selection_find (selection, -1), ==, -1);
}

static void
test_empty (void)
{
  g_autoptr (GwSelection) selection = gw_selection_new (0, 0, 0);

  g_assert_cmpint (gw_selection_find (selection, 1), ==, -1);
  /* Index 0, the whole district, is always there. */
  g_assert_cmpuint (selection->by_area[0].total, ==, 0);
  g_assert_cmpuint (selection->by_type[0].total, ==, 0);
}

static gpointer
look_up_all (gpointer data)
{
  const GwSelection *selection = data;
  guint right = 0;

  for (guint i = 0; i < N; i++)
    right += gw_selection_find (selection, selection->ids[i]) == (gint)i;
  return GUINT_TO_POINTER (right);
}

/* The index is built by whoever comes first: many may come at once. */
static void
test_many_threads_find (void)
{
  g_autoptr (GwSelection) selection = some_selection ();
  GThread *threads[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("reader", look_up_all, selection);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, N);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/selection/find", test_find);
  g_test_add_func ("/selection/empty", test_empty);
  g_test_add_func ("/selection/many-threads-find", test_many_threads_find);
  return g_test_run ();
}
