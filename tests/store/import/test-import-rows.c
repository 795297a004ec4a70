/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every rule for a row, with the words that tell it: gw-import-rows, gw-row-problem. */
#include "import-rig.h"

#include "gw-error.h"

#include <string.h>

#define LEAD "RX1,漏水,多次漏水至楼下,邻里纠纷,2人,热线,一般,"

static void
test_rules (Rig *self, gconstpointer unused)
{
  static const struct
  {
    const char *row;
    GwRowVerdict verdict;
    const char *place, *reason; /* parts of the message; NULL when there is none */
  } cases[] = {
    { LEAD "2022-12-26 08:55,某路,510903001001,,", GW_ROW_GOOD, NULL, NULL },
    /* required, lists, words */
    { "RX1,,多次,邻里纠纷,2人,热线,一般,2022-12-26,某路,510903001001,,", GW_ROW_REFUSED,
      "Row 2, column B “标题”", "a value is required" },
    { "RX1,漏水,多次,邻里纠纷,,热线,一般,2022-12-26,某路,510903001001,,", GW_ROW_WARNED,
      "Row 2, column E “涉及人数”", "before the matter is filed" },
    { "RX1,漏水,多次,闹事,2人,热线,一般,2022-12-26,某路,510903001001,,", GW_ROW_REFUSED,
      "Row 2, column D “纠纷类型”", "not in the list" },
    { "RX1,漏水,多次,邻里纠纷,2人,飞鸽,一般,2022-12-26,某路,510903001001,,", GW_ROW_REFUSED,
      "column F", "not a source" },
    { "RX1,漏水,多次,邻里纠纷,2人,热线,马上,2022-12-26,某路,510903001001,,", GW_ROW_REFUSED,
      "column G", "特急" },
    { "RX1,漏水,,邻里纠纷,2人,热线,一般,2022-12-26,某路,510903001001,,", GW_ROW_WARNED, "column C",
      "the title is used" },
    /* times */
    { LEAD "2022年12月26日 8时55分,某路,510903001001,,", GW_ROW_GOOD, NULL, NULL },
    { LEAD "44921.371528,某路,510903001001,,", GW_ROW_WARNED, "column H",
      "read as 2022-12-26 08:55" },
    { LEAD "2022.12.26,某路,510903001001,,", GW_ROW_WARNED, "column H", "2022-12-26" },
    { LEAD "26/12/2022 08:55,某路,510903001001,,", GW_ROW_WARNED, "column H",
      "read as 2022-12-26 08:55" },
    { LEAD "05/06/2022,某路,510903001001,,", GW_ROW_REFUSED, "column H", "two different days" },
    { LEAD "2022-02-30,某路,510903001001,,", GW_ROW_REFUSED, "column H", "no date" },
    { LEAD "2036-02-03,某路,510903001001,,", GW_ROW_REFUSED, "column H", "future" },
    { LEAD "1949-10-01,某路,510903001001,,", GW_ROW_REFUSED, "column H", "before 1990" },
    { LEAD ",某路,510903001001,,", GW_ROW_WARNED, "column H", "time of this import" },
    /* personal data and text */
    { "RX1,漏水,请联系13800138000,邻里纠纷,2人,热线,一般,2022-12-26,某路,510903001001,,",
      GW_ROW_REFUSED, "column C", "mobile number" },
    { "RX1,漏水,证号11010519491231002X,邻里纠纷,2人,热线,一般,2022-12-26,某路,510903001001,,",
      GW_ROW_REFUSED, "column C", "ID number" },
    { "RX1,漏水,锟斤拷锟斤拷,邻里纠纷,2人,热线,一般,2022-12-26,某路,510903001001,,", GW_ROW_REFUSED,
      "column C", "wrong encoding" },
    { "RX1,漏水,\xef\xbf\xbd\xef\xbf\xbd,邻里纠纷,2人,热线,一般,2022-12-26,某路,510903001001,,",
      GW_ROW_REFUSED, "column C", "wrong encoding" },
    /* codes and names */
    { LEAD "2022-12-26,某路,5.10903E+11,,", GW_ROW_REFUSED, "column J", "destroyed" },
    { LEAD "2022-12-26,某路,510903004004000000,,", GW_ROW_REFUSED, "column J", "destroyed" },
    { LEAD "2022-12-26,某路,510903001000,,", GW_ROW_GOOD, NULL, NULL },
    { LEAD "2022-12-26,某路,=\"510903001001\",,", GW_ROW_GOOD, NULL, NULL },
    { LEAD "2022-12-26,某路,999999999999,,", GW_ROW_REFUSED, "column J", "no area" },
    { LEAD "2022-12-26,某路,和平西路社区,,", GW_ROW_GOOD, NULL, NULL },
    { LEAD "2022-12-26,某路,510903003001,,", GW_ROW_WARNED, "column J", "滨河路社区居委会" },
    { LEAD "2022-12-26,某路,金桂社区居委会,,", GW_ROW_REFUSED, "column J", "510903106001" },
    { LEAD "2022-12-26,桂花镇某路3号,金桂社区居委会,,", GW_ROW_GOOD, NULL, NULL },
    { LEAD "2022-12-26,某路,桂花镇金桂社区,,", GW_ROW_GOOD, NULL, NULL },
    { LEAD "2022-12-26,某路,,,", GW_ROW_REFUSED, "Row 2:", "no place" },
    /* points */
    { LEAD "2022-12-26,某路,,105.581783,30.505015", GW_ROW_GOOD, NULL, NULL },
    { LEAD "2022-12-26,某路,510903106001,105.581783,30.505015", GW_ROW_WARNED, "column J",
      "the point is used" },
    { LEAD "2022-12-26,某路,,106.581783,30.505015", GW_ROW_REFUSED, "column K", "outside" },
    { LEAD "2022-12-26,某路,510903001001,106.581783,30.505015", GW_ROW_WARNED, "column K",
      "left out" },
    { LEAD "2022-12-26,某路,,105.581783,", GW_ROW_REFUSED, "column L", "one half" },
    { LEAD "2022-12-26,某路,,东经105度,30.505015", GW_ROW_REFUSED, "column K", "degrees" },
    { LEAD "2022-12-26,某路,,35605123.2,3376123.1", GW_ROW_REFUSED, "column K", "projection" },
    { LEAD "2022-12-26,某路,510903001001,0,0", GW_ROW_GOOD, NULL, NULL },
    /* the form of the row */
    { "RX1,漏水,多次,邻里纠纷", GW_ROW_REFUSED, "row 2", "cells" },
    { LEAD "2022-12-26,某路,510903001001,,,多,出", GW_ROW_REFUSED, "row 2", "cells" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (RIG_HEADER, cases[i].row, "\n", NULL);
      g_autoptr (GwImportPlan) plan = rig_plan_text (self, text);
      g_autofree char *problems = rig_problems (plan, 0);

      if (gw_import_plan_n_verdict (plan, cases[i].verdict) != 1)
        g_error ("%s\n%s", cases[i].row, problems);
      if (cases[i].place == NULL)
        g_assert_cmpstr (problems, ==, "");
      else if (strstr (problems, cases[i].place) == NULL ||
               strstr (problems, cases[i].reason) == NULL)
        g_error ("%s\n%s", cases[i].row, problems);
    }
}

/* What was found is never repeated. */
static void
test_discretion (Rig *self, gconstpointer unused)
{
  g_autoptr (GwImportPlan) plan =
      rig_plan_text (self, RIG_HEADER
                     "RX1,漏水,请联系13800138000,13900139000,2人,13700137000,13600136000,"
                     "2022-12-26,某路,510903001001,,\n");
  g_autofree char *problems = rig_problems (plan, 0);

  g_assert_null (strstr (problems, "138001"));
  g_assert_null (strstr (problems, "139001"));
  g_assert_null (strstr (problems, "137001"));
  g_assert_null (strstr (problems, "136001"));
}

static void
test_twins (Rig *self, gconstpointer unused)
{
  static const char twins[] =
      RIG_HEADER LEAD "2022-12-26,某路,510903001001,,\n" LEAD "2022-12-27,某路,510903001001,,\n";
  static const char corrected[] =
      RIG_HEADER LEAD "2036-12-26,某路,510903001001,,\n" LEAD "2022-12-27,某路,510903001001,,\n";
  static const char unnumbered[] = "标题,内容,类型,人数,时间,受理时间,社区\n"
                                   "漏水,多次,邻里,2,,2022-12-26 08:55,和平西路社区\n"
                                   "漏水,多次,邻里,2,,2022-12-26 08:55,和平西路社区\n";
  g_autoptr (GwImportPlan) plan = rig_plan_text (self, twins);
  g_autofree char *problems = rig_problems (plan, 1);

  g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_REFUSED), ==, 1);
  g_assert_nonnull (strstr (problems, "row 2 has the same number"));
  g_clear_object (&plan);
  /* A refused row is nobody's twin. */
  plan = rig_plan_text (self, corrected);
  g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_GOOD), ==, 1);
  g_clear_object (&plan);
  plan = rig_plan_text (self, unnumbered);
  g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_WARNED), ==, 1);
  g_assert_cmpuint (gw_import_plan_next (plan, 0, GW_ROW_WARNED), ==, 1);
  g_assert_cmpuint (gw_import_plan_next (plan, 0, GW_ROW_REFUSED), ==, G_MAXUINT64);
}

