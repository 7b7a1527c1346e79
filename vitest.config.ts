import { defineConfig } from 'vitest/config'
import { chromiumPath } from './test/support/browser.ts'
import { LongestFirst } from './test/support/longest-first.ts'

/**
 * `rules` needs nothing but the code. `capabilities` has a PostgreSQL (test/support/database.ts), `journeys` a browser
 * too. `long` holds what only `npm run test:long` does; there the others run with their full counts.
 */
// The embedded server's own tests would only repeat themselves beside a server named from outside.
const elsewhere = process.env['TEST_DATABASE_URL'] == null ? [] : ['server/platform/embedded-postgres/**']

const isBrowser = chromiumPath() !== null
if (!isBrowser && process.argv.includes('journeys'))
  console.warn(
    'Browser journeys are left out: there is no Chromium here (install chromium-headless-shell or chromium, or name one in CHROMIUM).',
  )

export default defineConfig({
  test: {
    // Two cores: of three files one mostly waits for a peer, a timer or a page.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'rules',
          isolate: false,
          testTimeout: 60_000,
          include: [
            'server/**/rules/**/*.test.ts',
            'server/platform/**/*.rules.test.ts',
            'contract/**/*.test.ts',
            'web/**/*.test.ts',
            'test/walls/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'capabilities',
          // the server is loaded once for each worker, not for each file: a fifth of all the time
          isolate: false,
          include: [
            'server/**/*.test.ts',
            'test/{capabilities,permissions,fuzz,faults}/**/*.test.ts',
            'cli/**/*.test.ts',
            'demo/**/*.test.ts',
          ],
          exclude: ['server/**/rules/**', 'server/**/*.rules.test.ts', '**/node_modules/**', ...elsewhere],
          globalSetup: ['test/support/one-database.ts'],
          // what hangs ends a test; a busy machine alone does not
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'journeys',
          isolate: false,
          include: isBrowser ? ['test/journeys/**/*.test.ts'] : [],
          globalSetup: ['test/support/one-database.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'long',
          include: ['test/long/**/*.test.ts'],
          globalSetup: ['test/support/one-database.ts'],
          testTimeout: 60 * 60_000,
          hookTimeout: 10 * 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
