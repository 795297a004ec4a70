/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Where a matter is: area, address, point. A point decides the area, since the program places it;
 * without one a person chooses. Signals "changed", "pick-point". */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_PLACE_ROW (gw_place_row_get_type ())
G_DECLARE_FINAL_TYPE (GwPlaceRow, gw_place_row, GW, PLACE_ROW, AdwBin)

GtkWidget *gw_place_row_new (GwSession *session);
/* FALSE: there is no map at hand to pick from. */
/* Takes the point, or the address, off the form. */
void gw_place_row_keep_texts (GwPlaceRow *self, gboolean has_point, gboolean has_address);
void gw_place_row_load (GwPlaceRow *self, const GwIntake *intake);
/* Writes area, address, point and precision into @intake. */
void gw_place_row_read (GwPlaceRow *self, GwIntake *intake);
void gw_place_row_set_point (GwPlaceRow *self, gint32 x, gint32 y);
gboolean gw_place_row_check (GwPlaceRow *self, gboolean strict);
const char *gw_place_row_get_problem (GwPlaceRow *self); /* nullable, borrowed */
void gw_place_row_focus_problem (GwPlaceRow *self);

G_END_DECLS
