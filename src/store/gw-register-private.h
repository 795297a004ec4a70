/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The small tables that everything else refers to: meta, areas, organisations, accounts, calendar.
 * Read whole, on any connection. */

#include "gw-db-private.h"
#include "gw-store.h"

G_BEGIN_DECLS

#define GW_META_CHAIN_SUITE "chain.suite"
/* There while counters wait in memory: the table stands for the journal up to this entry only. */
#define GW_META_COUNTER_UPTO "counter.upto"

/* NULL without @error when there is no such key. */
char *gw_register_dup_meta (GwDb *db, const char *key, GError **error);
/* The same for a key that every file has: CORRUPT when it is not there. */
char *gw_register_need_meta (GwDb *db, const char *key, GError **error);
gboolean gw_register_put_meta (GwDb *db, const char *key, const char *value, GError **error);
gboolean gw_register_drop_meta (GwDb *db, const char *key, GError **error);

GwAreaTree *gw_register_load_areas (GwDb *db, GError **error);
GPtrArray *gw_register_load_orgs (GwDb *db, GError **error);     /* index == id, 0 is NULL */
GPtrArray *gw_register_load_accounts (GwDb *db, GError **error); /* index == id, 0 is NULL */
GwCalendar *gw_register_load_calendar (GwDb *db, GError **error);

gboolean gw_register_put_area (GwDb *db, const GwArea *area, GError **error);
gboolean gw_register_put_org (GwDb *db, const GwOrg *org, GError **error);
gboolean gw_register_put_account (GwDb *db, const GwAccount *account, GError **error);
gboolean gw_register_put_calendar (GwDb *db, const GwCalendar *calendar, GError **error);

G_END_DECLS
