/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A reader that was taken over, for tests of the client: the first word of its input says how it
 * misbehaves. */

#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "gw-frames.h"

static void
say (const void *bytes, size_t length)
{
  if (write (GW_READER_OUTPUT_FD, bytes, length) < 0)
    _exit (GW_READER_EXIT_PIPE);
}

static void
crash (void)
{
  (void)raise (SIGSEGV);
}

static void
loop_silently (void)
{
  while (1)
    (void)pause ();
}

static void
burn_time (void)
{
  struct rlimit limit = { 1, 2 };

  (void)setrlimit (RLIMIT_CPU, &limit);
  for (volatile unsigned spins = 0;; spins++)
    ;
}

static void
trip_filter (void)
{
  (void)raise (SIGSYS);
}

static void
talk_garbage (void)
{
  char bytes[4096];

  memset (bytes, 0xa5, sizeof bytes);
  while (1)
    say (bytes, sizeof bytes);
}

static void
leave_early (void)
{
  exit (EXIT_SUCCESS);
}

/* Closes the pipe and lives on. */
static void
hang_up (void)
{
  (void)close (GW_READER_OUTPUT_FD);
  loop_silently ();
}

/* Sends half of a frame and waits. */
static void
stop_midway (void)
{
  static const unsigned char head[] = { 100, 0, 0, 0, GW_FRAME_HELLO, 0, 0, 0, 'G' };

  say (head, sizeof head);
  loop_silently ();
}

/* Says of each open descriptor beyond its own that it should not be there. */
static void
count_descriptors (void)
{
  for (int fd = 5; fd < 256; fd++)
    if (lseek (fd, 0, SEEK_CUR) >= 0)
      crash ();
  exit (EXIT_SUCCESS);
}

static void
look_for_session (void)
{
  if (getenv ("HOME") != NULL || getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL ||
      getenv ("GW_READER") != NULL)
    crash ();
  exit (EXIT_SUCCESS);
}

/* Starts the true reader on a kernel that seems to know neither Landlock nor seccomp. */
static void
take_cage_away (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_ALLOW);
  char *const arguments[] = { (char *)REAL_READER, NULL };

  if (filter == NULL ||
      seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (landlock_create_ruleset), 0) !=
          0 ||
      seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOSYS), SCMP_SYS (seccomp), 0) != 0 ||
      seccomp_rule_add (filter, SCMP_ACT_ERRNO (EINVAL), SCMP_SYS (prctl), 1,
                        SCMP_A0 (SCMP_CMP_EQ, PR_SET_SECCOMP)) != 0 ||
      seccomp_load (filter) != 0)
    exit (GW_READER_EXIT_USAGE);
  (void)execv (REAL_READER, arguments);
}

int
main (void)
{
  static const struct
  {
    const char *word;
    void (*misbehave) (void);
  } ways[] = {
    { "crash", crash },
    { "silent", loop_silently },
    { "burn", burn_time },
    { "filter", trip_filter },
    { "garbage", talk_garbage },
    { "leave", leave_early },
    { "hang-up", hang_up },
    { "midway", stop_midway },
    { "descriptors", count_descriptors },
    { "session", look_for_session },
    { "no-cage", take_cage_away },
  };
  char word[32] = { 0 };

  (void)prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
  if (pread (GW_READER_INPUT_FD, word, sizeof word - 1, 0) <= 0)
    return GW_READER_EXIT_USAGE;
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
    if (strcmp (word, ways[i].word) == 0)
      ways[i].misbehave ();
  return GW_READER_EXIT_USAGE;
}
