import { defineConfig } from 'vitest/config'

/** Tests that run the built command; the build comes first. */
const built = [
  'src/{browser,command-line,disk,interruption,readme,reporters,several-workers}.test.ts',
  'src/*-command.test.ts',
  'package.test.ts',
]

export default defineConfig({
  test: {
    testTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'source',
          include: ['{checker,specs,src}/**/*.test.ts', '*.test.ts'],
          exclude: built,
          typecheck: { enabled: true, include: ['**/*.test-d.ts'], tsconfig: './tsconfig.json' },
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        // First, and one file after the other: some want the second core for a thread of their own.
        test: { name: 'command', include: built, globalSetup: 'src/testing/build.ts', maxWorkers: 1, sequence: { groupOrder: 0 } },
      },
    ],
  },
})
