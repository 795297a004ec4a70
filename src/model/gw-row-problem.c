/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-row-problem.h"

GwRowProblem *
gw_row_problem_new (guint64 row, int column, gboolean fatal, char *message)
{
  GwRowProblem *self = g_new0 (GwRowProblem, 1);

  self->row = row;
  self->column = column;
  self->fatal = fatal;
  self->message = message;
  return self;
}

void
gw_row_problem_free (GwRowProblem *self)
{
  if (self == NULL)
    return;
  g_free (self->message);
  g_free (self);
}

void
gw_plan_column_free (GwPlanColumn *self)
{
  if (self == NULL)
    return;
  g_free (self->header);
  g_free (self->field);
  g_free (self->label);
  g_free (self);
}
