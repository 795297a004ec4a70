/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A small demonstration district in a folder of its own, and a main loop that waits for facts. */

#include "gw-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define FRAME_ROWS 1200
#define FRAME_NOW "2022-12-31T10:00"

typedef gboolean (*FrameFunc) (gpointer data);

/* GTK, libadwaita and the resources of the shell; FALSE without a display. */
gboolean frame_harness_init (int *argc, char ***argv);
/* Made once for each program, removed by frame_harness_finish(). */
const char *frame_harness_file (void);
/* A session on a copy of its own, so that a test may change it. Close it with
 * frame_harness_close(). */
GwSession *frame_harness_open (void);
void frame_harness_close (GwSession *session);
/* Seats the first account that has @role. */
void frame_harness_seat (GwSession *session, GwRole role);
/* Takes in a dispute; its id. */
gint64 frame_harness_submit (GwSession *session, const char *title);
/* Runs the main loop until @is_done says so; fails the test after a while. */
void frame_harness_wait (FrameFunc is_done, gpointer data);
/* Drops the last reference of the test and waits until those of answers on their way are gone too.
 */
void frame_harness_finalize (gpointer object);
/* Runs what is pending. */
void frame_harness_settle (void);
void frame_harness_finish (void);

G_END_DECLS
