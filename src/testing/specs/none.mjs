/** A module that is no module of specs. */
export const something = 1
