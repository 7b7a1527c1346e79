import { spawn, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../server/platform/database-server.ts'
import { openPool } from '../../server/platform/db.ts'
import { commandEnv, commandLine } from '../support/command-line.ts'
import { realLog, traces } from '../support/imports.ts'

const log = realLog()
const kills = 5

/** Everything in the database of a data directory, once nothing else runs on it. */
async function stateOf(dataDir: string) {
  const server = await openDatabase({ databaseUrl: null, dataDir }, { role: 'command' })
  const { db, close } = openPool(server.connection, 2)
  try {
    return await traces(db)
  } finally {
    await close()
    await server.stop()
  }
}

test.skipIf(log === null)('the real log, killed again and again, ends as if it had never been', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'linchpin-kills-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const importInto = (name: string) => {
    const file = join(folder, name, 'log.csv.gz')
    mkdirSync(join(folder, name))
    copyFileSync(log!, file)
    return {
      args: [commandLine, 'import', 'servicenow-incidents', file, '--as-of', '2016-05-17T14:00', '--json'],
      env: commandEnv(join(folder, name, 'data')),
    }
  }
  const whole = importInto('whole')
  const once = spawnSync(process.execPath, whole.args, { encoding: 'utf8', env: whole.env })
  expect(JSON.parse(once.stdout)).toMatchObject({ incidents: 21_641, created: 21_641 })

  const broken = importInto('broken')
  for (let kill = 1; kill <= kills; kill++) {
    const child = spawn(process.execPath, broken.args, { env: broken.env, stdio: ['ignore', 'ignore', 'ignore'] })
    const ended = new Promise((done) => child.once('exit', done))
    // each time a little further, never at the same place
    await Promise.race([ended, new Promise((later) => setTimeout(later, 4000 + kill * 2500 + Math.random() * 2000))])
    child.kill('SIGKILL')
    await ended
  }
  const last = spawnSync(process.execPath, broken.args, { encoding: 'utf8', env: broken.env })
  expect(last.status).toBe(0)
  const [a, b] = [await stateOf(join(folder, 'whole', 'data')), await stateOf(join(folder, 'broken', 'data'))]
  for (const what of Object.keys(a)) expect(b[what], what).toEqual(a[what])
})
