/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-reader-client.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gw-config.h"
#include "gw-error.h"
#include "gw-frame-decoder.h"
#include "gw-paths.h"

#define PROGRAM "gridwork-reader"
#define PIPE_BYTES (1 << 20)
#define DEFAULT_STALL_SECONDS 30

/* One run of the helper. */
typedef struct
{
  const char *name;          /* borrowed, for messages */
  GSubprocess *process;      /* owned, nullable */
  GwFrameDecoder *decoder;   /* owned */
  GCancellable *cancellable; /* borrowed, nullable */
  int pipe_fd;               /* owned, -1 when none */
  int stall_milliseconds;
} Run;

static void
run_clear (Run *run)
{
  if (run->process != NULL)
    g_subprocess_force_exit (run->process);
  if (run->pipe_fd >= 0)
    (void)g_close (run->pipe_fd, NULL);
  /* Killed or ended, so this returns at once and leaves no zombie. */
  if (run->process != NULL)
    (void)g_subprocess_wait (run->process, NULL, NULL);
  g_clear_object (&run->process);
  g_clear_pointer (&run->decoder, gw_frame_decoder_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static char *
dup_program_in (const char *folder)
{
  g_autofree char *path = folder == NULL ? NULL : g_build_filename (folder, PROGRAM, NULL);

  if (path == NULL || !g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return NULL;
  return g_steal_pointer (&path);
}

char *
gw_reader_client_dup_program (GError **error)
{
  const char *named = g_getenv ("GW_READER");
  char *path = NULL;

  /* Who names one wants that one: no silent other choice. */
  if (named != NULL && *named != '\0')
    {
      if (g_file_test (named, G_FILE_TEST_IS_EXECUTABLE))
        return g_strdup (named);
      return gw_throw_null (error, GW_ERROR_UNSUPPORTED,
                            _ ("looking for the reader: GW_READER names “%s”, which is no program; "
                               "unset the variable or correct it"),
                            named);
    }
  path = dup_program_in (g_getenv ("GW_LIBEXEC_DIR"));
  if (path == NULL)
    path = dup_program_in (gw_path_is_uninstalled () ? GW_BUILD_ROOT "/src/intake/reader"
                                                     : GW_LIBEXEC_DIR);
  if (path == NULL)
    return gw_throw_null (error, GW_ERROR_UNSUPPORTED,
                          _ ("looking for the reader: the program “%s” is in none of its places "
                             "(%s); install Gridwork again, files from outside are read only "
                             "through it"),
                          PROGRAM, GW_LIBEXEC_DIR);
  return path;
}

static GPtrArray *
make_arguments (const char *program, const char *name, const GwReaderOptions *options)
{
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);
  const char *dot = strrchr (name, '.');

  g_ptr_array_add (arguments, g_strdup (program));
  g_ptr_array_add (arguments, g_strdup_printf ("--format=%d", (int)options->format));
  g_ptr_array_add (arguments, g_strdup_printf ("--encoding=%d", (int)options->encoding));
  g_ptr_array_add (arguments, g_strdup_printf ("--separator=%d", (guint8)options->separator));
  g_ptr_array_add (arguments, g_strdup_printf ("--header-row=%lu", (gulong)options->header_row));
  g_ptr_array_add (arguments,
                   g_strdup_printf ("--stop-after=%lu", (gulong)options->stop_after_rows));
  g_ptr_array_add (arguments, g_strdup_printf ("--max-rows=%lu", (gulong)options->max_rows));
  if (dot != NULL && strlen (dot) <= 16)
    g_ptr_array_add (arguments, g_strdup_printf ("--ending=%s", dot + 1));
  if (options->sheet != NULL)
    g_ptr_array_add (arguments, g_strdup_printf ("--sheet=%s", options->sheet));
  g_ptr_array_add (arguments, NULL);
  return arguments;
}

/* The helper learns nothing of the session: no home, no display, no bus, no tokens. */
static void
set_bare_environment (GSubprocessLauncher *launcher)
{
  static const char *const kept[] = { "GDAL_DATA",    "PROJ_DATA",     "PROJ_LIB",
                                      "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS" };
  char *environment[] = { (char *)"LANG=C.UTF-8", (char *)"TZ=UTC", NULL };

  g_subprocess_launcher_set_environ (launcher, environment);
  for (gsize i = 0; i < G_N_ELEMENTS (kept); i++)
    if (g_getenv (kept[i]) != NULL)
      g_subprocess_launcher_setenv (launcher, kept[i], g_getenv (kept[i]), TRUE);
}

static gboolean
make_pipe (int fds[2], GError **error)
{
  if (pipe2 (fds, O_CLOEXEC) != 0)
    return gw_throw (error, GW_ERROR_FAILED, _ ("starting the reader: %s"), g_strerror (errno));
  /* Fewer switches between the two processes; refused above the system's limit, and then slower. */
  (void)fcntl (fds[1], F_SETPIPE_SZ, PIPE_BYTES);
  return TRUE;
}

/* Starts the helper with exactly two open files besides the standard ones. */
static gboolean
start (Run *run, int input_fd, const GwReaderOptions *options, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GPtrArray) arguments = NULL;
  g_autofree char *program = NULL;
  int fds[2] = { -1, -1 };
  int input_copy;

  program = gw_reader_client_dup_program (error);
  if (program == NULL || !make_pipe (fds, error))
    return FALSE;
  run->pipe_fd = fds[0];
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE
#ifndef GW_SANITIZED
                                        | G_SUBPROCESS_FLAGS_STDERR_SILENCE
#endif
  );
  set_bare_environment (launcher);
  g_subprocess_launcher_take_fd (launcher, fds[1], GW_READER_OUTPUT_FD);
  input_copy = fcntl (input_fd, F_DUPFD_CLOEXEC, 5);
  if (input_copy < 0)
    return gw_throw (error, GW_ERROR_FAILED, _ ("starting the reader: %s"), g_strerror (errno));
  g_subprocess_launcher_take_fd (launcher, input_copy, GW_READER_INPUT_FD);
  arguments = make_arguments (program, run->name, options);
  run->process =
      g_subprocess_launcher_spawnv (launcher, (const char *const *)arguments->pdata, error);
  if (run->process == NULL)
    return gw_prefix (error, _ ("starting the reader"));
  /* Our copy of the writing end must go, or the end of the stream never comes. */
  g_subprocess_launcher_close (launcher);
  return TRUE;
}

