/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-probe.h"

#include "gw-paths.h"
#include "gw-probe-server.h"
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Longer than the helper itself waits for a module. */
#define PATIENCE_MS 8000

struct _GwProbe
{
  GSubprocess *helper; /* owned, NULL until the first question */
  int socket;          /* owned, -1 with it */
};

GwProbe *
gw_probe_new (void)
{
  GwProbe *self = g_new0 (GwProbe, 1);

  self->socket = -1;
  return self;
}

static void
stop (GwProbe *self)
{
  if (self->socket >= 0)
    (void)close (self->socket);
  self->socket = -1;
  g_clear_object (&self->helper);
}

void
gw_probe_free (GwProbe *self)
{
  if (self == NULL)
    return;
  stop (self);
  g_free (self);
}

static gboolean
start (GwProbe *self, GError **error)
{
  g_autofree char *program = gw_path_helper ("gridwork-probe");
  const char *const arguments[] = { program, NULL };
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  int pair[2];

  if (self->helper != NULL)
    return TRUE;
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
    return gw_throw (error, GW_ERROR_FAILED, _ ("starting the examination of modules: %s"),
                     g_strerror (errno));
  self->socket = pair[0];
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE);
  g_subprocess_launcher_take_fd (launcher, pair[1], GW_PROBE_FD);
  self->helper = g_subprocess_launcher_spawnv (launcher, arguments, error);
  if (self->helper != NULL)
    return TRUE;
  stop (self);
  return gw_prefix (error, _ ("starting the examination of modules, a part of the program that is "
                              "installed with it"));
}

static GwVerdict *
receive (GwProbe *self, GError **error)
{
  g_autofree char *text = g_malloc0 (GW_PROBE_MAX_PACKET);
  struct pollfd watch = { .fd = self->socket, .events = POLLIN };
  GwVerdict *verdict = NULL;
  int rc;

  do
    rc = poll (&watch, 1, PATIENCE_MS);
  while (rc < 0 && errno == EINTR);
  if (rc > 0 && recv (self->socket, text, GW_PROBE_MAX_PACKET - 1, 0) > 0)
    verdict = gw_verdict_from_text (text);
  if (verdict == NULL)
    return gw_throw_null (error, GW_ERROR_FAILED,
                          _ ("the examination of modules gave no answer; try again"));
  return verdict;
}

GwVerdict *
gw_probe_examine (GwProbe *self, const char *path, GError **error)
{
  GwVerdict *verdict;

  if (strlen (path) >= GW_PROBE_MAX_PACKET)
    return gw_throw_null (error, GW_ERROR_LIMIT, _ ("the path is too long"));
  if (!start (self, error))
    return NULL;
  if (send (self->socket, path, strlen (path), MSG_NOSIGNAL) < 0)
    {
      gw_throw (error, GW_ERROR_FAILED, _ ("asking for the examination of a module: %s"),
                g_strerror (errno));
      stop (self);
      return NULL;
    }
  verdict = receive (self, error);
  if (verdict == NULL)
    {
      /* Whatever it still says would be taken for the answer to the next question. */
      g_subprocess_force_exit (self->helper);
      stop (self);
    }
  return verdict;
}
