/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gridwork-reader: reads one file from outside, in a cage, and tells what it found.
 *
 * Input is descriptor 3, opened by the program that starts us; frames of gw-frames.h go to
 * descriptor 4. Before the first byte is read the process gives up files, network, other programs
 * and most of the kernel. Not meant to be started by hand. */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gw-reader.h"
#include "gw-sandbox.h"
#include "gw-text-source.h"

#define MEMORY_BYTES (512u << 20)
/* The libraries around GDAL alone take 160 MiB of addresses. */
#define GEO_MEMORY_BYTES (768u << 20)
#define CPU_SECONDS 20u
#define BYTES_A_CPU_SECOND (10u << 20)
#define GEO_MODULE "gridwork-reader-geo.so"

#ifdef GW_SANITIZED
/* The search for leaks needs files and processes, which the cage forbids; the parsers are searched
 * in the unit tests, where there is none. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}
#endif

typedef struct
{
  GwReaderRequest request;
  GwSinkOptions sink;
} Arguments;

static gboolean
write_parts (gpointer target, const struct iovec *parts, int n_parts)
{
  struct iovec left[8];
  struct iovec *at = left;
  int fd = GPOINTER_TO_INT (target);

  memcpy (left, parts, (gsize)n_parts * sizeof *parts);
  while (n_parts > 0)
    {
      gssize n = writev (fd, at, n_parts);

      if (n < 0 && errno != EINTR)
        return FALSE;
      for (; n_parts > 0 && n >= (gssize)at->iov_len; n_parts--)
        n -= (gssize)(at++)->iov_len;
      if (n_parts > 0 && n > 0)
        {
          at->iov_base = (guint8 *)at->iov_base + n;
          at->iov_len -= (gsize)n;
        }
    }
  return TRUE;
}

static gboolean
take_number (const char *text, guint64 max, guint64 *number)
{
  return g_ascii_string_to_unsigned (text, 10, 0, max, number, NULL);
}

static gboolean
take_argument (Arguments *arguments, const char *argument)
{
  const char *value = strchr (argument, '=');
  guint64 number = 0;

  if (value == NULL)
    return FALSE;
  value++;
  if (g_str_has_prefix (argument, "--sheet="))
    arguments->request.sheet = value;
  else if (g_str_has_prefix (argument, "--ending="))
    arguments->request.ending = value;
  else if (!take_number (value, G_MAXINT64, &number))
    return FALSE;
  else if (g_str_has_prefix (argument, "--format=") && number < GW_READER_N_FORMATS)
    arguments->request.format = (GwReaderFormat)number;
  else if (g_str_has_prefix (argument, "--encoding=") && number < GW_READER_N_ENCODINGS)
    arguments->request.encoding = (GwReaderEncoding)number;
  else if (g_str_has_prefix (argument, "--separator=") && number < 0x80)
    arguments->request.separator = (char)number;
  else if (g_str_has_prefix (argument, "--header-row="))
    arguments->sink.header_row = number;
  else if (g_str_has_prefix (argument, "--stop-after="))
    arguments->sink.stop_after = number;
  else if (g_str_has_prefix (argument, "--max-rows="))
    arguments->sink.max_rows = number;
  else
    return FALSE;
  return TRUE;
}

/* The module lies beside the program. Loaded by the name of the file, never by its content. */
static GwReaderGeoRead
load_geo (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program == NULL ? NULL : g_path_get_dirname (program);
  g_autofree char *path = folder == NULL ? NULL : g_build_filename (folder, GEO_MODULE, NULL);
  GwReaderGeoPrepare prepare = NULL;
  GwReaderGeoRead read = NULL;
  void *module = NULL;

  /* Threads that a library starts while loading would stay outside of the cage. */
  (void)g_setenv ("OPENBLAS_NUM_THREADS", "1", TRUE);
  (void)g_setenv ("OMP_NUM_THREADS", "1", TRUE);
  module = path == NULL ? NULL : dlopen (path, RTLD_NOW | RTLD_LOCAL);
  if (module == NULL)
    return NULL;
  prepare = (GwReaderGeoPrepare)dlsym (module, "gw_reader_geo_prepare");
  read = (GwReaderGeoRead)dlsym (module, "gw_reader_geo_read");
  if (prepare == NULL || read == NULL)
    return NULL;
  prepare ();
  return read;
}

/* Room for reading the largest file at a tenth of the usual speed. */
static guint
get_cpu_seconds (guint64 bytes)
{
  return CPU_SECONDS + (guint)MIN (bytes / BYTES_A_CPU_SECOND, 3600);
}

static gboolean
enter_cage (const GwInput *input, gboolean has_geo, GwSink *sink)
{
  GwSandboxLimits limits = { has_geo ? GEO_MEMORY_BYTES : MEMORY_BYTES,
                             get_cpu_seconds (input->size) };
  GwSandboxState state;

  if (gw_sandbox_enter (&limits, &state))
    return TRUE;
  return gw_sink_fatal (sink, GW_PROBLEM_NO_SANDBOX, 0, 0, g_strerror (errno), NULL);
}

static int
run (Arguments *arguments)
{
  g_autoptr (GwSink) sink = NULL;
  GwInput input;

  if (!gw_input_init_fd (&input, GW_READER_INPUT_FD) || fcntl (GW_READER_OUTPUT_FD, F_GETFD) < 0)
    return GW_READER_EXIT_USAGE;
  sink = gw_sink_new (write_parts, GINT_TO_POINTER (GW_READER_OUTPUT_FD), &arguments->sink);
  gw_text_source_prepare ();
  if (gw_reader_wants_geo (arguments->request.format, arguments->request.ending))
    arguments->request.read_geo = load_geo ();
  if (!enter_cage (&input, arguments->request.read_geo != NULL, sink))
    return EXIT_SUCCESS;
  return gw_reader_read (&input, &arguments->request, sink) ? EXIT_SUCCESS : GW_READER_EXIT_PIPE;
}

int
main (int argc, char **argv)
{
  Arguments arguments = { 0 };

  for (int i = 1; i < argc; i++)
    if (!take_argument (&arguments, argv[i]))
      return GW_READER_EXIT_USAGE;
  (void)signal (SIGPIPE, SIG_IGN);
  return run (&arguments);
}