static gboolean
refuse_stalled (const Run *run, GError **error)
{
  return gw_throw (error, GW_ERROR_LIMIT,
                   _ ("reading “%s”: the reader was stopped because nothing came for %d seconds "
                      "after row %lu; the file is damaged there or built to loop, so check that "
                      "row and save the file anew"),
                   run->name, run->stall_milliseconds / 1000,
                   (gulong)gw_frame_decoder_get_last_row (run->decoder));
}

/* Waits until the pipe can be read. Time spent in the handler does not count against the helper. */
static gboolean
wait_for_bytes (Run *run, GError **error)
{
  struct pollfd fds[2] = { { .fd = run->pipe_fd, .events = POLLIN }, { .fd = -1 } };
  GPollFD cancel_fd;
  gboolean has_cancel_fd = g_cancellable_make_pollfd (run->cancellable, &cancel_fd);
  int n_ready;

  if (has_cancel_fd)
    {
      fds[1].fd = cancel_fd.fd;
      fds[1].events = POLLIN;
    }
  do
    n_ready = poll (fds, 2, run->stall_milliseconds);
  while (n_ready < 0 && errno == EINTR);
  if (has_cancel_fd)
    g_cancellable_release_fd (run->cancellable);
  if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
    return FALSE;
  return n_ready > 0 || refuse_stalled (run, error);
}

/* Takes frames until the helper closes its end. */
static gboolean
pump (Run *run, GError **error)
{
  while (TRUE)
    {
      gsize room;
      guint8 *space = gw_frame_decoder_get_space (run->decoder, &room);
      gssize n_read;

      if (!wait_for_bytes (run, error))
        return FALSE;
      n_read = read (run->pipe_fd, space, room);
      if (n_read == 0)
        return TRUE;
      if (n_read < 0 && errno != EINTR && errno != EAGAIN)
        return gw_throw (error, GW_ERROR_FAILED, _ ("reading “%s”: %s"), run->name,
                         g_strerror (errno));
      if (n_read > 0 && !gw_frame_decoder_take (run->decoder, (gsize)n_read, error))
        return FALSE;
    }
}

