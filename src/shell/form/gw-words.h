/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What ids of a session are called on the screen. Main thread. */

#include "gw-session.h"

G_BEGIN_DECLS

/* Borrowed; an unknown organisation or account is a dash. */
const char *gw_words_org (GwSession *session, guint32 org);
const char *gw_words_account (GwSession *session, guint32 account);
/* What an entry of the journal changed, in words: "to the justice bureau; 3 days". Nullable,
 * transfer full. */
char *gw_words_delta (GwSession *session, const GwEvent *event);
/* TRUE when the seat gets title and point of the matter: it is not restricted, or handled here. */
gboolean gw_words_is_whole (GwSession *session, const GwMatterView *view);
/* TRUE when it gets summary, address and result too. */
gboolean gw_words_has_texts (GwSession *session, const GwMatterView *view);
/* TRUE when the seat does not get to see @field of the matter, whatever stands in it. */
gboolean gw_words_is_masked (GwSession *session,
                             const GwMatterView *view,
                             const GwFieldSpec *field);

G_END_DECLS
