import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { inject } from 'vitest'

const run = promisify(execFile)
const script = resolve(import.meta.dirname, '../../../docs/operating/exports/request-tracker.pl')

/** Whether Debian's request-tracker5 with rt5-db-sqlite is there; says so where it is not. */
export function hasRequestTracker(): boolean {
  if (
    existsSync('/usr/share/request-tracker5/lib/RT.pm') &&
    existsSync('/usr/share/request-tracker5/etc/schema.SQLite')
  )
    return true
  console.warn('Tests with Request Tracker are skipped: request-tracker5 and rt5-db-sqlite are not installed.')
  return false
}

/** Sets up a Request Tracker of its own, fills it, and writes it out with the script that administrators run. Answers the file. */
export async function exportOfRequestTracker(): Promise<string> {
  const folder = await mkdtemp(join(inject('temporary'), 'rt-'))
  const config = join(folder, 'RT_SiteConfig.pm')
  await mkdir(join(folder, 'none'))
  await writeFile(
    config,
    `Set($rtname, 'harbour.example'); Set($Organization, 'harbour.example'); Set($DatabaseType, 'SQLite'); Set($DatabaseName, '${join(folder, 'rt')}');
Set($LogToSyslog, undef); Set($LogToSTDERR, 'error'); Set($MailCommand, 'testfile'); Set($Timezone, 'UTC');
1;
`,
  )
  const options = {
    env: { ...process.env, RT_SITE_CONFIG: config, RT_SITE_CONFIG_DIR: join(folder, 'none') },
    cwd: folder,
    maxBuffer: 64 * 1024 ** 2,
  }
  await run('rt-setup-database', ['--action', 'init', '--skip-create'], options)
  await run('perl', [resolve(import.meta.dirname, 'fill.pl')], options)
  const { stdout } = await run('perl', [script], options)
  const file = join(folder, 'rt.jsonl')
  await writeFile(file, stdout)
  return file
}
