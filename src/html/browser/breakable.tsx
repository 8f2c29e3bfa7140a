/** A name that may be broken where its words end, after a dot or an underscore. */
export function Breakable({ text }: { readonly text: string }) {
  return <>{text.split(/(?<=[._])/).map((word, i) => [i > 0 && <wbr />, word])}</>
}
