/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The session over D-Bus: a command line program on a file that a window holds works through that
 * window, under the seat that sits there. One name per file, so that several profiles do not meet:
 * "org.gridwork.Session1.f" + the first 16 hex digits of SHA-256 over the file's canonical path;
 * object /org/gridwork/Session1, interface org.gridwork.Session1. */

#include "gw-session.h"

G_BEGIN_DECLS

/* Owns the name and exports the object until the session is disposed. Errors of calls reach the
 * client as D-Bus errors with the session's text. Main thread. */
void gw_session_bus_export (GwSession *session, GDBusConnection *connection);

/* What both doors of D-Bus do, this object and the action "app.verb": one verb on the matter
 * @number, with the arguments as they came over the wire, a{sv} of reason, reason_code, other_way,
 * result, answer, solved, channel, note (s), org (s: code or name, or u), master (s: number), level
 * (i), days, rev (u), changes (a{ss}). Whatever is wrong is an error, nothing is left out in
 * silence. The finish function returns the matter after it. */
void gw_session_bus_apply_async (GwSession *session,
                                 const char *number,
                                 const char *verb,
                                 GVariant *arguments,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
GwMatter *gw_session_bus_apply_finish (GAsyncResult *result, GError **error);

/* Applies @request to matter @number through the holder of @path. Returns the state id after it.
 * Blocking: command line only. */
char *gw_session_bus_apply_sync (const char *path,
                                 const char *number,
                                 const GwVerbRequest *request,
                                 GError **error);

G_END_DECLS
