/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Areas: district -> township -> community -> grid -> micro-area. Codes as published (6 + 3 + 3
 * digits; grid +3, micro +2); a code is never reused; areas have validity dates and successors
 * (merged villages of 2019-2020). Geometry is bytes here: geo reads it. */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  GW_LEVEL_CITY = 0,
  GW_LEVEL_DISTRICT = 1,
  GW_LEVEL_TOWNSHIP = 2,
  GW_LEVEL_COMMUNITY = 3,
  GW_LEVEL_GRID = 4,
  GW_LEVEL_MICRO = 5,
} GwAreaLevel;
#define GW_N_LEVELS 6

typedef enum
{ /* kind enum of domain.md 4b.1 */
  GW_AREA_URBAN = 1,
  GW_AREA_RURAL,
  GW_AREA_NEIGHBOURING,
  GW_AREA_COMPOUND, /* residential-compound grid and its micro-areas: the 228 and the 565 */
  GW_AREA_VILLAGE,
  GW_AREA_MARKET,
  GW_AREA_SPECIAL,
} GwAreaKind;

#define GW_AREA_NONE 0u /* area ids start at 1 */

typedef struct
{
  guint32 id;        /* dense local id */
  guint32 parent;    /* id; GW_AREA_NONE for the root */
  guint32 successor; /* id; GW_AREA_NONE when still valid or split */
  GwAreaLevel level;
  GwAreaKind kind;
  gint32 valid_from;       /* civil day */
  gint32 valid_to;         /* first day it is no longer valid; G_MAXINT32 = still valid */
  gint32 label_x, label_y; /* 1e-7 degree; 0,0 when there is no geometry */
  guint households;
  char *code;       /* owned */
  char *name;       /* owned */
  GBytes *geometry; /* owned, nullable: gw_rings_to_bytes() of geo */
} GwArea;

void gw_area_free (GwArea *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwArea, gw_area_free)

/* All areas of a file at one state; immutable, refcounted, any thread. */
typedef struct _GwAreaTree GwAreaTree;

/* Takes the array of GwArea (element ownership too), also when it fails. Checks: ids dense from 1,
 * codes unique, one root, parents one level up, no circle of parents or successors; an error
 * (GW_ERROR_CORRUPT) names the area. */
GwAreaTree *gw_area_tree_new_take (GPtrArray *areas, GError **error);
GwAreaTree *gw_area_tree_ref (GwAreaTree *self);
void gw_area_tree_unref (GwAreaTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwAreaTree, gw_area_tree_unref)

guint gw_area_tree_size (const GwAreaTree *self);                    /* ids are 1..size */
const GwArea *gw_area_tree_get (const GwAreaTree *self, guint32 id); /* NULL for NONE / unknown */
const GwArea *gw_area_tree_root (
    const GwAreaTree *self); /* the district; nullable in an empty file */
const GwArea *gw_area_tree_find_code (const GwAreaTree *self, const char *code);
/* Every area, past and present, of that name; transfer container, by id, never NULL. Suffixes are
 * forgiven (金桂, 金桂社区 and 金桂社区居委会 are one name), but a name that says village does not
 * find a community when there is a village. Names of areas above may stand before it
 * ("仁里镇放羊村") and narrow the answer. */
GPtrArray *gw_area_tree_find_name (const GwAreaTree *self, const char *name);
/* For the area picker: substring of name, code prefix or pinyin initials; at most @max; transfer
 * container; current areas only. With several words each must fit the area or one above it, the
 * last one the area itself. Areas that begin with the text come first, then wider ones first. */
GPtrArray *gw_area_tree_search (const GwAreaTree *self, const char *text, guint max);
/* The current children of @id (GW_AREA_NONE: the root), ordered by code; borrowed slice. */
const GwArea *const *gw_area_tree_children (const GwAreaTree *self, guint32 id, guint *n);
/* The ancestor at @level (itself when it is of that level); GW_AREA_NONE when there is none. */
guint32 gw_area_tree_ancestor (const GwAreaTree *self, guint32 id, GwAreaLevel level);
gboolean gw_area_tree_contains (const GwAreaTree *self, guint32 ancestor, guint32 id);
/* Follows successors until an area that is valid now; GW_AREA_NONE when the chain ends in a split.
 */
guint32 gw_area_tree_current (const GwAreaTree *self, guint32 id);
/* Ids of the current leaves below, ascending; transfer full GArray of guint32. */
GArray *gw_area_tree_leaves (const GwAreaTree *self, guint32 id);
/* "船山区 › 介福路街道 › 介福路社区 › …" without the district; transfer full. */
char *gw_area_tree_path (const GwAreaTree *self, guint32 id, const char *separator);
gboolean gw_area_is_current (const GwArea *self);

const char *gw_area_level_id (GwAreaLevel level);    /* "district" */
const char *gw_area_level_label (GwAreaLevel level); /* translated */
gboolean gw_area_level_from_id (const char *id, GwAreaLevel *level);
const char *gw_area_kind_id (GwAreaKind kind);
gboolean gw_area_kind_from_id (const char *id, GwAreaKind *kind);

G_END_DECLS
