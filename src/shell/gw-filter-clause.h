/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The conditions of a filter one by one: how each is called, and the filter without it. */

#include "gw-session.h"

G_BEGIN_DECLS

typedef enum
{
  GW_CLAUSE_KIND = 0, /* module or type */
  GW_CLAUSE_OPEN,
  GW_CLAUSE_OVERDUE,
  GW_CLAUSE_ORG,
  GW_CLAUSE_PERIOD,
  GW_CLAUSE_BATCH,
  GW_CLAUSE_BOX,
  GW_CLAUSE_TEXT,
  GW_CLAUSE_STATE, /* + the state */
} GwClauseKind;

typedef struct
{
  GwClauseKind kind;
  GwMatterState state; /* of GW_CLAUSE_STATE */
  char *label;         /* owned, translated */
} GwFilterClause;
void gw_filter_clause_free (GwFilterClause *self);

/* Transfer full array of GwFilterClause. */
GPtrArray *gw_filter_clause_list (const GwFilter *filter, GwSession *session);
void gw_filter_clause_remove (const GwFilterClause *self, GwFilter *filter);

/* Named spans that end with today: "today", "week", "month", "year"; "" = any time. */
gboolean gw_filter_clause_set_period (GwFilter *filter, const char *id, gint64 now);
const char *gw_filter_clause_get_period (const GwFilter *filter, gint64 now); /* "" or "other" */

G_END_DECLS
