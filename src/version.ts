/** The version in package.json, which lies beside `src` in the repository and beside `dist` in the package. */
import { createRequire } from 'node:module'

export const version: string = createRequire(import.meta.url)('swapcheck/package.json').version
