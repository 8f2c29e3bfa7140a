/** Text in lines of at most `width` characters, broken at spaces; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  return fill(text.split(' '), width)
}

/** The same of words that may have spaces in them. */
export function fill(words: readonly string[], width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line === '') line = word
    else if (line.length + 1 + word.length <= width) line += ` ${word}`
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}

/** `a, b, c`, no line longer than the width. */
export function listed(items: readonly string[], width: number): string[] {
  return fill(
    items.map((item, i) => (i < items.length - 1 ? `${item},` : item)),
    width,
  )
}
