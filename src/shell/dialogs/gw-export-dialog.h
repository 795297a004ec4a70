/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

void gw_export_dialog_present (GtkWindow *parent, GwSession *session, const GwFilter *filter);

G_END_DECLS
