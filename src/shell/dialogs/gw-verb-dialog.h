/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One form for every verb, made from what its row of the state table needs. Says what is still
 * missing as one writes, applies by itself under the revision that was shown, and shows in its own
 * place what is refused. */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_VERB_DIALOG (gw_verb_dialog_get_type ())
G_DECLARE_FINAL_TYPE (GwVerbDialog, gw_verb_dialog, GW, VERB_DIALOG, AdwWindow)

/* Copies what it needs of @view and @move. */
GwVerbDialog *gw_verb_dialog_new (GtkWindow *parent /* nullable */,
                                  GwSession *session,
                                  const GwMatterView *view,
                                  const GwMove *move);
void gw_verb_dialog_present (GtkWindow *parent,
                             GwSession *session,
                             const GwMatterView *view,
                             const GwMove *move);
/* What stands in the form. Transfer full. */
GwVerbRequest *gw_verb_dialog_dup_request (GwVerbDialog *self);
/* The sentence about what is missing or was refused; "" when nothing is. */
const char *gw_verb_dialog_get_problem (GwVerbDialog *self);

G_END_DECLS
