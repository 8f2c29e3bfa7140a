/** What of userfaultfd move and copy-on-write a scenario may take out. */
export const other_protections = [
  'look whether the folio is still the one of the entry',
  'look into the swap cache again under the page table locks',
  'lock the folio before it is moved',
  'look at both PTEs again under the page table locks',
  'lock the folio before it is reused',
  'count the references to the folio again once it is locked',
  'pte_same in wp_page_copy',
  'hold the old folio while it is copied',
] as const
