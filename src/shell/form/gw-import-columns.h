/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The columns of the preview: verdict, row of the file, what is wrong, place, then the file's own.
 */

#include "gw-import-plan.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Replaces the columns of @view by those of @plan; items of its model are GwPlanRow. */
void gw_import_columns_fill (GtkColumnView *view, GwImportPlan *plan);

G_END_DECLS
