/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-session-bus.h"

#include "gw-error.h"
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define OBJECT_PATH "/org/gridwork/Session1"
#define INTERFACE "org.gridwork.Session1"
/* A verb waits for the one writer; an import in front of it may hold it up for a while. */
#define CALL_TIMEOUT_MS 60000

static const char introspection[] =
    "<node><interface name='" INTERFACE "'>"
    "<method name='Apply'><arg type='s' name='number' direction='in'/>"
    "<arg type='s' name='verb' direction='in'/><arg type='a{sv}' name='arguments' direction='in'/>"
    "<arg type='s' name='state' direction='out'/></method>"
    "<method name='Submit'><arg type='s' name='intake' direction='in'/>"
    "<arg type='s' name='number' direction='out'/></method>"
    "<property name='Path' type='s' access='read'/>"
    "<property name='Role' type='s' access='read'/>"
    "</interface></node>";

/* ---- arguments ---- */

static const struct
{
  const char *name;
  gsize offset;
} texts[] = {
  { "reason", G_STRUCT_OFFSET (GwVerbRequest, reason) },
  { "reason_code", G_STRUCT_OFFSET (GwVerbRequest, reason_code) },
  { "other_way", G_STRUCT_OFFSET (GwVerbRequest, other_way) },
  { "result", G_STRUCT_OFFSET (GwVerbRequest, result) },
  { "answer", G_STRUCT_OFFSET (GwVerbRequest, answer) },
  { "solved", G_STRUCT_OFFSET (GwVerbRequest, solved) },
  { "channel", G_STRUCT_OFFSET (GwVerbRequest, channel) },
  { "note", G_STRUCT_OFFSET (GwVerbRequest, note) },
};

static gboolean
take_text (GwVerbRequest *request, const char *name, GVariant *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i].name, name) && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
      {
        char **member = G_STRUCT_MEMBER_P (request, texts[i].offset);

        g_free (*member);
        *member = g_variant_dup_string (value, NULL);
        return TRUE;
      }
  return FALSE;
}

/* Numbers come in whatever width the caller's language likes. */
static gboolean
number_of (GVariant *value, gint64 *number)
{
  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_INT32:
      *number = g_variant_get_int32 (value);
      return TRUE;
    case G_VARIANT_CLASS_UINT32:
      *number = g_variant_get_uint32 (value);
      return TRUE;
    case G_VARIANT_CLASS_INT64:
      *number = g_variant_get_int64 (value);
      return TRUE;
    case G_VARIANT_CLASS_BOOLEAN:
    case G_VARIANT_CLASS_BYTE:
    case G_VARIANT_CLASS_INT16:
    case G_VARIANT_CLASS_UINT16:
    case G_VARIANT_CLASS_UINT64:
    case G_VARIANT_CLASS_HANDLE:
    case G_VARIANT_CLASS_DOUBLE:
    case G_VARIANT_CLASS_STRING:
    case G_VARIANT_CLASS_OBJECT_PATH:
    case G_VARIANT_CLASS_SIGNATURE:
    case G_VARIANT_CLASS_VARIANT:
    case G_VARIANT_CLASS_MAYBE:
    case G_VARIANT_CLASS_ARRAY:
    case G_VARIANT_CLASS_TUPLE:
    case G_VARIANT_CLASS_DICT_ENTRY:
    default:
      return FALSE;
    }
}

static gboolean
take_number (GwVerbRequest *request, const char *name, GVariant *value)
{
  gint64 number = 0;

  if (!number_of (value, &number) || number < 0 || number > G_MAXINT32)
    return FALSE;
  if (g_str_equal (name, "level"))
    request->level = (int)number;
  else if (g_str_equal (name, "days"))
    request->days = (guint)number;
  else if (g_str_equal (name, "rev"))
    request->rev = (guint)number;
  else if (g_str_equal (name, "org"))
    request->org = (guint32)number;
  else
    return FALSE;
  return TRUE;
}

/* Local ids are for the command line, which has looked them up in the same file. */
static gboolean
take_master_id (GwVerbRequest *request, const char *name, GVariant *value)
{
  return g_str_equal (name, "master_id") && number_of (value, &request->master);
}

static gboolean
take_org (GwSession *session, GwVerbRequest *request, const char *text, GError **error)
{
  GPtrArray *orgs = gw_session_get_orgs (session);

  for (guint i = 1; i < orgs->len; i++)
    {
      const GwOrg *org = g_ptr_array_index (orgs, i);

      if (org != NULL && (g_str_equal (org->code, text) || g_str_equal (org->name, text)))
        {
          request->org = org->id;
          return TRUE;
        }
    }
  return gw_throw (error, GW_ERROR_NOT_FOUND, _ ("org: there is no organisation “%s”"), text);
}

static void
take_changes (GwVerbRequest *request, GVariant *value)
{
  GVariantIter iter;
  const char *field = NULL, *text = NULL;

  if (request->changes == NULL)
    request->changes = gw_values_new ();
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "{&s&s}", &field, &text))
    g_hash_table_insert (request->changes, g_strdup (field),
                         *text != '\0' ? g_strdup (text) : NULL);
}

