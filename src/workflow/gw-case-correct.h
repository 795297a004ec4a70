/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-case.h"

G_BEGIN_DECLS

/* CORRECT: the columns and fields of @request->changes (canonical text, NULL clears). Keys of the
 * record itself: title summary address source level urgency severity area (code) x y occurred;
 * every other key is a field of the type (values were checked by gw_desk_apply against the type).
 * Old and new free text goes to the event's reason, coded values to its delta. Nothing changes on
 * error. */
gboolean gw_case_correct (GwCase *self,
                          const GwCaseWorld *world,
                          const GwVerbRequest *request,
                          GwEvent *event,
                          GError **error);

G_END_DECLS
