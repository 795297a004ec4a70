/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The control for one field that a module declares, made from its kind. Signal "changed". */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_FIELD_EDITOR (gw_field_editor_get_type ())
G_DECLARE_FINAL_TYPE (GwFieldEditor, gw_field_editor, GW, FIELD_EDITOR, AdwBin)

/* TRUE for the kinds that can be filled in by hand. */
gboolean gw_field_editor_can_edit (const GwFieldSpec *field);
/* The specification is looked up anew each time, since the session may renew it. */
GtkWidget *gw_field_editor_new (GwSession *session,
                                const GwTypeSpec *type,
                                const GwFieldSpec *field);
const char *gw_field_editor_get_id (GwFieldEditor *self);
char *gw_field_editor_dup_text (GwFieldEditor *self); /* nullable: nothing filled in */
void gw_field_editor_set_text (GwFieldEditor *self, const char *text /* nullable */);
/* Shows what is wrong; @strict: an empty required field counts. */
gboolean gw_field_editor_check (GwFieldEditor *self, gboolean strict);
void gw_field_editor_set_problem (GwFieldEditor *self, const char *problem); /* nullable */
gboolean gw_field_editor_focus (GwFieldEditor *self);

G_END_DECLS
