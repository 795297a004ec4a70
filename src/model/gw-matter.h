/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The central record and what hangs on it: plain facts, not changed once shared. */

#include "gw-area.h"
#include "gw-code.h"
#include "gw-limit.h"
#include "gw-org.h"
#include "gw-type.h"

G_BEGIN_DECLS

typedef enum
{
  GW_PRECISION_EXACT = 1,
  GW_PRECISION_BUILDING,
  GW_PRECISION_GRID,
  GW_PRECISION_COMMUNITY
} GwPrecision;
typedef enum
{
  GW_SEVERITY_GENERAL = 1,
  GW_SEVERITY_LARGER,
  GW_SEVERITY_SERIOUS,
  GW_SEVERITY_VERY_SERIOUS
} GwSeverity;
typedef enum
{
  GW_SENSITIVITY_INTERNAL = 1,
  GW_SENSITIVITY_RESTRICTED
} GwSensitivity;

typedef struct
{
  gint64 id; /* dense and local: never leaves the file */
  GwUid uid;
  guint32 type; /* local number of the type */
  GwMatterState state;
  GwUrgency urgency;
  GwSeverity severity;
  GwSensitivity sensitivity;
  GwPrecision precision;
  int level; /* 1 community, 2 township, 3 district */
  gboolean has_point;
  gboolean exercise;
  gint32 x, y;                            /* 1e-7 degree, WGS-84/CGCS2000 */
  guint32 area;                           /* leaf (or the lowest known) area id */
  guint32 town, comm;                     /* copied ancestors */
  guint32 lead_org;                       /* 0 = none */
  gint64 master;                          /* 0 = not merged */
  gint64 batch;                           /* 0 = by hand */
  gint64 occurred, reported, due, closed; /* UTC seconds; 0 = none */
  GwLamp lamp;                            /* of the running clock; only in rows of a list */
  guint reopened, rev;
  char *number;    /* owned "510903-DIS-2026-000001" */
  char *case_code; /* owned */
  char *source;    /* owned id: visit phone grid dept hotline letter online court petition patrol
                      inspection other */
  char *title, *summary, *address, *result; /* owned, address and result nullable */
  GHashTable
      *values; /* owned, nullable: field id -> canonical text, only what the reader may see */
} GwMatter;

GwMatter *gw_matter_new (void);
GwMatter *gw_matter_copy (const GwMatter *self);
void gw_matter_free (GwMatter *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwMatter, gw_matter_free)

/* Field id -> canonical text: an empty table, and a deep copy (nullable in and out). */
GHashTable *gw_values_new (void);
GHashTable *gw_values_copy (GHashTable *values);

const char *const *gw_sources (void);                         /* ids; NULL-terminated */
gboolean gw_source_match (const char *text, const char **id); /* id or zh/en label, folded */

typedef struct
{
  gint64 id, matter;
  guint32 org;
  int part;                                   /* 1 lead, 2 co, 3 inform */
  gint64 sent, due, accepted, returned, done; /* 0 = not yet */
  char *return_reason, *opinion;              /* owned, nullable */
} GwAssignment;
void gw_assignment_free (GwAssignment *self);

typedef struct
{
  gint64 id, matter;
  GwClockKind kind;
  GwUnit unit;
  GwOutcome outcome;
  guint n; /* limit in units */
  gint64 start, due, stop;
  gint64 paused_since, paused_seconds;
} GwClockRow;

typedef struct
{
  gint64 seq, matter, at;
  GwVerb verb;
  GwMatterState from, to;
  guint32 account, org;
  GwRole role;
  char *reason;  /* owned, nullable */
  char *delta;   /* owned, nullable: GVariant text a{sv} of what changed, non-personal */
  char hash[65]; /* hex */
} GwEvent;
void gw_event_free (GwEvent *self);

G_END_DECLS

#include "gw-intake.h"
#include "gw-verb-request.h"
