import { loadDemo } from '../../demo/load-demo.ts'
import { type Run } from '../command.ts'
import { onInstallation } from '../installation.ts'

/** Loads the invented company and prints who can sign in. A second run prints the same and changes nothing. */
export const run: Run = async (call) => {
  const loaded = await onInstallation(call, (opened) => loadDemo(opened, (line) => process.stderr.write(`${line}\n`)))
  if (call.json) call.print(JSON.stringify(loaded))
  else {
    call.print(
      loaded.fresh
        ? `The demo is loaded: ${loaded.tickets} tickets of the last sixty days.`
        : 'The demo was loaded already.',
    )
    call.print(`Sign in at ${call.config.publicUrl} with the password ${loaded.password} as`)
    for (const { name, role, email } of loaded.accounts) call.print(`  ${role.padEnd(14)} ${email.padEnd(46)} ${name}`)
  }
  return 0
}
