/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The district of the demo: areas with geometry, merged villages of the past with successors,
 * organisations, posts, the river. */

#include "gw-demo-table.h"
#include "gw-geometry.h"
#include "gw-org.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *areas;      /* owned, GwArea, ids from 1 in order */
  GPtrArray *rings;      /* owned, GwRings, index == area id, [0] and old villages NULL */
  GArray *population;    /* owned, guint64, index == area id; synthetic */
  GArray *size_m2;       /* owned, guint64, index == area id */
  GPtrArray *orgs;       /* owned, GwOrg, ids from 1 */
  GPtrArray *accounts;   /* owned, GwAccount, ids from 1 */
  GHashTable *lead_orgs; /* owned: "street" aside, lead word -> org id */
  GHashTable *street_of; /* owned: township area id -> org id */
  GArray *handlers;      /* owned, guint32, index == org id: its account */
  GwLines *river;        /* owned */
  guint32 centre, verify_org, duty, intake, dispatcher, verifier; /* org ids and account ids */
} GwDemoDistrict;

/* The areas and units of the demo: names and codes from data/, made borders. Errors name the
 * file. Blocking. */
GwDemoDistrict *gw_demo_district_load (const GwDemoTable *table, GError **error);
void gw_demo_district_free (GwDemoDistrict *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwDemoDistrict, gw_demo_district_free)

G_END_DECLS
