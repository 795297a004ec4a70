/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The way from a matter to a form and from a changed form to the changes that CORRECT takes. */

#include "gw-session.h"

G_BEGIN_DECLS

/* What the form of a correction starts from: the values as the seat sees them. Transfer full. */
GwIntake *gw_correction_dup_intake (const GwMatterView *view);
/* Ids of the fields that the seat sees and may correct. Transfer full. */
GStrv gw_correction_dup_fields (GwSession *session, const GwMatterView *view);
/* Only what differs, in the keys and texts of GwVerbRequest.changes. NULL: nothing. Transfer full.
 */
GHashTable *gw_correction_changes (GwSession *session,
                                   const GwIntake *before,
                                   const GwIntake *after);

G_END_DECLS
