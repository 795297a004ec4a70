/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Examines modules for the program, each in a process of its own; started by it, never by people.
 */

#include "gw-locale.h"
#include "gw-paths.h"
#include "gw-probe-server.h"
#include <sys/prctl.h>
#include <sys/socket.h>

static gboolean
is_socket (int fd)
{
  int type = 0;
  socklen_t size = sizeof type;

  return getsockopt (fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = gw_path_locale ();

  if (!is_socket (GW_PROBE_FD))
    {
      g_printerr ("gridwork-probe: a part of gridwork, not to be started by hand\n");
      return 2;
    }
  gw_locale_init (folder);
  return gw_probe_serve (GW_PROBE_FD);
}
