/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

void gw_seat_dialog_present (GtkWindow *parent, GwSession *session);

G_END_DECLS
