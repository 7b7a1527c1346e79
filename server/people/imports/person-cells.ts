import type { Cells } from '../../platform/imports/cells.ts'
import { oneLine, readYesNo } from '../../platform/imports/cell-words.ts'
import { type DateOrder, readDate } from '../../platform/imports/dates.ts'
import type { CellSaid } from '../../platform/imports/imported-values.ts'
import type { SourceRow } from '../../platform/imports/source.ts'
import { cut } from '../../platform/rules/storable-text.ts'

/** Columns of the register that a row of people can say. */
export type PersonSaid = Partial<
  Record<
    | 'name'
    | 'email'
    | 'username'
    | 'employee_number'
    | 'department'
    | 'job_title'
    | 'phone'
    | 'site'
    | 'cost_centre'
    | 'active'
    | 'starts_on'
    | 'ends_on',
    CellSaid
  >
>

const isEmail = (text: string): boolean => text.length <= 254 && /^[^\s@"<>,;]+@[^\s@"<>,;]+\.[^\s@"<>,;.]+$/.test(text)

/** `CN=Bo Berg,OU=Staff,DC=example`: the name alone. */
const nameInDn = (text: string): string => /^CN=((?:\\.|[^,\\])+),/i.exec(text)?.[1]?.replace(/\\(.)/g, '$1') ?? text

/** The words that tell a person from all others, as the register keeps them: what differs only beyond that is the same. */
export function identityOf(cells: SourceRow['cells']) {
  const of = (field: string) => (cells[field] ?? '').trim()
  const principal = of('principal')
  const email = of('email') !== '' ? of('email') : isEmail(principal) && !/#EXT#/i.test(principal) ? principal : ''
  return {
    email: isEmail(email) ? email.toLowerCase() : '',
    username: oneLine(of('username') || principal, 120).line,
    employeeNumber: oneLine(of('employeeNumber'), 40).line,
    name: cut(of('name') || `${of('firstName')} ${of('lastName')}`.trim(), 120),
  }
}

export const managerIn = (cells: Cells): string => nameInDn(cells.line('manager', 300)).trim()

/** What the cells of a row say of a person; what a cell does not say is not there. */
export function personSaid(cells: Cells, raw: SourceRow['cells'], order: DateOrder): PersonSaid {
  const said: PersonSaid = {}
  const say = (column: keyof PersonSaid, text: string, value = text) => {
    if (text !== '') said[column] = { text, value }
  }
  cells.checkNumbers(['employeeNumber', 'phone', 'mobile'])
  const { email, username, employeeNumber } = identityOf(raw)
  const first = cells.line('firstName', 60)
  const last = cells.line('lastName', 60)
  const whole = cells.line('name', 120)
  say('name', first !== '' && last !== '' ? `${first} ${last}` : whole || `${first} ${last}`.trim())
  if (email === '' && cells.text('email') !== '')
    cells.warn('bad-email', { column: 'email', value: cut(cells.line('email', 254), 100) })
  say('email', email)
  say('username', username)
  say('employee_number', employeeNumber)
  say('department', cells.line('department', 200))
  say('job_title', cells.line('jobTitle', 200))
  say('phone', cells.line('phone', 40) || cells.line('mobile', 40))
  say('site', cells.line('site', 200))
  say('cost_centre', cells.line('costCentre', 40))
  const active = activeIn(cells)
  if (active !== null) say('active', String(active))
  for (const [field, column] of [
    ['startsOn', 'starts_on'],
    ['endsOn', 'ends_on'],
  ] as const) {
    const text = cells.text(field)
    const on = text === '' ? null : readDate(text, order)
    if (text !== '' && on === null) cells.warn('bad-date', { column: field, value: cut(text, 60) })
    else if (on !== null) say(column, on)
  }
  return said
}

/** Whether a row says that the person is here; null where it says nothing. */
export function activeIn(cells: Cells): boolean | null {
  const read = (field: string) => {
    const text = cells.text(field)
    const answer = text === '' ? null : readYesNo(text)
    if (text !== '' && answer === null) cells.warn('no-yes-or-no', { column: field, value: cut(text, 60) })
    return answer
  }
  const active = read('active')
  if (active !== null) return active
  const blocked = read('blocked')
  if (blocked !== null) return !blocked
  const control = cells.text('control')
  // ADS_UF_ACCOUNTDISABLE
  return /^\d+$/.test(control) ? (Number(control) & 2) === 0 : null
}

/** Exports of a whole directory hold groups and machines too. */
export const isNoPerson = (cells: Cells): boolean => {
  const kind = cells.text('objectClass').toLowerCase()
  return kind !== '' && (!/user|person/.test(kind) || /computer/.test(kind))
}
