/** A write to memory.swap.tiers of a cgroup: there is a tier that it may not use any more. What becomes of its pages there depends on `migration`. */
import { blocked, call, known, nth, ref, ret } from '../../checker/index.js'
import { Entry, Folios } from '../kernel/anon/fields.js'
import { folio_put, held } from '../kernel/anon/folio.js'
import { folio_lock, folio_unlock } from '../kernel/folio-lock.js'
import { desc_of, release_backing } from './desc.js'
import { read_swap_cache } from './read-swap-cache.js'
import { guard, Memcg, procedure, Tier } from './state.js'

/** Of a configuration that leaves the pages where they are, or to kmigrated. */
export const swap_tiers_write = procedure(
  'swap_tiers_write',
  { args: { memcg: Memcg, tier: Tier } },
  {
    /** memcg->swap_tiers &= ~BIT(tier); if (lazy) wake_up(&kmigrated_wait); under the lock of the configuration */
    store(s, me) {
      s.memcg[me.memcg].swap_tiers.delete(me.tier)
      s.change = 'done'
      return ret()
    },
  },
)

/** Of a configuration that does not return before they have been brought in. */
export const swap_tiers_write_now = procedure(
  'swap_tiers_write_now',
  { args: { memcg: Memcg, tier: Tier }, locals: { entry: ref(Entry), folio: ref(Folios) }, calls: [read_swap_cache] },
  {
    /** memcg->swap_tiers &= ~BIT(tier); under the lock of the configuration */
    store(s, me) {
      s.memcg[me.memcg].swap_tiers.delete(me.tier)
      s.change = 'under way'
      me.entry = known(s.vswap_map.ids[0] ?? 0)
      return 'xa_for_each'
    },
    /** xa_for_each(&vswap_map, entry, desc) { spin_lock(&desc->lock); …; spin_unlock(&desc->lock); if (isThere) folio = read_swap_cache(entry); */
    xa_for_each(s, me) {
      const { memcg, slot } = s.vswap_map[known(me.entry)]
      const isThere = memcg === me.memcg && slot !== 0 && s.slot[slot].tier === me.tier
      return isThere ? call(read_swap_cache, { entry: known(me.entry) }, 'folio_lock', 'folio') : 'next'
    },
    /** if (!folio) goto retry; folio_lock(folio); */
    folio_lock(s, me) {
      if (me.folio === 0) return 'xa_for_each'
      return folio_lock(held(s, me.folio), me.self) ? 'release_backing' : blocked
    },
    /** spin_lock(&desc->lock); if (desc->slot is there still) { release_backing(desc); folio_mark_dirty(folio); } spin_unlock(&desc->lock); under the folio lock */
    release_backing(s, me) {
      const folio = held(s, me.folio)
      if (!folio.swapcache) return 'folio_unlock'
      const desc = desc_of(s, me.folio)
      if (desc.memcg !== me.memcg || desc.slot === 0 || s.slot[desc.slot].tier !== me.tier) return 'folio_unlock'
      release_backing(s, desc)
      if (guard('dirty the folio whose slot is taken away')) folio.dirty = true
      return 'folio_unlock'
    },
    folio_unlock(s, me) {
      folio_unlock(held(s, me.folio), me.self)
      return 'folio_put'
    },
    /** folio_put(folio); the same entry again, in case that it was another's folio */
    folio_put(s, me) {
      folio_put(s, me.folio)
      me.folio = 0
      return 'xa_for_each'
    },
    next(s, me) {
      me.entry = nth(s.vswap_map.ids, known(me.entry), 1)
      if (me.entry !== 0) return 'xa_for_each'
      s.change = 'done'
      return ret()
    },
  },
)
