/**
 * Probes of zswap inside its locks. Kprobes are not allowed in lib/xarray.c, which no tracer may enter: what xa_store() and xa_erase() do is seen where they drop
 * xa_lock, in _raw_spin_unlock(), by the addresses that it will return to.
 */
import type { Btf } from './btf.js'
import { disassemble, type Instruction } from './disassembly.js'
import { addressOf, callsOf, savedArgument, unlockSites } from './lock-sites.js'
import { RecordingFault } from './recording-fault.js'
import type { Symbols } from './symbols.js'

/** What is probed in one place. */
export interface Probe {
  /** A line for kprobe_events. */
  readonly line: string
  /** Where not every hit is of interest. */
  readonly filter?: string
}

interface Kernel {
  readonly vmlinux: string
  readonly symbols: Symbols
  readonly btf: Btf
}

const GROUP = 'swapcheck'
const UNLOCK = '_raw_spin_unlock'
/** Who changes zswap's tree by xa_store() and xa_erase(). */
const callers = ['zswap_store', 'zswap_load', 'zswap_invalidate'] as const

/** @throws RecordingFault where a function is not as the recorder needs it */
export function zswapLockProbes(kernel: Kernel): Probe[] {
  const trees = (['xa_store', 'xa_erase'] as const).map((name) => treeProbe(kernel, name))
  return [...trees, cmpxchgProbe(kernel), ...(['add', 'del'] as const).flatMap((what) => lruProbes(kernel, what))]
}

/** In xa_lock, behind the change: who called, and whether there was an entry. */
function treeProbe({ vmlinux, symbols }: Kernel, name: 'xa_store' | 'xa_erase'): Probe {
  const instructions = disassemble(vmlinux, symbols, name)
  const [site, ...more] = unlockSites(instructions, symbols)
  if (site === undefined || more.length > 0 || site.result === undefined)
    throw new RecordingFault(`${name}() does not drop xa_lock in the way that the recorder knows`)
  const returns = callers.flatMap((caller) => returnsFrom(vmlinux, symbols, caller, name))
  if (returns.length === 0) throw new RecordingFault(`no call of ${name}() was found in ${callers.join('(), ')}()`)
  const by = returns.map((address) => `by==0x${address}`).join('||')
  return {
    line: `p:${GROUP}/tree_${name} ${UNLOCK} from=+0(%sp):x64 by=+${8 + site.frame}(%sp):symbol was=%${site.result}:x64`,
    filter: `tree_${name} from==0x${addressOf(symbols, name, site.next)}&&(${by})`,
  }
}

function returnsFrom(vmlinux: string, symbols: Symbols, caller: string, callee: string): string[] {
  const instructions = disassemble(vmlinux, symbols, caller)
  const behind = (offset: number): Instruction | undefined => instructions[instructions.findIndex((i) => i.offset === offset) + 1]
  return callsOf(callee, instructions, symbols).flatMap((offset) => {
    const next = behind(offset)
    return next === undefined ? [] : [addressOf(symbols, caller, next.offset)]
  })
}

/** xa_cmpxchg() is inlined in zswap_writeback_entry(). */
function cmpxchgProbe({ vmlinux, symbols }: Kernel): Probe {
  const name = 'zswap_writeback_entry'
  const instructions = disassemble(vmlinux, symbols, name)
  const [call] = callsOf('__xa_cmpxchg', instructions, symbols)
  const site = unlockSites(instructions, symbols).find(({ offset }) => call !== undefined && offset > call)
  const old = instructions.filter(({ offset }) => offset < (call ?? 0)).findLast(({ operands }) => operands.endsWith(',%rdx'))
  const wanted = /^%r(\w+),%rdx$/.exec(old?.operands ?? '')?.[1]
  if (site?.result === undefined || wanted === undefined) throw new RecordingFault(`no xa_cmpxchg() was found in ${name}()`)
  return { line: `p:${GROUP}/tree_xa_cmpxchg ${name}+${site.offset} was=%${site.result}:x64 wanted=%${wanted}:x64` }
}

/** In the lock of a list of the LRU, behind the change: which entry, and whether it was one. */
function lruProbes({ vmlinux, symbols, btf }: Kernel, what: 'add' | 'del'): Probe[] {
  const name = `list_lru_${what}`
  const instructions = disassemble(vmlinux, symbols, name)
  const sites = unlockSites(instructions, symbols)
  const [lru, item] = [savedArgument(instructions, 'rdi'), savedArgument(instructions, 'rsi')]
  if (lru === undefined || item === undefined || sites.length === 0 || sites.some(({ returned }) => returned === undefined))
    throw new RecordingFault(`${name}() does not drop its lock in the way that the recorder knows`)
  const toEntry = btf.offsetOf('zswap_entry', 'swpentry') - btf.offsetOf('zswap_entry', 'lru')
  const entry = `${toEntry < 0 ? '-' : '+'}${Math.abs(toEntry)}(%${item}):x64`
  return sites.map(({ offset, returned }, i) => ({
    line: `p:${GROUP}/lru_${what}_${i} ${name}+${offset} lru=%${lru}:x64 entry=${entry} ret=\\${returned}:u8`,
    filter: `lru_${what}_${i} lru==0x${symbols.extentOf('zswap_list_lru').from}`,
  }))
}
