/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A matter as one row: the one place that knows which field is which column. */

#include "gw-db-private.h"
#include "gw-matter.h"

G_BEGIN_DECLS

/* In the order in which gw_matter_row_read and gw_matter_row_bind expect them. */
#define GW_MATTER_COLUMNS \
  "id, uid, number, case_code, type, state, urgency, severity, sensitivity, loc_precision, level," \
  " exercise, area, town, comm, x, y, occurred, reported, due, closed, lead_org, master, batch," \
  " reopened, rev, source, title, summary, address, result"
#define GW_MATTER_N_COLUMNS 31
#define GW_MATTER_PLACES \
  "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20," \
  " ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31"

/* Columns 0..GW_MATTER_N_COLUMNS-1 of a row; values stay NULL. */
GwMatter *gw_matter_row_read (GwStatement *statement);
/* Positions 1..GW_MATTER_N_COLUMNS; texts are borrowed from @matter. */
void gw_matter_row_bind (GwStatement *statement, const GwMatter *matter);
/* Bit set of the columns in which the two differ; id, uid, number and rev are left out. */
guint32 gw_matter_row_differ (const GwMatter *before, const GwMatter *after);
/* TRUE when a column that the text search reads is in the set. */
gboolean gw_matter_row_has_text (guint32 columns);
/* Writes these columns and rev; ":before" must be the row's rev. *written FALSE when it is not. */
gboolean gw_matter_row_update (GwDb *db,
                               const GwMatter *after,
                               guint32 columns,
                               guint rev_before,
                               gboolean *written,
                               GError **error);

G_END_DECLS
