/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Every rule for a row of a foreign file. The same check answers three questions: may the row be
 * taken (for all rows, without words), what is wrong with it (for the one that is looked at, in
 * words), and what matter does it become (when it is written). It keeps nothing of a row but what
 * the last run found, so results need not be stored.
 *
 * Not for two threads at once; making one is cheap. */

#include "gw-intake.h"
#include "gw-matcher.h"
#include "gw-project.h"
#include "gw-row-problem.h"
#include "gw-stage.h"
#include "gw-store.h"

G_BEGIN_DECLS

/* What a check needs to know; all borrowed while checks live. */
typedef struct
{
  const GwMatcher *matcher;
  const GwTypeSpec *type;
  GwStore *store;      /* nullable: earlier numbers are not looked up */
  guint32 type_number; /* local number of @type */
  GwAreaTree *tree;
  const GwLocate *locate;    /* nullable: a file without borders */
  const guint32 *locate_ids; /* index of @locate -> area id */
  const char *const *headers;
  const int *targets; /* per source column: a target of the matcher or GW_TARGET_NONE */
  guint n_columns;
  GwCrs crs;
  gboolean swapped;   /* longitude and latitude have changed places in the whole file */
  gint64 now;         /* UTC seconds */
  gint64 default_day; /* UTC seconds: time of the report when the file has none */
  guint32 scope_area; /* GW_AREA_NONE = the whole district */
} GwCheckWorld;

/* What a row becomes. Texts are lent until the next run or gw_row_check_free(), unless they lie in
 * the stage. */
typedef struct
{
  const char *title, *summary, *source; /* not NULL in a row that is taken */
  const char *address;                  /* nullable; the place leads it */
  const char *note;                     /* nullable: for those who work on the matter */
  const char *external_id;              /* nullable */
  int level;
  GwUrgency urgency;
  GwSeverity severity;
  GwPrecision precision;
  guint32 area;
  gboolean has_point;
  gint32 x, y;
  gint64 occurred, reported;
  const char **values; /* canonical, by index of the type's fields; NULL = none */
} GwCheckedRow;

typedef struct _GwRowCheck GwRowCheck;

/* @world and all it points to are borrowed while the check lives. */
GwRowCheck *gw_row_check_new (const GwCheckWorld *world);
void gw_row_check_free (GwRowCheck *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwRowCheck, gw_row_check_free)

/* @problems: nullable; GwRowProblem are appended. The row must outlive the use of the result. */
GwRowVerdict gw_row_check_run (GwRowCheck *self, const GwStageRow *row, GPtrArray *problems);
/* Cut, broken, too short or too long: its cells may not be where they should be. */
gboolean gw_row_check_is_misshapen (const GwStageRow *row);
/* Of the last run; complete unless it was refused. */
const GwCheckedRow *gw_row_check_get (const GwRowCheck *self);
/* A fingerprint of what makes two rows the same matter: the number of the other system, else title,
 * address and time. 0 when the row has neither. */
guint64 gw_row_check_fingerprint (const GwRowCheck *self);
/* Whether fingerprints are made of the other system's numbers: then a twin is refused. */
gboolean gw_row_check_has_numbers (const GwRowCheck *self);

/* The raw point of a row and the area it names, for the guess of the coordinate system. FALSE
 * without a point. */
gboolean gw_row_check_sample (GwRowCheck *self,
                              const GwStageRow *row,
                              GwPoint *point,
                              guint32 *claimed);

/* "Row 12, column C “Kind”: " and the rest. @column -1: the row only. Transfer full. */
char *gw_row_check_dup_message (const GwRowCheck *self,
                                guint64 row,
                                int column,
                                const char *reason);
/* "A" … "Z", "AA" …: @column from 0. @out has room for 8 bytes. */
void gw_column_letters (int column, char out[8]);

G_END_DECLS
