/** What Mermaid itself makes of a sequence diagram. */
import mermaid from 'mermaid'

export interface Drawn {
  readonly lanes: readonly string[]
  /** Messages and notes, as they are shown. */
  readonly texts: readonly string[]
}

/** @throws where it is no diagram */
export async function draw(lines: readonly string[]): Promise<Drawn> {
  await mermaid.parse(lines.join('\n'))
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(lines.join('\n'))
  const { getActors, getMessages } = db as unknown as {
    getActors(): ReadonlyMap<string, { readonly description: string }>
    getMessages(): readonly { readonly message?: string }[]
  }
  return {
    lanes: [...getActors.call(db).values()].map(({ description }) => shown(description)),
    texts: getMessages.call(db).map(({ message }) => shown(String(message ?? ''))),
  }
}

/** Mermaid keeps `#59;` as `ﬂ°°59¶ß`. */
function shown(text: string): string {
  return text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)))
}
