/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The one filter that drives map, list, figures and export. A value: copied, compared, written as
 * text. */

#include "gw-matter.h"

G_BEGIN_DECLS

typedef enum
{
  GW_SORT_REPORTED_DESC = 0,
  GW_SORT_REPORTED_ASC,
  GW_SORT_DUE_ASC,
  GW_SORT_NUMBER_ASC,
  GW_SORT_STATE,
  GW_SORT_AREA
} GwSort;

typedef struct
{
  char *module;   /* owned, nullable: all of a module, "risk.dispute" */
  char *type;     /* owned, nullable: type key */
  guint32 states; /* bit set of 1 << GwMatterState; 0 = any (withdrawn and drafts never) */
  gboolean open_only;
  gboolean overdue_only; /* open and due < now */
  guint32 area;          /* subtree; GW_AREA_NONE = all */
  guint32 org;           /* lead org; 0 = any */
  gint64 from, to;       /* reported, UTC half-open; 0 = open end */
  gint64 batch;          /* 0 = any */
  gboolean has_box;      /* points inside this view only */
  gint32 west, south, east, north;
  char *text; /* owned, nullable: search words, number, case code, initials */
  GwSort sort;
} GwFilter;

GwFilter *gw_filter_new (void);
GwFilter *gw_filter_copy (const GwFilter *self);
void gw_filter_free (GwFilter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwFilter, gw_filter_free)
gboolean gw_filter_equal (const GwFilter *a, const GwFilter *b);
/* Whether it lets everything pass. */
gboolean gw_filter_is_empty (const GwFilter *self);
/* "type=risk.dispute/dispute state=filed,waiting area=510903001 text=\"物业\"": copy, paste, saved
 * settings.
 * @tree turns area ids into codes. */
char *gw_filter_to_text (const GwFilter *self, const GwAreaTree *tree);
GwFilter *gw_filter_from_text (const char *text, const GwAreaTree *tree, GError **error);

G_END_DECLS
