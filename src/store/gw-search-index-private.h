/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the reading and the writing half of the search index share. */

#include "gw-search-index.h"

G_BEGIN_DECLS

/* user_version of the file; another one is thrown away, never migrated. */
#define GW_SEARCH_FORMAT 3
#define GW_SEARCH_APPLICATION_ID 0x47574b53 /* "GWKS" */

struct _GwSearchIndex
{
  char *path;

  GRWLock life; /* for writing: the file is being replaced; no connection may be open */
  GMutex idle_lock;
  GQueue idle; /* GwDb for reading */

  GRWLock map_lock;
  GArray *matters;  /* guint32 by doc: whose text it is; 0 = dead or none */
  GArray *highest;  /* guint32 by block of docs: the highest matter of it and those before */
  gint64 life_id;   /* of the file that the map speaks of; 0 = none yet */
  gint64 dead_seen; /* last row of "dead" that is in the map */

  /* The writing thread's own. */
  GwDb *writer; /* owned, nullable */
  GArray *docs; /* guint32 by matter: the doc of its current text; 0 = none */
  guint32 next_doc;
  guint n_dead, n_put;
};

static inline guint32
gw_search_map_get (const GArray *map, gint64 at)
{
  return at >= 0 && at < map->len ? g_array_index (map, guint32, at) : 0;
}

static inline void
gw_search_map_set (GArray *map, gint64 at, guint32 value)
{
  if (at >= map->len)
    g_array_set_size (map, (guint)at + 1);
  g_array_index (map, guint32, at) = value;
}

/* With the tokenizer. */
GwDb *gw_search_index_open_connection (GwSearchIndex *self, GwDbMode mode, GError **error);
void gw_search_index_close_idle (GwSearchIndex *self);
gboolean gw_search_index_check_format (GwDb *db, GError **error);
gboolean gw_search_index_read_state (GwDb *db, gint64 *watermark, guint8 hash[32], GError **error);
/* Brings the map to what @db sees; *life: which file that is. */
gboolean gw_search_index_sync_map (GwSearchIndex *self, GwDb *db, gint64 *life, GError **error);

G_END_DECLS
