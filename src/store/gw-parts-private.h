/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Reading what hangs on a matter, on any connection. */

#include "gw-db-private.h"
#include "gw-matter.h"
#include "gw-records.h"

G_BEGIN_DECLS

GPtrArray *gw_parts_list_assignments (GwDb *db, gint64 matter, GError **error);
GArray *gw_parts_list_clocks (GwDb *db, gint64 matter, GError **error);
/* Whether @org leads the matter or takes part in handling it. */
gboolean gw_parts_is_handling (GwDb *db, gint64 matter, guint32 org, gboolean *is, GError **error);

G_END_DECLS
