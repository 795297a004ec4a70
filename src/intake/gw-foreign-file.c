/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-foreign-file.h"

#include "gw-error.h"
#include "gw-reader-client.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* How far below the first row that could be a header a better one is looked for. */
#define MAX_ROWS_ABOVE_HEADER 10u
#define DIGEST_BLOCK (1u << 20)

struct _GwForeignFile
{
  gatomicrefcount refs;
  int fd;             /* owned: the bytes that were read, whatever happens to the name */
  struct stat state;  /* as it was opened */
  char *name;         /* owned */
  char *format;       /* owned */
  GwStage *stage;     /* owned */
  GPtrArray *headers; /* owned, char *, ended by NULL */
  GPtrArray *sheets;  /* owned, char *, ended by NULL */
  guint sheet;
  GwReaderEncoding encoding;
  guint64 header_row;
  GPtrArray *problems;      /* owned, GwRowProblem */
  GHashTable *row_problems; /* owned: guint64 row -> GPtrArray of GwRowProblem */

  GMutex mutex;         /* guards what follows */
  GThread *digester;    /* owned, nullable */
  gint stop;            /* atomic: nobody wants the digest any more */
  char *digest;         /* owned, nullable */
  GError *digest_error; /* owned, nullable */
};

/* ---- life ---- */

static GwForeignFile *
file_new (const char *path)
{
  GwForeignFile *self = g_new0 (GwForeignFile, 1);

  g_atomic_ref_count_init (&self->refs);
  self->fd = -1;
  self->name = g_path_get_basename (path);
  self->headers = g_ptr_array_new_with_free_func (g_free);
  self->sheets = g_ptr_array_new_with_free_func (g_free);
  self->problems = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_row_problem_free);
  self->row_problems = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free,
                                              (GDestroyNotify)g_ptr_array_unref);
  g_mutex_init (&self->mutex);
  return self;
}

