import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { neverHit, placeOf } from './hits.js'

test('probes that no line of a trace is of', async () => {
  const trace = join(mkdtempSync(join(tmpdir(), 'swapcheck-hits-')), 'trace')
  writeFileSync(trace, '# tracer: nop\n  a-1 [000] .....  7: store_5: (__swap_duplicate+0xde/0x1a0) to=0x1 old=0 new=64 n=1\n')
  const probes = ['p:swapcheck/store_5 __swap_duplicate+222 to=%dx:x64', 'r:swapcheck/return_zswap_load zswap_load ret=$retval:u8']
  expect((await neverHit(trace, probes)).map(placeOf)).toEqual(['return_zswap_load (zswap_load)'])
})
