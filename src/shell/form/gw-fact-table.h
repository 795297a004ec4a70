/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The facts of a matter in two columns, name and value: the program's own and those of its type,
 * also of a type whose module is not loaded. What the seat may not see is shown as covered. */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_FACT_TABLE (gw_fact_table_get_type ())
G_DECLARE_FINAL_TYPE (GwFactTable, gw_fact_table, GW, FACT_TABLE, AdwBin)

GtkWidget *gw_fact_table_new (GwSession *session);
/* @view is read before the call returns; NULL empties the table. */
void gw_fact_table_show (GwFactTable *self, const GwMatterView *view);

G_END_DECLS
