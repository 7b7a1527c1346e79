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
const projects = ['capabilities', 'journeys', ...(long ? ['long'] : [])]
for (const project of only.length > 0 ? only : projects) add(await vitest(project))

if (failures.length > 0) console.log(`\n${failures.map((line) => `Failed: ${line}`).join('\n')}`)
const skipped = sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''
console.log(`\n${sum.passed} passed, ${sum.failed} failed${skipped}`)
process.exit(sum.failed === 0 ? 0 : 1)

async function vitest(project) {
  const report = join(checkout, '.cache', 'test', `${project}.json`)
  mkdirSync(join(report, '..'), { recursive: true })
  rmSync(report, { force: true })
  console.log(`\n${project}`)
  const vitestMain = join(checkout, 'node_modules', 'vitest', 'vitest.mjs')
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  // Tests read LINCHPIN_LONG for their counts: the same test, more often.
  const env = long ? { LINCHPIN_LONG: '1' } : {}
  const status = await run(runtime, [vitestMain, ...args, '--passWithNoTests'], { env })
  try {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    const failures = failuresOf(testResults)
    // A file that cannot even be loaded holds no failed test, but it is a failure.
    const failed = Math.max(numFailedTests, status === 0 ? 0 : 1)
    if (failed > 0 && failures.length === 0) failures.push(`${project}: ended with status ${status}`)
    return { passed: numPassedTests, failed, skipped: numPendingTests, failures }
  } catch {
    return { passed: 0, failed: 1, failures: [`${project}: ended without a report`] }
  }
}
