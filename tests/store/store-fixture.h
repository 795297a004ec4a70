/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A small centre in a file of its own: one district, two townships, four communities, eight grids,
 * sixteen micro-areas; three units; one account for each role; one type of matter. */

#include "gw-error.h"
#include "gw-tx.h"

G_BEGIN_DECLS

#define FIXTURE_NOW G_GINT64_CONSTANT (1795500000) /* 2026-11-24 in China */
#define FIXTURE_TYPE "risk.dispute/dispute"
#define FIXTURE_N_AREAS 31
#define FIXTURE_FIRST_MICRO 16

typedef struct
{
  char *folder; /* owned */
  char *path;   /* owned */
  GwClock *clock;
  GwStore *store;
  guint32 type;
  GwActor program;
} Fixture;

/* Opens a new file in a new folder and sets it up. */
void fixture_set_up (Fixture *self, gconstpointer unused);
/* Closes, and removes the folder. */
void fixture_tear_down (Fixture *self, gconstpointer unused);
#define FIXTURE_ADD(name, func) \
  g_test_add (name, Fixture, NULL, fixture_set_up, func, fixture_tear_down)

/* Closes and opens again. */
void fixture_reopen (Fixture *self);
void fixture_remove_folder (const char *folder);
/* Writes areas, units, accounts, type and centre code. */
void fixture_fill (GwStore *store, guint32 *type);
GwTypeSpec *fixture_type (void);

GwActor fixture_actor (GwRole role, guint32 org, guint32 scope);
/* A matter that is not written yet; @n varies area, source, urgency. */
GwMatter *fixture_matter (const Fixture *self, guint n);
/* Writes @matter with its first entry. */
gboolean fixture_insert_in (GwTx *tx, GwMatter *matter, GError **error);
/* The same in a transaction of its own; returns the id. */
gint64 fixture_insert (Fixture *self, guint n);
/* One verb: reads, changes the state, appends the entry. */
gboolean fixture_move_in (
    GwTx *tx, gint64 id, GwVerb verb, GwMatterState to, const char *reason, GError **error);
void fixture_move (Fixture *self, gint64 id, GwVerb verb, GwMatterState to, const char *reason);
/* Verifies and asserts that nothing is wrong. */
void fixture_assert_sound (GwStore *store);

G_END_DECLS
