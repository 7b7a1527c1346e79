import { expect, it } from 'vitest'
import { endOfLife, type LifeTerms } from './end-of-life.ts'

const terms = (given: Partial<LifeTerms>): LifeTerms => ({
  own: null,
  modelEnd: null,
  modelMonths: null,
  categoryMonths: null,
  inServiceOn: null,
  purchasedOn: null,
  ...given,
})

it.each<[Partial<LifeTerms>, string | null, string | null]>([
  [{}, null, null],
  [{ categoryMonths: 36 }, null, null],
  [{ categoryMonths: 36, purchasedOn: '2024-03-15' }, '2027-03-15', 'category_life'],
  [{ categoryMonths: 36, purchasedOn: '2024-03-15', inServiceOn: '2024-05-02' }, '2027-05-02', 'category_life'],
  [{ categoryMonths: 36, modelMonths: 48, inServiceOn: '2024-05-02' }, '2028-05-02', 'model_life'],
  [{ modelMonths: 1, inServiceOn: '2024-01-31' }, '2024-02-29', 'model_life'],
  [{ modelEnd: '2026-10-14', modelMonths: 48, inServiceOn: '2024-05-02' }, '2026-10-14', 'model'],
  [{ modelEnd: '2030-10-14', modelMonths: 48, inServiceOn: '2024-05-02' }, '2028-05-02', 'model_life'],
  [{ own: '2031-01-01', modelEnd: '2026-10-14' }, '2031-01-01', 'asset'],
])('%j: %s from %s', (given, on, from) => {
  expect(endOfLife(terms(given))).toEqual(on === null ? null : { on, from })
})
