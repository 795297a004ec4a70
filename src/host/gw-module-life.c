/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-module-life.h"

#include "gw-config.h"

#include "gw-error.h"
#include <glib/gi18n-lib.h>

struct _GwModuleLife
{
  GwHost host; /* first: what the module holds is this */
  const GwPlugin *plugin;
  gpointer state; /* the module's own */
  GwClock *clock; /* owned while active */
  GwCrumbTrail *trail;
  guint module;
  gboolean active;
};

/* ---- what the program offers ---- */

static void
host_log (GwHost *host, GLogLevelFlags level, const char *message)
{
  const GwModuleLife *self = (const GwModuleLife *)host;

  /* A module does not end the program by a level. */
  g_debug ("module %s, level %u: %s", self->plugin->id, (guint)level & G_LOG_LEVEL_MASK, message);
}

static gint64
host_now (GwHost *host)
{
  return gw_clock_now (((const GwModuleLife *)host)->clock);
}

static const void *
host_get_interface (GwHost *host, const char *interface_id)
{
  static const GwHostLog log = { .struct_size = sizeof log, .log = host_log };
  static const GwHostClock clock = { .struct_size = sizeof clock, .now = host_now };

  if (g_strcmp0 (interface_id, GW_HOST_LOG_ID) == 0)
    return &log;
  if (g_strcmp0 (interface_id, GW_HOST_CLOCK_ID) == 0)
    return &clock;
  return NULL;
}

GwModuleLife *
gw_module_life_new (const GwPlugin *plugin, GwCrumbTrail *trail, guint module)
{
  GwModuleLife *self = g_new0 (GwModuleLife, 1);

  self->host = (GwHost){ .struct_size = sizeof (GwHost),
                         .abi_major = GW_ABI_MAJOR,
                         .abi_minor = GW_ABI_MINOR,
                         .name = "gridwork",
                         .version = GW_VERSION,
                         .get_interface = host_get_interface };
  self->plugin = plugin;
  self->trail = trail;
  self->module = module;
  return self;
}

void
gw_module_life_free (GwModuleLife *self)
{
  if (self == NULL)
    return;
  gw_module_life_deactivate (self);
  g_free (self);
}

gboolean
gw_module_life_has_code (const GwModuleLife *self)
{
  return GW_HAS (self->plugin, activate) || GW_HAS (self->plugin, get_extension);
}

gboolean
gw_module_life_is_active (const GwModuleLife *self)
{
  return self->active;
}

/* ---- calls into the module ---- */

static gboolean
call_activate (GwModuleLife *self, GError **error)
{
  g_autoptr (GError) reason = NULL;
  guint slot = gw_crumb_enter (self->trail, self->module, GW_CRUMB_ACTIVATE);
  gboolean good = self->plugin->activate (self->plugin, &self->host, &self->state, &reason);

  gw_crumb_leave (self->trail, slot);
  if (good)
    return TRUE;
  return gw_throw (error, GW_ERROR_REFUSED, _ ("it does not start: %s"),
                   reason != NULL ? reason->message : _ ("it gives no reason"));
}

gboolean
gw_module_life_activate (GwModuleLife *self, GwClock *clock, GError **error)
{
  if (self->active)
    return TRUE;
  self->clock = gw_clock_ref (clock);
  self->active = !GW_HAS (self->plugin, activate) || call_activate (self, error);
  if (!self->active)
    g_clear_pointer (&self->clock, gw_clock_unref);
  return self->active;
}

void
gw_module_life_deactivate (GwModuleLife *self)
{
  if (!self->active)
    return;
  self->active = FALSE;
  if (GW_HAS (self->plugin, deactivate))
    {
      guint slot = gw_crumb_enter (self->trail, self->module, GW_CRUMB_DEACTIVATE);

      self->plugin->deactivate (self->plugin, &self->host, self->state);
      gw_crumb_leave (self->trail, slot);
    }
  self->state = NULL;
  g_clear_pointer (&self->clock, gw_clock_unref);
}

const void *
gw_module_life_get_extension (GwModuleLife *self, const char *id)
{
  const void *extension;
  guint slot;

  if (!self->active || !GW_HAS (self->plugin, get_extension))
    return NULL;
  slot = gw_crumb_enter (self->trail, self->module, GW_CRUMB_GET_EXTENSION);
  extension = self->plugin->get_extension (self->plugin, id);
  gw_crumb_leave (self->trail, slot);
  return extension;
}
