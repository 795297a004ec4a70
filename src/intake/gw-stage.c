/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-stage.h"

#include "gw-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUFFER_BYTES (1u << 20)
#define LENGTH_BITS 24

/* A file without a name that only grows. */
typedef struct
{
  int fd;         /* owned */
  guint8 *buffer; /* owned, BUFFER_BYTES; NULL when sealed */
  gsize used;
  guint64 size;       /* with what is in the buffer */
  const guint8 *data; /* owned mapping, NULL until sealed or when empty */
} Spool;

/* What stands before the texts of a row in the file. */
typedef struct
{
  guint32 row_low, row_high;
  guint16 flags, n_cells;
} RowHead;

struct _GwStage
{
  gatomicrefcount refs;
  Spool rows;  /* RowHead, a head of length and flags per cell, texts with their NUL, to 4 bytes */
  Spool index; /* guint64: where each row starts in rows */
  guint64 n_rows;
};

/* ---- spool ---- */

static gboolean
throw_errno (GError **error, int code)
{
  return gw_throw (error, code == ENOSPC || code == EDQUOT ? GW_ERROR_FULL : GW_ERROR_FAILED,
                   _ ("keeping the rows that were read until you confirm: %s; make room in the "
                      "folder for temporary files and try again"),
                   g_strerror (code));
}

