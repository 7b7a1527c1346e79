import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspectWalls, type Known } from './walls.ts'

/** A wall that nobody can run into is no wall: each sin is committed once in a copy, and must be named. */
const checkout = resolve(import.meta.dirname, '../..')
const parts = ['contract', 'server', 'web', 'cli']
let copy: string
const known: Known = new Map()

beforeAll(() => {
  copy = realpathSync(mkdtempSync(join(tmpdir(), 'linchpin-walls-')))
  for (const part of parts) cpSync(join(checkout, part), join(copy, part), { recursive: true })
  // a busy machine takes its time over thousands of files
}, 60_000)

afterAll(() => rmSync(copy, { recursive: true, force: true }))

const sins: { rule: string; files: Record<string, string> }[] = [
  {
    rule: 'no-circles',
    files: {
      'server/people/canary-a.ts': "export * from './canary-b.ts'",
      'server/people/canary-b.ts': "import { type A } from './canary-a.ts'\nexport type B = A",
    },
  },
  { rule: 'contract-imports-only-zod', files: { 'contract/canary.ts': "import 'kysely'" } },
  { rule: 'contract-imports-only-zod', files: { 'contract/canary.ts': "import '../server/platform/log.ts'" } },
  { rule: 'rules-see-only-rules-and-contract', files: { 'server/tickets/rules/canary.ts': "import '../store.ts'" } },
  { rule: 'rules-see-only-rules-and-contract', files: { 'server/tickets/rules/canary.ts': "import 'node:fs'" } },
  {
    rule: 'rules-see-only-rules-and-contract',
    files: { 'server/tickets/rules/canary.ts': "import '../../platform/db.ts'" },
  },
  { rule: 'store-only-from-its-own-folder', files: { 'server/tickets/canary.ts': "import '../people/store.ts'" } },
  { rule: 'store-only-from-its-own-folder', files: { 'server/main.ts': "import './people/store.ts'" } },
  { rule: 'others-only-through-public', files: { 'server/tickets/canary.ts': "import '../people/routes.ts'" } },
  { rule: 'others-only-through-public', files: { 'cli/canary.ts': "await import('../server/people/routes.ts')" } },
  { rule: 'ground-knows-no-capability', files: { 'server/platform/canary.ts': "import '../people/public.ts'" } },
  { rule: 'ground-knows-no-capability', files: { 'web/ui/canary.tsx': "import '../tickets/TicketPage.tsx'" } },
  { rule: 'web-never-imports-server', files: { 'web/tickets/canary.ts': "import '../../server/platform/log.ts'" } },
  { rule: 'web-never-imports-server', files: { 'web/tickets/canary.ts': "import 'node:fs'" } },
  { rule: 'server-never-imports-web', files: { 'server/tickets/canary.ts': "import '../../web/ui/Money.tsx'" } },
  { rule: 'floors-look-down', files: { 'server/people/canary.ts': "import '../tickets/public.ts'" } },
  { rule: 'floors-look-down', files: { 'server/tickets/canary.ts': "export { a } from '../procurement/public.ts'" } },
  { rule: 'floors-look-down', files: { 'web/people/canary.tsx': "import type { A } from '../tickets/columns.tsx'" } },
  { rule: 'unknown-folder', files: { 'server/helpers/canary.ts': 'export {}' } },
  { rule: 'unknown-folder', files: { 'web/utils/canary.ts': 'export {}' } },
  { rule: 'unreadable-module', files: { 'server/people/canary.ts': 'import {' } },
]

test.each(sins)('names the sin $rule in $files', ({ rule, files }) => {
  const names = Object.keys(files)
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(copy, name)), { recursive: true })
      writeFileSync(join(copy, name), text)
    }
    const found = inspectWalls(copy, known).violations.filter((each) =>
      names.some((name) => name.startsWith(each.from)),
    )
    expect(found.map((each) => each.rule)).toContain(rule)
  } finally {
    for (const name of names) restore(name)
  }
})

test('reads every module there is', () => {
  const counted = parts.flatMap((part) =>
    readdirSync(join(checkout, part), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /(?<!\.d)\.tsx?$/.test(name),
    ),
  )
  expect(inspectWalls(checkout).modules).toBe(counted.length)
  expect(counted.length).toBeGreaterThan(20)
})

test('an allowed import is no sin', () => {
  const file = 'server/tickets/canary.ts'
  mkdirSync(dirname(join(copy, file)), { recursive: true })
  const allowed = ['../people/public.ts', './store.ts', '../platform/log.ts', '../../contract/action.ts', 'kysely']
  writeFileSync(join(copy, file), allowed.map((name) => `import '${name}'`).join('\n'))
  expect(inspectWalls(copy, known).violations.filter((each) => each.from === file)).toEqual([])
  restore(file)
})

/** Puts back what stood there, and leaves no folder that was not there. */
function restore(name: string): void {
  const [part = '', folder = ''] = name.split('/')
  const within = name.split('/').length > 2 ? join(part, folder) : name
  rmSync(join(copy, within), { recursive: true, force: true })
  try {
    cpSync(join(checkout, within), join(copy, within), { recursive: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
