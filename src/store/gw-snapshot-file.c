/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-snapshot.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>

/* A derived file of this machine: read whole (no mapping, so that a cut file is an error and not a
 * signal), native byte order, thrown away whenever a byte of it is in doubt. */

#define MAGIC "GWSNAP\r\n"
#define LAYOUT 1u
#define BYTE_ORDER_MARK 0x01020304u

typedef struct
{
  char magic[8];
  guint32 layout, byte_order;
  guint32 chunk_rows, chunk_bytes;
  guint32 n, n_chunks;
  gint64 seq;
  guint8 hash[32];
  guint64 checksum; /* of the header with this as 0, then of the chunks */
} Header;

G_STATIC_ASSERT (sizeof (GwSnapshotColumns) % 32 == 0);
G_STATIC_ASSERT (sizeof (Header) % 8 == 0);

static guint64
mix (guint64 hash, guint64 word)
{
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9fb21c651e98df25);
  return hash ^ (hash >> 29);
}

/* Four lanes, so that the multiplications overlap: memory speed. Finds damage, not forgery: the
 * journal's hash does that. */
static guint64
checksum_chunk (guint64 hash, const GwSnapshotColumns *columns)
{
  const guint64 *words = (const guint64 *)(gconstpointer)columns;
  guint64 lanes[4] = { hash, 1, 2, 3 };

  for (gsize i = 0; i < sizeof *columns / 8; i += 4)
    for (guint lane = 0; lane < 4; lane++)
      lanes[lane] = mix (lanes[lane], words[i + lane]);
  return mix (mix (mix (lanes[0], lanes[1]), lanes[2]), lanes[3]);
}

static guint64
checksum_header (Header header)
{
  guint64 words[sizeof (Header) / 8], hash = LAYOUT;

  header.checksum = 0;
  memcpy (words, &header, sizeof header);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    hash = mix (hash, words[i]);
  return hash;
}

static void
close_file (FILE *file)
{
  (void)fclose (file);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FILE, close_file)

static gboolean
write_all (const GwSnapshot *self, Header *header, const char *path, GError **error)
{
  g_autoptr (FILE) file = g_fopen (path, "wbe");
  gboolean good = file != NULL;

  for (guint i = 0; i < self->n_chunks; i++)
    header->checksum = checksum_chunk (header->checksum, &self->chunks[i]->columns);
  good = good && fwrite (header, sizeof *header, 1, file) == 1;
  for (guint i = 0; good && i < self->n_chunks; i++)
    good = fwrite (&self->chunks[i]->columns, sizeof (GwSnapshotColumns), 1, file) == 1;
  if (good && fclose (g_steal_pointer (&file)) == 0)
    return TRUE;
  return gw_throw (error, GW_ERROR_FAILED, "writing %s: %s", path, g_strerror (errno));
}

gboolean
gw_snapshot_save (const GwSnapshot *self, const char *path, const guint8 hash[32], GError **error)
{
  g_autofree char *temporary = g_strconcat (path, ".new", NULL);
  Header header = { .magic = MAGIC,
                    .layout = LAYOUT,
                    .byte_order = BYTE_ORDER_MARK,
                    .chunk_rows = GW_SNAPSHOT_CHUNK,
                    .chunk_bytes = sizeof (GwSnapshotColumns),
                    .n = self->n,
                    .n_chunks = self->n_chunks,
                    .seq = self->seq };

  memcpy (header.hash, hash, sizeof header.hash);
  header.checksum = checksum_header (header);
  if (!write_all (self, &header, temporary, error))
    {
      (void)g_unlink (temporary);
      return FALSE;
    }
  if (g_rename (temporary, path) == 0)
    return TRUE;
  gw_throw (error, GW_ERROR_FAILED, "renaming %s: %s", temporary, g_strerror (errno));
  (void)g_unlink (temporary);
  return FALSE;
}

