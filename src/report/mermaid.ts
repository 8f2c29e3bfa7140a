/** Markdown with a sequence diagram for each counterexample: GitHub and GitLab draw it in a pull request or an issue. */
import { documentReporter } from './document.js'
import { type Finding, messageOf, traceOf } from './finding.js'
import { markdownText } from './markdown.js'
import type { Reporter } from './report.js'
import { sequenceDiagram } from './sequence-diagram.js'

export function mermaidReporter(): Reporter {
  return documentReporter(({ findings, summary }) => `${[...findings.flatMap(section), markdownText(summary)].join('\n')}\n`)
}

/** One finding, as a part of a page: lines without an end. */
export function section(finding: Finding): string[] {
  const { scenario, story, again } = finding
  const trace = traceOf(finding)
  const paragraphs = [
    `**${markdownText(scenario.title)}**`,
    ...(story === undefined ? [] : [story.split('\n').map(markdownText).join('\n')]),
    messageOf(finding).map(markdownText).join('<br>'),
  ]
  return [
    `### ${markdownText(scenario.id)}`,
    '',
    ...paragraphs.flatMap((paragraph) => [paragraph, '']),
    ...(trace === undefined ? [] : ['```mermaid', ...sequenceDiagram(finding, trace), '```', '']),
    `Again: ${markdownText(again)}`,
    '',
  ]
}