/* ---- headers and mapping ---- */

static const GwPlanColumn *
column_of (GwImportPlan *plan, guint i)
{
  return g_ptr_array_index (gw_import_plan_get_columns (plan), i);
}

static void
test_titles_above (Rig *self, gconstpointer unused)
{
  g_autoptr (GwImportPlan) plan =
      rig_plan_text (self, "2022年纠纷台账,填报日期:2022-12-31,,\n"
                           "基本情况,,时间地点,\n"
                           "\"纠纷\n名称\",涉及人数(人),受理时间,经度(WGS84),纬度(WGS84),纠纷类型\n"
                           "漏水,2人,2022-12-26,105.581783,30.505015,邻里\n");
  guint64 row;
  GwRowVerdict verdict;
  const char *const *cells;
  const char *place;
  guint n_cells;

  g_assert_cmpuint (gw_import_plan_n_rows (plan), ==, 1);
  g_assert_cmpstr (column_of (plan, 0)->field, ==, "title");
  g_assert_cmpstr (column_of (plan, 1)->field, ==, "persons_band");
  g_assert_cmpstr (column_of (plan, 3)->field, ==, "lon");
  g_assert_true (gw_import_plan_get_row (plan, 0, &row, &verdict, &cells, &n_cells, &place));
  g_assert_cmpuint (n_cells, ==, 6);
  g_assert_cmpstr (cells[0], ==, "漏水");
  g_assert_cmpuint (gw_import_plan_get_file_problems (plan)->len, >, 0);
  g_assert_false (gw_import_plan_get_row (plan, 1, &row, &verdict, &cells, &n_cells, &place));
}

