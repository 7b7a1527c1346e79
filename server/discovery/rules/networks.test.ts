import { expect, it } from 'vitest'
import { addressesOf } from './networks.ts'

it.each<[string, string[]]>([
  ['10.0.0.7', ['10.0.0.7']],
  ['10.0.0.0/30', ['10.0.0.1', '10.0.0.2']],
  ['10.0.0.5/31, 10.0.0.4', ['10.0.0.4', '10.0.0.5']],
  ['255.255.255.254 10.0.0.1', ['10.0.0.1', '255.255.255.254']],
])('%s', (text, addresses) => expect(addressesOf(text)).toEqual(addresses))

it('a network of 254 hosts has its first and last', () => {
  const found = addressesOf('192.168.7.0/24') as string[]
  expect([found.length, found[0], found.at(-1)]).toEqual([254, '192.168.7.1', '192.168.7.254'])
})

it.each(['', '10.0.0', '10.0.0.256', '10.0.0.1/33', 'switch', '::1', '01.2.3.4'])('%s is no network', (text) => {
  expect(addressesOf(text)).toMatchObject({ code: 'discovery.no-network' })
})
it.each(['10.0.0.0/8', '10.0.0.0/19'])('%s is too much', (text) => {
  expect(addressesOf(text)).toMatchObject({ code: 'discovery.too-many-addresses' })
})
