/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Keeps one half-written form in the file: a second after the last key it is written down, one row
 * for the whole form however often. Writes never overtake each other.
 *
 * signals: "saved" (gint64 at); "failed" (GError). */

#include "gw-session.h"

G_BEGIN_DECLS

#define GW_TYPE_DRAFT_KEEPER (gw_draft_keeper_get_type ())
G_DECLARE_FINAL_TYPE (GwDraftKeeper, gw_draft_keeper, GW, DRAFT_KEEPER, GObject)

/* @id: of a draft that is taken up again; 0 = a new form. */
GwDraftKeeper *gw_draft_keeper_new (GwSession *session, const char *kind, gint64 id);
/* Writes @payload down when nothing else was said for a second. Takes it. */
void gw_draft_keeper_take (GwDraftKeeper *self, char *payload);
/* Writes at once what still waits; the callback comes when all is in the file, or with the error of
 * the last write. */
void gw_draft_keeper_flush_async (GwDraftKeeper *self, GAsyncReadyCallback callback, gpointer data);
gboolean gw_draft_keeper_flush_finish (GwDraftKeeper *self, GAsyncResult *result, GError **error);
/* What waits is forgotten; what is in the file stays. */
void gw_draft_keeper_forget (GwDraftKeeper *self);
gint64 gw_draft_keeper_get_id (GwDraftKeeper *self); /* 0 = nothing in the file yet */

G_END_DECLS
