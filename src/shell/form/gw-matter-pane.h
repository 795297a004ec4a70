/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One matter: what it is, how far it has come, what happened, and what may be done next. Reads
 * itself again when something was committed; what was shown stays until the new is there.
 *
 * signals:
 *   "done" (const char *message, gint64 matter): a verb went through from here.
 *   "close": the detail is no longer wanted. */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_MATTER_PANE (gw_matter_pane_get_type ())
G_DECLARE_FINAL_TYPE (GwMatterPane, gw_matter_pane, GW, MATTER_PANE, AdwBin)

GtkWidget *gw_matter_pane_new (GwSession *session);
/* 0: nothing is selected. */
void gw_matter_pane_set_matter (GwMatterPane *self, gint64 id);
/* What is shown; NULL while nothing is. Borrowed until the next change. For tests. */
const GwMatterView *gw_matter_pane_get_view (GwMatterPane *self);

G_END_DECLS
