import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differenceKinds } from '../../../contract/reconciliation.ts'
import type { Facts, SeenDevice, Settings } from './facts.ts'
import { findDifferences } from './find-differences.ts'
import { asInstalled } from './kinds.ts'
import { type Known, settleDifferences } from './settle.ts'
import { loginOf } from './wrong-holder.ts'

const now = '2026-06-15T12:00:00Z'
const ago = (days: number): string => new Date(Date.parse(now) - days * 86_400_000).toISOString()
const device: SeenDevice = {
  id: 'd',
  kind: 'computer',
  name: 'pc-1',
  state: 'linked',
  address: '10.0.0.1',
  firstSeenAt: ago(100),
  lastSeenAt: ago(1),
  doubts: 0,
  user: null,
  antivirus: [],
  volumes: [],
  disks: [],
  bearer: null,
}
const asset: NonNullable<Facts['asset']> = {
  id: 'a',
  tag: 'AST-1',
  name: '',
  serial: null,
  model: '',
  state: 'deployed',
  stateSince: ago(50),
  categoryId: 'c',
  hasPlace: true,
  holder: { kind: 'person', id: 'p1', name: 'Ann' },
  heldSince: ago(50),
}
type Given = Partial<Omit<Facts, 'asset' | 'device'>> & {
  asset?: Partial<typeof asset> | null
  device?: Partial<SeenDevice> | null
}
const facts = ({ asset: a, device: d, ...more }: Given): Facts => ({
  now,
  today: now.slice(0, 10),
  asset: a === null ? null : { ...asset, ...a },
  device: d === null ? null : { ...device, ...d },
  facts: [],
  disowned: null,
  isExpected: false,
  unseenDays: 30,
  os: null,
  programs: [],
  ...more,
})
const kinds = (given: Given, settings: Settings = asInstalled): string[] =>
  findDifferences(facts(given), settings).map((one) => one.kind)
const user = (person: string | null, since: string, saidAt = ago(0)) => ({
  login: 'bob',
  since,
  saidAt,
  person: person === null ? null : { id: person, name: 'Bob' },
})
const denied = (person: string) => ({ person, name: 'Ann', at: ago(1), note: 'in the basement' })
const av = (enabled: boolean | null, upToDate: boolean | null = null) => ({
  name: 'Defender',
  company: null,
  version: null,
  enabled,
  upToDate,
  expiresOn: null,
})
const volume = (mount: string, encrypted: string | null) => ({
  mount,
  device: null,
  label: null,
  fileSystem: null,
  totalMb: null,
  encrypted,
  encryption: null,
})
const ended = { product: 'python', title: 'Python 3.6', on: '2021-12-23', extendedOn: null, seen: 'Python 3.6.8' }
const fact = (field: 'name' | 'serial' | 'model', value: string, source: 'agent' | 'scan' = 'agent') => ({
  field,
  source,
  value,
  written: null,
})

