import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const two = (n: number) => String(n).padStart(2, '0')

const personRow = (i: number) => `User ${i},user${i}@bench.example,user${i}`
const assetRow = (i: number) =>
  [
    `B-${i}`,
    `SER${1_000_000 + i}`,
    `PC ${i}`,
    `Model ${i % 120}`,
    `MN-${i % 120}`,
    `Maker ${i % 12}`,
    `Category ${i % 12}`,
    i % 3 === 0 ? 'Archived' : 'Ready to Deploy',
    `Site ${i % 20} > Building ${i % 5} > Room ${i % 60}`,
    `Vendor ${i % 15}`,
    `PO-${i % 900}`,
    `${new Date().getUTCFullYear()}-${two(1 + (i % 12))}-${two(1 + (i % 28))}`,
    `${(i % 900) + 100}.50`,
    '36',
    `note ${i}`,
    i % 3 === 1 ? `user${i % 5000}` : '',
  ].join(',')
const header =
  'Asset Tag,Serial,Name,Model,Model Number,Manufacturer,Category,Status,Location,Supplier,Order Number,Purchase Date,Purchase Cost,Warranty,Notes,Username'

/**
 * Seconds that the command line takes to import so many assets with everything around them into an installation with working hours (so that
 * warranties become commitments), and to import the same file again. The database of its own is made and started within each.
 */
export async function importAssets(count: number): Promise<{ first: number; again: number; counts: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'linchpin-bench-import-'))
  const env = { ...process.env, LINCHPIN_DATA: join(folder, 'data'), DATABASE_URL: '' }
  const write = (name: string, lines: string[]) => {
    writeFileSync(join(folder, name), lines.join('\n'))
    return join(folder, name)
  }
  const incident = write('hours.csv', [
    'number,incident_state,opened_at,sys_updated_at,assignment_group',
    'C1,New,1/3/2016 09:00,1/3/2016 09:00,Desk',
  ])
  const people = write('people.csv', ['name,email,username', ...Array.from({ length: 5000 }, (_, i) => personRow(i))])
  const assets = write('assets.csv', [header, ...Array.from({ length: count }, (_, i) => assetRow(i))])
  const timed = async (...args: string[]) => {
    const started = performance.now()
    const { stdout } = await run(process.execPath, ['cli/main.ts', 'import', ...args, '--json'], {
      env,
      maxBuffer: 1e8,
    })
    return { seconds: (performance.now() - started) / 1000, counts: stdout.trim() }
  }
  try {
    // an organisation has working hours once it has tickets
    await timed('servicenow-incidents', incident)
    await timed('people', people)
    const first = await timed('assets', assets, '--currency', 'EUR')
    // other options: an import of its own, not the one that is done
    const again = await timed('assets', assets, '--currency', 'EUR', '--zone', 'Europe/Berlin')
    return { first: first.seconds, again: again.seconds, counts: first.counts }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
