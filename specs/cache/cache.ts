/**
 * What a cache of somebody else's data must look like to those who read through it: it may forget, and never lies. What it gives for a name is what was put
 * there under that name, and, once it has been told that names of a kind are invalid and has answered, nothing from before. What is locked in it does not
 * forget, unless it is invalid. Nothing here says how. fscache refines it.
 *
 * A step is atomic. To look something up changes nothing, and is no step. The loss of power is none either: what it makes the cache forget, it forgets.
 */
import { array, bool, choose, domain, type Id, language, oneOf, type RecordView, record, schema } from '../../checker/index.js'

/** The names: as many as there are in what refines this. */
const Key = domain('key', 2, { symmetric: true })

const state = schema({
  entry: array(
    Key,
    record({
      /** What a lookup gives: nothing, what the name stood for before the change, what it stands for since, or something else. */
      gives: oneOf('nothing', 'old', 'new', 'else'),
      locked: bool,
      /** Is the name of the kind that becomes invalid? Constant. */
      changes: bool,
    }),
  ),
  /** Names of that kind stand for other data from now on. */
  changed: bool,
  /** The cache has been told, and has answered. */
  told: bool,
})

type State = RecordView<typeof state.fields>
type Entry = State['entry'][Id<'key'>]

const { action, guard, invariant, spec } = language(state, {
  protections: ['put what the name stands for', 'answer when nothing from before is left'],
})

const Put = action('Put', {
  params: { k: Key },
  guard: (s, { k }) => s.entry[k].gives === 'nothing',
  effect(s, { k }) {
    const entry = s.entry[k]
    const olds = s.told && entry.changes ? [] : (['old'] as const)
    const news = s.changed && entry.changes ? (['new'] as const) : []
    const others = guard('put what the name stands for') ? [] : (['else'] as const)
    entry.gives = choose([...olds, ...news, ...others])
  },
})

const Lock = action('Lock', {
  params: { k: Key },
  guard: (s, { k }) => s.entry[k].gives !== 'nothing',
  effect(s, { k }) {
    s.entry[k].locked = true
  },
})

const isInvalid = (s: State, { changes, gives }: Entry): boolean => s.changed && changes && gives === 'old'

const Forget = action('Forget', {
  guard: () => true,
  effect(s) {
    for (const k of s.entry.ids) {
      const entry = s.entry[k]
      const may = entry.gives !== 'nothing' && (!entry.locked || isInvalid(s, entry))
      if (may && choose([false, true])) Object.assign(entry, { gives: 'nothing', locked: false })
    }
  },
})

const Change = action('Change', {
  guard: (s) => !s.changed,
  effect(s) {
    s.changed = true
  },
})

const Answer = action('Answer', {
  guard: (s) =>
    s.changed && !s.told && (!guard('answer when nothing from before is left') || s.entry.ids.every((k) => !isInvalid(s, s.entry[k]))),
  effect(s) {
    s.told = true
  },
})

const NeverLies = invariant('NeverLies', 'What the cache gives for a name is what that name stands for, or has stood for.', (s) =>
  s.entry.ids.every((k) => s.entry[k].gives !== 'else'),
)

const NothingFromBefore = invariant(
  'NothingFromBefore',
  'Once the cache has answered that names are invalid, it gives nothing from before for them.',
  (s) => !s.told || s.entry.ids.every((k) => !isInvalid(s, s.entry[k])),
)

export const cache = spec({
  name: 'cache',
  title: 'A cache that may forget, and never lies',
  init(s) {
    for (const k of s.entry.ids) {
      const entry = s.entry[k]
      entry.changes = choose([false, true])
      entry.gives = choose(['nothing', 'old'])
      if (entry.gives === 'old') entry.locked = choose([false, true])
    }
  },
  actions: [Put, Lock, Forget, Change, Answer],
  properties: [NeverLies, NothingFromBefore],
})
