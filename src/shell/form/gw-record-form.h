/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Everything a person writes about a matter: the program's own rows and those of its type. Used to
 * take a matter in and to correct one.
 *
 * signals: "changed"; "pick-point": the place is wanted from the map. */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_RECORD_FORM (gw_record_form_get_type ())
G_DECLARE_FINAL_TYPE (GwRecordForm, gw_record_form, GW, RECORD_FORM, AdwBin)

typedef enum
{
  GW_RECORD_FORM_NEW,     /* the type can be chosen, two columns */
  GW_RECORD_FORM_CORRECT, /* type and sensitivity stay, one column */
} GwRecordFormKind;

GtkWidget *gw_record_form_new (GwSession *session, GwRecordFormKind kind);
/* Empties the form; @type_key nullable: the only type, or none. */
void gw_record_form_clear (GwRecordForm *self, const char *type_key);
void gw_record_form_load (GwRecordForm *self, const GwIntake *intake);
/* Fields outside @ids are taken off the form: what the reader may not see, nobody corrects. */
void gw_record_form_keep_fields (GwRecordForm *self, const char *const *ids);
/* The same for title and point, and for summary and address. */
void gw_record_form_keep_texts (GwRecordForm *self, gboolean is_whole, gboolean has_texts);
/* What stands in the form, half written or not. Transfer full. */
GwIntake *gw_record_form_dup_intake (GwRecordForm *self);
/* TRUE while nothing was written. */
gboolean gw_record_form_is_blank (GwRecordForm *self);
void gw_record_form_set_point (GwRecordForm *self, gint32 x, gint32 y);
/* Shows everything that is missing or wrong, brings the keyboard to the first. The error is that of
 * the first. */
gboolean gw_record_form_check (GwRecordForm *self, GError **error);
void gw_record_form_focus (GwRecordForm *self);

G_END_DECLS
