/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One line across the window for what needs an answer, with at most two buttons. libadwaita has one
 * from 1.3 on. */

#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_BANNER (gw_banner_get_type ())
G_DECLARE_FINAL_TYPE (GwBanner, gw_banner, GW, BANNER, AdwBin)

GtkWidget *gw_banner_new (void);
/* Labels and detailed actions nullable. @style: CSS class such as "warning", nullable. */
void gw_banner_show (GwBanner *self,
                     const char *style,
                     const char *message,
                     const char *label,
                     const char *action,
                     const char *other_label,
                     const char *other_action);
void gw_banner_hide (GwBanner *self);

G_END_DECLS
