/**
 * The fast way to expand a state: what `System.expand` does, as source generated for one system. Words are copied one by one, guards,
 * effects and steps are called directly, so that V8 can inline them, and nothing is allocated. A step that throws is left to
 * `System.expand`, which runs the state again and skips what was delivered: both find the same successors in the same order.
 */
import type { ScalarArray } from '../schema/scalar-array.js'
import { blocked } from './outcome.js'
import type { RunningProcess } from './running-process.js'
import type { Sink, System } from './system.js'

/** Calls the sink for each successor of the state in `system.current`. */
export type Expand = (sink: Sink) => void

/** Beyond this many words or elements, loops are shorter than the code that they would be unrolled to. */
const UNROLLED = 64

export function compileExpand(system: System): Expand {
  const values = new Map<string, unknown>([
    ['s', system.s],
    ['w', system.w],
    ['c', system.current],
    ['blocked', blocked],
    ['choices', system.choices],
    ['recover', (sink: Sink, delivered: number) => system.expand(skipping(sink, delivered))],
  ])
  const state = stateSource(system, values)
  const actions = actionsSource(system, values, state)
  const kinds = kindsSource(system, values, state)
  const source = `
    let delivered = 0, changed = false;
    ${kinds.functions}
    return function expand(sink) {
      ${state.load}
      delivered = 0;
      changed = false;
      try {
        ${actions}
        ${kinds.calls}
      } catch (error) {
        choices.close();
        recover(sink, delivered);
      }
    }`
  return new Function(...values.keys(), source)(...values.values()) as Expand
}

/** Passes on what comes after the first `count` successors. */
function skipping(sink: Sink, count: number): Sink {
  let left = count
  return {
    successor(step, actor) {
      if (left > 0) left--
      else sink.successor(step, actor)
    },
    failure: (error, step, actor) => sink.failure(error, step, actor),
  }
}

interface StateSource {
  readonly load: string
  /** After a step that was taken: packs what it wrote to arrays. */
  readonly commit: string
  /** After `commit`: undoes the step. */
  readonly undo: string
  /** Undoes a step that answered `blocked`. */
  readonly undoBlocked: string
}

function stateSource(system: System, values: Map<string, unknown>): StateSource {
  const words = system.words <= UNROLLED ? range(system.words, (i) => `w[${i}] = c[${i}];`) : 'w.set(c);'
  const arrays = system.view.arrays.map((array, k) => arraySource(array, k, values))
  const restore = arrays.map((a) => a.restore).join(' ')
  return {
    load: `${words} ${arrays.map((a) => a.load).join(' ')}`,
    commit: arrays.map((a) => a.commit).join('\n'),
    undo: `${words} ${arrays.length > 0 ? `if (changed) { changed = false; ${restore} }` : ''}`,
    undoBlocked: `${words} ${arrays.map((a, i) => `if (${a.hasChanged}) a${i}.restore();`).join('\n')}`,
  }
}

function arraySource(array: ScalarArray, k: number, values: Map<string, unknown>) {
  values.set(`a${k}`, array)
  values.set(`e${k}`, array.elements)
  values.set(`l${k}`, array.loaded)
  values.set(`v${k}`, array.values)
  const { length } = array.loaded
  const isStray = `e${k}.length !== ${length} || e${k}[0] !== undefined`
  if (length > UNROLLED || array.values.length === 0) return loopedArraySource(k, length, isStray)
  const elements = list(length - 1, (i) => ({ e: `e${k}[${i + 1}]`, l: `l${k}[${i + 1}]`, ...array.at(i + 1) }))
  const stores = elements.map(({ e, l }, i) => `if (${e} !== ${l}) { a${k}.store(${i + 1}); changed = true; }`)
  return {
    load: elements.map(({ e, l, word, shift, mask }) => `${e} = ${l} = v${k}[(c[${word}] >>> ${shift}) & ${mask}];`).join(' '),
    restore: elements.map(({ e, l }) => `${e} = ${l};`).join(' '),
    commit: `if (${isStray}) a${k}.commit(); ${stores.join(' ')}`,
    hasChanged: [isStray, ...elements.map(({ e, l }) => `${e} !== ${l}`)].join(' || '),
  }
}

function loopedArraySource(k: number, length: number, isStray: string) {
  const store = `for (let i = 1; i < ${length}; i++) if (e${k}[i] !== l${k}[i]) { a${k}.store(i); changed = true; }`
  return { load: `a${k}.load();`, restore: `a${k}.restore();`, commit: `if (${isStray}) a${k}.commit(); ${store}`, hasChanged: 'true' }
}

