/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The files of data/demo as the generator uses them. Immutable after loading. */

#include <glib.h>

G_BEGIN_DECLS

#define GW_DEMO_DAYS 1096u  /* 2020-01-01 … 2022-12-31 */
#define GW_DEMO_PROFILES 5u /* office dispute hazard traffic event: columns of the files */
#define GW_DEMO_DURATIONS 256u

typedef struct
{
  char *code, *title, *summary; /* owned; code empty when the type has no kinds */
} GwDemoText;

typedef struct
{
  char *key, *table, *number_code, *module_label, *label, *place, *lead; /* owned */
  guint64 total, closed; /* published; scaled by gw_demo_quotas */
  guint profile;
  GPtrArray *texts; /* owned, GwDemoText */
} GwDemoCategory;

typedef struct
{
  char *code, *name, *kind, *lead; /* owned */
} GwDemoOrg;

typedef struct
{
  GPtrArray *categories;                                 /* owned, GwDemoCategory */
  GPtrArray *orgs;                                       /* owned, GwDemoOrg */
  guint64 days[GW_DEMO_PROFILES][GW_DEMO_DAYS];          /* cumulative */
  guint64 hours[GW_DEMO_PROFILES][24];                   /* cumulative */
  gint64 durations[GW_DEMO_PROFILES][GW_DEMO_DURATIONS]; /* seconds by quantile */
} GwDemoTable;

/* Blocking. */
GwDemoTable *gw_demo_table_load (GError **error);
void gw_demo_table_free (GwDemoTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwDemoTable, gw_demo_table_free)

/* Matters and closed matters per category for @rows in all, by largest remainder; the published
 * numbers themselves when @rows is their sum. Arrays of one guint64 a category, transfer full. */
void gw_demo_quotas (const GwDemoTable *self, guint64 rows, guint64 **totals, guint64 **closed);
guint64 gw_demo_table_total (const GwDemoTable *self);

G_END_DECLS
