// Format, lint, types, walls and rules: no database, seconds. Two steps at a time, each one's words in one piece.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { checkout, compiledEnv, setUp } from './setup.mjs'

const bin = (name) => join(checkout, 'node_modules', '.bin', name)

const report = join(checkout, '.cache', 'test', 'rules.json')
const rules = ['run', '--project', 'rules', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]

const steps = [
  // what it found is kept, so that the next time it looks at what changed alone
  ['types', () => [bin('tsc'), '--noEmit', '--incremental', '--tsBuildInfoFile', '.cache/types.tsbuildinfo']],
  ['rules', (node) => [node, join(checkout, 'node_modules', 'vitest', 'vitest.mjs'), ...rules]],
  ['lint', () => [bin('oxlint'), '--quiet']],
  ['walls', (node) => [node, join(checkout, 'test', 'walls', 'check.ts')]],
  ['format', () => [bin('oxfmt'), '--check']],
]

/** Answers `{ passed, failed }`: each step counts as one, and so does each test of a rule. */
export async function check(runtime) {
  mkdirSync(join(report, '..'), { recursive: true })
  rmSync(report, { force: true })
  const waiting = [...steps]
  const failed = []
  async function work() {
    for (let step = waiting.shift(); step != null; step = waiting.shift()) {
      const [name, commandFor] = step
      const begun = Date.now()
      const { status, output } = await capture(commandFor(runtime), runtime)
      const took = `${((Date.now() - begun) / 1000).toFixed(1)} s`
      console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(8)} ${took}`)
      if (status !== 0) {
        failed.push(name)
        console.log(output.trimEnd())
      }
    }
  }
  await Promise.all([work(), work()])
  const tests = rulesCounted()
  const failedSteps = failed.filter((name) => name !== 'rules' || tests.failed === 0).length
  const passedSteps = steps.length - 1 - failed.filter((name) => name !== 'rules').length
  const failures = [...failed.filter((name) => name !== 'rules' || tests.failures.length === 0), ...tests.failures]
  return { passed: passedSteps + tests.passed, failed: failedSteps + tests.failed, failures }
}

function rulesCounted() {
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
    return { passed: numPassedTests, failed: numFailedTests, failures: failuresOf(testResults) }
  } catch {
    return { passed: 0, failed: 0, failures: [] }
  }
}

/** What failed in vitest's JSON report, a line each: file, name of the test, first line of its message. */
export function failuresOf(testResults) {
  const line = (file, name, message) =>
    `${relative(checkout, file)} > ${name}: ${(message ?? '').trim().split('\n')[0]}`
  return testResults.flatMap(({ name: file, status, message, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed')
    if (failed.length === 0 && status === 'failed') return [line(file, 'the file', message)]
    return failed.map((one) => line(file, one.fullName, one.failureMessages[0]))
  })
}

function capture([file, ...args], runtime) {
  return new Promise((done) => {
    // npm's tools start with "#!/usr/bin/env node": the pinned runtime stands first in the path.
    const path = `${join(runtime, '..')}:${process.env.PATH}`
    const child = spawn(file, args, {
      cwd: checkout,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...compiledEnv, ...process.env, PATH: path },
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    child.stderr.on('data', (chunk) => (output += chunk))
    child.once('error', (error) => done({ status: 127, output: error.message }))
    child.once('close', (status) => done({ status, output }))
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { failed } = await check(await setUp())
  process.exit(failed === 0 ? 0 : 1)
}
