import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

it('gives every migration a number of its own', () => {
  const numbers = readdirSync(resolve(import.meta.dirname, '../../migrations'))
    .filter((name) => name.endsWith('.sql'))
    .map((name) => name.slice(0, 4))
  expect(numbers.length).toBeGreaterThan(50)
  expect(numbers.filter((number, place) => numbers.indexOf(number) !== place)).toEqual([])
})
