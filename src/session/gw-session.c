/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-session.h"

#include "gw-error.h"
#include "gw-paths.h"
#include "gw-session-private.h"
#include <glib/gi18n-lib.h>

struct _GwSession
{
  GObject parent_instance;
  GwStore *store;     /* owned, NULL after close */
  GwModuleHost *host; /* owned, nullable: started without modules */
  GwReference *facts; /* owned */
  GwActor actor;
  guint busy;
  char *damage; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (GwSession, gw_session, G_TYPE_OBJECT)

enum
{
  PROP_BUSY_TASKS = 1,
  N_PROPS
};
enum
{
  CHANGED,
  SEAT_CHANGED,
  DAMAGED,
  N_SIGNALS
};
static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

static void
gw_session_dispose (GObject *object)
{
  GwSession *self = GW_SESSION (object);

  gw_session_close (self);
  g_clear_pointer (&self->facts, gw_reference_unref);
  g_clear_pointer (&self->host, gw_module_host_free);
  g_clear_pointer (&self->damage, g_free);
  G_OBJECT_CLASS (gw_session_parent_class)->dispose (object);
}

static void
gw_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_BUSY_TASKS)
    g_value_set_uint (value, GW_SESSION (object)->busy);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
gw_session_class_init (GwSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gw_session_dispose;
  object_class->get_property = gw_session_get_property;
  props[PROP_BUSY_TASKS] = g_param_spec_uint ("busy-tasks", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", GW_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SEAT_CHANGED] = g_signal_new ("seat-changed", GW_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
  signals[DAMAGED] = g_signal_new ("damaged", GW_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
gw_session_init (GwSession *self)
{
}

/* ---- beginning and end ---- */

static GwRole
first_role (guint32 roles)
{
  for (guint role = 0; role < GW_N_ROLES; role++)
    if ((roles & (1u << role)) != 0)
      return (GwRole)role;
  return GW_ROLE_SYSADMIN;
}

/* Somebody always sits at the desk: the first active account, or in a file without accounts the
 * administrator who will set them up. */
static void
take_first_seat (GwSession *self)
{
  self->actor = (GwActor){ .role = GW_ROLE_SYSADMIN, .purpose = "set-up" };
  for (guint i = 1; i < self->facts->accounts->len; i++)
    {
      const GwAccount *account = g_ptr_array_index (self->facts->accounts, i);

      if (account != NULL && account->active &&
          gw_session_take_seat (self, account->id, first_role (account->roles), NULL))
        return;
    }
}

GwSession *
gw_session_new (GwStore *store, GwModuleHost *host, GwReference *facts)
{
  GwSession *self = g_object_new (GW_TYPE_SESSION, NULL);

  self->store = store;
  self->host = host;
  self->facts = facts;
  gw_session_listen (self, store);
  take_first_seat (self);
  if (host != NULL)
    gw_module_host_activate (host, gw_store_clock (store));
  return self;
}

void
gw_session_set_facts (GwSession *self, GwReference *facts)
{
  gw_reference_unref (self->facts);
  self->facts = facts;
  g_signal_emit (self, signals[CHANGED], 0, TRUE);
}

void
gw_session_add_busy (GwSession *self, int change)
{
  self->busy = (guint)((int)self->busy + change);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_BUSY_TASKS]);
}

void
gw_session_close (GwSession *self)
{
  if (self->store == NULL)
    return;
  gw_store_set_change_func (self->store, NULL, NULL, NULL);
  gw_store_close (self->store);
  g_clear_pointer (&self->store, gw_store_unref);
}

/* ---- facts at hand ---- */

GwStore *
gw_session_get_store (GwSession *self)
{
  return self->store;
}

GwReference *
gw_session_get_facts (GwSession *self)
{
  return self->facts;
}

const char *
gw_session_get_path (GwSession *self)
{
  return gw_store_path (self->store);
}

const char *
gw_session_get_centre_name (GwSession *self)
{
  return self->facts->centre_name;
}

gboolean
gw_session_is_demo (GwSession *self)
{
  return gw_store_is_demo (self->store);
}

gboolean
gw_session_is_read_only (GwSession *self)
{
  return gw_store_is_read_only (self->store);
}

const char *
gw_session_get_holder (GwSession *self)
{
  return gw_store_holder (self->store);
}

gint64
gw_session_now (GwSession *self)
{
  return gw_clock_now (gw_store_clock (self->store));
}

GwAreaTree *
gw_session_get_areas (GwSession *self)
{
  return self->facts->tree;
}

const GwRings *
gw_session_get_rings (GwSession *self, guint32 area)
{
  return area < self->facts->rings->len ? g_ptr_array_index (self->facts->rings, area) : NULL;
}

GwLocate *
gw_session_get_locate (GwSession *self)
{
  return gw_reference_get_locate (self->facts);
}

guint32
gw_session_locate (GwSession *self, gint32 x, gint32 y)
{
  return gw_reference_locate (self->facts, x, y);
}

gboolean
gw_session_has_locate (GwSession *self)
{
  return gw_reference_has_locate (self->facts);
}

GwLines *
gw_session_get_river (GwSession *self)
{
  return self->facts->river;
}

GPtrArray *
gw_session_get_orgs (GwSession *self)
{
  return self->facts->orgs;
}

GPtrArray *
gw_session_get_accounts (GwSession *self)
{
  return self->facts->accounts;
}

GPtrArray *
gw_session_get_types (GwSession *self)
{
  return self->facts->types;
}

GPtrArray *
gw_session_get_modules (GwSession *self)
{
  return self->facts->modules;
}

const GwTypeSpec *
gw_session_find_type (GwSession *self, const char *key)
{
  return gw_reference_find_type (self->facts, key);
}

const char *const *
gw_session_get_module_problems (GwSession *self)
{
  static const char *const none[] = { NULL };

  return self->host != NULL ? gw_module_host_get_problems (self->host) : none;
}

GPtrArray *
gw_session_get_module_files (GwSession *self)
{
  return self->host != NULL ? gw_module_host_get_files (self->host) : NULL;
}

const char *
gw_session_get_damage (GwSession *self)
{
  return self->damage;
}

void
gw_session_set_damage (GwSession *self, const char *message)
{
  g_free (self->damage);
  self->damage = g_strdup (message);
  g_signal_emit (self, signals[DAMAGED], 0);
}

const char *
gw_session_get_last_death (GwSession *self)
{
  return self->host != NULL ? gw_module_host_get_last_death (self->host) : NULL;
}

/* ---- the seat ---- */

const GwActor *
gw_session_get_actor (GwSession *self)
{
  return &self->actor;
}

static const GwAccount *
account_of (GwSession *self, guint32 id)
{
  return id < self->facts->accounts->len ? g_ptr_array_index (self->facts->accounts, id) : NULL;
}

const GwAccount *
gw_session_get_account (GwSession *self)
{
  return account_of (self, self->actor.account);
}

gboolean
gw_session_take_seat (GwSession *self, guint32 account, GwRole role, GError **error)
{
  const GwAccount *found = account_of (self, account);

  if (found == NULL || !found->active)
    return gw_throw (error, GW_ERROR_NOT_FOUND, _ ("There is no active account with number %u"),
                     account);
  if ((found->roles & (1u << role)) == 0)
    return gw_throw (error, GW_ERROR_REFUSED, _ ("The account “%s” does not hold the role “%s”"),
                     found->label, gw_role_label (role));
  self->actor = (GwActor){ .account = found->id,
                           .org = found->org,
                           .role = role,
                           .scope_area = found->scope_area,
                           .purpose = "daily-work" };
  g_signal_emit (self, signals[SEAT_CHANGED], 0);
  return TRUE;
}

gboolean
gw_session_may (GwSession *self, guint32 may)
{
  return (gw_role_may (self->actor.role) & may) == may;
}
