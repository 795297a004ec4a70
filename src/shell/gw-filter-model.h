/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one filter of a window and what it selects. Map, list, figures, chips and export read it from
 * here and change it here, so that they cannot disagree. Main thread.
 *
 * signals:
 *   "changed": the filter is another one now.
 *   "selection-changed": a new answer arrived, after a change of the filter or of the data.
 *   "matter-changed": another matter is the selected one.
 * properties:
 *   "loading" (gboolean): an answer is on its way; the last one stays valid meanwhile.
 *   "problem" (string, nullable): why the last question had no answer; translated. */

#include "gw-session.h"

G_BEGIN_DECLS

#define GW_TYPE_FILTER_MODEL (gw_filter_model_get_type ())
G_DECLARE_FINAL_TYPE (GwFilterModel, gw_filter_model, GW, FILTER_MODEL, GObject)

/* Asks the first question at once. */
GwFilterModel *gw_filter_model_new (GwSession *session);
GwSession *gw_filter_model_get_session (GwFilterModel *self);

/* Lent until the next change. */
const GwFilter *gw_filter_model_get (GwFilterModel *self);
/* Copies; emits "changed" and asks again when it is different. */
void gw_filter_model_set (GwFilterModel *self, const GwFilter *filter);
void gw_filter_model_set_area (GwFilterModel *self, guint32 area);
void gw_filter_model_set_text (GwFilterModel *self, const char *text /* nullable */);
void gw_filter_model_set_sort (GwFilterModel *self, GwSort sort);
/* What a row of the sidebar stands for: both NULL = all matters. Leaves the rest of the filter. */
void gw_filter_model_set_type (GwFilterModel *self,
                               const char *module /* nullable */,
                               const char *type /* nullable */);
/* Everything but the sort goes. */
void gw_filter_model_clear (GwFilterModel *self);

/* The last answer; nullable, borrowed. */
GwSelection *gw_filter_model_get_selection (GwFilterModel *self);
gboolean gw_filter_model_is_loading (GwFilterModel *self);
const char *gw_filter_model_get_problem (GwFilterModel *self);

/* The matter that detail pane and map show; 0 = none. */
gint64 gw_filter_model_get_matter (GwFilterModel *self);
void gw_filter_model_set_matter (GwFilterModel *self, gint64 id);

G_END_DECLS
