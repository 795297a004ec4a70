/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* From the words over the columns of a foreign table to what a matter has: by the aliases a module
 * declares, else by likeness. Immutable once made; any thread. */

#include "gw-type.h"

G_BEGIN_DECLS

/* What a column may fill. The matter's own columns come first, then the fields of the type:
 * GW_N_OWN_TARGETS + index of the field. */
typedef enum
{
  GW_TARGET_NONE = -1,
  GW_TARGET_TITLE = 0,
  GW_TARGET_SUMMARY,
  GW_TARGET_SOURCE,
  GW_TARGET_LEVEL,
  GW_TARGET_URGENCY,
  GW_TARGET_SEVERITY,
  GW_TARGET_OCCURRED,
  GW_TARGET_REPORTED,
  GW_TARGET_ADDRESS,
  GW_TARGET_AREA_CODE,
  GW_TARGET_AREA_NAME,
  GW_TARGET_LON,
  GW_TARGET_LAT,
  GW_TARGET_EXTERNAL_ID,
  GW_TARGET_PLACE,
  GW_TARGET_NOTE,
  GW_N_OWN_TARGETS,
} GwTarget;

typedef struct
{
  int target;       /* GW_TARGET_NONE = left out */
  gboolean guessed; /* by likeness */
  int twin;         /* source column that has the same target by name already; -1 = none */
} GwMatch;

typedef struct _GwMatcher GwMatcher;

/* @columns: GwImportColumnSpec, nullable: ids, labels and common words only. @type and @columns are
 * borrowed while the matcher lives. */
GwMatcher *gw_matcher_new (const GwTypeSpec *type, GPtrArray *columns);
void gw_matcher_free (GwMatcher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwMatcher, gw_matcher_free)

/* The own targets and the fields of the type; targets are 0 .. n - 1. */
guint gw_matcher_n_targets (const GwMatcher *self);
const char *gw_matcher_get_id (const GwMatcher *self, int target);    /* "area_code" */
const char *gw_matcher_get_label (const GwMatcher *self, int target); /* translated */
/* GW_TARGET_NONE when there is no such target. */
int gw_matcher_find (const GwMatcher *self, const char *id);

/* Fills @matches, one per header. A target is given once: exact words first, from left to right,
 * then the likeliest. */
void gw_matcher_match (const GwMatcher *self,
                       const char *const *headers,
                       guint n_headers,
                       GwMatch *matches);
/* How many of the cells are declared words: tells a header from a title or from data. */
guint gw_matcher_score (const GwMatcher *self, const char *const *cells, guint n_cells);

G_END_DECLS