GwForeignFile *
gw_foreign_file_ref (GwForeignFile *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
gw_foreign_file_unref (GwForeignFile *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_atomic_int_set (&self->stop, 1);
  if (self->digester != NULL)
    g_thread_join (self->digester);
  if (self->fd >= 0)
    (void)close (self->fd);
  g_clear_pointer (&self->stage, gw_stage_unref);
  g_ptr_array_unref (self->headers);
  g_ptr_array_unref (self->sheets);
  g_ptr_array_unref (self->problems);
  g_hash_table_unref (self->row_problems);
  g_clear_error (&self->digest_error);
  g_mutex_clear (&self->mutex);
  g_free (self->digest);
  g_free (self->format);
  g_free (self->name);
  g_free (self);
}

/* ---- digest ---- */

static gboolean
is_unchanged (const GwForeignFile *self)
{
  struct stat now;

  return fstat (self->fd, &now) == 0 && now.st_size == self->state.st_size &&
         now.st_mtim.tv_sec == self->state.st_mtim.tv_sec &&
         now.st_mtim.tv_nsec == self->state.st_mtim.tv_nsec;
}

static gboolean
check_unchanged (const GwForeignFile *self, GError **error)
{
  return is_unchanged (self) ||
         gw_throw (error, GW_ERROR_INVALID,
                   _ ("“%s” was changed while it was being read; close it in other programs and "
                      "open it again"),
                   self->name);
}

static gboolean
check_length (GwForeignFile *self, gint64 length, gboolean failed)
{
  if (failed || length != self->state.st_size)
    return gw_throw (&self->digest_error, GW_ERROR_INVALID,
                     _ ("“%s” cannot be read to its end; copy it to this computer and open the "
                        "copy"),
                     self->name);
  return TRUE;
}

/* Beside the reader, so that the digest is there when the rows are, and nothing is written from a
 * file that changed meanwhile. */
static gpointer
digest_thread (gpointer data)
{
  GwForeignFile *self = data;
  g_autofree guchar *block = g_malloc (DIGEST_BLOCK);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gint64 offset = 0;
  gssize n = 0;

  while (g_atomic_int_get (&self->stop) == 0)
    {
      n = pread (self->fd, block, DIGEST_BLOCK, offset);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      g_checksum_update (checksum, block, n);
      offset += n;
    }
  if (check_unchanged (self, &self->digest_error) && check_length (self, offset, n < 0))
    self->digest = g_strdup (g_checksum_get_string (checksum));
  return NULL;
}

const char *
gw_foreign_file_wait_digest (GwForeignFile *self, GError **error)
{
  const char *digest;

  g_mutex_lock (&self->mutex);
  if (self->digester != NULL)
    g_thread_join (g_steal_pointer (&self->digester));
  digest = self->digest;
  g_mutex_unlock (&self->mutex);
  if (digest == NULL && error != NULL)
    *error = g_error_copy (self->digest_error);
  return digest;
}

/* ---- reading ---- */

typedef struct
{
  GwForeignFile *file;
  const GwMatcher *matcher;
  GwReaderOptions options;
  const char *folder;
  GwProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
  guint header_score;
  guint n_looked_at;
  guint64 better_header; /* read again from this row */
} Reading;

static char *
describe_format (const GwReaderHello *hello)
{
  const char *format = gw_reader_format_get_name (hello->format);

  if (hello->format == GW_READER_CSV)
    return g_strdup_printf (_ ("%s, %s (%s)"), format,
                            gw_reader_encoding_get_name (hello->encoding),
                            gw_reader_reason_get_text (hello->reason));
  if (hello->n_sheets > 1)
    return g_strdup_printf (_ ("%s, sheet “%s”"), format, hello->sheets[hello->sheet].name);
  return g_strdup (format);
}

static gboolean
hello_cb (const GwReaderHello *hello, gpointer data, GError **error)
{
  Reading *reading = data;

  GwForeignFile *file = reading->file;

  g_free (file->format);
  file->format = describe_format (hello);
  file->encoding = hello->format == GW_READER_CSV ? hello->encoding : GW_ENCODING_AUTO;
  file->sheet = hello->sheet;
  g_ptr_array_set_size (file->sheets, 0);
  for (guint i = 0; i < hello->n_sheets; i++)
    g_ptr_array_add (file->sheets, g_strdup (hello->sheets[i].name));
  return TRUE;
}

static gboolean
header_cb (const GwReaderRow *row, gpointer data, GError **error)
{
  Reading *reading = data;
  GwForeignFile *file = reading->file;

  g_ptr_array_set_size (file->headers, 0);
  for (guint i = 0; i < row->n_cells; i++)
    g_ptr_array_add (file->headers, g_strdup (row->cells[i]));
  file->header_row = row->row;
  reading->header_score = gw_matcher_score (reading->matcher, row->cells, row->n_cells);
  return TRUE;
}

/* A title of two cells, or a first line of merged headings, looks like a header to the reader; the
 * words that the module declares tell the real one. */
static gboolean
is_better_header (Reading *reading, const GwReaderRow *row)
{
  guint score;

  if (reading->n_looked_at >= MAX_ROWS_ABOVE_HEADER)
    return FALSE;
  reading->n_looked_at++;
  score = gw_matcher_score (reading->matcher, row->cells, row->n_cells);
  return score >= 2 && score > reading->header_score;
}

static gboolean
rows_cb (const GwReaderRow *rows, guint n_rows, gpointer data, GError **error)
{
  Reading *reading = data;

  for (guint i = 0; i < n_rows; i++)
    {
      if (is_better_header (reading, &rows[i]))
        {
          reading->better_header = rows[i].row;
          return gw_throw (error, GW_ERROR_FAILED, "the header is further down");
        }
      if (!gw_stage_append (reading->file->stage, rows[i].row, rows[i].flags,
                            MIN (rows[i].n_cells, GW_STAGE_MAX_CELLS), rows[i].cells,
                            rows[i].lengths, rows[i].cell_flags, error))
        return FALSE;
    }
  return !g_cancellable_set_error_if_cancelled (reading->cancellable, error);
}

static void
add_row_problem (GwForeignFile *file, GwRowProblem *problem)
{
  GPtrArray *problems = g_hash_table_lookup (file->row_problems, &problem->row);

  if (problems == NULL)
    {
      problems = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_row_problem_free);
      g_hash_table_insert (file->row_problems, g_memdup2 (&problem->row, sizeof problem->row),
                           problems);
    }
  g_ptr_array_add (problems, problem);
}

static gboolean
problem_cb (const GwReaderProblem *problem, gpointer data, GError **error)
{
  Reading *reading = data;
  GwForeignFile *file = reading->file;
  GwRowProblem *told = gw_row_problem_new (problem->row, (int)problem->column - 1,
                                           problem->severity >= GW_SEVERITY_ROW,
                                           gw_reader_problem_dup_text (problem));

  /* Notes and warnings of formats, sheets and headers are about the whole file. */
  if (problem->row != 0 && problem->severity >= GW_SEVERITY_ROW)
    add_row_problem (file, told);
  else
    g_ptr_array_add (file->problems, told);
  return TRUE;
}

static void
progress_cb (guint64 bytes_done, guint64 bytes_all, gpointer data)
{
  Reading *reading = data;

  if (reading->progress != NULL && bytes_all > 0)
    reading->progress (MIN (1.0, (double)bytes_done / (double)bytes_all), reading->progress_data);
}

