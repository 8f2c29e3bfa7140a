/** What of userfaultfd move a scenario may take out. */
export const move_protections = [
  'look whether the folio is still the one of the entry',
  'look into the swap cache again under the page table locks',
  'lock the folio before it is moved',
  'look at both PTEs again under the page table locks',
] as const
