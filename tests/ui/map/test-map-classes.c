/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Classes and their colours, without a screen. */
#include "gw-map-classes.h"

#include <math.h>

static double
linear (guint32 channel)
{
  double part = (channel & 0xff) / 255.0;

  return part <= 0.04045 ? part / 12.92 : pow ((part + 0.055) / 1.055, 2.4);
}

/* Relative luminance and contrast as WCAG 2.1 has them. */
static double
luminance (guint32 colour)
{
  return 0.2126 * linear (colour >> 16) + 0.7152 * linear (colour >> 8) + 0.0722 * linear (colour);
}

static double
contrast (guint32 a, guint32 b)
{
  double x = luminance (a) + 0.05, y = luminance (b) + 0.05;

  return MAX (x, y) / MIN (x, y);
}

static GwMapClasses
five_classes (GwMapFigure figure)
{
  const double values[] = { 1, 2, 3, 4, 5 };

  return gw_map_classes_new (figure, values, G_N_ELEMENTS (values), GW_MAP_MAX_CLASSES);
}

/* From the window to the highest class each step is seen by lightness alone; "no matters" is no
 * hole in the map. */
static void
test_steps_are_seen (gconstpointer data)
{
  gboolean is_dark = GPOINTER_TO_INT (data);
  double least = is_dark ? 1.3 : 1.12;
  GwMapClasses classes = five_classes (GW_MAP_FIGURE_COUNT);
  guint32 before = gw_map_ground_colour (is_dark);
  gboolean gets_lighter = is_dark;

  g_assert_cmpuint (classes.n, ==, GW_MAP_MAX_CLASSES);
  for (int i = GW_MAP_CLASS_ZERO; i < GW_MAP_MAX_CLASSES; i++)
    {
      guint32 colour = gw_map_classes_get_colour (&classes, i, is_dark);

      g_test_message ("class %d: %.2f", i, contrast (colour, before));
      g_assert_cmpfloat (contrast (colour, before), >=, least);
      g_assert_true ((luminance (colour) > luminance (before)) == gets_lighter);
      before = colour;
    }
  g_assert_cmpfloat (contrast (gw_map_classes_get_colour (&classes, 4, is_dark),
                               gw_map_classes_get_colour (&classes, GW_MAP_CLASS_ZERO, is_dark)),
                     >=, 4.5);
}

/* "No data" is none of the classes. */
static void
test_no_data_is_told_apart (gconstpointer data)
{
  gboolean is_dark = GPOINTER_TO_INT (data);
  GwMapClasses classes = five_classes (GW_MAP_FIGURE_VALUE);
  guint32 none = gw_map_classes_get_colour (&classes, GW_MAP_CLASS_NO_DATA, is_dark);

  g_assert_cmpfloat (contrast (none, gw_map_ground_colour (is_dark)), >=, 1.12);
  /* A grey; all classes have a hue. */
  g_assert_cmpint (ABS ((int)(none >> 16 & 0xff) - (int)(none & 0xff)), <, 10);
  for (int i = 0; i < GW_MAP_MAX_CLASSES; i++)
    {
      guint32 colour = gw_map_classes_get_colour (&classes, i, is_dark);

      g_assert_cmpint ((int)(colour >> 16 & 0xff) - (int)(colour & 0xff), >, 60);
    }
}

static void
test_quantiles (void)
{
  const struct
  {
    const char *name;
    double values[8];
    guint n_values, n_classes, expected;
    double from[3], to[3];
  } cases[] = {
    { "none", { 0 }, 0, 3, 0, { 0 }, { 0 } },
    { "zeros and gaps are no class", { 0, NAN, 0 }, 3, 3, 0, { 0 }, { 0 } },
    { "one value", { 7, 0 }, 2, 3, 1, { 7 }, { 7 } },
    { "equal ones stay together", { 2, 2, 2, 2, 9 }, 5, 3, 2, { 2, 9 }, { 2, 9 } },
    { "thirds", { 6, 1, 5, 2, 4, 3 }, 6, 3, 3, { 1, 3, 5 }, { 2, 4, 6 } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GwMapClasses classes = gw_map_classes_new (GW_MAP_FIGURE_COUNT, cases[i].values,
                                                 cases[i].n_values, cases[i].n_classes);

      g_test_message ("%s", cases[i].name);
      g_assert_cmpuint (classes.n, ==, cases[i].expected);
      for (guint k = 0; k < classes.n; k++)
        {
          g_assert_cmpint ((int)classes.from[k], ==, (int)cases[i].from[k]);
          g_assert_cmpint ((int)classes.to[k], ==, (int)cases[i].to[k]);
          g_assert_cmpint (gw_map_classes_find (&classes, cases[i].to[k]), ==, (int)k);
        }
      g_assert_cmpint (gw_map_classes_find (&classes, 0), ==, GW_MAP_CLASS_ZERO);
      g_assert_cmpint (gw_map_classes_find (&classes, NAN), ==, GW_MAP_CLASS_NO_DATA);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map/classes/quantiles", test_quantiles);
  g_test_add_data_func ("/map/classes/steps/light", GINT_TO_POINTER (FALSE), test_steps_are_seen);
  g_test_add_data_func ("/map/classes/steps/dark", GINT_TO_POINTER (TRUE), test_steps_are_seen);
  g_test_add_data_func ("/map/classes/no-data/light", GINT_TO_POINTER (FALSE),
                        test_no_data_is_told_apart);
  g_test_add_data_func ("/map/classes/no-data/dark", GINT_TO_POINTER (TRUE),
                        test_no_data_is_told_apart);
  return g_test_run ();
}
