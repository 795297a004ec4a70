/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Takes from this process, for good, everything that reading an open file does not need.
 *
 * Landlock forbids all files and, where the kernel knows how, all networks; seccomp allows some
 * thirty calls and ends the process at those that only an attacker makes; resource limits bound
 * memory and time. Nothing here can be undone, not even by root. */

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 memory_bytes;
  guint cpu_seconds;
} GwSandboxLimits;

typedef struct
{
  int landlock_abi; /* 0: not enforced */
  gboolean has_seccomp;
} GwSandboxState;

/* Enters the cage. FALSE when neither Landlock nor seccomp could be had: then nothing foreign may
 * be read. @state: (out): what holds. One thread only; call it before any other exists. */
gboolean gw_sandbox_enter (const GwSandboxLimits *limits, GwSandboxState *state);

G_END_DECLS
