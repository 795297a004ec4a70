/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Workbooks as a spreadsheet program writes them. */
#include "import-rig.h"

#include "gw-error.h"

#include <string.h>
#include <xlsxwriter.h>

static const char *const headers[] = { "工单编号", "标题",     "诉求内容", "纠纷类型", "涉及人数",
                                       "受理时间", "社区代码", "经度",     "纬度" };

static void
write_texts (lxw_worksheet *sheet, lxw_row_t row, const char *const *texts, guint n)
{
  for (guint i = 0; i < n; i++)
    if (texts[i] != NULL)
      worksheet_write_string (sheet, row, (lxw_col_t)i, texts[i], NULL);
}

static void
write_row (lxw_worksheet *sheet, lxw_row_t row, const char *number, lxw_format *date)
{
  const char *const texts[] = { number, "漏水", "多次漏水", "邻里纠纷", "2人" };
  lxw_datetime when = { 2022, 12, 26, 8, 55, 0 };

  write_texts (sheet, row, texts, G_N_ELEMENTS (texts));
  worksheet_write_datetime (sheet, row, 5, &when, date);
  worksheet_write_number (sheet, row, 7, 105.581783, NULL);
  worksheet_write_number (sheet, row, 8, 30.505015, NULL);
}

static void
test_workbook (Rig *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "台账.xlsx", NULL);
  lxw_workbook *book = workbook_new (path);
  lxw_worksheet *sheet = workbook_add_worksheet (book, "台账");
  lxw_format *date = workbook_add_format (book);
  g_autoptr (GwImportPlan) plan = NULL;
  g_autofree char *formula = NULL, *destroyed = NULL, *number = NULL, *place = NULL;
  guint64 row;
  GwRowVerdict verdict;
  const char *const *cells;
  const char *lent;
  guint n_cells;

  format_set_num_format (date, "yyyy-mm-dd hh:mm");
  worksheet_merge_range (sheet, 0, 0, 0, 8, "2022年纠纷台账", NULL);
  write_texts (sheet, 1, headers, G_N_ELEMENTS (headers));
  write_row (sheet, 2, "A1", date);
  write_row (sheet, 3, "A2", date);
  worksheet_write_formula_str (sheet, 3, 1, "=CONCATENATE(\"漏\",\"水\")", NULL, "漏水");
  write_row (sheet, 4, "A3", date);
  /* A code of a micro-area kept as a number. */
  worksheet_write_number (sheet, 4, 6, 51090300400400112.0, NULL);
  write_row (sheet, 5, "A4", date);
  worksheet_write_number (sheet, 5, 6, 510903002003.0, NULL);
  g_assert_cmpint (workbook_close (book), ==, LXW_NO_ERROR);

  plan = rig_plan (self, path);
  g_assert_true (g_str_has_prefix (gw_import_plan_get_format (plan), "XLSX"));
  g_assert_cmpuint (gw_import_plan_n_rows (plan), ==, 4);
  g_assert_true (gw_import_plan_get_row (plan, 0, &row, &verdict, &cells, &n_cells, &lent));
  g_assert_cmpuint (row, ==, 3);
  g_assert_cmpint (verdict, ==, GW_ROW_GOOD);
  place = rig_place (plan, 0);
  g_assert_nonnull (strstr (place, "和平西路社区"));
  formula = rig_problems (plan, 1);
  g_assert_nonnull (strstr (formula, "Row 4, column B"));
  g_assert_nonnull (strstr (formula, "formula"));
  destroyed = rig_problems (plan, 2);
  g_assert_nonnull (strstr (destroyed, "Row 5, column G"));
  g_assert_nonnull (strstr (destroyed, "destroyed"));
  g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_REFUSED), ==, 1);
  number = rig_problems (plan, 3);
  g_assert_null (strstr (number, "destroyed"));
}

static void
assert_one_row (Rig *self, const char *path, const char *name, guint n_sheets)
{
  const GwImportChoice choice = { .sheet = name };
  g_autoptr (GError) error = NULL;
  g_autoptr (GwImportPlan) plan =
      gw_session_plan_import_sync (self->session, path, RIG_TYPE, &choice, &error);
  const char *const *names;
  guint sheet;

  g_assert_no_error (error);
  names = gw_import_plan_get_sheets (plan, &sheet);
  g_assert_cmpuint (g_strv_length ((char **)names), ==, n_sheets);
  g_assert_cmpstr (names[sheet], ==, name);
  g_assert_null (gw_import_plan_get_encoding (plan));
  g_assert_cmpuint (gw_import_plan_n_verdict (plan, GW_ROW_GOOD), ==, 1);
}

static void
test_sheets (Rig *self, gconstpointer unused)
{
  static const char *const names[] = { "一月", "二月" };
  const GwImportChoice missing = { .sheet = "三月" };
  g_autofree char *path = g_build_filename (self->folder, "月报.xlsx", NULL);
  lxw_workbook *book = workbook_new (path);
  lxw_format *date = workbook_add_format (book);
  g_autoptr (GError) error = NULL;

  format_set_num_format (date, "yyyy-mm-dd hh:mm");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      lxw_worksheet *sheet = workbook_add_worksheet (book, names[i]);

      write_texts (sheet, 0, headers, G_N_ELEMENTS (headers));
      write_row (sheet, 1, names[i], date);
    }
  g_assert_cmpint (workbook_close (book), ==, LXW_NO_ERROR);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_one_row (self, path, names[i], G_N_ELEMENTS (names));
  g_assert_null (gw_session_plan_import_sync (self->session, path, RIG_TYPE, &missing, &error));
  g_assert_error (error, GW_ERROR, GW_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "一月"));
}

static void
test_merged (Rig *self, gconstpointer unused)
{
  g_autofree char *path = g_build_filename (self->folder, "合并.xlsx", NULL);
  lxw_workbook *book = workbook_new (path);
  lxw_worksheet *sheet = workbook_add_worksheet (book, NULL);
  lxw_format *date = workbook_add_format (book);
  g_autoptr (GwImportPlan) plan = NULL;
  g_autofree char *problems = NULL;

  format_set_num_format (date, "yyyy-mm-dd");
  write_texts (sheet, 0, headers, G_N_ELEMENTS (headers));
  write_row (sheet, 1, "A1", date);
  write_row (sheet, 2, "A2", date);
  worksheet_merge_range (sheet, 1, 3, 2, 3, "邻里纠纷", date);
  g_assert_cmpint (workbook_close (book), ==, LXW_NO_ERROR);

  plan = rig_plan (self, path);
  problems = rig_problems (plan, 1);
  if (gw_import_plan_n_verdict (plan, GW_ROW_REFUSED) != 1)
    g_error ("%s", problems);
  g_assert_nonnull (strstr (problems, "Row 3, column D"));
  g_assert_nonnull (strstr (problems, "merged"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  RIG_ADD ("/import-xlsx/workbook", test_workbook);
  RIG_ADD ("/import-xlsx/sheets", test_sheets);
  RIG_ADD ("/import-xlsx/merged", test_merged);
  return rig_run (argc, argv);
}