static gboolean
has_file_problem (GwImportPlan *plan, const char *word)
{
  GPtrArray *problems = gw_import_plan_get_file_problems (plan);

  for (guint i = 0; i < problems->len; i++)
    if (strstr (((const GwRowProblem *)g_ptr_array_index (problems, i))->message, word) != NULL)
      return TRUE;
  return FALSE;
}

static void
test_guessed_and_changed (Rig *self, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwImportPlan) plan =
      rig_plan_text (self, "标题,主要诉求内容,类型,有多少人,受理时间,社区\n"
                           "漏水,多次,邻里,2人,2022-12-26,和平西路社区\n");
  guint generation = gw_import_plan_get_generation (plan);

  g_assert_cmpstr (column_of (plan, 1)->field, ==, "summary");
  g_assert_true (column_of (plan, 1)->guessed);
  g_assert_cmpstr (column_of (plan, 3)->field, ==, NULL);
  g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_GOOD), ==, 1);
  g_assert_true (has_file_problem (plan, "People involved"));
  g_assert_true (
      gw_import_plan_recheck_sync (plan, 3, "persons_band", gw_import_plan_get_crs (plan), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (gw_import_plan_get_generation (plan), ==, generation + 1);
  g_assert_cmpstr (column_of (plan, 3)->field, ==, "persons_band");
  g_assert_false (column_of (plan, 3)->guessed);
  g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_GOOD), ==, 1);
  g_assert_false (has_file_problem (plan, "People involved"));
  /* Another column takes the field away, and no column may be left. */
  g_assert_true (
      gw_import_plan_recheck_sync (plan, 0, "persons_band", gw_import_plan_get_crs (plan), &error));
  g_assert_cmpstr (column_of (plan, 3)->field, ==, NULL);
  g_assert_true (
      gw_import_plan_recheck_sync (plan, 0, NULL, gw_import_plan_get_crs (plan), &error));
  g_assert_cmpstr (column_of (plan, 0)->field, ==, NULL);
  g_assert_false (
      gw_import_plan_recheck_sync (plan, 0, "no such", gw_import_plan_get_crs (plan), &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_NOT_FOUND);
}

/* ---- coordinate systems ---- */

