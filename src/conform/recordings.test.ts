/** The recordings that come with swapcheck: what real kernels did is a behaviour of the spec, and damaged it mostly is not. */
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { recordedSpecs } from '../../specs/index.js'
import { JsonlReader } from '../recording/jsonl-reader.js'
import { linesOf } from '../recording/line-source.js'
import { readRecording } from '../recording/read-recording.js'
import type { Provenance, RecordedEvent } from '../recording/recording.js'
import { conform } from './conform.js'
import { type Control, controlsOf } from './controls.js'

const [spec] = recordedSpecs
if (spec === undefined) throw new Error('there is a spec for recordings')

const fileOf = (name: string): string => fileURLToPath(new URL(`../../specs/swap-map/recordings/${name}.jsonl.br`, import.meta.url))

const EACH = 500

/** What each shows, and how many of the damaged ones are rejected; of others, why not. */
const RECORDINGS = [
  {
    name: 'plain',
    figures: {
      events: 47187,
      held: 31527,
      slots: 511,
      sets: 159,
    },
    controls: [
      'dropped 435 of 500, end 7, idle 30, path 28',
      'doubled 459 of 500, idle 41',
      'swapped 378 of 500, order 96, path 26',
      'value 500 of 500',
      'thread 183 of 500, anybody 317',
    ],
  },
  {
    name: 'zram',
    figures: {
      events: 72618,
      held: 51674,
      slots: 511,
      sets: 35,
    },
    controls: [
      'dropped 446 of 500, end 13, idle 39, path 2',
      'doubled 459 of 500, idle 41',
      'swapped 402 of 500, order 90, path 8',
      'value 500 of 500',
      'thread 216 of 500, anybody 284',
    ],
  },
  {
    name: 'shmem',
    figures: {
      events: 73342,
      held: 56072,
      slots: 1022,
      sets: 32,
    },
    controls: [
      'dropped 455 of 500, end 4, idle 36, path 5',
      'doubled 464 of 500, idle 36',
      'swapped 408 of 500, order 85, path 7',
      'value 500 of 500',
      'thread 251 of 500, anybody 249',
    ],
  },
  {
    name: 'zswap',
    figures: {
      events: 90866,
      held: 64865,
      slots: 639,
      sets: 85,
    },
    controls: [
      'dropped 480 of 500, end 2, idle 16, path 2',
      'doubled 476 of 500, idle 24',
      'swapped 423 of 500, order 63, path 14',
      'value 500 of 500',
      'thread 282 of 500, anybody 218',
    ],
  },
] as const

async function eventsOf(name: string): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for await (const batch of readRecording(fileOf(name))) events.push(...batch)
  return events
}

async function provenanceOf(name: string): Promise<Provenance | undefined> {
  const reader = new JsonlReader(name)
  for await (const [line = ''] of linesOf(fileOf(name))) {
    reader.line(line, [])
    return reader.provenance
  }
  return undefined
}

/** `dropped 431 of 500, idle 30, path 39`. */
function asText({ damage, tried, rejected, accepted }: Control): string {
  const reasons = Object.entries(accepted).filter(([, times]) => times > 0)
  return [`${damage} ${rejected} of ${tried}`, ...reasons.map(([reason, times]) => `${reason} ${times}`)].join(', ')
}

describe.each(RECORDINGS)('$name', ({ name, figures, controls }) => {
  test('says what kernel it is of, and how it was made', async () => {
    const { kernel, variant, workload, probes, cpus } = (await provenanceOf(name)) ?? {}
    expect({ release: kernel?.release, package: kernel?.package, variant, cpus }).toEqual({
      release: '6.12.117+deb12-amd64',
      package: 'linux-image-6.12.117+deb12-amd64_6.12.117-1~deb12u1_amd64.deb',
      variant: name,
      cpus: 2,
    })
    expect(workload?.result).toContain(' wrong 0 ')
    expect(probes?.filter((probe) => probe.includes('/store_'))).toHaveLength(19)
  })

  test('is accepted', async () => {
    const { tally, unexplained } = await conform(fileOf(name), spec, { workers: 1, progress: () => undefined })
    expect(unexplained).toBeUndefined()
    expect({ events: tally.events, held: tally.held, slots: tally.slots, sets: tally.sets }).toEqual(figures)
  })

  test('is rejected when it is damaged, or there is a reason', async () => {
    expect(controlsOf(spec, await eventsOf(name), { each: EACH, seed: 1 }).map(asText)).toEqual(controls)
  })
})
