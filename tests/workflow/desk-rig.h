/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The store fixture with a desk over it, and verbs as one line. */

#include "gw-desk.h"
#include "store-fixture.h"

G_BEGIN_DECLS

#define RIG_UNIT 2u /* organisations of the fixture */
#define RIG_CENTRE 1u
#define RIG_VERIFY 3u

typedef struct
{
  Fixture fixture;
  GwCalendar *calendar;
  GwDesk *desk;
} Rig;

void rig_set_up (Rig *self, gconstpointer unused);
void rig_tear_down (Rig *self, gconstpointer unused);
#define RIG_ADD(name, func) g_test_add (name, Rig, NULL, rig_set_up, func, rig_tear_down)

GwIntake *rig_intake (void);
/* Takes in a matter as the intake desk; never fails. */
GwMatter *rig_submit (Rig *self);
/* NULL with @error, or the matter after the verb; @request is freed. */
GwMatter *rig_try (Rig *self, GwRole role, guint32 org, GwVerbRequest *request, GError **error);
/* The same, asserted to work; returns the state. */
GwMatterState rig_do (Rig *self, GwRole role, guint32 org, GwVerbRequest *request);
/* A request that brings all the verb needs. */
GwVerbRequest *rig_request (gint64 matter, GwVerb verb);
/* Walks a new matter by the plain road until it is in @state. */
gint64 rig_matter_in (Rig *self, GwMatterState state);
GPtrArray *rig_assignments (Rig *self, gint64 matter);
GwMatter *rig_matter (Rig *self, gint64 matter);

G_END_DECLS