static char *
convert_sample (GwCrs crs, gboolean swapped)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "..", "..", "plugins",
                                                 "risk-dispute", "tests", "sample.csv", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GString *out = g_string_new (NULL);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      char *lat_at = strrchr (lines[i], ',');
      char *lon_at;
      double lon, lat;

      *lat_at = '\0';
      lon_at = strrchr (lines[i], ',');
      *lon_at = '\0';
      if (i == 0 || lon_at[1] == '\0')
        {
          g_string_append_printf (out, "%s,%s,%s\n", lines[i], lon_at + 1, lat_at + 1);
          continue;
        }
      lon = g_ascii_strtod (lon_at + 1, NULL);
      lat = g_ascii_strtod (lat_at + 1, NULL);
      gw_project (GW_CRS_WGS84, crs, &lon, &lat);
      g_string_append_printf (out, "%s,%.7f,%.7f\n", lines[i], swapped ? lat : lon,
                              swapped ? lon : lat);
    }
  return g_string_free (out, FALSE);
}

static void
check_same_places (GwImportPlan *plan, GwImportPlan *other)
{
  g_assert_cmpuint (gw_import_plan_n_rows (plan), ==, gw_import_plan_n_rows (other));
  for (guint64 i = 0; i < gw_import_plan_n_rows (plan); i++)
    {
      g_autofree char *place = rig_place (plan, i);
      g_autofree char *same = rig_place (other, i);

      g_assert_cmpstr (place, ==, same);
    }
}

static void
test_systems (Rig *self, gconstpointer unused)
{
  static const GwCrs systems[] = { GW_CRS_GCJ02, GW_CRS_BD09 };
  g_autofree char *plain_text = convert_sample (GW_CRS_WGS84, FALSE);
  g_autoptr (GwImportPlan) plain = rig_plan_text (self, plain_text);

  g_assert_cmpint (gw_import_plan_get_crs (plain), ==, GW_CRS_CGCS2000);
  g_assert_cmpuint (gw_import_plan_n_verdict (plain, GW_ROW_GOOD), ==, 120);
  for (guint i = 0; i < G_N_ELEMENTS (systems); i++)
    {
      g_autofree char *text = convert_sample (systems[i], FALSE);
      g_autoptr (GwImportPlan) plan = rig_plan_text (self, text);

      g_assert_cmpint (gw_import_plan_get_crs (plan), ==, systems[i]);
      check_same_places (plain, plan);
    }
}

static void
test_chosen_system (Rig *self, gconstpointer unused)
{
  g_autofree char *text = convert_sample (GW_CRS_BD09, FALSE);
  g_autofree char *plain_text = convert_sample (GW_CRS_WGS84, FALSE);
  g_autoptr (GwImportPlan) plain = rig_plan_text (self, plain_text);
  g_autoptr (GwImportPlan) plan = rig_plan_text (self, text);
  g_autoptr (GError) error = NULL;

  g_assert_true (gw_import_plan_recheck_sync (plan, -1, NULL, GW_CRS_WGS84, &error));
  g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_GOOD), <, 120);
  g_assert_true (gw_import_plan_recheck_sync (plan, -1, NULL, GW_CRS_BD09, &error));
  check_same_places (plain, plan);
}

static void
test_swapped (Rig *self, gconstpointer unused)
{
  g_autofree char *text = convert_sample (GW_CRS_WGS84, TRUE);
  g_autofree char *plain_text = convert_sample (GW_CRS_WGS84, FALSE);
  g_autoptr (GwImportPlan) plain = rig_plan_text (self, plain_text);
  g_autoptr (GwImportPlan) plan = rig_plan_text (self, text);
  g_autofree char *problems = NULL;

  g_assert_true (gw_import_plan_is_swapped (plan));
  g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_REFUSED), ==, 0);
  check_same_places (plain, plan);
  problems = rig_problems (plan, 0);
  g_assert_nonnull (strstr (problems, "changed places"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RIG_ADD ("/import-rows/rules", test_rules);
  RIG_ADD ("/import-rows/discretion", test_discretion);
  RIG_ADD ("/import-rows/twins", test_twins);
  RIG_ADD ("/import-rows/titles-above", test_titles_above);
  RIG_ADD ("/import-rows/guessed-and-changed", test_guessed_and_changed);
  RIG_ADD ("/import-rows/systems", test_systems);
  RIG_ADD ("/import-rows/chosen-system", test_chosen_system);
  RIG_ADD ("/import-rows/swapped", test_swapped);
  return rig_run (argc, argv);
}
