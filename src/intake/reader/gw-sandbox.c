/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-sandbox.h"

#include <errno.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef __NR_landlock_create_ruleset
#define __NR_landlock_create_ruleset 444
#define __NR_landlock_restrict_self 446
#endif

/* Written out here because the headers of Debian 12 stop at the second version of the interface.
 * See Documentation/userspace-api/landlock.rst in the kernel. */
typedef struct
{
  guint64 handled_files;
  guint64 handled_network; /* from version 4 */
  guint64 scoped;          /* from version 6 */
} LandlockRules;

#define LANDLOCK_VERSION_FLAG 1u

static int
probe_landlock (void)
{
  long version = syscall (__NR_landlock_create_ruleset, NULL, 0, LANDLOCK_VERSION_FLAG);

  return version > 0 ? (int)version : 0;
}

/* Naming a right and allowing it nowhere forbids it everywhere. */
static LandlockRules
make_rules (int version)
{
  static const guint file_rights[] = { 0, 13, 14, 15, 15, 16 };
  guint n_rights = file_rights[MIN ((guint)version, G_N_ELEMENTS (file_rights) - 1)];
  LandlockRules rules = { 0 };

  rules.handled_files = (G_GUINT64_CONSTANT (1) << n_rights) - 1;
  rules.handled_network = version >= 4 ? 3 : 0; /* bind and connect over TCP */
  rules.scoped = version >= 6 ? 3 : 0;          /* abstract sockets and signals to others */
  return rules;
}

static gsize
get_rules_bytes (int version)
{
  if (version >= 6)
    return sizeof (LandlockRules);
  return version >= 4 ? 2 * sizeof (guint64) : sizeof (guint64);
}

static int
enter_landlock (void)
{
  int version = probe_landlock ();
  LandlockRules rules = make_rules (version);
  int ruleset;
  long status;

  if (version == 0)
    return 0;
  ruleset = (int)syscall (__NR_landlock_create_ruleset, &rules, get_rules_bytes (version), 0);
  if (ruleset < 0)
    return 0;
  status = syscall (__NR_landlock_restrict_self, ruleset, 0);
  (void)close (ruleset);
  return status == 0 ? version : 0;
}

/* Reading, writing, memory, time, and the end of the process. */
static const int allowed_calls[] = {
  SCMP_SYS (read),
  SCMP_SYS (pread64),
  SCMP_SYS (readv),
  SCMP_SYS (write),
  SCMP_SYS (writev),
  SCMP_SYS (lseek),
  SCMP_SYS (close),
  SCMP_SYS (fstat),
  SCMP_SYS (poll),
  SCMP_SYS (munmap),
  SCMP_SYS (mremap),
  SCMP_SYS (brk),
  SCMP_SYS (madvise),
  SCMP_SYS (futex),
  SCMP_SYS (getrandom),
  SCMP_SYS (clock_gettime),
  SCMP_SYS (clock_nanosleep),
  SCMP_SYS (gettimeofday),
  SCMP_SYS (time),
  SCMP_SYS (getrusage),
  SCMP_SYS (sched_yield),
  SCMP_SYS (getpid),
  SCMP_SYS (gettid),
  SCMP_SYS (rt_sigaction),
  SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (rt_sigreturn),
  SCMP_SYS (sigaltstack),
  SCMP_SYS (restart_syscall),
  SCMP_SYS (exit),
  SCMP_SYS (exit_group),
  SCMP_SYS (sched_getaffinity),
  SCMP_SYS (sysinfo),
  SCMP_SYS (getcwd),
#ifdef GW_SANITIZED
  SCMP_SYS (mprotect),
  SCMP_SYS (open),
  SCMP_SYS (openat),
  SCMP_SYS (readlink),
  SCMP_SYS (readlinkat),
  SCMP_SYS (stat),
  SCMP_SYS (newfstatat),
  SCMP_SYS (clone),
  SCMP_SYS (clone3),
  SCMP_SYS (wait4),
  SCMP_SYS (prctl),
  SCMP_SYS (ptrace),
  SCMP_SYS (getdents64),
  SCMP_SYS (tgkill),
  SCMP_SYS (set_robust_list),
  SCMP_SYS (rseq),
  SCMP_SYS (getrlimit),
  SCMP_SYS (prlimit64),
  SCMP_SYS (getppid),
  SCMP_SYS (pipe2),
  SCMP_SYS (process_vm_readv),
  SCMP_SYS (kill),
  SCMP_SYS (mmap),
  SCMP_SYS (getuid),
  SCMP_SYS (geteuid),
  SCMP_SYS (setrlimit),
  SCMP_SYS (uname),
#endif
};

