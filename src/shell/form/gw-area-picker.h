/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Finds an area by name, code or pinyin initials; the id is the area's. */

#include "gw-picker.h"
#include "gw-session.h"

G_BEGIN_DECLS

GtkWidget *gw_area_picker_new (GwSession *session);
/* Shows the area @id with the path above it. */
void gw_area_picker_set (GwPicker *self, GwSession *session, guint32 area);

G_END_DECLS
