/** mm/z3fold.c: z3fold_reclaim_page() against z3fold_free() of the one object of a page (v5.12 to v5.18). */
import { assert, blocked, known, ref, ret } from '../../checker/index.js'
import { atomic_dec_and_test, atomic_inc } from '../kernel/atomic.js'
import { free, live } from '../kernel/memory.js'
import { spin_lock, spin_trylock, spin_unlock } from '../kernel/spinlock.js'
import { guard, procedure, type State, Z3fold } from './state.js'
import { WarnNever } from './warn-never.js'

/** __release_z3fold_page(zhdr, locked), until it takes pool->lock. */
function release_z3fold_page(s: State, zhdr: State['z3fold']['ids'][number]): void {
  assert(!live(s.z3fold, zhdr).on_buddy, 'WARN_ON(!list_empty(&zhdr->buddy))', WarnNever)
}

/** spin_lock(&pool->lock); if (!list_empty(&page->lru)) list_del_init(&page->lru); spin_unlock(&pool->lock); and free_z3fold_page() */
function free_z3fold_page(s: State, zhdr: State['z3fold']['ids'][number]): void {
  const it = live(s.z3fold, zhdr)
  it.in_lru = false
  it.claimed = false
  it.page_lock.owner = 0
  free(s.z3fold, zhdr)
}

export const z3fold_free = procedure(
  'z3fold_free',
  { args: { zhdr: Z3fold } },
  {
    /** zhdr = get_z3fold_header(handle): z3fold_page_trylock(zhdr), until it has the lock */
    get_z3fold_header(s, me) {
      const zhdr = s.z3fold[me.zhdr]
      if (zhdr.life === 'free') return ret()
      return spin_lock(zhdr.page_lock, me.self) ? 'PAGE_CLAIMED' : blocked
    },
    /** page_claimed = test_and_set_bit(PAGE_CLAIMED, &page->private); … zhdr->first_chunks = 0; */
    PAGE_CLAIMED(s, me) {
      const zhdr = live(s.z3fold, me.zhdr)
      if (zhdr.claimed) return 'z3fold_page_unlock'
      zhdr.claimed = true
      return 'kref_put'
    },
    /** if (kref_put(&zhdr->refcount, release_z3fold_page_locked_list)): spin_lock(&pool->lock); list_del_init(&zhdr->buddy); */
    kref_put(s, me) {
      const zhdr = live(s.z3fold, me.zhdr)
      if (!atomic_dec_and_test(zhdr, 'refcount')) {
        zhdr.claimed = false
        return 'z3fold_page_unlock'
      }
      return 'release_z3fold_page'
    },
    /** list_del_init(&zhdr->buddy); __release_z3fold_page(zhdr, true); with pool->lock */
    release_z3fold_page(s, me) {
      if (!spin_trylock(s.z3fold_lock, me.self)) return blocked
      live(s.z3fold, me.zhdr).on_buddy = false
      release_z3fold_page(s, me.zhdr)
      free_z3fold_page(s, me.zhdr)
      spin_unlock(s.z3fold_lock, me.self)
      return ret()
    },
    /** z3fold_page_unlock(zhdr); what compacts the page is left out */
    z3fold_page_unlock(s, me) {
      spin_unlock(live(s.z3fold, me.zhdr).page_lock, me.self)
      return ret()
    },
  },
)

export const z3fold_reclaim_page = procedure(
  'z3fold_reclaim_page',
  { locals: { zhdr: ref(Z3fold) } },
  {
    /** spin_lock(&pool->lock); list_for_each_prev(pos, &pool->lru) { */
    spin_lock(s, me) {
      if (!spin_lock(s.z3fold_lock, me.self)) return blocked
      me.zhdr = s.z3fold.ids.find((id) => s.z3fold[id].in_lru) ?? 0
      if (me.zhdr === 0) return 'spin_unlock'
      return guard('get a reference to the z3fold page once its lock is held') ? 'z3fold_page_trylock' : 'kref_get_unless_zero'
    },
    /** if (kref_get_unless_zero(&zhdr->refcount) == 0) break; until v5.18 */
    kref_get_unless_zero(s, me) {
      const zhdr = live(s.z3fold, me.zhdr)
      if (zhdr.refcount === 0) return 'spin_unlock'
      atomic_inc(zhdr, 'refcount')
      return 'z3fold_page_trylock'
    },
    /** if (!z3fold_page_trylock(zhdr)) { kref_put(&zhdr->refcount, release_z3fold_page); continue; } without the put since v5.19 */
    z3fold_page_trylock(s, me) {
      if (spin_trylock(live(s.z3fold, me.zhdr).page_lock, me.self)) return 'PAGE_CLAIMED'
      return guard('get a reference to the z3fold page once its lock is held') ? 'spin_unlock' : 'kref_put'
    },
    /** kref_put(&zhdr->refcount, release_z3fold_page): WARN_ON(!list_empty(&zhdr->buddy)); … spin_lock(&pool->lock); which it holds */
    kref_put(s, me) {
      const zhdr = known(me.zhdr)
      if (!atomic_dec_and_test(live(s.z3fold, zhdr), 'refcount')) return 'spin_unlock'
      release_z3fold_page(s, zhdr)
      spin_lock(s.z3fold_lock, me.self)
      free_z3fold_page(s, zhdr)
      return 'spin_unlock'
    },
    /** if (zhdr->foreign_handles || test_and_set_bit(PAGE_CLAIMED, &page->private)) …; list_del_init(&zhdr->buddy); kref_get(&zhdr->refcount); list_del_init(&page->lru); spin_unlock(&pool->lock); */
    PAGE_CLAIMED(s, me) {
      const zhdr = live(s.z3fold, me.zhdr)
      zhdr.claimed = true
      zhdr.on_buddy = false
      zhdr.in_lru = false
      if (guard('get a reference to the z3fold page once its lock is held')) atomic_inc(zhdr, 'refcount')
      spin_unlock(s.z3fold_lock, me.self)
      return 'z3fold_page_unlock'
    },
    /** z3fold_page_unlock(zhdr); … pool->ops->evict(pool, first_handle); which cannot be had, and returns -EAGAIN */
    z3fold_page_unlock(s, me) {
      spin_unlock(live(s.z3fold, me.zhdr).page_lock, me.self)
      return 'z3fold_page_lock'
    },
    /** next: z3fold_page_lock(zhdr); if (kref_put(&zhdr->refcount, release_z3fold_page_locked)) return 0; */
    z3fold_page_lock(s, me) {
      const zhdr = live(s.z3fold, me.zhdr)
      if (!spin_lock(zhdr.page_lock, me.self)) return blocked
      atomic_dec_and_test(zhdr, 'refcount')
      return 'putback'
    },
    /** spin_lock(&pool->lock); list_add(&page->lru, &pool->lru); spin_unlock(&pool->lock); z3fold_page_unlock(zhdr); clear_bit(PAGE_CLAIMED, &page->private); */
    putback(s, me) {
      const zhdr = live(s.z3fold, me.zhdr)
      zhdr.in_lru = true
      zhdr.claimed = false
      spin_unlock(zhdr.page_lock, me.self)
      return ret()
    },
    /** spin_unlock(&pool->lock); return -EAGAIN; */
    spin_unlock(s, me) {
      spin_unlock(s.z3fold_lock, me.self)
      return ret()
    },
  },
)
