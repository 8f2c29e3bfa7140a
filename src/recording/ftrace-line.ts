/** A line of ftrace's text (Documentation/trace/ftrace.rst), from an event that a kprobe made. */

export interface FtraceLine {
  readonly pid: number
  readonly cpu: number
  readonly event: string
  /** The function of the probe; of a return, the one that returned. */
  readonly function: string
  readonly args: ReadonlyMap<string, string>
}

const shape = /^\s*\S.*?-(\d+)\s+(?:\([^)]*\)\s+)?\[(\d+)\]\s+(?:\S+\s+)?[\d.]+: (\w+): \(([^)]*)\)(.*)$/

/** @returns undefined where it is no such line */
export function ftraceLine(line: string): FtraceLine | undefined {
  const match = shape.exec(line)
  if (match === null) return undefined
  const [, pid, cpu, event = '', place = '', rest = ''] = match
  return { pid: Number(pid), cpu: Number(cpu), event, function: functionOf(place), args: argsOf(rest) }
}

/** `put_swap_folio+0xe1/0x260`, or `swap_duplicate+0x32/0x40 <- __swap_duplicate`. */
function functionOf(place: string): string {
  const arrow = place.indexOf(' <- ')
  return arrow < 0 ? (place.split('+', 1)[0] ?? '') : place.slice(arrow + 4)
}

function argsOf(text: string): Map<string, string> {
  const args = new Map<string, string>()
  for (const word of text.split(' ')) {
    const at = word.indexOf('=')
    if (at > 0) args.set(word.slice(0, at), word.slice(at + 1))
  }
  return args
}

const lost = /LOST (\d+) EVENTS/

/** How many events ftrace says it lost here; undefined where the line does not say so. */
export function lostEvents(line: string): number | undefined {
  const count = lost.exec(line)?.[1]
  return count === undefined ? undefined : Number(count)
}

/** What `# entries-in-buffer/entries-written: 5912/5912   #P:2` says. */
export function bufferedEntries(line: string): { readonly buffered: number; readonly written: number } | undefined {
  const match = /entries-in-buffer\/entries-written:\s*(\d+)\/(\d+)/.exec(line)
  return match === null ? undefined : { buffered: Number(match[1]), written: Number(match[2]) }
}
