import { connectEmbedded } from './embedded-postgres.ts'

/** Another process for the tests beside this: connects, prints the postmaster's pid, leaves when its input ends. */
const [dataDir = '', role] = process.argv.slice(2)
if (dataDir === '--version') process.exit(0)
const embedded = await connectEmbedded({ dataDir, role: role === 'serve' ? 'serve' : 'command' })
process.stdout.write(`${embedded.pid()}\n`)
process.stdin.resume()
process.stdin.once('end', () => void embedded.stop())