static gboolean
read_once (Reading *reading, GError **error)
{
  static const GwReaderHandler handler = {
    .hello = hello_cb,
    .header = header_cb,
    .rows = rows_cb,
    .problem = problem_cb,
    .progress = progress_cb,
  };
  GwForeignFile *file = reading->file;

  g_clear_pointer (&file->stage, gw_stage_unref);
  g_ptr_array_set_size (file->problems, 0);
  g_hash_table_remove_all (file->row_problems);
  file->stage = gw_stage_new (reading->folder, error);
  if (file->stage == NULL)
    return FALSE;
  return gw_reader_client_read_fd (file->fd, file->name, &reading->options, &handler, reading, NULL,
                                   reading->cancellable, error);
}

static void
tell_header (GwForeignFile *file)
{
  g_ptr_array_add (
      file->problems,
      gw_row_problem_new (file->header_row, -1, FALSE,
                          g_strdup_printf (_ ("Row %lu holds the names of the columns; the rows "
                                              "above it were taken for titles and left out"),
                                           (gulong)file->header_row)));
}

static gboolean
read_rows (Reading *reading, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (read_once (reading, &local))
    return TRUE;
  if (reading->better_header == 0)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  reading->options.header_row = reading->better_header;
  reading->n_looked_at = MAX_ROWS_ABOVE_HEADER;
  if (!read_once (reading, error))
    return FALSE;
  tell_header (reading->file);
  return TRUE;
}

/* O_NONBLOCK: opening a pipe without a writer must not hang; the reader refuses what is no file. */
static gboolean
open_file (GwForeignFile *self, const char *path, GError **error)
{
  self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (self->fd >= 0 && fstat (self->fd, &self->state) == 0)
    return TRUE;
  if (errno == ENOENT)
    return gw_throw (error, GW_ERROR_NOT_FOUND,
                     _ ("opening “%s”: there is no such file; look for it again, it may have been "
                        "moved or renamed"),
                     self->name);
  if (errno == EACCES || errno == EPERM)
    return gw_throw (error, GW_ERROR_FAILED,
                     _ ("opening “%s”: you may not read this file; ask its owner for the right, or "
                        "for a copy"),
                     self->name);
  if (errno == ENXIO) /* a socket */
    return gw_throw (error, GW_ERROR_FORMAT,
                     _ ("opening “%s”: this is a device, a pipe or a socket and not a file; copy "
                        "its contents into a file first"),
                     self->name);
  return gw_throw (error, GW_ERROR_FAILED, _ ("opening “%s”: %s"), self->name, g_strerror (errno));
}

GwForeignFile *
gw_foreign_file_read (const char *path,
                      const GwMatcher *matcher,
                      const GwReaderOptions *choice,
                      const char *folder,
                      GwProgressFunc progress,
                      gpointer progress_data,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GwForeignFile) self = file_new (path);
  Reading reading = { .file = self,
                      .matcher = matcher,
                      .folder = folder,
                      .progress = progress,
                      .progress_data = progress_data,
                      .cancellable = cancellable };

  if (choice != NULL)
    reading.options = *choice;
  if (!open_file (self, path, error))
    return NULL;
  if (S_ISREG (self->state.st_mode)) /* the reader refuses all else, with its reason */
    self->digester = g_thread_new ("gw-digest", digest_thread, self);
  if (!read_rows (&reading, error) || !gw_stage_seal (self->stage, error) ||
      !check_unchanged (self, error))
    return NULL;
  g_ptr_array_add (self->headers, NULL);
  g_ptr_array_add (self->sheets, NULL);
  return g_steal_pointer (&self);
}

/* ---- facts ---- */

const char *
gw_foreign_file_get_name (const GwForeignFile *self)
{
  return self->name;
}

const GwStage *
gw_foreign_file_get_stage (const GwForeignFile *self)
{
  return self->stage;
}

const char *const *
gw_foreign_file_get_headers (const GwForeignFile *self, guint *n)
{
  *n = self->headers->len - 1;
  return (const char *const *)self->headers->pdata;
}

guint64
gw_foreign_file_get_header_row (const GwForeignFile *self)
{
  return self->header_row;
}

const char *
gw_foreign_file_get_format (const GwForeignFile *self)
{
  return self->format;
}

GwReaderEncoding
gw_foreign_file_get_encoding (const GwForeignFile *self)
{
  return self->encoding;
}

const char *const *
gw_foreign_file_get_sheets (const GwForeignFile *self, guint *sheet)
{
  *sheet = self->sheet;
  return (const char *const *)self->sheets->pdata;
}

GPtrArray *
gw_foreign_file_get_problems (const GwForeignFile *self)
{
  return self->problems;
}

GPtrArray *
gw_foreign_file_get_row_problems (const GwForeignFile *self, guint64 row)
{
  return g_hash_table_lookup (self->row_problems, &row);
}

void
gw_foreign_file_foreach_row_problems (const GwForeignFile *self, GFunc func, gpointer data)
{
  GHashTableIter iter;
  gpointer problems;

  g_hash_table_iter_init (&iter, self->row_problems);
  while (g_hash_table_iter_next (&iter, NULL, &problems))
    func (problems, data);
}
