/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* An entry that finds one of many things as one types: a list below it, Down and Up choose, Enter
 * takes, Escape closes the list. What is typed and not taken counts as nothing chosen, so that a
 * name is never taken for a thing. Signal "changed" when another thing is chosen, or none. */

#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_PICKER (gw_picker_get_type ())
G_DECLARE_FINAL_TYPE (GwPicker, gw_picker, GW, PICKER, AdwBin)

/* Answers @text with gw_picker_add(); a blank text asks for what to show first. */
typedef void (*GwPickerSearchFunc) (GwPicker *self, const char *text, gpointer data);

GtkWidget *gw_picker_new (GwPickerSearchFunc search, gpointer data, GDestroyNotify free_data);
/* What stands in the empty entry, in the user's language. */
void gw_picker_set_placeholder (GwPicker *self, const char *text);
/* For the search function: @note nullable, dim beside the title. */
void gw_picker_add (GwPicker *self, guint32 id, const char *title, const char *note);
/* Chooses without searching; 0 empties the entry. */
void gw_picker_set (GwPicker *self, guint32 id, const char *title /* nullable */);
guint32 gw_picker_get (GwPicker *self); /* 0 = none */
/* Text stands in the entry, but nothing is chosen. */
gboolean gw_picker_is_open_ended (GwPicker *self);
GtkWidget *gw_picker_get_focus (GwPicker *self);

G_END_DECLS
