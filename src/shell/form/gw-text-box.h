/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Text of several lines in a form; Tab goes to the next control. Signal "changed". */

#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_TEXT_BOX (gw_text_box_get_type ())
G_DECLARE_FINAL_TYPE (GwTextBox, gw_text_box, GW, TEXT_BOX, AdwBin)

GtkWidget *gw_text_box_new (int height);
/* As typed, not trimmed. Transfer full. */
char *gw_text_box_dup_text (GwTextBox *self);
void gw_text_box_set_text (GwTextBox *self, const char *text /* nullable */);
/* The widget inside that takes the keyboard. */
GtkWidget *gw_text_box_get_focus (GwTextBox *self);

G_END_DECLS
