import { expect, test } from 'vitest'
import { explore, ret, rewrite } from '../../checker/index.js'
import { scenarios } from '../index.js'

test('a swap count that is never given back is a leak, though nobody misses it on the way', () => {
  const scenario = scenarios.find(({ id }) => id === 'vswap/zap-vs-zap')
  if (scenario === undefined) throw new Error('there is no such scenario')
  const leaking = rewrite(scenario, ({ procedure, run }) => (procedure.name === 'vswap_free_nr_any_cache_only' ? () => ret(false) : run))
  expect(explore(leaking).verdict).toMatchObject({ kind: 'violated', property: 'NoLeak', by: 'quiescent' })
})