static gboolean
refuse_signal (const Run *run, int signal_number, GError **error)
{
  gulong row = (gulong)gw_frame_decoder_get_last_row (run->decoder);

  if (signal_number == SIGXCPU || signal_number == SIGKILL)
    return gw_throw (error, GW_ERROR_LIMIT,
                     _ ("reading “%s”: the reader was stopped at its limit of computing time or "
                        "memory after row %lu; split the file, or save it anew as CSV (UTF-8)"),
                     run->name, row);
  if (signal_number == SIGSYS)
    return gw_throw (error, GW_ERROR_FORMAT,
                     _ ("reading “%s”: the reader was stopped after row %lu because it tried "
                        "something that reading does not need; do not open this file, and show it "
                        "to whoever looks after your computers"),
                     run->name, row);
  return gw_throw (error, GW_ERROR_FORMAT,
                   _ ("reading “%s”: the reader broke down after row %lu (%s); the file is damaged "
                      "or built to do harm, nothing of it was used; save it anew as CSV (UTF-8)"),
                   run->name, row, g_strsignal (signal_number));
}

/* The stream has ended: did the helper mean it? */
static gboolean
conclude (Run *run, GwReaderSummary *summary, GError **error)
{
  /* Only a helper gone astray lives on after closing its pipe; one that is ending keeps its own
   * status through this. */
  g_subprocess_force_exit (run->process);
  if (!g_subprocess_wait (run->process, NULL, error))
    return FALSE;
  if (!gw_frame_decoder_is_done (run->decoder) && g_subprocess_get_if_signaled (run->process))
    return refuse_signal (run, g_subprocess_get_term_sig (run->process), error);
  return gw_frame_decoder_finish (run->decoder, summary, error);
}

static gboolean
check_input (int fd, const char *name, guint64 *size, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return gw_throw (error, GW_ERROR_FAILED, _ ("opening “%s”: %s"), name, g_strerror (errno));
  if (S_ISDIR (status.st_mode))
    return gw_throw (error, GW_ERROR_FORMAT,
                     _ ("opening “%s”: this is a folder; choose one file in it (a shapefile is "
                        "taken as one .zip archive)"),
                     name);
  if (!S_ISREG (status.st_mode))
    return gw_throw (error, GW_ERROR_FORMAT,
                     _ ("opening “%s”: this is a device, a pipe or a socket and not a file; copy "
                        "its contents into a file first"),
                     name);
  *size = (guint64)status.st_size;
  return TRUE;
}

gboolean
gw_reader_client_read_fd (int input_fd,
                          const char *name,
                          const GwReaderOptions *options,
                          const GwReaderHandler *handler,
                          gpointer user_data,
                          GwReaderSummary *summary,
                          GCancellable *cancellable,
                          GError **error)
{
  static const GwReaderOptions defaults = { 0 };
  g_auto (Run) run = { .pipe_fd = -1 };
  guint64 size = 0;

  g_return_val_if_fail (input_fd >= 0, FALSE);
  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (handler != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (options == NULL)
    options = &defaults;
  if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
      !check_input (input_fd, name, &size, error))
    return FALSE;
  run.name = name;
  run.cancellable = cancellable;
  run.stall_milliseconds =
      1000 * (int)(options->stall_seconds == 0 ? DEFAULT_STALL_SECONDS
                                               : MIN (options->stall_seconds, 3600));
  run.decoder = gw_frame_decoder_new (name, size, options->max_rows, handler, user_data);
  return start (&run, input_fd, options, error) && pump (&run, error) &&
         conclude (&run, summary, error);
}

gboolean
gw_reader_client_read (const char *path,
                       const GwReaderOptions *options,
                       const GwReaderHandler *handler,
                       gpointer user_data,
                       GwReaderSummary *summary,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autofree char *name = NULL;
  gboolean is_read;
  int fd;

  g_return_val_if_fail (path != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  name = g_path_get_basename (path);
  /* O_NONBLOCK: opening a pipe without a writer must not hang; files do not care. */
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 && errno == ENOENT)
    return gw_throw (error, GW_ERROR_NOT_FOUND, _ ("opening “%s”: there is no such file"), path);
  if (fd < 0)
    return gw_throw (error, GW_ERROR_FAILED, _ ("opening “%s”: %s"), path, g_strerror (errno));
  is_read =
      gw_reader_client_read_fd (fd, name, options, handler, user_data, summary, cancellable, error);
  (void)g_close (fd, NULL);
  return is_read;
}