/* Not every file system can make a file without a name at once. */
static int
open_nameless (const char *folder)
{
  g_autofree char *name = NULL;
  int fd = open (folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    return fd;
  name = g_build_filename (folder, "import-XXXXXX", NULL);
  fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    (void)g_unlink (name);
  return fd;
}

static gboolean
spool_open (Spool *self, const char *folder, GError **error)
{
  self->fd = open_nameless (folder);
  if (self->fd < 0)
    return throw_errno (error, errno);
  self->buffer = g_malloc (BUFFER_BYTES);
  return TRUE;
}

static void
spool_close (Spool *self)
{
  if (self->data != NULL)
    (void)munmap ((gpointer)self->data, self->size);
  if (self->fd >= 0)
    (void)g_close (self->fd, NULL);
  g_free (self->buffer);
}

static gboolean
spool_flush (Spool *self, GError **error)
{
  gsize done = 0;

  while (done < self->used)
    {
      gssize n = write (self->fd, self->buffer + done, self->used - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return throw_errno (error, errno);
      done += (gsize)n;
    }
  self->used = 0;
  return TRUE;
}

/* Room for @bytes in one piece; @bytes is far below the buffer. NULL with @error. */
static guint8 *
spool_claim (Spool *self, gsize bytes, GError **error)
{
  guint8 *at;

  if (self->used + bytes > BUFFER_BYTES && !spool_flush (self, error))
    return NULL;
  at = self->buffer + self->used;
  self->used += bytes;
  self->size += bytes;
  return at;
}

static gboolean
spool_put (Spool *self, gconstpointer data, gsize bytes, GError **error)
{
  while (bytes > 0)
    {
      gsize part = MIN (bytes, BUFFER_BYTES);
      guint8 *at = spool_claim (self, part, error);

      if (at == NULL)
        return FALSE;
      memcpy (at, data, part);
      data = (const guint8 *)data + part;
      bytes -= part;
    }
  return TRUE;
}

static gboolean
spool_seal (Spool *self, GError **error)
{
  void *data;

  if (!spool_flush (self, error))
    return FALSE;
  g_clear_pointer (&self->buffer, g_free);
  if (self->size == 0)
    return TRUE;
  data = mmap (NULL, self->size, PROT_READ, MAP_SHARED, self->fd, 0);
  if (data == MAP_FAILED)
    return throw_errno (error, errno);
  self->data = data;
  return TRUE;
}

/* ---- stage ---- */

static char *
dup_folder (const char *folder)
{
  return folder != NULL ? g_strdup (folder)
                        : g_build_filename (g_get_user_cache_dir (), "gridwork", "tmp", NULL);
}

GwStage *
gw_stage_new (const char *folder, GError **error)
{
  g_autofree char *path = dup_folder (folder);
  g_autoptr (GwStage) self = g_new0 (GwStage, 1);

  g_atomic_ref_count_init (&self->refs);
  self->rows.fd = -1;
  self->index.fd = -1;
  if (g_mkdir_with_parents (path, 0700) != 0)
    {
      throw_errno (error, errno);
      return NULL;
    }
  if (!spool_open (&self->rows, path, error) || !spool_open (&self->index, path, error))
    return NULL;
  return g_steal_pointer (&self);
}

GwStage *
gw_stage_ref (GwStage *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
gw_stage_unref (GwStage *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  spool_close (&self->rows);
  spool_close (&self->index);
  g_free (self);
}

static gboolean
append_texts (
    GwStage *self, guint n_cells, const char *const *cells, const guint32 *lengths, GError **error)
{
  static const guint8 padding[4] = { 0 };

  for (guint i = 0; i < n_cells; i++)
    if (!spool_put (&self->rows, cells[i], (gsize)lengths[i] + 1, error))
      return FALSE;
  return spool_put (&self->rows, padding, -self->rows.size % sizeof padding, error);
}

gboolean
gw_stage_append (GwStage *self,
                 guint64 row,
                 guint flags,
                 guint n_cells,
                 const char *const *cells,
                 const guint32 *lengths,
                 const guint8 *cell_flags,
                 GError **error)
{
  guint64 start = self->rows.size;
  RowHead head = { (guint32)row, (guint32)(row >> 32), (guint16)flags, (guint16)n_cells };
  guint8 *at;

  g_return_val_if_fail (n_cells <= GW_STAGE_MAX_CELLS && self->rows.buffer != NULL, FALSE);

  at = spool_claim (&self->rows, sizeof head + n_cells * sizeof (guint32), error);
  if (at == NULL)
    return FALSE;
  memcpy (at, &head, sizeof head);
  for (guint i = 0; i < n_cells; i++)
    {
      guint32 cell = lengths[i] | (guint32)cell_flags[i] << LENGTH_BITS;

      memcpy (at + sizeof head + i * sizeof cell, &cell, sizeof cell);
    }
  if (!append_texts (self, n_cells, cells, lengths, error) ||
      !spool_put (&self->index, &start, sizeof start, error))
    return FALSE;
  self->n_rows++;
  return TRUE;
}

gboolean
gw_stage_seal (GwStage *self, GError **error)
{
  return spool_seal (&self->rows, error) && spool_seal (&self->index, error);
}

guint64
gw_stage_n_rows (const GwStage *self)
{
  return self->n_rows;
}

static const guint8 *
row_at (const GwStage *self, guint64 i)
{
  guint64 start;

  memcpy (&start, self->index.data + i * sizeof start, sizeof start);
  return self->rows.data + start;
}

void
gw_stage_read (const GwStage *self, guint64 i, GwStageRow *row)
{
  const guint8 *at = row_at (self, i);
  const guint8 *cells = at + sizeof (RowHead);
  const char *text;
  RowHead head;

  g_return_if_fail (i < self->n_rows);

  memcpy (&head, at, sizeof head);
  row->row = head.row_low | (guint64)head.row_high << 32;
  row->flags = head.flags;
  row->n_cells = head.n_cells;
  text = (const char *)cells + head.n_cells * sizeof (guint32);
  for (guint cell = 0; cell < head.n_cells; cell++)
    {
      guint32 value;

      memcpy (&value, cells + cell * sizeof value, sizeof value);
      row->cells[cell] = text;
      row->lengths[cell] = value & ((1u << LENGTH_BITS) - 1);
      row->cell_flags[cell] = (guint8)(value >> LENGTH_BITS);
      text += row->lengths[cell] + 1;
    }
}

guint64
gw_stage_find (const GwStage *self, guint64 row)
{
  guint64 low = 0, high = self->n_rows;

  while (low < high)
    {
      guint64 middle = low + (high - low) / 2;
      RowHead head;

      memcpy (&head, row_at (self, middle), sizeof head);
      if ((head.row_low | (guint64)head.row_high << 32) < row)
        low = middle + 1;
      else
        high = middle;
    }
  if (low < self->n_rows)
    {
      RowHead head;

      memcpy (&head, row_at (self, low), sizeof head);
      if ((head.row_low | (guint64)head.row_high << 32) == row)
        return low;
    }
  return G_MAXUINT64;
}
