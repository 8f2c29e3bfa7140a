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

/** What each shows, how many stores are probed, and how many of the damaged ones are rejected; of others, why not. */
const RECORDINGS = [
  {
    name: 'plain',
    stores: 18,
    figures: {
      events: 31657,
      held: 21642,
      slots: 511,
      sets: 298,
    },
    controls: [
      'dropped 425 of 500, end 14, idle 33, path 28',
      'doubled 469 of 500, idle 31',
      'swapped 375 of 500, order 93, path 32',
      'value 500 of 500',
      'thread 211 of 500, anybody 289',
    ],
  },
  {
    name: 'zram',
    stores: 19,
    figures: {
      events: 27521,
      held: 20361,
      slots: 511,
      sets: 40,
    },
    controls: [
      'dropped 442 of 500, end 15, idle 36, path 7',
      'doubled 471 of 500, idle 29',
      'swapped 409 of 500, order 85, path 6',
      'value 500 of 500',
      'thread 274 of 500, anybody 226',
    ],
  },
  {
    name: 'shmem',
    stores: 19,
    figures: {
      events: 65464,
      held: 51563,
      slots: 1022,
      sets: 40,
    },
    controls: [
      'dropped 453 of 500, end 8, idle 36, path 3',
      'doubled 473 of 500, idle 27',
      'swapped 410 of 500, order 79, path 11',
      'value 500 of 500',
      'thread 255 of 500, anybody 245',
    ],
  },
  {
    name: 'zswap',
    stores: 19,
    figures: {
      events: 102933,
      held: 80845,
      slots: 703,
      sets: 132,
    },
    controls: [
      'dropped 460 of 500, end 4, idle 29, path 7',
      'doubled 478 of 500, idle 22',
      'swapped 430 of 500, order 63, path 7',
      'value 500 of 500',
      'thread 305 of 500, anybody 195',
    ],
  },
  {
    name: 'zswap-on-zram',
    stores: 18,
    figures: {
      events: 14395,
      held: 10892,
      slots: 415,
      sets: 84,
    },
    controls: [
      'dropped 422 of 500, end 39, idle 31, path 8',
      'doubled 480 of 500, end 1, idle 19',
      'swapped 411 of 500, order 82, path 7',
      'value 500 of 500',
      'thread 300 of 500, anybody 200',
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

describe.each(RECORDINGS)('$name', ({ name, stores, figures, controls }) => {
  test('says what kernel it is of, and how it was made', async () => {
    const { kernel, variant, workload, probes, cpus } = (await provenanceOf(name)) ?? {}
    expect({ release: kernel?.release, package: kernel?.package, variant, cpus }).toEqual({
      release: '6.12.117+deb12-amd64',
      package: 'linux-image-6.12.117+deb12-amd64_6.12.117-1~deb12u1_amd64.deb',
      variant: name,
      cpus: 2,
    })
    expect(workload?.result).toContain(' wrong 0 ')
    expect(probes?.filter((probe) => /\/(store|continued)_/.test(probe))).toHaveLength(stores)
    expect(probes?.filter((probe) => /\/(tree|lru)_/.test(probe))).toHaveLength(7)
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
