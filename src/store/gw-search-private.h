/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What query and follower of the search share. */

#include "gw-search-index.h"
#include "gw-search.h"

G_BEGIN_DECLS

struct _GwSearch
{
  GwStore *store;       /* borrowed: outlives this */
  GwSearchIndex *index; /* owned */
  GThread *thread;      /* owned, nullable: there is no follower on a read-only store */

  GMutex lock;
  GCond moved;        /* any of the following has changed */
  gint64 target;      /* where the journal is */
  gint64 watermark;   /* where the index is */
  gint64 rest_until;  /* monotonic: an import needs the processor and the log of the store */
  gint64 asked_until; /* monotonic: somebody searches, which counts more */
  gboolean damaged;   /* a reader met damage: start again from nothing */
  GError *given_up;   /* owned, nullable: the file cannot be written, nobody follows any more */
  gint stop;          /* atomic */

  GwSearchSet *readable; /* owned, nullable: what gw_search_find_readable found last */
  guint32 readable_org;
  gint64 readable_seq;
};

/* The thread's function; @data is the GwSearch. */
gpointer gw_search_follow (gpointer data);
/* When the follower may go on; 0 = now. With the lock. */
gint64 gw_search_rests_until (const GwSearch *self);
/* Somebody waits for what the index does not hold yet. Any thread. */
void gw_search_ask (GwSearch *self);
/* A reader met damage. Any thread. */
void gw_search_report_damage (GwSearch *self);

G_END_DECLS