/* Calls that no library makes by the way: whoever tries has taken over the process. */
static const int deadly_calls[] = {
  SCMP_SYS (execve),
  SCMP_SYS (execveat),
  SCMP_SYS (bpf),
  SCMP_SYS (userfaultfd),
  SCMP_SYS (io_uring_setup),
  SCMP_SYS (init_module),
  SCMP_SYS (finit_module),
  SCMP_SYS (kexec_load),
  SCMP_SYS (mount),
  SCMP_SYS (process_vm_writev),
  SCMP_SYS (keyctl),
  SCMP_SYS (perf_event_open),
#ifndef GW_SANITIZED
  SCMP_SYS (ptrace),
  SCMP_SYS (process_vm_readv),
#endif
};

static gboolean
add_rules (scmp_filter_ctx filter)
{
  gboolean is_added = TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (allowed_calls); i++)
    is_added = is_added && seccomp_rule_add (filter, SCMP_ACT_ALLOW, allowed_calls[i], 0) == 0;
  for (gsize i = 0; i < G_N_ELEMENTS (deadly_calls); i++)
    is_added =
        is_added && seccomp_rule_add (filter, SCMP_ACT_KILL_PROCESS, deadly_calls[i], 0) == 0;
#ifndef GW_SANITIZED
  /* Memory may be had, but never be made to run. */
  is_added = is_added &&
             seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1,
                               SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
             seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1,
                               SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
             /* fstat() of the C library; an empty name opens nothing. */
             seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (newfstatat), 1,
                               SCMP_A3 (SCMP_CMP_MASKED_EQ, 0x1000, 0x1000)) == 0 &&
             /* abort() and raise(), to this process only. */
             seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (tgkill), 1,
                               SCMP_A0 (SCMP_CMP_EQ, (scmp_datum_t)getpid ())) == 0;
#endif
  return is_added;
}

static gboolean
enter_seccomp (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  gboolean is_loaded;

  if (filter == NULL)
    return FALSE;
  is_loaded = add_rules (filter) && seccomp_load (filter) == 0;
  seccomp_release (filter);
  return is_loaded;
}

static void
limit (__rlimit_resource_t resource, guint64 soft, guint64 hard)
{
  struct rlimit value = { soft, hard };

  /* A lower limit of the session stays; it is the stricter one. */
  (void)setrlimit (resource, &value);
}

static void
enter_limits (const GwSandboxLimits *limits)
{
#ifndef GW_SANITIZED
  limit (RLIMIT_AS, limits->memory_bytes, limits->memory_bytes);
  limit (RLIMIT_NPROC, 0, 0);
#endif
  /* At the first the reader is told, at the second it is ended. */
  limit (RLIMIT_CPU, limits->cpu_seconds, limits->cpu_seconds + 2);
  limit (RLIMIT_FSIZE, 0, 0);
  limit (RLIMIT_CORE, 0, 0);
  limit (RLIMIT_MEMLOCK, 0, 0);
}

gboolean
gw_sandbox_enter (const GwSandboxLimits *limits, GwSandboxState *state)
{
  *state = (GwSandboxState){ 0 };
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return FALSE;
#ifndef GW_SANITIZED
  /* Nobody of the same account looks into a process that holds personal data. */
  (void)prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
  enter_limits (limits);
  state->landlock_abi = enter_landlock ();
  state->has_seccomp = enter_seccomp ();
  return state->landlock_abi > 0 || state->has_seccomp;
}
