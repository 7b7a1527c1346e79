import type { ChildProcess } from 'node:child_process'

/**
 * Kills (-9) an importing command once it has written something, by the first line of progress that says so. Throws
 * where it ended before: then nothing was shown.
 */
export async function killMidway(child: ChildProcess): Promise<void> {
  let said = ''
  const written = new Promise<void>((resolve, reject) => {
    child.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (/Writing records, (?!0 )[\d,]+ (?:incidents|records)/.test(said)) resolve()
    })
    child.once('exit', () => reject(new Error(`it ended too early: ${said}`)))
  })
  await written
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}
