/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Taking in a new matter: the form, its draft, and the receipt with number and case code.
 *
 * signals:
 *   "pick-point": the place is wanted from the map; gw_intake_page_set_point() answers.
 *   "submitted" (gint64 id, const char *number): the receipt was read and the matter is wanted.
 *   "close": the form is left; what stood in it is in the drafts. */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_INTAKE_PAGE (gw_intake_page_get_type ())
G_DECLARE_FINAL_TYPE (GwIntakePage, gw_intake_page, GW, INTAKE_PAGE, AdwBin)

GtkWidget *gw_intake_page_new (GwSession *session);
/* A form that is already half written stays, unless @draft is another one; that one is in the
 * drafts then. */
void gw_intake_page_start (GwIntakePage *self, const char *type_key, const GwDraft *draft);
void gw_intake_page_set_point (GwIntakePage *self, gint32 x, gint32 y);
void gw_intake_page_focus (GwIntakePage *self);

G_END_DECLS
