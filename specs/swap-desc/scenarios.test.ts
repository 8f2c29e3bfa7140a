import { describe, expect, it } from 'vitest'
import { properties } from './properties.js'
import { protectionPairs } from './protection-pairs.js'
import { Refines } from './refines-page.js'
import { scenarios } from './scenarios.js'
import { protections } from './state.js'

describe('swap_desc', () => {
  it('has a scenario without each protection', () => {
    const absent = Object.values(protectionPairs).map(({ without }) => without)
    expect([...new Set(absent)].sort()).toEqual([...protections].sort())
  })

  it('breaks each property that is its own', () => {
    const ofKernel = ['NoDoubleFree', 'LockingCorrect']
    const own = [...properties, Refines].map((p) => p.name).filter((name) => !ofKernel.includes(name))
    const broken = scenarios.flatMap(({ expect: { property } }) => property ?? [])
    expect(own.filter((name) => !broken.includes(name))).toEqual([])
  })
})
