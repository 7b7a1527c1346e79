import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { serverEnv, serverFlags } from '../../bootstrap/setup.mjs'

const image = readFileSync(join(import.meta.dirname, '../../Dockerfile'), 'utf8')

test('the image runs the server as npm start does', () => {
  const entry = JSON.parse(/^ENTRYPOINT (.+)$/m.exec(image)![1]!) as string[]
  expect(entry).toEqual(['node_modules/.bin/node', ...serverFlags, 'cli/main.ts'])
  const env = /^ENV (.+)$/m.exec(image)![1]!.split(' ')
  expect(env).toEqual(expect.arrayContaining(Object.entries(serverEnv).map(([name, value]) => `${name}=${value}`)))
})
