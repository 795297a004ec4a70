/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preview: one row at a time, checked again when it is looked at. */
#include "gw-import-plan-private.h"

#include <glib/gi18n-lib.h>

gboolean
gw_import_plan_get_row (GwImportPlan *self,
                        guint64 i,
                        guint64 *source_row,
                        GwRowVerdict *verdict,
                        const char *const **cells,
                        guint *n_cells,
                        const char **place)
{
  guint32 area;

  if (i >= gw_import_plan_n_rows (self))
    return FALSE;
  gw_stage_read (gw_foreign_file_get_stage (self->file), i, &self->row);
  (void)gw_row_check_run (self->check, &self->row, NULL);
  area = gw_row_check_get (self->check)->area;
  g_clear_pointer (&self->place, g_free);
  if (area != GW_AREA_NONE)
    self->place = gw_area_tree_path (self->facts->tree, area, " › ");
  for (guint cell = 0; cell < self->row.n_cells; cell++)
    self->cells[cell] = self->row.cells[cell];
  self->cells[self->row.n_cells] = NULL;
  *source_row = self->row.row;
  *verdict = gw_verdicts_get (self->mapping->verdicts, i);
  *cells = self->cells;
  *n_cells = self->row.n_cells;
  *place = self->place;
  return TRUE;
}

/* TRUE when they are about the form of the row: then its cells are not where they should be, and
 * what the checks would say of them only confuses. */
static gboolean
add_reader_problems (GwImportPlan *self, const GwCheckWorld *world)
{
  GPtrArray *told = gw_foreign_file_get_row_problems (self->file, self->row.row);

  for (guint i = 0; told != NULL && i < told->len; i++)
    {
      const GwRowProblem *problem = g_ptr_array_index (told, i);

      g_ptr_array_add (self->row_problems,
                       gw_row_problem_new (problem->row, problem->column,
                                           gw_verdicts_is_fatal (world, problem),
                                           g_strdup (problem->message)));
    }
  return told != NULL && gw_row_check_is_misshapen (&self->row);
}

static void
add_twin (GwImportPlan *self, guint64 twin)
{
  GwStageRow first;
  gboolean fatal = gw_row_check_has_numbers (self->check);
  g_autofree char *text = NULL;

  gw_stage_read (gw_foreign_file_get_stage (self->file), twin, &first);
  if (fatal)
    text = g_strdup_printf (
        _ ("row %lu has the same number already; remove one of the two, or correct the number"),
        (gulong)first.row);
  else
    text = g_strdup_printf (_ ("row %lu has the same title, address and time; remove one of the "
                               "two if they are the same matter"),
                            (gulong)first.row);
  g_ptr_array_add (self->row_problems,
                   gw_row_problem_new (self->row.row, -1, fatal,
                                       gw_row_check_dup_message (self->check, self->row.row, -1,
                                                                 text)));
}

static void
add_known (GwImportPlan *self, const char *number)
{
  g_autofree char *text = NULL;

  text =
      g_strdup_printf (_ ("this number was taken in earlier as %s; the row is left out"), number);
  g_ptr_array_add (self->row_problems,
                   gw_row_problem_new (self->row.row, -1, TRUE,
                                       gw_row_check_dup_message (self->check, self->row.row, -1,
                                                                 text)));
}

GPtrArray *
gw_import_plan_get_problems (GwImportPlan *self, guint64 i)
{
  GwCheckWorld world;
  const char *known;
  guint64 twin;

  g_ptr_array_set_size (self->row_problems, 0);
  if (i >= gw_import_plan_n_rows (self) ||
      gw_verdicts_get (self->mapping->verdicts, i) == GW_ROW_GOOD)
    return self->row_problems;
  gw_stage_read (gw_foreign_file_get_stage (self->file), i, &self->row);
  gw_import_plan_fill_world (self, self->mapping, &world);
  if (add_reader_problems (self, &world))
    return self->row_problems;
  (void)gw_row_check_run (self->check, &self->row, self->row_problems);
  twin = gw_verdicts_get_twin (self->mapping->verdicts, i);
  if (twin != GW_VERDICTS_NONE)
    add_twin (self, twin);
  known = gw_verdicts_get_known (self->mapping->verdicts, i);
  if (known != NULL)
    add_known (self, known);
  return self->row_problems;
}

guint64
gw_import_plan_next (GwImportPlan *self, guint64 from, GwRowVerdict verdict)
{
  return gw_verdicts_next (self->mapping->verdicts, from, verdict);
}
