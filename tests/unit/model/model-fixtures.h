/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-matter.h"

G_BEGIN_DECLS

/* Puts an area with the next id into @areas and returns that id. */
guint32 fixture_add_area (
    GPtrArray *areas, guint32 parent, GwAreaLevel level, const char *code, const char *name);
GwArea *fixture_area (GPtrArray *areas, guint32 id);

/* A dispute with one field of each kind; every list holds the codes "one", "two" and "old", the
 * last one retired. */
GwTypeSpec *fixture_type (void);
GwFieldSpec *fixture_add_field (GwTypeSpec *type, const char *id, GwFieldType kind);

/* A correct intake of that type. */
GwIntake *fixture_intake (void);

G_END_DECLS
