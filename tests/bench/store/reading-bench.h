/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A file with many made-up matters, written through the same transactions as an import. */

#include "gw-select.h"
#include "gw-tx.h"

G_BEGIN_DECLS

#define BENCH_N_AREAS 889 /* 1 + 20 + 76 + 227 + 565, as in the demo district */
#define BENCH_NOW G_GINT64_CONSTANT (1795500000)

extern const GwActor bench_program;
/* Reads everything that is not restricted. */
extern const GwActor bench_clerk;

/* Opens @path; when it is not there, makes it with @rows matters first. *seconds (nullable): what
 * the writing took, 0 when nothing was written. Dies on any error. */
GwStore *bench_open (const char *path, guint rows, double *seconds);
double bench_seconds (void);
/* Median of @rounds runs in milliseconds of this thread's processor. */
double bench_median_ms (guint rounds, void (*func) (gpointer data), gpointer data);
/* Bytes of the files that begin with @path. */
gint64 bench_file_size (const char *path);

G_END_DECLS
