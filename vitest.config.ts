import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{checker,specs,src}/**/*.test.ts', '*.test.ts'],
    typecheck: { enabled: true, include: ['**/*.test-d.ts'], tsconfig: './tsconfig.json' },
    testTimeout: 60_000,
  },
})
