import { defineConfig } from 'vitest/config'

/** Tests that run the built command, which want the second core for a thread of their own, or interrupt it at some moment. */
const alone = ['src/{disk,interruption,several-workers}.test.ts']
/** Others that run the built command. */
const built = ['src/{browser,command-line,readme,reporters}.test.ts', 'src/*-command.test.ts', 'package.test.ts']
/** What both start with. */
const globalSetup = 'src/testing/build.ts'
/** With how many others a file runs. */
const together = { maxWorkers: '100%', sequence: { groupOrder: 1 } }

/** The same, and with servers of a database: not part of `npm test`. */
const cluster = ['src/{clickhouse,places}.test.ts']

export default defineConfig({
  test: {
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'source',
          include: ['{checker,specs,src}/**/*.test.ts', '*.test.ts'],
          exclude: [...alone, ...built, ...cluster],
          typecheck: { enabled: true, include: ['**/*.test-d.ts'], tsconfig: './tsconfig.json' },
          ...together,
        },
      },
      {
        extends: true,
        test: { name: 'command', include: built, globalSetup, ...together },
      },
      {
        extends: true,
        // First, and one file after the other.
        test: { name: 'threads', include: alone, globalSetup, maxWorkers: 1, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: 'cluster',
          include: process.env.SWAPCHECK_CLUSTER === undefined ? [] : cluster,
          globalSetup,
          testTimeout: 1_200_000,
        },
      },
    ],
  },
})
