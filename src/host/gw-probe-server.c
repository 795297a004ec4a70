/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-probe-server.h"

#include "gw-module-file.h"
#include "gw-module-sql.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define CPU_SECONDS 2u
#define WALL_SECONDS 3u
/* The alarm is the module's to take away; the server's own watch is not. */
#define PATIENCE_MS ((WALL_SECONDS + 1) * 1000)
/* Loading a module takes a hundredth of it. */
#define COMPUTING_MS 300
#define MEMORY_BYTES (512u << 20)
#define ANSWER_FD 3
#define OPEN_FILES 64u

/* ---- in the child ---- */

static void
set_limit (int resource, rlim_t soft, rlim_t hard)
{
  struct rlimit limit = { soft, hard };

  (void)setrlimit ((__rlimit_resource_t)resource, &limit);
}

/* No core, nothing written, little of everything else. A handler that came with the process (that
 * of a sanitizer, say) would hide the signal from the server. */
static void
enter_limits (void)
{
  static const int fatal[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGXCPU, SIGALRM };
  int nothing = open ("/dev/null", O_RDWR | O_CLOEXEC);

  for (guint i = 0; i < G_N_ELEMENTS (fatal); i++)
    (void)signal (fatal[i], SIG_DFL);
  for (int fd = 0; fd <= 2; fd++)
    (void)dup2 (nothing, fd);
  (void)setpgid (0, 0);
  (void)prctl (PR_SET_PDEATHSIG, SIGKILL);
  set_limit (RLIMIT_CORE, 0, 0);
  set_limit (RLIMIT_FSIZE, 0, 0);
  set_limit (RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES);
  set_limit (RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 1);
#ifndef GW_SANITIZED
  set_limit (RLIMIT_AS, MEMORY_BYTES, MEMORY_BYTES);
#endif
  (void)alarm (WALL_SECONDS);
}

static GwVerdict *
examine (gpointer path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GwModuleSpec) spec = NULL;
  GwNote note;

  if (gw_note_read (path, &note, &error))
    spec = gw_module_file_load (path, &note, NULL, &error);
  if (spec != NULL && gw_module_sql_try (spec, NULL, &error))
    return gw_verdict_new (GW_VERDICT_FINE, 0, NULL);
  return gw_verdict_new (GW_VERDICT_REFUSED, 0, error->message);
}

static G_GNUC_NORETURN void
run_child (GwProbeFunc func, gpointer data, int answer)
{
  g_autoptr (GwVerdict) verdict = NULL;
  g_autofree char *text = NULL;

  /* Nothing is left open that a module could use or wait for. */
  (void)dup2 (answer, ANSWER_FD);
  (void)close_range (ANSWER_FD + 1, ~0u, 0);
  enter_limits ();
  verdict = func (data);
  text = gw_verdict_to_text (verdict);
  (void)send (ANSWER_FD, text, MIN (strlen (text), GW_PROBE_MAX_PACKET - 1), MSG_NOSIGNAL);
  /* Nothing of the module runs any more, neither destructors nor what it gave to atexit(). */
  _exit (EXIT_SUCCESS);
}

/* ---- in the server ---- */

/* What the child said, NULL when it said nothing; *@late when it would have gone on for ever. */
static GwVerdict *
await_answer (int answer, gboolean *late)
{
  g_autofree char *text = g_malloc0 (GW_PROBE_MAX_PACKET);
  struct pollfd watch = { .fd = answer, .events = POLLIN };
  gint64 until = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;
  int rc;

  do
    {
      gint64 left = (until - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;

      rc = poll (&watch, 1, (int)MAX (left, 0));
    }
  while (rc < 0 && errno == EINTR);
  *late = rc == 0;
  if (rc <= 0 || recv (answer, text, GW_PROBE_MAX_PACKET - 1, 0) <= 0)
    return NULL;
  return gw_verdict_from_text (text);
}

/* On a busy machine the clock runs out before the processor's share does; who computed so long was
 * not kept waiting by others. */
static gboolean
computed (const struct rusage *usage)
{
  return (usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) * 1000 +
             (usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1000 >=
         COMPUTING_MS;
}

static GwVerdict *
judge (int status, const struct rusage *usage, gboolean late)
{
  if (late || (WIFSIGNALED (status) && WTERMSIG (status) == SIGALRM))
    return computed (usage) ? gw_verdict_new (GW_VERDICT_KILLED, SIGXCPU, NULL)
                            : gw_verdict_new (GW_VERDICT_SLOW, 0, NULL);
  if (!WIFSIGNALED (status))
    return gw_verdict_new (GW_VERDICT_SILENT, 0, NULL);
  return gw_verdict_new (GW_VERDICT_KILLED, WTERMSIG (status), NULL);
}

/* The whole group goes, so that nothing a constructor started stays behind. A child that has its
 * answer out or its end behind it loses nothing. */
static int
end_child (pid_t child, gboolean now, struct rusage *usage)
{
  int status = 0;

  if (now)
    (void)kill (child, SIGKILL);
  while (wait4 (child, &status, 0, usage) < 0 && errno == EINTR)
    ;
  (void)kill (-child, SIGKILL);
  return status;
}

GwVerdict *
gw_probe_apart (GwProbeFunc func, gpointer data)
{
  GwVerdict *verdict;
  gboolean late = FALSE;
  struct rusage usage = { 0 };
  int pair[2], status;
  pid_t child;

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
    return gw_verdict_new (GW_VERDICT_SLOW, 0, NULL);
  child = fork ();
  if (child == 0)
    run_child (func, data, pair[1]);
  (void)close (pair[1]);
  if (child < 0)
    {
      (void)close (pair[0]);
      return gw_verdict_new (GW_VERDICT_SLOW, 0, NULL);
    }
  verdict = await_answer (pair[0], &late);
  (void)close (pair[0]);
  status = end_child (child, verdict != NULL || late, &usage);
  return verdict != NULL ? verdict : judge (status, &usage, late);
}

int
gw_probe_serve (int socket)
{
  g_autofree char *path = g_malloc (GW_PROBE_MAX_PACKET);
  ssize_t size;

  while ((size = recv (socket, path, GW_PROBE_MAX_PACKET - 1, 0)) > 0)
    {
      g_autoptr (GwVerdict) verdict = NULL;
      g_autofree char *text = NULL;

      path[size] = '\0';
      verdict = gw_probe_apart (examine, path);
      text = gw_verdict_to_text (verdict);
      if (send (socket, text, MIN (strlen (text), GW_PROBE_MAX_PACKET - 1), MSG_NOSIGNAL) < 0)
        return EXIT_FAILURE;
    }
  return size == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
