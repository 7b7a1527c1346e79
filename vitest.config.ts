import { defineConfig } from 'vitest/config'

/** Two projects: `rules` needs nothing but the code, `capabilities` a database (see test/README.md). */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'rules',
          include: ['server/**/rules/**/*.test.ts', 'server/platform/**/*.rules.test.ts', 'contract/**/*.test.ts', 'web/**/*.test.ts'],
        },
      },
    ],
  },
})
