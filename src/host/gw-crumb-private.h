/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The page as it lies in the file; written by one process, read by a later one. */

#include "gw-crumb.h"
#include <stdatomic.h>

G_BEGIN_DECLS

#define GW_CRUMB_MAGIC G_GUINT64_CONSTANT (0x31626d7263776721)
#define GW_CRUMB_SUFFIX ".crumb"
#define GW_CRUMB_MODULES 64u
#define GW_CRUMB_SLOTS 32u

typedef struct
{
  char digest[72], id[64];
} GwCrumbModule;

typedef struct
{
  _Atomic guint32 order; /* 0: free; else the later one is the inner one */
  guint16 module, place;
  guint64 thread;
} GwCrumbSlot;

typedef struct
{
  guint64 magic;
  _Atomic guint32 order;
  _Atomic guint32 n_modules;
  _Atomic gint32 signal; /* the first fatal one, 0 for none */
  guint32 ended;         /* the process ended of itself, and not from main() */
  guint64 thread;        /* of the signal or the end */
  GwCrumbSlot slots[GW_CRUMB_SLOTS];
  GwCrumbModule modules[GW_CRUMB_MODULES];
} GwCrumbPage;

G_END_DECLS
