/** Text from a file or a spec, made so that it cannot steer what it is shown on. */

/** Without control characters; line ends stay. */
export function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, '?')
}

/** The same on one line. */
export function printableLine(text: string): string {
  return text.replace(/\p{Cc}/gu, '?')
}

/** The same of text with colours, which stay. */
export function printableColored(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours are control characters
  return text.replace(/(\u001b\[\d+m)|[^\P{Cc}\n]/gu, (_, color?: string) => color ?? '?')
}
