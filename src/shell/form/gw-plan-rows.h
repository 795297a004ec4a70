/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The rows of an import plan as a list: an item is a number, what it shows is read from the plan
 * when the row comes into view. A million rows cost nothing before they are seen. */

#include "gw-import-plan.h"

G_BEGIN_DECLS

#define GW_TYPE_PLAN_ROW (gw_plan_row_get_type ())
G_DECLARE_FINAL_TYPE (GwPlanRow, gw_plan_row, GW, PLAN_ROW, GObject)
/* The row of the plan, from 0. */
guint64 gw_plan_row_get_index (GwPlanRow *self);

#define GW_TYPE_PLAN_ROWS (gw_plan_rows_get_type ())
G_DECLARE_FINAL_TYPE (GwPlanRows, gw_plan_rows, GW, PLAN_ROWS, GObject)

/* All rows, or with @problems_only the warned and refused ones (the first 100,000 of them). */
GwPlanRows *gw_plan_rows_new (GwImportPlan *plan, gboolean problems_only);
/* Position of the first item at or after @from whose row has a problem; GTK_INVALID_LIST_POSITION
 * when there is none. */
guint gw_plan_rows_next_problem (GwPlanRows *self, guint from);

G_END_DECLS
