/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gw-matter-list-model.h"

#include <gio/gio.h>

struct _GwMatterListModel
{
  GObject parent;
  GwSession *session;     /* owned */
  GwSelection *selection; /* owned, nullable */
  GHashTable *items;      /* owned: id -> GwMatterItem */
  GCancellable *reading;  /* owned, nullable */
  GArray *wanted;         /* owned: positions whose rows are missing, the newest last */
  guint pump;             /* source that starts the next read; 0 = none */
  guint64 touches;
};

/* One page on its way. */
typedef struct
{
  GwMatterListModel *self; /* owned */
  gint64 seq;
  guint n;
  gint64 ids[GW_LIST_PAGE];
} Page;

static void list_model_init (GListModelInterface *iface);
static void pump_soon (GwMatterListModel *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (GwMatterListModel,
                               gw_matter_list_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static guint row_loaded_signal (void);

static void
page_free (Page *page)
{
  g_object_unref (page->self);
  g_free (page);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

static gboolean
is_fresh (GwMatterListModel *self, GwMatterItem *item)
{
  return gw_matter_item_get_seq (item) >= self->selection->seq;
}

/* Forgets rows that nobody shows and nobody asked for lately. */
static void
forget_old (GwMatterListModel *self)
{
  GHashTableIter iter;
  gpointer value = NULL;

  if (g_hash_table_size (self->items) <= GW_LIST_KEEP)
    return;
  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (gw_matter_item_get_cells (value)->len == 0 &&
        gw_matter_item_get_touched (value) + GW_LIST_KEEP / 2 < self->touches)
      g_hash_table_iter_remove (&iter);
}

static GwMatterItem *
item_at (GwMatterListModel *self, guint position)
{
  gint64 id = self->selection->ids[position];
  GwMatterItem *item = g_hash_table_lookup (self->items, &id);
  gint64 *key = NULL;

  if (item != NULL)
    return item;
  key = g_new (gint64, 1);
  *key = id;
  item = gw_matter_item_new (id);
  gw_matter_item_set_touched (item, self->touches);
  g_hash_table_insert (self->items, key, item);
  return item;
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Page) page = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = gw_session_fetch_rows_finish (GW_SESSION (source), result, &error);
  GwMatterListModel *self = page->self;

  if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  for (guint i = 0; i < page->n; i++)
    {
      GwMatterItem *item = g_hash_table_lookup (self->items, &page->ids[i]);

      if (item == NULL)
        continue;
      /* After an error the old row stays and is not asked for again until the data changes. */
      gw_matter_item_set_seq (item, page->seq);
      if (rows != NULL && i < rows->len)
        gw_matter_item_take_row (item, g_steal_pointer (&g_ptr_array_index (rows, i)));
      g_signal_emit (self, row_loaded_signal (), 0, item);
    }
  if (error != NULL)
    g_warning ("reading rows of the list: %s", error->message);
  pump_soon (self);
}

/* Collects the stale rows of the page that @position lies in. */
static void
start_read (GwMatterListModel *self, guint position)
{
  Page *page = g_new0 (Page, 1);
  guint first = position - position % GW_LIST_PAGE;
  guint end = MIN (first + GW_LIST_PAGE, self->selection->n);

  page->self = g_object_ref (self);
  page->seq = self->selection->seq;
  for (guint i = first; i < end; i++)
    if (!is_fresh (self, item_at (self, i)))
      page->ids[page->n++] = self->selection->ids[i];
  self->reading = g_cancellable_new ();
  gw_session_fetch_rows_async (self->session, page->ids, page->n, self->reading, read_cb, page);
}

/* The newest wish first: it is where the reader looks now. */
static gboolean
pump_cb (gpointer data)
{
  GwMatterListModel *self = data;

  self->pump = 0;
  while (self->reading == NULL && self->wanted->len > 0)
    {
      guint position = g_array_index (self->wanted, guint, self->wanted->len - 1);

      g_array_set_size (self->wanted, self->wanted->len - 1);
      if (self->selection != NULL && position < self->selection->n &&
          !is_fresh (self, item_at (self, position)))
        start_read (self, position);
    }
  return G_SOURCE_REMOVE;
}

static void
pump_soon (GwMatterListModel *self)
{
  if (self->session != NULL && self->pump == 0 && self->reading == NULL && self->wanted->len > 0)
    self->pump = g_idle_add_full (G_PRIORITY_HIGH_IDLE, pump_cb, self, NULL);
}

static void
want (GwMatterListModel *self, guint position)
{
  guint *last =
      self->wanted->len > 0 ? &g_array_index (self->wanted, guint, self->wanted->len - 1) : NULL;

  /* A screen asks for its lines one after the other; one wish a page is enough. */
  if (last != NULL && *last / GW_LIST_PAGE == position / GW_LIST_PAGE)
    return;
  if (self->wanted->len > 64)
    g_array_remove_range (self->wanted, 0, 32);
  g_array_append_val (self->wanted, position);
  pump_soon (self);
}

static GType
get_item_type (GListModel *model)
{
  return GW_TYPE_MATTER_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  GwMatterListModel *self = GW_MATTER_LIST_MODEL (model);

  return self->selection != NULL ? self->selection->n : 0;
}

static gpointer
get_item (GListModel *model, guint position)
{
  GwMatterListModel *self = GW_MATTER_LIST_MODEL (model);
  GwMatterItem *item = NULL;

  if (position >= get_n_items (model))
    return NULL;
  item = item_at (self, position);
  gw_matter_item_set_touched (item, ++self->touches);
  if (!is_fresh (self, item))
    want (self, position);
  g_object_ref (item);
  forget_old (self);
  return item;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
gw_matter_list_model_dispose (GObject *object)
{
  GwMatterListModel *self = GW_MATTER_LIST_MODEL (object);

  g_clear_handle_id (&self->pump, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (gw_matter_list_model_parent_class)->dispose (object);
}

static void
gw_matter_list_model_finalize (GObject *object)
{
  GwMatterListModel *self = GW_MATTER_LIST_MODEL (object);

  g_hash_table_unref (self->items);
  g_array_unref (self->wanted);
  g_clear_pointer (&self->selection, gw_selection_unref);
  G_OBJECT_CLASS (gw_matter_list_model_parent_class)->finalize (object);
}

static void
gw_matter_list_model_class_init (GwMatterListModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = gw_matter_list_model_dispose;
  object_class->finalize = gw_matter_list_model_finalize;
  g_signal_new ("row-loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, GW_TYPE_MATTER_ITEM);
}

static guint
row_loaded_signal (void)
{
  return g_signal_lookup ("row-loaded", GW_TYPE_MATTER_LIST_MODEL);
}

static void
gw_matter_list_model_init (GwMatterListModel *self)
{
  self->items = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  self->wanted = g_array_new (FALSE, FALSE, sizeof (guint));
}

GwMatterListModel *
gw_matter_list_model_new (GwSession *session)
{
  GwMatterListModel *self = g_object_new (GW_TYPE_MATTER_LIST_MODEL, NULL);

  self->session = g_object_ref (session);
  return self;
}

/* What is shown now and is not what the journal says any more. */
static void
want_shown (GwMatterListModel *self)
{
  GHashTableIter iter;
  gpointer value = NULL;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      gint position = -1;

      if (gw_matter_item_get_cells (value)->len == 0 || is_fresh (self, value))
        continue;
      position = gw_selection_find (self->selection, gw_matter_item_get_id (value));
      if (position >= 0)
        want (self, (guint)position);
    }
}

void
gw_matter_list_model_set_selection (GwMatterListModel *self, GwSelection *selection)
{
  g_autoptr (GwSelection) old = self->selection;
  guint n_old = old != NULL ? old->n : 0, n_new = selection != NULL ? selection->n : 0;
  guint head = 0, tail = 0;

  g_return_if_fail (GW_IS_MATTER_LIST_MODEL (self));
  while (head < MIN (n_old, n_new) && old->ids[head] == selection->ids[head])
    head++;
  while (tail < MIN (n_old, n_new) - head &&
         old->ids[n_old - 1 - tail] == selection->ids[n_new - 1 - tail])
    tail++;

  self->selection = selection != NULL ? gw_selection_ref (selection) : NULL;
  g_array_set_size (self->wanted, 0);
  if (n_old - head - tail > 0 || n_new - head - tail > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), head, n_old - head - tail,
                                n_new - head - tail);
  if (self->selection != NULL)
    want_shown (self);
}

GwSelection *
gw_matter_list_model_get_selection (GwMatterListModel *self)
{
  g_return_val_if_fail (GW_IS_MATTER_LIST_MODEL (self), NULL);
  return self->selection;
}

guint
gw_matter_list_model_n_kept (GwMatterListModel *self)
{
  g_return_val_if_fail (GW_IS_MATTER_LIST_MODEL (self), 0);
  return g_hash_table_size (self->items);
}
