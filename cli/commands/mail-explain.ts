import { readFile } from 'node:fs/promises'
import { explainedInWords, explainMail } from '../../server/mailboxes/public.ts'
import { type Run, UsageError } from '../command.ts'

export const run: Run = async (call) => {
  if (call.positionals.length === 0) throw new UsageError('Name at least one file that holds a message.')
  let status = 0
  for (const file of call.positionals) {
    let raw
    try {
      raw = await readFile(file)
    } catch (error) {
      process.stderr.write(`${file} cannot be read: ${(error as Error).message}\n`)
      status = 1
      continue
    }
    const mail = await explainMail(raw)
    call.print(call.json ? JSON.stringify({ file, ...mail }) : `${file}\n${explainedInWords(mail)}\n`)
  }
  return status
}
