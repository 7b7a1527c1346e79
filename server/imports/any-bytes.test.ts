import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importInto, sourceOf, verdictsOf, writeTemporary } from '../../test/support/imports.ts'
import { startTestServer, type TestServer } from '../../test/support/server.ts'
import { sql } from '../platform/db.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const kinds = ['assets', 'people', 'locations', 'models', 'intune', 'tickets'] as const
const headers = {
  assets: [
    'Asset Tag',
    'Serial',
    'Name',
    'Model',
    'Category',
    'Status',
    'Location',
    'Purchase Date',
    'Purchase Cost',
    'Warranty',
    'Username',
    'Checkout Type',
    'Supplier',
  ],
  people: ['Name', 'Email', 'Username', 'Employee Number', 'Manager', 'Active', 'Start Date'],
  locations: ['name', 'parent', 'path', 'kind', 'country', 'manager', 'active'],
  intune: [
    'Device ID',
    'Device name',
    'Serial number',
    'Wi-Fi MAC',
    'Last check-in',
    'Encrypted',
    'OS',
    'Azure AD Device ID',
    'Primary user UPN',
  ],
  tickets: [
    'Ticket ID',
    'Subject',
    'Requester',
    'Group',
    'Status',
    'Priority',
    'Created',
    'Closed',
    'Comment',
    'Comment date',
    'Hall',
  ],
  models: ['Name', 'Category', 'Manufacturer', 'Model Number', 'EOL', 'EOL date'],
}
const nasty = fc.constantFrom(
  '',
  ' ',
  '"',
  'a',
  'A',
  'İ',
  'ß',
  '\0',
  '\ud800',
  '😀',
  '>',
  ' > ',
  'a > b',
  '/',
  '=3+1',
  '6.37E+15',
  '1/2/22',
  '31/12/22',
  '12/31/22',
  '2024-02-30',
  '-1',
  '1e400',
  '99999999999999999999',
  '$',
  '€ 1.234,50',
  'User',
  'Location',
  'Deployed',
  'yes',
  'DE',
  '__proto__',
  'constructor',
  "'; drop table assets; --",
  'x'.repeat(400),
  ...[40, 60, 100, 120, 200].map((most) => `${'x'.repeat(most - 1)}😀`),
  '\u202e',
  '\n',
  '\r\n',
  ',',
  ';',
)
const cell = fc.array(nasty, { maxLength: 3 }).map((parts) => parts.join(''))
const quoted = (text: string) => (/[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** A file of the right headers, somewhat torn, with cells of every kind; or bytes of no meaning at all. */
const file = (kind: (typeof kinds)[number]) =>
  fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)) },
    {
      weight: 4,
      arbitrary: fc
        .record({
          head: fc.shuffledSubarray(headers[kind], { minLength: 2 }),
          rows: fc.array(fc.array(cell, { maxLength: 14 }), { maxLength: 12 }),
          encoding: fc.constantFrom('utf8', 'latin1', 'utf16le'),
          end: fc.constantFrom('\n', '\r\n', '\r'),
          torn: fc.boolean(),
        })
        .map(({ head, rows, encoding, end, torn }) => {
          const whole = rows.map((row) => head.map((_, i) => quoted(row[i] ?? '')).join(','))
          const lines = torn ? rows.map((row) => row.join(',')) : whole
          return Buffer.from([head.join(','), ...lines].join(end), encoding as BufferEncoding)
        }),
    },
  )

test.each(kinds)(
  'whatever bytes are thrown at an import of %s, each row has a verdict or the file a sentence',
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(file(kind), fc.boolean(), async (bytes, dryRun) => {
        const done = await importInto(
          server,
          await writeTemporary('any.csv', bytes),
          { dryRun, currency: 'EUR' },
          sourceOf(server, kind),
        )
        if (done.status === 'failed') expect(done.error?.code).toMatch(/^imports\./)
        else {
          expect(done.status).toBe('done')
          expect((await verdictsOf(server, done.id)).length).toBe(done.counts.rows)
        }
      }),
      { numRuns: 40 },
    )
  },
  120_000,
)

test.each([
  ['assets', 'Asset Tag,Name,Category,Purchase Date', (long: string) => `A-1,One,Laptops,${long}`, 60],
  ['people', 'Name,Active', (long: string) => `Anybody,${long}`, 60],
  ['people', 'Name,Username', (long: string) => `Somebody,${long}`, 120],
  ['locations', 'Path,Kind', (long: string) => `${long} > Below,room`, 120],
  ['locations', 'Name,Kind', (long: string) => `Here,${long}`, 60],
] as const)('a sign of two halves at a cut does not end an import of %s (%s)', async (kind, head, row, most) => {
  const text = `${head}\n${row(`${'x'.repeat(most - 1)}😀`)}\n`
  const done = await importInto(server, await writeTemporary('cut.csv', text), {}, sourceOf(server, kind))
  expect(done).toMatchObject({ status: 'done', counts: { rows: 1, rejected: 0 } })
})

test.each([
  ['people', 'Username', 120, 'Name,Employee Number', 'Somebody,'],
  ['people', 'Employee Number', 40, 'Name,Username', 'Somebody,'],
  ['assets', 'Serial', 120, 'Category,Asset Tag', 'Laptops,'],
] as const)(
  '%s whose %s differs only beyond what is kept are not both taken in',
  async (kind, column, most, more, first) => {
    const same = `${column}-${'y'.repeat(most - column.length - 1)}`
    const rows = [`${same}a`, `${same}b`, `${same}\u0001`].map((value, i) => `${value},${first}${column} ${i}`)
    const text = `${column},${more}\n${rows.join('\n')}\n`
    const done = await importInto(
      server,
      await writeTemporary('cut.csv', text),
      { currency: 'EUR' },
      sourceOf(server, kind),
    )
    expect(done).toMatchObject({ status: 'done', counts: { rows: 3, created: 1 } })
  },
)

test('a user name that two rows have is taken in once, also where one of them has it as its principal', async () => {
  const text = 'Email,User Principal Name,Username\na@x.example,Same,\nb@x.example,same,\nc@x.example,,SAME\n'
  const done = await importInto(server, await writeTemporary('same.csv', text), {}, sourceOf(server, 'people'))
  expect(done).toMatchObject({ status: 'done', counts: { rows: 3, created: 1, rejected: 2 } })
})

test('a header is cut between signs', async () => {
  const text = `Name,${'x'.repeat(199)}😀,${'y'.repeat(99)}😀\nHeaded,,\n`
  const done = await importInto(server, await writeTemporary('cut.csv', text), {}, sourceOf(server, 'people'))
  expect(done).toMatchObject({ status: 'done', counts: { created: 1 } })
})

test('what the database refuses for good ends the import with a sentence', async () => {
  const source = sourceOf(server, 'people')
  const refused: typeof source = {
    ...source,
    begin: (settings) => ({
      ...source.begin(settings),
      plan: async (db) => {
        await sql`select ${'"\\ud83d"'}::jsonb`.execute(db)
        return []
      },
    }),
  }
  const done = await importInto(server, await writeTemporary('refused.csv', 'Name\nAnybody\n'), {}, refused)
  expect(done).toMatchObject({ status: 'failed', error: { code: 'imports.value-refused' } })
})
