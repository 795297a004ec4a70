/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A real file with a small district, one record type and as many matters as a test puts in; what
 * was put in is kept, so that a test can compute the right answer by itself. */

#include "gw-select.h"
#include "gw-tx.h"

G_BEGIN_DECLS

/* Areas: 1 district; 2, 3 townships; 4, 5 (of 2), 6 (of 3) communities; 7 of 4, 8 of 6 grids. */
#define RIG_N_AREAS 8
#define RIG_NOW G_GINT64_CONSTANT (1764000000)

typedef struct
{
  char *folder, *path;
  GwClock *clock;
  GwStore *store;
  GPtrArray *matters; /* owned GwMatter as last written, by id; 0 is NULL */
} Rig;

extern const GwActor rig_program; /* sees everything */

Rig *rig_new (void);
void rig_free (Rig *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rig, rig_free)
void rig_close (Rig *self);
void rig_open (Rig *self, GwOpenFlags flags);
/* The path of a file derived from the store. */
char *rig_side_path (const Rig *self, const char *suffix);

/* A matter with sensible columns that a test may change before it is put. */
GwMatter *rig_matter (const char *title, const char *summary);
/* Writes @matters (taken, GwMatter) in one transaction. */
void rig_put (Rig *self, GPtrArray *matters);
gint64 rig_put_one (Rig *self, GwMatter *matter);
/* Writes @after (taken) in place of the matter with its id. */
void rig_update (Rig *self, GwMatter *after);
void rig_withdraw (Rig *self, gint64 id);
GwMatter *rig_get (Rig *self, gint64 id);

GwSelection *rig_select (Rig *self, const GwActor *actor, const GwFilter *filter);
/* Ids (gint64), ascending, that @text selects. */
GArray *rig_search (Rig *self, const GwActor *actor, const char *text);

G_END_DECLS
