/**
 * The objects of the state in view, and what refers to what. An arrow to what is not allocated is dangling; of two arrows of the same kind to
 * one object, each is doubled. What is drawn is said in words below, too.
 */
import type { PageTrace } from '../page-data.js'
import { type Box, boxesOf, curve, sizeOf } from './boxes.js'
import { type Arrow, arrowsAt } from './drawn-arrows.js'

/** A drawing is not made narrower than this, in pixels: what has no room is scrolled. */
const READABLE = 576

export function Drawing({ trace, at }: { readonly trace: PageTrace; readonly at: number }) {
  const boxes = boxesOf(trace, at)
  if (boxes.length === 0) return null
  const arrows = arrowsAt(trace, at)
  const { width, height } = sizeOf(boxes)
  const byName = new Map(boxes.map((box) => [box.name, box]))
  return (
    <section class="drawing" aria-label="Objects and references">
      <h3>Objects</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled with keys, too */}
      <div class="scroll" tabIndex={0}>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          width={width}
          height={height}
          style={{ minWidth: `${Math.min(width, READABLE)}px` }}
          role="img"
          aria-label="Objects and arrows, as listed below"
        >
          <defs>
            {['sound', 'dangling', 'doubled'].map((kind) => (
              <marker key={kind} id={`head-${kind}`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
                <path d="M0 0 L8 4 L0 8 z" class={`head ${kind}`} />
              </marker>
            ))}
          </defs>
          {boxes.map((box) => (
            <ObjectBox key={box.name} box={box} />
          ))}
          {arrows.map((arrow) => (
            <ArrowLine key={`${arrow.from} ${arrow.label}`} arrow={arrow} from={byName.get(arrow.from)} to={byName.get(arrow.to)} />
          ))}
        </svg>
      </div>
      <ul class="arrows">
        {arrows.map((arrow) => (
          <li key={`${arrow.from} ${arrow.label}`} class={arrow.kind}>
            {arrow.from}.{arrow.label} → {arrow.to}
            {arrow.kind !== 'sound' && ` (${arrow.kind})`}
          </li>
        ))}
      </ul>
    </section>
  )
}

function ObjectBox({ box }: { readonly box: Box }) {
  return (
    <g class={`object ${box.isLive ? '' : 'dead'}`} transform={`translate(${box.x} ${box.y})`}>
      <rect width={box.width} height={box.height} rx="6" />
      <text x="8" y="17" class="object-name">
        {box.name}
      </text>
      {box.lines.map(({ text, isChanged }, i) => (
        <text key={text} x="8" y={33 + 14 * i} class={isChanged ? 'changed' : ''}>
          {text}
        </text>
      ))}
    </g>
  )
}

function ArrowLine({ arrow, from, to }: { readonly arrow: Arrow; readonly from: Box | undefined; readonly to: Box | undefined }) {
  if (from === undefined || to === undefined) return null
  return (
    <g class={`arrow ${arrow.kind}${arrow.isNew ? ' new' : ''}`}>
      <path d={curve(from, to)} marker-end={`url(#head-${arrow.kind})`}>
        <title>
          {arrow.from}.{arrow.label} → {arrow.to}
        </title>
      </path>
    </g>
  )
}