describe('what differs', () => {
  const cases: [string, Given, string[]][] = [
    ['nothing', {}, []],
    ['29 days unseen', { device: { lastSeenAt: ago(29) } }, []],
    ['30 days unseen', { device: { lastSeenAt: ago(30) } }, ['unseen']],
    ['unseen in stock', { asset: { state: 'in_stock' }, device: { lastSeenAt: ago(90) } }, []],
    ['unseen, of a category that may be', { device: { lastSeenAt: ago(90) }, unseenDays: 100 }, []],
    ['never seen and not expected', { device: null }, []],
    ['never seen', { device: null, isExpected: true }, ['never_seen']],
    ['never seen, just handed out', { device: null, isExpected: true, asset: { heldSince: ago(13) } }, []],
    ['lost and not seen since', { asset: { state: 'lost', stateSince: ago(1) }, device: { lastSeenAt: ago(2) } }, []],
    ['lost and seen since', { asset: { state: 'lost', stateSince: ago(2) } }, ['seen_though_gone']],
    ['stolen and seen since', { asset: { state: 'stolen', stateSince: ago(2) } }, ['seen_though_gone']],
    ['retired and wiped the same day', { asset: { state: 'retired', stateSince: ago(1.5) } }, []],
    ['retired and seen later', { asset: { state: 'retired', stateSince: ago(3) } }, ['seen_though_gone']],
    ['disposed of and seen later', { asset: { state: 'disposed', stateSince: ago(3) } }, ['seen_though_gone']],
    ['unknown since yesterday', { asset: null, device: { state: 'waiting', firstSeenAt: ago(1) } }, []],
    ['unknown for days', { asset: null, device: { state: 'waiting', firstSeenAt: ago(3) } }, ['unknown']],
    ['ignored', { asset: null, device: { state: 'ignored', firstSeenAt: ago(30) } }, []],
    ['another user for days', { device: { user: user('p2', ago(14)) } }, ['wrong_holder']],
    ['another user for fewer', { device: { user: user('p2', ago(13)) } }, []],
    ['another user, not said lately', { device: { user: user('p2', ago(20), ago(10)) } }, []],
    [
      'another user since before it was handed out',
      { asset: { heldSince: ago(5) }, device: { user: user('p2', ago(40)) } },
      [],
    ],
    ['a login of nobody in particular', { device: { user: user(null, ago(40)) } }, []],
    ['its holder', { device: { user: user('p1', ago(40)) } }, []],
    [
      'at a place',
      { asset: { holder: { kind: 'location', id: 'l', name: 'Desk' } }, device: { user: user('p2', ago(40)) } },
      [],
    ],
    ['what its holder says is not theirs', { disowned: denied('p1') }, ['disowned']],
    ['what somebody else said is not theirs', { disowned: denied('p2') }, []],
    ['what is with nobody, and was said not to be theirs', { asset: { holder: null }, disowned: denied('p1') }, []],
    ['no word of protection', { device: { antivirus: [] } }, []],
    ['no protection', { device: { antivirus: [[]] } }, ['unprotected']],
    ['protection off', { device: { antivirus: [[av(false)]] } }, ['unprotected']],
    ['protection that may be on', { device: { antivirus: [[av(null)]] } }, []],
    ['protection on', { device: { antivirus: [[av(true)]] } }, []],
    ['protection on beside one that is off', { device: { antivirus: [[av(false), av(true, true)]] } }, []],
    ['protection out of date', { device: { antivirus: [[av(true, false)]] } }, ['unprotected']],
    ['protection another agent sees', { device: { antivirus: [[], [av(true)]] } }, []],
    ['protection of what is in stock', { asset: { state: 'in_stock' }, device: { antivirus: [[]] } }, []],
    ['a volume of which nothing is said', { device: { volumes: [[volume('C:', null)]] } }, []],
    ['a system that is not encrypted', { device: { volumes: [[volume('C:', 'no')]] } }, ['unencrypted']],
    ['a root that is', { device: { volumes: [[volume('/', 'Yes')]] } }, []],
    ['a stick that is not', { device: { volumes: [[volume('C:', 'yes'), volume('E:', 'no')]] } }, []],
    ['a system encrypted in part', { device: { volumes: [[volume('c:', 'partially')]] } }, ['unencrypted']],
    ['a system out of support', { os: ended }, ['os_ended']],
    ['that of what is retired', { os: ended, asset: { state: 'retired', stateSince: ago(0) } }, []],
    [
      'programs out of support',
      { programs: [ended, { ...ended, title: 'Python 3.5' }] },
      ['program_ended', 'program_ended'],
    ],
    ['another name', { asset: { name: 'Desk' }, facts: [fact('name', 'pc-1')] }, ['contested']],
    ['the same name with its domain', { asset: { name: 'PC-1.corp.example' }, facts: [fact('name', 'pc-1')] }, []],
    ['no name', { facts: [fact('name', 'pc-1')] }, []],
    [
      'a scan against an agent',
      { asset: { name: 'pc-1' }, facts: [fact('name', 'x', 'scan'), fact('name', 'pc-1')] },
      [],
    ],
    ['the same serial number', { asset: { serial: 'ab 1' }, facts: [fact('serial', ' AB  1')] }, []],
    ['another serial number', { asset: { serial: 'AB2' }, facts: [fact('serial', 'AB1')] }, ['contested']],
    [
      'a serial number twice',
      { device: { bearer: { id: 'b', tag: 'AST-2', serial: 'X', isSeen: false } } },
      ['double_serial'],
    ],
    [
      'one that waits with that of a device',
      {
        asset: null,
        device: { state: 'waiting', firstSeenAt: ago(0), bearer: { id: 'b', tag: 'AST-2', serial: 'X', isSeen: true } },
      },
      ['double_serial'],
    ],
  ]
  it.each(cases)('%s', (_, given, wanted) => expect(kinds(given)).toEqual(wanted))

  it('nothing of a kind that is not looked for', () => {
    const off = Object.fromEntries(
      differenceKinds.map((kind) => [kind, { ...asInstalled[kind], on: false }]),
    ) as Settings
    for (const [, given] of cases) expect(kinds(given, off)).toEqual([])
  })
})

