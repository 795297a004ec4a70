/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What is wrong with a row of a foreign file, and how such a file is mapped: facts that travel from
 * the checks to the screen. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GW_ROW_GOOD = 0,
  GW_ROW_WARNED,
  GW_ROW_REFUSED
} GwRowVerdict;

typedef struct
{
  guint64 row;    /* in the source file, 1-based as a spreadsheet shows it; 0 = the whole file */
  int column;     /* source column 0-based; -1 = the whole row */
  gboolean fatal; /* the row will not be taken */
  char *message;  /* owned, translated: place, reason, mend */
} GwRowProblem;

/* Takes @message. */
GwRowProblem *gw_row_problem_new (guint64 row, int column, gboolean fatal, char *message);
void gw_row_problem_free (GwRowProblem *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwRowProblem, gw_row_problem_free)

typedef struct
{
  char *header;     /* owned: text of the source header */
  char *field;      /* owned, nullable: what it is matched to; NULL = left out */
  char *label;      /* owned, nullable: translated label of that field */
  gboolean guessed; /* matched by likeness, not by a declared alias */
} GwPlanColumn;

void gw_plan_column_free (GwPlanColumn *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwPlanColumn, gw_plan_column_free)

G_END_DECLS
