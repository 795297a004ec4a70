/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What SQL of a module may touch, decided name by name while SQLite compiles it.
 *
 * Always true:
 *  - a grant is by base table and column; the name of a view or a CTE grants nothing, since anybody
 *    can give a CTE the name of a view;
 *  - what is not named here is refused;
 *  - the first refusal of a statement is kept as a sentence for the author. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GW_POLICY_READ,       /* indicators, layers, reports: SELECT on own tables and shared columns */
  GW_POLICY_MIGRATE,    /* the same, and own tables may be made, changed and filled */
  GW_POLICY_EXPRESSION, /* check, show_if: values of one record, no table at all */
} GwPolicyMode;

typedef struct
{
  GwPolicyMode mode;
  char *prefix;       /* owned: "m_dis_" */
  GHashTable *tables; /* owned: lower-case names of every table of the file */
  GHashTable *kept;   /* owned: own tables that the program makes from record types */
  GHashTable *hidden; /* owned: "table.column" of own tables that no statement may see */
  GHashTable *reads;  /* owned: "table.column" of shared tables: the data-access statement */
  char *reason;       /* owned, nullable: the first refusal since gw_sql_policy_begin */
  gboolean changes;   /* the statement begins with CREATE, ALTER or DROP */
  gboolean creates;   /* with CREATE */
  guint selects;      /* SELECTs of the statement seen so far */
} GwSqlPolicy;

/* @ns owns the tables m_<ns>_*. */
void gw_sql_policy_init (GwSqlPolicy *self, GwPolicyMode mode, const char *ns);
void gw_sql_policy_clear (GwSqlPolicy *self);
/* Before each statement. */
void gw_sql_policy_begin (GwSqlPolicy *self, const char *sql);
gboolean gw_sql_policy_is_own (const GwSqlPolicy *self, const char *name);
/* The callback of sqlite3_set_authorizer; @policy is a GwSqlPolicy. */
int gw_sql_policy_authorize (void *policy,
                             int action,
                             const char *first,
                             const char *second,
                             const char *database,
                             const char *inner);

G_END_DECLS
