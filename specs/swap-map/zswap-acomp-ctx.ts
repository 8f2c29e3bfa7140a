/** mm/zswap.c: the compression contexts of the CPUs, of which one goes away (v5.11 to v6.13; v6.14 has the protection). */
import { assert, blocked, choose, known, ref, ret } from '../../checker/index.js'
import { NoUseAfterFree } from '../kernel/memory.js'
import { spin_lock, spin_unlock } from '../kernel/spinlock.js'
import { AcompCpu, guard, procedure } from './state.js'

/** zswap_compress(page, entry, pool), or zswap_decompress(entry, folio), on whatever CPU; the task may be moved to another at any time. */
export const zswap_compress = procedure(
  'zswap_compress',
  { locals: { acomp_ctx: ref(AcompCpu) } },
  {
    /** acomp_ctx = raw_cpu_ptr(pool->acomp_ctx); of the CPU that it is on now */
    raw_cpu_ptr(s, me) {
      me.acomp_ctx = choose(s.acomp_ctx.ids.filter((cpu) => s.acomp_ctx[cpu].online))
      return 'mutex_lock'
    },
    /** mutex_lock(&acomp_ctx->mutex); */
    mutex_lock(s, me) {
      return spin_lock(s.acomp_ctx[known(me.acomp_ctx)].mutex, me.self) ? 'crypto_acomp_compress' : blocked
    },
    /**
     * if (likely(acomp_ctx->req)) …; mutex_unlock(&acomp_ctx->mutex), and from the start, since v6.13; crypto_wait_req(crypto_acomp_compress(acomp_ctx->req), &acomp_ctx->wait)
     */
    crypto_acomp_compress(s, me) {
      const acomp_ctx = s.acomp_ctx[known(me.acomp_ctx)]
      if (!acomp_ctx.req && guard('hold the compression context from the choice of a CPU to the end of its use')) {
        spin_unlock(acomp_ctx.mutex, me.self)
        return 'raw_cpu_ptr'
      }
      assert(acomp_ctx.req, 'use after free: acomp_ctx->req', NoUseAfterFree)
      return 'dlen'
    },
    /** dlen = acomp_ctx->req->dlen; when the request is done */
    dlen(s, me) {
      assert(s.acomp_ctx[known(me.acomp_ctx)].req, 'use after free: acomp_ctx->req', NoUseAfterFree)
      return 'mutex_unlock'
    },
    /** mutex_unlock(&acomp_ctx->mutex); */
    mutex_unlock(s, me) {
      spin_unlock(s.acomp_ctx[known(me.acomp_ctx)].mutex, me.self)
      return ret()
    },
  },
)

/** cpu_down(cpu): from here no task runs there, and what did was moved. */
export const cpu_down = procedure(
  'cpu_down',
  { args: { cpu: AcompCpu } },
  {
    /** set_cpu_online(cpu, false); */
    set_cpu_online(s, me) {
      s.acomp_ctx[me.cpu].online = false
      return guard('hold the compression context from the choice of a CPU to the end of its use') ? 'mutex_lock' : 'acomp_request_free'
    },
    /** zswap_cpu_comp_dead(cpu, node): mutex_lock(&acomp_ctx->mutex); since v6.13 */
    mutex_lock(s, me) {
      return spin_lock(s.acomp_ctx[me.cpu].mutex, me.self) ? 'acomp_request_free' : blocked
    },
    /** acomp_request_free(acomp_ctx->req); acomp_ctx->req = NULL; crypto_free_acomp(acomp_ctx->acomp); kfree(acomp_ctx->buffer); */
    acomp_request_free(s, me) {
      s.acomp_ctx[me.cpu].req = false
      return guard('hold the compression context from the choice of a CPU to the end of its use') ? 'mutex_unlock' : ret()
    },
    /** mutex_unlock(&acomp_ctx->mutex); */
    mutex_unlock(s, me) {
      spin_unlock(s.acomp_ctx[me.cpu].mutex, me.self)
      return ret()
    },
  },
)