function actionsSource(system: System, values: Map<string, unknown>, { commit, undo }: StateSource): string {
  return system.scenario.spec.actions
    .map((action, k) => {
      const first = system.actions.findIndex((instance) => instance.step === k)
      values.set(`guard${k}`, action.guard)
      values.set(`effect${k}`, action.effect)
      values.set(
        `args${k}`,
        system.actions.filter((instance) => instance.step === k).map((instance) => instance.args),
      )
      return `
        for (let i = 0; i < args${k}.length; i++) {
          const args = args${k}[i];
          if (!guard${k}(s, args)) continue;
          choices.reset();
          do {
            effect${k}(s, args);
            ${commit}
            choices.close();
            delivered++;
            sink.successor(${k}, ${first} + i);
            ${undo}
          } while (choices.wereMade && choices.next());
        }`
    })
    .join('\n')
}

/** One function for each kind of process (its name and its procedure), and the calls of them in the order of the processes. */
function kindsSource(system: System, values: Map<string, unknown>, state: StateSource): { functions: string; calls: string } {
  const procedures = [...new Set(system.configuration.processes.map((p) => p.layout.root))]
  const kinds = new Map<string, number[]>()
  system.configuration.processes.forEach(({ process, layout }, i) => {
    const kind = `${process.name}/${procedures.indexOf(layout.root)}`
    kinds.set(kind, [...(kinds.get(kind) ?? []), i])
  })
  const functions: string[] = []
  const calls: string[] = []
  for (const members of kinds.values()) {
    const k = functions.length
    functions.push(kindSource(system, k, members, values, state))
    members.forEach((process, q) => {
      calls[process] = `kind${k}(${q}, ${process}, sink);`
    })
  }
  return { functions: functions.join('\n'), calls: calls.join(' ') }
}

function kindSource(system: System, k: number, members: readonly number[], values: Map<string, unknown>, state: StateSource): string {
  const processes = members.flatMap((i) => system.processes[i] ?? [])
  const [first] = processes
  if (first === undefined) return ''
  values.set(`processes${k}`, processes)
  values.set(
    `word${k}`,
    Int32Array.from(processes, (p) => p.pcBits.word),
  )
  values.set(
    `shift${k}`,
    Int32Array.from(processes, (p) => p.pcBits.shift),
  )
  values.set(
    `steps${k}`,
    processes.map((p) => p.steps),
  )
  values.set(
    `index${k}`,
    Int32Array.from(first.steps, (_, pc) => system.stepAt(members[0] ?? 0, pc)),
  )
  const jumps = new Jumps(first)
  values.set(`jumps${k}`, jumps)
  values.set(`label${k}`, jumps.label)
  values.set(`target${k}`, jumps.target)
  const cases = first.steps.map((step, pc) => {
    if (step === undefined) return ''
    values.set(`run${k}_${pc}`, step.run)
    values.set(
      `me${k}_${pc}`,
      processes.map((p) => p.steps[pc]?.frame.me),
    )
    return `case ${pc}: r = run${k}_${pc}(s, me${k}_${pc}[q]); break;`
  })
  const { mask } = first.pcBits
  return `
    function kind${k}(q, actor, sink) {
      const o = word${k}[q], h = shift${k}[q], pc = (w[o] >>> h) & ${mask};
      if (pc === 0) return;
      choices.reset();
      do {
        let r;
        switch (pc) { ${cases.join(' ')} }
        if (r !== blocked) {
          if (typeof r === 'string') {
            const next = label${k}[pc] === r ? target${k}[pc] : jumps${k}.find(pc, r);
            w[o] = (w[o] & ~(${mask} << h)) | (next << h);
          } else processes${k}[q].advance(steps${k}[q][pc], r);
          ${state.commit}
          choices.close();
          delivered++;
          sink.successor(index${k}[pc], actor);
          ${state.undo}
        } else {
          ${state.undoBlocked}
        }
      } while (choices.wereMade && choices.next());
    }`
}

/** Where the labels of each step lead: the last one that it answered is kept at hand, as most steps answer the same again. */
class Jumps {
  readonly label: string[]
  readonly target: Int32Array
  readonly #process: RunningProcess

  constructor(process: RunningProcess) {
    this.#process = process
    this.label = process.steps.map(() => '')
    this.target = new Int32Array(process.steps.length)
  }

  /** @throws Error where the step's procedure has no such label; `System.expand` then says it better */
  find(pc: number, label: string): number {
    const target = this.#process.steps[pc]?.frame.pcOf.get(label)
    if (target === undefined) throw new Error(`no step '${label}'`)
    this.label[pc] = label
    this.target[pc] = target
    return target
  }
}

function list<T>(count: number, source: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => source(i))
}

function range(count: number, source: (i: number) => string): string {
  return list(count, source).join(' ')
}
