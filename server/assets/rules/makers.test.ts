import { expect, it } from 'vitest'
import { isFiller, makerKey } from './makers.ts'

it.each([
  ['Dell Inc.', 'DELL'],
  ['Hewlett-Packard', 'HP'],
  ['HP Inc.', 'hp'],
  ['ASUSTeK COMPUTER INC.', 'Asus'],
  ['Cisco Systems, Inc.', 'Cisco'],
  ['Micro-Star International Co., Ltd.', 'MSI'],
  ['LENOVO', 'Lenovo'],
])('%s and %s are one maker', (one, other) => {
  expect(makerKey(one)).toBe(makerKey(other))
})

it('HP and HPE are two', () => expect(makerKey('Hewlett Packard Enterprise')).not.toBe(makerKey('Hewlett-Packard')))

it.each(['To Be Filled By O.E.M.', 'System Product Name', 'Default string', ' ', 'O.E.M'])(
  '%s says nothing',
  (text) => {
    expect(isFiller(text)).toBe(true)
  },
)
it.each(['Latitude 7440', '07TYC2', '20XW'])('%s is a model', (text) => expect(isFiller(text)).toBe(false))
