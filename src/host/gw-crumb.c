/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-crumb-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

#define NO_SLOT GW_CRUMB_SLOTS
#define STACK_BYTES (64u << 10)

static const int fatal_signals[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGXCPU };

struct _GwCrumbTrail
{
  GwCrumbPage *page;
  char *path;
  struct sigaction before[G_N_ELEMENTS (fatal_signals)];
  GMutex lock; /* of the list of modules */
};

/* A signal handler is given nothing, so what it needs must be found without asking. */
static GOnce trail_once = G_ONCE_INIT;

const char *
gw_crumb_place_get_name (GwCrumbPlace place)
{
  static const char *const names[GW_N_CRUMBS] = { "load",          "activate", "deactivate",
                                                  "get_extension", "validate", "committed",
                                                  "compute",       "action",   "import",
                                                  "report",        "page" };

  return place < GW_N_CRUMBS ? names[place] : "?";
}

static guint64
thread_number (void)
{
  return (guint64)(gsize)pthread_self ();
}

/* ---- the end of the process ---- */

/* An instruction that faults is tried again when the handler returns and meets who was there before
 * us; every other signal has to be sent again. */
static gboolean
comes_again (int number, const siginfo_t *info)
{
  return info->si_code > 0 &&
         (number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE);
}

/* Plain stores only: the program is in an unknown state. What was there before us goes on: another
 * handler, or the end. */
static void
fatal_cb (int number, siginfo_t *info, void *context)
{
  GwCrumbTrail *self = trail_once.retval;
  gint32 none = 0;

  if (self == NULL)
    return;
  if (atomic_compare_exchange_strong (&self->page->signal, &none, number))
    self->page->thread = thread_number ();
  for (guint i = 0; i < G_N_ELEMENTS (fatal_signals); i++)
    if (fatal_signals[i] == number)
      (void)sigaction (number, &self->before[i], NULL);
  if (!comes_again (number, info))
    (void)raise (number);
}

static void
catch_signals (GwCrumbTrail *self)
{
  struct sigaction action = { .sa_sigaction = fatal_cb, .sa_flags = SA_SIGINFO | SA_ONSTACK };

  (void)sigemptyset (&action.sa_mask);
  for (guint i = 0; i < G_N_ELEMENTS (fatal_signals); i++)
    (void)sigaction (fatal_signals[i], &action, &self->before[i]);
}

static gboolean
has_crumbs (const GwCrumbPage *page)
{
  for (guint i = 0; i < GW_CRUMB_SLOTS; i++)
    if (atomic_load (&page->slots[i].order) != 0)
      return TRUE;
  return FALSE;
}

/* A run that ended with nobody on the floor leaves no file. */
static void
ended_cb (void)
{
  GwCrumbTrail *self = trail_once.retval;

  if (self == NULL)
    return;
  self->page->ended = 1;
  self->page->thread = thread_number ();
  if (!has_crumbs (self->page))
    (void)unlink (self->path);
}

/* ---- the page ---- */

/* The lock says that the run is alive. The name comes after it, so that nobody takes a page that is
 * being made for one that was left. */
static int
make_file (const char *folder, char **path)
{
  g_autofree char *raw = g_build_filename (folder, "run-XXXXXX", NULL);
  int fd = g_mkdir_with_parents (folder, 0700) == 0 ? g_mkstemp_full (raw, O_RDWR | O_CLOEXEC, 0600)
                                                    : -1;

  if (fd < 0)
    return -1;
  *path = g_strconcat (raw, GW_CRUMB_SUFFIX, NULL);
  if (flock (fd, LOCK_EX | LOCK_NB) == 0 && ftruncate (fd, sizeof (GwCrumbPage)) == 0 &&
      g_rename (raw, *path) == 0)
    return fd;
  (void)close (fd);
  (void)g_unlink (raw);
  g_clear_pointer (path, g_free);
  return -1;
}

static gpointer
make_trail (gpointer folder)
{
  g_autofree char *path = NULL;
  int fd = make_file (folder, &path);
  GwCrumbTrail *self;
  void *page;

  if (fd < 0)
    return NULL;
  /* The file stays open for its lock as long as the process lives. */
  page = mmap (NULL, sizeof (GwCrumbPage), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (page == MAP_FAILED)
    {
      (void)g_unlink (path);
      (void)close (fd);
      return NULL;
    }
  self = g_new0 (GwCrumbTrail, 1);
  self->page = page;
  self->page->magic = GW_CRUMB_MAGIC;
  self->path = g_steal_pointer (&path);
  g_mutex_init (&self->lock);
  return self;
}

static gpointer
begin_trail (gpointer folder)
{
  GwCrumbTrail *self = make_trail (folder);

  if (self != NULL)
    {
      catch_signals (self);
      (void)atexit (ended_cb);
    }
  return self;
}

GwCrumbTrail *
gw_crumb_trail_get (const char *folder)
{
  return g_once (&trail_once, begin_trail, (gpointer)folder);
}

guint
gw_crumb_trail_add_module (GwCrumbTrail *self, const char *digest, const char *id)
{
  g_autoptr (GMutexLocker) locker = NULL;
  GwCrumbModule *module;
  guint n;

  if (self == NULL)
    return 0;
  locker = g_mutex_locker_new (&self->lock);
  n = atomic_load (&self->page->n_modules);
  for (guint i = 0; i < n; i++)
    if (g_str_equal (self->page->modules[i].digest, digest))
      return i;
  if (n == GW_CRUMB_MODULES)
    return GW_CRUMB_MODULES; /* known to nobody: no module is accused for another */
  module = &self->page->modules[n];
  (void)g_strlcpy (module->digest, digest, sizeof module->digest);
  (void)g_strlcpy (module->id, id, sizeof module->id);
  atomic_store (&self->page->n_modules, n + 1);
  return n;
}

void
gw_crumb_trail_shield_thread (GwCrumbTrail *self)
{
  stack_t before = { 0 };
  stack_t stack = { .ss_size = STACK_BYTES };

  if (self == NULL || sigaltstack (NULL, &before) != 0 || (before.ss_flags & SS_DISABLE) == 0)
    return;
  /* For the life of the thread, as the trail is. */
  stack.ss_sp =
      mmap (NULL, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (stack.ss_sp != MAP_FAILED)
    (void)sigaltstack (&stack, NULL);
}

guint
gw_crumb_enter (GwCrumbTrail *self, guint module, GwCrumbPlace place)
{
  guint32 order;

  if (self == NULL)
    return NO_SLOT;
  order = atomic_fetch_add (&self->page->order, 1) + 1;
  for (guint i = 0; i < GW_CRUMB_SLOTS; i++)
    {
      GwCrumbSlot *slot = &self->page->slots[i];
      guint32 vacant = 0;

      if (!atomic_compare_exchange_strong (&slot->order, &vacant, order))
        continue;
      slot->module = (guint16)module;
      slot->place = (guint16)place;
      slot->thread = thread_number ();
      return i;
    }
  return NO_SLOT;
}

void
gw_crumb_leave (GwCrumbTrail *self, guint slot)
{
  if (self != NULL && slot < GW_CRUMB_SLOTS)
    atomic_store (&self->page->slots[slot].order, 0);
}
