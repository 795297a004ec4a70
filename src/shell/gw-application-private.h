/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "gw-application.h"
#include "gw-window.h"

G_BEGIN_DECLS

struct _GwApplication
{
  AdwApplication parent;
  GSettings *settings; /* owned */
  GwClock *clock;      /* owned, nullable: a frozen one */
  char *profile;       /* owned, nullable: folder of its own data and settings */
  char *path;          /* owned, nullable: the file that is open, or that cannot be opened */
  char *wanted;        /* owned, nullable: the file that is on its way */
  char *import;        /* owned, nullable: a table to preview once a file is open */
  GwSessionFlags flags;
  guint64 demo_seed;
  gboolean demo, safe;
  GwSession *session;    /* owned, nullable */
  GError *problem;       /* owned, nullable: why @path is not open */
  GCancellable *opening; /* owned, nullable: a file is on its way */
  GCancellable *making;  /* owned, nullable: the demonstration district is being made */
  guint making_task;     /* among the tasks of the window; 0 = none */
  GwWindow *window;      /* borrowed, nullable */
};

/* gw-application-files.c */
/* What the command line and the last time say is opened, or made. */
void gw_application_begin (GwApplication *self);
/* The window gets what there is: file, problem, first run. */
void gw_application_show (GwApplication *self);
/* Waits for what was acknowledged to be on the disk. */
void gw_application_close_file (GwApplication *self);

/* gw-application-actions.c */
void gw_application_add_actions (GwApplication *self);

G_END_DECLS
