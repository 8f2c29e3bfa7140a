/**
 * What is probed, as lines for kprobe_events (Documentation/trace/kprobetrace.rst). The names of events and arguments are those that
 * src/recording/ftrace-event.ts reads.
 */
import type { Btf } from './btf.js'
import { disassemble } from './disassembly.js'
import { callsOf } from './lock-sites.js'
import { type StoreSite, storeSites } from './probe-sites.js'
import { RecordingFault } from './recording-fault.js'
import type { Symbols } from './symbols.js'
import { type Probe, zswapLockProbes } from './zswap-probes.js'

const GROUP = 'swapcheck'

/** Its stores are to the continuation, in a lock of that. */
const CONTINUES = 'swap_count_continued'
/** Functions that must have a store, or the recording would lack it; what else of mm/swapfile.c stores is probed, too. */
const writers = ['__swap_duplicate', 'cluster_swap_free_nr', 'put_swap_folio', 'free_swap_and_cache_nr', 'swap_entry_range_free', CONTINUES]
/** The first and the last function of mm/swapfile.c that may store to swap_map. */
const [FIRST, LAST] = ['setup_swap_info', 'swap_duplicate']
/** These write to a map that no thread has yet, and their own variables. */
const notYetShared = /^__(do_sys|x64_sys|ia32_sys|se_sys)_swapon$/

export interface Kernel {
  readonly vmlinux: string
  readonly symbols: Symbols
  readonly btf: Btf
}

/** @throws RecordingFault where a function is not as the recorder needs it, so that a store could be missed */
export function probesOf(kernel: Kernel): Probe[] {
  const sites = swapMapStores(kernel)
  for (const name of writers) {
    if (!sites.some((site) => site.function === name)) {
      throw new RecordingFault(
        `no store to swap_map was found in ${name}(); this kernel's machine code is not what the recorder understands, which knows Linux 6.12`,
      )
    }
  }
  const lines = [
    ...sites.flatMap(storeProbe),
    ...deviceProbes(kernel),
    ...swapCacheProbes(kernel),
    ...zswapProbes(kernel),
    ...contextProbes(kernel),
  ]
  return [...lines.map((line) => ({ line })), ...(kernel.symbols.has('zswap_store') ? zswapLockProbes(kernel) : [])]
}

function swapMapStores({ vmlinux, symbols }: Kernel): StoreSite[] {
  const isMemset = (target: string): boolean => ['memset', '__memset', 'memset_orig'].includes(symbols.nameAt(target) ?? '')
  const functions = symbols.between(FIRST, LAST).filter((name) => !notYetShared.test(name) && !name.includes('.'))
  return functions.flatMap((name) => storeSites(name, disassemble(vmlinux, symbols, name), isMemset))
}

/** None of the store that makes a byte of a continuation 0 before it is counted in: what was there before is no count. */
function storeProbe({ function: name, offset, base, value, length }: StoreSite, i: number): string[] {
  const isContinuation = name === CONTINUES
  if (isContinuation && value === 0) return []
  const stored = typeof value === 'number' ? `\\${value}` : `%${value}`
  const count = length === undefined ? '\\1' : `%${length}`
  const event = isContinuation ? 'continued' : 'store'
  return [`p:${GROUP}/${event}_${i} ${name}+${offset} to=%${base}:x64 old=+0(%${base}):u8 new=${stored}:u8 n=${count}:u64`]
}

function deviceProbes({ btf }: Kernel): string[] {
  const member = (name: string, type: string): string => `+${btf.offsetOf('swap_info_struct', name)}(%di):${type}`
  return [
    `p:${GROUP}/device _enable_swap_info type=${member('type', 's8')} map=${member('swap_map', 'x64')} max=${member('max', 'u32')}`,
    `p:${GROUP}/call_swapoff __x64_sys_swapoff`,
    `r:${GROUP}/return_swapoff __x64_sys_swapoff ret=$retval:s64`,
  ]
}

/** In xa_lock: the store of add_to_swap_cache() is a call; __delete_from_swap_cache() is called with the lock held. */
function swapCacheProbes({ vmlinux, symbols, btf }: Kernel): string[] {
  const entry = `+${btf.offsetOf('folio', 'swap')}(%si):x64`
  const calls = callsOf('xas_store', disassemble(vmlinux, symbols, 'add_to_swap_cache'), symbols)
  if (calls.length === 0) throw new RecordingFault('no store to the swap cache was found in add_to_swap_cache()')
  return [
    ...calls.map((offset, i) => `p:${GROUP}/cache_add_${i} add_to_swap_cache+${offset} entry=${entry} folio=%si:x64`),
    `p:${GROUP}/cache_delete __delete_from_swap_cache entry=%si:x64 folio=%di:x64`,
  ]
}

/** Calls and returns of zswap; what it does inside its locks is in zswap-probes.ts. */
function zswapProbes({ symbols, btf }: Kernel): string[] {
  if (!symbols.has('zswap_store')) return []
  const member = (name: string): number => btf.offsetOf('zswap_entry', name)
  const toEntry = member('swpentry') - member('lru')
  return [
    `p:${GROUP}/call_zswap_entry_free zswap_entry_free entry=+${member('swpentry')}(%di):x64`,
    `p:${GROUP}/call_zswap_writeback_entry zswap_writeback_entry entry=%si:x64`,
    `r:${GROUP}/return_zswap_writeback_entry zswap_writeback_entry entry=$arg2:x64 ret=$retval:s32`,
    // Called in the LRU's lock.
    `p:${GROUP}/call_shrink_memcg_cb shrink_memcg_cb entry=${toEntry < 0 ? '-' : '+'}${Math.abs(toEntry)}(%di):x64`,
    `r:${GROUP}/return_zswap_store zswap_store entry=+${btf.offsetOf('folio', 'swap')}($arg1):x64 ret=$retval:u8`,
    `r:${GROUP}/return_zswap_load zswap_load entry=+${btf.offsetOf('folio', 'swap')}($arg1):x64 ret=$retval:u8`,
  ]
}

/** Calls and returns around those stores: which function a store was for. */
function contextProbes({ symbols, btf }: Kernel): string[] {
  const entryOf = (register: string): string => `entry=+${btf.offsetOf('folio', 'swap')}(%${register}):x64`
  const wanted: [name: string, args: string][] = [
    ['swap_duplicate', 'entry=%di:x64'],
    ['swapcache_prepare', 'entry=%di:x64'],
    ['swapcache_clear', 'entry=%si:x64'],
    ['swap_shmem_alloc', 'entry=%di:x64'],
    ['swap_free_nr', 'entry=%di:x64 n=%si:s32'],
    ['free_swap_and_cache_nr', 'entry=%di:x64 n=%si:s32'],
    ['folio_free_swap', entryOf('di')],
    ['__swap_writepage', entryOf('di')],
    ['swap_read_folio', entryOf('di')],
    ['zswap_store', entryOf('di')],
    ['zswap_load', entryOf('di')],
    ['zswap_invalidate', 'entry=%di:x64'],
    ['swap_count_continued', `type=+${btf.offsetOf('swap_info_struct', 'type')}(%di):s8 offset=%si:u64`],
  ]
  return wanted.filter(([name]) => symbols.has(name)).map(([name, args]) => `p:${GROUP}/call_${name} ${name} ${args}`)
}
