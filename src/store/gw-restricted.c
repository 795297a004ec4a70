/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-restricted.h"

#include <string.h>

#include "gw-parts-private.h"
#include "gw-search-private.h"

/* Flags of eight rows at once. */
#define EIGHT_RESTRICTED (G_GUINT64_CONSTANT (0x0101010101010101) * GW_ROW_RESTRICTED)

static void
add_eight (const GwSnapshot *snapshot, guint first, GwSearchSet *set)
{
  const guint8 *flags = snapshot->chunks[first >> GW_SNAPSHOT_CHUNK_BITS]->columns.flags +
                        (first & GW_SNAPSHOT_CHUNK_MASK);

  for (guint i = 0; i < 8; i++)
    if ((flags[i] & GW_ROW_RESTRICTED) != 0)
      gw_search_set_add (set, first + i); /* beyond the size: ignored */
}

static GwSearchSet *
find_restricted (const GwSnapshot *snapshot)
{
  GwSearchSet *set = gw_search_set_new (snapshot->n);

  for (guint first = 0; first < snapshot->n; first += 8)
    {
      guint64 flags;

      memcpy (&flags,
              snapshot->chunks[first >> GW_SNAPSHOT_CHUNK_BITS]->columns.flags +
                  (first & GW_SNAPSHOT_CHUNK_MASK),
              sizeof flags);
      if ((flags & EIGHT_RESTRICTED) != 0)
        add_eight (snapshot, first, set);
    }
  return set;
}

gboolean
gw_restricted_may_any (const GwActor *actor)
{
  return actor->account == 0 ||
         ((gw_role_may (actor->role) & GW_MAY_RESTRICTED) != 0 && actor->org != 0);
}

/* Takes out of @set what the actor's unit does not handle. */
static gboolean
keep_handled (
    GwDb *db, const GwActor *actor, const GwSnapshot *snapshot, GwSearchSet *set, GError **error)
{
  for (gint64 id = gw_search_set_next (set, 0); id >= 0; id = gw_search_set_next (set, id + 1))
    {
      const GwSnapshotColumns *columns = &snapshot->chunks[id >> GW_SNAPSHOT_CHUNK_BITS]->columns;
      gboolean handles = columns->org[id & GW_SNAPSHOT_CHUNK_MASK] == actor->org;

      if (!handles && !gw_parts_is_handling (db, id, actor->org, &handles, error))
        return FALSE;
      if (!handles)
        gw_search_set_remove (set, id);
    }
  return TRUE;
}

static GwSearchSet *
recall (GwSearch *self, guint32 org, const GwSnapshot *snapshot)
{
  GwSearchSet *set = NULL;

  g_mutex_lock (&self->lock);
  if (self->readable != NULL && self->readable_org == org && self->readable_seq == snapshot->seq &&
      self->readable->size == snapshot->n)
    set = gw_search_set_copy (self->readable);
  g_mutex_unlock (&self->lock);
  return set;
}

static void
remember (GwSearch *self, guint32 org, const GwSnapshot *snapshot, const GwSearchSet *set)
{
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->readable, gw_search_set_free);
  self->readable = gw_search_set_copy (set);
  self->readable_org = org;
  self->readable_seq = snapshot->seq;
  g_mutex_unlock (&self->lock);
}

GwSearchSet *
gw_search_find_readable (GwSearch *self,
                         const GwActor *actor,
                         const GwSnapshot *snapshot,
                         GCancellable *cancellable,
                         GError **error)
{
  g_auto (GwReader) reader = GW_READER_INIT;
  g_autoptr (GwSearchSet) set = NULL;

  if (!gw_restricted_may_any (actor))
    return gw_search_set_new (snapshot->n);
  if (actor->account == 0)
    return find_restricted (snapshot);
  set = recall (self, actor->org, snapshot);
  if (set != NULL)
    return g_steal_pointer (&set);
  set = find_restricted (snapshot);
  if (!gw_store_private_reader (&reader, self->store, cancellable, error) ||
      !keep_handled (reader.db, actor, snapshot, set, error))
    return NULL;
  remember (self, actor->org, snapshot, set);
  return g_steal_pointer (&set);
}