describe('a login', () => {
  it.each([
    ['CORP\\Jane.Doe', 'jane.doe', null],
    ['jane@corp.example', 'jane', 'jane@corp.example'],
    ['AzureAD\\JaneDoe', 'janedoe', null],
    [' jane ', 'jane', null],
  ])('%s', (text, login, address) => expect(loginOf(text)).toEqual({ login, address }))
  it.each([
    'Administrator',
    'PC1\\admin',
    'root',
    'NT AUTHORITY\\SYSTEM',
    'PC1$',
    '',
    null,
    'kiosk',
    'defaultuser0',
    'two words',
  ])('%s is nobody in particular', (text) => expect(loginOf(text)).toBeNull())
})

describe('what becomes of what is on file', () => {
  const [found] = findDifferences(facts({ device: { lastSeenAt: ago(40) } }), asInstalled)
  const known = (more: Partial<Known>): Known => ({
    id: 'k',
    kind: 'unseen',
    detail: '',
    state: 'open',
    severity: 2,
    register: found!.register,
    seen: found!.seen,
    remedy: null,
    left_until: null,
    ...more,
  })
  const settle = (file: Known[], isFound = true) =>
    settleDifferences(file, isFound ? [found!] : [], asInstalled, '2026-06-15').map((step) =>
      step.do === 'close' ? `close ${step.how}` : step.do,
    )
  it.each<[string, Known[], boolean, string[]]>([
    ['new', [], true, ['open']],
    ['there', [known({})], true, ['keep']],
    ['over', [known({})], false, ['close facts']],
    ['came back', [known({ state: 'closed' })], true, ['open']],
    ['closed and over', [known({ state: 'closed' })], false, []],
    ['left', [known({ state: 'left' })], true, ['keep']],
    ['left until today', [known({ state: 'left', left_until: '2026-06-15' })], true, ['keep']],
    ['left until yesterday', [known({ state: 'left', left_until: '2026-06-14' })], true, ['open']],
    [
      'left, and the facts are others',
      [known({ state: 'left', register: { holder: 'Eve', state: 'deployed' } })],
      true,
      ['open'],
    ],
    ['left, and only seen once more', [known({ state: 'left', seen: { lastAt: ago(50) } })], true, ['keep']],
    ['left and over', [known({ state: 'left' })], false, ['close facts']],
  ])('%s', (_, file, isFound, wanted) => expect(settle(file, isFound)).toEqual(wanted))

  it('after it was settled, settling again changes nothing', () => {
    const days = fc.integer({ min: 0, max: 100 })
    fc.assert(
      fc.property(days, days, fc.constantFrom('deployed', 'lost', 'retired', 'in_stock'), (seen, since, state) => {
        const all = findDifferences(
          facts({ asset: { state: state as 'lost', stateSince: ago(since) }, device: { lastSeenAt: ago(seen) } }),
          asInstalled,
        )
        const file = all.map((one, n): Known => ({ ...known({}), ...one, id: String(n) }))
        expect(settleDifferences(file, all, asInstalled, '2026-06-15').every((step) => step.do === 'keep')).toBe(true)
      }),
    )
  })
})
