/** Runs in which every name that a spec can choose is the same text, whatever that is. */
import { explore, int, language, process, type Report, ret, scenario, schema } from '../../checker/index.js'
import type { Outcome } from '../judgement.js'
import type { Finding } from '../report/finding.js'

const { procedure, invariant, spec } = language(schema({ n: int(0, 3) }))
const up = procedure(
  'up',
  { locals: { seen: int(0, 3) } },
  {
    read(s, me) {
      me.seen = s.n
      return 'write'
    },
    write(s, me) {
      s.n = me.seen + 1
      return ret()
    },
  },
)
const counter = spec({ name: 'counter', title: '', properties: [invariant('Low', '', (s) => s.n < 2)] })
const two = scenario(counter, {
  name: 'two',
  title: '',
  run: [process('up', up)({}), process('up', up)({})],
  expect: { verdict: 'violated', property: 'Low', distinct: 1, generated: 1, depth: 1 },
})
const explored = explore(two)

/** That is not as expected. */
export function hostileOutcome(text: string): Outcome {
  return { report: hostileReport(text), judgement: { differences: [text], code: 12 } }
}

export function hostileFinding(text: string): Finding {
  const { scenario, verdict } = hostileReport(text)
  return { scenario, verdict, isExpected: false, differences: [text], again: text, story: text }
}

function hostileReport(text: string): Report {
  const { verdict } = explored
  if (verdict.kind !== 'violated') throw new Error(`the run gave ${verdict.kind}`)
  const { trace } = verdict
  const steps = trace.steps.map((step) => ({ ...step, step: text }))
  const named = { ...trace, processes: trace.processes.map(() => text), steps }
  return {
    ...explored,
    seconds: 1.25,
    scenario: {
      ...two,
      id: text,
      name: text,
      title: text,
      spec: { ...counter, name: text, properties: counter.properties.map((p) => ({ ...p, name: text })) },
    },
    verdict: { ...verdict, property: text, sentence: text, by: 'assertion', message: `${text}!`, trace: named },
  }
}

/** What each format takes for its own, and what none can write. */
export const hostileTexts = [
  ']]>',
  '<b>&amp;"\'</b>',
  '%0A%25::error::',
  'a,b:c',
  'line\nline\r\nline\n',
  'end',
  'note;#35;#',
  'style x:#1;',
  'classDef a:#1;',
  '%%{init: {}}%%',
  '%% remark',
  '```',
  '`*_~|[x](y)<!--@me #1',
  'a_b __c__',
  'wrap:x',
  'x->>y: z',
  '\u0000\u0007\u001b[31m\u0085\ufffe\ud800',
  ' ',
  '',
  '😀 é 漢',
] as const