/* @master (out, transfer full): a number that still has to be looked up. */
static gboolean
take_argument (GwSession *session,
               GwVerbRequest *request,
               const char *name,
               GVariant *value,
               char **master,
               GError **error)
{
  if (take_text (request, name, value) || take_number (request, name, value) ||
      take_master_id (request, name, value))
    return TRUE;
  if (g_str_equal (name, "org") && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return take_org (session, request, g_variant_get_string (value, NULL), error);
  if (g_str_equal (name, "changes") && g_variant_is_of_type (value, G_VARIANT_TYPE ("a{ss}")))
    {
      take_changes (request, value);
      return TRUE;
    }
  if (g_str_equal (name, "master") && g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    {
      g_free (*master);
      *master = g_variant_dup_string (value, NULL);
      return TRUE;
    }
  return gw_throw (error, GW_ERROR_INVALID, _ ("argument “%s” of type “%s” is not known to a verb"),
                   name, g_variant_get_type_string (value));
}

/* ---- one verb ---- */

typedef struct
{
  GwVerbRequest *request; /* owned */
  char *master;           /* owned, nullable: number to look up first */
} ApplyJob;

static void
apply_job_free (gpointer data)
{
  ApplyJob *job = data;

  gw_verb_request_free (job->request);
  g_free (job->master);
  g_free (job);
}

static void
applied_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GwMatter *matter = gw_session_apply_finish (GW_SESSION (source), result, &error);

  if (matter == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, matter, (GDestroyNotify)gw_matter_free);
}

static void
go_on (GTask *task)
{
  ApplyJob *job = g_task_get_task_data (task);

  gw_session_apply_async (g_task_get_source_object (task), job->request,
                          g_task_get_cancellable (task), applied_cb, g_object_ref (task));
}

static void
master_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ApplyJob *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->request->master = gw_session_find_finish (GW_SESSION (source), result, &error);
  if (job->request->master == 0)
    g_task_return_error (task, error);
  else
    go_on (task);
}

static void
matter_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  ApplyJob *job = g_task_get_task_data (task);
  GError *error = NULL;

  job->request->matter = gw_session_find_finish (GW_SESSION (source), result, &error);
  if (job->request->matter == 0)
    g_task_return_error (task, error);
  else if (job->master != NULL)
    gw_session_find_async (GW_SESSION (source), job->master, g_task_get_cancellable (task),
                           master_found_cb, g_object_ref (task));
  else
    go_on (task);
}

static ApplyJob *
apply_job_new (GwSession *session, const char *verb, GVariant *arguments, GError **error)
{
  ApplyJob *job = NULL;
  GVariantIter iter;
  const char *name = NULL;
  GVariant *value = NULL;
  gboolean good = TRUE;
  GwVerb parsed = 0;

  if (!gw_verb_from_id (verb, &parsed))
    return gw_throw_null (error, GW_ERROR_INVALID, _ ("there is no verb “%s”"), verb);
  job = g_new0 (ApplyJob, 1);
  job->request = gw_verb_request_new (0, parsed);
  g_variant_iter_init (&iter, arguments);
  while (good && g_variant_iter_next (&iter, "{&sv}", &name, &value))
    {
      good = take_argument (session, job->request, name, value, &job->master, error);
      g_variant_unref (value);
    }
  if (!good)
    g_clear_pointer (&job, apply_job_free);
  return job;
}

void
gw_session_bus_apply_async (GwSession *session,
                            const char *number,
                            const char *verb,
                            GVariant *arguments,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, data);
  GError *error = NULL;
  ApplyJob *job = apply_job_new (session, verb, arguments, &error);

  g_task_set_source_tag (task, gw_session_bus_apply_async);
  if (job == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_set_task_data (task, job, apply_job_free);
  gw_session_find_async (session, number, cancellable, matter_found_cb, g_object_ref (task));
}

GwMatter *
gw_session_bus_apply_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- the object ---- */

/* Lives as long as the session does. */
typedef struct
{
  GDBusConnection *connection; /* owned */
  guint object, name;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  if (export->name != 0)
    g_bus_unown_name (export->name);
  if (export->object != 0)
    (void)g_dbus_connection_unregister_object (export->connection, export->object);
  g_object_unref (export->connection);
  g_free (export);
}

static void
reply_apply_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GDBusMethodInvocation *call = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = gw_session_bus_apply_finish (result, &error);

  if (matter == NULL)
    g_dbus_method_invocation_return_gerror (call, error);
  else
    g_dbus_method_invocation_return_value (call,
                                           g_variant_new ("(s)", gw_state_id (matter->state)));
}

static void
reply_submit_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GDBusMethodInvocation *call = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwMatter) matter = gw_session_submit_finish (GW_SESSION (source), result, &error);

  if (matter == NULL)
    g_dbus_method_invocation_return_gerror (call, error);
  else
    g_dbus_method_invocation_return_value (call, g_variant_new ("(s)", matter->number));
}

