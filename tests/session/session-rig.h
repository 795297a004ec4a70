/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A small demo file in a folder of its own and a session on it. */

#include "gw-error.h"
#include "gw-session.h"

G_BEGIN_DECLS

#define RIG_ROWS 2000u
#define RIG_NOW G_GINT64_CONSTANT (1672466400) /* 2022-12-31 14:00 in China */

typedef struct
{
  char *folder, *path; /* owned */
  GwClock *clock;
  GwSession *session;
} SessionRig;

void session_rig_set_up (SessionRig *self, gconstpointer unused);
void session_rig_tear_down (SessionRig *self, gconstpointer unused);
#define SESSION_ADD(name, func) \
  g_test_add (name, SessionRig, NULL, session_rig_set_up, func, session_rig_tear_down)

void session_rig_reopen (SessionRig *self, GwSessionFlags flags);
void session_rig_sit (SessionRig *self, const char *login);
char *session_rig_file (SessionRig *self, const char *name);
GwIntake *session_rig_intake (SessionRig *self);
/* The value of a figure; asserts that it is there. */
double session_rig_figure (SessionRig *self, const char *filter, const char *id);
gboolean session_rig_has_figure (SessionRig *self, const char *filter, const char *id);
guint session_rig_count (SessionRig *self, const char *filter);

G_END_DECLS
