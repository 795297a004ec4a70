/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-import-plan.h"
#include "gw-session-private.h"
#include "gw-verdicts.h"

G_BEGIN_DECLS

/* Reads and checks @path; blocking, on a worker. @known: GwBatch of the file, nullable. */
GwImportPlan *gw_import_plan_make (const GwCall *call,
                                   const char *path,
                                   const char *type,
                                   const GwImportChoice *choice,
                                   GPtrArray *known,
                                   GwProgressFunc progress,
                                   gpointer progress_data,
                                   GCancellable *cancellable,
                                   GError **error);

/* One mapping of a plan with its verdicts, which stays as it is whatever happens to the plan. */
typedef struct
{
  gatomicrefcount refs;
  int *targets;      /* owned, per source column */
  gboolean *guessed; /* owned, likewise */
  GwCrs crs;
  GwVerdicts *verdicts; /* owned */
} GwMapping;

GwMapping *gw_mapping_ref (GwMapping *self);
void gw_mapping_unref (GwMapping *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (GwMapping, gw_mapping_unref)

struct _GwImportPlan
{
  GObject parent_instance;
  GwReference *facts; /* owned */
  GwStore *store;     /* owned */
  GwActor actor;
  gint64 now;
  const GwTypeSpec *type; /* borrowed from facts */
  guint32 type_number;
  GwMatcher *matcher;  /* owned */
  GwForeignFile *file; /* owned */
  GwMapping *mapping;  /* owned */
  gboolean swapped;
  char *crs_reason;                    /* owned */
  GPtrArray *columns;                  /* owned, GwPlanColumn */
  GPtrArray *problems;                 /* owned, GwRowProblem of the whole file */
  guint n_lasting;                     /* of them; those behind depend on the mapping */
  GPtrArray *field_ids, *field_labels; /* owned containers of lent texts, ended by NULL */
  guint generation;

  /* The row that is being looked at. */
  GwRowCheck *check; /* owned */
  GwStageRow row;
  GPtrArray *row_problems; /* owned, GwRowProblem */
  const char **cells;      /* owned container */
  char *place;             /* owned, nullable */
};

void gw_import_plan_guess_crs (GwImportPlan *self);
void gw_import_plan_note_matches (GwImportPlan *self, const GwMatch *matches, guint n);
void gw_import_plan_note_missing (GwImportPlan *self);
/* @known: GwBatch, nullable. */
void gw_import_plan_note_known (GwImportPlan *self, GPtrArray *known);
gboolean gw_import_plan_is_mapped (const GwImportPlan *self, int target);

/* What a commit works with. Main thread; transfer full / borrowed as long as the plan lives. */
GwMapping *gw_import_plan_dup_mapping (GwImportPlan *self);
GwForeignFile *gw_import_plan_get_file (GwImportPlan *self);
GwReference *gw_import_plan_get_facts (GwImportPlan *self);
guint32 gw_import_plan_get_type_number (GwImportPlan *self);
/* Fills what checks of the plan's rows need under @mapping; borrows from both. Any thread. */
void gw_import_plan_fill_world (GwImportPlan *self, const GwMapping *mapping, GwCheckWorld *world);

G_END_DECLS
