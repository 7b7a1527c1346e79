// Everything, with small seeds. What belongs to it: the steps of check.mjs and the projects of vitest.config.ts.
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { check, failuresOf } from './check.mjs'
import { checkout, run, setUp } from './setup.mjs'

const words = process.argv.slice(2)
const long = words.includes('--long')
const only = words.filter((word) => word !== '--long')
const runtime = await setUp({ web: true })
process.chdir(checkout)

const sum = { passed: 0, failed: 0, skipped: 0 }
/** What failed, a line each: a long run is often read from its end alone. */
const failures = []
const add = (counts) => {
  Object.keys(sum).forEach((key) => (sum[key] += counts[key] ?? 0))
  failures.push(...(counts.failures ?? []))
}

// `npm test -- capabilities` runs one project; the server job of .ci/run uses that.
if (only.length === 0) add(await check(runtime))
// the first two at once, so that neither waits for the last files of the other
const runs = [['capabilities', 'journeys'], ...(long ? [['long']] : [])]
for (const projects of only.length > 0 ? [only] : runs) add(await vitest(projects))

if (failures.length > 0) console.log(`\n${failures.map((line) => `Failed: ${line}`).join('\n')}`)
const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''
console.log(`\n${sum.passed} passed, ${sum.failed} failed${skipped}`)
process.exit(sum.failed === 0 ? 0 : 1)

async function vitest(projects) {
  const name = projects.join(', ')
  const report = join(checkout, '.cache', 'test', `${projects.join('-')}.json`)
  mkdirSync(join(report, '..'), { recursive: true })
  rmSync(report, { force: true })
  console.log(`\n${name}`)
  const vitestMain = join(checkout, 'node_modules', 'vitest', 'vitest.mjs')
  const chosen = projects.flatMap((project) => ['--project', project])
  const args = ['run', ...chosen, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  // Tests read LINCHPIN_LONG for their counts: the same test, more often.
  const env = long ? { LINCHPIN_LONG: '1' } : {}
  const status = await run(runtime, [vitestMain, ...args, '--passWithNoTests'], { env })
  try {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    const failures = failuresOf(testResults)
    // A file that cannot even be loaded holds no failed test, but it is a failure.
    const failed = Math.max(numFailedTests, status === 0 ? 0 : 1)
    if (failed > 0 && failures.length === 0) failures.push(`${name}: ended with status ${status}`)
    return { passed: numPassedTests, failed, skipped: numPendingTests, failures }
  } catch {
    return { passed: 0, failed: 1, failures: [`${name}: ended without a report`] }
  }
}
