/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The matters of the demo: first all of them as small facts in the order of time, then one by one
 * as cases with their histories. */

#include "gw-demo-district.h"

#include "gw-desk.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 reported, closed; /* closed: G_MAXINT64 = open */
  guint32 index;           /* number inside its category: the counter of its random streams */
  guint32 area;            /* leaf, or an old village */
  gint32 x, y;             /* G_MININT32: no point */
  guint8 category;
} GwDemoFact;

typedef struct
{
  const GwDemoTable *table;       /* borrowed */
  const GwDemoDistrict *district; /* borrowed */
  guint64 seed;
  GArray *facts;         /* owned, GwDemoFact, ordered by time */
  GwAreaTree *tree;      /* owned */
  guint32 *type_numbers; /* owned, per category: local number in the file */
} GwDemoMatters;

/* The plan of every matter; the same seed gives the same plan on every machine. */
GwDemoMatters *gw_demo_matters_new (const GwDemoTable *table,
                                    const GwDemoDistrict *district,
                                    GwAreaTree *tree,
                                    guint64 rows,
                                    guint64 seed);
void gw_demo_matters_free (GwDemoMatters *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwDemoMatters, gw_demo_matters_free)

/* Matter @i with its whole history through gw_case_apply: the guards and clocks of live work. */
GwCase *gw_demo_matters_case (GwDemoMatters *self, GwDesk *desk, guint i, GError **error);

G_END_DECLS
