/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-crumb-find.h"

#include "gw-crumb-private.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

void
gw_crumb_finding_free (GwCrumbFinding *self)
{
  if (self == NULL)
    return;
  g_free (self->digest);
  g_free (self->id);
  g_free (self);
}

/* A call that was made from inside a module that another one calls is the inner one. */
static gboolean
is_innermost (const GwCrumbPage *page, const GwCrumbSlot *slot)
{
  for (guint i = 0; i < GW_CRUMB_SLOTS; i++)
    if (page->slots[i].thread == slot->thread && page->slots[i].order > slot->order)
      return FALSE;
  return TRUE;
}

static void
add_finding (GPtrArray *findings, const GwCrumbPage *page, const GwCrumbSlot *slot)
{
  const GwCrumbModule *module = &page->modules[slot->module];
  GwCrumbFinding *finding = g_new0 (GwCrumbFinding, 1);

  finding->digest = g_strndup (module->digest, sizeof module->digest);
  finding->id = g_utf8_make_valid (module->id, (gssize)strnlen (module->id, sizeof module->id));
  finding->place = (GwCrumbPlace)MIN (slot->place, GW_N_CRUMBS);
  finding->signal = page->signal;
  finding->strong = page->signal != 0 || page->ended != 0;
  g_ptr_array_add (findings, finding);
}

/* Somebody else's signal on another thread says nothing about a module. */
static void
read_page (GPtrArray *findings, const GwCrumbPage *page)
{
  gboolean told = page->signal != 0 || page->ended != 0;

  for (guint i = 0; i < GW_CRUMB_SLOTS; i++)
    {
      const GwCrumbSlot *slot = &page->slots[i];

      if (slot->order != 0 && slot->module < MIN (page->n_modules, GW_CRUMB_MODULES) &&
          is_innermost (page, slot) && (!told || slot->thread == page->thread))
        add_finding (findings, page, slot);
    }
}

static void
read_file (GPtrArray *findings, const char *path)
{
  GwCrumbPage page;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);

  if (fd < 0)
    return;
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    {
      if (read (fd, &page, sizeof page) == (ssize_t)sizeof page && page.magic == GW_CRUMB_MAGIC)
        read_page (findings, &page);
      (void)g_unlink (path);
    }
  (void)close (fd);
}

GPtrArray *
gw_crumb_find (const char *folder)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify)gw_crumb_finding_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, GW_CRUMB_SUFFIX))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        read_file (findings, path);
      }
  return findings;
}