static gboolean
check_header (const Header *header, goffset size, GError **error)
{
  guint64 expected = sizeof *header + (guint64)header->n_chunks * sizeof (GwSnapshotColumns);

  if (memcmp (header->magic, MAGIC, sizeof header->magic) == 0 && header->layout == LAYOUT &&
      header->byte_order == BYTE_ORDER_MARK && header->chunk_rows == GW_SNAPSHOT_CHUNK &&
      header->chunk_bytes == sizeof (GwSnapshotColumns) && header->seq >= 0 &&
      (guint64)size == expected && header->n <= (guint64)header->n_chunks * GW_SNAPSHOT_CHUNK)
    return TRUE;
  return gw_throw (error, GW_ERROR_CORRUPT, "reading a snapshot: its head does not fit");
}

static GwSnapshotChunk *
read_chunk (FILE *file, guint64 *checksum)
{
  GwSnapshotChunk *chunk = g_new (GwSnapshotChunk, 1);

  g_atomic_ref_count_init (&chunk->refs);
  if (fread (&chunk->columns, sizeof chunk->columns, 1, file) != 1)
    {
      g_free (chunk);
      return NULL;
    }
  *checksum = checksum_chunk (*checksum, &chunk->columns);
  gw_snapshot_chunk_find_newest (chunk);
  return chunk;
}

static GwSnapshot *
read_chunks (FILE *file, const Header *header, GError **error)
{
  g_autoptr (GwSnapshot) snapshot = g_new0 (GwSnapshot, 1);
  guint64 checksum = checksum_header (*header);

  g_atomic_ref_count_init (&snapshot->refs);
  snapshot->seq = header->seq;
  snapshot->n = header->n;
  snapshot->chunks = g_new0 (GwSnapshotChunk *, MAX (1, header->n_chunks));
  for (guint i = 0; i < header->n_chunks; i++)
    {
      snapshot->chunks[i] = read_chunk (file, &checksum);
      if (snapshot->chunks[i] == NULL)
        return gw_throw_null (error, GW_ERROR_CORRUPT, "reading a snapshot: it ends too early");
      snapshot->n_chunks = i + 1;
    }
  if (checksum != header->checksum)
    return gw_throw_null (error, GW_ERROR_CORRUPT, "reading a snapshot: its checksum is wrong");
  return g_steal_pointer (&snapshot);
}

GwSnapshot *
gw_snapshot_load (const char *path, guint8 hash[32], GError **error)
{
  g_autoptr (FILE) file = g_fopen (path, "rbe");
  GwSnapshot *snapshot;
  Header header;
  GStatBuf info;

  if (file == NULL || g_stat (path, &info) != 0)
    return gw_throw_null (error, GW_ERROR_NOT_FOUND, "reading %s: %s", path, g_strerror (errno));
  if (fread (&header, sizeof header, 1, file) != 1)
    return gw_throw_null (error, GW_ERROR_CORRUPT, "reading a snapshot: it ends too early");
  if (!check_header (&header, info.st_size, error))
    return NULL;
  snapshot = read_chunks (file, &header, error);
  if (snapshot != NULL)
    memcpy (hash, header.hash, sizeof header.hash);
  return snapshot;
}

gboolean
gw_snapshot_journal_hash (GwDb *db, gint64 seq, guint8 hash[32], GError **error)
{
  g_autoptr (GwStatement) statement =
      gw_statement_prepare (db, "SELECT hash FROM event WHERE seq = :seq", error);
  gconstpointer bytes;
  gsize length;
  gboolean row;

  memset (hash, 0, 32);
  if (statement == NULL)
    return FALSE;
  if (seq == 0)
    return TRUE; /* an empty journal */
  gw_statement_bind_int64 (statement, ":seq", seq);
  if (!gw_statement_step (statement, &row, error))
    return FALSE;
  bytes = row ? gw_statement_get_blob (statement, 0, &length) : NULL;
  if (bytes == NULL || length != 32)
    return gw_throw (error, GW_ERROR_NOT_FOUND,
                     "looking for the journal's entry %" G_GINT64_FORMAT ": there is none", seq);
  memcpy (hash, bytes, 32);
  return TRUE;
}
