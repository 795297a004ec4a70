/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-records.h"

void
gw_draft_free (GwDraft *self)
{
  if (self == NULL)
    return;
  g_free (self->kind);
  g_free (self->payload);
  g_free (self);
}

void
gw_batch_free (GwBatch *self)
{
  if (self == NULL)
    return;
  g_free (self->file_name);
  g_free (self->type);
  g_free (self->sha256);
  g_free (self);
}

void
gw_verify_report_clear (GwVerifyReport *self)
{
  g_clear_pointer (&self->problem, g_free);
}

void
gw_attachment_free (GwAttachment *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->mime);
  g_free (self->kind);
  g_free (self->sha256);
  g_free (self);
}
