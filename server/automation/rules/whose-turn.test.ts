import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { type AssignWay, assignWays } from '../../../contract/ticket-rules.ts'
import { type Candidate, chooseAssignee } from './whose-turn.ts'

const one = (id: string, more: Partial<Candidate> = {}): Candidate => ({
  id,
  open: 0,
  turn: null,
  away: false,
  skills: [],
  ...more,
})
const sap = { skills: ['sap'] }

test.each<[string, AssignWay, string[], Candidate[], string]>([
  ['least open tickets', 'least-loaded', [], [one('a', { open: 3 }), one('b', { open: 1 })], 'b, of 2'],
  [
    'of as few the longest without a turn',
    'least-loaded',
    [],
    [one('a', { open: 1, turn: '2026-01-02' }), one('b', { open: 1, turn: '2026-01-01' })],
    'b, of 2',
  ],
  [
    'in turn, whatever they carry',
    'in-turn',
    [],
    [one('a', { turn: '2026-01-02' }), one('b', { open: 90 })],
    'b, of 2',
  ],
  ['the skill before the load', 'least-loaded', ['sap'], [one('a'), one('b', { open: 7, ...sap })], 'b, of 1'],
  ['the skill before the turn', 'in-turn', ['sap'], [one('a'), one('b', { turn: '2026-01-02', ...sap })], 'b, of 1'],
  [
    'all skills, not one of them',
    'in-turn',
    ['sap', 'vpn'],
    [one('a', sap), one('b', { skills: ['vpn', 'sap'] })],
    'b, of 1',
  ],
  ['nobody serves it', 'in-turn', ['sap'], [], 'unserved'],
  ['nobody can do it', 'in-turn', ['sap'], [one('a'), one('b', { away: true })], 'unskilled'],
  ['who can is away', 'least-loaded', ['sap'], [one('a'), one('b', { away: true, ...sap })], 'away'],
  ['all are away', 'least-loaded', [], [one('a', { away: true })], 'away'],
])('%s', (_, way, needed, people, expected) => {
  const choice = chooseAssignee(people, way, needed)
  expect(choice.person === null ? choice.why : `${choice.person}, of ${choice.among}`).toBe(expected)
})

const skill = fc.constantFrom('sap', 'vpn', 'print')
const staff = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    open: fc.nat(20),
    turn: fc.option(fc.date({ noInvalidDate: true, min: new Date(0) }).map((day) => day.toISOString())),
    away: fc.boolean(),
    skills: fc.uniqueArray(skill),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
)

it('never gives to whoever is away or lacks a skill, and to somebody wherever somebody is', () => {
  fc.assert(
    fc.property(staff, fc.constantFrom(...assignWays), fc.uniqueArray(skill), (people, way, needed) => {
      const fit = people.filter((who) => !who.away && needed.every((wanted) => who.skills.includes(wanted)))
      const choice = chooseAssignee(people, way, needed)
      expect(choice.person === null).toBe(fit.length === 0)
      if (choice.person === null) return
      const chosen = fit.find(({ id }) => id === choice.person)
      expect(chosen).toBeDefined()
      expect(choice.among).toBe(fit.length)
      if (way === 'least-loaded') expect(fit.every((who) => who.open >= chosen!.open)).toBe(true)
    }),
  )
})

it('gives everybody who has the skill a turn before anybody has a second', () => {
  fc.assert(
    fc.property(staff, fc.uniqueArray(skill), fc.integer({ min: 1, max: 40 }), (people, needed, tickets) => {
      const team = people.map((who) => ({ ...who, turn: null as string | null }))
      const fit = team.filter((who) => !who.away && needed.every((wanted) => who.skills.includes(wanted)))
      fc.pre(fit.length > 0)
      const had = new Map<string, number>()
      for (let n = 0; n < tickets; n++) {
        const { person } = chooseAssignee(team, 'in-turn', needed)
        team.find(({ id }) => id === person)!.turn = new Date(1_700_000_000_000 + n * 1000).toISOString()
        had.set(person!, (had.get(person!) ?? 0) + 1)
      }
      const counts = fit.map(({ id }) => had.get(id) ?? 0)
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
    }),
  )
})
