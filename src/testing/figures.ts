/** What a search reports wherever it keeps its states; the rest depends on the place, and on the machine. */
export function figuresIn(json: string): object {
  const { verdict, asExpected, distinct, generated, depth, frontierMax, coverage, trace } = JSON.parse(json)
  return { verdict, asExpected, distinct, generated, depth, frontierMax, coverage, trace }
}
