import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sanitised } from '../../notes/public.ts'
import { escapedText } from '../../platform/rules/escaped-text.ts'
import { imageKind, remoteImages } from './remote-images.ts'

it('names the marked links alone, with their addresses as they are fetched', () => {
  const html = sanitised(
    '<p><a href="https://a.example/1.png?x=1&amp;y=2" data-remote-image="">🖼</a> <a href="https://a.example/page">page</a> <a data-remote-image="" href="https://a.example/%22quoted">b</a></p>',
  )
  expect([...remoteImages(html)]).toEqual(['https://a.example/1.png?x=1&y=2', 'https://a.example/%22quoted'])
})
it('finds whatever address was marked', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true }), (address) => {
      expect(remoteImages(sanitised(`<a href="${escapedText(address)}" data-remote-image="">x</a>`)).has(address)).toBe(
        true,
      )
      expect(remoteImages(sanitised(`<a href="${escapedText(address)}">data-remote-image</a>`)).size).toBe(0)
    }),
  )
})
it.each([
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d]],
  ['image/jpeg', [0xff, 0xd8, 0xff, 0xe0]],
  ['image/gif', [...Buffer.from('GIF89a')]],
  ['image/webp', [...Buffer.from('RIFF\0\0\0\0WEBP')]],
  [null, [...Buffer.from('<svg onload="x">')]],
  [null, [...Buffer.from('<html>')]],
  [null, []],
])('%s by its first bytes', (kind, bytes) => {
  expect(imageKind(Uint8Array.from(bytes))).toBe(kind)
})
