/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the map shows, as a list: the same areas, circles and matters in words, for whoever does not
 * see or point at them.
 *
 * signals: "area" (guint32 id; GW_AREA_NONE: the whole district), "feature" (guint index into the
 * stops), "matter" (gint64 id): a row was activated. */

#include "gw-session.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define GW_TYPE_MAP_CONTENTS (gw_map_contents_get_type ())
G_DECLARE_FINAL_TYPE (GwMapContents, gw_map_contents, GW, MAP_CONTENTS, AdwBin)

GtkWidget *gw_map_contents_new (GwSession *session);
/* @title: "河沙镇, by community". Rows follow by the functions below, in their order. */
void gw_map_contents_begin (GwMapContents *self, const char *title);
void gw_map_contents_add_up (GwMapContents *self, guint32 area, const char *name);
/* @text: name, then details in the next line. */
void gw_map_contents_add_area (GwMapContents *self, guint32 area, const char *text);
void gw_map_contents_add_feature (GwMapContents *self, guint index, const char *text);
/* @text stands until its row is read. */
void gw_map_contents_add_matter (GwMapContents *self, gint64 id, const char *text);
/* Reads the rows of the matters; puts the focus where it was. */
void gw_map_contents_end (GwMapContents *self);

G_END_DECLS
