/** SARIF 2.1.0, the format in which code scanning takes findings: a result for each, with the steps of each process where they are written. */
import { createHash } from 'node:crypto'
import type { Log, ReportingDescriptor, Result } from 'sarif'
import type { Locate } from '../locate/region.js'
import { version } from '../version.js'
import { documentReporter, type Told } from './document.js'
import { type Finding, messageOf, traceOf } from './finding.js'
import { definitionsOf, placeOf, propertyOf, type Regions } from './place.js'
import type { Reporter } from './report.js'
import { type Rule, ruleOf } from './rule.js'
import { codeFlowOf } from './sarif-flow.js'
import { SOURCE_ROOT, sarifLocation } from './sarif-location.js'

export function sarifReporter(locate: Locate): Reporter {
  return documentReporter((told) => `${JSON.stringify(sarif(told, locate), null, 2)}\n`)
}

export function sarif({ findings, isWhole }: Told, locate: Locate): Log {
  const regions = locate(findings.flatMap(definitionsOf))
  const rules = [...new Map(findings.map((finding) => [ruleOf(finding).id, ruleOf(finding)])).values()]
  const results = findings.map((finding) => resultOf(finding, rules, regions))
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'swapcheck', semanticVersion: version, rules: rules.map(descriptorOf) } },
        invocations: [{ executionSuccessful: isWhole }],
        originalUriBaseIds: { [SOURCE_ROOT]: { description: { text: 'The root of the repository that the specs are in.' } } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  }
}

function descriptorOf({ id, name, sentence }: Rule): ReportingDescriptor {
  return {
    id,
    name,
    shortDescription: { text: name },
    fullDescription: { text: sentence },
    help: { text: `${sentence} A result shows a shortest behaviour in which it is not so.` },
    defaultConfiguration: { level: 'error' },
  }
}

function resultOf(finding: Finding, rules: readonly Rule[], regions: Regions): Result {
  const rule = ruleOf(finding)
  const text = [...messageOf(finding), ...(finding.story === undefined ? [] : [finding.story]), `again: ${finding.again}`].join('\n')
  const flow = codeFlowOf(finding, regions)
  return {
    ruleId: rule.id,
    ruleIndex: rules.findIndex(({ id }) => id === rule.id),
    ...levelOf(finding),
    message: { text },
    locations: [sarifLocation(traceOf(finding)?.steps.at(-1)?.step ?? finding.scenario.id, placeOf(finding, regions))],
    ...relatedLocations(finding, rule, regions),
    partialFingerprints: { primaryLocationLineHash: fingerprintOf(finding, rule) },
    ...(flow && { codeFlows: [flow] }),
  }
}

/** What is expected is worth a note; what is not known is open. */
function levelOf({ isExpected, verdict }: Finding): Pick<Result, 'kind' | 'level'> {
  if (verdict.kind === 'incomplete') return { kind: 'open', level: 'none' }
  return { kind: 'fail', level: isExpected ? 'note' : 'error' }
}

function relatedLocations(finding: Finding, rule: Rule, regions: Regions): Pick<Result, 'relatedLocations'> {
  const property = propertyOf(finding)
  const region = property && regions.get(property)
  if (region === undefined) return {}
  return { relatedLocations: [{ id: 1, ...sarifLocation(rule.name, region), message: { text: `${rule.name}: ${rule.sentence}` } }] }
}

/** The same as long as the same steps of the same scenario end alike, wherever they are written. */
function fingerprintOf(finding: Finding, rule: Rule): string {
  const steps = traceOf(finding)?.steps.map(({ process, step, args, picks }) => [process, step, args, picks]) ?? []
  const hash = createHash('sha256').update(JSON.stringify([rule.id, finding.scenario.id, steps]))
  return `${hash.digest('hex').slice(0, 16)}:1`
}
