/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The helper process that examines modules: one child for each, with limits, so that a crash, a
 * loop or an exit ends there. It links as little as it can, because each child is a copy of it. */

#include "gw-verdict.h"

G_BEGIN_DECLS

/* The file that the client opens for the helper. */
#define GW_PROBE_FD 3

/* The longest packet either way; a longer message is cut. */
#define GW_PROBE_MAX_PACKET 16384u

/* Runs @func in a child with limits and gives what it says, or what ended it. The child is a copy
 * of this process, so: one thread only. */
typedef GwVerdict *(*GwProbeFunc) (gpointer data);
GwVerdict *gw_probe_apart (GwProbeFunc func, gpointer data);

/* Answers on @socket (SOCK_SEQPACKET): a packet is a path, its answer gw_verdict_to_text(). Returns
 * the exit status when the other side is gone. One thread only. */
int gw_probe_serve (int socket);

G_END_DECLS
