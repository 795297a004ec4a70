/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-sandbox.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the reader might be made to do by a file that has taken it over. Each attempt runs in a
 * process of its own behind the real cage; 0 means it got through. */

enum
{
  GOT_THROUGH = 0,
  REFUSED = 1,
  NO_CAGE = 2
};

static int
verdict (gboolean is_done)
{
  return is_done ? GOT_THROUGH : REFUSED;
}

static int
try_read_file (void)
{
  return verdict (open ("/etc/passwd", O_RDONLY) >= 0);
}

static int
try_write_file (void)
{
  return verdict (open ("/tmp/gridwork-escape", O_WRONLY | O_CREAT, 0600) >= 0);
}

static int
try_list_folder (void)
{
  return verdict (open ("/", O_RDONLY | O_DIRECTORY) >= 0);
}

static int
try_open_by_other_calls (void)
{
  struct
  {
    guint64 flags, mode, resolve;
  } how = { O_RDONLY, 0, 0 };

  return verdict (syscall (SYS_openat2, AT_FDCWD, "/etc/passwd", &how, sizeof how) >= 0);
}

static int
try_remove_file (void)
{
  return verdict (unlink ("/tmp/gridwork-escape") == 0 || errno == ENOENT);
}

static int
try_socket (void)
{
  return verdict (socket (AF_INET, SOCK_STREAM, 0) >= 0 || socket (AF_UNIX, SOCK_STREAM, 0) >= 0 ||
                  socket (AF_NETLINK, SOCK_RAW, 0) >= 0);
}

static int
try_fork (void)
{
  pid_t child = fork ();

  if (child == 0)
    _exit (EXIT_SUCCESS);
  return verdict (child > 0);
}

static int
try_exec (void)
{
  char *const arguments[] = { (char *)"true", NULL };

  (void)execv ("/bin/true", arguments);
  return REFUSED;
}

static int
try_trace_parent (void)
{
  return verdict (ptrace (PTRACE_ATTACH, getppid (), NULL, NULL) == 0);
}

static int
try_signal_parent (void)
{
  return verdict (kill (getppid (), 0) == 0);
}

static int
try_executable_memory (void)
{
  return verdict (mmap (NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
                        -1, 0) != MAP_FAILED);
}

static int
try_make_executable (void)
{
  void *page = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  return page == MAP_FAILED ? NO_CAGE : verdict (mprotect (page, 4096, PROT_READ | PROT_EXEC) == 0);
}

static int
try_much_memory (void)
{
  return verdict (mmap (NULL, 600u << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                        0) != MAP_FAILED);
}

static int
try_raise_limits (void)
{
  struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };

  return verdict (setrlimit (RLIMIT_AS, &limit) == 0);
}

static int
try_new_names (void)
{
  return verdict (syscall (SYS_unshare, 0x10000000) == 0);
}

/* What must still work, or nothing could be read. */
static int
try_reading (void)
{
  void *memory = mmap (NULL, 64u << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  guint8 bytes[16];

  return verdict (memory != MAP_FAILED && pread (3, bytes, sizeof bytes, 0) == sizeof bytes);
}

typedef struct
{
  const char *name;
  int (*try) (void);
  int wanted;
  gboolean may_be_killed; /* by the filter, which is as good as refused */
  gboolean only_uninstrumented;
} Attempt;

static const Attempt attempts[] = {
  { "reading the open file still works", try_reading, GOT_THROUGH, FALSE, FALSE },
  { "read a file", try_read_file, REFUSED, FALSE, FALSE },
  { "write a file", try_write_file, REFUSED, FALSE, FALSE },
  { "list a folder", try_list_folder, REFUSED, FALSE, FALSE },
  { "open by another call", try_open_by_other_calls, REFUSED, FALSE, FALSE },
  { "remove a file", try_remove_file, REFUSED, FALSE, FALSE },
  { "socket", try_socket, REFUSED, FALSE, FALSE },
  { "fork", try_fork, REFUSED, FALSE, TRUE },
  { "start a program", try_exec, REFUSED, TRUE, FALSE },
  { "trace the parent", try_trace_parent, REFUSED, TRUE, TRUE },
  { "signal the parent", try_signal_parent, REFUSED, FALSE, TRUE },
  { "executable memory", try_executable_memory, REFUSED, FALSE, TRUE },
  { "make memory executable", try_make_executable, REFUSED, FALSE, TRUE },
  { "much memory", try_much_memory, REFUSED, FALSE, TRUE },
  { "raise limits", try_raise_limits, REFUSED, FALSE, TRUE },
  { "new name spaces", try_new_names, REFUSED, FALSE, FALSE },
};

static void
enter_and_try (const Attempt *attempt)
{
  GwSandboxLimits limits = { 512u << 20, 20 };
  GwSandboxState state;
  int fd = open ("/proc/self/exe", O_RDONLY);

  if (dup2 (fd, 3) != 3 || !gw_sandbox_enter (&limits, &state))
    _exit (NO_CAGE);
  _exit (attempt->try ());
}

static int
run (const Attempt *attempt)
{
  pid_t child = fork ();
  int status = 0;

  if (child == 0)
    enter_and_try (attempt);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFSIGNALED (status) && attempt->may_be_killed && WTERMSIG (status) == SIGSYS)
    return REFUSED;
  g_assert_true (WIFEXITED (status));
  return WEXITSTATUS (status);
}

static void
test_attempt (gconstpointer data)
{
  const Attempt *attempt = data;

#ifdef GW_SANITIZED
  if (attempt->only_uninstrumented)
    {
      g_test_skip ("sanitizers need what this attempt tries");
      return;
    }
#endif
  g_assert_cmpint (run (attempt), ==, attempt->wanted);
}

/* The attempts prove nothing if they fail without the cage too. */
static void
test_attempts_are_real (void)
{
  g_assert_cmpint (try_read_file (), ==, GOT_THROUGH);
  g_assert_cmpint (try_list_folder (), ==, GOT_THROUGH);
  g_assert_cmpint (try_socket (), ==, GOT_THROUGH);
  g_assert_cmpint (try_fork (), ==, GOT_THROUGH);
  g_assert_cmpint (try_much_memory (), ==, GOT_THROUGH);
  g_assert_cmpint (try_signal_parent (), ==, GOT_THROUGH);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autofree char *path = g_strdup_printf ("/reader/sandbox/%s", attempts[i].name);

      g_test_add_data_func (path, &attempts[i], test_attempt);
    }
  g_test_add_func ("/reader/sandbox/attempts-are-real", test_attempts_are_real);
  return g_test_run ();
}
