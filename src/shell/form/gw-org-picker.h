/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Finds an organisation by name, code or pinyin initials; the id is the organisation's. */

#include "gw-picker.h"
#include "gw-session.h"

G_BEGIN_DECLS

GtkWidget *gw_org_picker_new (GwSession *session);

G_END_DECLS