static void
call_submit (GwSession *session, GVariant *parameters, GDBusMethodInvocation *call)
{
  const char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GwIntake) intake = NULL;

  g_variant_get (parameters, "(&s)", &text);
  intake = gw_intake_parse (text, &error);
  if (intake == NULL)
    g_dbus_method_invocation_return_gerror (call, error);
  else
    gw_session_submit_async (session, intake, 0, NULL, reply_submit_cb, call);
}

static void
method_cb (GDBusConnection *connection,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *call,
           gpointer data)
{
  GwSession *session = data;
  const char *number = NULL, *verb = NULL;
  g_autoptr (GVariant) arguments = NULL;

  if (g_str_equal (method, "Submit"))
    {
      call_submit (session, parameters, call);
      return;
    }
  g_variant_get (parameters, "(&s&s@a{sv})", &number, &verb, &arguments);
  gw_session_bus_apply_async (session, number, verb, arguments, NULL, reply_apply_cb, call);
}

static GVariant *
property_cb (GDBusConnection *connection,
             const char *sender,
             const char *path,
             const char *interface,
             const char *property,
             GError **error,
             gpointer data)
{
  if (g_str_equal (property, "Path"))
    return g_variant_new_string (gw_session_get_path (data));
  return g_variant_new_string (gw_role_id (gw_session_get_actor (data)->role));
}

static const GDBusInterfaceVTable vtable = {
  .method_call = method_cb,
  .get_property = property_cb,
};

static char *
bus_name (const char *path)
{
  g_autofree char *canonical = realpath (path, NULL);
  g_autofree char *sum =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical != NULL ? canonical : path, -1);

  return g_strdup_printf (INTERFACE ".f%.16s", sum);
}

void
gw_session_bus_export (GwSession *session, GDBusConnection *connection)
{
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  Export *export = NULL;

  g_return_if_fail (GW_IS_SESSION (session) && node != NULL);
  name = bus_name (gw_session_get_path (session));
  /* A window that opens another file gives the object up first. */
  g_object_set_data (G_OBJECT (session), "gw-session-bus", NULL);
  export = g_new0 (Export, 1);
  export->connection = g_object_ref (connection);
  export->object = g_dbus_connection_register_object (connection, OBJECT_PATH, node->interfaces[0],
                                                      &vtable, session, NULL, &error);
  if (export->object == 0)
    g_debug ("exporting the session: %s", error->message);
  export->name =
      g_bus_own_name_on_connection (connection, name, G_BUS_NAME_OWNER_FLAGS_DO_NOT_QUEUE, NULL,
                                    NULL, NULL, NULL);
  g_object_set_data_full (G_OBJECT (session), "gw-session-bus", export, export_free);
}

/* ---- the client ---- */

static GVariant *
arguments_of (const GwVerbRequest *request)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = G_STRUCT_MEMBER (char *, request, texts[i].offset);

      if (text != NULL)
        g_variant_dict_insert (&dict, texts[i].name, "s", text);
    }
  if (request->org != 0)
    g_variant_dict_insert (&dict, "org", "u", request->org);
  if (request->level != 0)
    g_variant_dict_insert (&dict, "level", "i", request->level);
  if (request->days != 0)
    g_variant_dict_insert (&dict, "days", "u", request->days);
  if (request->rev != 0)
    g_variant_dict_insert (&dict, "rev", "u", request->rev);
  if (request->master != 0)
    g_variant_dict_insert (&dict, "master_id", "x", request->master);
  if (request->changes != NULL)
    {
      GVariantBuilder changes;
      GHashTableIter iter;
      gpointer field = NULL, text = NULL;

      g_variant_builder_init (&changes, G_VARIANT_TYPE ("a{ss}"));
      g_hash_table_iter_init (&iter, request->changes);
      while (g_hash_table_iter_next (&iter, &field, &text))
        g_variant_builder_add (&changes, "{ss}", field, text != NULL ? text : "");
      g_variant_dict_insert_value (&dict, "changes", g_variant_builder_end (&changes));
    }
  return g_variant_dict_end (&dict);
}

char *
gw_session_bus_apply_sync (const char *path,
                           const char *number,
                           const GwVerbRequest *request,
                           GError **error)
{
  g_autoptr (GDBusConnection) connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error);
  g_autofree char *name = bus_name (path);
  g_autoptr (GVariant) reply = NULL;
  char *state = NULL;

  if (connection == NULL)
    {
      (void)gw_prefix (error, _ ("asking the program that holds %s"), path);
      return NULL;
    }
  reply =
      g_dbus_connection_call_sync (connection, name, OBJECT_PATH, INTERFACE, "Apply",
                                   g_variant_new ("(ss@a{sv})", number, gw_verb_id (request->verb),
                                                  arguments_of (request)),
                                   G_VARIANT_TYPE ("(s)"), G_DBUS_CALL_FLAGS_NO_AUTO_START,
                                   CALL_TIMEOUT_MS, NULL, error);
  if (reply == NULL)
    {
      if (error != NULL && *error != NULL)
        (void)g_dbus_error_strip_remote_error (*error);
      return NULL;
    }
  g_variant_get (reply, "(s)", &state);
  return state;
}
