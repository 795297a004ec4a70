/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A drop-down of ids with their words. Signal "changed". */

#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_CHOICE (gw_choice_get_type ())
G_DECLARE_FINAL_TYPE (GwChoice, gw_choice, GW, CHOICE, AdwBin)

/* @none: translated word of the first entry, which stands for no id; nullable. */
GtkWidget *gw_choice_new (const char *none);
void gw_choice_add (GwChoice *self, const char *id, const char *label);
/* Ids with their words of gw_term_label(). */
void gw_choice_add_terms (GwChoice *self, const char *const *ids);
void gw_choice_clear (GwChoice *self);      /* all but the entry for none */
const char *gw_choice_get (GwChoice *self); /* nullable, borrowed */
/* NULL or unknown: none, or nothing when there is no entry for none. */
void gw_choice_set (GwChoice *self, const char *id);
guint gw_choice_get_size (GwChoice *self); /* ids, without the entry for none */
/* The part that takes the keyboard. */
GtkWidget *gw_choice_get_focus (GwChoice *self);

G_END_DECLS
