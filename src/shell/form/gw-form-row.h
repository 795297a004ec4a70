/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One line of a form: the name above its control, below it a note, and in its place what is wrong
 * as long as something is wrong. The control is called by that name for screen readers too. */

#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_FORM_ROW (gw_form_row_get_type ())
G_DECLARE_FINAL_TYPE (GwFormRow, gw_form_row, GW, FORM_ROW, AdwBin)

/* @title: translated. @focus: the part of @control that takes the keyboard, usually itself. */
GtkWidget *gw_form_row_new (const char *title,
                            gboolean required,
                            GtkWidget *control,
                            GtkWidget *focus);
void gw_form_row_set_note (GwFormRow *self, const char *note /* nullable */);
/* NULL: nothing is wrong. */
void gw_form_row_set_problem (GwFormRow *self, const char *problem);
const char *gw_form_row_get_problem (GwFormRow *self); /* nullable, borrowed */
gboolean gw_form_row_focus (GwFormRow *self);

G_END_DECLS
