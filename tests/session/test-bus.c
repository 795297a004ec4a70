/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The session over a real bus, which dbus-run-session starts for this program: GTestDBus would fork
 * a watcher out of a process with threads, and under the sanitizers that one may never end. */
#include "gw-session-bus.h"
#include "session-rig.h"

typedef struct
{
  const char *path, *number;
  GwVerbRequest *request;
  char *state;
  GError *error;
  gboolean done;
} Call;

/* The command line blocks; the window must not: so the client runs on a thread here. */
static gpointer
call_thread (gpointer data)
{
  Call *call = data;

  call->state = gw_session_bus_apply_sync (call->path, call->number, call->request, &call->error);
  g_atomic_int_set (&call->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

static void
run_call (Call *call)
{
  GThread *thread = g_thread_new ("client", call_thread, call);

  while (!g_atomic_int_get (&call->done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
}

static void
test_apply (SessionRig *rig, gconstpointer unused)
{
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (GwIntake) intake = session_rig_intake (rig);
  g_autoptr (GwMatter) matter = NULL;
  g_autoptr (GError) error = NULL;
  Call good = { .path = rig->path }, bad = { .path = rig->path };

  connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_set_exit_on_close (connection, FALSE);
  session_rig_sit (rig, "duty");
  matter = gw_session_submit_sync (rig->session, intake, &error);
  g_assert_no_error (error);
  gw_session_bus_export (rig->session, connection);

  good.number = matter->number;
  good.request = gw_verb_request_new (matter->id, GW_VERB_FILE);
  run_call (&good);
  g_assert_no_error (good.error);
  g_assert_cmpstr (good.state, ==, "filed");

  /* What the state does not allow is refused over the bus as everywhere. */
  bad.number = matter->number;
  bad.request = gw_verb_request_new (matter->id, GW_VERB_SIGN);
  run_call (&bad);
  g_assert_null (bad.state);
  g_assert_error (bad.error, GW_ERROR, GW_ERROR_REFUSED);

  gw_verb_request_free (good.request);
  gw_verb_request_free (bad.request);
  g_clear_error (&bad.error);
  g_free (good.state);
  session_rig_reopen (rig, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  SESSION_ADD ("/bus/apply", test_apply);
  return g_test_run ();
}
