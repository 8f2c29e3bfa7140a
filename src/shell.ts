/** Commands as one types them. */

/** Quotes the words that a shell would not take as they are. */
export function inShell(...words: readonly string[]): string {
  return words.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ')
}
