/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A list of any length that knows ids only. A row is read when its line is looked at, a page at a
 * time, and the least recently seen rows are forgotten; so a million matters cost what a screen of
 * them costs. Items are GwMatterItem. A new selection changes only the part of the list that
 * differs, so that the place of the reader and the focus stay.
 *
 * signal "row-loaded" (GwMatterItem): its row arrived or is another one now. */

#include "gw-matter-item.h"
#include "gw-session.h"

G_BEGIN_DECLS

#define GW_LIST_PAGE 128
#define GW_LIST_KEEP (64 * GW_LIST_PAGE)

#define GW_TYPE_MATTER_LIST_MODEL (gw_matter_list_model_get_type ())
G_DECLARE_FINAL_TYPE (GwMatterListModel, gw_matter_list_model, GW, MATTER_LIST_MODEL, GObject)

/* Empty until it gets a selection; keeps @session. */
GwMatterListModel *gw_matter_list_model_new (GwSession *session);
void gw_matter_list_model_set_selection (GwMatterListModel *self,
                                         GwSelection *selection /* nullable */);
GwSelection *gw_matter_list_model_get_selection (GwMatterListModel *self); /* nullable, borrowed */
/* How many rows are in memory; for tests. */
guint gw_matter_list_model_n_kept (GwMatterListModel *self);

G_END_DECLS
