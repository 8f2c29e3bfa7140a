/**
 * What swapping must look like to those whose pages are swapped: a page is what was last written to it until it is zapped, wherever it is
 * meanwhile. Nothing here says how; it is short, so that it can be believed at a glance. Whatever swaps refines it.
 *
 * A step is atomic. A store is of one page; what else happens may happen to several at once. What happens to a page changes nothing of another. To
 * load a page changes nothing at all, and is no step.
 */
import { array, bool, choose, domain, type Id, int, language, oneOf, type RecordView, record, schema } from '../../checker/index.js'

/** The pages of processes, by their page table entries: as many as there are in what refines this. */
const Pte = domain('pte', 2, { symmetric: true })
/** What a page holds: a number that changes with every store. 0 is nobody's data. */
const Data = int(0, 3)

const state = schema({
  page: array(
    Pte,
    record({
      /** none: not there. in: loads and stores go to it. out: they wait for it to come in. lost: they end in SIGBUS. */
      is: oneOf('none', 'in', 'out', 'lost'),
      /** What its owner last stored. */
      written: Data,
      /** What a load gives, at once or when the page is in. */
      loads: Data,
    }),
  ),
  /** A device has failed to read. */
  failed: bool,
})

type State = RecordView<typeof state.fields>
type Page = State['page'][Id<'pte'>]

const { action, guard, invariant, spec } = language(state, {
  protections: ['bring in what went out', 'lose a page to a failed read alone'],
})

const Store = action('Store', {
  params: { p: Pte },
  guard: (s, { p }) => s.page[p].is === 'in',
  effect(s, { p }) {
    const written = s.page[p].written === 3 ? 1 : s.page[p].written + 1
    Object.assign(s.page[p], { written, loads: written })
  },
})

/** Some of the pages that are one of these, or none. */
function some(s: State, ...kinds: readonly Page['is'][]): readonly Id<'pte'>[] {
  return s.page.ids.filter((p) => kinds.includes(s.page[p].is) && choose([false, true]))
}

const SwapOut = action('SwapOut', {
  guard: () => true,
  effect(s) {
    for (const p of some(s, 'in')) s.page[p].is = 'out'
  },
})

const SwapIn = action('SwapIn', {
  guard: () => true,
  effect(s) {
    for (const p of some(s, 'out')) {
      s.page[p].is = 'in'
      if (!guard('bring in what went out')) s.page[p].loads = choose([0, 1, 2, 3])
    }
  },
})

const Fork = action('Fork', {
  params: { parent: Pte, child: Pte },
  guard: (s, { parent, child }) => (s.page[parent].is === 'in' || s.page[parent].is === 'out') && s.page[child].is === 'none',
  effect(s, { parent, child }) {
    const { is, written, loads } = s.page[parent]
    Object.assign(s.page[child], { is, written, loads })
  },
})

/** userfaultfd move */
const Move = action('Move', {
  params: { src: Pte, dst: Pte },
  guard: (s, { src, dst }) => s.page[src].is === 'out' && s.page[dst].is === 'none',
  effect(s, { src, dst }) {
    const { is, written, loads } = s.page[src]
    Object.assign(s.page[dst], { is, written, loads })
    Object.assign(s.page[src], { is: 'none', written: 0, loads: 0 })
  },
})

const Zap = action('Zap', {
  guard: () => true,
  effect(s) {
    for (const p of some(s, 'in', 'out', 'lost')) Object.assign(s.page[p], { is: 'none', written: 0, loads: 0 })
  },
})

const Fail = action('Fail', {
  guard: (s) => !s.failed,
  effect(s) {
    s.failed = true
  },
})

const Lose = action('Lose', {
  guard: (s) => s.failed || !guard('lose a page to a failed read alone'),
  effect(s) {
    for (const p of some(s, 'out')) Object.assign(s.page[p], { is: 'lost', written: 0, loads: 0 })
  },
})

const LoadsTheLastWrite = invariant('LoadsTheLastWrite', 'What a load of a page gives is what was last stored there.', (s) =>
  s.page.ids.every((p) => s.page[p].loads === s.page[p].written),
)

const LostToAFailure = invariant('LostToAFailure', 'No page is lost as long as no read has failed.', (s) =>
  s.page.ids.every((p) => s.page[p].is !== 'lost' || s.failed),
)

export const page = spec({
  name: 'page',
  title: 'Pages that are what was last written to them',
  /** What refines this begins with pages that somebody has written, in memory or swapped out. */
  init(s) {
    for (const p of s.page.ids) {
      const is = choose(['none', 'in', 'out'])
      if (is === 'none') continue
      const written = choose([1, 2, 3])
      Object.assign(s.page[p], { is, written, loads: written })
    }
  },
  actions: [Store, SwapOut, SwapIn, Fork, Move, Zap, Fail, Lose],
  properties: [LoadsTheLastWrite, LostToAFailure],
})
