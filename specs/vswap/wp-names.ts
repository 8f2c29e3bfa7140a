/** What of copy-on-write a scenario may take out. */
export const wp_protections = [
  'lock the folio before it is reused',
  'count the references to the folio again once it is locked',
  'pte_same in wp_page_copy',
  'hold the old folio while it is copied',
] as const
